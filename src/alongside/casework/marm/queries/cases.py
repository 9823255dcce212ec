"""A case as it stands, and the cases of an organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from alongside.area.marm_models import CriteriaSet
from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.design.paging import leaf, rows_between
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import (
    Case,
    CaseAgency,
    CriterionAnswer,
    DeclineReview,
    Ending,
    Lead,
    Onward,
    SharedRisk,
)
from alongside.casework.marm.queries.agencies import agencies_of
from alongside.casework.marm.queries.concerns import sent_on
from alongside.casework.marm.queries.doors import TO_NAME, cases_within, get_case, who_asks
from alongside.casework.marm.queries.family import InFamily, family_of, may_note_family
from alongside.casework.marm.queries.holding import Holding, holding_of
from alongside.casework.marm.queries.leading import (
    Leading,
    leading_now,
    names_of_who_may_work,
    who_could_lead,
)
from alongside.casework.marm.queries.pack import answered_by, marm_pack
from alongside.casework.marm.queries.reviews import reviews_about, reviews_to_answer
from alongside.casework.marm.rules.leading import Proposed
from alongside.casework.marm.rules.stages import STANDING, Stage, Urgency
from alongside.casework.operations import query
from alongside.casework.people.models import AboutMe, Person, Whole
from alongside.casework.people.queries.circle import newest_words
from alongside.casework.people.queries.whole import whole

LATELY = timedelta(days=90)
"""How long a declined request is shown to whoever asked."""


@dataclass(frozen=True)
class CasePage:
    """A case: the person's own words first, then who leads, who takes part and why agencies come together.

    Attributes:
        case: which.
        person: about whom, by all their records.
        said: what the person said last, in each section.
        leading: who leads, who acts and who is asked.
        agencies: who takes part, and who no longer does.
        answers: how each criterion was answered.
        criteria: the set it was judged by; None if the pack no longer has that version.
        family: people in the person's network that it is also about.
        onward: what was sent to other processes.
        ending: how it ended; None until then.
        reviews: that requests about the person were declined again, and what came of it, the newest first.
        shared_risk: what each agency says about what remains.
        holding: what is still open between its agencies.
        answer_by: when the co-ordinator's answer is due; None once it is given.
        reader: who reads.
        may_note_family: whether they may add somebody from the network.
        may_settle: whether they may answer it.
        may_steer: whether they may ask somebody to lead.
        asked_of_reader: whether they have been asked to lead.
    """

    case: Case
    person: Whole
    said: list[AboutMe]
    leading: Leading
    agencies: list[CaseAgency]
    answers: dict[str, CriterionAnswer]
    criteria: CriteriaSet | None
    family: list[InFamily]
    onward: list[Onward]
    ending: Ending | None
    reviews: list[DeclineReview]
    shared_risk: list[SharedRisk]
    holding: Holding
    answer_by: datetime | None
    reader: Actor
    may_note_family: bool
    may_settle: bool
    may_steer: bool
    asked_of_reader: bool


CASES_AT_ONCE = 20
"""How many cases are on a page."""


@dataclass(frozen=True)
class CasesPage:
    """Cases of the actor's organisation.

    Attributes:
        to_answer: those waiting for the actor's answer.
        asked_of_me: those the actor has been asked to lead.
        standing: a page of the ``count`` current ones, after ``passed_over``.
        leads: who leads each case; nothing for one that nobody leads.
        reader: the actor.
        to_review: what was declined again and is waiting for the actor to look at it.
        declined: what their organisation asked for that was declined within ``LATELY``.
    """

    to_review: list[DeclineReview]
    declined: list[Case]
    to_answer: list[Case]
    asked_of_me: list[Case]
    standing: list[Case]
    count: int
    passed_over: int
    leads: Mapping[UUID, str]
    reader: Actor


@dataclass(frozen=True)
class WhoCouldLead:
    """A case, who is asked to lead, who could by the involvement register, and everybody who may be asked."""

    case: Case
    asked: Lead | None
    proposed: list[Proposed]
    members: list[tuple[UUID, str, str]]
    """Membership, name and organisation."""


@query(records=True)
def case_page(*, actor: Actor, case_id: UUID) -> CasePage:
    """Return a case, and record that the actor looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    return _page(actor, get_case(actor=actor, case_id=case_id, say_what_there_is=True))


