"""``python -m benchmarks.drift_once CASES``: make up cases, look for drift twice, print seconds as JSON."""

import json
import sys
import time
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.db import transaction  # noqa: E402 - Django wants to be set up before its models are imported

from alongside.casework.access.actors import system_actor  # noqa: E402
from alongside.casework.accounts.models import Membership, Organisation, User  # noqa: E402
from alongside.casework.marm.commands.drifting import NothingDriftsError, find_drift  # noqa: E402
from alongside.casework.marm.models import Action, Case, CaseAgency, Concern, Lead, Meeting  # noqa: E402
from alongside.casework.marm.rules.actions import Agrees, Kind, Status  # noqa: E402
from alongside.casework.marm.rules.criteria import Fits  # noqa: E402
from alongside.casework.marm.rules.stages import Stage, Told, Urgency  # noqa: E402
from alongside.casework.operations.running import tell_database  # noqa: E402
from alongside.casework.people.models import Involvement, Person  # noqa: E402

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
BEGUN, DAY = AT - timedelta(days=120), date(2026, 8, 1)
AGENCIES, IN_TOUCH, CONCERNS, ACTIONS = 4, 3, 3, 2


def main() -> None:
    """See the module."""
    cases = int(sys.argv[1])
    night = system_actor("the benchmark")
    with transaction.atomic():
        tell_database(night)
        make_cases(cases)
    begun = time.perf_counter()
    new, _gone = find_drift(actor=night, at=AT)
    first = time.perf_counter()
    try:
        find_drift(actor=night, at=AT + timedelta(hours=1))
    except NothingDriftsError:
        done = time.perf_counter()
    told = {"cases": cases, "drift": new, "first": round(first - begun, 2), "next": round(done - first, 2)}
    print(json.dumps(told))


def make_cases(count: int) -> None:
    """Make this many people with an open case each, and everything that belongs to it."""
    organisations = [
        Organisation.join(code=f"agency{n}", name=f"Agency {n}", kind="charity") for n in range(AGENCIES)
    ]
    user = User.enrol(email="lead@example.org", name="Gwen Hughes")
    member = Membership.begin(user=user, organisation=organisations[0], roles=["manager"], on=DAY)
    people = [
        Person(known_as=f"Bee {n}", search_text=f"bee {n}", admitted_at=BEGUN, admitted_why="released")
        for n in range(count)
    ]
    cases = [a_case(each, organisations) for each in people]
    keep(Person, people)
    keep(Case, cases)
    keep(
        CaseAgency,
        (
            CaseAgency(case=case, organisation=each, since=BEGUN, brought_in_by="Gwen Hughes")
            for case in cases
            for each in organisations
        ),
    )
    keep(Lead, (a_lead(case, member, acting=n % 2 == 0) for n, case in enumerate(cases)))
    keep(Meeting, (a_meeting(case, member) for case in cases[::2]))
    keep(Action, (an_action(case, member) for case in cases for _ in range(ACTIONS)))
    keep(
        Involvement,
        (
            Involvement(person=each, organisation=agency, noted_at=BEGUN)
            for each in people
            for agency in organisations[:IN_TOUCH]
        ),
    )
    keep(
        Concern,
        (
            Concern(
                person=each, organisation=agency, words="Thinner", raised_by="Gwen Hughes",
                raised_by_id=user.id, raised_at=BEGUN,
            )
            for each in people
            for agency in organisations[:CONCERNS]
        ),
    )  # fmt: skip


def a_case(person: Person, organisations: list[Organisation]) -> Case:
    """An open case with all agencies in it."""
    return Case(
        person=person, stage=Stage.OPEN, urgency=Urgency.OTHER, criteria_set="riverside/1", fits=Fits.YES,
        organisation=organisations[0], coordinating=organisations[0],
        taking_part=[each.id for each in organisations], asked_by="Gwen Hughes", asked_by_id=uuid4(),
        asked_at=BEGUN, own_words="I stay.", wanted="To stay", strengths="She reads", tried="Visits",
        risk_to_self="A fall", told=Told.AGREES,
        settled_by="Mair Pugh", settled_by_id=uuid4(), settled_at=BEGUN,
        settled_why="Four agencies",
    )  # fmt: skip


def a_lead(case: Case, member: Membership, *, acting: bool) -> Lead:
    """Who leads, or stands in because nobody does."""
    return Lead(
        case=case, member=member, acting=acting, asked_by="Gwen Hughes", asked_at=BEGUN, accepted_at=BEGUN
    )


def a_meeting(case: Case, member: Membership) -> Meeting:
    """A meeting that was held."""
    return Meeting(
        case=case, number=1, kind="Meeting", begins_at=BEGUN, minutes=60, place="Here", chair=member,
        takes_part="There", organisation_id=member.organisation_id, set_by="Gwen Hughes", set_at=BEGUN,
    )  # fmt: skip


def an_action(case: Case, member: Membership) -> Action:
    """One whose review date has passed."""
    return Action(
        case=case, words="Ring first", kind=Kind.SERVICE, owner=member, due=DAY, review=DAY, risk="A fall",
        wanted="To stay", agrees=Agrees.YES, status=Status.IN_PROGRESS, written_by="Gwen Hughes",
        written_by_id=uuid4(), written_at=BEGUN,
    )  # fmt: skip


def keep(model: Any, rows: Iterable[Any]) -> None:
    """Write rows, many at a time."""
    model.objects.bulk_create(list(rows), batch_size=1_000)


if __name__ == "__main__":
    main()
