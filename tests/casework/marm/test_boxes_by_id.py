"""What is typed about one agency, or one action, is saved for no other, whatever changes meanwhile."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_actions import stands, written
from tests.casework.marm.test_ending import WHOLE
from tests.casework.marm.test_stepping_back import SAID
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm.commands.actions import note_where_it_stands
from alongside.casework.marm.commands.ending import end_case
from alongside.casework.marm.commands.invitations import accept_invitation, invite_agency
from alongside.casework.marm.commands.stepping_back import step_back
from alongside.casework.marm.models import Action, Case, DecisionOption, DecisionPosition, Ending
from alongside.casework.marm.rules.ending import Becomes

pytestmark = pytest.mark.django_db
UNSAFE = "The heater is not safe: we disagree."
THIRD = {
    "words_3": "A warden calls by",
    "benefits_3": "Somebody knocks",
    "consequences_3": "She dislikes it",
    "not_acting_3": "Nobody notices a fall",
}


@pytest.fixture
def asha(riverside_now: Universe) -> Client:
    return browser_of(riverside_now.members["Asha Patel"].user)


def opened_with(page: str) -> str:
    """What the form says it was opened with, as a browser sends it back."""
    found = re.search(r'name="opened_with" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def decision(now: datetime, **other: Any) -> dict[str, Any]:
    """A decision, whole, but for what agencies say."""
    again = timezone.localdate(now) + timedelta(days=30)
    given = {
        "question": "Does she stay at home?", "own_view": "I would rather fall at home.",
        "level": "A fall, yes. A fire, no.", "support": "Dee read the options to her.",
        "words_1": "She stays", "benefits_1": "Her birds", "consequences_1": "A fall", "not_acting_1": "Same",
        "words_2": "A week away", "benefits_2": "Rest", "consequences_2": "Strangers", "not_acting_2": "Ice",
        "chosen": "1", "least_restrictive": "1", "decided": "She stays.", "speaks_for": "Her home.",
        "speaks_against": "She fell twice.", "reasons": "She chose it.", "protects": ["person"],
        "review_on-day": again.day, "review_on-month": again.month, "review_on-year": again.year, "room": "2",
    }  # fmt: skip
    return given | other


def says(agency: object, stance: str, name: str, said: str = "") -> dict[str, str]:
    return {f"stance_{agency}": stance, f"name_{agency}": name, f"said_{agency}": said}


@pytest.mark.proves("SAFE-19")
@pytest.mark.parametrize("also", [{}, {"add_option": "yes"}, {"reasons": ""}])
def test_what_was_typed_about_an_agency_that_stepped_back_is_shown_and_saved_for_no_other(
    also: dict[str, str], who: AnActor, asha: Client, riverside_now: Universe, joined: Case, now: datetime
) -> None:
    council = riverside_now.organisations["riverside_council"].id
    left = riverside_now.organisations["been_there"].id
    address = f"/cases/{joined.id}/decisions/new/"
    typed = decision(now, opened_with=opened_with(asha.get(address).text))
    typed |= says(left, "dissents", "Dee Marsh", UNSAFE) | says(council, "agrees", "Asha Patel", "Her choice")
    step_back(actor=who("Dee Marsh"), at=now, case_id=joined.id, said=SAID)
    told = asha.post(address, typed | also)
    assert told.status_code == 409
    page = unescape(told.text)
    for kept in (UNSAFE, "Disagrees", "Dee Marsh", "Been There", "Her choice", "She fell twice."):
        assert kept in page, kept
    assert f'name="said_{left}"' not in page
    assert "There is a problem" not in page
    assert re.search(rf'name="stance_{council}"[^>]*value="agrees"[^>]*checked', page)
    see_all()
    assert not DecisionPosition.objects.filter(decision__case=joined).exists()
    # then: she reads it, and sends the same again
    assert asha.post(address, typed | {"opened_with": opened_with(page)}).status_code == 302
    see_all()
    (kept_of,) = DecisionPosition.objects.filter(decision__case=joined)
    assert (kept_of.organisation_id, kept_of.name, kept_of.stance, kept_of.words) == (
        council, "Asha Patel", "agrees", "Her choice",
    )  # fmt: skip


def test_an_agency_that_joined_meanwhile_is_named_and_asked(
    who: AnActor, asha: Client, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    council = riverside_now.organisations["riverside_council"].id
    joins = riverside_now.organisations["been_there"].id
    address = f"/cases/{opened.id}/decisions/new/"
    typed = decision(now, opened_with=opened_with(asha.get(address).text))
    typed |= says(council, "agrees", "Asha Patel", "Her choice")
    asked = invite_agency(
        actor=who("Asha Patel"), at=now, case_id=opened.id, why="Dee knows her.", organisation_id=joins
    )
    accept_invitation(actor=who("Dee Marsh"), at=now, invitation_id=asked.id)
    told = asha.post(address, typed)
    assert told.status_code == 409
    assert "New since you opened this form: Been There" in told.text
    assert "Her choice" in told.text
    again = typed | {"opened_with": opened_with(told.text)}
    assert asha.post(address, again).status_code == 422
    assert asha.post(address, again | says(joins, "no_view", "Dee Marsh")).status_code == 302


def test_what_becomes_of_one_action_is_saved_for_no_other(
    who: AnActor, asha: Client, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    day = timezone.localdate(now)
    alarm = written(who, riverside_now, opened, now, words="Fit a smoke alarm", due=day)
    rings = written(who, riverside_now, opened, now, words="Ring her each Friday")
    address = f"/cases/{opened.id}/end/safer/"
    typed: dict[str, Any] = {
        "opened_with": opened_with(asha.get(address).text), "met": WHOLE.met, "own_view": WHOLE.own_view,
        "risk": WHOLE.risk, "who_knows": WHOLE.who_knows, "reopens": WHOLE.reopens,
        "who_notices": WHOLE.who_notices, "need_0": "Dee and the stairs.", "need_1": "Dee on Thursdays.",
        f"action_{alarm.id}": "stops", f"action_{alarm.id}_words": "Fitted today, so it is not needed",
        f"action_{rings.id}": "goes_on", f"action_{rings.id}_words": "Wes rings her",
    }  # fmt: skip
    note_where_it_stands(
        actor=who("Wes Tanner"), at=now, action_id=alarm.id, stands=stands(now), opened_version=alarm.version
    )
    told = asha.post(address, typed)
    assert told.status_code == 409
    for kept in ("Fit a smoke alarm", "It stops", "Fitted today, so it is not needed", "Wes rings her"):
        assert kept in told.text, kept
    assert f'name="action_{alarm.id}_words"' not in told.text
    see_all()
    assert not Ending.objects.filter(case=opened).exists()
    # and one that was written meanwhile is named, and asked about
    new = written(who, riverside_now, opened, now, words="Clear the path")
    typed["opened_with"] = opened_with(told.text)
    told = asha.post(address, typed)
    assert told.status_code == 409
    assert "New since you opened this form: Clear the path" in told.text
    typed |= {f"action_{new.id}": "stops", f"action_{new.id}_words": "Her nephew clears it"}
    assert asha.post(address, typed | {"opened_with": opened_with(told.text)}).status_code == 302
    see_all()
    updates = dict(Action.objects.filter(case=opened).values_list("words", "updates__words"))
    assert "Wes rings her" in updates["Ring her each Friday"]
    assert "Her nephew clears it" in updates["Clear the path"]


def test_words_about_an_action_that_was_just_done_are_not_dropped_by_the_command(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    alarm = written(who, riverside_now, opened, now, words="Fit a smoke alarm")
    note_where_it_stands(
        actor=who("Wes Tanner"), at=now, action_id=alarm.id, stands=stands(now), opened_version=alarm.version
    )
    closing = replace(WHOLE, actions={alarm.id: Becomes(True, "Wes fits it")})
    with pytest.raises(AlreadyDoneError, match="no longer to do"):
        end_case(actor=who("Asha Patel"), at=now, case_id=opened.id, closing=closing)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("words_3", "Option 3: say what it is, or empty its other boxes"),
        ("benefits_3", "Option 3: say what is good about it for the person"),
        ("not_acting_3", "Option 3: say what may happen without it"),
    ],
)
def test_no_option_is_dropped_without_a_word(
    missing: str, said: str, asha: Client, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    council = riverside_now.organisations["riverside_council"].id
    address = f"/cases/{opened.id}/decisions/new/"
    typed = decision(now, opened_with=opened_with(asha.get(address).text), room="3")
    typed |= says(council, "agrees", "Asha Patel") | THIRD
    refused = asha.post(address, typed | {missing: " "})
    assert refused.status_code == 422
    assert f'href="#id_{missing}">{said}' in refused.text
    assert all(words in refused.text for name, words in THIRD.items() if name != missing)
    assert asha.post(address, typed).status_code == 302
    see_all()
    assert DecisionOption.objects.filter(decision__case=opened).count() == 3


def test_an_option_of_which_nothing_was_typed_is_not_asked_about(
    asha: Client, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    council = riverside_now.organisations["riverside_council"].id
    typed = decision(now, room="3") | says(council, "agrees", "Asha Patel")
    assert asha.post(f"/cases/{opened.id}/decisions/new/", typed).status_code == 302
