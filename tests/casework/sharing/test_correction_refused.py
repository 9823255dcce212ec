"""Whoever was told a decision hears how a correction of it ends; and refused ones count for nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.casework.sharing.sharing_told import DAY, against, chosen
from tests.casework.sharing.test_corrected import WHY, told_to_both
from tests.casework.sharing.test_corrected_twice import correct
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.sharing.commands.decisions import decide, look_second
from alongside.casework.sharing.commands.looking import say_it_stands
from alongside.casework.sharing.models import ShareDecision
from alongside.casework.sharing.presenters.told import ToldShown, told_shown
from alongside.casework.sharing.queries.decisions import decision_page, told_page, told_us
from alongside.casework.sharing.queries.waiting import waiting

MAY_BE_WRONG = "something may be wrong with this"
NOT_AGREED = "was not agreed"
STANDS = "What you were told here stands"
WRONG = "has made a new decision about this"
HOUR = timedelta(hours=1)


@pytest.fixture
def gwen(riverside: Universe) -> Actor:
    return actor_for(riverside, "Gwen Hughes", on=DAY)


@pytest.fixture
def old(riverside: Universe, asha: Actor, at: datetime) -> ShareDecision:
    """What Asha told Riverside Homes and Valley Police, to be reviewed today; Bee has since said no."""
    meant = replace(told_to_both(riverside), review_on=DAY)
    made = decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=meant)
    chosen(asha, riverside, at)
    return made


def proposed(actor: Actor, at: datetime, of: ShareDecision, riverside: Universe) -> ShareDecision:
    """A correction that waits for a second person."""
    return decide(
        actor=actor, at=at, person_id=of.person_id, proposal=against(riverside), corrects=of.id,
        corrected_why=WHY,
    )  # fmt: skip


def page_of(reader: Actor, of: ShareDecision) -> ToldShown:
    (mine,) = [each for each in told_us(actor=reader).rows if each.decision_id == of.id]
    return told_shown(told_page(actor=reader, disclosure_id=mine.id))


def heard(reader: Actor, of: ShareDecision) -> list[str]:
    """Which of the words above each notice on the recipient's page has, the oldest first."""
    every = (MAY_BE_WRONG, NOT_AGREED, STANDS, WRONG)
    return [next(each for each in every if each in notice.words) for notice in page_of(reader, of).notices]


def again(actor: Actor) -> set[object]:
    return {each.id for each in waiting(actor=actor, day=DAY) if each.why == "again"}


@pytest.mark.proves("MARM-51")
def test_a_correction_that_is_not_agreed_to_leaves_nobody_warned_for_good(
    riverside: Universe, asha: Actor, gwen: Actor, kit: Actor, old: ShareDecision, at: datetime
) -> None:
    waits = proposed(asha, at, old, riverside)
    assert heard(kit, old) == [MAY_BE_WRONG], "nobody has decided anything yet"
    look_second(actor=gwen, at=at + HOUR, decision_id=waits.id, agreed=False, words="She said no.")
    assert heard(kit, old) == [MAY_BE_WRONG, NOT_AGREED]
    say_it_stands(
        actor=asha, at=at + 2 * HOUR, decision_id=old.id, words="It stands.", again_on=DAY + timedelta(days=1)
    )
    assert heard(kit, old) == [MAY_BE_WRONG, NOT_AGREED, STANDS]
    say_it_stands(actor=asha, at=at + 3 * HOUR, decision_id=old.id, words="It still does.")
    assert heard(kit, old) == [MAY_BE_WRONG, NOT_AGREED, STANDS], "they were told so already"
    assert "She said no." not in "".join(each.words for each in page_of(kit, old).notices)


@pytest.mark.proves("MARM-51")
def test_once_it_is_agreed_each_is_told_what_is_right_or_that_it_was_wrong(
    riverside: Universe, asha: Actor, gwen: Actor, kit: Actor, tom: Actor, old: ShareDecision, at: datetime
) -> None:
    police, landlord = (
        next(each for each in (kit, tom) if each.member_of == riverside.organisations[name].id)
        for name in ("valley_police", "riverside_homes")
    )
    waits = proposed(asha, at, old, riverside)
    look_second(actor=gwen, at=at + HOUR, decision_id=waits.id, agreed=True, words="The neighbours.")
    assert heard(police, old) == [MAY_BE_WRONG, WRONG]
    assert heard(landlord, old) == [MAY_BE_WRONG], "it is told what is right"
    assert page_of(landlord, old).corrected


def test_a_decision_that_nobody_meant_to_correct_stands_without_a_notice(
    asha: Actor, kit: Actor, old: ShareDecision, at: datetime
) -> None:
    say_it_stands(actor=asha, at=at + HOUR, decision_id=old.id, words="It stands.")
    assert heard(kit, old) == []


@pytest.mark.proves("MARM-51")
def test_whoever_was_told_hears_of_what_corrects_a_correction_that_was_refused(
    riverside: Universe, asha: Actor, gwen: Actor, kit: Actor, old: ShareDecision, at: datetime
) -> None:
    first = proposed(asha, at, old, riverside)
    look_second(actor=gwen, at=at + HOUR, decision_id=first.id, agreed=False, words="She said no.")
    correct(asha, at + 2 * HOUR, first, riverside)
    assert heard(kit, old) == [MAY_BE_WRONG, NOT_AGREED, WRONG]


@pytest.mark.proves("MARM-51")
@pytest.mark.parametrize("depth", [2, 3, 4])
def test_what_only_refused_corrections_correct_can_be_reviewed_and_corrected(
    riverside: Universe, asha: Actor, gwen: Actor, kit: Actor, old: ShareDecision, at: datetime, depth: int
) -> None:
    last = old
    for turn in range(depth):
        last = proposed(asha, at + 2 * turn * HOUR, last, riverside)
        later = at + (2 * turn + 1) * HOUR
        look_second(actor=gwen, at=later, decision_id=last.id, agreed=False, words="No.")
    assert not decision_page(actor=asha, decision_id=old.id).corrections.all()
    assert old.id in again(asha)
    say_it_stands(
        actor=asha, at=at + 9 * HOUR, decision_id=old.id, words="It stands.", again_on=DAY + timedelta(days=1)
    )
    assert heard(kit, old) == [MAY_BE_WRONG, NOT_AGREED] * depth + [STANDS]
    correct(asha, at + 10 * HOUR, last, riverside)
    assert decision_page(actor=asha, decision_id=old.id).corrections.all(), "now one of them counts"
    with pytest.raises(AlreadyDoneError, match="A later decision corrects"):
        say_it_stands(actor=asha, at=at + 11 * HOUR, decision_id=old.id, words="It stands.")
