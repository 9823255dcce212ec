"""Meetings: asked for, set, changed, cancelled, answered, and put in a calendar."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.paging import begins_at, paging
from alongside.casework.kernel.errors import StaleError
from alongside.casework.marm.commands import meetings as commands
from alongside.casework.marm.forms import meetings as forms
from alongside.casework.marm.forms.cases import WhyForm
from alongside.casework.marm.presenters import meetings as presenters
from alongside.casework.marm.queries import meetings as queries
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.calendar import calendar_file


@require_safe
def meetings(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Show the meetings of a case, and when the first is due."""
    page = queries.meetings_page(actor=request.actor, case_id=case_id, begins=begins_at(request))
    shown = {
        "page": presenters.meetings_shown(page, timezone.now()),
        "paging": paging(page.passed_over, at_once=queries.MEETINGS_AT_ONCE, count=page.count),
    }
    return render(request, "marm/meetings.jinja", shown)


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Ask for a meeting."""
    page = queries.meetings_page(actor=request.actor, case_id=case_id)
    form = forms.AskMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.ask_for_meeting(actor=request.actor, at=timezone.now(), case_id=case_id, **form.cleaned_data)
        messages.success(request, _("You have asked for a meeting"))
        return redirect("marm:meetings", case_id=case_id)
    shown = {"form": form, "page": presenters.meetings_shown(page, timezone.now())}
    return render(request, "marm/meeting_asked_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def set_one(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Set a meeting; who could come is proposed, and the lead's manager to chair."""
    today = timezone.localdate()
    found = queries.to_set(actor=request.actor, case_id=case_id, day=today)
    form = forms.SetMeetingForm(
        request.POST or None,
        initial={
            "chair": str(found.chair or ""),
            "adjustments": presenters.needs_of(found),
            "invited": [each.key for each in found.could_come if each.organisation_id],
        },
        chairs=found.chairs,
        could_come=presenters.could_come_choices(found),
        kinds=marm_pack().meeting_kinds,
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        made = commands.set_meeting(
            actor=request.actor, at=timezone.now(), case_id=case_id, plan=form.plan(),
            invited=form.cleaned_data["invited"], meant=form.cleaned_data["meant"],
        )  # fmt: skip
        messages.success(request, _("The meeting has been set"))
        return redirect("marm:meeting", meeting_id=made.id)
    shown = {
        "form": form, "case_id": case_id, "known_as": found.case.person.known_as, "not_here": found.not_here,
        "back": reverse("marm:meetings", args=[case_id]), "title": _("Set a meeting"),
    }  # fmt: skip
    return render(request, "marm/meeting_form.jinja", shown, status=422 if form.errors else 200)


@require_safe
def meeting(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Show a meeting: how the person takes part first."""
    page = queries.meeting_page(actor=request.actor, meeting_id=meeting_id)
    return render(request, "marm/meeting.jinja", {"page": presenters.meeting_shown(page)})


@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Change a meeting. If two do so at once, the second is told and keeps what they typed."""
    today = timezone.localdate()
    found = queries.meeting_to_change(actor=request.actor, meeting_id=meeting_id, day=today)
    now = found.meeting
    here = timezone.localtime(now.begins_at)
    stands: dict[str, Any] = {
        "kind": now.kind, "takes_part": now.takes_part, "adjustments": now.adjustments, "on": here.date(),
        "time": f"{here:%H:%M}", "minutes": str(now.minutes), "place": now.place, "online": now.online,
        "chair": str(now.chair_id), "priority": now.priority, "opened_version": now.version,
    }  # fmt: skip
    kept: dict[str, Any] = {"chairs": found.chairs, "kinds": marm_pack().meeting_kinds, "today": today}
    form = forms.ChangeMeetingForm(request.POST or None, initial=stands, **kept)
    shown: dict[str, Any] = {
        "form": form, "case_id": now.case_id, "known_as": now.case.person.known_as, "not_here": [],
        "back": reverse("marm:meeting", args=[now.id]), "title": _("Change the meeting"),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            commands.change_meeting(
                actor=request.actor, at=timezone.now(), meeting_id=now.id, plan=form.plan(),
                opened_version=given["opened_version"], meant=given["meant"],
            )  # fmt: skip
        except StaleError as stale:
            beside = form.beside(str(stale))
            again = beside.told_in(forms.ChangeMeetingForm(initial=beside.initial, **kept))
            shown |= {"form": again, "clash": beside}
            return render(request, "marm/meeting_form.jinja", shown, status=409)
        messages.success(request, _("The meeting has been changed"))
        return redirect("marm:meeting", meeting_id=now.id)
    return render(request, "marm/meeting_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cancel(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel a meeting, with the reason."""
    page = queries.meeting_to_steer(actor=request.actor, meeting_id=meeting_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.cancel_meeting(
            actor=request.actor, at=timezone.now(), meeting_id=meeting_id, **form.cleaned_data
        )
        messages.success(request, _("The meeting has been cancelled"))
        return redirect("marm:meeting", meeting_id=meeting_id)
    shown = {"form": form, "page": presenters.meeting_shown(page)}
    return render(request, "marm/meeting_cancel_form.jinja", shown, status=422 if form.errors else 200)


@require_POST
def take_off(request: MemberRequest, meeting_id: UUID, invited_id: UUID) -> HttpResponse:
    """Take somebody in the person's life off the invitation."""
    gone = commands.take_off_invitation(
        actor=request.actor, at=timezone.now(), meeting_id=meeting_id, invited_id=invited_id
    )
    messages.success(request, _("%(name)s is no longer invited") % {"name": gone.name})
    return redirect("marm:meeting", meeting_id=meeting_id)


@require_http_methods(["GET", "POST"])
def answer(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Say whether the member's agency is coming."""
    page = queries.meeting_page(actor=request.actor, meeting_id=meeting_id)
    form = forms.AnswerMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.answer_meeting(actor=request.actor, at=timezone.now(), meeting_id=meeting_id, **form.told())
        messages.success(request, _("Your answer has been saved"))
        return redirect("marm:meeting", meeting_id=meeting_id)
    shown = {"form": form, "page": presenters.meeting_shown(page)}
    return render(request, "marm/meeting_answer_form.jinja", shown, status=422 if form.errors else 200)


@require_safe
def calendar(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Return a meeting for a calendar, with nothing about the person."""
    page = queries.meeting_page(actor=request.actor, meeting_id=meeting_id)
    address = request.build_absolute_uri(reverse("marm:meeting", args=[meeting_id]))
    return HttpResponse(
        calendar_file(presenters.calendar_entry(page.meeting, address)),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="meeting.ics"'},
    )
