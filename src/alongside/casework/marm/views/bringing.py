"""Who does what in a case, and what the member's own agency brings."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import StaleError
from alongside.casework.marm.commands.bringing import say_what_we_bring
from alongside.casework.marm.forms.bringing import BringsForm
from alongside.casework.marm.presenters.bringing import bringing_shown
from alongside.casework.marm.queries.bringing import bringing_page, to_say_what_we_bring


@require_safe
def roles(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Show who takes part, what each brings, and the duties of each role."""
    page = bringing_page(actor=request.actor, case_id=case_id)
    return render(request, "marm/bringing.jinja", {"page": bringing_shown(page)})


@require_http_methods(["GET", "POST"])
def bring(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Write down what the member's own agency brings. Nothing typed is lost in a clash."""
    case, brings = to_say_what_we_bring(actor=request.actor, case_id=case_id)
    form = BringsForm(request.POST or None, initial={"brings": brings, "opened": brings})
    shown = {"form": form, "case": case}
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            say_what_we_bring(actor=request.actor, at=timezone.now(), case_id=case_id, **form.cleaned_data)
        except StaleError as stale:
            again = {"brings": form.cleaned_data["brings"], "opened": brings}
            shown |= {"form": BringsForm(initial=again), "stale": str(stale), "theirs": brings}
            status = 409
        else:
            messages.success(request, _("What your organisation brings has been saved"))
            return redirect("marm:roles", case_id=case_id)
    return render(request, "marm/bringing_form.jinja", shown, status=status)
