"""Recording capacity and all that hangs on it: who may, what is refused, what is kept, and the walls."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from tests.casework.capacity.conftest import DAY, LACKS, REASONED, Recorder
from tests.casework.people.conftest import somebody_at
from tests.casework.people.test_merging import share

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.capacity.commands.advance import (
    CourtEndsError,
    DoubtedError,
    keep_advance_statement,
    withdraw_advance_statement,
)
from alongside.casework.capacity.commands.advocating import ask_for_advocacy, note_advocacy
from alongside.casework.capacity.commands.assessing import (
    NoPressureError,
    NotYetError,
    NoWordsError,
    UnsoundError,
    give_view,
    note_advice,
    record_capacity,
)
from alongside.casework.capacity.commands.best_interests import TheirsToDecideError, record_best_interests
from alongside.casework.capacity.models import Advocate, CapacityRecord
from alongside.casework.capacity.queries import lacks_for
from alongside.casework.capacity.queries.due import waiting
from alongside.casework.capacity.queries.pages import decisions_page, record_page
from alongside.casework.capacity.rules.advance import Kind
from alongside.casework.capacity.rules.advocacy import Advocacy, Asked, Objection, Occasion, Step
from alongside.casework.capacity.rules.assessing import Function, Pressure, State
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person
from alongside.casework.people.rules import ReachWhy

PRESSED: dict[str, Any] = {
    "outcome": State.IN_DOUBT, "pressure": Pressure.CAUSE, "pressure_words": "He stood there.",
    "advice_from": "Legal team",
}  # fmt: skip


def last_event() -> tuple[str, Any]:
    event = AuditEvent.objects.order_by("sequence").last()
    assert event is not None
    return event.code, event.details


@pytest.mark.proves("MARM-06")
def test_a_record_is_of_one_decision_with_who_found_it_and_the_trail_says_nothing_of_what(
    recorded: Recorder, practitioner: Actor, person: Person
) -> None:
    made = recorded()
    assert (made.person_id, made.assessed_by, made.role) == (person.id, "Asha Patel", "Social worker")
    assert (made.organisation_id, made.outcome) == (practitioner.member_of, State.LACKS)
    assert last_event() == ("capacity.recorded", {})


@pytest.mark.proves("MARM-06")
@pytest.mark.parametrize(
    "said",
    [{"decision": "Bee lacks capacity"}, {"help": ()}, {"impairment": ""}, {"pressure": Pressure.CAUSE}],
)
def test_what_the_law_does_not_let_stand_is_refused_and_nothing_is_kept(
    recorded: Recorder, said: dict[str, Any]
) -> None:
    with pytest.raises(UnsoundError) as refused:
        recorded(**said)
    assert str(refused.value).endswith(".")
    assert not CapacityRecord.objects.exists()


def test_the_database_itself_refuses_that_somebody_lacks_capacity_without_help(
    recorded: Recorder, practitioner: Actor, at: datetime
) -> None:
    made = recorded()
    made.pk, made.help = uuid4(), []
    with transaction.atomic():
        tell_database(practitioner)
        with pytest.raises(IntegrityError, match="lacks_after_help"), transaction.atomic():
            made.save(force_insert=True)


def test_a_contact_worker_records_no_capacity_and_a_stranger_learns_of_no_person(
    recorded: Recorder, council: Organisation, peer: Actor, person: Person, at: datetime
) -> None:
    contact_worker = somebody_at(council, "contact_worker")
    with pytest.raises(NotAllowedError):
        record_capacity(actor=contact_worker, at=at, person_id=person.id, given=LACKS)
    with pytest.raises(NotFoundError):
        record_capacity(actor=peer, at=at, person_id=person.id, given=LACKS)
    assert not CapacityRecord.objects.exists()
    made = recorded()
    assert record_page(actor=contact_worker, person_id=person.id, record_id=made.id).record == made
    with pytest.raises(NotFoundError):
        record_page(actor=peer, person_id=person.id, record_id=made.id)


def test_the_same_decision_is_recorded_again_only_after_the_record_it_has(recorded: Recorder) -> None:
    first = recorded()
    with pytest.raises(AlreadyDoneError):
        recorded(decision=LACKS.decision.upper())
    second = recorded(follows=first.id, outcome=State.IN_DOUBT)
    assert second.follows == first
    with pytest.raises(StaleError):
        recorded(follows=first.id)
    with pytest.raises(UnsoundError):
        recorded(follows=second.id, decision="Whether to go home after hospital")
    with pytest.raises(NotFoundError):
        recorded(follows=uuid4())


def test_a_record_says_all_that_was_found_over_time_the_newest_first(
    recorded: Recorder, practitioner: Actor, person: Person
) -> None:
    first = recorded(assessed_on=date(2026, 10, 1))
    second = recorded(follows=first.id, outcome=State.IN_DOUBT)
    other = recorded(decision="Whether to go home after hospital", assessed_on=date(2026, 10, 5))
    page = record_page(actor=practitioner, person_id=person.id, record_id=first.id)
    assert (page.chain, page.latest) == ([second, first], second)
    assert last_event()[0] == "capacity.record_seen"
    assert decisions_page(actor=practitioner, person_id=person.id).latest == [second, other]


def test_another_agency_may_disagree_beside_a_record_and_cannot_change_it(
    recorded: Recorder, practitioner: Actor, peer: Actor, person: Person, at: datetime
) -> None:
    made = recorded()
    share(person, practitioner, peer, at)
    said = {"stance": "disagrees", "name": "Dee", "agency": "Been There", "why": "She knew me at six."}
    given = give_view(actor=peer, at=at, person_id=person.id, record_id=made.id, **said)
    assert given.organisation_id == peer.member_of
    assert record_page(actor=practitioner, person_id=person.id, record_id=made.id).views == [given]
    with pytest.raises(NoWordsError):
        give_view(actor=peer, at=at, person_id=person.id, record_id=made.id, **said | {"why": " "})


@pytest.mark.proves("MARM-06")
def test_legal_advice_is_noted_where_somebody_stands_in_the_way_and_nowhere_else(
    recorded: Recorder, practitioner: Actor, person: Person, at: datetime
) -> None:
    pressed, plain = recorded(**PRESSED), recorded(decision="Whether to go home after hospital")
    said = {"what": "asked", "of_whom": "Legal team", "on": DAY, "words": "How to see her alone."}

    def note(record: CapacityRecord, **other: Any) -> Any:
        return note_advice(
            actor=practitioner, at=at, person_id=person.id, record_id=record.id, **said | other
        )

    assert note(pressed).record == pressed
    assert last_event() == ("capacity.advice_noted", {})
    for record, other, error in (
        (plain, {}, NoPressureError),
        (pressed, {"on": DAY + timedelta(days=1)}, NotYetError),
        (pressed, {"words": ""}, NoWordsError),
    ):
        with pytest.raises(error):
            note(record, **other)


def test_a_decision_is_made_for_somebody_only_by_the_latest_record_in_force_that_says_they_cannot(
    recorded: Recorder, practitioner: Actor, person: Person, at: datetime
) -> None:
    def decide(record: CapacityRecord, *, when: datetime = at, **more: Any) -> Any:
        given = replace(REASONED, **more.pop("said", {}))
        return record_best_interests(
            actor=practitioner, at=when, person_id=person.id, record_id=record.id, given=given, **more
        )

    lacks = recorded()
    doubted = recorded(decision="Whether to go home after hospital", outcome=State.IN_DOUBT)
    with pytest.raises(TheirsToDecideError):
        decide(doubted)
    with pytest.raises(TheirsToDecideError, match="looked at again"):
        decide(lacks, when=at + timedelta(days=8), said={"decided_on": DAY + timedelta(days=8)})
    with pytest.raises(UnsoundError):
        decide(lacks, said={"past_wishes": ""})
    made = decide(lacks)
    assert last_event() == ("capacity.best_interests_recorded", {})
    with pytest.raises(StaleError):
        decide(lacks)
    assert decide(lacks, opened_newest=made.id)
    recorded(follows=lacks.id, outcome=State.IN_DOUBT)
    with pytest.raises(TheirsToDecideError, match="newer record"):
        decide(lacks)


def test_what_a_person_cannot_decide_now_is_told_with_what_was_decided_for_them(
    recorded: Recorder, practitioner: Actor, person: Person, at: datetime
) -> None:
    def told(day: date = DAY) -> list[tuple[CapacityRecord, bool]]:
        with transaction.atomic():
            tell_database(practitioner)
            return [(each.record, each.best_interests is not None) for each in lacks_for(person.id, day=day)]

    lacks = recorded()
    recorded(decision="Whether to go home after hospital", outcome=State.IN_DOUBT)
    assert told() == [(lacks, False)]
    record_best_interests(actor=practitioner, at=at, person_id=person.id, record_id=lacks.id, given=REASONED)
    assert told(date(2026, 11, 9)) == [(lacks, True)]
    assert told(date(2026, 11, 10)) == []
    recorded(follows=lacks.id, outcome=State.IN_DOUBT)
    assert told() == []


@pytest.mark.proves("ENABLE-28")
def test_what_was_made_in_advance_stays_as_it_was_and_is_the_persons_to_take_back(
    practitioner: Actor, person: Person, at: datetime
) -> None:
    who = {"actor": practitioner, "at": at, "person_id": person.id}
    wish = {"kind": Kind.STATEMENT, "words": "“Ask Dee.”", "held_by": "Dee"}
    first = keep_advance_statement(**who, **wish, made_on=date(2026, 1, 2))
    after = who | {"at": at + timedelta(minutes=1)}
    second = keep_advance_statement(**after, **wish | {"words": "“Ask Dee, not Tom.”"})
    assert last_event() == ("capacity.advance_kept", {})
    assert decisions_page(actor=practitioner, person_id=person.id).advance == [second, first]
    back = {"statement_id": first.id, "words": "“No more.”", "said_on": DAY}
    withdraw_advance_statement(**who, **back)
    assert decisions_page(actor=practitioner, person_id=person.id).advance[1].withdrawal.words == "“No more.”"
    with pytest.raises(AlreadyDoneError):
        withdraw_advance_statement(**who, **back)
    later = DAY + timedelta(days=1)
    for given, error in (({"made_on": later}, NotYetError), ({"held_by": " "}, NoWordsError)):
        with pytest.raises(error):
            keep_advance_statement(**who, **wish | given)
    for given, error in (
        ({"statement_id": uuid4()}, NotFoundError),
        ({"statement_id": second.id, "said_on": later}, NotYetError),
        ({"statement_id": second.id, "words": ""}, NoWordsError),
    ):
        with pytest.raises(error):
            withdraw_advance_statement(**who, **back | given)
    for kind, could, error in ((Kind.REFUSAL, False, DoubtedError), (Kind.DEPUTY, True, CourtEndsError)):
        kept = keep_advance_statement(**who, **wish | {"kind": kind})
        with pytest.raises(error):
            withdraw_advance_statement(**who, **back | {"statement_id": kept.id}, could_decide=could)


@pytest.mark.proves("MARM-44", "ENABLE-28")
def test_a_right_to_an_advocate_is_followed_until_there_is_one_and_of_two_at_once_the_second_is_told(
    recorded: Recorder, practitioner: Actor, person: Person, at: datetime
) -> None:
    who = {"actor": practitioner, "at": at, "person_id": person.id}
    asked = Asked(
        Occasion.ASSESSMENT, (Function.WEIGH,), "She agrees to end it.", "Nuala", (Objection.REFUSED,)
    )
    made = ask_for_advocacy(**who, asked=asked, record_id=recorded(**PRESSED).id)
    assert (made.right, made.state) == ("care_act_67", Advocacy.NEEDED)
    step = Step(Advocacy.INSTRUCTED, DAY, "Maja", "Voices")
    note_advocacy(**who, advocacy_id=made.id, opened_version=1, step=step)
    assert last_event() == ("capacity.advocacy_went_on", {})
    with pytest.raises(StaleError):
        note_advocacy(**who, advocacy_id=made.id, opened_version=1, step=step)
    with pytest.raises(UnsoundError):
        note_advocacy(**who, advocacy_id=made.id, opened_version=2, step=replace(step, advocate=""))
    with pytest.raises(NotFoundError):
        note_advocacy(**who, advocacy_id=uuid4(), opened_version=2, step=step)
    made.refresh_from_db()
    assert (made.state, made.version, made.steps.count()) == (Advocacy.INSTRUCTED, 2, 1)


@pytest.mark.proves("MARM-44")
def test_the_advocate_of_the_mental_capacity_act_waits_for_a_record_that_they_cannot_decide(
    recorded: Recorder, practitioner: Actor, person: Person, at: datetime
) -> None:
    who = {"actor": practitioner, "at": at, "person_id": person.id}
    with pytest.raises(UnsoundError, match="record their capacity"):
        ask_for_advocacy(**who, asked=Asked(Occasion.SERIOUS))
    money = recorded(decision="Whether to sell the car", outcome=State.IN_DOUBT)
    move = recorded(decision="Whether to move to Elm Court for good")
    for other in ({}, {"record_id": money.id}):
        with pytest.raises(UnsoundError, match="this very decision"):
            ask_for_advocacy(**who, asked=Asked(Occasion.SERIOUS), **other)
    made = ask_for_advocacy(**who, asked=Asked(Occasion.SERIOUS), record_id=move.id)
    assert (made.right, made.record) == ("imca", move)


@pytest.fixture
def everything(recorded: Recorder, practitioner: Actor, person: Person, at: datetime) -> Person:
    """One row of each table."""
    who = {"actor": practitioner, "at": at, "person_id": person.id}
    lacks, pressed = recorded(), recorded(decision="Whether he keeps her card", **PRESSED)
    give_view(**who, record_id=lacks.id, stance="agrees", name="Dee", agency="Been There", why="Yes.")
    note_advice(**who, record_id=pressed.id, what="asked", of_whom="Legal team", on=DAY, words="How?")
    record_best_interests(**who, record_id=lacks.id, given=REASONED)
    wish = keep_advance_statement(**who, kind=Kind.STATEMENT, words="“Ask Dee.”", held_by="Dee")
    withdraw_advance_statement(**who, statement_id=wish.id, words="“No.”", said_on=DAY)
    asked = ask_for_advocacy(**who, asked=Asked(Occasion.ENQUIRY, (Function.WEIGH,), "Seen."))
    step = Step(Advocacy.INSTRUCTED, DAY, "Maja", "Voices")
    note_advocacy(**who, advocacy_id=asked.id, opened_version=1, step=step)
    return person


KEPT = (
    "capacityrecord", "capacityview", "advicenote", "bestinterests", "advancestatement", "advancewithdrawal",
    "advocatestep",
)  # fmt: skip


def raw(actor: Actor | None, statement: str) -> int:
    """What SQL of one's own on the application's connection does, and to how many rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('alongside.reach', '', true)")
        if actor:
            tell_database(actor)
        cursor.execute(statement)
        return cursor.rowcount


