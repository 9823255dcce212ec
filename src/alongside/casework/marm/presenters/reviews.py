"""Reviews of declined requests in finished words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import Case, DeclineReview
from alongside.casework.marm.presenters.risks import risks_shown
from alongside.casework.marm.presenters.words_of_waiting import OUTCOME
from alongside.casework.marm.queries.pack import forum_title
from alongside.casework.marm.queries.reviews import ReviewPage
from alongside.casework.marm.rules.clocks import last_day
from alongside.casework.marm.rules.reviews import Outcome

Row = tuple[str, str]


@dataclass(frozen=True)
class DeclinedShown:
    """One request that was declined: what the person said, what was asked and how it was answered."""

    title: str
    href: str
    own_words: str
    rows: list[Row]


@dataclass(frozen=True)
class ReviewShown:
    """The page of a review."""

    id: UUID
    case_id: UUID
    known_as: str
    why_raised: str
    clock: str
    late: bool
    requests: list[DeclinedShown]
    not_seen: str
    answer: list[Row]
    may_answer: bool
    why_not: str


def review_shown(page: ReviewPage, now: datetime) -> ReviewShown:
    """Return the page."""
    review, waits = page.review, page.review.answered_at is None
    late = waits and now >= page.answer_by
    clock = _("It should have been answered by %(day)s.") if late else _("To be answered by %(day)s.")
    return ReviewShown(
        id=review.id,
        case_id=review.case_id,
        known_as=review.person.goes_by,
        why_raised=declined_times(len(review.declined)),
        clock=clock % {"day": day_in_words(last_day(page.answer_by))} if waits else "",
        late=late,
        requests=[_declined(number, each) for number, each in enumerate(page.cases, 1)],
        not_seen=ngettext(
            "%(count)s more request was made by agencies that yours does not meet with.",
            "%(count)s more requests were made by agencies that yours does not meet with.",
            page.not_seen,
        )
        % {"count": page.not_seen}
        if page.not_seen
        else "",
        answer=answer_rows(review),
        may_answer=page.may_answer,
        why_not=page.why_not if waits else "",
    )


def declined_times(count: int) -> str:
    """Say how many times it was declined."""
    return ngettext(
        "Agencies were asked to come together %(count)s time, and it was declined.",
        "Agencies were asked to come together %(count)s times, and it was declined each time.",
        count,
    ) % {"count": count}


def answer_rows(review: DeclineReview) -> list[Row]:
    """Return the outcome; nothing while it waits."""
    if review.answered_at is None:
        return []
    more = review.outcome == Outcome.MORE
    by = _("%(name)s, %(day)s") % {"name": review.answered_by, "day": day_in_words(review.answered_at)}
    return [
        (_("Outcome"), str(OUTCOME[Outcome(review.outcome)])),
        (_("Why"), review.why),
        (_("What more is asked for") if more else _("Advice"), review.advice),
        (_("Where it could go"), forum_title(review.route) if review.route else ""),
        (_("Answered"), by),
    ]


def review_line(review: DeclineReview) -> tuple[str, str]:
    """Return a line of a list, and its address."""
    said = (
        _("Waiting for somebody else to look at it again")
        if review.answered_at is None
        else str(OUTCOME[Outcome(review.outcome)])
    )
    line = _("Declined %(count)s times. %(said)s.") % {"count": len(review.declined), "said": said}
    return line, address_of("marm:review", args=[review.id])


def _declined(number: int, case: Case) -> DeclinedShown:
    day = day_in_words(case.asked_at)
    return DeclinedShown(
        title=_("Request %(number)s: asked for by %(name)s, %(organisation)s, on %(day)s")
        % {
            "number": number,
            "name": case.asked_by,
            "organisation": case.organisation.name,
            "day": day,
        },
        href=address_of("marm:case", args=[case.id]),
        own_words=case.own_words,
        rows=[
            (_("Why there is nothing in their own words"), case.no_words_why),
            (_("What they want to happen"), case.wanted),
            (_("What was tried"), case.tried),
            (_("What is strong, and what works"), case.strengths),
            *risks_shown(case),
            (
                _("Declined"),
                _("%(name)s, %(day)s: %(why)s")
                % {
                    "name": case.settled_by,
                    "day": day_in_words(case.settled_at) if case.settled_at else "",
                    "why": case.settled_why,
                },
            ),
            (_("Advice"), case.advice),
            (_("Where it could go"), forum_title(case.route)),
        ],
    )
