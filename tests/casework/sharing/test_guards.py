"""What the database refuses on the application's own connection, whatever the commands above it forget."""

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.casework.outreach.test_against_their_wish import a_choice
from tests.casework.sharing.sharing_told import DAY, against, chosen, decided, item, proposal
from tools.universe import Universe

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.involvement import add_to_chronology
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.models import SharingChoice
from alongside.casework.sharing.rules.choices import State, Topic, wish_about


def refused(actor: Actor, statements: str, given: Mapping[str, Any]) -> str:
    """What the database says to statements; nothing where it takes them."""
    with transaction.atomic():
        tell_database(actor)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for each in statements.split(";"):
                    cursor.execute(each, given)
                cursor.execute("set constraints all immediate")
        except DatabaseError as error:
            return str(error)
        transaction.set_rollback(True)
    return ""


NOTICE = """
insert into sharing_recipienttold
(id, because_of, words, by_name, at, confirmed_by, disclosure_id, organisation_id)
select gen_random_uuid(), gen_random_uuid(), 'It was wrong', 'x', now(), '', d.id, %(to)s
from sharing_disclosure d join sharing_sharedecision s on s.id = d.decision_id where s.person_id = %(bee)s
"""


@pytest.mark.proves("MARM-51")
def test_raw_sql_gives_no_notice_to_an_organisation_that_was_told_nothing(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    decide(actor=asha, at=at, person_id=bee, proposal=proposal(riverside))
    landlord, police = (riverside.organisations[each].id for each in ("riverside_homes", "valley_police"))
    assert "only whoever was told" in refused(asha, NOTICE, {"bee": bee, "to": police})
    assert refused(asha, NOTICE, {"bee": bee, "to": landlord}) == ""


AS_IF_SHE_HAD_SAID_NOTHING = """
insert into sharing_sharedecision
select (jsonb_populate_record(s, jsonb_build_object('id', %(new)s::uuid, 'wish', 'not_said'))).*
from sharing_sharedecision s where id = %(old)s;
insert into sharing_shareditem
select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'decision_id', %(new)s::uuid))).*
from sharing_shareditem i where decision_id = %(old)s;
insert into sharing_recipient (id, decision_id, organisation_id) values (gen_random_uuid(), %(new)s, %(to)s);
insert into sharing_disclosure (id, at, opened_by, decision_id, from_organisation_id, organisation_id)
values (gen_random_uuid(), %(at)s, '', %(new)s, %(us)s, %(to)s)
"""


@pytest.mark.proves("MARM-29", "MARM-49")
@pytest.mark.parametrize(
    ("topic", "says"),
    [(Topic.HOME, "without a decision"), (Topic.KNOWN, "without a decision"), (Topic.MONEY, "")],
)
def test_raw_sql_tells_nothing_she_refused_by_writing_that_she_had_not_said(
    riverside: Universe, asha: Actor, at: datetime, topic: Topic, says: str
) -> None:
    decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=proposal(riverside))
    chosen(asha, riverside, at, topics=(topic,))
    given = {
        "old": decided(riverside).get().id, "new": uuid4(), "us": asha.organisation_id, "at": at,
        "to": riverside.organisations["riverside_homes"].id,
    }  # fmt: skip
    answer = refused(asha, AS_IF_SHE_HAD_SAID_NOTHING, given)
    assert says in answer
    assert bool(says) is bool(answer)


def test_the_database_and_the_rule_find_the_same_refusals_whatever_was_chosen_and_is_told(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    chance = random.Random(7)  # noqa: S311 - choices to try, no secret
    council, homes = (riverside.organisations[each] for each in ("riverside_council", "riverside_homes"))
    answers = set()
    for _turn in range(150):
        person = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Bea"})
        tell_database(system_actor("tests"))
        made = SharingChoice.objects.bulk_create(
            a_choice(chance, person, [council, homes], DAY, at) for _ in range(chance.randrange(1, 5))
        )
        topics = frozenset(chance.sample(list(Topic), chance.randrange(1, 4)))
        wish = wish_about(
            [each.choice for each in made],
            topics=topics,
            recipient=str(homes.id),
            purpose="early_help",
            day=DAY,
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "select on_day is not null from sharing_last_no(array[%s], %s, %s::text[], 'early_help', %s)",
                [person.id, homes.id, [*topics, "known"], DAY],
            )
            found = cursor.fetchone() == (True,)
        assert found is (wish.state is State.REFUSES), [each.choice for each in made]
        answers.add(found)
    assert answers == {True, False}


GROUNDS_OF_NOTHING = {
    "no record of capacity": {"ground": "lacks_capacity_best_interests"},
    "no best interests": {"ground": "lacks_capacity_best_interests", "capacity_record": str(uuid4())},
    "no word why it cannot wait": {"emergency": True, "look_by": "2026-11-03"},
    "nobody looks at the emergency": {"emergency": True, "emergency_why": "There is smoke"},
    "no word of the refusal": {"refusal": ""},
    "not the first thing the ground asks": {"first": " "},
    "nor the second": {"second": ""},
    "nothing weighed before": {"alternatives": ""},
    "no thought of harm": {"harm": ""},
}
OVERRIDE = """
insert into sharing_sharedecision
select (jsonb_populate_record(s, jsonb_build_object('id', %(new)s::uuid))).*
from sharing_sharedecision s where id = %(old)s;
insert into sharing_refusaloverride
select (jsonb_populate_record(o, jsonb_build_object('decision_id', %(new)s::uuid) || %(but)s::jsonb)).*
from sharing_refusaloverride o where decision_id = %(old)s
"""


@pytest.mark.proves("MARM-30")
@pytest.mark.parametrize("but", GROUNDS_OF_NOTHING.values(), ids=GROUNDS_OF_NOTHING.keys())
def test_raw_sql_overrides_no_refusal_without_what_its_ground_asks_for(
    riverside: Universe, asha: Actor, at: datetime, but: dict[str, Any]
) -> None:
    chosen(asha, riverside, at)
    made = decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=against(riverside))
    given = {"old": made.id, "new": uuid4()}
    assert refused(asha, OVERRIDE, given | {"but": "{}"}) == ""
    assert "says_what_its_ground_asks" in refused(asha, OVERRIDE, given | {"but": json.dumps(but)})


