"""Release: only the released come in, each to whom their route leads, on a basis in law."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.casework.people.conftest import somebody_at
from tests.casework.sources.conftest import POLICY, RUN, WHY, joined
from tests.casework.sources.releasing import TIERS, made_up, next_run, release, release_made_up

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation, Team
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.models import Person
from alongside.casework.people.queries import people_visible_to
from alongside.casework.sources import jobs
from alongside.casework.sources.commands import flags, releases
from alongside.casework.sources.jobs.people import to_ring
from alongside.casework.sources.models import Flag, Run
from alongside.casework.sources.queries import flags_visible_to, objecting, release_page
from alongside.casework.sources.queries.receiving import NobodyToReleaseError, WhoContactsError
from alongside.casework.sources.queries.withdrawing import WithdrawnAlreadyError
from alongside.casework.sources.rules import FLAG_LASTS, Cohort, OpenTo, ReasonTooShortError

pytestmark = pytest.mark.django_db


@pytest.mark.proves("FIND-01", "FIND-07")
def test_only_the_released_come_in_with_who_they_are_and_why_they_are_listed(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    listed = {each.insight_id: each for each in jobs.people_of(RUN, POLICY, TIERS)}
    made = release(approver, at, opened, council, together)
    tell_database(system_actor("the test"))
    people = {each.insight_id: each for each in Person.objects.all()}
    assert set(people) == set(listed)
    assert made.people == len(people) == sum(opened.tiers[POLICY][tier]["people"] for tier in TIERS)
    for insight_id, person in people.items():
        known = listed[insight_id].known
        assert {name: getattr(person, name) for name in known} == known
        flag = person.flags.get()
        assert flag.reasons == listed[insight_id].reasons != []
        assert all(each["words"] and each["source_title"] for each in flag.reasons)
        assert flag.expires_at == at + FLAG_LASTS
    event = AuditEvent.objects.get(code="sources.cohort_released")
    assert event.details["people"] == made.people
    assert not any(each.known["surname"] in str(event.details) for each in listed.values())


def test_names_and_postcodes_are_written_as_people_write_them_and_numbers_come_along(runs: Path) -> None:
    people = list(jobs.people_of(RUN, POLICY, TIERS))
    names = [each.known[name] for each in people for name in ("forename", "surname")]
    assert not any(len(name) > 1 and name in (name.lower(), name.upper()) for name in names)
    assert all(" " in each.known["postcode"] for each in people if each.known["postcode"])
    assert any(each.known["nhs_number"].startswith("999") for each in people)
    numbers = [each.known["telephone"] for each in people if each.known["telephone"]]
    assert numbers
    assert all(each.startswith("0") and len(each.replace(" ", "")) == 11 for each in numbers)  # can be rung


@pytest.mark.parametrize(
    ("written", "rung"),
    [
        ("01632 960001", "01632 960001"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("7700900123", "07700900123"),  # a spreadsheet took it for a whole number
        ("169772345", "0169772345"),
        ("0033142685300", "0033142685300"),
        ("", ""),
    ],
)
def test_a_number_is_rung_as_it_was_written_with_the_0_that_a_spreadsheet_took(
    written: str, rung: str
) -> None:
    assert to_ring(written) == rung


@pytest.mark.proves("FIND-08", "FIND-09")
def test_routes_decide_who_gets_a_flag_and_nobody_else_sees_the_person(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    release(approver, at, opened, council, together)
    tell_database(system_actor("the test"))
    routes = Counter(Flag.objects.values_list("route", "organisation__code"))
    wanted: Counter[str] = Counter()
    for tier in TIERS:
        wanted.update(opened.tiers[POLICY][tier]["routes"])
    assert routes == {
        ("contact_team", "riverside_together"): wanted["contact_team"],
        ("share_with_case_holder", "riverside_council"): wanted["share_with_case_holder"],
    }
    held = Flag.objects.get(route="share_with_case_holder")
    assert held.service in {"adult_social_care", "childrens_social_care", "housing_options"}
    for organisation in (council, together):
        worker = somebody_at(organisation, "practitioner")
        tell_database(worker)
        seen = set(people_visible_to(worker).values_list("id", flat=True))
        assert seen == set(flags_visible_to(worker).values_list("person_id", flat=True)) != set()
        assert Flag.objects.exclude(organisation=organisation).count() == 0


@pytest.mark.proves("FIND-09")
def test_whom_no_named_organisation_can_get_does_not_come_in_and_is_told(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    made = release(approver, at, opened, together)
    assert sum(made.not_given.values()) == 1
    assert set(made.not_given) <= {"adult_social_care", "childrens_social_care", "housing_options"}
    tell_database(system_actor("the test"))
    assert Person.objects.count() == made.people == Flag.objects.filter(organisation=together).count()


def test_the_basis_in_law_is_kept_as_the_pack_had_it_that_day(
    opened: Run, approver: Actor, together: Organisation, at: datetime, runs: Path
) -> None:
    made = release(approver, at, opened, together)
    assert made.basis["power"].startswith("Children Act 2004 s.10")
    assert (made.purpose, made.basis["dpia"], made.basis["article_6"]) == (
        "early_help",
        "DPIA-RIV-021",
        "6(1)(e)",
    )
    assert (made.approved_by, made.approved_by_name) == (approver.user_id, approver.name)


def test_of_two_contact_teams_one_must_be_named(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    Team.form(organisation=council, name="Contact", services=["contact_team"])
    with pytest.raises(WhoContactsError, match="Several"):
        release(approver, at, opened, council, together)
    with pytest.raises(WhoContactsError, match="one of those you chose"):
        release(approver, at, opened, together, contact=council)
    release(approver, at, opened, council, together, contact=council)
    tell_database(system_actor("the test"))
    assert set(Flag.objects.values_list("organisation__code", flat=True)) == {"riverside_council"}


@pytest.mark.proves("FIND-18")
def test_who_objects_is_not_released_though_a_run_found_them_and_is_counted(
    opened: Run, approver: Actor, together: Organisation, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_made_up(approver, at, opened, [made_up(1)], together)
    tell_database(system_actor("the test"))
    objects = Person.objects.get()
    monkeypatch.setattr(objecting, "OBJECTING", [lambda: {objects.id: at.date()}])
    again = next_run(opened, at)
    with pytest.raises(NobodyToReleaseError):
        release_made_up(approver, at, again, [made_up(1)], together)
    made = release_made_up(approver, at, again, [made_up(1), made_up(2)], together)
    assert (made.people, made.not_given) == (1, {"objected": 1})
    tell_database(system_actor("the test"))
    assert Flag.objects.filter(person=objects).count() == 1


def test_who_is_here_already_is_not_made_twice_and_keeps_what_they_told_us(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    release_made_up(approver, at, opened, [made_up(1)], together)
    tell_database(system_actor("the test"))
    Person.objects.get().tell(known_as="Queen Bee", telephone="01632 960001")
    later = at + timedelta(days=7)
    release_made_up(
        approver, later, next_run(opened, at), [made_up(1, telephone="01632 960999"), made_up(2)], together
    )
    tell_database(system_actor("the test"))
    here = Person.objects.get(insight_id=made_up(1).insight_id)
    assert (here.known_as, here.telephone) == ("Queen Bee", "01632 960001")
    assert (Person.objects.count(), here.flags.count(), here.reaches.count()) == (2, 2, 2)


def test_an_address_that_a_later_run_protects_is_protected_for_somebody_here_already_and_stays_so(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    lives = {"address": "7 Weir Court", "postcode": "ZX4 9QQ"}
    release_made_up(approver, at, opened, [made_up(1, **lives), made_up(2, **lives)], together)
    told, other = made_up(1, **lives, address_protected=True), made_up(2, **lives)
    release_made_up(approver, at, next_run(opened, at), [told, other], together)
    tell_database(system_actor("the test"))
    one, two = Person.objects.order_by("insight_id")
    assert (one.address_protected, one.version, two.address_protected) == (True, 2, False)
    event = AuditEvent.objects.get(code="sources.address_protected")
    assert (event.person_id, event.actor_name) == (one.id, approver.name)
    again = next_run(opened, at)
    release_made_up(approver, at, again, [made_up(1, **lives), other], together)
    tell_database(system_actor("the test"))
    one.refresh_from_db()
    assert (one.address_protected, one.version) == (True, 2), "no run takes it away"


def test_two_records_joined_here_get_one_flag_that_of_the_higher_rank(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    release_made_up(approver, at, opened, [made_up(1), made_up(2)], together)
    manager = somebody_at(together, "manager")
    tell_database(manager)
    first, second = Person.objects.order_by("insight_id")
    merge_people(actor=manager, at=at, kept_id=first.id, absorbed_id=second.id, reason="Same birthday.")
    made = release_made_up(approver, at, next_run(opened, at), [made_up(2), made_up(1)], together)
    tell_database(system_actor("the test"))
    flag = Flag.objects.get(release=made)
    assert (flag.person_id, flag.rank, made.people) == (first.id, 2, 1)


def test_somebody_open_to_services_of_two_agencies_goes_to_both_and_one_not_running_gets_nobody(
    opened: Run, approver: Actor, at: datetime
) -> None:
    adults = joined("adults", "Adults", "council", "adult_social_care")
    children = joined("children", "Children", "council", "childrens_social_care", "housing_options")
    held = (
        OpenTo("childrens_social_care", "Duty desk"),
        OpenTo("adult_social_care", "Team 2"),
        OpenTo("gone", ""),
    )
    person = made_up(1, route="strengthen_visit_priority", open_to=held)
    pack = area_pack()
    release_made_up(approver, at, opened, [person], adults, children)
    tell_database(system_actor("the test"))
    assert set(Flag.objects.values_list("organisation__code", "service", "worker")) == {
        ("adults", "adult_social_care", "Team 2"),
        ("children", "childrens_social_care", "Duty desk"),
    }
    paused = [each.model_copy(update={"running": False}) for each in pack.area.services]
    run = next_run(opened, at)
    with pytest.raises(NobodyToReleaseError):
        releases.release_cohort(
            actor=approver,
            at=at,
            pack=replace(pack, area=pack.area.model_copy(update={"services": paused})),
            run_id=run.id,
            policy=POLICY,
            tiers=["soon"],
            organisation_ids=[adults.id],
            reason=WHY,
            read=lambda *_: Cohort(run.manifest_hash, [person]),
        )


def test_formulas_and_markup_in_names_stay_words(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    nasty = "=cmd|'/c calc'!a1 <script>alert(1)</script>"
    release_made_up(approver, at, opened, [made_up(1, surname=nasty, known_as=nasty)], together)
    tell_database(system_actor("the test"))
    assert Person.objects.get().surname == nasty


@pytest.mark.proves("FIND-25")
def test_every_reason_that_lists_somebody_comes_with_what_can_be_offered(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    release(approver, at, opened, council, together)
    tell_database(system_actor("the test"))
    assert all(flag.responses for flag in Flag.objects.all())


def test_what_was_released_is_shown_in_counts_alone(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    made = release(approver, at, opened, council, together)
    page = release_page(actor=approver, release_id=made.id)
    assert page.organisations == ["Riverside Council", "Riverside Together"]
    assert sum(number for _, _, number in page.given) == made.people
    with pytest.raises(NotFoundError):
        release_page(actor=approver, release_id=UUID(int=0))


def test_a_flag_withdrawn_takes_what_could_be_seen_with_it(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    release_made_up(approver, at, opened, [made_up(1)], together)
    tell_database(system_actor("the test"))
    flag = Flag.objects.get()
    worker = somebody_at(together, "practitioner")
    later = at + timedelta(hours=1)
    which: dict[str, Any] = {"at": later, "release_id": flag.release_id, "tier": "soon", "rank": flag.rank}
    with pytest.raises(ReasonTooShortError):
        flags.withdraw_flag(actor=approver, why=" ", **which)
    with pytest.raises(NotAllowedError):
        flags.withdraw_flag(actor=worker, why="Wrong person", **which)
    flags.withdraw_flag(actor=approver, why="The source was wrong.", **which)
    tell_database(worker)
    assert people_visible_to(worker).count() == Flag.objects.count() == 0
    with pytest.raises(WithdrawnAlreadyError):
        flags.withdraw_flag(actor=approver, why="Again", **which)
    with pytest.raises(NotFoundError):
        flags.withdraw_flag(actor=approver, why="None such", **which | {"rank": flag.rank + 1})
    event = AuditEvent.objects.get(code="sources.flag_withdrawn")
    assert event.person_id == flag.person_id


def test_a_flag_stands_until_it_expires(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    release_made_up(approver, at, opened, [made_up(1)], together)
    worker = somebody_at(together, "contact_worker")
    tell_database(worker)
    assert flags_visible_to(worker).standing_at(at).count() == 1
    assert flags_visible_to(worker).standing_at(at + FLAG_LASTS).count() == 0
