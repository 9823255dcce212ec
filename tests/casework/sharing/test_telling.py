"""What a person asked stands in the way of a question too, until a decision against it was made."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from tests.casework.sharing.sharing_told import DAY, against, chosen, item
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.involvement import (
    answer_whether_known,
    ask_whether_known,
)
from alongside.casework.people.models import KnownTo, Reach
from alongside.casework.people.queries.telling import (
    AnsweredAgainstTheirWishError,
    ToldAgainstTheirWishError,
    WishedOtherwiseSinceError,
)
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.rules.choices import Topic


@pytest.mark.proves("MARM-29", "MARM-30")
def test_nobody_asks_an_organisation_that_is_not_to_know_until_it_was_decided_on_a_ground(
    riverside: Universe, at: datetime
) -> None:
    asha = actor_for(riverside, "Asha Patel", on=DAY)
    bee, peers = riverside.people["Bee"], riverside.organisations["been_there"]
    chosen(asha, riverside, at, topics=(Topic.KNOWN,), recipients=frozenset({peers.id}))
    before = KnownTo.objects.count()
    with pytest.raises(ToldAgainstTheirWishError, match="Respect that"):
        ask_whether_known(actor=asha, at=at, person_id=bee, asked_of=peers, why="The stairs")
    assert KnownTo.objects.count() == before
    plain = against(riverside, emergency=True, emergency_why="There is smoke")
    known = item(topic=Topic.KNOWN, words="We know her.")
    decide(
        actor=asha, at=at, person_id=bee,
        proposal=replace(plain, recipients=frozenset({peers.id}), items=(known,)),
    )  # fmt: skip
    ask_whether_known(actor=asha, at=at, person_id=bee, asked_of=peers, why="The stairs")
    assert KnownTo.objects.count() == before + 1


def test_the_page_says_why_not_and_keeps_what_was_typed(riverside: Universe, at: datetime) -> None:
    asha = actor_for(riverside, "Asha Patel", on=DAY)
    bee, peers = riverside.people["Bee"], riverside.organisations["been_there"]
    chosen(asha, riverside, at, topics=(Topic.EVERYTHING,), recipients=frozenset())
    browser = browser_of(riverside.members["Asha Patel"].user)
    page = browser.post(
        f"/people/{bee}/ask/", {"asked_of": str(peers.id), "why": "It burned on the stairs", "safe": "yes"}
    )
    assert "asked for this organisation not to be told" in page.content.decode()
    assert "It burned on the stairs" in page.content.decode()


@pytest.mark.proves("MARM-29")
@pytest.mark.parametrize("table", ["people_knownto", "sharing_informationrequest"])
@pytest.mark.parametrize("objects", [True, False], ids=["who objects", "who does not"])
def test_raw_sql_asks_no_organisation_that_is_not_to_know(
    riverside: Universe, at: datetime, table: str, objects: bool
) -> None:
    asha = actor_for(riverside, "Asha Patel", on=DAY)
    bee, peers = riverside.people["Bee"], riverside.organisations["been_there"]
    if objects:
        chosen(asha, riverside, at, topics=(Topic.KNOWN,), recipients=frozenset({peers.id}))
    given = {"bee": bee, "by": asha.organisation_id, "of": peers.id, "at": at.isoformat()}
    copy = f"""insert into {table}
        select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(),
            'person_id', %(bee)s::uuid, 'asked_by_id', %(by)s::uuid, 'asked_of_id', %(of)s::uuid,
            'asked_at', %(at)s::text))).*
        from {table} one limit 1"""
    with transaction.atomic():
        tell_database(asha)
        if objects:
            with pytest.raises(DatabaseError, match="a decision about sharing comes first"):
                connection.cursor().execute(copy, given)
            transaction.set_rollback(True)
        else:
            with connection.cursor() as cursor:
                cursor.execute(copy, given)
                assert cursor.rowcount == 1


@pytest.mark.proves("MARM-29")
def test_who_was_asked_does_not_come_to_see_a_person_who_objected_since(
    riverside: Universe, at: datetime
) -> None:
    asha, hari = (actor_for(riverside, name, on=DAY) for name in ("Asha Patel", "Hari Nair"))
    bee, advisers = riverside.people["Bee"], riverside.organisations["money_matters"]
    asked = ask_whether_known(actor=asha, at=at, person_id=bee, asked_of=advisers, why="The stairs")
    chosen(asha, riverside, at, topics=(Topic.KNOWN,), recipients=frozenset({advisers.id}))
    hari = replace(hari, permissions=asha.permissions)
    with pytest.raises(WishedOtherwiseSinceError, match="Talk to Riverside Council"):
        answer_whether_known(actor=hari, at=at, question_id=asked.id, answer="open")
    answer_whether_known(actor=hari, at=at, question_id=asked.id, answer="no")
    tell_database(asha)
    assert not Reach.objects.filter(person=bee, organisation=advisers).exists()


@pytest.mark.proves("MARM-29")
def test_an_answer_tells_whoever_asks_nothing_that_the_person_asked_they_are_not_told(
    riverside: Universe, at: datetime
) -> None:
    asha, tom, kit = (actor_for(riverside, name, on=DAY) for name in ("Asha Patel", "Tom Reilly", "Kit Lowe"))
    bee, police = riverside.people["Bee"], riverside.organisations["valley_police"]
    asked = ask_whether_known(actor=tom, at=at, person_id=bee, asked_of=police, why="The stairs")
    landlord = frozenset({riverside.organisations["riverside_homes"].id})
    chosen(asha, riverside, at, topics=(Topic.KNOWN,), recipients=landlord)
    for answer, note in (("open", ""), ("before", ""), ("cannot_say", "Since the fire.")):
        with pytest.raises(AnsweredAgainstTheirWishError, match="is not told about them"):
            answer_whether_known(actor=kit, at=at, question_id=asked.id, answer=answer, note=note)
    answer_whether_known(actor=kit, at=at, question_id=asked.id, answer="cannot_say")
