"""The member's own absences, and who covers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.casework.accounts import commands, presenters, queries
from alongside.casework.accounts.forms import AbsenceForm
from alongside.casework.accounts.middleware import MEMBERSHIP
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import CaseworkError


@require_http_methods(["GET", "POST"])
def my_absence(request: MemberRequest) -> HttpResponse:
    """Show when the member is away, and record when they will be."""
    actor, today = request.actor, timezone.localdate()
    own = UUID(request.session[MEMBERSHIP])
    covers = queries.possible_covers(actor=actor, membership_id=own, on=today)
    form = AbsenceForm(request.POST or None, colleagues=covers)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            commands.begin_absence(
                actor=actor,
                at=timezone.now(),
                membership_id=own,
                on=given["on"],
                until=given["until"],
                cover_id=given["cover"],
            )
        except CaseworkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your absence is recorded."))
            return redirect("accounts:my_absence")
    absences = presenters.absence_lines(queries.own_absences(actor=actor, on=today), on=today)
    page = {"form": form, "absences": absences}
    return render(request, "accounts/my_absence.jinja", page, status=422 if form.errors else 200)


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
