"""Looking again at requests that were declined more than once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.marm.commands.reviewing import answer_review
from alongside.casework.marm.forms.reviews import ReviewForm
from alongside.casework.marm.presenters.reviews import review_shown
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.queries.reviews import review_page


@require_http_methods(["GET", "POST"])
def review(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """Show what was asked and declined, and accept the reviewer's answer."""
    page = review_page(actor=request.actor, review_id=review_id)
    form = ReviewForm(request.POST or None, forums=marm_pack().forums)
    if request.method == "POST" and form.is_valid():
        answer_review(actor=request.actor, at=timezone.now(), review_id=review_id, said=form.reviewed())
        messages.success(request, _("Your answer has been sent to everybody who asked"))
        return redirect("marm:review", review_id=review_id)
    shown = {"form": form, "page": review_shown(page, timezone.now())}
    return render(request, "marm/review.jinja", shown, status=422 if form.errors else 200)
