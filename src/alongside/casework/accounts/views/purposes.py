"""What somebody is working for."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.casework.access.decisions import require
from alongside.casework.accounts import commands, permissions, presenters, purposes
from alongside.casework.accounts.forms import ChoosePurposeForm
from alongside.casework.accounts.middleware import PURPOSE
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.accounts.views.arriving import where_to


@require_http_methods(["GET", "POST"])
def choose_purpose(request: MemberRequest) -> HttpResponse:
    """Ask what somebody is working for, and remember it for the session."""
    actor = request.actor
    require(permissions.may_choose_purpose(actor))
    offered = [each for each in purposes.declared() if each.code in actor.purposes]
    form = ChoosePurposeForm(request.POST or None, purposes=offered, initial={"purpose": actor.purpose})
    if request.method == "POST" and form.is_valid():
        request.session[PURPOSE] = commands.choose_purpose(
            actor=actor, at=timezone.now(), purpose=form.cleaned_data["purpose"]
        )
        return redirect(where_to(request))
    closed = presenters.closed_purposes(
        purposes.declared(), was=request.session.get(PURPOSE, ""), on=timezone.localdate(), actor=actor
    )
    page = {"form": form, "next": where_to(request), "closed": closed}
    return render(request, "accounts/choose_purpose.jinja", page, status=422 if form.errors else 200)
