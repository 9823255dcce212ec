"""What an agency writes of what happened is read by all that see the record, or by itself alone."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.involvement import (
    ReadAgainstTheirWishError,
    add_to_chronology,
    correct_entry,
)
from alongside.casework.people.models import ChronologyEntry
from alongside.casework.people.queries import person_page
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic

DAY = date(2026, 11, 2)
KEPT = "She told me in confidence what her brother did."


@pytest.fixture
def bee(riverside: Universe) -> UUID:
    return riverside.people["Bee"]


@pytest.fixture
def asha(riverside: Universe) -> Actor:
    return actor_for(riverside, "Asha Patel", on=DAY)


@pytest.fixture
def tom(riverside: Universe) -> Actor:
    return actor_for(riverside, "Tom Reilly", on=DAY)


def add(actor: Actor, at: datetime, bee: UUID, readers: str = "own") -> ChronologyEntry:
    return add_to_chronology(
        actor=actor, at=at, person_id=bee, happened_on=DAY, kind="event", words=KEPT, readers=readers
    )


def words_read_by(actor: Actor, bee: UUID, at: datetime) -> list[str]:
    page = person_page(actor=actor, person_id=bee, at=at)
    corrected = [each.words for several in page.corrections.values() for each in several]
    return [each.words for each in page.chronology] + corrected


@pytest.mark.proves("MARM-46")
def test_what_one_agency_keeps_to_itself_is_read_by_it_alone_and_the_rest_by_all(
    asha: Actor, tom: Actor, bee: UUID, at: datetime
) -> None:
    before = words_read_by(tom, bee, at)
    entry = add(asha, at, bee)
    assert KEPT in words_read_by(asha, bee, at)
    assert words_read_by(tom, bee, at) == before
    correct_entry(
        actor=asha,
        at=at,
        person_id=bee,
        entry_id=entry.id,
        happened_on=DAY,
        words="Her cousin.",
        why="Misheard",
    )
    assert "Her cousin." in words_read_by(asha, bee, at)
    assert words_read_by(tom, bee, at) == before, "a correction is for whom the entry was"
    add(asha, at, bee, readers="everybody")
    assert words_read_by(tom, bee, at).count(KEPT) == 1


def test_raw_sql_reads_no_entry_that_another_agency_keeps_to_itself(
    asha: Actor, tom: Actor, bee: UUID, at: datetime
) -> None:
    entry = add(asha, at, bee)
    with connection.cursor() as cursor:
        for actor, seen in ((tom, 0), (asha, 1)):
            tell_database(actor)
            cursor.execute("select count(*) from people_chronologyentry where id = %s", [entry.id])
            assert cursor.fetchone() == (seen,)


def test_who_may_read_it_cannot_be_changed_afterwards(asha: Actor, bee: UUID, at: datetime) -> None:
    entry = add(asha, at, bee)
    tell_database(asha)
    with pytest.raises(DatabaseError, match="is kept as it was"):
        ChronologyEntry.objects.filter(id=entry.id).update(readers="everybody")


def test_in_an_emergency_all_of_it_is_read(riverside: Universe, asha: Actor, bee: UUID, at: datetime) -> None:
    add(asha, at, bee)
    kit = replace(actor_for(riverside, "Kit Lowe", on=DAY), emergency_people=frozenset({bee}))
    assert KEPT in words_read_by(kit, bee, at)


@pytest.mark.proves("MARM-29")
def test_nothing_is_written_for_all_where_one_of_them_is_not_to_be_told(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    record_choices(
        actor=asha, at=at, person_id=bee,
        said=Statement(
            answer=Answer.REFUSES, topics=(Topic.EVERYTHING,), exactly="Anything", said_on=DAY,
            recipients=frozenset({riverside.organisations["riverside_homes"].id}), capacity="assumed",
            method="spoken",
        ),
    )  # fmt: skip
    with pytest.raises(ReadAgainstTheirWishError, match="not to tell: Riverside Homes"):
        add(asha, at, bee, readers="everybody")
    add(asha, at, bee, readers="own")


# The page


def typed(readers: str) -> dict[str, str]:
    return {
        "kind": "event", "words": KEPT, "happened_on-day": "1", "happened_on-month": "11",
        "happened_on-year": "2026", "readers": readers,
    }  # fmt: skip


def test_the_form_asks_who_may_read_it_and_takes_no_answer_for_granted(
    riverside: Universe, bee: UUID
) -> None:
    browser: Client = browser_of(riverside.members["Asha Patel"].user)
    path = f"/people/{bee}/chronology/"
    assert 'name="readers"' in browser.get(path).content.decode()
    page = browser.post(path, typed("")).content.decode()
    assert "Choose who may read it" in page
    assert KEPT in page
    assert browser.post(path, typed("own")).status_code == 302
    assert "Only Riverside Council can read this." in browser.get(f"/people/{bee}/").content.decode()
    other = browser_of(riverside.members["Tom Reilly"].user)
    assert KEPT not in other.get(f"/people/{bee}/").content.decode()


def test_the_page_says_who_was_not_to_be_told_and_keeps_what_was_typed(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    record_choices(
        actor=asha, at=at, person_id=bee,
        said=Statement(
            answer=Answer.REFUSES, topics=(Topic.KNOWN,), exactly="Anything", said_on=DAY,
            recipients=frozenset(), capacity="assumed", method="spoken",
        ),
    )  # fmt: skip
    browser = browser_of(riverside.members["Asha Patel"].user)
    page = browser.post(f"/people/{bee}/chronology/", typed("everybody")).content.decode()
    assert "Keep it to your own organisation" in page
    assert KEPT in page


@pytest.mark.proves("MARM-46", "MARM-29")
def test_whoever_corrects_is_told_who_reads_it_and_whom_the_person_objects_to_by_now(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    read, kept = add(asha, at, bee, readers="everybody"), add(asha, at, bee)
    browser = browser_of(riverside.members["Asha Patel"].user)
    page = browser.get(f"/people/{bee}/chronology/{read.id}/correct/").content.decode()
    assert "may have read this entry" in page
    assert "The person now asks" not in page
    record_choices(
        actor=asha, at=at, person_id=bee,
        said=Statement(
            answer=Answer.REFUSES, topics=(Topic.KNOWN,), exactly="Anything", said_on=DAY,
            recipients=frozenset({riverside.organisations["riverside_homes"].id}), capacity="assumed",
            method="spoken",
        ),
    )  # fmt: skip
    page = browser.get(f"/people/{bee}/chronology/{read.id}/correct/").content.decode()
    assert "not to tell this organisation about them: Riverside Homes." in page
    page = browser.get(f"/people/{bee}/chronology/{kept.id}/correct/").content.decode()
    assert "No other organisation reads" in page
    correct_entry(
        actor=asha, at=at, person_id=bee, entry_id=read.id, happened_on=DAY, words="Her cousin.", why="No."
    )  # fmt: skip
    tom = actor_for(riverside, "Tom Reilly", on=DAY)
    assert "Her cousin." in words_read_by(tom, bee, at), "who read what was wrong is told what is right"
