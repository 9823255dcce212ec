"""A conversation written down half way, where an agency leaves a case or the case ends."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_ending_leaves_nothing import DIED
from tests.casework.marm.test_stepping_back import SAID
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.kernel.area import area_pack
from alongside.casework.marm.commands.ending import end_case
from alongside.casework.marm.commands.stepping_back import step_back
from alongside.casework.marm.models import Case
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.half_way import TalkUnfinishedError
from alongside.casework.outreach.commands.talking import (
    autosave_answer,
    begin_conversation,
    guide_as_kept,
    note_danger,
)
from alongside.casework.outreach.rules import Priority, State
from alongside.casework.people.models import AboutMe, Reach
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db
PENSION = "He takes my pension."


@pytest.fixture
def talk(who: AnActor, riverside_now: Universe, joined: Case, now: datetime) -> UUID:
    """Dee's, whose agency sees Bee through the case alone."""
    see_all()
    known = Reach.objects.filter(
        person_id=joined.person_id, organisation=riverside_now.organisations["been_there"], until=None
    )
    known.exclude(why=ReachWhy.CASE).update(until=now)
    given: dict[str, Any] = {"actor": who("Dee Marsh"), "at": now}
    item = raise_item(
        **given, person_id=joined.person_id, team_id=None, priority=Priority.TODAY, why="She is alone."
    )
    see_all()
    item.give(riverside_now.members["Dee Marsh"], state=State.ASSIGNED, by="Dee Marsh", at=now)
    guide = guide_as_kept(area_pack().conversations["first_call/2"])
    begun = begin_conversation(**given, item_id=item.id, guide="first_call/2", guide_words=guide)
    note_danger(**given, conversation_id=begun.id, danger=False)
    autosave_answer(**given, conversation_id=begun.id, prompt="good_day", words=PENSION)
    return begun.id


def test_an_agency_does_not_step_back_half_way_through_and_what_it_wrote_about_that_stays(
    who: AnActor, riverside_now: Universe, joined: Case, talk: UUID, now: datetime
) -> None:
    with pytest.raises(TalkUnfinishedError, match="Dee Marsh has a conversation"):
        step_back(actor=who("Dee Marsh"), at=now, case_id=joined.id, said=SAID)
    browser = browser_of(riverside_now.members["Dee Marsh"].user)
    sent = {"why": SAID.why, "who_holds": SAID.who_holds, "person_told": SAID.person_told,
            "agencies_told": SAID.agencies_told}  # fmt: skip
    answer = browser.post(reverse("marm:leave_case", args=[joined.id]), sent)
    assert answer.status_code == 422
    assert "Dee Marsh has a conversation" in answer.content.decode()
    assert SAID.who_holds in answer.content.decode()


def test_a_case_ends_whatever_another_agency_has_half_written_and_what_they_said_is_on_their_page(
    who: AnActor, joined: Case, talk: UUID, now: datetime
) -> None:
    end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=DIED)
    see_all()
    assert AboutMe.objects.get(words=PENSION).person_id == joined.person_id
