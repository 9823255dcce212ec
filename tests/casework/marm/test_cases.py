"""Concerns, cases and who leads: who may, what is kept, and that nothing is changed or seen by others."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, asked, see_all
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.asking import OneAlreadyError, ask_for_case, decline_case, open_case
from alongside.casework.marm.commands.concerning import (
    UnsaidError,
    ask_about_domestic_abuse,
    ask_three_limbs,
    ask_with_tool,
    note_what_came,
    raise_concern,
    send_onward,
)
from alongside.casework.marm.commands.leading import accept_lead, ask_to_lead, decline_lead
from alongside.casework.marm.models import Case, Lead
from alongside.casework.marm.presenters.cases import case_shown, evidence_shown
from alongside.casework.marm.queries.cases import case_page, cases_page, who_could
from alongside.casework.marm.queries.concerns import concerns_page, evidence_of
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.today import Waits, waiting_in_cases
from alongside.casework.marm.rules.criteria import Answer as CriterionIs
from alongside.casework.marm.rules.criteria import Answered, Fits
from alongside.casework.marm.rules.onward import Came
from alongside.casework.marm.rules.screening import DomesticAbuse, Limb, Said
from alongside.casework.marm.rules.stages import Stage, Told
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.involvement import add_to_chronology, note_involvement
from alongside.casework.people.commands.records import note_contact
from alongside.casework.people.models import Reach
from alongside.casework.people.queries.telling import ToldAgainstTheirWishError
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.rules.choices import Answer as ChoiceAnswer
from alongside.casework.sharing.rules.choices import Statement, Topic

pytestmark = pytest.mark.django_db


def why_cases_wait(actor: Actor) -> list[Waits]:
    return [each.waits for each in waiting_in_cases(actor=actor, day=timezone.localdate()).cases]


def last() -> AuditEvent:
    event = AuditEvent.objects.order_by("sequence").last()
    assert event is not None
    return event


@pytest.mark.proves("MARM-66")
def test_concerns_of_several_agencies_are_seen_to_add_up_and_the_words_stay_with_who_wrote_them(
    who: AnActor, bee: UUID, now: datetime
) -> None:
    asha, dee = who("Asha Patel"), who("Dee Marsh")
    raise_concern(actor=dee, at=now, person_id=bee, words="Flies at the window, and post on the mat.")
    alone = concerns_page(actor=dee, person_id=bee, at=now)
    ours = len(alone.concerns)
    raise_concern(actor=asha, at=now, person_id=bee, words="She did not open again.")
    page = concerns_page(actor=asha, person_id=bee, at=now)
    assert page.adding_up is not None
    assert {"Been There (peer support)", "Riverside Council"} <= set(page.adding_up.agencies)
    assert "Flies" not in " ".join(each.words for each in page.concerns)
    assert sum(each.agency.startswith("Been There") for each in page.of_others) == ours
    assert last().code == "marm.concerns_seen"


def test_a_concern_says_something_about_somebody_within_reach(who: AnActor, bee: UUID, now: datetime) -> None:
    with pytest.raises(UnsaidError):
        raise_concern(actor=who("Asha Patel"), at=now, person_id=bee, words=" \n")
    with pytest.raises(NotFoundError):
        raise_concern(actor=who("Asha Patel"), at=now, person_id=uuid4(), words="Somebody else")
    with pytest.raises(NotAllowedError):
        raise_concern(actor=who("Noor Aziz"), at=now, person_id=bee, words="Not mine to see")


@pytest.mark.proves("MARM-57", "MARM-58", "MARM-59")
def test_several_processes_are_asked_about_and_each_leads_on_by_itself(
    who: AnActor, bee: UUID, now: datetime
) -> None:
    asha = who("Asha Patel")
    concern = raise_concern(actor=asha, at=now, person_id=bee, words="He shouts at her and takes her money.")
    limbs = dict.fromkeys(Limb, Said.NOT_KNOWN) | {Limb.ABUSE: Said.YES}
    shared: dict[str, Any] = {
        "actor": asha, "at": now, "person_id": bee, "words": "What Dee saw", "concern_id": concern.id,
    }  # fmt: skip
    safeguarding = ask_three_limbs(forum="safeguarding", limbs=limbs, **shared)
    marac = ask_about_domestic_abuse(forum="marac", known=DomesticAbuse(count=4, judgement=True), **shared)
    tool = ask_with_tool(forum="exploitation", answers={"money": Said.YES}, **shared)
    assert (safeguarding.leads_on, marac.leads_on, tool.leads_on) == (True, True, False)
    assert marac.because == ["judgement"]
    assert tool.answers["errands"] == "not_known"
    with pytest.raises(UnsaidError):
        ask_three_limbs(forum="safeguarding", limbs={Limb.ABUSE: Said.YES}, **shared)
    with pytest.raises(NotFoundError):
        ask_with_tool(forum="safeguarding", answers={}, **shared)
    with pytest.raises(NotFoundError):
        ask_three_limbs(forum="no_such", limbs=limbs, **shared)


@pytest.mark.proves("MARM-56")
def test_what_is_sent_on_waits_until_what_came_is_noted_once(who: AnActor, bee: UUID, now: datetime) -> None:
    asha, today = who("Asha Patel"), timezone.localdate(now)
    given: dict[str, Any] = {"actor": asha, "at": now, "person_id": bee, "forum": "safeguarding"}
    with pytest.raises(UnsaidError):
        send_onward(why="Neglect", sent_to="MASH", sent_on=today + timedelta(days=1), **given)
    sent = send_onward(why="Neglect", sent_to="MASH", sent_on=today, **given)
    send_onward(why="Fire", sent_to="Fire service", sent_on=today, **given | {"forum": "fire_safety"})
    noted: dict[str, Any] = {"actor": asha, "at": now, "person_id": bee, "onward_id": sent.id, "on": today}
    note_what_came(came=Came.TAKEN_ON, words="An enquiry begins.", **noted)
    note_what_came(came=Came.ENDED, words="She is safe, and says so.", **noted)
    with pytest.raises(AlreadyDoneError):
        note_what_came(came=Came.NOT_TAKEN_ON, words="No", **noted)
    with pytest.raises(NotFoundError):
        note_what_came(came=Came.ENDED, words="Mine?", **noted | {"actor": who("Dee Marsh")})
    page = concerns_page(actor=asha, person_id=bee, at=now)
    assert [each.came for each in page.onward if each.sent_at == now] == ["", "ended"]


@pytest.mark.proves("MARM-15", "MARM-10")
def test_whoever_asks_acts_and_the_co_ordinator_answers_with_a_reason(
    who: AnActor, bee: UUID, case: Case, now: datetime
) -> None:
    asha, mair = who("Asha Patel"), who("Mair Pugh")
    page = case_page(actor=asha, case_id=case.id)
    assert page.leading.acting is not None
    assert page.leading.acting.member.user_id == asha.user_id
    assert page.leading.lead is None
    assert (case.criteria_set, case.fits) == ("riverside/1", Fits.NOT_KNOWN)
    assert page.answers["serious_harm_no_plan"].evidence == "Two falls this year"
    assert page.answer_by is not None
    assert why_cases_wait(mair) == [Waits.TO_ANSWER]
    with pytest.raises(NotAllowedError):
        open_case(actor=asha, at=now, case_id=case.id, why="I say so")
    with pytest.raises(UnsaidError):
        open_case(actor=mair, at=now, case_id=case.id, why=" ")
    opened = open_case(actor=mair, at=now, case_id=case.id, why="Three agencies, and no plan.")
    assert opened.stage == Stage.OPEN
    with pytest.raises(AlreadyDoneError):
        decline_case(actor=mair, at=now, case_id=case.id, why="No", advice="None", route="safeguarding")
    assert why_cases_wait(mair) == [Waits.WITHOUT_LEAD]
    assert why_cases_wait(asha) == [Waits.WITHOUT_LEAD]


@pytest.mark.proves("MARM-10")
def test_a_decline_has_a_reason_advice_and_a_way_to_go_and_it_can_be_asked_again(
    who: AnActor, bee: UUID, case: Case, now: datetime
) -> None:
    mair, asha = who("Mair Pugh"), who("Asha Patel")
    given: dict[str, Any] = {"actor": mair, "at": now, "case_id": case.id, "why": "One agency can do it."}
    with pytest.raises(UnsaidError):
        decline_case(advice="", route="care_act_assessment", **given)
    with pytest.raises(NotFoundError):
        decline_case(advice="Ask again in spring", route="nowhere", **given)
    declined = decline_case(advice="Offer an assessment again.", route="care_act_assessment", **given)
    assert (declined.stage, declined.route) == (Stage.DECLINED, "care_act_assessment")
    assert leading_now(declined).acting is None
    again = ask_for_case(actor=asha, at=now, person_id=bee, asked=asked())
    assert again.stage == Stage.ASKED


def test_there_is_one_case_at_a_time_also_for_an_agency_that_does_not_see_it(
    who: AnActor, bee: UUID, case: Case, now: datetime
) -> None:
    for name in ("Asha Patel", "Dee Marsh"):
        with pytest.raises(OneAlreadyError):
            ask_for_case(actor=who(name), at=now, person_id=bee, asked=asked())
    with pytest.raises(NotFoundError):
        case_page(actor=who("Dee Marsh"), case_id=case.id)


@pytest.mark.parametrize(
    "missing",
    [{"wanted": ""}, {"strengths": " "}, {"own_words": ""}, {"told": Told.KNOWS}, {"risk_to_self": ""}],
)
def test_the_persons_words_or_why_there_are_none_come_first_and_strengths_are_owed(
    missing: dict[str, Any], who: AnActor, bee: UUID, now: datetime
) -> None:
    with pytest.raises(UnsaidError):
        ask_for_case(actor=who("Asha Patel"), at=now, person_id=bee, asked=asked(**missing))
    whole = asked(own_words="", no_words_why="She was asleep; Dee asks her on Friday.")
    assert ask_for_case(actor=who("Asha Patel"), at=now, person_id=bee, asked=whole).no_words_why


@pytest.mark.proves("MARM-14")
def test_an_agency_elsewhere_asks_and_the_co_ordinators_organisation_comes_to_see_the_person(
    who: AnActor, riverside_now: Universe, now: datetime
) -> None:
    stan, council = riverside_now.people["Stan"], riverside_now.organisations["riverside_council"]
    tom = who("Tom Reilly")
    see_all()
    Reach.objects.filter(person_id=stan, organisation=council, until=None).update(until=now)
    case = ask_for_case(actor=tom, at=now, person_id=stan, asked=asked())
    see_all()
    given = Reach.objects.get(person_id=stan, organisation=council, until=None)
    assert (given.why, given.about) == (ReachWhy.CASE, case.id)
    assert case_page(actor=who("Mair Pugh"), case_id=case.id).may_settle


@pytest.mark.proves("MARM-29")
def test_what_the_person_asked_not_to_tell_is_told_neither_by_asking_nor_by_adding_up(
    who: AnActor, riverside_now: Universe, now: datetime
) -> None:
    bee, council = riverside_now.people["Bee"], riverside_now.organisations["riverside_council"]
    tom, asha = who("Tom Reilly"), who("Asha Patel")
    raise_concern(actor=tom, at=now, person_id=bee, words="The rent, again.")
    before = concerns_page(actor=asha, person_id=bee, at=now)
    said = Statement(
        answer=ChoiceAnswer.REFUSES, topics=(Topic.EVERYTHING,), recipients=frozenset({council.id}),
        exactly="Not the council.", said_on=timezone.localdate(now), capacity="assumed", method="spoken",
    )  # fmt: skip
    record_choices(actor=tom, at=now, person_id=bee, said=said)
    after = concerns_page(actor=asha, person_id=bee, at=now)
    assert {each.agency for each in before.of_others} >= {"Riverside Homes"}
    assert after.of_others == []  # whoever else would tell the council is silent as well
    with pytest.raises(ToldAgainstTheirWishError):
        ask_for_case(actor=tom, at=now, person_id=bee, asked=asked())


@pytest.mark.proves("MARM-12", "MARM-13", "MARM-16")
def test_one_leads_at_a_time_once_they_accepted_and_the_history_is_kept(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    asha, mair, wes = who("Asha Patel"), who("Mair Pugh"), who("Wes Tanner")
    member = riverside_now.members
    given: dict[str, Any] = {"at": now, "case_id": opened.id}
    could = who_could(actor=asha, case_id=opened.id, day=timezone.localdate(now))
    assert could.proposed[0].because
    with pytest.raises(NotAllowedError):
        ask_to_lead(actor=wes, membership_id=member["Wes Tanner"].id, why="Me", **given)
    with pytest.raises(NotFoundError):  # Been There takes no part
        ask_to_lead(actor=asha, membership_id=member["Dee Marsh"].id, why="She knows her", **given)
    with pytest.raises(NotFoundError):  # works on no case, and so could never accept
        ask_to_lead(actor=asha, membership_id=member["Noor Aziz"].id, why="She knows everybody", **given)
    ask_to_lead(actor=asha, membership_id=member["Wes Tanner"].id, why="The home is the matter", **given)
    with pytest.raises(AlreadyDoneError):
        ask_to_lead(actor=mair, membership_id=member["Wes Tanner"].id, why="Once more", **given)
    with pytest.raises(NotAllowedError):
        accept_lead(actor=asha, **given)
    assert (opened.id, Waits.TO_LEAD) in [
        (each.case_id, each.waits) for each in waiting_in_cases(actor=wes, day=timezone.localdate()).cases
    ]
    with pytest.raises(UnsaidError):
        decline_lead(actor=wes, why="", **given)
    decline_lead(actor=wes, why="I am leaving in May.", **given)
    ask_to_lead(actor=asha, membership_id=member["Asha Patel"].id, why="I see her most", **given)
    accept_lead(actor=asha, **given)
    now_leading = leading_now(opened)
    assert now_leading.lead is not None
    assert (now_leading.acting, now_leading.without_since) == (None, None)
    ask_to_lead(actor=asha, membership_id=member["Joan Adeyemi"].id, why="I go on leave", **given)
    assert leading_now(opened).lead == now_leading.lead
    accept_lead(actor=who("Joan Adeyemi"), **given)
    see_all()
    assert Lead.objects.filter(case=opened, accepted_at__isnull=False, acting=False, until=None).count() == 1
    assert len(leading_now(opened).history) == 4
    assert cases_page(actor=asha, at=now).leads[opened.id] == "Joan Adeyemi"


def test_what_is_ticked_belongs_to_the_list_of_its_own_criterion(
    who: AnActor, bee: UUID, now: datetime
) -> None:
    answers = {
        "daily_life": Answered(CriterionIs.MET, items=("home", "juggling")),
        "partner_wants_to_talk": Answered(CriterionIs.MET, items=("home",)),
    }
    made = ask_for_case(actor=who("Asha Patel"), at=now, person_id=bee, asked=asked(answers=answers))
    assert {each.code: each.items for each in made.answers.all()} == {
        "daily_life": ["home"], "partner_wants_to_talk": [],
    }  # fmt: skip


def test_whoever_sees_a_case_is_told_how_to_be_in_touch_safely(
    who: AnActor, opened: Case, now: datetime
) -> None:
    shown = case_shown(case_page(actor=who("Mair Pugh"), case_id=opened.id), now)
    (warning,) = shown.before_contact
    assert warning.startswith("Before you contact them: Telephone, let it ring.")


@pytest.mark.proves("MARM-13")
def test_a_worker_named_in_the_register_as_a_member_of_their_agency_is_proposed_and_can_accept(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    asha = who("Asha Patel")
    for name, since in (("joan adeyemi ", 300), ("A locum", 400)):
        note_involvement(
            actor=who("Joan Adeyemi"), at=now, person_id=opened.person_id, worker_name=name,
            since=timezone.localdate(now) - timedelta(days=since), intensity="intensive",
        )  # fmt: skip
    first, *_others = who_could(actor=asha, case_id=opened.id, day=timezone.localdate(now)).proposed
    assert first.involved.membership_id == riverside_now.members["Joan Adeyemi"].id
    ask_to_lead(
        actor=asha, at=now, case_id=opened.id, membership_id=first.involved.membership_id, why="She is there"
    )
    assert accept_lead(actor=who("Joan Adeyemi"), at=now, case_id=opened.id).accepted_at == now


def test_the_records_answer_what_they_can_before_anybody_does(who: AnActor, bee: UUID, now: datetime) -> None:
    evidence = evidence_of(actor=who("Asha Patel"), person_id=bee, at=now)
    assert evidence.involved
    assert evidence.refusals is not None
    with pytest.raises(NotAllowedError):
        evidence_of(actor=who("Sam Boateng"), person_id=bee, at=now)


@pytest.mark.proves("MARM-08")
def test_what_was_tried_and_from_whom_a_risk_was_noted_stands_beside_the_questions(
    who: AnActor, bee: UUID, now: datetime
) -> None:
    tom, asha, day = who("Tom Reilly"), who("Asha Patel"), timezone.localdate(now)
    given: dict[str, Any] = {"actor": tom, "at": now, "person_id": bee, "happened_on": day}
    add_to_chronology(kind="tried", words="Rang twice; the bell is off.", **given)
    add_to_chronology(kind="tried", words="For us alone.", readers="own", **given)
    add_to_chronology(kind="event", words="It snowed.", **given)
    for name, risk in (("Cole", True), ("Jean", False)):
        note_contact(
            actor=tom, at=now, person_id=bee, name=name, relationship="upstairs", poses_risk=risk,
        )  # fmt: skip
    told = " ".join(evidence_shown(evidence_of(actor=asha, person_id=bee, at=now)))
    assert "Rang twice; the bell is off." in told
    assert "Gas safety visit: no answer, third time." in told
    assert "A risk was noted from: Cole (upstairs)." in told
    assert not any(words in told for words in ("For us alone.", "It snowed.", "Jean"))


@pytest.mark.parametrize(
    "statement",
    [
        "update marm_concern set words = 'Nothing'",
        "delete from marm_concern",
        "update marm_case set own_words = 'All is well'",
        "update marm_case set asked_by = 'Somebody else'",
        "update marm_criterionanswer set answer = 'not_met'",
        "delete from marm_criterionanswer",
        "update marm_case set stage = 'declined', settled_at = now(), settled_why = 'No'",
        """insert into marm_lead
        (id, case_id, member_id, acting, why, asked_by, asked_at, accepted_at, declined_why)
        select gen_random_uuid(), case_id, member_id, true, 'Me too', 'X', now(), now(), '' from marm_lead""",
    ],
)
def test_raw_sql_changes_nothing_of_what_was_said_and_makes_no_second_lead(
    statement: str, who: AnActor, bee: UUID, case: Case, now: datetime
) -> None:
    raise_concern(actor=who("Asha Patel"), at=now, person_id=bee, words="As I said it")
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_table_of_a_case_shows_a_row_to_an_agency_that_takes_no_part(
    who: AnActor, bee: UUID, opened: Case, now: datetime
) -> None:
    asha = who("Asha Patel")
    concern = raise_concern(actor=asha, at=now, person_id=bee, words="As I said it")
    ask_three_limbs(
        actor=asha, at=now, person_id=bee, forum="safeguarding", words="Seen",
        limbs=dict.fromkeys(Limb, Said.YES), concern_id=concern.id,
    )  # fmt: skip
    send_onward(
        actor=asha, at=now, person_id=bee, forum="safeguarding", why="Neglect", sent_to="MASH",
        sent_on=timezone.localdate(now), case_id=opened.id,
    )  # fmt: skip
    about = dict.fromkeys(("marm_concern", "marm_screening", "marm_onward"), ("person_id", bee))
    of_case = ("marm_lead", "marm_criterionanswer", "marm_caseagency")
    about |= dict.fromkeys(of_case, ("case_id", opened.id)) | {"marm_case": ("id", opened.id)}
    tables, seen = list(about), {}
    for name in ("Asha Patel", "Tom Reilly"):
        with transaction.atomic(), connection.cursor() as cursor:
            tell_database(who(name))
            for table, (column, key) in about.items():
                cursor.execute(f"select count(*) from {table} where {column} = %s", [key])
                seen[name, table] = cursor.fetchone()[0]
    assert all(seen["Asha Patel", table] for table in tables)
    seen["Tom Reilly", "marm_concern"] -= 1  # his own
    assert not any(seen["Tom Reilly", table] for table in tables)


def test_a_purpose_is_needed_to_be_shown_what_waits(who: AnActor, opened: Case) -> None:
    with pytest.raises(NotAllowedError):
        waiting_in_cases(actor=replace(who("Mair Pugh"), purpose=""), day=timezone.localdate())


def test_where_whoever_asks_is_the_only_co_ordinator_it_opens_at_once(
    who: AnActor, bee: UUID, riverside_now: Universe, now: datetime
) -> None:
    see_all()
    Membership.objects.filter(user__name="Elin Rees").update(roles=["directory_editor"])
    Membership.objects.filter(user__name="Mair Pugh").update(roles=["practitioner", "co_ordinator"])
    case = ask_for_case(actor=who("Mair Pugh"), at=now, person_id=bee, asked=asked())
    assert case.stage == Stage.OPEN, "or nobody could answer it, and nobody else could ask"
