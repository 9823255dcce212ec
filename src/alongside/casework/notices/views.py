"""A member's own notices."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.notices import commands, queries
from alongside.casework.notices.forms import NoticesForm


@require_http_methods(["GET", "POST"])
def my_notices(request: MemberRequest) -> HttpResponse:
    """Show whether the member gets notices, and accept another choice."""
    gets = queries.gets_notices(actor=request.actor)
    form = NoticesForm(request.POST or None, gets=gets)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["wanted"] == "yes"
        if wanted != gets:
            commands.choose_notices(actor=request.actor, at=timezone.now(), wanted=wanted)
        messages.success(request, _("Your choice has been saved."))
        return redirect("notices:my_notices")
    page = {"form": form, "sends": settings.MAIL is not None}
    return render(request, "notices/my_notices.jinja", page, status=422 if form.errors else 200)
