"""Who comes on which list, who gets what, who covers for whom, and what happens to what nobody acts on."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests.casework.outreach.conftest import acting, admit, everything, flag_for, member

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Absence, Membership, Organisation, Team
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach.commands.distributing import (
    NoReasonError,
    NothingToDistributeError,
    OnTheListAlreadyError,
    distribute_flags,
    prioritise_item,
    raise_item,
)
from alongside.casework.outreach.commands.giving import (
    AskedAlreadyError,
    AwayError,
    LacksSkillError,
    NothingToGiveError,
    TheirsAlreadyError,
    answer_hand_over,
    assign_item,
    cover_everything,
    offer_item,
    plan_team_week,
)
from alongside.casework.outreach.commands.lapsing import NothingExpiredError, expire_items
from alongside.casework.outreach.commands.working import judge_item
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.rules import (
    Priority,
    State,
    Verdict,
)
from alongside.casework.outreach.rules.week import (
    Waiting,
    place,
)
from alongside.casework.people.models import Person
from alongside.casework.sources.models import Flag, Release

pytestmark = pytest.mark.django_db


@pytest.mark.proves("FIND-13")
def test_a_flag_of_somebody_open_to_nobody_goes_to_the_contact_team(
    flag: Flag, team: Team, manager: Actor, at: datetime
) -> None:
    done = distribute_flags(actor=manager, at=at, release_id=flag.release_id)
    everything()
    item = WorkItem.objects.get()
    assert (done.made, item.team, item.state, item.assigned_to) == (1, team, State.WAITING, None)
    with pytest.raises(NothingToDistributeError):
        distribute_flags(actor=manager, at=at, release_id=flag.release_id)


@pytest.mark.proves("FIND-09")
def test_a_flag_of_somebody_open_to_a_service_goes_to_who_holds_the_case_there(
    person: Person, council: Organisation, release: Release, manager: Actor, at: datetime
) -> None:
    options = Team.form(organisation=council, name="Housing options", services=["housing_options"])
    holder = member(council, "Rosa Lind", "practitioner", team=options)
    other = admit(manager, at, known_as="Cy")
    for each, worker, rank in ((person, "rosa lind", 1), (other, "Nobody Here", 2)):
        flag_for(
            each, council, release, at, rank=rank, route="share_with_case_holder", service="housing_options",
            worker=worker,
        )  # fmt: skip
    done = distribute_flags(actor=manager, at=at, release_id=release.id)
    everything()
    hers, teams = WorkItem.objects.get(person=person), WorkItem.objects.get(person=other)
    assert (hers.assigned_to, hers.team, hers.state) == (holder, options, State.ASSIGNED)
    assert (teams.assigned_to, teams.team, teams.state) == (None, options, State.WAITING)
    assert (done.made, done.to_case_holders, done.without_team) == (2, 1, 0)


def test_a_case_holder_who_is_away_is_covered_and_a_name_that_two_have_is_nobodys(
    person: Person, council: Organisation, release: Release, ben: Membership, manager: Actor, at: datetime
) -> None:
    away = member(council, "Rosa Lind", "practitioner")
    Absence.begin(membership=away, on=at.date(), until=None, cover=ben)
    flag_for(person, council, release, at, route="share_with_case_holder", service="x", worker="Rosa Lind")
    distribute_flags(actor=manager, at=at, release_id=release.id)
    everything()
    assert WorkItem.objects.get().assigned_to == ben


@pytest.mark.parametrize("at_work", [False, True])
def test_a_flag_is_not_given_to_a_case_holder_or_cover_who_could_not_open_it(
    person: Person, council: Organisation, release: Release, manager: Actor, at: datetime, at_work: bool
) -> None:
    analyst = member(council, "Lena Marsh", "data_analyst")
    holder = member(council, "Rosa Lind", "practitioner")
    Absence.begin(membership=holder, on=at.date(), until=None, cover=analyst)
    named = analyst if at_work else holder
    flag_for(
        person, council, release, at, route="share_with_case_holder", service="x", worker=named.user.name
    )
    assert distribute_flags(actor=manager, at=at, release_id=release.id).to_case_holders == 0
    everything()
    assert (WorkItem.objects.get().assigned_to, WorkItem.objects.get().state) == (None, State.WAITING)


def test_a_flag_no_team_runs_the_service_for_is_counted_and_waits_for_the_manager(
    person: Person, council: Organisation, release: Release, manager: Actor, at: datetime
) -> None:
    flag_for(person, council, release, at, route="strengthen_visit_priority", service="adult_social_care")
    assert distribute_flags(actor=manager, at=at, release_id=release.id).without_team == 1


@pytest.mark.proves("FIND-08")
def test_a_professionals_priority_and_a_flag_are_one_item_and_come_before_flags_alone(
    flag: Flag, council: Organisation, worker: Actor, manager: Actor, at: datetime, team: Team
) -> None:
    other = admit(worker, at, known_as="Cy")
    flag_for(other, council, flag.release, at, rank=2)
    raised = raise_item(
        actor=worker, at=at, person_id=other.id, team_id=team.id, priority=Priority.TODAY, why="No heating."
    )
    done = distribute_flags(actor=manager, at=at, release_id=flag.release_id)
    everything()
    raised.refresh_from_db()
    assert (done.made, done.joined) == (1, 1)
    assert raised.flag is not None
    assert raised.flag.person == other
    team.capacity_per_week = 1
    team.save()
    plan = plan_team_week(actor=manager, at=at, team_id=team.id)
    assert list(plan.given) == [raised.id]
    assert list(plan.left.values()) == ["The team has no more room this week."]


def test_the_weeks_room_is_used_once(
    flag: Flag, item: WorkItem, council: Organisation, manager: Actor, at: datetime, team: Team
) -> None:
    flag_for(admit(manager, at, known_as="Cy"), council, flag.release, at, rank=2)
    distribute_flags(actor=manager, at=at, release_id=flag.release_id)
    team.capacity_per_week = 1
    team.save()
    assert plan_team_week(actor=manager, at=at, team_id=team.id).given == {}
    later = plan_team_week(actor=manager, at=at + timedelta(days=7), team_id=team.id)
    assert len(later.given) == 1
    with pytest.raises(NothingToGiveError):
        plan_team_week(actor=manager, at=at, team_id=team.id)


def test_a_flag_of_a_record_merged_into_another_is_on_the_list_of_the_person_once(
    flag: Flag, person: Person, council: Organisation, manager: Actor, at: datetime
) -> None:
    from alongside.casework.people.commands.identity import merge_people

    twin = admit(manager, at, known_as="Bea")
    flag_for(twin, council, flag.release, at, rank=2)
    merge_people(actor=manager, at=at, kept_id=person.id, absorbed_id=twin.id, reason="One birthday.")
    done = distribute_flags(actor=manager, at=at, release_id=flag.release_id)
    everything()
    assert (done.made, done.in_hand_already) == (1, 1)
    assert WorkItem.objects.get().person == person


def test_expired_and_withdrawn_flags_and_those_of_other_organisations_are_not_put_on_lists(
    flag: Flag, charity: Organisation, person: Person, manager: Actor, peer: Actor, at: datetime
) -> None:
    with pytest.raises(NothingToDistributeError):
        distribute_flags(actor=manager, at=at + timedelta(weeks=6), release_id=flag.release_id)
    theirs = acting(member(charity, "Mo Lee", "manager"))
    with pytest.raises(NothingToDistributeError):
        distribute_flags(actor=theirs, at=at, release_id=flag.release_id)
    with pytest.raises(NotAllowedError):
        distribute_flags(actor=peer, at=at, release_id=flag.release_id)


def test_raising_needs_a_reason_and_a_person_one_may_see_who_is_not_on_the_list(
    person: Person, worker: Actor, peer: Actor, at: datetime
) -> None:
    asked = {"at": at, "person_id": person.id, "team_id": None, "priority": Priority.ROUTINE}
    with pytest.raises(NoReasonError):
        raise_item(actor=worker, why=" ", **asked)
    with pytest.raises(NotFoundError):
        raise_item(actor=peer, why="Worried.", **asked)
    raise_item(actor=worker, why="Worried.", **asked)
    with pytest.raises(OnTheListAlreadyError):
        raise_item(actor=worker, why="Worried.", **asked)


def test_a_professional_says_how_soon_a_flagged_item_should_be(
    item: WorkItem, worker: Actor, at: datetime
) -> None:
    made = prioritise_item(actor=worker, at=at, item_id=item.id, priority=Priority.TODAY, why="She rang.")
    assert (made.priority, made.raised_by, made.flag_id) == (1, "Asha Patel", item.flag_id)


def test_nothing_is_given_to_who_left_or_is_away_and_cover_gets_it(
    item: WorkItem, ben: Membership, asha: Membership, manager: Actor, at: datetime
) -> None:
    away = Absence.begin(membership=ben, on=at.date(), until=None, cover=None)
    with pytest.raises(AwayError):
        assign_item(actor=manager, at=at, item_id=item.id, member_id=ben.id)
    cover = member(ben.organisation, "Cover Person", "practitioner", team=ben.team)
    away.cover = cover
    away.save()
    assert assign_item(actor=manager, at=at, item_id=item.id, member_id=ben.id).assigned_to == cover
    ben.end(on=at.date())
    with pytest.raises(NotFoundError, match="have left"):
        assign_item(actor=manager, at=at, item_id=item.id, member_id=ben.id)
    with pytest.raises(TheirsAlreadyError):
        assign_item(actor=manager, at=at, item_id=item.id, member_id=cover.id)


def test_what_needs_a_skill_goes_to_who_has_it(
    person: Person, team: Team, asha: Membership, ben: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    made = raise_item(
        actor=worker, at=at, person_id=person.id, team_id=team.id, priority=Priority.TODAY,
        why="Speaks Welsh.", skills=["welsh"],
    )  # fmt: skip
    with pytest.raises(LacksSkillError, match="welsh"):
        assign_item(actor=manager, at=at, item_id=made.id, member_id=asha.id)
    assert plan_team_week(actor=manager, at=at, team_id=team.id).given == {made.id: ben.id}


def test_a_hand_over_waits_for_a_yes_and_a_no_has_a_reason(
    item: WorkItem, asha: Membership, ben: Membership, worker: Actor, at: datetime
) -> None:
    bens = acting(ben)
    offer_item(actor=worker, at=at, item_id=item.id, member_id=ben.id, why="He knows her.")
    with pytest.raises(AskedAlreadyError):
        offer_item(actor=worker, at=at, item_id=item.id, member_id=ben.id, why="He knows her.")
    with pytest.raises(NotAllowedError):
        answer_hand_over(actor=worker, at=at, item_id=item.id, accepted=True)
    with pytest.raises(Exception, match="why not"):
        answer_hand_over(actor=bens, at=at, item_id=item.id, accepted=False)
    answer_hand_over(actor=bens, at=at, item_id=item.id, accepted=False, why="I am her neighbour.")
    everything()
    assert WorkItem.objects.get().assigned_to == asha
    offer_item(actor=worker, at=at, item_id=item.id, member_id=ben.id, why="Nobody else.")
    answer_hand_over(actor=bens, at=at, item_id=item.id, accepted=True)
    everything()
    assert WorkItem.objects.get().assigned_to == ben
    with pytest.raises(NotFoundError):
        answer_hand_over(actor=bens, at=at, item_id=item.id, accepted=True)


def test_who_was_asked_takes_nothing_over_that_was_given_to_somebody_meanwhile(
    item: WorkItem, ben: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    rosa = member(ben.organisation, "Rosa Lind", "practitioner", team=ben.team)
    offer_item(actor=worker, at=at, item_id=item.id, member_id=ben.id, why="I am full")
    assign_item(actor=manager, at=at, item_id=item.id, member_id=rosa.id)
    with pytest.raises(NotFoundError):
        answer_hand_over(actor=acting(ben), at=at + timedelta(days=60), item_id=item.id, accepted=True)
    everything()
    assert WorkItem.objects.get().assigned_to == rosa
    offer_item(actor=acting(rosa), at=at, item_id=item.id, member_id=ben.id, why="He knows her.")
    answer_hand_over(actor=acting(ben), at=at, item_id=item.id, accepted=True)


def test_another_is_asked_where_who_was_asked_has_left(
    item: WorkItem, ben: Membership, worker: Actor, at: datetime
) -> None:
    rosa = member(ben.organisation, "Rosa Lind", "practitioner", team=ben.team)
    offer_item(actor=worker, at=at, item_id=item.id, member_id=ben.id, why="I am full")
    ben.end(on=at.date() + timedelta(days=1))
    later = at + timedelta(days=2)
    offer_item(actor=worker, at=later, item_id=item.id, member_id=rosa.id, why="Ben left")
    answer_hand_over(actor=acting(rosa), at=later, item_id=item.id, accepted=True)
    everything()
    assert WorkItem.objects.get().assigned_to == rosa


def test_why_somebody_was_put_on_the_list_stays_when_a_colleague_says_how_soon(
    person: Person, worker: Actor, ben: Membership, team: Team, at: datetime
) -> None:
    item = raise_item(
        actor=worker, at=at, person_id=person.id, team_id=team.id, priority=Priority.ROUTINE,
        why="Her son takes her pension card.",
    )  # fmt: skip
    prioritise_item(actor=acting(ben), at=at, item_id=item.id, priority=Priority.TODAY, why="She rang.")
    everything()
    now = WorkItem.objects.get(id=item.id)
    assert (now.priority, now.raised_by, now.raised_why) == (
        Priority.TODAY,
        worker.name,
        "Her son takes her pension card.",
    )
    assert [(each.by_name, each.words) for each in now.notes.all()] == [("Ben Okoro", "She rang.")]


@pytest.mark.proves("FIND-02")
def test_everything_of_an_absent_member_goes_to_another_with_one_event_each(
    item: WorkItem, asha: Membership, ben: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    second = raise_item(
        actor=worker, at=at, person_id=admit(worker, at, known_as="Cy").id, team_id=None,
        priority=Priority.TODAY, why="Worried.",
    )  # fmt: skip
    assign_item(actor=manager, at=at, item_id=second.id, member_id=asha.id)
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="I know of it.")
    assert cover_everything(actor=manager, at=at, away_id=asha.id, to_id=ben.id) == 2
    everything()
    assert {(each.assigned_to, each.state) for each in WorkItem.objects.all()} == {
        (ben, State.JUDGED), (ben, State.ASSIGNED),
    }  # fmt: skip
    assert AuditEvent.objects.filter(code="outreach.item_covered").count() == 2
    with pytest.raises(NothingToGiveError):
        cover_everything(actor=manager, at=at, away_id=asha.id, to_id=ben.id)


def test_all_of_it_moves_or_none(
    item: WorkItem, asha: Membership, ben: Membership, gwen: Membership, manager: Actor, at: datetime
) -> None:
    second = raise_item(
        actor=manager, at=at, person_id=admit(manager, at, known_as="Cy").id, team_id=None,
        priority=Priority.TODAY, why="Speaks Welsh.", skills=["welsh"],
    )  # fmt: skip
    assign_item(actor=manager, at=at, item_id=second.id, member_id=ben.id)
    cover_everything(actor=manager, at=at, away_id=asha.id, to_id=ben.id)
    with pytest.raises(LacksSkillError):
        cover_everything(actor=manager, at=at, away_id=ben.id, to_id=gwen.id)
    everything()
    assert {each.assigned_to for each in WorkItem.objects.all()} == {ben}
    Absence.begin(membership=gwen, on=at.date(), until=None, cover=ben)
    with pytest.raises(AwayError):
        cover_everything(actor=manager, at=at, away_id=ben.id, to_id=gwen.id)


@pytest.mark.proves("FIND-24")
def test_a_flag_nobody_acted_on_expires_and_one_somebody_judged_does_not(
    flag: Flag, item: WorkItem, council: Organisation, worker: Actor, manager: Actor, at: datetime
) -> None:
    second = flag_for(admit(worker, at, known_as="Cy"), council, flag.release, at, rank=2)
    distribute_flags(actor=manager, at=at, release_id=flag.release_id)
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.UNSURE, why="I do not know her.")
    nightly = system_actor("nightly expiry")
    with pytest.raises(NothingExpiredError):
        expire_items(actor=nightly, at=at)
    assert expire_items(actor=nightly, at=at + timedelta(weeks=6)) == 1
    everything()
    assert WorkItem.objects.get(flag=second).state == State.EXPIRED
    assert WorkItem.objects.get(flag=flag).state == State.JUDGED


def test_an_item_of_another_organisation_is_answered_like_a_missing_one(
    item: WorkItem, peer: Actor, at: datetime
) -> None:
    said = set()
    for item_id in (item.id, uuid4()):
        with pytest.raises(NotFoundError) as answer:
            judge_item(actor=peer, at=at, item_id=item_id, verdict=Verdict.AGREE, why="Yes.")
        said.add(str(answer.value))
    assert len(said) == 1


@pytest.mark.proves("FIND-05", "FIND-08")
def test_the_database_puts_a_list_in_the_order_of_the_rules(
    council: Organisation, release: Release, worker: Actor, manager: Actor, at: datetime
) -> None:
    for number, (tier, rank) in enumerate([("soon", 2), ("later", 1), ("soon", 1), ("soon", 30)]):
        flag_for(admit(worker, at, known_as=f"Ada {number}"), council, release, at, tier=tier, rank=rank)
    distribute_flags(actor=manager, at=at, release_id=release.id)
    for number, priority in enumerate(
        [Priority.ROUTINE, Priority.TODAY, Priority.THIS_WEEK, Priority.ROUTINE]
    ):
        raise_item(
            actor=worker, at=at - timedelta(days=number), team_id=None, priority=priority, why="Cold at home",
            person_id=admit(worker, at, known_as=f"Bo {number}").id,
        )  # fmt: skip
    everything()
    items = list(WorkItem.objects.select_related("flag"))
    by_rule = sorted(
        items,
        key=lambda each: place(
            Waiting(
                each.id, each.made_at, each.priority, each.tier_place, each.flag.rank if each.flag else None
            )
        ),
    )
    assert len(items) == 8
    assert [each.id for each in WorkItem.objects.all().in_order()] == [each.id for each in by_rule]
    later, today = by_rule[0], at.date()
    WorkItem.objects.filter(id=later.id).update(try_next_on=today + timedelta(days=1))
    WorkItem.objects.filter(id=by_rule[1].id).update(try_next_on=today)
    assert [each.id for each in WorkItem.objects.all().in_order(today=today)] == [
        *(each.id for each in by_rule[1:]),
        later.id,
    ]
