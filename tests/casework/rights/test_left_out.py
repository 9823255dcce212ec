"""Whoever objected and was erased is not found again, and nothing is left that says who they are."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import Settings
from tests.casework.rights.conftest import everything
from tests.casework.rights.test_wishes import answered, listed, next_run, noted
from tools.universe import Universe, release

from alongside.casework.access.actors import Actor
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Person
from alongside.casework.rights.commands import keeping
from alongside.casework.rights.models import Disposal, LeftOut
from alongside.casework.rights.rules.wishes import Wish
from alongside.casework.sources import jobs
from alongside.casework.sources.models import Flag, Run
from alongside.casework.sources.queries.objecting import who_objected_before
from alongside.casework.sources.rules import OBJECTED


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.mark.proves("FIND-18")
@pytest.mark.parametrize("objects", [True, False], ids=["who objected", "who did not"])
def test_who_objected_and_was_erased_is_released_by_no_later_run(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, drop: Path, at: datetime, objects: bool
) -> None:
    release(riverside, "2026-11-01", at=at)
    everything()
    theirs = Flag.objects.standing_at(at).select_related("person").order_by("policy", "rank", "id")[0]
    gone, him = theirs.person_id, theirs.person.insight_id
    if objects:
        answered(iris, at, noted(iris, at, gone), "upheld")
    answered(iris, at, noted(iris, at, gone, Wish.ERASE), "erased", changed="Erased.")
    everything()
    keeping.let_go(actor=iris, at=at, disposals=[Disposal.objects.get(row=str(gone)).id])
    folder = next_run(drop, at)
    assert him in listed(folder, theirs.policy), "a run knows of nobody who is not here"
    council = riverside.organisations["riverside_council"].id
    run = Run.objects.get(folder=folder)
    again = jobs.release_cohort(
        actor=who("Priya Shah"), at=at, run_id=run.id, policy=theirs.policy,
        tiers=sorted(run.tiers[theirs.policy]), organisation_ids=[council], contact_organisation_id=council,
        reason="The quality of the extracts was looked at.",
    )  # fmt: skip
    everything()
    assert Person.objects.filter(insight_id=him).exists() is not objects
    assert again.not_given.get(OBJECTED, 0) == int(objects)


def test_of_who_objected_and_was_erased_nothing_is_left_that_anybody_could_read(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina = riverside.people["Amina"]
    everything()
    Person.objects.filter(id=amina).update(nhs_number="9990000018", date_of_birth=date(1980, 2, 3))
    person = Person.objects.get(id=amina)
    known = {name: getattr(person, name) for name in ("nhs_number", "forename", "surname", "date_of_birth")}
    answered(iris, at, noted(iris, at, amina), "upheld")
    answered(iris, at, noted(iris, at, amina, Wish.ERASE), "erased", changed="Erased.")
    everything()
    keeping.let_go(
        actor=iris, at=at + timedelta(days=14), disposals=[Disposal.objects.get(row=str(amina)).id]
    )
    everything()
    kept = " ".join(LeftOut.objects.values_list("digest", flat=True))
    assert len(kept.split()) == 2
    assert "9990000018" not in kept
    by_name = {**known, "nhs_number": "", "surname": known["surname"].upper()}
    people = {
        "both": known, "name": by_name, "number": {"nhs_number": "9990000018"},
        "namesake": {**by_name, "date_of_birth": date(1980, 2, 4)}, "little": {"surname": known["surname"]},
    }  # fmt: skip
    assert who_objected_before(people) == {"both", "name", "number"}
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        connection.cursor().execute("update rights_leftout set since = now()")
    tell_database(iris)
    assert not LeftOut.objects.exists(), "nobody who signs in sees it"


def test_who_is_left_out_is_known_again_by_a_key_of_before_too(settings: Settings, db: None) -> None:
    everything()
    LeftOut.keep(["nhs:9990000018"], since=date(2026, 11, 2))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    people = {"number": {"nhs_number": "999 000 0018"}}
    assert who_objected_before(people) == {"number"}
    settings.SECRET_KEY_FALLBACKS = []
    assert who_objected_before(people) == set()
