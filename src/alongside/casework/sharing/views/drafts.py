"""Deciding about sharing, step by step. Each step is saved when it is sent: a lost session loses nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.sharing.commands import decisions as deciding
from alongside.casework.sharing.commands import drafts as commands
from alongside.casework.sharing.forms import decisions as asked
from alongside.casework.sharing.forms.proposals import (
    as_kept,
    as_sent,
    begin_with,
    items_by_key,
    proposal_of,
    without_nul,
)
from alongside.casework.sharing.permissions import may_read_agreements
from alongside.casework.sharing.presenters import drafts as presenters
from alongside.casework.sharing.presenters.second import decided_in_words
from alongside.casework.sharing.queries import drafts as reads
from alongside.casework.sharing.queries.requests import RequestEndedError
from alongside.casework.sharing.queries.second import who_looks_second
from alongside.casework.sharing.rules.choices import State
from alongside.casework.sharing.rules.decisions import Looked, Proposal, options, what_is_wrong
from alongside.casework.sharing.rules.steps import (
    CARRIED,
    UNFINISHED,
    Step,
    after,
    is_chosen,
    steps_of,
    with_step,
)


@dataclass(frozen=True)
class _Work:
    """A draft as it is opened: its answers as a proposal, and what the records say about it today."""

    page: reads.DraftPage
    proposal: Proposal
    looked: Looked
    organisations: list[tuple[str, str]]

    @property
    def answers(self) -> dict[str, Any]:
        """What has been answered so far, by step."""
        answers: dict[str, Any] = self.page.draft.answers
        return answers

    @property
    def refuses(self) -> bool:
        """Whether the person asked for this not to be shared."""
        return self.looked.wish.state is State.REFUSES

    def form(self, step: Step, sent: Any = None) -> forms.Form:
        """The form of a step: as just sent, or as saved; what was only started is filled in."""
        given = sent if sent is not None else as_sent(self.answers[step]) if step in self.answers else None
        form = self._form(step, given)
        if given is None and (begun := self.answers.get(UNFINISHED, {}).get(step)):
            begin_with(form, begun)
        return form

    def _form(self, step: Step, given: Any) -> forms.Form:
        ground = str(self.answers.get(Step.GROUND, {}).get("ground", [""])[0])
        match step:
            case Step.TO:
                first = {"who": presenters.who_in_words(self.page.person)}
                return asked.ToForm(given, organisations=self.organisations, initial=first)
            case Step.OVERRIDE:
                capacity = presenters.capacity_choices(self.page.lacking)
                return asked.OverrideForm(given, ground=ground, capacity=capacity)
            case Step.BASIS:
                offered = options(self.proposal, self.looked)
                return asked.BasisForm(given, offered=offered, uncovered=bool(self.looked.uncovered))
        return _PLAIN[step](given)


_PLAIN: dict[Step, type[forms.Form]] = {
    Step.KNOWN: asked.KnownForm,
    Step.OUTCOME: asked.OutcomeForm,
    Step.NOT: asked.NotForm,
    Step.GROUND: asked.GroundForm,
    Step.TELLING: asked.TellingForm,
}


@require_POST
def begin(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Start to decide; the request it answers, or what was about to be shared with whom, is filled in."""
    asked_by, to = (_id(request.POST.get(name, "")) for name in ("request", "to"))
    draft = commands.begin_draft(
        actor=request.actor,
        at=timezone.now(),
        person_id=person_id,
        request_id=asked_by,
        carried=commands.Carried(to, without_nul(request.POST.get("words", "")).strip()) if to else None,
    )
    if to:
        return redirect("sharing:item", draft_id=draft.id)
    return redirect("sharing:step", draft_id=draft.id, step=Step.TO)


