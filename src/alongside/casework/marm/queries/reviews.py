"""Requests that were declined again: the review that waits, with what was asked and answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, DeclineReview
from alongside.casework.marm.queries.doors import TO_NAME, cases_within, who_asks
from alongside.casework.marm.queries.own import about_themself
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.clocks import due
from alongside.casework.operations import query
from alongside.casework.people.models import Person


@dataclass(frozen=True)
class ReviewPage:
    """A review of declined requests.

    Attributes:
        review: which, and what came of it.
        cases: the requests that the reader's organisation takes part in, the oldest first.
        not_seen: how many others there are.
        answer_by: when its answer is due.
        may_answer: whether the reader may answer it.
        why_not: why a co-ordinator may not.
    """

    review: DeclineReview
    cases: list[Case]
    not_seen: int
    answer_by: datetime
    may_answer: bool
    why_not: str


def _reviews_within(everything: bool, organisation: Any, account: Any) -> QuerySet[DeclineReview]:
    """The reviews that an organisation asked for or answers; row-level security enforces the same."""
    if everything:
        return DeclineReview.objects.all()
    return DeclineReview.objects.filter(
        ~about_themself(account, "person"), taking_part__contains=[organisation]
    )


def reviews_about(*, actor: Actor, person_id: UUID) -> list[DeclineReview]:
    """Return those about a person by any of their records, the newest first. For readers of cases."""
    return _reviews_about(actor.reach == EVERYBODY, person=person_id, **who_asks(actor))


@composed_once
def _reviews_about(
    everything: bool, /, *, person: UUID, organisation: UUID | None, account: UUID | None
) -> QuerySet[DeclineReview]:
    seen = _reviews_within(everything, organisation, account)
    return seen.filter(person__in=Person.objects.all_of(person)).order_by("-raised_at", "-id")


def reviews_to_answer(*, actor: Actor) -> list[DeclineReview]:
    """Return those that nobody has answered, the oldest first. For a query that has checked who reads."""
    return _unanswered(actor.reach == EVERYBODY, **who_asks(actor))


@composed_once
def _unanswered(
    everything: bool, /, *, organisation: UUID | None, account: UUID | None
) -> QuerySet[DeclineReview]:
    seen = _reviews_within(everything, organisation, account).filter(answered_at=None)
    return seen.select_related(TO_NAME).order_by("raised_at", "id")


@composed_once
def _cases(
    everything: bool, /, *, cases: list[UUID], organisation: UUID | None, account: UUID | None
) -> QuerySet[Case]:
    declined = cases_within(everything, organisation, account).filter(among("id", cases))
    return declined.select_related(TO_NAME, "organisation").order_by("asked_at", "id")


@composed_once
def _one(
    everything: bool, /, *, review: UUID, organisation: UUID | None, account: UUID | None
) -> QuerySet[DeclineReview]:
    seen = _reviews_within(everything, organisation, account).filter(id=review)
    return seen.select_related(TO_NAME, "organisation")


@query(records=True)
def review_page(*, actor: Actor, review_id: UUID) -> ReviewPage:
    """Return a review with the requests that were declined, and record that the actor looked.

    Raises:
        NotFoundError: there is no such review that the actor's organisation sees.
    """
    require(permissions.may_read_cases(actor))
    review = _review(actor, review_id)
    cases = _cases(actor.reach == EVERYBODY, cases=review.declined, **who_asks(actor))
    may = permissions.may_review_declines(actor, review)
    record(events.DECLINES_SEEN, actor=actor, person_id=review.person_id, about=("case", review.case_id))
    return ReviewPage(
        review=review,
        cases=cases,
        not_seen=len(review.declined) - len(cases),
        answer_by=answer_review_by(review),
        may_answer=review.answered_at is None and may.allowed,
        why_not=may.sentence if permissions.may_coordinate(actor).allowed and not may.allowed else "",
    )


def answer_review_by(review: DeclineReview) -> datetime:
    """Return when the answer to a review is due."""
    return due(review.raised_at, marm_pack().clocks.declines_reviewed)


def lock_review(*, actor: Actor, review_id: UUID) -> DeclineReview:
    """Return a review, locked until the transaction ends.

    Raises:
        NotFoundError: there is no such review that the actor's organisation sees.
    """
    _review(actor, review_id)
    DeclineReview.objects.select_for_update(of=("self",), no_key=True).get(id=review_id)
    return _review(actor, review_id)  # read again: whoever held the lock may have answered


def _review(actor: Actor, review_id: UUID) -> DeclineReview:
    may = permissions.may_read_cases(actor).allowed
    found = _one(actor.reach == EVERYBODY, review=review_id, **who_asks(actor)) if may else []
    if not found:
        raise NotFoundError(_("There is no such review that your organisation sees."))
    return found[0]
