"""People of the named universe who meet around Bee, and what they say when they ask for it."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.directory.days import working_days_after
from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.invitations import accept_invitation, invite_agency
from alongside.casework.marm.commands.meetings import set_meeting
from alongside.casework.marm.models import Case, Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.rules.asking import Asked
from alongside.casework.marm.rules.criteria import Answer, Answered
from alongside.casework.marm.rules.meetings import begins
from alongside.casework.marm.rules.stages import Told, Urgency
from alongside.casework.operations.running import tell_database

AnActor = Callable[[str], Actor]


def asked(**other: Any) -> Asked:
    """What is said who asks, whole."""
    given: dict[str, Any] = {
        "urgency": Urgency.OTHER,
        "own_words": "I want to stay where I know the birds.",
        "no_words_why": "",
        "wanted": "To stay at home, with a path to the door.",
        "strengths": "She reads, and trusts Dee.",
        "tried": "Each of us visited alone; she was kind to all and let nobody in.",
        "risk_to_self": "A fall that nobody notices, before winter is over.",
        "told": Told.AGREES,
        "answers": {"serious_harm_no_plan": Answered(Answer.MET, "Two falls this year")},
    }
    return Asked(**given | other)


def see_all() -> None:
    """Let the test's own look at rows see all."""
    tell_database(system_actor("tests"))


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def who(riverside_now: Universe, now: datetime) -> AnActor:
    return lambda name: actor_for(riverside_now, name, on=timezone.localdate(now))


@pytest.fixture
def bee(riverside_now: Universe) -> Any:
    return riverside_now.people["Bee"]


@pytest.fixture
def case(who: AnActor, bee: Any, now: datetime) -> Case:
    """A case about Bee that Asha asked for, and nobody has answered."""
    return ask_for_case(actor=who("Asha Patel"), at=now, person_id=bee, asked=asked())


@pytest.fixture
def opened(who: AnActor, case: Case, now: datetime) -> Case:
    """The same, opened by the co-ordinator."""
    return open_case(actor=who("Mair Pugh"), at=now, case_id=case.id, why="Everybody sees a part of it.")


@pytest.fixture
def joined(who: AnActor, riverside_now: Universe, opened: Case, now: datetime) -> Case:
    """The same, in which Been There takes part too: Dee came for it."""
    invitation = invite_agency(
        actor=who("Asha Patel"), at=now, case_id=opened.id, why="Dee sees her each week.",
        organisation_id=riverside_now.organisations["been_there"].id,
    )  # fmt: skip
    accept_invitation(actor=who("Dee Marsh"), at=now, invitation_id=invitation.id)
    opened.refresh_from_db()
    return opened


@pytest.fixture
def plan(riverside_now: Universe, now: datetime) -> Plan:
    day = working_days_after(timezone.localdate(now), 3)
    return Plan(
        kind="MARM", begins_at=begins(day, time(14)), minutes=60,
        place="Her kitchen", online="", priority=True, chair_id=riverside_now.members["Gwen Hughes"].id,
        takes_part="At her own table", adjustments="After eleven",
    )  # fmt: skip


@pytest.fixture
def council(riverside_now: Universe) -> str:
    return str(riverside_now.organisations["riverside_council"].id)


@pytest.fixture
def meeting(who: AnActor, opened: Case, plan: Plan, council: str, now: datetime) -> Meeting:
    return set_meeting(actor=who("Asha Patel"), at=now, case_id=opened.id, plan=plan, invited=[council])


@pytest.fixture
def amina(riverside_now: Universe) -> dict[str, UUID]:
    """The full case, and the meeting of it that was held."""
    see_all()
    case = riverside_now.cases["case"]
    held = Meeting.objects.get(case=case, number=1)
    return {"case": case, "meeting": held.id}


@pytest.fixture
def empty(opened: Case, meeting: Meeting) -> dict[str, UUID]:
    """A case of which nothing is written but that it was asked for, and a meeting that is only set."""
    return {"case": opened.id, "meeting": meeting.id}
