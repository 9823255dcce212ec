"""An entry of the chronology is never changed: what is right stands beside it, and why, by who told it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.involvement import (
    CorrectsNothingError,
    NotYetError,
    NoWhyError,
    add_to_chronology,
    correct_entry,
)
from alongside.casework.people.models import ChronologyEntry, Person, Reach
from alongside.casework.people.queries import person_page
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db
FELL = date(2026, 1, 1)


@pytest.fixture
def entry(person: Person, practitioner: Actor, at: datetime) -> ChronologyEntry:
    return add_to_chronology(
        actor=practitioner, at=at, person_id=person.id, happened_on=FELL, kind="event", words="Fell at home."
    )


def correct(actor: Actor, entry: ChronologyEntry, at: datetime, **other: object) -> ChronologyEntry:
    given = {"happened_on": FELL, "words": "Fell in the street.", "why": "Bee told me."} | other
    return correct_entry(
        actor=actor,
        at=at,
        person_id=entry.person_id,
        entry_id=entry.id,
        **given,  # type: ignore[arg-type]
    )


@pytest.mark.proves("MARM-46")
def test_a_correction_stands_beside_the_entry_which_stays_as_it_was(
    entry: ChronologyEntry, practitioner: Actor, at: datetime
) -> None:
    first = correct(practitioner, entry, at, happened_on=date(2026, 1, 2))
    again = correct(practitioner, entry, at + timedelta(hours=1), words="Fell on the stairs.")
    page = person_page(actor=practitioner, person_id=entry.person_id, at=at)
    (told,) = page.chronology
    assert (told, told.words, told.happened_on) == (entry, "Fell at home.", FELL)
    assert page.corrections == {entry.id: [first, again]}
    assert (first.corrected_why, first.recorded_by, first.happened_on) == (
        "Bee told me.", practitioner.name, date(2026, 1, 2),
    )  # fmt: skip
    event = AuditEvent.objects.filter(code="person.chronology_corrected").order_by("sequence").first()
    assert event is not None
    assert (event.person_id, event.about_id, event.purpose) == (entry.person_id, str(entry.id), "early_help")


def test_only_the_organisation_that_told_an_entry_corrects_it(
    entry: ChronologyEntry, peer: Actor, practitioner: Actor, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        correct(peer, entry, at)
    Reach.give(
        person_id=entry.person_id, organisation_id=peer.member_of, why=ReachWhy.INVOLVED, at=at, about=uuid4()
    )
    with pytest.raises(NotAllowedError, match="Riverside Council wrote this, and only they can correct it"):
        correct(peer, entry, at)
    correction = correct(practitioner, entry, at)
    with pytest.raises(NotAllowedError, match="This is itself a correction"):
        correct(practitioner, correction, at)


def test_an_entry_is_corrected_where_it_stands_with_a_reason_and_not_ahead_of_time(
    entry: ChronologyEntry, practitioner: Actor, at: datetime
) -> None:
    with pytest.raises(NoWhyError):
        correct(practitioner, entry, at, why="  ")
    with pytest.raises(NotYetError):
        correct(practitioner, entry, at, happened_on=at.date() + timedelta(days=1))
    with pytest.raises(CorrectsNothingError):
        add_to_chronology(
            actor=practitioner, at=at, person_id=entry.person_id, happened_on=FELL, kind="correction",
            words="It was in the street.",
        )  # fmt: skip
    other = Person.admit(at=at, why="raised_concern", known_as="Stan")
    Reach.give(
        person_id=other.id,
        organisation_id=practitioner.member_of,
        why=ReachWhy.INVOLVED,
        at=at,
        about=uuid4(),
    )
    with pytest.raises(NotFoundError):
        correct_entry(
            actor=practitioner,
            at=at,
            person_id=other.id,
            entry_id=entry.id,
            happened_on=FELL,
            words="x",
            why="y",
        )


@pytest.mark.parametrize("wrong", [{"corrects": None}, {"why": ""}, {"kind": "event"}])
def test_the_table_holds_no_correction_of_nothing_and_none_without_a_why(
    entry: ChronologyEntry, person: Person, practitioner: Actor, at: datetime, wrong: dict[str, object]
) -> None:
    given: dict[str, Any] = {"kind": "correction", "corrects": entry, "why": "Bee told me."} | wrong
    tell_database(system_actor("a test"))
    with pytest.raises(ValidationError, match="a_correction_of_what_and_why"):
        ChronologyEntry.add(
            person=person, happened_on=FELL, words="x", organisation_id=practitioner.member_of, by="A", at=at,
            readers="everybody",
            **given,
        )  # fmt: skip
    kind, why, corrects = given["kind"], given["why"], given["corrects"]
    row = ChronologyEntry(
        person=person, happened_on=FELL, words="x", organisation_id=practitioner.member_of, recorded_by="A",
        recorded_at=at, kind=kind, corrected_why=why, corrects=corrects,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="a_correction_of_what_and_why"), transaction.atomic():
        row.save(force_insert=True)


# --- pages


@pytest.fixture
def universe(riverside_now: Universe) -> Universe:
    return riverside_now


def entries_of(universe: Universe, code: str) -> list[UUID]:
    """What an organisation told everybody of Bee, the first first; not what it keeps to itself."""
    with transaction.atomic():
        tell_database(system_actor("a test"))
        organisation = universe.organisations[code]
        found = ChronologyEntry.objects.filter(person_id=universe.people["Bee"], organisation=organisation)
        everybodys = found.filter(readers="everybody").order_by("happened_on")
        return list(everybodys.values_list("id", flat=True))


def test_the_page_corrects_ones_own_entries_and_shows_both(universe: Universe) -> None:
    client: Client = browser_of(universe.members["Asha Patel"].user)
    bee = f"/people/{universe.people['Bee']}/"
    own = {f"{bee}chronology/{each}/correct/" for each in entries_of(universe, "riverside_council")}
    page = client.get(bee).text
    assert {address for address in own if address in page} == own != set()
    assert page.count("/correct/") == len(own), "and none of what others told"
    address = min(own)
    asked = client.get(address)
    assert asked.status_code == 200
    sent = {
        "happened_on-day": "1", "happened_on-month": "10", "happened_on-year": "2099",
        "words": "<b>She rang us.</b>", "why": "The log says so.",
    }  # fmt: skip
    assert "She rang us." in client.post(address, sent).text, "nothing typed is lost"
    assert client.post(address, sent | {"happened_on-year": "2026"}).status_code == 302
    told = client.get(bee).text
    assert "&lt;b&gt;She rang us.&lt;/b&gt;" in told
    for words in ("Corrected on", "The log says so.", "It happened on 1 October 2026."):
        assert words in told, words
    assert page.count("app-timeline__entry") == told.count("app-timeline__entry")


def test_what_another_agency_told_or_is_not_there_is_not_corrected_from_the_page(universe: Universe) -> None:
    bee = f"/people/{universe.people['Bee']}/chronology/"
    own, theirs = entries_of(universe, "riverside_council")[0], entries_of(universe, "been_there")[0]
    asha, tom, kit = (
        browser_of(universe.members[name].user) for name in ("Asha Patel", "Tom Reilly", "Kit Lowe")
    )
    assert asha.get(f"{bee}{theirs}/correct/").status_code == 403
    assert "only they can correct it" in asha.post(f"{bee}{theirs}/correct/").text
    assert asha.get(f"{bee}{uuid4()}/correct/").status_code == 404
    assert tom.get(f"{bee}{own}/correct/").status_code == 403
    assert kit.get(f"{bee}{own}/correct/").status_code == 404
    amina = f"/people/{universe.people['Amina']}/chronology/{own}/correct/"
    assert asha.get(amina).status_code == 404
