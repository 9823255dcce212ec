"""Refusals, absence and stepping back are counted by agency: no person is named, and no small number told."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_stepping_back import SAID
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.marm.commands.invitations import decline_invitation, invite_agency
from alongside.casework.marm.commands.meetings import answer_meeting
from alongside.casework.marm.commands.stepping_back import step_back
from alongside.casework.marm.models import Case, Invited, Meeting
from alongside.casework.marm.presenters.refusals import refusals_shown
from alongside.casework.marm.queries.refusals import _facts, refusals_report
from alongside.casework.marm.rules.invitations import WhyNot
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.marm.rules.minutes import Attended
from alongside.casework.marm.rules.refusals import Fact, Refusal, refusals_by_agency
from alongside.casework.offers.rules import holding_back
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy

PEOPLE = [uuid4() for _ in range(20)]


def facts(agency: str, refusal: Refusal, people: list[UUID]) -> list[Fact]:
    return [Fact(agency, refusal, each) for each in people]


@pytest.mark.proves("SAFE-13")
def test_each_agency_has_its_numbers_by_reason_and_none_under_five_is_told() -> None:
    told, total = refusals_by_agency(
        facts("Homes", Refusal.TOO_HIGH_RISK, PEOPLE[:6])
        + facts("Police", Refusal.ABSENT, PEOPLE[6:13])
        + facts("Peers", Refusal.NOT_OURS, PEOPLE[13:15])
        + facts("Shop", Refusal.NOT_OURS, PEOPLE[15:20])
    )
    assert total.all == 20
    assert told["Peers"].all is None
    assert told["Shop"].all is None  # else Peers could be worked out from the total
    assert (told["Homes"].all, told["Police"].all) == (6, 7)
    assert told["Police"].parts is not None
    assert told["Police"].parts[Refusal.ABSENT] == 7


def test_a_person_whom_two_agencies_refused_hides_neither_behind_the_other() -> None:
    few = PEOPLE[:3]
    told, total = refusals_by_agency(
        facts("Homes", Refusal.OTHER, few * 2)
        + facts("Police", Refusal.OTHER, few)
        + facts("Peers", Refusal.OTHER, PEOPLE[3:9])
    )
    assert (told["Homes"].all, told["Police"].all) == (None, None)
    assert told["Peers"].all is None  # three people are behind the nine of the other two
    assert total.all == 15


def test_where_all_together_are_few_nothing_is_told() -> None:
    told, total = refusals_by_agency(facts("Homes", Refusal.OTHER, PEOPLE[:4]))
    assert (told["Homes"].all, total.all) == (None, None)


@pytest.mark.django_db
@pytest.mark.proves("SAFE-13")
def test_declined_invitations_apologies_absence_and_stepping_back_are_counted_for_the_co_ordinator(
    who: AnActor,
    riverside_now: Universe,
    joined: Case,
    meeting: Meeting,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(holding_back, "FEWEST", 0)  # they are all about Bee
    later = timezone.localdate(now) + timedelta(days=40)
    before = refusals_report(actor=who("Mair Pugh"), day=later).agencies
    invitation = invite_agency(
        actor=who("Asha Patel"), at=now, case_id=joined.id, why="The tenancy",
        organisation_id=riverside_now.organisations["riverside_homes"].id,
    )  # fmt: skip
    decline_invitation(
        actor=who("Tom Reilly"), at=now, invitation_id=invitation.id, why_not=WhyNot.TOO_HIGH_RISK,
        words="Bee Murchu has a dog",
    )  # fmt: skip
    answer_meeting(
        actor=who("Wes Tanner"), at=now, meeting_id=meeting.id, coming=Coming.APOLOGY,
        why_not=WhyNot.NO_CAPACITY, words="Away",
    )  # fmt: skip
    see_all()
    Invited.objects.create(
        meeting=meeting, name="Been There", attended=Attended.ABSENT, attended_why="No word",
        organisation_id=riverside_now.organisations["been_there"].id,
    )  # fmt: skip
    step_back(actor=who("Dee Marsh"), at=now, case_id=joined.id, said=SAID)
    report = refusals_report(actor=who("Mair Pugh"), day=later)
    counted = {
        (agency, refusal): number - before[agency].parts[refusal] if agency in before else number  # type: ignore[index]
        for agency, told in report.agencies.items()
        for refusal, number in (told.parts or {}).items()
    }
    assert {key for key, number in counted.items() if number} == {
        ("Riverside Homes", Refusal.TOO_HIGH_RISK),
        ("Riverside Council", Refusal.NO_CAPACITY),
        ("Been There (peer support)", Refusal.ABSENT),
        ("Been There (peer support)", Refusal.STEPPED_BACK),
    }
    assert "Murchu" not in str(refusals_shown(report))
    assert AuditEvent.objects.order_by("sequence").last().code == "marm.refusals_read"  # type: ignore[union-attr]
    later = later.replace(year=later.year + 2)
    assert refusals_report(actor=who("Mair Pugh"), day=later).agencies == {}


@pytest.mark.django_db
def test_only_a_co_ordinator_reads_them_and_few_are_held_back(
    who: AnActor, riverside_now: Universe, now: datetime
) -> None:
    with pytest.raises(NotAllowedError):
        refusals_report(actor=who("Asha Patel"), day=timezone.localdate(now))
    mair = browser_of(riverside_now.members["Mair Pugh"].user)
    assert "Refusals by agency" in mair.get("/cases/").content.decode()
    page = mair.get("/cases/refusals/")
    assert page.status_code == 200
    file = mair.get("/cases/refusals/csv/")
    assert file["Content-Type"].startswith("text/csv")
    assert file.content.decode().splitlines()[0].endswith("Stepped back")


@pytest.mark.django_db
def test_one_person_is_counted_once_however_many_records_were_joined(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    homes = riverside_now.organisations["riverside_homes"].id
    asha, gwen, tom = who("Asha Patel"), who("Gwen Hughes"), who("Tom Reilly")
    invitation = invite_agency(
        actor=asha, at=now, case_id=opened.id, why="The tenancy", organisation_id=homes
    )
    decline_invitation(
        actor=tom, at=now, invitation_id=invitation.id, why_not=WhyNot.OTHER, words="Not a tenant"
    )
    record = opened.person_id
    for name in ("Bea", "Beatrice"):
        into = admit_person(actor=asha, at=now, why=ReachWhy.RAISED_CONCERN, known={"known_as": name})
        merge_people(actor=gwen, at=now, kept_id=into.id, absorbed_id=record, reason="The same birthday.")
        record = into.id
    day = timezone.localdate(now)
    see_all()
    assert record in {each.person for each in _facts(who("Mair Pugh"), day, day)}
