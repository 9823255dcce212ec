"""The report on who is offered help: what it counts, and that nobody can be told from it."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from io import StringIO
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.casework.offers.conftest import AnOffer, AReply
from tests.casework.people.conftest import somebody_at

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.offers.commands.not_offering import record_not_offered
from alongside.casework.offers.presenters.report import report_rows, report_shown
from alongside.casework.offers.queries.report import equality_report
from alongside.casework.offers.rules.equality import Background, Came, Grouping, came_of, group_of
from alongside.casework.offers.rules.holding_back import FEWEST, HELD_BACK, Row, Tally, Told, hold_back
from alongside.casework.offers.rules.not_offered import NotOfferedWhy
from alongside.casework.offers.rules.offering import Answer, Kind
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.rules import ReachWhy

DAY = date(2026, 12, 5)
PARTS = ("accepted", "declined", "neither")


# what is held back


def row(*numbers: int, people: int | None = None) -> Row:
    """A group in which everybody was made one offer, or so few people were made all of them."""
    parts = {
        name: Tally(number, min(number, number if people is None else people))
        for name, number in zip(PARTS, numbers, strict=True)
    }
    every = sum(numbers)
    return Row(Tally(every, min(every, every if people is None else people)), parts)


def together(rows: Mapping[str, Row]) -> Row:
    """All groups, of which nobody is in two."""
    return Row(
        sum((each.all for each in rows.values()), Tally()),
        {name: sum((each.parts[name] for each in rows.values()), Tally()) for name in PARTS},
    )


def told(**rows: Row) -> tuple[dict[str, Told], Told]:
    return hold_back(rows, together(rows))


def numbers(*parts: int) -> Told:
    return Told(sum(parts), dict(zip(PARTS, parts, strict=True)))


def test_a_number_under_five_is_held_back_with_the_rest_of_its_group_and_nought_is_told() -> None:
    groups, total = told(a=row(9, 9, 9), b=row(20, 3, 7), c=row(8, 6, 0))
    assert groups["c"] == Told(14, None)  # the next smallest, or b would be the total less the others
    assert groups["b"] == Told(30, None)
    assert groups["a"] == numbers(9, 9, 9)
    assert total == numbers(37, 18, 16)
    assert told(a=row(9, 0, 9), b=row(8, 6, 0))[0] == {"a": numbers(9, 0, 9), "b": numbers(8, 6, 0)}


def test_many_offers_to_few_people_are_few() -> None:
    groups, _ = told(a=row(9, 9, 9), b=row(9, 9, 9, people=4), c=row(9, 9, 9))
    assert groups["b"] == HELD_BACK
    assert [each for each in groups.values() if each.all is None] != [HELD_BACK]


def test_what_is_left_of_a_column_is_never_a_small_number() -> None:
    groups, total = told(a=row(30, 30, 30), b=row(20, 2, 20), c=row(20, 1, 20), d=row(40, 40, 40))
    assert {name for name, each in groups.items() if each.parts is None} == {"a", "b", "c"}
    assert total.parts is not None


def test_a_total_that_is_small_is_told_to_nobody() -> None:
    groups, total = told(a=row(3, 0, 0), b=row(0, 1, 0))
    assert set(groups.values()) == {HELD_BACK}
    assert total == HELD_BACK
    _, total = told(a=row(9, 2, 9), b=row(9, 0, 9))
    assert total == Told(38, None)


ROWS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(*[st.integers(0, 12)] * 3, st.integers(1, 30)).map(lambda n: row(*n[:3], people=n[3])),
    min_size=1,
)


def worked_out(rows: Mapping[str, Row], groups: Mapping[str, Told], total: Told) -> list[tuple[str, ...]]:
    """The small numbers that somebody who can add and subtract knows from what is told."""
    cells = {(group, part): each for group in rows for part, each in rows[group].parts.items()}
    cells |= {(group, "all"): each.all for group, each in rows.items()}
    cells |= {("total", part): each for part, each in together(rows).parts.items()}
    cells["total", "all"] = together(rows).all
    known = {
        (group, part)
        for group, each in {**groups, "total": total}.items()
        for part in (*PARTS, "all")
        if (each.all if part == "all" else each.parts) is not None
    }
    hidden = [cell for cell in cells if cell not in known]
    equations = [
        {**{(group, part): 1 for part in PARTS}, (group, "all"): -1} for group in (*rows, "total")
    ] + [{**{(group, part): 1 for group in rows}, ("total", part): -1} for part in (*PARTS, "all")]
    matrix = np.array([[each.get(cell, 0) for cell in hidden] for each in equations], dtype=float)
    if not hidden:
        return []
    rank = np.linalg.matrix_rank(matrix)
    return [
        cell
        for number, cell in enumerate(hidden)
        if cells[cell].small
        and np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(hidden))[number]])) == rank
    ]


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_no_small_number_is_told_nor_can_be_worked_out_by_adding_and_taking_away(
    rows: dict[str, Row],
) -> None:
    groups, total = hold_back(rows, together(rows))
    for each, of in [*((groups[group], rows[group]) for group in rows), (total, together(rows))]:
        assert each.all in (None, of.all.number)
        assert each.all is None or not of.all.small
        assert each.parts is None or not of.small
    assert worked_out(rows, groups, total) == []


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_what_is_left_when_all_that_is_told_is_taken_from_a_total_is_not_small(
    rows: dict[str, Row],
) -> None:
    groups, total = hold_back(rows, together(rows))
    held_all = [rows[group].all for group in rows if groups[group].all is None]
    assert total.all is None or not sum(held_all, Tally()).small
    for part in PARTS:
        held = [rows[group].parts[part] for group in rows if groups[group].parts is None]
        assert total.parts is None or not sum(held, Tally()).small


def test_the_one_who_adds_and_takes_away_would_find_a_number_that_was_held_back_alone() -> None:
    rows = {"a": row(9, 9, 9), "b": row(20, 3, 7)}
    alone = {"a": numbers(9, 9, 9), "b": HELD_BACK}
    assert ("b", "declined") in worked_out(rows, alone, numbers(29, 12, 16))


# who is in which group


@pytest.mark.parametrize(
    ("background", "groups"),
    [
        (Background(), ("not_known", "not_known", "not_known", "none_recorded")),
        (
            Background(17, "English", "No.", "Large print"),
            ("under_18", "english", "not_needed", "recorded"),
        ),
        (
            Background(79, "English and Irish", "Polish, for money", "none"),
            ("65_to_79", "another", "needed", "none_recorded"),
        ),
        (Background(80, " english "), ("80_and_over", "english", "not_known", "none_recorded")),
        (
            Background(30, "", "No; not needed", "None needed; n/a"),
            ("25_to_44", "not_known", "not_needed", "none_recorded"),
        ),
        (
            Background(30, "", "No; Polish", "None; large print"),
            ("25_to_44", "not_known", "needed", "recorded"),
        ),
    ],
)
def test_a_group_is_what_the_record_says_and_nothing_is_guessed(
    background: Background, groups: tuple[str, ...]
) -> None:
    assert tuple(group_of(background, each) for each in Grouping) == groups


def test_what_is_neither_yes_nor_no_is_told_as_that() -> None:
    assert came_of(Answer.ACCEPTED) is Came.ACCEPTED
    assert came_of(Answer.DECLINED) is Came.DECLINED
    neither = {came_of(each) for each in (None, Answer.NOT_YET, Answer.NOT_REACHED, Answer.NOT_ACCESSIBLE)}
    assert neither == {Came.NEITHER}


# the report of an organisation

pytest_db = pytest.mark.django_db


@pytest.fixture
def people(asha: Actor, at: datetime) -> list[Person]:
    """Ten whose first language is English, ten who speak Polish, one of whom nothing is known."""
    return [
        admit_person(
            actor=asha, at=at, why=ReachWhy.RAISED_CONCERN,
            known={"known_as": f"Person {number}", "language": language, "date_of_birth": "1950-01-01"},
        )
        for number, language in enumerate(["English"] * 10 + ["Polish"] * 10 + [""])
    ]  # fmt: skip


@pytest.fixture
def offered(
    people: list[Person], asha: Actor, an_offer: AnOffer, a_reply: AReply, at: datetime
) -> list[Person]:
    """Everybody was offered care in October; five of those who speak Polish declined, as did five others."""
    for number, person in enumerate(people):
        offer = an_offer(asha, to=person)
        a_reply(asha, offer, Answer.DECLINED if number in (*range(5), *range(10, 15)) else Answer.ACCEPTED)
    for person in people[10:15]:
        record_not_offered(
            actor=asha, at=at, person_id=person.id, kind=Kind.COMPANY, what="The lunch club",
            why=NotOfferedWhy.WOULD_DECLINE, words="Nobody there speaks Polish.", thought_by="The team",
            decided_on=date(2026, 10, 9),
        )  # fmt: skip
    return people


def lines(found: Any, grouping: Grouping) -> dict[str, tuple[int | None, int | None, int | None]]:
    """Group to offers, how many were declined, and how many were not offered."""
    return {
        each.group: (
            each.offered.all,
            None if each.offered.parts is None else each.offered.parts["declined"],
            each.not_offered.all,
        )
        for each in found.groups[grouping]
    }


@pytest_db
@pytest.mark.proves("ENABLE-26")
def test_a_manager_reads_who_was_offered_help_and_who_was_not_without_small_numbers(
    offered: list[Person], gwen: Actor
) -> None:
    found = equality_report(actor=gwen, day=DAY)
    assert (found.first, found.last) == (date(2025, 12, 1), date(2026, 11, 30))
    assert (found.total.offered.all, found.total.not_offered.all) == (21, 5)
    by_language = lines(found, Grouping.LANGUAGE)
    # one person of whom no language is known, and the next smallest group, without which it could be told
    assert by_language["not_known"] == (None, None, 0)
    assert by_language["another"] == (None, None, 5)
    assert by_language["english"] == (10, 5, 0)
    assert lines(found, Grouping.AGE) == {"65_to_79": (21, 10, 5)}
    event = AuditEvent.objects.order_by("sequence").last()
    assert event is not None
    assert (event.code, event.details) == ("offers.report_read", {"scope": "their organisation"})


@pytest_db
def test_the_report_is_of_whole_months_of_ones_own_organisation_or_of_all_and_never_of_both(
    offered: list[Person], gwen: Actor, dee: Actor, charity: Organisation, an_offer: AnOffer, at: datetime
) -> None:
    for person in offered:
        Reach.give(person_id=person.id, organisation_id=charity.id, why=ReachWhy.INVOLVED, at=at)
        an_offer(dee, to=person)
    assert equality_report(actor=gwen, day=DAY).total.offered.all == 21
    assert equality_report(actor=gwen, day=date(2026, 10, 31)).total.offered.all == 0
    lead = somebody_at(Organisation.objects.get(code="riverside-council"), "governance_lead")
    assert equality_report(actor=lead, day=DAY).total.offered.all == 42
    with pytest.raises(NotAllowedError):
        equality_report(actor=dee, day=DAY)


@pytest_db
def test_records_that_were_joined_are_one_person_and_who_is_seen_no_more_is_counted(
    offered: list[Person], gwen: Actor, at: datetime
) -> None:
    before = equality_report(actor=gwen, day=DAY)
    kept, absorbed = offered[0], offered[1]
    merge_people(actor=gwen, at=at, kept_id=kept.id, absorbed_id=absorbed.id, reason="One person.")
    after = equality_report(actor=gwen, day=DAY)
    # ten offers to nine people; five of them declined by four, which is too few to tell
    assert lines(before, Grouping.LANGUAGE)["english"] == (10, 5, 0)
    assert lines(after, Grouping.LANGUAGE)["english"] == (10, None, 0)
    Reach.objects.update(until=at)
    assert equality_report(actor=gwen, day=DAY).total == after.total


@pytest_db
def test_the_file_says_what_the_page_says(offered: list[Person], gwen: Actor) -> None:
    found = equality_report(actor=gwen, day=DAY)
    text = StringIO()
    csv.writer(text).writerows(report_rows(found))
    rows = list(csv.reader(StringIO(text.getvalue())))
    assert {len(each) for each in rows} == {11}
    assert rows[1][1:7] == ["Everybody", "21", "11", "10", "0", "5"]
    together_, by_age, *_ = report_shown(found).groupings
    (everybody,) = together_.offered
    assert everybody.cells == ["21", "11 (52%)", "10 (48%)", "0"]
    assert everybody.parts == [("accepted", 0, 126), ("declined", 126, 114), ("neither", 240, 0)]
    assert together_.not_offered[0].cells[:3] == ["5 (19%)", "0", "5"]
    assert [each.name for each in by_age.offered] == ["65 to 79"]
    (held,) = [each for each in rows if each[1] == "Language not known"]
    assert held[2:6] == ["Held back"] * 4


def test_small_is_judged_by_offers_and_by_people() -> None:
    assert FEWEST == 5
    for number, people in product((0, 4, 5), (1, 4, 5)):
        assert Tally(number, people).small is (number > 0 and (number < 5 or people < 5))
