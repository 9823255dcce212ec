"""The trail read back: newest first, narrowed, a page at a time, in sentences."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.reading import EventsPage, Turned, Wanted, events_page
from alongside.casework.audit.recorder import record, record_refusal
from alongside.casework.audit.registry import EVENT_TYPES, EventType, event_type, keep_all
from alongside.casework.audit.telling import kind_in_words, told

pytestmark = pytest.mark.django_db
SOMEBODY = UUID(int=77)


@pytest.fixture(scope="module")
def kinds() -> Iterator[tuple[EventType, EventType]]:
    made = (
        event_type("tests.saw", "{actor} saw {what}", shredder=keep_all),
        event_type("tests.wrote", "{actor} wrote {words}"),
    )
    yield made
    for each in made:
        del EVENT_TYPES[each.code]


@pytest.fixture
def saw(kinds: tuple[EventType, EventType]) -> EventType:
    return kinds[0]


@pytest.fixture
def wrote(kinds: tuple[EventType, EventType]) -> EventType:
    return kinds[1]


def numbers(page: EventsPage) -> list[int]:
    return [event.sequence for event in page.events]


def read(turned: Turned = Turned(), **wanted: Any) -> EventsPage:  # noqa: B008 - it never changes
    return events_page(Wanted(**wanted), turned, at_once=3)


def dated(moments: dict[int, datetime]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_auditevent disable trigger all")
        for sequence, at in moments.items():
            cursor.execute("update audit_auditevent set at = %s where sequence = %s", [at, sequence])
        cursor.execute("alter table audit_auditevent enable trigger all")


def test_pages_go_from_the_newest_to_the_oldest_and_back_without_a_gap(
    saw: EventType, anybody: Actor
) -> None:
    for number in range(8):
        record(saw, actor=anybody, what=number)
    first = read()
    assert (numbers(first), first.has_newer, first.has_older) == ([8, 7, 6], False, True)
    second = read(Turned(before=6))
    assert (numbers(second), second.has_newer, second.has_older) == ([5, 4, 3], True, True)
    last = read(Turned(before=3))
    assert (numbers(last), last.has_newer, last.has_older) == ([2, 1], True, False)
    assert numbers(read(Turned(after=2))) == [5, 4, 3]
    back = read(Turned(after=5))
    assert (numbers(back), back.has_newer, back.has_older) == ([8, 7, 6], False, True)


def test_it_is_narrowed_by_who_did_it_what_it_was_and_whom_it_was_about(
    saw: EventType, wrote: EventType, anybody: Actor
) -> None:
    other = replace(anybody, user_id=UUID(int=9), name="Kit Lowe")
    record(saw, actor=anybody, what="a")
    record(wrote, actor=anybody, words="b", person_id=SOMEBODY)
    record(saw, actor=other, what="c", person_id=SOMEBODY)
    assert numbers(read(actor_id=UUID(int=9))) == [3]
    assert numbers(read(codes=["tests.saw"])) == [3, 1]
    assert numbers(read(codes=["tests.saw"], actor_id=anybody.user_id)) == [1]
    assert numbers(read(people=[SOMEBODY])) == [3, 2]
    assert numbers(read(codes=[])) == []
    assert numbers(read(codes=["tests.saw", "tests.wrote"])) == [3, 2, 1]
    assert numbers(read(Turned(before=3), codes=["tests.saw", "tests.wrote"])) == [2, 1]
    assert numbers(read(Turned(after=1), codes=["tests.saw", "tests.wrote", "tests.none"])) == [3, 2]
    assert numbers(read(codes=["tests.saw", "tests.wrote"], people=[SOMEBODY])) == [3, 2]


def test_a_day_is_all_its_events_though_the_clock_was_set_back_in_it(saw: EventType, anybody: Actor) -> None:
    for number in range(6):
        record(saw, actor=anybody, what=number)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    hour = timedelta(hours=1)
    dated({1: midnight - 48 * hour, 2: midnight - hour, 3: midnight, 4: midnight - hour, 5: midnight + hour,
           6: midnight + 24 * hour})  # fmt: skip
    day = {"first": midnight, "until": midnight + 24 * hour}
    assert numbers(read(**day)) == [5, 3]
    assert numbers(read(until=midnight)) == [4, 2, 1]
    assert numbers(read(first=midnight + 24 * hour)) == [6]
    assert numbers(read(first=midnight + 72 * hour)) == []
    assert numbers(read(until=midnight - 72 * hour)) == []


def test_each_way_of_narrowing_has_its_index_and_nothing_is_sorted(saw: EventType, anybody: Actor) -> None:
    """So that two million events are read as fast as a hundred."""
    record(saw, actor=anybody, what="a")
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_sort = off")
        for where in ("actor_id = gen_random_uuid()", "code = 'x'", "person_id = gen_random_uuid()", "true"):
            cursor.execute(
                f"explain select * from audit_auditevent where {where} and sequence < 9 "
                "order by sequence desc limit 51"
            )
            plan = " ".join(line for (line,) in cursor.fetchall())
            assert "Index Scan Backward" in plan, where
            assert "Sort" not in plan, where


def test_of_whom_the_reader_may_not_see_no_detail_is_told_that_says_anything_of_them(
    saw: EventType, wrote: EventType, anybody: Actor
) -> None:
    record(wrote, actor=anybody, words="She hides at her sister's.", person_id=SOMEBODY)
    event = AuditEvent.objects.get()
    assert told(event, in_full=True) == "Asha Patel wrote She hides at her sister's."
    assert told(event, in_full=False) == "Asha Patel wrote …"
    record(saw, actor=anybody, what="raised_concern", person_id=SOMEBODY)
    assert told(AuditEvent.objects.get(sequence=2), in_full=False) == "Asha Patel saw raised concern"


def test_a_detail_that_was_never_recorded_breaks_no_sentence(saw: EventType, anybody: Actor) -> None:
    record(saw, actor=anybody)
    event = AuditEvent.objects.get()
    assert told(event, in_full=True) == "Asha Patel saw …"
    event.code = "tests.gone"
    assert told(event, in_full=True) == (
        "Asha Patel did something that this version no longer knows (tests.gone)"
    )
    assert kind_in_words("tests.saw") == "… saw …"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("no_permission:person.read", "Asha Patel was refused “person page”: their role does not allow it"),
        ("withheld:person.read", "their training is not recorded, or no purpose is open"),
        ("no_purpose", "they had not said what they were working for"),
        ("given_for_another_purpose", "the person was released for a different purpose"),
        ("own_access", "Asha Patel was refused “person page” (own access)"),
    ],
)
def test_a_refusal_says_what_was_tried_and_why_not(anybody: Actor, reason: str, said: str) -> None:
    record_refusal(anybody, "alongside.casework.people.queries.person_page", reason)
    assert said in told(AuditEvent.objects.get(), in_full=True)