@query(records=True)
def case_to_settle(*, actor: Actor, case_id: UUID) -> CasePage:
    """Return the same for a form that answers a case.

    Raises:
        NotAllowedError: the actor may not send the answer.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    case = get_case(actor=actor, case_id=case_id, say_what_there_is=True)
    require(permissions.may_settle(actor, case))
    return _page(actor, case)


def _page(actor: Actor, case: Case) -> CasePage:
    leading, agencies, there = leading_now(case), agencies_of(case), vars(case)
    page = CasePage(
        case=case,
        person=whole(case.person),
        said=newest_words(person=case.person_id),
        leading=leading,
        agencies=agencies,
        answers={each.code: each for each in _answers(case=case.id)},
        criteria=next((each for each in marm_pack().criteria_sets if each.set == case.criteria_set), None),
        family=family_of(case) if there["any_family"] else [],
        onward=sent_on(person=case.person_id) if there["any_onward"] else [],
        ending=getattr(case, "ending", None),
        shared_risk=_shared_risk(case=case.id) if case.stage == Stage.ENDED else [],
        holding=holding_of(case, agencies),
        reviews=reviews_about(actor=actor, person_id=case.person_id) if there["any_review"] else [],
        answer_by=answer_by(case),
        reader=actor,
        may_note_family=may_note_family(actor, case),
        may_settle=case.stage == Stage.ASKED and permissions.may_settle(actor, case).allowed,
        may_steer=case.stage == Stage.OPEN and permissions.may_steer(actor, case, leading.now).allowed,
        asked_of_reader=leading.asked is not None
        and permissions.may_answer_to_lead(actor, leading.asked).allowed,
    )
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return page


@composed_once
def _shared_risk(*, case: UUID) -> QuerySet[SharedRisk]:
    said = SharedRisk.objects.filter(case=case).select_related("organisation")
    return said.order_by("organisation__name")


@composed_once
def _answers(*, case: UUID) -> QuerySet[CriterionAnswer]:
    return CriterionAnswer.objects.filter(case=case)


@query(records=True)
def cases_page(*, actor: Actor, at: datetime, begins: int = 0) -> CasesPage:
    """Return the cases that the actor's organisation takes part in, the longest waiting first.

    Args:
        actor: who reads.
        at: when.
        begins: how many current cases come before this page.
    """
    require(permissions.may_read_cases(actor))
    sees, who = actor.reach == EVERYBODY, who_asks(actor)
    wanting = _wanting_an_answer(sees, **who)
    shown = leaf(lambda after, until: _standing(sees, after=after, until=until, **who), begins, CASES_AT_ONCE)
    to_answer = [
        each for each in wanting if each.stage == Stage.ASKED and permissions.may_settle(actor, each).allowed
    ]
    asked_of_me = [each for each in wanting if vars(each)["asks_reader"]]
    page = CasesPage(
        to_review=[
            each
            for each in reviews_to_answer(actor=actor)
            if permissions.may_review_declines(actor, each).allowed
        ],
        declined=_declined(sees, since=at - LATELY, **who),
        to_answer=to_answer,
        asked_of_me=asked_of_me,
        standing=shown.rows,
        count=shown.count,
        passed_over=shown.passed_over,
        leads={
            each.id: vars(each)["led_by"] or ""
            for several in (to_answer, asked_of_me, shown.rows)
            for each in several
        },
        reader=actor,
    )
    record(events.CASES_SEEN, actor=actor, cases=len(page.leads))
    return page


_LEADS = Lead.objects.filter(case=OuterRef("id"), until=None, declined_at=None, acting=False)


def _stand(everything: bool, organisation: Any, account: Any) -> QuerySet[Case]:
    led_by = _LEADS.exclude(accepted_at=None).values("member__user__name")[:1]
    stand = cases_within(everything, organisation, account).filter(stage__in=STANDING)
    joined = stand.select_related(TO_NAME, "organisation").annotate(led_by=Subquery(led_by))
    return joined.order_by("asked_at", "id")


@composed_once
def _standing(
    everything: bool, /, *, organisation: UUID | None, account: UUID | None, after: int, until: int
) -> QuerySet[Case]:
    return rows_between(_stand(everything, organisation, account), after=after, until=until)


@composed_once
def _wanting_an_answer(
    everything: bool, /, *, organisation: UUID | None, account: UUID | None
) -> QuerySet[Case]:
    """Cases that somebody asked for, and those the reader has been asked to lead: ``asks_reader``."""
    asked = Exists(_LEADS.filter(accepted_at=None, member__user=account))
    stand = _stand(everything, organisation, account).annotate(asks_reader=asked)
    return stand.filter(Q(stage=Stage.ASKED) | Q(asks_reader=True))


@composed_once
def _declined(
    everything: bool, /, *, organisation: UUID | None, account: UUID | None, since: datetime
) -> QuerySet[Case]:
    ours = cases_within(everything, organisation, account).filter(
        stage=Stage.DECLINED, organisation=organisation, settled_at__gte=since
    )
    return ours.select_related(TO_NAME, "organisation").order_by("-settled_at", "id")


@query(records=True)
def asked_to_lead(*, actor: Actor, case_id: UUID) -> Case:
    """Return a case that the actor has been asked to lead, and record that they looked.

    Raises:
        NotAllowedError: somebody else was asked.
        AlreadyDoneError: nobody is being asked any more.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_work_on_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    asked = leading_now(case).asked
    if asked is None:
        raise AlreadyDoneError(_("Nobody is being asked to lead this case now."))
    require(permissions.may_answer_to_lead(actor, asked))
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return case


@query(records=True)
def who_could(*, actor: Actor, case_id: UUID, day: date) -> WhoCouldLead:
    """Return who could lead a case and why, and record that the actor looked.

    Raises:
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates it.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    now = leading_now(case)
    require(permissions.may_steer(actor, case, now.now))
    records = Person.objects.records_of(case.person_id)
    members = names_of_who_may_work(case, day, present=True)
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return WhoCouldLead(case, now.asked, who_could_lead(records, case.taking_part, day), members)


def answer_by(case: Case) -> datetime | None:
    """Return when an answer to a case that was asked for is due; None once it was answered."""
    if case.stage != Stage.ASKED:
        return None
    return answered_by(case.asked_at, Urgency(case.urgency))
