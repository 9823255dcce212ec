"""Requests for information: asking, the letter, and what comes of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as plain
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.access.decisions import require
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.people.queries.telling import ToldAgainstTheirWishError
from alongside.casework.sharing import permissions
from alongside.casework.sharing.commands import requests as commands
from alongside.casework.sharing.forms import requests as forms
from alongside.casework.sharing.presenters import requests as presenters
from alongside.casework.sharing.queries import requests as reads
from alongside.casework.sharing.views.refusing import say_beside, say_done


@require_safe
def requests(request: MemberRequest) -> HttpResponse:
    """Show requests from and to the member's organisation and, if allowed, how each agency answers."""
    actor, day = request.actor, timezone.localdate()
    shown: dict[str, Any] = {}
    if permissions.may_count_requests(actor).allowed:
        shown["tallies"] = [presenters.tally_shown(each) for each in reads.counts(actor=actor, day=day)]
    if permissions.may_read_requests(actor).allowed or not shown:  # anybody who may see neither is told why
        page = reads.requests_page(actor=actor)
        shown["to_us"] = [presenters.request_line(each, ours=False, day=day) for each in page.to_us]
        shown["from_us"] = [presenters.request_line(each, ours=True, day=day) for each in page.from_us]
    return render(request, "sharing/requests.jinja", shown)


@require_safe
def information_request(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """Show one request: where it stands, what happens next, and the letter."""
    actor, day = request.actor, timezone.localdate()
    page = reads.request_page(actor=actor, request_id=request_id, day=day)
    found = page.request
    ours = found.asked_by_id == actor.member_of
    follows = found.is_open and permissions.may_follow_up_request(actor, found).allowed
    shown = {
        "it": presenters.request_shown(page, ours=ours, day=day),
        "may_answer": found.is_open and permissions.may_answer_request(actor, found).allowed,
        "may_withdraw": follows,
        "may_chase": follows and found.late_on(day),
    }
    return render(request, "sharing/request.jinja", shown)


@require_safe
def letter(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """Show the letter as it was sent, to print."""
    page = reads.request_page(actor=request.actor, request_id=request_id, day=timezone.localdate())
    shown = {"letter": presenters.paragraphs(page.request.letter), "information_request_id": request_id}
    return render(request, "sharing/request_letter.jinja", shown)


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Ask another agency: fill in, read the letter as it will be sent, and only then send it."""
    actor, now = request.actor, timezone.now()
    about = reads.asking_about(actor=actor, person_id=person_id)
    shown: dict[str, Any] = {"person_id": person_id, "about": about, "most": forms.MOST_ITEMS}
    form = _form(request, about)
    shown["form"] = form
    if "more" in request.POST:  # nothing is checked yet: what was typed, and one more item
        shown["form"] = _form(request, about, kept=form, items=len(form.numbers) + 1)
        return render(request, "sharing/request_new.jinja", shown)
    if form.is_valid():
        asked_of_id, wish = UUID(form.cleaned_data["asked_of"]), form.wish()
        draft = reads.draft(
            actor=actor, person_id=person_id, asked_of_id=asked_of_id, wish=wish, day=timezone.localdate(now)
        )
        say_beside(form, draft.wrong)
        if "send" in request.POST and not draft.wrong:
            try:
                made = commands.ask_for_information(
                    actor=actor, at=now, person_id=person_id, asked_of_id=asked_of_id, wish=wish
                )
            except (AlreadyDoneError, ToldAgainstTheirWishError) as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The request has been sent."))
                return redirect("sharing:request", request_id=made.id)
        if form.is_valid() and "change" not in request.POST:
            shown |= {"letter": presenters.paragraphs(draft.letter), "not_covered": draft.why_not_covered}
            return render(request, "sharing/request_check.jinja", shown | {"typed": _typed(request, form)})
    return render(request, "sharing/request_new.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def nothing_held(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """Answer that nothing is held."""

    def act(given: dict[str, Any]) -> None:
        commands.say_nothing_is_held(
            actor=request.actor, at=timezone.now(), request_id=request_id, words=given["words"]
        )

    form = forms.NothingHeldForm(request.POST or None)
    titles = {"title": _("We hold nothing"), "button": _("Answer that we hold nothing")}
    return _end(request, request_id, form, act, by_asker=False, **titles)


@require_http_methods(["GET", "POST"])
def refuse(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """Refuse, and say why."""

    def act(given: dict[str, Any]) -> None:
        commands.refuse_request(actor=request.actor, at=timezone.now(), request_id=request_id, **given)

    form = forms.RefusalForm(request.POST or None)
    titles = {"title": _("We will not share, and why"), "button": _("Send the reasons")}
    return _end(request, request_id, form, act, by_asker=False, **titles)


@require_http_methods(["GET", "POST"])
def withdraw(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """Withdraw a request."""

    def act(given: dict[str, Any]) -> None:
        commands.withdraw_request(actor=request.actor, at=timezone.now(), request_id=request_id, **given)

    form = forms.WithdrawForm(request.POST or None)
    titles = {"title": _("Withdraw the request"), "button": _("Withdraw it")}
    return _end(request, request_id, form, act, by_asker=True, **titles)


@require_POST
def chase(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """Remind them; if a colleague reminded them today, or ended the request, say who."""

    def act() -> None:
        commands.chase_request(actor=request.actor, at=timezone.now(), request_id=request_id)

    say_done(request, act, _("They have been reminded."))
    return redirect("sharing:request", request_id=request_id)


def _end(
    request: MemberRequest,
    request_id: UUID,
    form: plain.Form,
    act: Callable[[dict[str, Any]], None],
    *,
    by_asker: bool,
    **titles: str,
) -> HttpResponse:
    """Show a form that ends a request, or end it. Whoever comes second is told, and keeps what they typed."""
    page = reads.request_page(actor=request.actor, request_id=request_id, day=timezone.localdate())
    may = permissions.may_follow_up_request if by_asker else permissions.may_answer_request
    require(may(request.actor, page.request))
    status = 200
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except AlreadyDoneError as error:
            form.add_error(None, str(error))
            status = 409
        except commands.NoWrittenReasonsError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("It has been sent."))
            return redirect("sharing:request", request_id=request_id)
    shown = {"form": form, "information_request_id": request_id, "about": page.request.who, **titles}
    shown["duty"] = presenters.duty(page.request)
    return render(
        request, "sharing/request_end.jinja", shown, status=422 if form.errors and status == 200 else status
    )


def _form(
    request: MemberRequest, about: reads.Asking, *, kept: forms.RequestForm | None = None, items: int = 0
) -> forms.RequestForm:
    """The form as it was sent; with ``kept``, a new form with what was typed there and this many items."""
    sent = request.POST.get("items", "1")
    number = items or (int(sent) if sent.isdecimal() and sent.isascii() else 1)
    given: dict[str, Any] = {
        "organisations": [(each.id, each.name) for each in about.organisations],
        "by_public_authority": about.by_public_authority,
        "items": min(max(number, 1), forms.MOST_ITEMS),
    }
    if kept is None:
        return forms.RequestForm(request.POST or None, **given)
    typed = {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name)
        for name, field in kept.fields.items()
    }
    return forms.RequestForm(initial=typed, **given)


def _typed(request: MemberRequest, form: forms.RequestForm) -> list[tuple[str, str]]:
    """Everything that was typed, for the page on which the letter is checked to send again."""
    names = [name for name in request.POST if name == "items" or name.split("-")[0] in form.fields]
    return [(name, value) for name in names for value in request.POST.getlist(name)]
