"""Whoever creates a record is told who may have one already; whoever searches, of a cut list."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person
from alongside.casework.people.queries import MOST_FOUND, duplicates, search_people
from alongside.casework.people.queries.duplicates import Likely, likely_duplicates
from alongside.casework.people.rules import ReachWhy

BORN = date(1951, 3, 4)
MURPHY = {"known_as": "Bee", "forename": "Beatrice", "surname": "Murphy"}


def admit(actor: Actor, at: datetime, **known: Any) -> Person:
    return admit_person(actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known=known)


def likely(actor: Actor, **typed: Any) -> Likely:
    nothing = {"forename": "", "surname": "", "known_as": "", "date_of_birth": None, "nhs_number": ""}
    return likely_duplicates(actor=actor, **nothing | typed)


MEANT = {
    "without a date, though the record also says what she likes to be called": (
        {}, {"forename": "Beatrice", "surname": "Murphy"}),
    "misspelt, without a date": ({}, {"forename": "Beatrise", "surname": "Murphey"}),
    "misspelt, with a date": (
        {"date_of_birth": BORN}, {"forename": "Beatrise", "surname": "Murphey", "date_of_birth": BORN}),
    "names the other way round": ({}, {"forename": "Murphy", "surname": "Beatrice"}),
    "a date is typed that the record does not say": (
        {}, {"forename": "Beatrice", "surname": "Murphy", "date_of_birth": BORN}),
    "no date is typed, but the record says one": (
        {"date_of_birth": BORN}, {"forename": "Beatrice", "surname": "Murphy"}),
    "day and month are swapped": (
        {"date_of_birth": BORN},
        {"forename": "Beatrice", "surname": "Murphy", "date_of_birth": date(1951, 4, 3)}),
    "by what she likes to be called, where the record says no more": (
        {"forename": ""}, {"forename": "Beatrice", "surname": "Murphy", "known_as": "Bee"}),
    "by what she likes to be called, where nothing more is typed": (
        {}, {"known_as": "Bee", "surname": "Murphy"}),
    "another surname, but the same date": (
        {"date_of_birth": BORN, "surname": "Farrell"},
        {"forename": "Beatrice", "surname": "Murphy", "date_of_birth": BORN}),
    "another name and date, but the same number": (
        {"date_of_birth": BORN, "nhs_number": "9990000018"},
        {"forename": "Ann", "surname": "Lovelace", "date_of_birth": date(1980, 1, 2),
         "nhs_number": "9990000018"}),
}  # fmt: skip
NOT_MEANT = {
    "a clearly different date": (
        {"date_of_birth": BORN},
        {"forename": "Beatrice", "surname": "Murphy", "date_of_birth": date(1953, 3, 4)}),
    "only one of two names is the same": ({}, {"forename": "Gerald", "surname": "Murphy"}),
    "only the date is the same": (
        {"date_of_birth": BORN}, {"forename": "Zosia", "surname": "Wanjiku", "date_of_birth": BORN}),
    "nothing is typed": ({}, {}),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("known", "typed"), MEANT.values(), ids=MEANT)
def test_a_record_that_may_be_of_the_same_person_is_shown_and_counted_where_others_hold_it(
    practitioner: Actor, peer: Actor, at: datetime, known: dict[str, Any], typed: dict[str, Any]
) -> None:
    hers = admit(practitioner, at, **MURPHY | known)
    ours = likely(practitioner, **typed)
    assert ([each.id for each in ours.seen], ours.more, ours.held_elsewhere) == ([hers.id], False, 0)
    theirs = likely(peer, **typed)
    assert (theirs.seen, theirs.held_elsewhere) == ([], 1)
    recorded = AuditEvent.objects.filter(code="person.duplicates_looked_for").order_by("sequence")
    assert [each.details for each in recorded] == [{"found": 1, "elsewhere": 0}, {"found": 0, "elsewhere": 1}]


@pytest.mark.django_db
@pytest.mark.parametrize(("known", "typed"), NOT_MEANT.values(), ids=NOT_MEANT)
def test_a_record_of_somebody_else_is_neither_shown_nor_counted(
    practitioner: Actor, peer: Actor, at: datetime, known: dict[str, Any], typed: dict[str, Any]
) -> None:
    admit(practitioner, at, **MURPHY | known)
    for actor in (practitioner, peer):
        told = likely(actor, **typed)
        assert (told.seen, told.held_elsewhere) == ([], 0)


@pytest.mark.django_db
def test_the_same_number_comes_first_then_the_same_date_then_the_likest_name(
    practitioner: Actor, at: datetime
) -> None:
    unknown = admit(practitioner, at, **MURPHY)
    misspelt = admit(practitioner, at, **MURPHY | {"surname": "Murphey"})
    born = admit(practitioner, at, **MURPHY | {"surname": "Murphey"}, date_of_birth=BORN)
    number = admit(practitioner, at, known_as="Ann", nhs_number="9990000018")
    told = likely(
        practitioner, forename="Beatrice", surname="Murphy", date_of_birth=BORN, nhs_number="9990000018"
    )
    assert [each.id for each in told.seen] == [number.id, born.id, unknown.id, misspelt.id]


@pytest.mark.django_db
def test_joined_records_are_one_person_born_when_either_says(
    practitioner: Actor, manager: Actor, peer: Actor, at: datetime
) -> None:
    named = admit(practitioner, at, **MURPHY)
    dated = admit(practitioner, at, known_as="B", date_of_birth=BORN)
    merge_people(actor=manager, at=at, kept_id=dated.id, absorbed_id=named.id, reason="One flat, one sister.")
    typed = {"forename": "Beatrice", "surname": "Murphy"}
    assert [each.id for each in likely(practitioner, **typed, date_of_birth=BORN).seen] == [dated.id]
    assert likely(peer, **typed, date_of_birth=BORN).held_elsewhere == 1
    other = date(1980, 1, 2)
    assert likely(practitioner, **typed, date_of_birth=other).seen == []
    assert likely(peer, **typed, date_of_birth=other).held_elsewhere == 0


@pytest.mark.django_db
def test_of_many_the_likest_are_shown_and_that_there_are_more(
    practitioner: Actor, peer: Actor, at: datetime
) -> None:
    for number in range(MOST_FOUND + 1):
        admit(practitioner, at, **MURPHY | {"known_as": f"B{number}"})
    typed = {"forename": "Beatrice", "surname": "Murphy"}
    ours = likely(practitioner, **typed)
    assert (len(ours.seen), ours.more, ours.held_elsewhere) == (MOST_FOUND, True, 0)
    assert likely(peer, **typed).held_elsewhere == MOST_FOUND + 1, (
        "all of them, not only as many as are shown"
    )


@pytest.mark.django_db
def test_what_is_not_counted_any_more_is_said_to_be_more(
    practitioner: Actor, peer: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "MOST_COMPARED", 3)
    for _ in range(4):
        admit(practitioner, at, **MURPHY)
        admit(peer, at, **MURPHY)
    dated = admit(peer, at, **MURPHY, date_of_birth=BORN)
    told = likely(peer, forename="Beatrice", surname="Murphy", date_of_birth=BORN)
    assert told.seen[0].id == dated.id, "whoever has the same date is always looked at"
    assert (told.more, told.more_elsewhere, told.held_elsewhere > 0) == (True, True, True)


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["Murphy", "4 March 1951"])
def test_a_search_that_was_cut_says_so_however_few_people_the_records_are_of(
    practitioner: Actor, manager: Actor, at: datetime, words: str
) -> None:
    first, *others = [
        admit(practitioner, at, **MURPHY, date_of_birth=BORN, nhs_number="") for _ in range(MOST_FOUND)
    ]
    for each in others[:3]:
        merge_people(actor=manager, at=at, kept_id=first.id, absorbed_id=each.id, reason="One person.")
    whole = search_people(actor=practitioner, words=words)
    assert (len(whole.people), whole.more) == (MOST_FOUND - 3, False)
    for _ in range(4):
        admit(practitioner, at, **MURPHY, date_of_birth=BORN)
    cut = search_people(actor=practitioner, words=words)
    assert len(cut.people) <= MOST_FOUND
    assert cut.more


@pytest.mark.django_db
def test_pages_say_that_a_list_was_cut(riverside_now: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    universe, now = riverside_now, timezone.now()
    asha = actor_for(universe, "Asha Patel", on=timezone.localdate())
    records = [admit(asha, now, **MURPHY) for _ in range(MOST_FOUND + 2)]
    client = browser_of(universe.members["Asha Patel"].user)
    more = "There may be more"
    assert more in client.post("/people/new/", MURPHY).text
    assert more in client.post("/people/", {"words": "Murphy"}, follow=True).text
    monkeypatch.setattr(duplicates, "MOST_COMPARED", 3)
    other = browser_of(universe.members["Tom Reilly"].user)
    assert "Other agencies hold at least" in other.post("/people/new/", MURPHY).text
    merging = browser_of(universe.members["Gwen Hughes"].user)
    assert more in merging.post(f"/people/{records[0].id}/merge/", {"words": "Murphy"}).text
    assert more not in merging.post(f"/people/{records[0].id}/merge/", {"words": "Amina"}).text
