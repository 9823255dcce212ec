"""Requests for information by commands: who may, what is kept, what comes of it, and who is told."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.casework.sharing.asking import DAY, WHY, again, ask, last_event
from tests.casework.sharing.test_request_rules import WISH
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sharing.commands import requests as commands
from alongside.casework.sharing.models import InformationRequest, RequestItem
from alongside.casework.sharing.queries import requests as reads
from alongside.casework.sharing.queries.requests import RequestEndedError
from alongside.casework.sharing.rules.requests import Power, Refusal, State, Urgency

# Asking


@pytest.mark.proves("MARM-38", "MARM-35")
def test_a_request_keeps_its_letter_its_items_and_why_each_is_needed_and_is_recorded(
    riverside: Universe, asha: Actor, asked: InformationRequest
) -> None:
    event = last_event()
    assert (event.code, event.person_id) == ("sharing.request_made", riverside.people["Bee"])
    assert event.details["organisation"] == "Valley Police"
    assert asked.due == date(2026, 11, 16)
    assert "Care Act 2014, section 7" in asked.letter
    assert "Beatrice Ó Murchú (known as Bee), born 4 March 1951" in asked.letter
    assert "The agreement that covers this: ISA-RIV-007." in asked.letter
    page = reads.request_page(actor=asha, request_id=asked.id, day=DAY)
    assert page.request.letter == asked.letter
    assert [each.why for each in page.request.items.all()] == ["To know whether she opens."]
    assert last_event().code == "sharing.request_read"


def test_who_is_no_public_authority_asks_without_a_power_and_cannot_claim_one(
    riverside: Universe, tom: Actor, at: datetime
) -> None:
    with pytest.raises(commands.WrongRequestError, match="cannot claim a public task"):
        ask(riverside, tom, at, about="Stan", of="riverside_council", power=Power.CARE_ACT_7)
    made = ask(riverside, tom, at, about="Stan", of="riverside_council", power=None)
    assert made.power == ""
    assert "do not claim a public task" in made.letter


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"of": "riverside_council"}, commands.AskedOfOneselfError),
        ({"of": "riverside_homes", "power": Power.CARE_ACT_7}, commands.WrongRequestError),
        ({"what_for": ""}, commands.WrongRequestError),
        ({"due": DAY}, commands.WrongRequestError),
        ({"items": ()}, commands.WrongRequestError),
        ({"about": "Stan"}, NotFoundError),
    ],
)
def test_what_could_not_be_a_request_is_refused_and_nothing_is_kept(
    riverside: Universe, asha: Actor, at: datetime, other: dict[str, Any], error: type[Exception]
) -> None:
    tell_database(system_actor("a test"))
    Reach.objects.filter(person_id=riverside.people["Stan"], organisation_id=asha.member_of).delete()
    before = InformationRequest.objects.count(), AuditEvent.objects.count()
    with pytest.raises(error):
        ask(riverside, asha, at, **other)
    tell_database(system_actor("a test"))
    assert (InformationRequest.objects.count(), AuditEvent.objects.count()) == before


def test_an_organisation_that_is_not_there_is_not_found(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        commands.ask_for_information(
            actor=asha, at=at, person_id=riverside.people["Bee"], asked_of_id=uuid4(), wish=WISH
        )


def test_exactly_the_same_is_not_asked_twice_and_something_else_is(
    riverside: Universe, asha: Actor, asked: InformationRequest, at: datetime
) -> None:
    with pytest.raises(commands.AskedAlreadyError, match="Valley Police was asked for exactly this"):
        ask(riverside, asha, at)
    other = replace(WISH.items[0], what="Who else lives there.")
    assert ask(riverside, asha, at, items=(other,)).id != asked.id


@pytest.mark.parametrize("name", ["Sam Boateng", "Lena Novak", "Priya Shah", "Iris Okafor", "Noor Aziz"])
def test_only_practitioners_and_managers_ask_and_read(
    riverside: Universe, asked: InformationRequest, at: datetime, name: str
) -> None:
    actor = actor_for(riverside, name, on=DAY)
    with pytest.raises(NotAllowedError):
        ask(riverside, actor, at)
    with pytest.raises(NotAllowedError):
        reads.request_page(actor=actor, request_id=asked.id, day=DAY)
    with pytest.raises(NotAllowedError):
        reads.requests_page(actor=actor)


# The wall


@pytest.mark.proves("MARM-27")
def test_the_two_agencies_see_a_request_and_nobody_else_and_a_missing_one_is_answered_alike(
    asked: InformationRequest, asha: Actor, kit: Actor, tom: Actor
) -> None:
    for actor in (asha, kit):
        assert reads.request_page(actor=actor, request_id=asked.id, day=DAY).request.id == asked.id
    answers = set()
    for request_id in (asked.id, uuid4()):
        with pytest.raises(NotFoundError) as answer:
            reads.request_page(actor=tom, request_id=request_id, day=DAY)
        answers.add(str(answer.value))
    assert len(answers) == 1


def test_raw_sql_shows_a_request_its_items_and_chasers_to_the_two_alone(
    asked: InformationRequest, asha: Actor, kit: Actor, tom: Actor, at: datetime
) -> None:
    commands.chase_request(actor=asha, at=at + timedelta(days=20), request_id=asked.id)

    def raw(actor: Actor | None) -> list[int]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('alongside.reach', '', true)")
            if actor:
                tell_database(actor)
            found = []
            for table, column in (
                ("informationrequest", "id"), ("requestitem", "request_id"), ("requestchaser", "request_id")
            ):  # fmt: skip
                cursor.execute(f"select count(*) from sharing_{table} where {column} = %s", [asked.id])
                found.append(int(cursor.fetchone()[0]))
            return found

    assert raw(asha) == raw(kit) == [1, 1, 1]
    assert raw(tom) == raw(None) == [0, 0, 0]


def test_the_query_itself_shows_a_request_to_the_two_alone_were_the_databases_wall_gone(
    asked: InformationRequest, tom: Actor
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table sharing_informationrequest disable row level security")
    with pytest.raises(NotFoundError):
        reads.request_page(actor=tom, request_id=asked.id, day=DAY)


def test_being_asked_shows_nobody_the_record(
    riverside: Universe, asked: InformationRequest, asha: Actor, kit: Actor
) -> None:
    assert reads.request_page(actor=asha, request_id=asked.id, day=DAY).sees_person
    assert not reads.request_page(actor=kit, request_id=asked.id, day=DAY).sees_person


def test_after_records_are_joined_a_request_is_read_and_the_same_is_not_asked_again(
    riverside: Universe, asked: InformationRequest, asha: Actor, kit: Actor, at: datetime
) -> None:
    gwen = actor_for(riverside, "Gwen Hughes", on=DAY)
    other = admit_person(
        actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Beatrice", "surname": "Murchu"}
    )
    merge_people(
        actor=gwen, at=at, kept_id=other.id, absorbed_id=riverside.people["Bee"], reason="Same number."
    )
    for actor in (asha, kit):
        assert reads.request_page(actor=actor, request_id=asked.id, day=DAY).request.id == asked.id
    assert reads.request_page(actor=asha, request_id=asked.id, day=DAY).sees_person
    with pytest.raises(commands.AskedAlreadyError):
        commands.ask_for_information(
            actor=asha, at=at, person_id=other.id, asked_of_id=asked.asked_of_id, wish=WISH
        )


# What comes of it


@pytest.mark.proves("MARM-35")
def test_a_refusal_has_written_reasons_or_is_none(
    asked: InformationRequest, kit: Actor, at: datetime
) -> None:
    with pytest.raises(commands.NoWrittenReasonsError):
        commands.refuse_request(actor=kit, at=at, request_id=asked.id, refusal=Refusal.HARMFUL, words=" \n")
    assert again(asked).state == State.ASKED
    commands.refuse_request(actor=kit, at=at, request_id=asked.id, refusal=Refusal.HARMFUL, words=f" {WHY} ")
    event, kept = last_event(), again(asked)
    assert (event.code, event.details["refusal"]) == ("sharing.request_refused", "harmful")
    assert WHY not in str(event.details)
    assert (kept.state, kept.refusal, kept.ended_words) == (State.REFUSED, "harmful", WHY)
    assert (kept.ended_by_name, kept.ended_at) == ("Kit Lowe", at)


def test_that_nothing_is_held_is_an_answer(asked: InformationRequest, kit: Actor, at: datetime) -> None:
    commands.say_nothing_is_held(actor=kit, at=at, request_id=asked.id)
    assert last_event().code == "sharing.request_nothing_held"
    assert again(asked).state == State.NOTHING_HELD


def test_whoever_asked_withdraws_and_says_why(asked: InformationRequest, asha: Actor, at: datetime) -> None:
    with pytest.raises(commands.NoWrittenReasonsError):
        commands.withdraw_request(actor=asha, at=at, request_id=asked.id, words="")
    commands.withdraw_request(actor=asha, at=at, request_id=asked.id, words="She told us herself.")
    assert last_event().code == "sharing.request_withdrawn"
    assert again(asked).state == State.WITHDRAWN


def test_an_answer_by_a_decision_to_share_keeps_which(asked: InformationRequest, at: datetime) -> None:
    tell_database(system_actor("a test"))
    asked.answer_with(UUID(int=5), by="Kit Lowe", at=at)
    kept = again(asked)
    assert (kept.state, kept.decision_id, kept.is_open) == (State.ANSWERED, UUID(int=5), False)


def test_the_asker_does_not_answer_and_the_asked_does_not_withdraw_or_chase(
    asked: InformationRequest, asha: Actor, kit: Actor, at: datetime
) -> None:
    late = at + timedelta(days=30)
    for forbidden in (
        lambda: commands.say_nothing_is_held(actor=asha, at=at, request_id=asked.id),
        lambda: commands.refuse_request(
            actor=asha, at=at, request_id=asked.id, refusal=Refusal.OTHER, words=WHY
        ),
        lambda: commands.withdraw_request(actor=kit, at=at, request_id=asked.id, words="No more."),
        lambda: commands.chase_request(actor=kit, at=late, request_id=asked.id),
        lambda: commands.chase_silent_agencies(actor=kit, at=late),
    ):
        with pytest.raises(NotAllowedError):
            forbidden()
    assert again(asked).state == State.ASKED


def test_what_it_came_to_stands_and_whoever_comes_second_is_told(
    asked: InformationRequest, asha: Actor, kit: Actor, at: datetime
) -> None:
    commands.say_nothing_is_held(actor=kit, at=at, request_id=asked.id)
    for second in (
        lambda: commands.say_nothing_is_held(actor=kit, at=at, request_id=asked.id),
        lambda: commands.refuse_request(
            actor=kit, at=at, request_id=asked.id, refusal=Refusal.OTHER, words=WHY
        ),
        lambda: commands.withdraw_request(actor=asha, at=at, request_id=asked.id, words="No more."),
        lambda: commands.chase_request(actor=asha, at=at + timedelta(days=30), request_id=asked.id),
    ):
        with pytest.raises(RequestEndedError, match="already ended: Kit Lowe ended it"):
            second()


@pytest.mark.proves("MARM-35")
@pytest.mark.parametrize(
    "statement",
    [
        "update sharing_informationrequest set letter = 'Another letter'",
        "update sharing_informationrequest set due = due + 30",
        "update sharing_informationrequest set who = 'Somebody else'",
        "update sharing_requestitem set why = 'For another reason'",
        "update sharing_requestchaser set by_name = 'Nobody'",
        "delete from sharing_requestitem",
        "delete from sharing_requestchaser",
        "delete from sharing_informationrequest",
    ],
)
def test_no_sql_changes_or_deletes_what_was_sent(
    asked: InformationRequest, asha: Actor, at: datetime, statement: str
) -> None:
    commands.chase_request(actor=asha, at=at + timedelta(days=20), request_id=asked.id)
    refused_by_the_database(statement, "kept as it was")


@pytest.mark.proves("MARM-35")
def test_no_sql_changes_the_reasons_of_a_refusal_or_lets_one_be_without(
    asked: InformationRequest, kit: Actor, at: datetime
) -> None:
    refused_by_the_database(
        f"update sharing_informationrequest set state = 'refused', refusal = 'other', ended_words = '', "
        f"ended_at = now() where id = '{asked.id}'",
        "refused_with_written_reasons",
    )
    commands.refuse_request(actor=kit, at=at, request_id=asked.id, refusal=Refusal.OTHER, words=WHY)
    for change in ("ended_words = 'Better reasons'", "state = 'asked', refusal = '', ended_at = null"):
        refused_by_the_database(
            f"update sharing_informationrequest set {change} where id = '{asked.id}'", "what it came to"
        )


def refused_by_the_database(statement: str, because: str) -> None:
    tell_database(system_actor("a test"))
    with pytest.raises(DatabaseError, match=because), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_lists_show_what_waits_first_by_the_day_it_is_due(
    riverside: Universe, asha: Actor, kit: Actor, asked: InformationRequest, at: datetime
) -> None:
    urgent = ask(riverside, asha, at, urgency=Urgency.URGENT, items=(replace(WISH.items[0], what="Now."),))
    found = reads.requests_page(actor=kit)
    assert found.from_us == []
    assert [each.state in (State.ASKED, State.CHASED) for each in found.to_us] == [True, True, True, False]
    assert [each.id for each in found.to_us[1:3]] == [urgent.id, asked.id]
    assert last_event().details["found"] == 4


def test_each_item_stands_in_the_order_of_the_letter(riverside: Universe, asha: Actor, at: datetime) -> None:
    many = tuple(replace(WISH.items[0], what=f"Thing {number}") for number in range(1, 4))
    made = ask(riverside, asha, at, of="been_there", items=many)
    tell_database(asha)
    kept = RequestItem.objects.filter(request=made)
    assert [each.what for each in kept] == ["Thing 1", "Thing 2", "Thing 3"]
    assert made.letter.index("2. What: Thing 2") < made.letter.index("3. What: Thing 3")
    assert "Article 6(1)(ea)" in made.letter
