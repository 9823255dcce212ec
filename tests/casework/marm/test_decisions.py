"""Decisions: what is owed, that dissent stands beside them, that nobody changes them, when they are due."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.people.test_pages import OF_NO_TABLE
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.capacity.models import CapacityRecord
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.deciding import keep_decision
from alongside.casework.marm.models import Case, CaseDecision
from alongside.casework.marm.queries.decisions import (
    decision_page,
    decisions_page,
    to_decide,
)
from alongside.casework.marm.queries.today import waiting_in_cases
from alongside.casework.marm.rules.decisions import (
    Decided,
    Option,
    Position,
    Protects,
    Stance,
    wrong_with_decision,
)
from alongside.casework.operations.running import tell_database

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 9)
COUNCIL, POLICE = UUID(int=1), UUID(int=2)
HOME = Option("She stays at home", "Her patterns", "A fall", "She goes on alone", True, True)
AWAY = Option("A week away", "Rest", "She may not come back", "The landing stays blocked")


def decided(**other: Any) -> Decided:
    """A decision, whole, of two agencies."""
    given: dict[str, Any] = {
        "question": "Does she stay at home this winter?",
        "options": (HOME, AWAY),
        "decided": "She stays, with a path to the door.",
        "own_view": "I would rather fall at home than sit safe elsewhere.",
        "level": "A fall, yes. A fire, no.",
        "no_view_why": "",
        "support": "Dee read the options to her, twice, on two days.",
        "speaks_for": "It is her home.",
        "speaks_against": "She fell twice.",
        "reasons": "She understands the risk, and chose it.",
        "protects": frozenset({Protects.PERSON}),
        "review_on": MONDAY + timedelta(days=30),
        "positions": (
            Position(COUNCIL, "Asha Patel", Stance.AGREES),
            Position(POLICE, "Kit Lowe", Stance.DISSENTS, "The heater is not safe."),
        ),
    }
    return Decided(**given | other)


def wrong(**other: Any) -> list[str]:
    return list(wrong_with_decision(decided(**other), agencies=[COUNCIL, POLICE], day=MONDAY))


@pytest.mark.proves("MARM-49", "MARM-51", "MARM-52", "MARM-53")
@pytest.mark.parametrize(
    ("missing", "part"),
    [
        *(({name: " "}, name) for name in (
            "question", "decided", "support", "speaks_for", "speaks_against", "reasons",
        )),
        ({"options": (HOME,)}, "options"),
        ({"options": (HOME, replace(AWAY, consequences=""))}, "options"),
        ({"options": (HOME, replace(AWAY, not_acting=" "))}, "options"),
        ({"options": (HOME, replace(AWAY, chosen=True))}, "chosen"),
        ({"options": (replace(HOME, least_restrictive=False), AWAY)}, "least_restrictive"),
        ({"options": (HOME, replace(AWAY, least_restrictive=True))}, "least_restrictive"),
        ({"review_on": MONDAY}, "review_on"),
        ({"protects": frozenset()}, "protects"),
    ],
)  # fmt: skip
def test_both_sides_reasons_support_and_a_day_to_look_again_are_owed(
    missing: dict[str, Any], part: str
) -> None:
    assert wrong() == []
    assert wrong(**missing) == [part]


@pytest.mark.proves("MARM-42")
def test_the_persons_view_and_their_level_of_risk_are_owed_or_why_there_is_none() -> None:
    assert wrong(level="") == ["own_view"]
    assert wrong(own_view=" ") == ["own_view"]
    assert wrong(own_view="", level="", no_view_why="She slept; Dee asks on Friday.") == []


@pytest.mark.proves("SAFE-19")
def test_each_agency_says_something_and_one_that_differs_says_why() -> None:
    mine = Position(COUNCIL, "Asha Patel", Stance.AGREES)
    assert wrong(positions=(mine,)) == ["positions"]
    assert wrong(positions=(mine, mine)) == ["positions"]
    assert wrong(positions=(mine, Position(POLICE, " ", Stance.AGREES))) == ["positions"]
    assert wrong(positions=(mine, Position(POLICE, "Kit Lowe", Stance.DISSENTS))) == ["positions"]
    assert wrong(positions=(mine, Position(POLICE, "Kit Lowe", Stance.NO_VIEW))) == []


def test_what_protects_us_alone_is_asked_about_again() -> None:
    us = frozenset({Protects.US})
    assert wrong(protects=us) == ["us_alone_why"]
    assert wrong(protects=us, us_alone_why="A dog bit the last two of us.") == []
    assert wrong(protects=us | {Protects.PERSON}) == []


@pytest.mark.proves("MARM-44")
def test_where_capacity_is_in_doubt_its_record_is_named_or_what_is_known() -> None:
    assert wrong(capacity_in_doubt=True) == ["capacity_record"]
    assert wrong(capacity_in_doubt=True, capacity_record_id=UUID(int=3)) == []
    assert wrong(capacity_in_doubt=True, capacity_words="Asha assesses on Friday.") == []


def kept(who: AnActor, case: Case, at: datetime, by: str = "Asha Patel", **other: Any) -> CaseDecision:
    """Keep a decision of a case that one agency takes part in."""
    follows = {name: other.pop(name) for name in ("follows_id", "follows_why") if name in other}
    given = {
        "positions": tuple(Position(each, "Asha Patel", Stance.AGREES) for each in case.taking_part),
        "review_on": timezone.localdate(at) + timedelta(days=30), "levers": ("mca_principles",),
    }  # fmt: skip
    return keep_decision(actor=who(by), at=at, case_id=case.id, decided=decided(**given | other), **follows)


@pytest.mark.proves("MARM-49", "MARM-50", "MARM-55", "SAFE-19")
def test_a_decision_is_kept_with_its_options_names_dissent_and_law(
    who: AnActor, opened: Case, now: datetime
) -> None:
    differs = tuple(
        Position(each, "Wes Tanner", Stance.DISSENTS, "The stairs") for each in opened.taking_part
    )
    made = kept(who, opened, now, positions=differs)
    page = decision_page(actor=who("Mair Pugh"), decision_id=made.id)
    assert [each.chosen for each in page.options] == [True, False]
    assert [(each.name, each.stance, each.words) for each in page.positions] == [
        ("Wes Tanner", "dissents", "The stairs")
    ]
    assert page.decision.levers == ["mca_principles"]
    assert page.decision.level == "A fall, yes. A fire, no."


def test_who_may_and_what_must_be_there(
    who: AnActor, riverside_now: Universe, case: Case, now: datetime
) -> None:
    with pytest.raises(AlreadyDoneError):
        kept(who, case, now)
    with pytest.raises(NotAllowedError):
        kept(who, case, now, by="Mair Pugh")
    with pytest.raises(NotFoundError):
        kept(who, case, now, by="Tom Reilly")


def test_what_is_missing_or_not_known_keeps_nothing(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    with pytest.raises(UnsaidError):
        kept(who, opened, now, reasons="")
    with pytest.raises(NotFoundError):
        kept(who, opened, now, levers=("no_such_act",))
    see_all()
    elsewhere = CapacityRecord.objects.exclude(person=opened.person_id).values_list("id", flat=True).first()
    with pytest.raises(NotFoundError):
        kept(who, opened, now, capacity_in_doubt=True, capacity_record_id=elsewhere or uuid4())
    see_all()
    assert not CaseDecision.objects.filter(case=opened).exists()


@pytest.mark.proves("MARM-54")
def test_a_newer_decision_points_back_and_one_whose_day_is_over_is_asked_for(
    who: AnActor, opened: Case, now: datetime
) -> None:
    asha, day = who("Asha Patel"), timezone.localdate(now)
    first = kept(who, opened, now, review_on=day + timedelta(days=1))

    def today(days: int) -> list[UUID]:
        waiting = waiting_in_cases(actor=asha, day=day + timedelta(days=days))
        return [key for key, _name, _day in waiting.decisions]

    assert today(1) == []
    assert today(2) == [first.id]
    with pytest.raises(UnsaidError):
        kept(who, opened, now, follows_id=first.id)
    with pytest.raises(NotFoundError):
        kept(who, opened, now, follows_id=uuid4(), follows_why="Again")
    second = kept(who, opened, now, follows_id=first.id, follows_why="She fell again.")
    with pytest.raises(AlreadyDoneError):
        kept(who, opened, now, follows_id=first.id, follows_why="Twice")
    with pytest.raises(AlreadyDoneError):
        to_decide(actor=asha, case_id=opened.id, follows_id=first.id)
    assert today(2) == []
    page = decisions_page(actor=asha, case_id=opened.id)
    assert ([each.id for each in page.standing], [each.id for each in page.followed]) == (
        [second.id], [first.id],
    )  # fmt: skip
    assert decision_page(actor=asha, decision_id=first.id).followed_by == second.id


@pytest.mark.parametrize("table", ["marm_casedecision", "marm_decisionoption", "marm_decisionposition"])
@pytest.mark.parametrize("statement", ["update {} set id = id", "delete from {}"])
def test_raw_sql_changes_no_decision(
    table: str, statement: str, who: AnActor, opened: Case, now: datetime
) -> None:
    kept(who, opened, now)
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_no_table_of_decisions_shows_a_row_to_an_agency_that_takes_no_part(
    who: AnActor, opened: Case, now: datetime
) -> None:
    made = kept(who, opened, now)
    with pytest.raises(NotFoundError):
        decision_page(actor=who("Tom Reilly"), decision_id=made.id)
    seen = {}
    for name in ("Asha Patel", "Tom Reilly"):
        with transaction.atomic(), connection.cursor() as cursor:
            tell_database(who(name))
            for table in ("marm_casedecision", "marm_decisionoption", "marm_decisionposition"):
                cursor.execute(f"select count(*) from {table}")
                seen[name, table] = cursor.fetchone()[0]
    assert all(count for (name, _table), count in seen.items() if name == "Asha Patel")
    assert not any(count for (name, _table), count in seen.items() if name == "Tom Reilly")


def test_pages_ask_no_more_than_fifteen_queries_and_a_form_that_lacks_something_loses_nothing(
    riverside_now: Universe,
) -> None:
    joan, case = browser_of(riverside_now.members["Joan Adeyemi"].user), riverside_now.cases["case"]
    one = riverside_now.cases["decision"]
    joan.get("/")
    new, again = f"/cases/{case}/decisions/new/", f"/cases/{case}/decisions/{one}/again/"
    for address in ("/", f"/cases/{case}/", f"/cases/{case}/decisions/", f"/decisions/{one}/", new, again):
        with CaptureQueriesContext(connection) as asked:
            page = joan.get(address)
        assert page.status_code == 200
        of_tables = [each["sql"] for each in asked.captured_queries if OF_NO_TABLE.match(each["sql"]) is None]
        assert len(of_tables) <= 15, (address, of_tables)
    assert "I would rather have a sofa I chose" in page.text
    lacks = joan.post(new, {"question": "Where does she sleep?", "own_view": "Not with strangers."})
    assert lacks.status_code == 422
    assert "Not with strangers." in lacks.text
    assert "Choose what Riverside Council says" in lacks.text


@pytest.mark.django_db
def test_there_is_room_for_as_many_options_as_are_needed_and_asking_for_one_judges_nothing(
    riverside_now: Universe,
) -> None:
    joan, case = browser_of(riverside_now.members["Joan Adeyemi"].user), riverside_now.cases["case"]
    page = f"/cases/{case}/decisions/new/"
    first = joan.get(page).content.decode()
    assert 'name="words_2"' in first
    assert 'name="words_3"' not in first
    typed: dict[str, Any] = {"room": "2", "words_1": "She stays", "question": "Where is she safe?"}
    typed |= {"protects": ["person"], "review_on-day": "3", "add_option": "yes"}
    again = joan.post(page, typed)
    said = again.content.decode()
    assert again.status_code == 200
    assert "There is a problem" not in said
    for kept in ("She stays", "Where is she safe?", 'value="3"', 'name="words_3"'):
        assert kept in said
    assert '<input type="hidden" name="room" value="3">' in said
    assert "Option 3: what is it? (optional)" not in said
    more = joan.post(page, typed | {"room": "3"}).content.decode()
    assert 'name="words_4"' in more
    assert joan.post(page, {"room": "1000000"}).content.decode().count('name="words_') == 20
    refused = joan.post(page, {"room": "4"})
    assert refused.status_code == 422
    assert 'name="words_4"' in refused.content.decode()


def test_what_closing_minutes_needs_is_not_called_optional(riverside_now: Universe) -> None:
    browser = browser_of(riverside_now.members["Joan Adeyemi"].user)
    form = browser.get(f"/meetings/{riverside_now.cases['meeting']}/minutes/write/").content.decode()
    needed = ("What they think and want", "Why they did not want to take part", "if not, why not?",
              "Their story, what is strong and what matters", "What each agency knows")  # fmt: skip
    for label in needed:
        assert label in form
        assert f"{label} (optional)" not in form
    assert "Who is not here and should be (optional)" in form
