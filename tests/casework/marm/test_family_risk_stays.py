"""A risk from somebody of their life counts at meetings that are set, and in cases that come later."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.marm.test_ending import WHOLE
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands import meetings as commands
from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.ending import end_case
from alongside.casework.marm.commands.family import end_family_risk, note_family_risk
from alongside.casework.marm.commands.meetings import set_meeting
from alongside.casework.marm.commands.minutes import RiskFromThemError, hear_family
from alongside.casework.marm.models import Case, FamilyRisk, Invited, Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.cases import case_shown
from alongside.casework.marm.presenters.meetings import MeetingShown, meeting_shown
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.meetings import could_come, meeting_page, to_set
from alongside.casework.marm.rules.family import FamilyRiskSaid
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.records import note_contact, take_off_network
from alongside.casework.people.models import Contact

pytestmark = pytest.mark.django_db

SAID = FamilyRiskSaid(from_them="He takes her post.", to_them="", says="Bee, to Dee on Thursday.")
WARNED = (
    "Lee is invited, but should not be: a risk from them has been noted, Bee does not let you speak with "
    "them, or they are no longer in the network. Whoever leads or co-ordinates can take them off the "
    "invitation."
)


@pytest.fixture
def nephew(who: AnActor, bee: UUID, now: datetime) -> Contact:
    return noted_again(who, bee, now)


@pytest.fixture
def held(who: AnActor, opened: Case, nephew: Contact, plan: Plan, council: str, now: datetime) -> Meeting:
    """A meeting to which Lee is invited, from whom nobody has noted a risk."""
    return set_meeting(
        actor=who("Asha Patel"), at=now, case_id=opened.id, plan=plan, invited=[council, nephew.name]
    )


@pytest.fixture
def later(
    who: AnActor, bee: UUID, riverside_now: Universe, opened: Case, nephew: Contact, now: datetime
) -> Case:
    """The next case about Bee, after one in which a risk from Lee was noted."""
    risk(who, opened, nephew, now)
    end_case(actor=who("Mair Pugh"), at=now, case_id=opened.id, closing=WHOLE)
    again, when = asked(own_words="It is worse again."), now + timedelta(days=30)
    case = ask_for_case(actor=who("Asha Patel"), at=when, person_id=bee, asked=again)
    return open_case(actor=who("Mair Pugh"), at=when, case_id=case.id, why="It has come back.")


def noted_again(who: AnActor, bee: UUID, now: datetime, name: str = "Lee") -> Contact:
    return note_contact(
        actor=who("Asha Patel"), at=now, person_id=bee, name=name, relationship="nephew",
        permission="only_if", permission_words="Only when Dee is with you.",
    )  # fmt: skip


def risk(who: AnActor, case: Case, contact: Contact, now: datetime) -> FamilyRisk:
    return note_family_risk(
        actor=who("Asha Patel"), at=now, case_id=case.id, contact_id=contact.id, said=SAID
    )


def shown(who: AnActor, meeting: Meeting, name: str = "Asha Patel") -> MeetingShown:
    return meeting_shown(meeting_page(actor=who(name), meeting_id=meeting.id))


def offered(who: AnActor, case: Case, now: datetime) -> list[str]:
    return [each.name for each in to_set(actor=who("Mair Pugh"), case_id=case.id, day=now.date()).could_come]


@pytest.mark.parametrize("why", ["risk", "poses_risk", "permission", "left"])
def test_a_meeting_warns_of_somebody_invited_who_would_not_be_today(
    why: str, who: AnActor, opened: Case, held: Meeting, nephew: Contact, now: datetime
) -> None:
    assert shown(who, held).warnings == []
    if why == "risk":
        risk(who, opened, nephew, now)
    elif why == "left":
        take_off_network(actor=who("Asha Patel"), at=now, person_id=opened.person_id, contact_id=nephew.id)
    else:
        see_all()
        changed: dict[str, Any] = {"poses_risk": True} if why == "poses_risk" else {"permission": "no"}
        Contact.objects.filter(id=nephew.id).update(**changed)
    assert shown(who, held).warnings == [WARNED]
    assert [bool(each.off_href) for each in shown(who, held).invited] == [False, True]  # the council, Lee
    assert not any(each.off_href for each in shown(who, held, "Wes Tanner").invited)


def test_whoever_steers_takes_them_off_with_one_button(
    riverside_now: Universe, who: AnActor, opened: Case, held: Meeting, nephew: Contact, now: datetime
) -> None:
    risk(who, opened, nephew, now)
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    page = browser.get(f"/meetings/{held.id}/").text
    (_council, lee) = shown(who, held).invited
    assert f'action="{lee.off_href}"' in page
    assert "Take Lee off the invitation" in page
    told = browser.post(lee.off_href, follow=True).text
    assert "Lee is no longer invited" in told
    assert "(nephew)" not in told
    assert shown(who, held).warnings == []
    see_all()
    event = AuditEvent.objects.get(code="marm.meeting_uninvited", about_id=held.id)
    assert "Lee" not in str(event.__dict__)


def test_nobody_else_takes_anybody_off_nor_an_agency_nor_once_it_has_begun(
    who: AnActor, held: Meeting, now: datetime
) -> None:
    see_all()
    invited = {each.name: each.id for each in Invited.objects.filter(meeting=held)}
    given: dict[str, Any] = {"at": now, "meeting_id": held.id}
    with pytest.raises(NotAllowedError):
        commands.take_off_invitation(actor=who("Wes Tanner"), invited_id=invited["Lee"], **given)
    with pytest.raises(NotFoundError):
        commands.take_off_invitation(actor=who("Dee Marsh"), invited_id=invited["Lee"], **given)
    for not_there in (invited["Riverside Council"], uuid4()):
        with pytest.raises(NotFoundError):
            commands.take_off_invitation(actor=who("Asha Patel"), invited_id=not_there, **given)
    with pytest.raises(AlreadyDoneError):
        commands.take_off_invitation(
            actor=who("Asha Patel"), invited_id=invited["Lee"], **given | {"at": held.begins_at}
        )


def test_the_next_case_knows_of_the_risk_until_it_is_marked_as_ended(
    who: AnActor, bee: UUID, later: Case, nephew: Contact, plan: Plan, council: str, now: datetime
) -> None:
    asha = who("Asha Patel")
    assert "Lee" not in offered(who, later, now)
    meeting = set_meeting(actor=asha, at=now, case_id=later.id, plan=plan, invited=[council])
    hear = {"actor": asha, "at": now, "meeting_id": meeting.id, "contact_id": nephew.id, "words": "Hello"}
    with pytest.raises(RiskFromThemError):
        hear_family(**hear)
    (line,) = case_shown(case_page(actor=asha, case_id=later.id), now).family
    assert (line.who, line.from_them) == ("Lee, nephew", SAID.from_them)
    assert line.earlier == "From another case: only agencies that take part in that one can read this."
    end_family_risk(actor=asha, at=now, family_risk_id=line.id, why="He has a flat of his own.")
    assert "Lee" in offered(who, later, now)
    assert case_shown(case_page(actor=asha, case_id=later.id), now).family == []
    assert hear_family(**hear).words == "Hello"


def test_whoever_took_no_part_in_that_case_reads_nothing_of_it_and_still_invites_nobody_risky(
    riverside_now: Universe, who: AnActor, later: Case, now: datetime
) -> None:
    see_all()
    been = riverside_now.organisations["been_there"].id
    later.take_in(organisation_id=been, by="Mair Pugh", at=now)
    dee = who("Dee Marsh")
    assert case_shown(case_page(actor=dee, case_id=later.id), now).family == []
    tell_database(dee)
    assert "Lee" not in [each.name for each in could_come(later, dee)[0]]
    assert not FamilyRisk.objects.exists()  # what is read beyond their reach stays there
    see_all()
    FamilyRisk.objects.filter(case__person=later.person_id).update(
        ended_at=now, ended_by="Asha Patel", ended_why="He has a flat."
    )
    tell_database(dee)
    assert "Lee" in [each.name for each in could_come(later, dee)[0]]


def test_nobody_of_the_same_name_is_invited_either(
    who: AnActor, bee: UUID, opened: Case, nephew: Contact, now: datetime
) -> None:
    """An invitation knows them by name only, and another record of the person may hold them again."""
    risk(who, opened, nephew, now)
    take_off_network(actor=who("Asha Patel"), at=now, person_id=bee, contact_id=nephew.id)
    noted_again(who, bee, now, name="LEE")
    noted_again(who, bee, now, name="Leah")
    assert [name for name in offered(who, opened, now) if name.lower().startswith("le")] == ["Leah"]


@pytest.mark.parametrize("left", [False, True])
def test_a_risk_in_the_network_counts_for_every_row_of_that_name(
    who: AnActor, bee: UUID, opened: Case, held: Meeting, nephew: Contact, now: datetime, *, left: bool
) -> None:
    """Once two records are joined the network holds him twice, and only one row may say it."""
    assert "Lee" in offered(who, opened, now)
    twice = note_contact(
        actor=who("Asha Patel"), at=now, person_id=bee, name="LEE", relationship="nephew", poses_risk=True
    )
    if left:
        take_off_network(actor=who("Asha Patel"), at=now, person_id=bee, contact_id=twice.id)
    assert "Lee" not in offered(who, opened, now)
    assert shown(who, held).warnings == [WARNED]
    hear = {"actor": who("Asha Patel"), "at": now, "meeting_id": held.id, "contact_id": nephew.id}
    with pytest.raises(RiskFromThemError):
        hear_family(**hear, words="Hello")


def test_refusing_to_hear_somebody_does_not_say_that_another_case_notes_a_risk(
    who: AnActor, later: Case, nephew: Contact, plan: Plan, council: str, now: datetime
) -> None:
    asha = who("Asha Patel")
    meeting = set_meeting(actor=asha, at=now, case_id=later.id, plan=plan, invited=[council])
    with pytest.raises(RiskFromThemError) as refused:
        hear_family(actor=asha, at=now, meeting_id=meeting.id, contact_id=nephew.id, words="Hello")
    assert str(refused.value) == (
        "Lee should not be heard: a risk from them has been noted, Bee does not let you speak with them, "
        "or they are no longer in the network."
    )
