"""Bringing agencies into a case, their answers, and stepping back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.marm.commands import invitations as commands
from alongside.casework.marm.forms import invitations as forms
from alongside.casework.marm.presenters.invitations import agencies_shown, invitation_shown
from alongside.casework.marm.queries import invitations as queries


@require_safe
def agencies(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Show which agencies take part, were invited, or could be."""
    page = queries.agencies_page(actor=request.actor, case_id=case_id)
    return render(request, "marm/agencies.jinja", {"page": agencies_shown(page)})


@require_http_methods(["GET", "POST"])
def invite(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Invite an agency."""
    page = queries.agencies_to_invite(actor=request.actor, case_id=case_id)
    form = forms.InviteForm(
        request.POST or None,
        initial={"organisation": request.GET.get("organisation", "")},
        others=[(each.id, each.name) for each in page.others],
    )
    if request.method == "POST" and form.is_valid():
        commands.invite_agency(
            actor=request.actor, at=timezone.now(), case_id=case_id,
            organisation_id=UUID(form.cleaned_data["organisation"]), why=form.cleaned_data["why"],
        )  # fmt: skip
        messages.success(request, _("They have been invited, and can see the case once they accept"))
        return redirect("marm:agencies", case_id=case_id)
    shown = {"form": form, "page": agencies_shown(page)}
    return render(request, "marm/invite_form.jinja", shown, status=422 if form.errors else 200)


@require_safe
def invitation(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """Show who is meant and why, before the member's organisation answers."""
    asked = queries.invitation_to_us(actor=request.actor, invitation_id=invitation_id)
    return render(request, "marm/invitation.jinja", {"page": invitation_shown(asked)})


@require_POST
def accept(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """Take part."""
    case = commands.accept_invitation(actor=request.actor, at=timezone.now(), invitation_id=invitation_id)
    messages.success(request, _("Your organisation is now taking part"))
    return redirect("marm:case", case_id=case.id)


@require_http_methods(["GET", "POST"])
def decline(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """Say that the member's organisation will not take part, and why."""
    asked = queries.invitation_to_us(actor=request.actor, invitation_id=invitation_id)
    form = forms.WhyNotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.decline_invitation(
            actor=request.actor, at=timezone.now(), invitation_id=invitation_id, **form.cleaned_data
        )
        messages.success(request, _("You have declined the invitation, and your reason has been saved"))
        return redirect("marm:cases")
    shown = {"form": form, "page": invitation_shown(asked)}
    return render(request, "marm/invitation_declined_form.jinja", shown, status=422 if form.errors else 200)
