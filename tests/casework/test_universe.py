"""The named universe is made by commands alone, and its people are seen by those who should see them."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings
from tools.services import FROM_THE_PACK, OWN_NEEDS, SERVICES
from tools.universe import actor_for, make_universe, offer_to_released, release

from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.verification import verify_chain
from alongside.casework.directory import presenters as directory
from alongside.casework.directory.models import Service
from alongside.casework.directory.queries import needs, search_services
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach.presenters.talks import looked_for
from alongside.casework.people.models import Person, Whole
from alongside.casework.people.queries import person_page, search_people

pytestmark = pytest.mark.django_db


def test_the_universe_holds_together(at: datetime) -> None:
    universe = make_universe(at=at)
    bee = universe.people["Bee"]
    for name, sees in (("Asha Patel", True), ("Dee Marsh", True), ("Tom Reilly", True), ("Kit Lowe", False)):
        actor = actor_for(universe, name, on=at.date())
        if sees:
            page = person_page(actor=actor, person_id=bee, at=at)
            assert page.person.known_as == "Bee"
            assert {entry.organisation.name for entry in page.chronology} >= {"Riverside Council"}
        else:
            with pytest.raises(NotFoundError):
                person_page(actor=actor, person_id=bee, at=at)
    assert not search_people(actor=actor_for(universe, "Tom Reilly", on=at.date()), words="Amina").people
    assert verify_chain().problems == []
    assert AuditEvent.objects.count() > 50


def test_a_demonstration_releases_a_run_and_has_offered_something_to_each_of_its_people(
    at: datetime, borough: Path, settings: Settings
) -> None:
    """What ``make demo`` does; whoever was given for another purpose is offered something for that one."""
    settings.RUNS_FOLDER = borough / "runs"
    universe = make_universe(at=at)
    released = release(universe, "2026-11-01", at=at)
    assert 0 < offer_to_released(universe, at=at) <= released


def test_a_conversation_with_bee_finds_services_near_her_and_says_whether_they_run(at: datetime) -> None:
    universe = make_universe(at=at)
    asha = actor_for(universe, "Asha Patel", on=at.date())
    begun_with = looked_for(Whole((Person.objects.get(id=universe.people["Bee"]),)), at.date())
    results = search_services(actor=asha, at=at, **begun_with)
    shown = directory.results_shown(results, at, asked_for_a_time=False)
    assert len(shown.rows) == len(SERVICES) == len(universe.services)
    assert not shown.warnings
    assert shown.rows[0].distance
    assert len({row.provider for row in shown.rows}) == 4
    assert {row.running.words for row in shown.rows} == {"Open now", "Not open now", "Closed for now"}
    assert [row.name for row in shown.rows if row.running.words == "Closed for now"] == [
        "Mill Lane Family Hub"
    ]
    assert [row.name for row in shown.rows if row.stale] == ["Small Hours Line"]


def test_what_services_help_with_is_said_as_the_area_pack_says_it_and_each_need_is_met(at: datetime) -> None:
    universe = make_universe(at=at)
    lena = actor_for(universe, "Lena Novak", on=at.date())
    titles = {area_pack().response(code).title for code in FROM_THE_PACK}
    assert {name for _, name in needs(actor=lena)} == titles | {name for name, _ in OWN_NEEDS.values()}
    met = Service.objects.filter(attributes__term__taxonomy__feed=None).values_list("attributes__term__name")
    assert {name for (name,) in met} == {name for _, name in needs(actor=lena)}
    kept_by = Service.objects.values_list("name", "organization__member__code")
    assert dict(kept_by)["Debt and Benefits Advice"] == "money_matters"


def test_no_service_of_the_directory_could_be_rung_up_or_written_to() -> None:
    drama = re.compile(r"01632 960\d{3}|020 7946 0\d{3}|07700 900\d{3}|0808 157 0\d{3}")
    for entry in (seed.entry for seed in SERVICES):
        assert drama.fullmatch(entry.telephone), entry.name
        assert not entry.email or entry.email.endswith("@example.org")
        assert not entry.url or entry.url.endswith(".example.org")
        assert entry.place is None or entry.place.postal_code.startswith("ZX")
