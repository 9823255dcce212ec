"""Searching by name: found by how names are now, by whoever may see the person, and quickly."""

import threading
from datetime import datetime

import pytest
from django.db import connection

from alongside.casework.access.actors import Actor
from alongside.casework.people.commands.records import admit_person, change_person
from alongside.casework.people.jobs import forget_unused_names
from alongside.casework.people.models import NameWord, Person, PersonName
from alongside.casework.people.queries import MOST_FOUND, search_people
from alongside.casework.people.rules import ReachWhy


def admit(actor: Actor, at: datetime, **known: str) -> Person:
    return admit_person(actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known=known)


def found(actor: Actor, words: str) -> list[str]:
    return [each.known_as for each in search_people(actor=actor, words=words).people]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Kowalczyk", ["Stan"]),
        ("Kowalchyk", ["Stan"]),
        ("kowal", ["Stan"]),
        ("stanislaw kovalczyk", ["Stan"]),
        ("Catherine", ["Cathy", "Kath"]),
        ("Katherine Moor", ["Kath", "Cathy"]),
    ],
)
def test_the_likest_name_comes_first(
    practitioner: Actor, at: datetime, words: str, wanted: list[str]
) -> None:
    admit(practitioner, at, known_as="Stan", forename="Stanisław", surname="Kowalczyk")
    admit(practitioner, at, known_as="Kath", forename="Katherine", surname="Moore")
    admit(practitioner, at, known_as="Cathy", forename="Catherine", surname="Moor")
    assert found(practitioner, words) == wanted


@pytest.mark.django_db
def test_somebody_is_found_by_their_name_of_now(person: Person, practitioner: Actor, at: datetime) -> None:
    assert found(practitioner, "Murchú") == [person.known_as]
    change_person(
        actor=practitioner, at=at, person_id=person.id, opened_version=1, changed={"surname": "Farrell"}
    )
    assert found(practitioner, "Farrell") == [person.known_as]
    assert found(practitioner, "Murchú") == []


@pytest.mark.django_db
def test_many_of_one_name_outside_reach_hide_nobody_within(
    person: Person, practitioner: Actor, peer: Actor, at: datetime
) -> None:
    for number in range(MOST_FOUND + 5):
        admit(peer, at, known_as=f"Bee {number}", forename="Beatrice", surname="Murchú")
    assert found(practitioner, "Beatrice Murchú") == [person.known_as]


@pytest.mark.django_db
def test_a_name_nobody_has_any_more_is_forgotten(person: Person, practitioner: Actor, at: datetime) -> None:
    change_person(
        actor=practitioner, at=at, person_id=person.id, opened_version=1, changed={"surname": "Farrell"}
    )
    assert NameWord.objects.filter(word="murchu").exists()
    assert forget_unused_names(at=at).words == "Words forgotten: 2."
    assert set(NameWord.objects.values_list("word")) == set(PersonName.objects.values_list("word"))


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_new_names_at_once_both_do(practitioner: Actor, at: datetime) -> None:
    problems: list[Exception] = []

    def write(names: list[str]) -> None:
        try:
            for name in names:
                admit(practitioner, at, known_as=name, forename=name, surname="Okonkwo-Lindqvist")
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    names = [f"Nnamdi{number}" for number in range(12)]
    both = [threading.Thread(target=write, args=(each,)) for each in (names, names[::-1])]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert problems == []
    assert len(found(practitioner, "Nnamdi3 Lindqvist")) > 2
