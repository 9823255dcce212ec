"""Doubtful links, one at a time; those that have an answer, and taking it back."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.paging import begins_at, paging
from alongside.casework.kernel.area import area_pack
from alongside.casework.sources import jobs
from alongside.casework.sources.commands.links import (
    DoesNotFitError,
    NoWhyError,
    SettledAlreadyError,
    settle_link,
    take_back_answer,
)
from alongside.casework.sources.forms import SettleForm, TakeBackForm
from alongside.casework.sources.presenters import links as presenters
from alongside.casework.sources.queries import links as queries


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
        except SettledAlreadyError as error:
            # the form that follows is about two other records: what was said of these must not stand in it
            answered = _answered(request, [error.settled])
            unkept = presenters.unkept(str(error), form.said(), form.cleaned_data["why"], answered)
            return _shown(request, queries.next_doubt(actor=actor), SettleForm(), unkept=unkept)
        except DoesNotFitError as error:
            form.add_error(None, str(error))
            doubt = queries.this_doubt(actor=actor, link_id=link_id)
            return _shown(request, doubt, form, earlier=_answered(request, error.earlier))
        return redirect("sources:doubts")
    response = redirect("sources:doubts")
    response["Location"] += f"?after={link_id}"
    return response


@require_safe
def settled(request: MemberRequest) -> HttpResponse:
    """Show the pairs that have an answer, a page at a time."""
    answered, pack = queries.settled_links(actor=request.actor, links_from=begins_at(request)), area_pack()
    given = {
        "settled": [presenters.settled_shown(each, pack) for each in answered.rows],
        "paging": paging(answered.passed_over, at_once=queries.SETTLED_AT_ONCE, count=answered.count),
    }
    return render(request, "sources/settled.jinja", given)


@require_http_methods(["GET", "POST"])
def take_back(request: MemberRequest, link_id: UUID) -> HttpResponse:
    """Take an answer back, with both records and everything said before in view."""
    actor, form = request.actor, TakeBackForm(request.POST or None)
    if form.is_valid():
        try:
            take_back_answer(actor=actor, at=timezone.now(), link_id=link_id, why=form.cleaned_data["why"])
        except NoWhyError as error:
            form.add_error("why", str(error))
        else:
            said = _("The answer is taken back. The pair is waiting again, and the next run will be told.")
            messages.success(request, said, fail_silently=True)
            return redirect("sources:doubts")
    doubt = _side_by_side(queries.settled_doubt(actor=actor, link_id=link_id))
    given = {"doubt": doubt, "form": form}
    return render(request, "sources/take_back.jinja", given, status=422 if form.errors else 200)


def _answered(request: MemberRequest, link_ids: list[UUID]) -> list[presenters.SettledShown]:
    pack = area_pack()
    return [
        presenters.settled_shown(each, pack)
        for each in queries.answers_named(actor=request.actor, link_ids=link_ids)
    ]


def _shown(
    request: MemberRequest,
    doubt: queries.Doubt | None,
    form: SettleForm,
    *,
    unkept: presenters.UnkeptShown | None = None,
    earlier: Sequence[presenters.SettledShown] = (),
) -> HttpResponse:
    given = {
        "doubt": _side_by_side(doubt) if doubt else None,
        "form": form,
        "unkept": unkept,
        "earlier": earlier,
        "not_followed": _not_followed(request),
    }
    status = 409 if unkept else 422 if form.errors else 200
    return render(request, "sources/doubts.jinja", given, status=status)


def _not_followed(request: MemberRequest) -> list[presenters.SettledShown]:
    actor, pack = request.actor, area_pack()
    if not queries.how_many_not_followed(actor=actor):
        return []  # nothing is shown, so that it was looked at need not be recorded
    found = queries.answers_not_followed(actor=actor)
    beside = queries.answers_beside(actor=actor, not_followed=found)
    return [presenters.settled_shown(each, pack, beside[each.id]) for each in found]


def _side_by_side(doubt: queries.Doubt) -> presenters.DoubtShown:
    left, right = jobs.records_of(doubt.folder, doubt.pair)
    return presenters.doubt_shown(doubt, left.says, right.says, area_pack())


def _as_id(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None
