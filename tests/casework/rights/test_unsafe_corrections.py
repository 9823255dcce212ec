"""A decision of which it turned out later that it is not safe for the person to know."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tests.casework.rights.conftest import everything, unsafe_about
from tests.casework.rights.test_betrayed import all_of, unsafe
from tests.casework.rights.test_statement import text_of
from tests.casework.sharing.sharing_told import proposal
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.rights.presenters.statement import before_giving
from alongside.casework.rights.queries.statement import statement_of
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.models import ShareDecision
from alongside.casework.sharing.rules.decisions import Outcome, Told

WHY = "He reads her post."
TOLD_HOMES = "Riverside Council told Riverside Homes about you"


def decides(
    riverside: Universe, asha: Actor, at: datetime, told: Told, corrects: ShareDecision | None = None
) -> ShareDecision:
    how = {
        Told.TOLD: {"told_on": at.date(), "told_how": "At her door"},
        Told.WILL_BE: {"told_on": None, "told_how": "On Friday's visit"},
        Told.NOT_SAFE: {"told_on": None, "told_how": "", "told_why_not": WHY},
    }
    return decide(
        actor=asha, at=at, person_id=riverside.people["Bee"],
        proposal=replace(proposal(riverside), told=told, **how[told]),  # type: ignore[arg-type]
        corrects=corrects and corrects.id, corrected_why="We know more now." if corrects else "",
    )  # fmt: skip


def key_of(decision: ShareDecision) -> str:
    return f"sharing.ShareDecision:{decision.id}"


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize("days", [0, 2])
def test_what_a_correction_says_it_is_not_safe_to_know_is_not_in_the_statement(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime, days: int
) -> None:
    first = decides(riverside, asha, at, Told.WILL_BE)
    assert TOLD_HOMES in text_of(asha, bee)
    decides(riverside, asha, at + timedelta(days=days), Told.NOT_SAFE, first)
    assert TOLD_HOMES not in text_of(asha, bee)
    held = before_giving(statement_of(actor=asha, person_id=bee)).held
    assert len({(each.what, each.why) for each in held}) >= (1 if days == 0 else 2), "and they are told why"


@pytest.mark.proves("MARM-26", "MARM-34")
def test_somebody_looks_at_it_before_it_is_given(
    riverside: Universe, asha: Actor, iris: Actor, asked: UUID, bee: UUID, at: datetime
) -> None:
    first = decides(riverside, asha, at, Told.WILL_BE)
    decides(riverside, asha, at + timedelta(days=2), Told.NOT_SAFE, first)
    everything()
    assert key_of(first) in unsafe_about(bee)
    marked = {each.line.key for each in unsafe(all_of(iris, asked, at)) if each.waits}
    assert key_of(first) in marked
    told = {each for each in marked if each.startswith(("sharing.Disclosure:", "sharing.SharedItem:"))}
    assert len(told) >= 4, "what was told, the first time and in the correction"


@pytest.mark.proves("MARM-27", "MARM-34")
def test_a_correction_of_the_correction_counts_for_all_before_it(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    first = decides(riverside, asha, at, Told.WILL_BE)
    second = decides(riverside, asha, at + timedelta(days=2), Told.WILL_BE, first)
    third = decides(riverside, asha, at + timedelta(days=4), Told.NOT_SAFE, second)
    assert TOLD_HOMES not in text_of(asha, bee)
    everything()
    assert unsafe_about(bee) >= {key_of(each) for each in (first, second, third)}


@pytest.mark.proves("MARM-27", "MARM-34")
def test_what_they_were_told_of_before_stays(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    first = decides(riverside, asha, at, Told.TOLD)
    second = decides(riverside, asha, at + timedelta(days=2), Told.NOT_SAFE, first)
    assert text_of(asha, bee).count(TOLD_HOMES) == 1, "the absence of what they have read would say more"
    everything()
    keys = unsafe_about(bee)
    assert key_of(first) not in keys
    assert key_of(second) in keys


@pytest.mark.proves("MARM-27", "MARM-34")
def test_the_same_holds_for_a_decision_not_to_share(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    plain = replace(
        proposal(riverside), outcome=Outcome.DO_NOT_SHARE, reason="She asked us not to.",
        risk="She may fall.", review_on=at.date() + timedelta(days=60), told=Told.WILL_BE, told_on=None,
        told_how="On Friday's visit",
    )  # fmt: skip
    first = decide(actor=asha, at=at, person_id=bee, proposal=plain)
    assert "decided not to tell Riverside Homes about you" in text_of(asha, bee)
    unsafe_now = replace(plain, told=Told.NOT_SAFE, told_how="", told_why_not=WHY)
    decide(
        actor=asha, at=at + timedelta(days=2), person_id=bee, proposal=unsafe_now, corrects=first.id,
        corrected_why="He would learn of it.",
    )  # fmt: skip
    assert "decided not to tell Riverside Homes about you" not in text_of(asha, bee)
