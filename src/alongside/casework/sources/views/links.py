"""Doubtful links, one at a time."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.sources import jobs, presenters, queries
from alongside.casework.sources.commands.links import settle_link
from alongside.casework.sources.forms import SettleForm


@require_http_methods(["GET"])
def doubts(request: MemberRequest) -> HttpResponse:
    """Show the next pair; ``?after=`` is one that is skipped for now."""
    doubt = queries.next_doubt(actor=request.actor, after=_as_id(request.GET.get("after", "")))
    return _shown(request, doubt, SettleForm())


@require_http_methods(["POST"])
def settle(request: MemberRequest, link_id: UUID) -> HttpResponse:
    """Keep an answer and go to the next pair."""
    actor, form = request.actor, SettleForm(request.POST)
    if not form.is_valid():
        return _shown(request, queries.this_doubt(actor=actor, link_id=link_id), form)
    if form.cleaned_data["answer"] != "skip":
        try:
            settle_link(
                actor=actor,
                at=timezone.now(),
                link_id=link_id,
                answer=form.cleaned_data["answer"],
                why=form.cleaned_data["why"],
            )
        except AlreadyDoneError as error:
            form.add_error(None, str(error))
            return _shown(request, queries.next_doubt(actor=actor), form)
        return redirect("sources:doubts")
    response = redirect("sources:doubts")
    response["Location"] += f"?after={link_id}"
    return response


def _shown(request: MemberRequest, doubt: queries.Doubt | None, form: SettleForm) -> HttpResponse:
    shown = None
    if doubt is not None:
        left, right = jobs.records_of(doubt.folder, doubt.pair)
        shown = presenters.doubt_shown(doubt, left.says, right.says, jobs.area_pack())
    return render(
        request, "sources/doubts.jinja", {"doubt": shown, "form": form}, status=422 if form.errors else 200
    )


def _as_id(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None
