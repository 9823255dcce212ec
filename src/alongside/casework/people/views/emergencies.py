"""A record opened in an emergency: opened, closed, and reviewed by somebody else."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.people import forms, presenters
from alongside.casework.people.commands import emergencies as commands
from alongside.casework.people.queries.emergencies import (
    done_in_emergency,
    emergencies_to_review,
    emergency_to_review,
    opened_by_others,
)
from alongside.casework.people.queries.forms import form_allowed


@require_http_methods(["GET", "POST"])
def emergency(request: MemberRequest) -> HttpResponse:
    """Open a record outside the member's reach, for a day. A mistake in the form loses nothing typed."""
    form_allowed(actor=request.actor, permission=Permission.BREAK_GLASS)
    form = forms.EmergencyForm(request.POST or None)
    if not form.is_valid():
        return render(request, "people/emergency.jinja", {"form": form}, status=422 if form.errors else 200)
    try:
        access = commands.open_in_emergency(actor=request.actor, at=timezone.now(), **form.cleaned_data)
    except commands.SeenAlreadyError as seen:
        messages.info(request, str(seen))
        return redirect("people:person", person_id=seen.person_id)
    except commands.ReasonTooShortError as error:
        form.add_error("reason", str(error))
    except commands.NobodyNamedError as error:
        form.add_error("surname", str(error))
    except NotAllowedError as refused:
        form.add_error(None, str(refused))  # what the emergency is stays on the page, to be copied
    else:
        return redirect("people:person", person_id=access.person_id)
    return render(request, "people/emergency.jinja", {"form": form}, status=422 if form.errors else 200)


@require_POST
def close(request: MemberRequest, access_id: UUID) -> HttpResponse:
    """Close it before the day is over."""
    commands.close_emergency(actor=request.actor, at=timezone.now(), access_id=access_id)
    messages.success(request, _("The record is closed again"))
    return redirect("today")


@require_GET
def emergencies(request: MemberRequest) -> HttpResponse:
    """Show the emergency accesses that wait for a review."""
    today, reader = timezone.localdate(), request.actor.account
    waiting = [
        presenters.emergency_view(each, today=today, reader=reader)
        for each in emergencies_to_review(actor=request.actor)
    ]
    return render(request, "people/emergencies.jinja", {"waiting": waiting})


@require_GET
def opened(request: MemberRequest) -> HttpResponse:
    """Show which records others opened recently, and why, to those who work with these people."""
    at = timezone.now()
    accesses = [
        presenters.emergency_view(each, today=timezone.localdate(at))
        for each in opened_by_others(actor=request.actor, at=at)
    ]
    return render(request, "people/opened.jinja", {"accesses": accesses})


@require_http_methods(["GET", "POST"])
def review(request: MemberRequest, access_id: UUID) -> HttpResponse:
    """Review one of them, with what was done under it on the same page."""
    access = emergency_to_review(actor=request.actor, access_id=access_id)
    before = {
        "seen": access.last_looked,
        "person_told": access.person_told,
    }  # "not safe" is never lost unseen
    form = forms.ReviewForm(request.POST or None, initial=before)
    if not form.is_valid():
        done = done_in_emergency(actor=request.actor, access_id=access_id)
        view = presenters.emergency_view(access, today=timezone.localdate(), reader=request.actor.account)
        lines = [presenters.event_line(event, done.people) for event in done.events]
        page = {"form": form, "access": view, "done": lines, "more": done.more}
        return render(request, "people/review.jinja", page, status=422 if form.errors else 200)
    commands.review_emergency(
        actor=request.actor, at=timezone.now(), access_id=access_id, **form.cleaned_data
    )
    messages.success(request, _("Your review is recorded"))
    return redirect("people:emergencies")
