"""Helping a member who has lost what they sign in with."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts import commands, queries
from alongside.casework.accounts.forms import HowSureForm
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError


@require_http_methods(["GET", "POST"])
def take_off_second_factor_of(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Take the second factor of a member off, by somebody who says how they made sure who asks."""
    member = queries.whose_second_factor_to_take_off(
        actor=request.actor, membership_id=membership_id, on=timezone.localdate()
    )
    form = HowSureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.take_off_second_factor_of(
                actor=request.actor,
                at=timezone.now(),
                membership_id=member.id,
                how_sure=form.cleaned_data["how_sure"],
            )
        except AlreadyDoneError as error:
            form.add_error(None, str(error))
        else:
            said = _("The second factor of %(name)s was taken off.") % {"name": member.user.name}
            messages.success(request, said)
            return redirect("accounts:members")
    page = {"form": form, "name": member.user.name}
    return render(
        request, "accounts/take_off_second_factor_of.jinja", page, status=422 if form.errors else 200
    )
