"""What the forms of a case call owed, and that what is missing is named."""

import pytest
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.models import Case, Meeting

pytestmark = pytest.mark.django_db


def test_nothing_is_called_optional_of_which_some_is_owed(
    riverside_now: Universe, opened: Case, meeting: Meeting
) -> None:
    asha = browser_of(riverside_now.members["Asha Patel"].user)
    to_set = asha.get(f"/cases/{opened.id}/meetings/set/").text
    assert "Where? (optional)" not in to_set
    assert "Online meeting link (optional)" not in to_set
    assert "Give a place, an online link, or both." in to_set
    report = asha.get(f"/meetings/{meeting.id}/reports/send/").text
    assert "facts, what is strong and at least one topic" in report
    assert "What do you know about? (optional)" not in report
    owed = asha.post(f"/meetings/{meeting.id}/reports/send/", {"opinions": "She is proud."}).text
    assert "Say what is strong: there is always something" in owed


def test_what_is_missing_of_an_option_is_named(riverside_now: Universe, opened: Case) -> None:
    asha = browser_of(riverside_now.members["Asha Patel"].user)
    page = asha.post(f"/cases/{opened.id}/decisions/new/", {"question": "Where she sleeps"}).text
    assert ": say this" not in page
    for number in (1, 2):
        for what in (
            "say what it is",
            "say what is good about it for the person",
            "say what is not good about it, as they understood it",
            "say what may happen without it",
        ):
            assert f"Option {number}: {what}" in page


def test_an_empty_list_of_actions_does_not_speak_of_others(riverside_now: Universe, opened: Case) -> None:
    asha = browser_of(riverside_now.members["Asha Patel"].user)
    page = asha.get(f"/cases/{opened.id}/actions/").text
    assert "There is nothing to do." in page
    assert "nothing else" not in page
