"""What it may not be safe for a person to know, judged by rows that a page has read already.

A case that nobody told them of, where a worry about them is not safe to know; and what says that somebody
else stands in their way or controls what they say: whoever does may ask in their name, or make them ask.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.casework.capacity.models import AdviceNote, Advocate, CapacityRecord
from alongside.casework.capacity.rules.advocacy import Objection
from alongside.casework.capacity.rules.assessing import Pressure, asks_for_advice
from alongside.casework.marm.models import Case, Concern, Invitation
from alongside.casework.marm.rules.stages import Told
from alongside.casework.offers.models import Reply
from alongside.casework.offers.rules.offering import PutOff
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.queries.lines import key_of
from alongside.casework.rights.rules.statement import Held, Line, Part

READ = (Case, Invitation, Reach, CapacityRecord, Advocate)
"""Tables that must be among the rows, whichever table is told: rows of others are judged by theirs."""


def controlled(rows: Mapping[str, list[Any]]) -> frozenset[str]:
    """Return table and row of everything among rows that says that somebody else stands in the person's way.

    Args:
        rows: rows about one person, by label of their table.
    """
    found = (
        *(each for each in _of(rows, CapacityRecord) if asks_for_advice(Pressure(each.pressure))),
        *_of(rows, AdviceNote),  # legal advice is noted where there is pressure, and nowhere else
        *(each for each in _of(rows, Advocate) if Objection.IMPLICATED in each.objections),
        *(each for each in _of(rows, Reply) if PutOff.CONTROLLED in each.put_off),
    )
    return frozenset(map(key_of, found))


def unsafe_cases(cases: Iterable[Case], *, worried: bool) -> dict[UUID, Case]:
    """Return, by id, the cases of which it is not safe that the person knows.

    A case says only that they were not told yet; a worry about them says that it is not safe to know.

    Args:
        cases: all about the person.
        worried: whether there is such a worry, on any of their records.
    """
    return {each.id: each for each in cases if worried and each.told == Told.NOT_YET}


def unsafe_cases_among(rows: Mapping[str, list[Any]]) -> dict[UUID, Case]:
    """Return the same of rows about one person, by label of their table."""
    return unsafe_cases(_of(rows, Case), worried=any(each.why_not_safe for each in _of(rows, Concern)))


def came_by_case(cases: Mapping[UUID, Case], reaches: Iterable[Reach]) -> list[Reach]:
    """Return the reach, ended or not, that some cases gave to those who take part in them."""
    return [each for each in reaches if each.why == ReachWhy.CASE and each.about in cases]


def case_lines(
    cases: Mapping[UUID, Case], reaches: Iterable[Reach], invitations: Iterable[Invitation]
) -> Iterator[Line]:
    """Yield what such cases told to whom, as lines for the rules: who came, and who was asked to.

    Whoever was asked to come to a case was told of the person: all they did since could give it away.

    Args:
        cases: what ``unsafe_cases`` found.
        reaches: every organisation's reach to the person, ended or not.
        invitations: all to cases about the person.
    """
    for reach in came_by_case(cases, reaches):
        came = frozenset({reach.organisation_id})
        asked_by = cases[reach.about].organisation_id if reach.about else None
        yield Line(
            Part.SEES, reach, timezone.localdate(reach.since), keys=(key_of(reach),), names=came,
            towards=came, by=asked_by, ground=Held.NOT_SAFE,
        )  # fmt: skip
    for each in invitations:
        if each.case_id in cases:
            yield Line(
                Part.ASKED, each, timezone.localdate(each.invited_at), keys=(key_of(each),),
                names=frozenset({each.from_organisation_id, each.organisation_id}),
                towards=frozenset({each.organisation_id}), by=each.from_organisation_id, ground=Held.NOT_SAFE,
            )  # fmt: skip


def _of(rows: Mapping[str, list[Any]], model: Any) -> list[Any]:
    return rows.get(model._meta.label, [])
