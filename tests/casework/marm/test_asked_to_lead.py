"""Whoever steers may ask another to lead until somebody accepts: one who left never answers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm.commands.leading import accept_lead, ask_to_lead
from alongside.casework.marm.commands.stepping_back import NeededHereError, step_back
from alongside.casework.marm.models import Case
from alongside.casework.marm.presenters.cases import CaseShown, case_shown
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.today import Waits, waiting_in_cases
from alongside.casework.marm.rules.stepping_back import SteppingBack

pytestmark = pytest.mark.django_db

Ask = Callable[..., Any]
SAID = SteppingBack("Dee has left.", "The council.", "She was told on Monday.", "All of them, on Monday.")


@pytest.fixture
def ask(riverside_now: Universe, who: AnActor, opened: Case, now: datetime) -> Ask:
    """Mair asks somebody to lead the case about Bee."""
    return lambda name, at=now: ask_to_lead(
        actor=who("Mair Pugh"), at=at, case_id=opened.id, membership_id=riverside_now.members[name].id,
        why="The home is the matter.",
    )  # fmt: skip


def waits(who: AnActor, name: str, case: Case, now: datetime) -> list[Waits]:
    found = waiting_in_cases(actor=who(name), day=timezone.localdate(now)).cases
    return [each.waits for each in found if each.case_id == case.id]


def leaves(universe: Universe, name: str, now: datetime) -> None:
    see_all()
    universe.members[name].end(on=timezone.localdate(now))


def shown(who: AnActor, case: Case, now: datetime) -> CaseShown:
    return case_shown(case_page(actor=who("Mair Pugh"), case_id=case.id), now)


def test_another_can_be_asked_before_anybody_accepts_and_the_history_shows_both(
    riverside_now: Universe, who: AnActor, opened: Case, ask: Ask, now: datetime
) -> None:
    ask("Wes Tanner")
    with pytest.raises(AlreadyDoneError, match="Wes Tanner has already been asked"):
        ask("Wes Tanner")
    browser = browser_of(riverside_now.members["Mair Pugh"].user)
    assert "Ask somebody else to lead" in browser.get(f"/cases/{opened.id}/").text
    said = "Wes Tanner, Riverside Council has been asked, and has not answered."
    assert said in browser.get(f"/cases/{opened.id}/lead/").text
    ask("Joan Adeyemi", at=now + timedelta(minutes=1))
    asked = leading_now(opened).asked
    assert asked is not None
    assert asked.member.user.name == "Joan Adeyemi"
    with pytest.raises(NotAllowedError):
        accept_lead(actor=who("Wes Tanner"), at=now, case_id=opened.id)
    history = shown(who, opened, now).leading.history
    assert any(each.startswith("Wes Tanner, Riverside Council was asked from") for each in history)
    accept_lead(actor=who("Joan Adeyemi"), at=now, case_id=opened.id)


def test_the_day_says_that_nobody_leads_while_whoever_was_asked_has_left(
    riverside_now: Universe, who: AnActor, opened: Case, ask: Ask, now: datetime
) -> None:
    ask("Wes Tanner")
    assert waits(who, "Mair Pugh", opened, now) == waits(who, "Asha Patel", opened, now) == []
    leaves(riverside_now, "Wes Tanner", now)
    for name in ("Mair Pugh", "Asha Patel"):
        assert waits(who, name, opened, now) == [Waits.WITHOUT_LEAD]
    page = browser_of(riverside_now.members["Mair Pugh"].user).get(f"/cases/{opened.id}/").text
    assert "Asked to lead, but no longer works there: Wes Tanner, Riverside Council." in page
    ask("Joan Adeyemi")
    assert waits(who, "Mair Pugh", opened, now) == []


@pytest.mark.parametrize("covered", [False, True])
def test_it_says_so_too_while_they_are_away_since_nobody_can_accept_for_them(
    covered: bool, riverside_now: Universe, who: AnActor, opened: Case, ask: Ask, now: datetime
) -> None:
    ask("Wes Tanner")
    cover = riverside_now.members["Joan Adeyemi"] if covered else None
    day = timezone.localdate(now)
    see_all()
    Absence.begin(membership=riverside_now.members["Wes Tanner"], on=day, until=None, cover=cover)
    assert waits(who, "Mair Pugh", opened, now) == [Waits.WITHOUT_LEAD]


def test_an_agency_leaves_though_somebody_was_asked_to_lead_who_has_left_it(
    riverside_now: Universe, who: AnActor, joined: Case, ask: Ask, now: datetime
) -> None:
    ask("Dee Marsh")
    see_all()
    Membership.objects.filter(id=riverside_now.members["Ola Finch"].id).update(roles=["practitioner"])
    leave = {"actor": who("Ola Finch"), "at": now, "case_id": joined.id, "said": SAID}
    with pytest.raises(NeededHereError):
        step_back(**leave)
    leaves(riverside_now, "Dee Marsh", now)
    step_back(**leave)
    see_all()
    assert leading_now(joined).asked is None
