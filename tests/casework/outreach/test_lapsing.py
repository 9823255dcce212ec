"""What a release lets an agency see ends when nobody takes the person up, and nothing else of it ends."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.casework.offers.conftest import made
from tests.casework.outreach.asking import asker
from tests.casework.outreach.conftest import acting, admit, everything, flag_for, member

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NoLongerSeenError, NotFoundError
from alongside.casework.marm.views.concerns import raise_one
from alongside.casework.offers.commands.not_offering import record_not_offered
from alongside.casework.offers.commands.offering import record_offer
from alongside.casework.offers.rules.not_offered import NotOfferedWhy
from alongside.casework.offers.rules.offering import Kind
from alongside.casework.operations.running import tell_database
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.lapsing import let_releases_lapse
from alongside.casework.outreach.commands.working import finish_item, judge_item, put_back, record_attempt
from alongside.casework.outreach.jobs import expire_nightly
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.queries.doors import get_item
from alongside.casework.outreach.queries.lists import agreement_rates, manager_page
from alongside.casework.outreach.queries.pages import item_page
from alongside.casework.outreach.rules import (
    Priority,
    Result,
    Standing,
    State,
    Verdict,
    ends_with_flag,
    is_let_go,
    release_still_shows,
)
from alongside.casework.people.commands.emergencies import open_in_emergency
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.involvement import add_to_chronology, note_involvement
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.queries import OnlyInEmergencyError, person_page
from alongside.casework.people.queries.emergencies import emergency_people_of
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sources.models import Flag, Release

pytestmark = pytest.mark.django_db
LATER = timedelta(weeks=6, days=1)
TABLES = ("people_person", "people_reach where until is null", "outreach_workitem", "sources_flag")


def raw(actor: Actor, at: datetime | None = None) -> list[int]:
    """What SQL of one's own on the application's connection sees as an organisation."""
    seen = []
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(actor)
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")
            seen.append(int(cursor.fetchone()[0]))
    return seen


@pytest.fixture
def person(council: Organisation, release: Release, at: datetime) -> Person:
    """Somebody the council sees because of a release, and for no other reason."""
    everything()
    made = Person.admit(
        at=at, why=ReachWhy.RELEASED, known_as="Bee", surname="Ó Murchú", date_of_birth=date(1951, 3, 4)
    )
    Reach.give_many(
        [(made.id, council.id)], why=ReachWhy.RELEASED, at=at, about=release.id, purpose="early_help"
    )
    return made


@pytest.mark.proves("FIND-24", "ENABLE-24")
def test_after_a_flag_expires_raw_sql_of_the_agency_sees_no_row_of_the_person(
    item: WorkItem, worker: Actor, at: datetime
) -> None:
    assert raw(worker) == [1, 1, 1, 1]
    expire_nightly(at=at + timedelta(weeks=5))
    assert raw(worker) == [1, 1, 1, 1], "its time is not over"
    assert ": 1." in expire_nightly(at=at + LATER).words
    assert raw(worker) == [0, 0, 0, 0]
    event = AuditEvent.objects.get(code="person.reach_lapsed")
    assert (event.person_id, event.details["organisation"]) == (item.person_id, "Riverside Council")


def test_a_flag_that_never_came_on_a_list_ends_what_it_showed_too(
    flag: Flag, worker: Actor, at: datetime
) -> None:
    assert expire_nightly(at=at + LATER).words == "No flag had ended."
    assert raw(worker) == [0, 0, 0, 0]


def test_until_when_the_record_can_be_seen_is_said_before_and_afterwards(
    item: WorkItem, worker: Actor, peer: Actor, at: datetime
) -> None:
    assert item_page(actor=worker, item_id=item.id, at=at).ends_with_flag
    expire_nightly(at=at + LATER)
    for asked in (
        lambda: item_page(actor=worker, item_id=item.id, at=at + LATER),
        lambda: person_page(actor=worker, person_id=item.person_id, at=at + LATER),
    ):
        with pytest.raises(NoLongerSeenError, match="You could see this record until 15 December 2026"):
            asked()
    with pytest.raises(NotFoundError) as never:
        person_page(actor=peer, person_id=item.person_id, at=at + LATER)
    assert not isinstance(never.value, NoLongerSeenError), "who never saw them is told nothing"


def test_a_colleague_who_never_had_the_item_is_answered_as_if_there_were_none(
    item: WorkItem, council: Organisation, at: datetime
) -> None:
    expire_nightly(at=at + LATER)
    other = acting(member(council, "Lee Other", "practitioner"))
    with pytest.raises(NotFoundError) as told:
        get_item(actor=other, item_id=item.id)
    assert not isinstance(told.value, NoLongerSeenError)


def test_what_is_disagreed_with_and_closed_with_nothing_done_closes_at_once(
    item: WorkItem, worker: Actor, manager: Actor, at: datetime
) -> None:
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.DISAGREE, why="She moved away.")
    assert raw(worker) == [1, 1, 1, 1]
    finish_item(actor=worker, at=at, item_id=item.id, words="Nothing to do.")
    assert raw(worker) == [0, 0, 0, 0]
    rates = agreement_rates(actor=manager)
    assert len(rates.members) == 1, "the judgement still counts among those of its team"


@pytest.mark.parametrize("verdict", [None, Verdict.AGREE])
def test_what_is_put_back_to_nobody_closes_when_the_flags_time_is_over(
    item: WorkItem, worker: Actor, manager: Actor, at: datetime, verdict: Verdict | None
) -> None:
    if verdict:
        judge_item(actor=worker, at=at, item_id=item.id, verdict=verdict, why="I saw it.")
    put_back(actor=worker, at=at, item_id=item.id, why="I am her cousin.")
    expire_nightly(at=at)
    assert raw(worker) == [1, 1, 1, 1], "until then somebody else may take it"
    expire_nightly(at=at + LATER)
    assert raw(worker) == [0, 0, 0, 0]
    assert manager_page(actor=manager, at=at + LATER).expired == [("Contact team", 1)]


def test_what_somebody_works_on_stays_and_so_does_what_they_did(
    item: WorkItem, worker: Actor, at: datetime
) -> None:
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.DISAGREE, why="She moved away.")
    record_attempt(actor=worker, at=at, item_id=item.id, result=Result.SPOKE)
    assert not item_page(actor=worker, item_id=item.id, at=at).ends_with_flag
    finish_item(actor=worker, at=at, item_id=item.id, words="We spoke.")
    expire_nightly(at=at + LATER)
    assert raw(worker) == [1, 1, 1, 1]


def given_by_involvement(worker: Actor, manager: Actor, person: Person, at: datetime) -> None:
    note_involvement(actor=worker, at=at, person_id=person.id, how_often="weekly")


def given_by_a_concern(worker: Actor, manager: Actor, person: Person, at: datetime) -> None:
    everything()
    Reach.give(person_id=person.id, organisation_id=worker.member_of, why=ReachWhy.RAISED_CONCERN, at=at)


def given_by_an_entry(worker: Actor, manager: Actor, person: Person, at: datetime) -> None:
    add_to_chronology(
        actor=worker, at=at, person_id=person.id, happened_on=at.date(), kind="contact", words="Tea."
    )


def given_by_an_offer(worker: Actor, manager: Actor, person: Person, at: datetime) -> None:
    record_offer(actor=worker, at=at, person_id=person.id, made=made(offered_on=at.date()))


def given_by_what_was_not_offered(worker: Actor, manager: Actor, person: Person, at: datetime) -> None:
    record_not_offered(
        actor=worker, at=at, person_id=person.id, kind=Kind.CARE, what="Care", decided_on=at.date(),
        why=NotOfferedWhy.WAITING_LIST, words="A year.",
    )  # fmt: skip


def given_by_an_item_of_ones_own(worker: Actor, manager: Actor, person: Person, at: datetime) -> None:
    item = WorkItem.objects.get()
    judge_item(actor=manager, at=at, item_id=item.id, verdict=Verdict.DISAGREE, why="No.")
    everything()
    WorkItem.objects.filter(id=item.id).update(state=State.EXPIRED, assigned_to=None)
    raise_item(
        actor=worker, at=at, person_id=person.id, team_id=None, priority=Priority.TODAY, why="Worried."
    )


@pytest.mark.parametrize(
    "reason",
    [
        given_by_involvement,
        given_by_a_concern,
        given_by_an_entry,
        given_by_an_offer,
        given_by_what_was_not_offered,
        given_by_an_item_of_ones_own,
    ],
)
def test_another_reason_to_see_the_person_stands(
    item: WorkItem, person: Person, worker: Actor, manager: Actor, at: datetime, reason: Any
) -> None:
    reason(worker, manager, person, at)
    expire_nightly(at=at + LATER)
    assert person_page(actor=worker, person_id=person.id, at=at + LATER).person == person


def test_a_newer_release_lets_the_agency_see_them_until_its_own_flag_is_over(
    item: WorkItem, person: Person, council: Organisation, release: Release, worker: Actor, at: datetime
) -> None:
    everything()
    second = Release.objects.get(id=release.id)
    second.pk, second.policy, second._state.adding = None, "cold_homes/1", True
    second.save(force_insert=True)
    Reach.give_many(
        [(person.id, council.id)], why=ReachWhy.RELEASED, at=at, about=second.id, purpose="early_help"
    )
    flag_for(person, council, second, at + timedelta(weeks=3), expires_at=at + timedelta(weeks=9))
    expire_nightly(at=at + LATER)
    assert raw(worker)[0] == 1
    expire_nightly(at=at + timedelta(weeks=10))
    assert raw(worker)[0] == 0


def test_of_joined_records_only_what_the_release_gave_ends(
    item: WorkItem, person: Person, worker: Actor, manager: Actor, at: datetime
) -> None:
    own = admit(manager, at, known_as="Beatrice")
    merge_people(actor=manager, at=at, kept_id=own.id, absorbed_id=person.id, reason="One birthday.")
    expire_nightly(at=at + LATER)
    everything()
    assert set(Reach.objects.filter(until=None).values_list("person_id", "why")) == {
        (own.id, ReachWhy.RAISED_CONCERN), (person.id, ReachWhy.MERGED),
    }  # fmt: skip
    assert person_page(actor=worker, person_id=person.id, at=at + LATER).person == own


def test_an_emergency_opens_the_record_for_a_day_all_the_same(
    item: WorkItem, person: Person, worker: Actor, at: datetime
) -> None:
    expire_nightly(at=at + LATER)
    open_in_emergency(
        actor=worker, at=at + LATER, surname="Ó Murchú", date_of_birth=date(1951, 3, 4),
        reason="The neighbours hear her call and nobody opens the door.",
    )  # fmt: skip
    opened = emergency_people_of(
        user_id=worker.account, organisation_id=worker.member_of, at=at + LATER + timedelta(hours=1)
    )
    assert opened == {person.id}
    now = replace(worker, emergency_people=opened)
    assert person_page(actor=now, person_id=person.id, at=at + LATER).person == person
    assert raw(worker)[0] == 0, "and nobody else of the agency sees it"
    with pytest.raises(OnlyInEmergencyError, match="ask an agency that is involved"):
        raise_item(
            actor=now, at=at + LATER, person_id=person.id, team_id=None, priority=Priority.TODAY, why="Now."
        )
    page = asker(now)(raise_one, person_id=person.id)
    assert "nobody at your organisation can read what you write here" in page


def test_only_the_nights_work_looks_at_every_release(manager: Actor, at: datetime) -> None:
    with pytest.raises(NotAllowedError):
        let_releases_lapse(actor=manager, at=at)


def test_another_agencys_part_in_the_same_release_is_not_touched(
    item: WorkItem, person: Person, charity: Organisation, release: Release, peer: Actor, worker: Actor,
    at: datetime,
) -> None:  # fmt: skip
    everything()
    Reach.give_many(
        [(person.id, charity.id)], why=ReachWhy.RELEASED, at=at, about=release.id, purpose="early_help"
    )
    flag_for(person, charity, release, at)
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.DISAGREE, why="She moved away.")
    finish_item(actor=worker, at=at, item_id=item.id, words="Nothing to do.")
    assert raw(worker)[0] == 0
    assert raw(peer)[0] == 1


@pytest.mark.parametrize(
    ("standing", "let_go", "shows"),
    [
        (Standing(in_force=True, state=State.WAITING), False, True),
        (Standing(in_force=False, state=State.WAITING), True, False),
        (Standing(in_force=False, state=State.ASSIGNED), True, False),
        (Standing(in_force=False, state=State.PUT_BACK, verdict=Verdict.AGREE), True, False),
        (Standing(in_force=False, state=State.PUT_BACK, worked_on=True), False, True),
        (Standing(in_force=False, state=State.WAITING, raised=True), False, True),
        (Standing(in_force=False, state=State.JUDGED, verdict=Verdict.AGREE), False, True),
        (Standing(in_force=False, state=State.JUDGED, verdict=Verdict.UNSURE), False, True),
        (Standing(in_force=False, state=State.JUDGED, verdict=Verdict.DISAGREE), True, False),
        (Standing(in_force=True, state=State.JUDGED, verdict=Verdict.DISAGREE), False, True),
        (Standing(in_force=True, state=State.DONE, verdict=Verdict.DISAGREE), False, False),
        (Standing(in_force=True, state=State.DONE, verdict=Verdict.DISAGREE, worked_on=True), False, True),
        (Standing(in_force=True, state=State.DONE, verdict=Verdict.AGREE), False, True),
        (Standing(in_force=False, state=State.DONE, verdict=Verdict.AGREE), False, False),
        (Standing(in_force=False, state=State.DONE, verdict=Verdict.AGREE, worked_on=True), False, True),
        (Standing(in_force=False, state=State.EXPIRED), False, False),
        (Standing(in_force=False, state=State.EXPIRED, another_item=True), False, True),
        (Standing(in_force=False), False, False),
        (Standing(in_force=True), False, True),
    ],
)
def test_the_rule_of_when_an_item_and_a_release_end(standing: Standing, let_go: bool, shows: bool) -> None:
    assert (is_let_go(standing), release_still_shows(standing)) == (let_go, shows)


def test_what_would_end_with_the_flag_is_told_while_the_flag_is_in_force() -> None:
    assert ends_with_flag(Standing(in_force=True, state=State.ASSIGNED))
    assert not ends_with_flag(Standing(in_force=True, state=State.IN_HAND, worked_on=True))
    assert not ends_with_flag(Standing(in_force=False, state=State.ASSIGNED))


def test_the_page_of_an_item_asks_no_more_than_fifteen_queries(
    item: WorkItem, worker: Actor, at: datetime
) -> None:
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="I saw it.")
    record_attempt(actor=worker, at=at, item_id=item.id, result=Result.SPOKE)
    with CaptureQueriesContext(connection) as seen:
        item_page(actor=worker, item_id=item.id, at=at)
    asked = [
        each["sql"] for each in seen.captured_queries
        if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "select set_config"))
    ]  # fmt: skip
    assert len(asked) <= 13, "two more are the session and who asks:\n" + "\n".join(asked)