@pytest.mark.parametrize("table", [*KEPT, "advocate"])
def test_raw_sql_sees_what_is_within_reach_and_changes_and_deletes_nothing(
    everything: Person, practitioner: Actor, peer: Actor, table: str
) -> None:
    seen = f"select id from capacity_{table}"
    assert raw(practitioner, seen) >= 1
    assert (raw(peer, seen), raw(None, seen)) == (0, 0)
    column = (
        "asked_by"
        if table == "advocate"
        else "assessed_by"
        if table == "capacityrecord"
        else "written_down_by"
    )
    for tried in (f"update capacity_{table} set {column} = 'Somebody else'", f"delete from capacity_{table}"):
        with pytest.raises(ProgrammingError, match="kept as it was"):
            raw(practitioner, tried)


def test_of_a_right_to_an_advocate_where_it_stands_may_move_and_the_answers_may_not(
    everything: Person, practitioner: Actor
) -> None:
    assert raw(practitioner, "update capacity_advocate set state = 'needed_not_yet', version = 9") == 1
    with pytest.raises(ProgrammingError, match="kept as it was"):
        raw(practitioner, "update capacity_advocate set difficulties = '{}'")
    assert Advocate._meta.db_table == "capacity_advocate"


def test_what_was_recorded_of_either_of_two_joined_records_is_read_from_both_and_parts_again(
    recorded: Recorder, practitioner: Actor, manager: Actor, person: Person, at: datetime
) -> None:
    lacks = recorded()
    other = admit_person(
        actor=practitioner, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Beatrice"}
    )
    joined = merge_people(actor=manager, at=at, kept_id=other.id, absorbed_id=person.id, reason="The same.")
    page = decisions_page(actor=practitioner, person_id=person.id)
    assert (page.person.id, page.latest) == (other.id, [lacks])
    assert [each.record for each in lacks_for_as(practitioner, other)] == [lacks]
    newer = recorded(follows=lacks.id)
    assert (newer.person_id, newer.follows) == (other.id, lacks)
    with pytest.raises(AlreadyDoneError):
        recorded()
    part_people(actor=manager, at=at + timedelta(hours=1), merge_id=joined.id, why="Two people.")
    assert decisions_page(actor=practitioner, person_id=person.id).latest == [lacks]
    assert decisions_page(actor=practitioner, person_id=other.id).latest == [newer]
    assert recorded(follows=lacks.id).person_id == person.id


def test_nothing_waits_once_one_of_two_joined_records_says_that_the_person_died(
    recorded: Recorder, practitioner: Actor, manager: Actor, person: Person, at: datetime
) -> None:
    recorded()
    ask_for_advocacy(
        actor=practitioner,
        at=at,
        person_id=person.id,
        asked=Asked(Occasion.ENQUIRY, (Function.WEIGH,), "Seen."),
    )
    other = admit_person(actor=practitioner, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Bea"})
    merge_people(actor=manager, at=at, kept_id=other.id, absorbed_id=person.id, reason="The same.")
    assert len(waiting(actor=practitioner, day=DAY)) == 2
    with transaction.atomic():
        tell_database(practitioner)
        Person.objects.get(id=other.id).tell(died_on=DAY)
    assert waiting(actor=practitioner, day=DAY) == []


def lacks_for_as(actor: Actor, person: Person) -> list[Any]:
    with transaction.atomic():
        tell_database(actor)
        return lacks_for(person.id, day=DAY)
