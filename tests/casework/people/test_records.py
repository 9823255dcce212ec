"""A person's record: their own words first and kept, clashes lose nothing, merges come apart again whole."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from alongside.casework.access.actors import Actor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError, StaleError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import (
    OnePersonAlreadyError,
    TwoNumbersError,
    merge_people,
    part_people,
)
from alongside.casework.people.commands.involvement import NotYetError, add_to_chronology
from alongside.casework.people.commands.records import (
    NotChangeableError,
    NothingChangedError,
    NotSaidYetError,
    admit_person,
    change_person,
    note_contact,
    take_off_network,
    write_down_words,
)
from alongside.casework.people.models import AboutMe, ChronologyEntry, Person
from alongside.casework.people.queries import person_page, search_people
from alongside.casework.people.queries.duplicates import likely_duplicates
from alongside.casework.people.rules import ReachWhy, Section

pytestmark = pytest.mark.django_db


def admit(actor: Actor, at: datetime, **known: object) -> Person:
    return admit_person(actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known=known)


@pytest.mark.proves("ENABLE-07", "MARM-43")
def test_what_the_person_said_is_kept_word_for_word_and_newer_words_stand_above(
    person: Person, practitioner: Actor, at: datetime
) -> None:
    said = "I want my cat <b>here</b>.\nAnd no fuss.  "
    for words, day in ((said, date(2026, 10, 1)), ("The garden.", date(2026, 11, 1))):
        write_down_words(
            actor=practitioner, at=at, person_id=person.id, section=Section.MATTERS, words=words, said_on=day
        )
    page = person_page(actor=practitioner, person_id=person.id, at=at)
    assert [each.words for each in page.about_me[Section.MATTERS]] == ["The garden.", said]
    assert next(iter(page.about_me)) == Section.MATTERS


@pytest.mark.parametrize("model", [AboutMe, ChronologyEntry])
def test_nobody_can_change_what_was_said_or_recorded(
    person: Person, practitioner: Actor, at: datetime, model: type[AboutMe] | type[ChronologyEntry]
) -> None:
    write_down_words(
        actor=practitioner,
        at=at,
        person_id=person.id,
        section=Section.WORRIES,
        words="The stairs.",
        said_on=at.date(),
    )
    add_to_chronology(
        actor=practitioner, at=at, person_id=person.id, happened_on=at.date(), kind="event", words="A fall."
    )
    tell_database(practitioner)
    with pytest.raises(DatabaseError, match="kept as it was"):
        model.objects.update(words="Nothing.")


@pytest.mark.proves("MARM-45")
def test_each_contact_carries_the_persons_permission(
    person: Person, practitioner: Actor, at: datetime
) -> None:
    note_contact(
        actor=practitioner,
        at=at,
        person_id=person.id,
        name="Rose",
        relationship="sister",
        permission="only_if",
        permission_words="Only if I am in hospital.",
    )
    contact = person_page(actor=practitioner, person_id=person.id, at=at).contacts[0]
    assert (contact.permission, contact.permission_words) == ("only_if", "Only if I am in hospital.")


def test_somebody_taken_off_the_network_is_off_it_once_and_of_no_other_persons(
    person: Person, practitioner: Actor, at: datetime
) -> None:
    rose = note_contact(actor=practitioner, at=at, person_id=person.id, name="Rose", relationship="sister")
    other = admit(practitioner, at, known_as="Cal")
    with pytest.raises(NotFoundError):
        take_off_network(actor=practitioner, at=at, person_id=other.id, contact_id=rose.id)
    take_off_network(actor=practitioner, at=at, person_id=person.id, contact_id=rose.id)
    assert person_page(actor=practitioner, person_id=person.id, at=at).contacts == []
    assert AuditEvent.objects.filter(code="person.contact_left", person_id=person.id).count() == 1
    with pytest.raises(NotFoundError):
        take_off_network(actor=practitioner, at=at, person_id=person.id, contact_id=rose.id)


def test_two_who_change_one_record_lose_neithers_words(
    person: Person, practitioner: Actor, manager: Actor, at: datetime
) -> None:
    change_person(
        actor=practitioner,
        at=at,
        person_id=person.id,
        opened_version=1,
        changed={"adjustments": "Large print"},
    )
    with pytest.raises(StaleError):
        change_person(
            actor=manager, at=at, person_id=person.id, opened_version=1, changed={"adjustments": "Braille"}
        )
    kept = person_page(actor=manager, person_id=person.id, at=at).person
    assert (kept.adjustments, kept.version) == ("Large print", 2)
    change_person(
        actor=manager, at=at, person_id=person.id, opened_version=2, changed={"adjustments": "Braille"}
    )


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"known_as": "Bee"}, NothingChangedError),
        ({"merged_into": None}, NotChangeableError),
        ({"email": "no address"}, ValidationError),
        ({"known_as": ""}, ValidationError),
    ],
)
def test_a_change_that_is_none_or_not_allowed_leaves_the_record_as_it_was(
    person: Person, practitioner: Actor, at: datetime, changed: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        change_person(actor=practitioner, at=at, person_id=person.id, opened_version=1, changed=changed)
    assert person_page(actor=practitioner, person_id=person.id, at=at).person.version == 1


@pytest.mark.proves("MARM-46")
def test_the_chronology_is_one_and_says_which_agency_told_what(
    person: Person, practitioner: Actor, at: datetime
) -> None:
    with pytest.raises(NotYetError):
        add_to_chronology(
            actor=practitioner,
            at=at,
            person_id=person.id,
            happened_on=at.date() + timedelta(days=1),
            kind="event",
            words="Not yet.",
        )
    for day, words in ((1, "Fell."), (2, "Rang us.")):
        add_to_chronology(
            actor=practitioner,
            at=at,
            person_id=person.id,
            happened_on=date(2026, 1, day),
            kind="event",
            words=words,
        )
    told = person_page(actor=practitioner, person_id=person.id, at=at).chronology
    assert [(entry.words, entry.organisation.name) for entry in told] == [
        ("Rang us.", "Riverside Council"),
        ("Fell.", "Riverside Council"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Beatrice Ó Murchú",
        "beatrice murchu",
        "Beatrise Murchu",
        "Bee",
        "murchú",
        "04/03/1951",
        "4 March 1951",
        "4 3 1951",
    ],
)
def test_search_forgives_spelling(person: Person, practitioner: Actor, words: str) -> None:
    assert [found.id for found in search_people(actor=practitioner, words=words).people] == [person.id]


@pytest.mark.parametrize("words", ["", "  ", "Zbigniew", "%", "'; drop table", "x " * 10_000, "\x00"])
def test_search_bears_anything_and_finds_nobody_who_is_not_meant(
    person: Person, practitioner: Actor, words: str
) -> None:
    assert search_people(actor=practitioner, words=words).people == []


@pytest.mark.proves("MARM-40")
def test_a_likely_duplicate_is_told_and_of_other_agencies_only_how_many(
    person: Person, practitioner: Actor, peer: Actor
) -> None:
    like = {
        "forename": "Beatrice",
        "surname": "O Murchu",
        "date_of_birth": date(1951, 3, 4),
        "nhs_number": "",
    }
    seen = likely_duplicates(actor=practitioner, **like)
    assert ([each.id for each in seen.seen], seen.held_elsewhere) == ([person.id], 0)
    elsewhere = likely_duplicates(actor=peer, **like)
    assert (elsewhere.seen, elsewhere.held_elsewhere) == ([], 1)
    recorded = AuditEvent.objects.filter(code="person.duplicates_looked_for").order_by("sequence")
    assert [(each.actor_name, each.details) for each in recorded] == [
        (practitioner.name, {"found": 1, "elsewhere": 0}),
        (peer.name, {"found": 0, "elsewhere": 1}),
    ]


@pytest.mark.proves("FIND-20")
def test_a_merge_shows_both_and_comes_apart_again_whole(
    person: Person, practitioner: Actor, manager: Actor, at: datetime
) -> None:
    other = admit(practitioner, at, known_as="Beattie", surname="Murchu")
    add_to_chronology(
        actor=practitioner, at=at, person_id=other.id, happened_on=at.date(), kind="event", words="A visit."
    )
    merge = merge_people(
        actor=manager, at=at, kept_id=person.id, absorbed_id=other.id, reason="Same flat, same sister."
    )
    page = person_page(actor=manager, person_id=other.id, at=at)
    assert page.person == person
    assert [entry.words for entry in page.chronology] == ["A visit."]
    assert [found.id for found in search_people(actor=manager, words="Beattie").people] == [person.id]
    with pytest.raises(OnePersonAlreadyError):
        merge_people(actor=manager, at=at, kept_id=person.id, absorbed_id=other.id, reason="again")
    later = at + timedelta(days=1)
    part_people(actor=manager, at=later, merge_id=merge.id, why="Sisters.")
    assert person_page(actor=manager, person_id=person.id, at=later).chronology == []
    assert person_page(actor=manager, person_id=other.id, at=later).person == other
    with pytest.raises(NotFoundError):
        part_people(actor=manager, at=later, merge_id=merge.id, why="again")
    assert list(
        AuditEvent.objects.filter(code__in=["person.merged", "person.parted"]).values_list(
            "person_id", flat=True
        )
    ) == [person.id, person.id]


def test_two_numbers_are_two_people(practitioner: Actor, manager: Actor, at: datetime) -> None:
    ids: list[UUID] = [
        admit(practitioner, at, known_as=name, nhs_number=number).id
        for name, number in (("One", "9990000018"), ("Two", "9990000026"))
    ]
    with pytest.raises(TwoNumbersError):
        merge_people(actor=manager, at=at, kept_id=ids[0], absorbed_id=ids[1], reason="alike")


def test_what_was_not_said_yet_is_not_written_down(person: Person, practitioner: Actor, at: datetime) -> None:
    with pytest.raises(NotSaidYetError, match="today or an earlier day"):
        write_down_words(
            actor=practitioner, at=at, person_id=person.id, section=Section.WISHES, words="A garden.",
            said_on=at.date() + timedelta(days=1),
        )  # fmt: skip
