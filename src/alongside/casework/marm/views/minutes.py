"""What agencies say before a meeting, and its minutes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import StaleError
from alongside.casework.marm.commands import minutes as commands
from alongside.casework.marm.forms import minutes as forms
from alongside.casework.marm.presenters import minutes as presenters
from alongside.casework.marm.queries import minutes as queries


@require_safe
def reports(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Show what agencies say before a meeting, and who knows what."""
    page = queries.reports_page(actor=request.actor, meeting_id=meeting_id)
    return render(request, "marm/reports.jinja", {"page": presenters.reports_shown(page)})


@require_http_methods(["GET", "POST"])
def report(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Say what the member's agency knows."""
    page = queries.reports_page(actor=request.actor, meeting_id=meeting_id)
    form = forms.ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.send_report(
            actor=request.actor, at=timezone.now(), meeting_id=meeting_id, report=form.report()
        )
        messages.success(request, _("What your agency knows has been sent to the meeting"))
        return redirect("marm:reports", meeting_id=meeting_id)
    shown = {"form": form, "page": presenters.reports_shown(page)}
    return render(request, "marm/report_form.jinja", shown, status=422 if form.errors else 200)


@require_safe
def minutes(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Show the minutes, the person first, and beside them the previous ones."""
    page = queries.minutes_page(actor=request.actor, meeting_id=meeting_id)
    return render(request, "marm/minutes.jinja", {"page": presenters.minutes_shown(page)})


@require_http_methods(["GET", "POST"])
def write(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Write minutes, or close them. If two do so at once, the second is told and keeps what they typed."""
    page = queries.minutes_to_write(actor=request.actor, meeting_id=meeting_id)
    stands = presenters.standing_minutes(page)
    kept: dict[str, Any] = {
        "invited": [(each.id, each.name) for each in page.invited], "begins_at": page.meeting.begins_at,
    }  # fmt: skip
    form = forms.MinutesForm(request.POST or None, initial=stands, **kept)
    shown: dict[str, Any] = {"form": form, "page": presenters.minutes_shown(page)}
    if request.method == "POST" and form.is_valid():
        closes = "close" in request.POST
        try:
            commands.keep_minutes(
                actor=request.actor, at=timezone.now(), meeting_id=meeting_id, written=form.written(),
                opened_version=form.cleaned_data["opened_version"], close=closes,
            )  # fmt: skip
        except StaleError as stale:
            beside = form.beside(str(stale))
            again = beside.told_in(forms.MinutesForm(initial=beside.initial, **kept))
            shown |= {"form": again, "clash": beside}
            return render(request, "marm/minutes_form.jinja", shown, status=409)
        messages.success(
            request, _("The minutes have been closed") if closes else _("The minutes have been saved")
        )
        return redirect("marm:minutes", meeting_id=meeting_id)
    return render(request, "marm/minutes_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def family(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Write down what somebody in the person's life says."""
    page = queries.minutes_to_write(actor=request.actor, meeting_id=meeting_id)
    form = forms.FamilyForm(request.POST or None, contacts=presenters.contact_choices(page))
    if request.method == "POST" and form.is_valid():
        commands.hear_family(
            actor=request.actor, at=timezone.now(), meeting_id=meeting_id,
            contact_id=UUID(form.cleaned_data["contact"]), words=form.cleaned_data["words"],
        )  # fmt: skip
        messages.success(request, _("It has been added to the minutes"))
        return redirect("marm:minutes", meeting_id=meeting_id)
    shown = {"form": form, "page": presenters.minutes_shown(page)}
    return render(request, "marm/family_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Add to closed minutes."""
    page = queries.minutes_page(actor=request.actor, meeting_id=meeting_id)
    form = forms.AddendumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.add_to_minutes(
            actor=request.actor, at=timezone.now(), meeting_id=meeting_id, **form.cleaned_data
        )
        messages.success(request, _("It has been added to the minutes"))
        return redirect("marm:minutes", meeting_id=meeting_id)
    shown = {"form": form, "page": presenters.minutes_shown(page)}
    return render(request, "marm/addendum_form.jinja", shown, status=422 if form.errors else 200)