AN_ENTRY = """
insert into people_chronologyentry
select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'recorded_at', %(at)s::text)
  || %(but)s::jsonb)).*
from people_chronologyentry e where id = %(old)s
"""


@pytest.mark.proves("MARM-29", "MARM-46")
def test_raw_sql_writes_no_entry_for_all_where_one_of_them_is_not_to_be_told(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"at": at.isoformat()}
    for readers in ("everybody", "own"):
        entry = add_to_chronology(
            actor=asha, at=at, person_id=riverside.people["Bee"], happened_on=DAY, kind="event",
            words="The stairs.", readers=readers,
        )  # fmt: skip
        given[readers] = entry.id
    plain, own = ({"readers": each} for each in ("everybody", "own"))
    chosen(asha, riverside, at, topics=(Topic.MONEY,))
    assert refused(asha, AN_ENTRY, given | {"old": given["own"], "but": json.dumps(plain)}) == ""
    chosen(asha, riverside, at, topics=(Topic.KNOWN,))
    assert "would read this" in refused(
        asha, AN_ENTRY, given | {"old": given["own"], "but": json.dumps(plain)}
    )
    assert refused(asha, AN_ENTRY, given | {"old": given["own"], "but": json.dumps(own)}) == ""
    for name in ("everybody", "own"):
        correction = {
            "readers": "everybody",
            "kind": "correction",
            "corrected_why": "x",
            "corrects_id": str(given[name]),
        }
        answer = refused(asha, AN_ENTRY, given | {"old": given[name], "but": json.dumps(correction)})
        assert ("would read this" in answer) is (name == "own"), "a correction goes where its entry went"
        assert bool(answer) is (name == "own")


A_REACH = """
insert into people_reach (id, person_id, organisation_id, why, about, purpose, since)
values (gen_random_uuid(), %(bee)s, %(to)s, %(why)s, gen_random_uuid(), 'early_help', %(at)s)
"""


@pytest.mark.proves("MARM-29")
@pytest.mark.parametrize("why", [each for each in ReachWhy if each is not ReachWhy.MERGED])
def test_raw_sql_lets_no_organisation_see_a_person_who_asked_that_it_is_not_told(
    riverside: Universe, asha: Actor, at: datetime, why: ReachWhy
) -> None:
    advisers = riverside.organisations["money_matters"]
    given = {"bee": riverside.people["Bee"], "to": advisers.id, "why": why, "at": at}
    assert refused(asha, A_REACH, given) == ""
    chosen(asha, riverside, at, topics=(Topic.KNOWN,), recipients=frozenset({advisers.id}))
    assert "does not come to see them" in refused(asha, A_REACH, given)
    override = against(riverside, emergency=True, emergency_why="There is smoke")
    told_them = replace(
        override,
        recipients=frozenset({advisers.id}),
        items=(item(topic=Topic.KNOWN),),
        without_agreement="It burns.",
    )
    decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=told_them)
    assert refused(asha, A_REACH, given) == "", "a decision on a ground opens the way"


REOPENED = "update people_reach set until = null where organisation_id = %(to)s and person_id = %(bee)s"


@pytest.mark.proves("MARM-29")
def test_raw_sql_opens_no_reach_again_that_ended_before_the_person_objected(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    homes = riverside.organisations["riverside_homes"]
    tell_database(system_actor("tests"))
    theirs = Reach.objects.filter(person=riverside.people["Bee"], organisation=homes)
    assert theirs.update(until=at)
    chosen(asha, riverside, at, topics=(Topic.KNOWN,))
    given = {"bee": riverside.people["Bee"], "to": homes.id}
    assert "does not come to see them" in refused(system_actor("tests"), REOPENED, given)


@pytest.mark.proves("MARM-29")
def test_raw_sql_releases_nobody_to_an_organisation_they_asked_us_not_to_tell(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    advisers = riverside.organisations["money_matters"]
    given = {"bee": riverside.people["Bee"], "to": advisers.id, "why": ReachWhy.RELEASED, "at": at}
    assert refused(system_actor("tests"), A_REACH, given) == ""
    chosen(asha, riverside, at, topics=(Topic.EVERYTHING,), recipients=frozenset({advisers.id}))
    assert "does not come to see them" in refused(system_actor("tests"), A_REACH, given)
