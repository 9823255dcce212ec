"""Recording capacity, what others think of it, legal advice, and what is decided for a person."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.capacity import forms
from alongside.casework.capacity.commands import assessing
from alongside.casework.capacity.commands.best_interests import TheirsToDecideError, record_best_interests
from alongside.casework.capacity.presenters.records import RecordShown, found_in_a_line, record_shown
from alongside.casework.capacity.queries.pages import RecordPage, record_to_go_on_from
from alongside.casework.kernel.errors import AlreadyDoneError, StaleError
from alongside.casework.people.queries.forms import form_about

FORM = "capacity/form.jinja"


@require_http_methods(["GET", "POST"])
def assess(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Record a decision that has no record yet."""
    name = form_about(actor=request.actor, permission=Permission.CAPACITY_RECORD, person_id=person_id)
    day = timezone.localdate()
    form = forms.AssessmentForm(request.POST or None, day=day, initial={"assessed_on": day})
    if request.method == "POST" and form.is_valid():
        try:
            made = assessing.record_capacity(
                actor=request.actor,
                at=timezone.now(),
                person_id=person_id,
                given=form.assessment(form.cleaned_data),
            )
        except AlreadyDoneError as error:
            form.add_error("decision", str(error))
        else:
            messages.success(request, _("The record is saved. Nobody can change it, not even you."))
            return redirect("capacity:record", person_id=person_id, record_id=made.id)
    shown = {
        "title": _("Can they make this decision?"),
        "known_as": name,
        "form": form,
        "sections": form.sections,
        "button": _("Save the record"),
        "guidance": "capacity/guidance.jinja",
        "person_id": person_id,
    }
    return render(request, FORM, shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def assess_again(request: MemberRequest, person_id: UUID, record_id: UUID) -> HttpResponse:
    """Look at a decision again. If two do so at once, the second is told and keeps what they typed."""
    page = record_to_go_on_from(actor=request.actor, person_id=person_id, record_id=record_id)
    day, latest = timezone.localdate(), page.latest
    before = {"assessed_on": day} | {name: getattr(latest, name) for name in ("information", "chosen_by")}
    form = forms.AgainForm(request.POST or None, day=day, decision=latest.decision, initial=before)
    opened = forms.OpenedForm(request.POST or None)
    shown: dict[str, Any] = {
        "title": _("Look again: can they make this decision?"),
        "known_as": page.person.known_as,
        "form": form,
        "sections": form.sections,
        "opened": forms.OpenedForm(initial={"opened": page.last_written.id}),
        "quoted": latest.decision,
        "button": _("Save the record"),
        "guidance": "capacity/guidance.jinja",
        "person_id": person_id,
        "record_id": record_id,
    }
    if request.method == "POST" and opened.is_valid() and form.is_valid():
        try:
            made = assessing.record_capacity(
                actor=request.actor,
                at=timezone.now(),
                person_id=person_id,
                given=form.assessment(form.cleaned_data),
                follows_id=opened.cleaned_data["opened"] or page.last_written.id,
            )
        except StaleError as stale:
            # read again: it may have been saved since this page was read
            page = record_to_go_on_from(actor=request.actor, person_id=person_id, record_id=record_id)
            told = {
                "opened": forms.OpenedForm(initial={"opened": page.last_written.id}),
                "sentence": str(stale),
                "theirs": found_in_a_line(page.last_written, day),
            }
            return render(request, FORM, shown | told, status=409)
        messages.success(request, _("The record is saved. Nobody can change it, not even you."))
        return redirect("capacity:record", person_id=person_id, record_id=made.id)
    return render(request, FORM, shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def view(request: MemberRequest, person_id: UUID, record_id: UUID) -> HttpResponse:
    """Add who agrees or disagrees."""
    about = _about(request, person_id, record_id)
    own = {"name": request.actor.name, "agency": request.actor.organisation_name}
    form = forms.ViewForm(request.POST or None, initial=own)
    if request.method == "POST" and form.is_valid():
        assessing.give_view(
            actor=request.actor,
            at=timezone.now(),
            person_id=person_id,
            record_id=record_id,
            **form.cleaned_data,
        )
        messages.success(request, _("It is shown beside the record."))
        return redirect("capacity:record", person_id=person_id, record_id=record_id)
    shown = _page(_("Who agrees and who disagrees"), form, about)
    return render(request, FORM, shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def advice(request: MemberRequest, person_id: UUID, record_id: UUID) -> HttpResponse:
    """Note that legal advice was asked for, or what it was."""
    about = _about(request, person_id, record_id)
    form = forms.AdviceForm(request.POST or None, initial={"on": timezone.localdate()})
    shown = _page(_("Legal advice"), form, about)
    if not about.asks_for_advice:
        refused = {
            "refused": _("This record does not say that anybody stands in the way of a free decision.")
        }
        return render(request, FORM, shown | refused, status=409 if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        try:
            assessing.note_advice(
                actor=request.actor,
                at=timezone.now(),
                person_id=person_id,
                record_id=record_id,
                **form.cleaned_data,
            )
        except assessing.NotYetError as error:
            form.add_error("on", str(error))
        else:
            messages.success(request, _("It is shown with the record."))
            return redirect("capacity:record", person_id=person_id, record_id=record_id)
    return render(request, FORM, shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def best_interests(request: MemberRequest, person_id: UUID, record_id: UUID) -> HttpResponse:
    """Record what is decided for a person who cannot decide it; if it is theirs to decide, say so.

    Nothing typed is lost if somebody looked again meanwhile, or the day to look again has just passed.
    """
    page = record_to_go_on_from(actor=request.actor, person_id=person_id, record_id=record_id)
    day = timezone.localdate()
    about = record_shown(page, day)
    newest = page.best_interests[0].id if page.best_interests else None
    form = forms.BestInterestsForm(
        request.POST or None,
        day=day,
        assessed_on=page.record.assessed_on,
        initial={} if about.theirs_to_decide else {"decided_on": day},
    )
    opened = forms.OpenedForm(request.POST or None)
    shown = _page(_("What is in their best interests?"), form, about) | {
        "opened": forms.OpenedForm(initial={"opened": newest}),
        "sections": form.sections,
        "guidance": "capacity/guidance_best_interests.jinja",
        "binding": about.binding,
        "theirs_to_decide": about.theirs_to_decide,
        "decided_until": about.decided_until,
    }
    if about.theirs_to_decide and not about.decided_until:
        if request.method == "POST":
            told = _refused(page, about.theirs_to_decide, day)
            return render(request, FORM, shown | told, status=409)
        return render(request, FORM, shown | {"refused": about.theirs_to_decide})
    if request.method == "POST" and opened.is_valid() and form.is_valid():
        try:
            record_best_interests(
                actor=request.actor,
                at=timezone.now(),
                person_id=person_id,
                record_id=record_id,
                given=form.reasoning(form.cleaned_data),
                opened_newest=opened.cleaned_data["opened"],
            )
        except TheirsToDecideError as error:
            page = record_to_go_on_from(actor=request.actor, person_id=person_id, record_id=record_id)
            return render(request, FORM, shown | _refused(page, str(error), day), status=409)
        except StaleError as stale:
            # read again: it may have been saved since this page was read
            page = record_to_go_on_from(actor=request.actor, person_id=person_id, record_id=record_id)
            newest = page.best_interests[0].id if page.best_interests else None
            theirs = [f"{each.title}: {each.lines[0][1]}" for each in record_shown(page, day).best_interests]
            told = {
                "opened": forms.OpenedForm(initial={"opened": newest}),
                "sentence": str(stale),
                "theirs": theirs[0] if theirs else "",
            }
            return render(request, FORM, shown | told, status=409)
        messages.success(request, _("What was decided is saved with the record."))
        return redirect("capacity:record", person_id=person_id, record_id=record_id)
    return render(request, FORM, shown, status=422 if form.errors else 200)


def _refused(page: RecordPage, why: str, day: date) -> dict[str, Any]:
    """Return what the page shows, beside all that was typed, if nobody may decide by this record."""
    about = record_shown(page, day)
    return {
        "sentence": why,
        "theirs": "" if about.is_latest else found_in_a_line(page.latest, day),
        "decided_until": about.decided_until,
    }


def _about(request: MemberRequest, person_id: UUID, record_id: UUID) -> RecordShown:
    page = record_to_go_on_from(actor=request.actor, person_id=person_id, record_id=record_id)
    return record_shown(page, timezone.localdate())


def _page(title: str, form: Any, about: RecordShown) -> dict[str, Any]:
    """Return what the page for a form about a record shows."""
    return {
        "title": title,
        "known_as": about.known_as,
        "form": form,
        "quoted": about.decision,
        "button": _("Save"),
        "person_id": about.person_id,
        "record_id": about.id,
    }