@require_http_methods(["GET", "POST"])
def draft(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Show what was answered and what is missing; decide."""
    work = _opened(request, draft_id)
    chosen, request_ended = is_chosen(work.answers), work.page.request_ended
    wrong = what_is_wrong(work.proposal, work.looked) if chosen else {}
    if request.method == "POST" and not chosen:
        wrong = {"outcome": _("Choose whether to share it")}
    corrects = work.answers.get("corrects", "")
    corrected_by = work.page.corrected_by
    why = {"corrected_why": work.answers.get("corrected_why", "")}
    form = asked.CorrectionForm(request.POST or None, initial=why) if corrects else None
    if request.method == "POST" and not wrong and (form is None or form.is_valid()):
        try:
            made = deciding.decide(
                actor=request.actor,
                at=timezone.now(),
                person_id=work.page.person.id,
                proposal=work.proposal,
                corrects=UUID(corrects) if corrects else None,
                corrected_why=form.cleaned_data["corrected_why"] if form else "",
                request_id=UUID(asked_by) if (asked_by := work.answers.get("request", "")) else None,
                draft_id=draft_id,
            )
        except RequestEndedError:
            request_ended = True
        except deciding.CorrectedMeanwhileError as first:
            corrected_by = first.by
        except deciding.NoDecisionError as error:
            wrong = error.wrong  # what was chosen or agreed has changed since the page was opened
        else:
            able = who_looks_second(actor=request.actor, decision=made, on=timezone.localdate())
            messages.success(request, decided_in_words(made, able))
            return redirect("sharing:decision", decision_id=made.id)
    steps = steps_of(work.answers, refuses=work.refuses)
    stopped = request.method == "POST" and bool(wrong)
    shown = {
        "draft": presenters.draft_shown(work.page, work.answers, steps, wrong, stopped=stopped),
        "proposal": presenters.proposal_shown(work.page, work.proposal, work.looked),
        "form": form,
        "stopped": stopped,
        "request_ended": request_ended,
        "corrected_by": corrected_by,
        "ready": chosen
        and not (wrong or request_ended or corrected_by)
        and all(each in work.answers for each in steps),
    }
    status = 200 if request.method == "GET" else 409 if request_ended or corrected_by else 422
    return render(request, "sharing/draft.jinja", shown, status=status)


@require_http_methods(["GET", "POST"])
def step(request: MemberRequest, draft_id: UUID, step: str) -> HttpResponse:
    """Ask the questions of one step, and keep the answers."""
    work = _opened(request, draft_id)
    at = _step(work, step)
    if at is Step.ITEMS:
        return redirect("sharing:items", draft_id=draft_id)
    form = work.form(at, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        kept = as_kept(request.POST, form)
        whole = form.is_valid() and not _lacks(work, at, form, kept)
        commands.keep_step(
            actor=request.actor, at=timezone.now(), draft_id=draft_id, step=at, answers=kept, whole=whole
        )
        if kept.get("outcome") == ["unsure"]:
            return redirect("sharing:ask_for_advice", draft_id=draft_id)
        if whole:
            return _onward(work, draft_id, at, with_step(work.answers, at.value, kept))
    shown = {
        "form": form,
        "step": presenters.step_shown(at, work.page, work.proposal, work.looked),
        "draft_id": draft_id,
        "may_read_agreements": may_read_agreements(request.actor).allowed,
    }
    failed = request.method == "POST" and bool(form.errors)
    return render(request, "sharing/draft_step.jinja", shown, status=422 if failed else 200)


@require_http_methods(["GET", "POST"])
def items(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Show what is to be shared so far; remove something, or continue."""
    work = _opened(request, draft_id)
    if request.method == "POST":
        if key := request.POST.get("remove", ""):
            try:
                commands.take_item_out(actor=request.actor, at=timezone.now(), draft_id=draft_id, key=key)
            except commands.ItemGoneError as gone:
                messages.info(request, str(gone))
            return redirect("sharing:items", draft_id=draft_id)
        return _onward(work, draft_id, Step.ITEMS, work.answers)
    shown = {"items": presenters.items_shown(items_by_key(work.answers)), "draft_id": draft_id}
    return render(request, "sharing/draft_items.jinja", shown)


@require_http_methods(["GET", "POST"])
def item(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Add one thing to be shared."""
    work = _opened(request, draft_id)
    first = {} if work.answers.get(Step.ITEMS) else {"words": work.answers.get(CARRIED, "")}
    form = asked.ItemForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid() and not presenters.item_lacks(form, timezone.localdate()):
        commands.add_item(
            actor=request.actor, at=timezone.now(), draft_id=draft_id, answers=as_kept(request.POST, form)
        )
        return redirect("sharing:items", draft_id=draft_id)
    shown = {"form": form, "draft_id": draft_id}
    return render(request, "sharing/draft_item.jinja", shown, status=422 if form.errors else 200)


@require_POST
def without_request(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Continue a draft although the request that it answers has ended."""
    commands.go_on_without_request(actor=request.actor, at=timezone.now(), draft_id=draft_id)
    messages.success(request, _("This is now a decision of your own. Everything you wrote is kept."))
    return redirect("sharing:draft", draft_id=draft_id)


@require_POST
def correct_later(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Continue a draft as a correction of the decision that corrected the earlier one meanwhile."""
    why = without_nul(request.POST.get("corrected_why", "")).strip()
    commands.correct_the_later(actor=request.actor, at=timezone.now(), draft_id=draft_id, why=why)
    messages.success(request, _("This now corrects the later decision. Everything you wrote is kept."))
    return redirect("sharing:draft", draft_id=draft_id)


@require_POST
def discard(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Discard a draft."""
    person_id = _opened(request, draft_id).page.person.id
    commands.discard_draft(actor=request.actor, at=timezone.now(), draft_id=draft_id)
    messages.success(request, _("The draft has been discarded. Nothing was decided."))
    return redirect("sharing:decisions", person_id=person_id)


def _opened(request: MemberRequest, draft_id: UUID) -> _Work:
    page = reads.draft_page(actor=request.actor, draft_id=draft_id, day=timezone.localdate())
    organisations = [(str(each.id), each.name) for each in page.organisations]
    proposal = proposal_of(page.draft.answers, organisations=organisations)
    looked = _looked(request, page, proposal)
    if proposal.override is not None and looked.wish.state is not State.REFUSES:
        # they have since taken their no back, so nothing needs to be said against it
        proposal = replace(proposal, override=None)
        looked = _looked(request, page, proposal)
    return _Work(page, proposal, looked, organisations)


def _looked(request: MemberRequest, page: reads.DraftPage, proposal: Proposal) -> Looked:
    return reads.what_is_known(
        actor=request.actor, person_id=page.person.id, proposal=proposal, day=timezone.localdate()
    )


def _lacks(work: _Work, at: Step, form: forms.Form, kept: Mapping[str, list[str]]) -> bool:
    """Say whether a rule needs more from a step that depends on no other; show it beside its fields."""
    if at not in (Step.OVERRIDE, Step.TELLING):
        return False
    answers = with_step(work.answers, at.value, kept)
    wrong = what_is_wrong(proposal_of(answers, organisations=work.organisations), work.looked)
    lacking = {name: why for name, why in wrong.items() if name in form.fields}
    for name, why in lacking.items():
        form.add_error(name, why)
    return bool(lacking)


def _id(sent: str) -> UUID | None:
    try:
        return UUID(sent) if sent else None
    except ValueError:
        raise NotFoundError(_("This could not be found.")) from None


def _step(work: _Work, name: str) -> Step:
    steps = steps_of(work.answers, refuses=work.refuses)
    if name not in steps:
        raise NotFoundError(_("This step does not apply now."))
    at = Step(name)
    if at is Step.OVERRIDE and Step.GROUND not in work.answers:
        return Step.GROUND
    return at


def _onward(work: _Work, draft_id: UUID, at: Step, answers: Mapping[str, Any]) -> HttpResponse:
    proposal = proposal_of(answers, organisations=work.organisations)
    known_now = proposal.topics == work.proposal.topics and proposal.recipients == work.proposal.recipients
    next_one = after(at, answers, refuses=work.refuses) if known_now else after(at, answers, refuses=False)
    if next_one is None:
        return redirect("sharing:draft", draft_id=draft_id)
    return redirect("sharing:step", draft_id=draft_id, step=next_one)
