"""A notice says that what waits is on the Today page: whoever is sent one about a case finds it there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import Settings
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_actions import written
from tests.casework.marm.test_disputes import WHOLE as DIFFERS
from tests.casework.marm.test_ending import WHOLE as CLOSING
from tests.casework.marm.test_harm import happened
from tests.casework.marm.test_stepping_back import SAID
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts.models import User
from alongside.casework.marm.commands.actions import hand_action_over
from alongside.casework.marm.commands.answering_asked import decline_meeting
from alongside.casework.marm.commands.asking import decline_case, open_case
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.marm.commands.disputes import raise_dispute, settle_dispute, take_dispute_up
from alongside.casework.marm.commands.drifting import find_drift
from alongside.casework.marm.commands.ending import answer_what_remains, end_case
from alongside.casework.marm.commands.harm import note_harm
from alongside.casework.marm.commands.invitations import (
    accept_invitation,
    decline_invitation,
    invite_agency,
)
from alongside.casework.marm.commands.leading import ask_to_lead
from alongside.casework.marm.commands.meetings import ask_for_meeting, cancel_meeting, set_meeting
from alongside.casework.marm.commands.stepping_back import step_back
from alongside.casework.marm.models import Case, SharedRisk
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.rules.disputes import CameOf
from alongside.casework.marm.rules.ending import Agreed, Becomes
from alongside.casework.marm.rules.invitations import WhyNot
from alongside.casework.marm.rules.stages import Urgency
from alongside.casework.notices.models import Notice
from alongside.casework.people.commands.involvement import note_involvement
from alongside.casework.people.models import Reach

pytestmark = pytest.mark.django_db
NIGHT = system_actor("tests")


@dataclass(frozen=True)
class Scene:
    """People around Bee, a case of theirs, and a time."""

    who: AnActor
    universe: Universe
    case: Case
    plan: Plan
    now: datetime

    def org(self, code: str) -> UUID:
        return UUID(str(self.universe.organisations[code].id))

    def invited(self, code: str = "riverside_homes") -> Any:
        return invite_agency(
            actor=self.who("Asha Patel"), at=self.now, case_id=self.case.id, why="They know the house.",
            organisation_id=self.org(code),
        )  # fmt: skip

    def dispute(self) -> Any:
        return raise_dispute(
            actor=self.who("Dee Marsh"), at=self.now, case_id=self.case.id,
            against_id=self.org("riverside_council"), differs=DIFFERS,
        )  # fmt: skip

    def step(self, dispute: Any) -> dict[str, Any]:
        return {"at": self.now, "case_dispute_id": dispute.id, "opened_rung": 1}

    def asked(self, by: str = "Dee Marsh") -> Any:
        return ask_for_meeting(
            actor=self.who(by), at=self.now, case_id=self.case.id, urgency=Urgency.OTHER, why="To agree."
        )

    def meeting(self, *codes: str) -> Any:
        return set_meeting(
            actor=self.who("Asha Patel"), at=self.now, case_id=self.case.id, plan=self.plan,
            invited=[str(self.org(each)) for each in codes],
        )  # fmt: skip

    def ended(self, **other: Any) -> Any:
        return end_case(
            actor=self.who("Asha Patel"), at=self.now, case_id=self.case.id, closing=replace(CLOSING, **other)
        )


@pytest.fixture
def scene(
    who: AnActor, riverside_now: Universe, joined: Case, plan: Plan, now: datetime, settings: Settings
) -> Scene:
    settings.MAIL = settings.MAIL or SimpleNamespace(address="https://alongside.example")
    return Scene(who, riverside_now, joined, plan, now)


def an_invitation(scene: Scene) -> Callable[[], Any]:
    return scene.invited


def an_invitation_that_is_accepted(scene: Scene) -> Callable[[], Any]:
    asked = scene.invited()
    return lambda: accept_invitation(actor=scene.who("Tom Reilly"), at=scene.now, invitation_id=asked.id)


def an_invitation_that_is_declined(scene: Scene) -> Callable[[], Any]:
    asked = scene.invited()
    return lambda: decline_invitation(
        actor=scene.who("Tom Reilly"), at=scene.now, invitation_id=asked.id, why_not=WhyNot.OTHER, words="No"
    )


def a_dispute(scene: Scene) -> Callable[[], Any]:
    return scene.dispute


def a_dispute_that_goes_further(scene: Scene) -> Callable[[], Any]:
    step = scene.step(scene.dispute())
    return lambda: take_dispute_up(actor=scene.who("Wes Tanner"), why="No day.", who="Gwen Hughes", **step)


def a_dispute_that_is_settled(scene: Scene) -> Callable[[], Any]:
    step = scene.step(scene.dispute())
    return lambda: settle_dispute(
        actor=scene.who("Wes Tanner"), came=CameOf.SETTLED, words="On Friday.", **step
    )


def a_meeting_that_is_asked_for(scene: Scene) -> Callable[[], Any]:
    return scene.asked


def a_meeting_that_is_set(scene: Scene) -> Callable[[], Any]:
    scene.asked()
    return lambda: scene.meeting("riverside_council", "been_there")


def a_meeting_to_which_whoever_asked_is_not_invited(scene: Scene) -> Callable[[], Any]:
    scene.asked()
    return lambda: scene.meeting("riverside_council")


def a_meeting_that_will_not_be(scene: Scene) -> Callable[[], Any]:
    asked = scene.asked()
    return lambda: decline_meeting(actor=scene.who("Asha Patel"), at=scene.now, asked_id=asked.id, why="No")


def a_meeting_that_is_cancelled(scene: Scene) -> Callable[[], Any]:
    met = scene.meeting("riverside_council", "been_there")
    return lambda: cancel_meeting(actor=scene.who("Asha Patel"), at=scene.now, meeting_id=met.id, why="Ill")


def an_action(scene: Scene) -> Callable[[], Any]:
    return lambda: written(scene.who, scene.universe, scene.case, scene.now)


def an_action_that_is_handed_over(scene: Scene) -> Callable[[], Any]:
    action = written(scene.who, scene.universe, scene.case, scene.now)
    dee = scene.universe.members["Dee Marsh"].id
    return lambda: hand_action_over(
        actor=scene.who("Asha Patel"), at=scene.now, action_id=action.id, membership_id=dee, why="Nearer"
    )


def the_end_of_a_case_in_which_an_action_stops(scene: Scene) -> Callable[[], Any]:
    return _the_end(scene, Becomes(goes_on=False, words="Not needed"))


def the_end_of_a_case_in_which_an_action_goes_on(scene: Scene) -> Callable[[], Any]:
    return _the_end(scene, Becomes(goes_on=True, words="Each Friday"))


def _the_end(scene: Scene, becomes: Becomes) -> Callable[[], Any]:
    action = written(scene.who, scene.universe, scene.case, scene.now, owner="Wes Tanner")
    return lambda: scene.ended(actions={action.id: becomes})


def an_answer_to_what_remains(scene: Scene) -> Callable[[], Any]:
    scene.ended()
    see_all()
    put = SharedRisk.objects.get(case=scene.case, organisation_id=scene.org("been_there"))
    return lambda: answer_what_remains(
        actor=scene.who("Dee Marsh"),
        at=scene.now,
        shared_risk_id=put.id,
        agrees=Agreed.NOT_AGREED,
        words="No",
    )


def harm(scene: Scene) -> Callable[[], Any]:
    return lambda: note_harm(
        actor=scene.who("Dee Marsh"), at=scene.now, case_id=scene.case.id, happened=happened(scene.now)
    )


def an_agency_that_steps_back(scene: Scene) -> Callable[[], Any]:
    return lambda: step_back(actor=scene.who("Dee Marsh"), at=scene.now, case_id=scene.case.id, said=SAID)


def a_lead(scene: Scene) -> Callable[[], Any]:
    wes = scene.universe.members["Wes Tanner"].id
    return lambda: ask_to_lead(
        actor=scene.who("Asha Patel"), at=scene.now, case_id=scene.case.id, membership_id=wes, why="Knows her"
    )


def drift(scene: Scene) -> Callable[[], Any]:
    note_involvement(
        actor=scene.who("Tom Reilly"), at=scene.now, person_id=scene.universe.people["Stan"],
        worker_name="Tom Reilly",
    )  # fmt: skip
    return lambda: find_drift(actor=NIGHT, at=scene.now + timedelta(days=60))


def drift_that_no_co_ordinator_sees(scene: Scene) -> Callable[[], Any]:
    stan = scene.universe.people["Stan"]
    see_all()
    Reach.objects.filter(person_id=stan, organisation_id=scene.org("riverside_council"), until=None).update(
        until=scene.now
    )
    for days in range(3):
        raise_concern(
            actor=scene.who("Tom Reilly"), at=scene.now - timedelta(days=days), person_id=stan, words="No."
        )
    return lambda: find_drift(actor=NIGHT, at=scene.now)


SCENES = [
    an_invitation,
    an_invitation_that_is_accepted,
    an_invitation_that_is_declined,
    a_dispute,
    a_dispute_that_goes_further,
    a_dispute_that_is_settled,
    a_meeting_that_is_asked_for,
    a_meeting_that_is_set,
    a_meeting_to_which_whoever_asked_is_not_invited,
    a_meeting_that_will_not_be,
    a_meeting_that_is_cancelled,
    an_action,
    an_action_that_is_handed_over,
    the_end_of_a_case_in_which_an_action_stops,
    the_end_of_a_case_in_which_an_action_goes_on,
    an_answer_to_what_remains,
    harm,
    an_agency_that_steps_back,
    a_lead,
    drift,
    drift_that_no_co_ordinator_sees,
]


class UndoneError(Exception):
    """What was done is taken back, to see the page as it was before."""


@pytest.mark.parametrize("makes", SCENES, ids=[each.__name__ for each in SCENES])
def test_whoever_is_told_finds_something_new_on_their_day(
    makes: Callable[[Scene], Callable[[], Any]], scene: Scene
) -> None:
    act = makes(scene)
    _found_on_the_day(act)


@pytest.mark.parametrize("declined", [False, True], ids=["opened", "declined"])
def test_whoever_asked_for_a_case_finds_the_answer_on_their_day(
    declined: bool, case: Case, who: AnActor, now: datetime, settings: Settings
) -> None:
    settings.MAIL = settings.MAIL or SimpleNamespace(address="https://alongside.example")
    given: dict[str, Any] = {"actor": who("Mair Pugh"), "at": now, "case_id": case.id, "why": "Seen apart."}
    if declined:
        _found_on_the_day(lambda: decline_case(**given, advice="Ask her GP.", route="care_act_assessment"))
    else:
        _found_on_the_day(lambda: open_case(**given))


def _found_on_the_day(act: Callable[[], Any]) -> None:
    Notice.objects.all().delete()
    after: dict[User, set[str]] = {}
    with pytest.raises(UndoneError):
        _done_and_undone(act, after)
    assert after, "nobody was told"
    assert [each.name for each, lines in after.items() if not lines - _lines(each)] == []


@transaction.atomic
def _done_and_undone(act: Callable[[], Any], after: dict[User, set[str]]) -> None:
    """Note the day of each who was told, and then take back what was done."""
    act()
    told = User.objects.filter(notice__waiting_since__isnull=False).order_by("name")
    after.update({each: _lines(each) for each in told})
    raise UndoneError


def _lines(user: User) -> set[str]:
    page = browser_of(user).get("/").text
    return {each.split("</li>")[0] for each in page.split("<li>")[1:]}
