"""The absences of members, and who covers: their own, and those of whom they look after."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.casework.access.decisions import require
from alongside.casework.accounts import commands, permissions, presenters, queries
from alongside.casework.accounts.forms import AbsenceForm, CoverForm
from alongside.casework.accounts.middleware import MEMBERSHIP
from alongside.casework.accounts.queries.covers import absence_to_cover
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.kernel.errors import CaseworkError


@require_http_methods(["GET", "POST"])
def my_absence(request: MemberRequest) -> HttpResponse:
    """Show when the member is away, and record when they will be."""
    form = _form(request, UUID(request.session[MEMBERSHIP]))
    if _recorded(request, form, UUID(request.session[MEMBERSHIP])):
        messages.success(request, _("Your absence is recorded."))
        return redirect("accounts:my_absence")
    today = timezone.localdate()
    absences = queries.own_absences(actor=request.actor, on=today)
    page = {"form": form, "absences": presenters.absence_lines(absences, on=today)}
    return render(request, "accounts/my_absence.jinja", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def absence_of(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Show when a colleague is away, and record it for them: somebody who is ill cannot."""
    member = queries.own_membership(actor=request.actor, membership_id=membership_id)
    require(permissions.may_note_absence(request.actor, member.organisation_id, member.user_id))
    form = _form(request, member.id, whose=member.user.name)
    if _recorded(request, form, member.id):
        messages.success(request, _("The absence of %(name)s is recorded.") % {"name": member.user.name})
        return redirect("accounts:absence_of", membership_id=member.id)
    today = timezone.localdate()
    absences = queries.absences_of(actor=request.actor, membership_id=member.id, on=today)
    page = {
        "form": form,
        "member": member,
        "absences": presenters.absence_lines(absences, on=today, own=False),
    }
    return render(request, "accounts/absence_of.jinja", page, status=422 if form.errors else 200)


@require_POST
def end_absence(request: MemberRequest, absence_id: UUID) -> HttpResponse:
    """Record that the member is back, or that they will not be away after all."""
    now = timezone.now()
    absence = commands.end_absence(actor=request.actor, at=now, absence_id=absence_id)
    if absence.active_from > timezone.localdate(now):
        messages.success(request, _("Your absence is cancelled."))
    else:
        messages.success(request, _("Your absence has ended. Welcome back."))
    return redirect("accounts:my_absence")


@require_POST
def end_absence_of(request: MemberRequest, membership_id: UUID, absence_id: UUID) -> HttpResponse:
    """Record that a colleague is back, or that they will not be away after all."""
    now = timezone.now()
    absence = commands.end_absence(actor=request.actor, at=now, absence_id=absence_id)
    if absence.active_from > timezone.localdate(now):
        said = _("The absence of %(name)s is cancelled.")
    else:
        said = _("It is recorded that %(name)s is back.")
    messages.success(request, said % {"name": absence.membership.user.name})
    return redirect("accounts:absence_of", membership_id=membership_id)


@require_http_methods(["GET", "POST"])
def change_cover(request: MemberRequest, absence_id: UUID) -> HttpResponse:
    """Name somebody else to cover for the member."""
    back = {"text": _("My absences"), "href": address_of("accounts:my_absence")}
    return _change_cover(request, absence_id, back, own=True)


@require_http_methods(["GET", "POST"])
def change_cover_of(request: MemberRequest, membership_id: UUID, absence_id: UUID) -> HttpResponse:
    """Name somebody else to cover for a colleague, whose absence goes on."""
    back = {"text": _("Absences"), "href": address_of("accounts:absence_of", args=[membership_id])}
    return _change_cover(request, absence_id, back, own=False)


def _change_cover(
    request: MemberRequest, absence_id: UUID, back: dict[str, str], *, own: bool
) -> HttpResponse:
    today = timezone.localdate()
    absence = absence_to_cover(actor=request.actor, absence_id=absence_id, on=today)
    whose = absence.membership
    covers = queries.possible_covers(actor=request.actor, membership_id=whose.id, on=today)
    form = CoverForm(
        request.POST or None, colleagues=covers, whose="" if own else whose.user.name,
        initial={"cover": str(absence.cover_id or "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_cover(
                actor=request.actor, at=timezone.now(), absence_id=absence_id,
                cover_id=form.cleaned_data["cover"],
            )  # fmt: skip
        except CaseworkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Who covers has been changed, and they are told."))
            return redirect(back["href"])
    page = {
        "form": form,
        "title": _("Change who covers"),
        "about": presenters.days_away(absence.active_from, absence.active_to),
        "button": _("Change who covers"),
        "back": back,
    }
    return render(request, "accounts/one_form.jinja", page, status=422 if form.errors else 200)


def _form(request: MemberRequest, membership_id: UUID, whose: str = "") -> AbsenceForm:
    today = timezone.localdate()
    covers = queries.possible_covers(actor=request.actor, membership_id=membership_id, on=today)
    return AbsenceForm(request.POST or None, colleagues=covers, whose=whose)


def _recorded(request: MemberRequest, form: AbsenceForm, membership_id: UUID) -> bool:
    """Record the absence that was sent, if it can be; else the form says why not."""
    if request.method != "POST" or not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        commands.begin_absence(
            actor=request.actor,
            at=timezone.now(),
            membership_id=membership_id,
            on=given["on"],
            until=given["until"],
            cover_id=given["cover"],
        )
    except CaseworkError as error:
        form.add_error(None, str(error))
        return False
    return True
