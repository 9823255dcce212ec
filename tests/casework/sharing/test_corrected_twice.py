"""A correction warns at once, counts only if it was not refused, and there is one of each decision."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.casework.sharing.sharing_told import DAY, against, chosen, item, proposal
from tests.casework.sharing.test_corrected import WHY, no, told_to_both
from tests.casework.sharing.test_deciding_pages import TELLING, Deciding, basis
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.operations.running import tell_database
from alongside.casework.sharing.commands.decisions import (
    CorrectedMeanwhileError,
    NoDecisionError,
    decide,
    look_second,
)
from alongside.casework.sharing.commands.looking import say_it_stands
from alongside.casework.sharing.models import RecipientTold, ShareDecision, ShareDraft
from alongside.casework.sharing.presenters.told import told_shown
from alongside.casework.sharing.queries.decisions import decision_page, told_page, told_us
from alongside.casework.sharing.queries.waiting import waiting


@pytest.fixture
def gwen(riverside: Universe) -> Actor:
    return actor_for(riverside, "Gwen Hughes", on=DAY)


@pytest.fixture
def old(riverside: Universe, asha: Actor, at: datetime) -> ShareDecision:
    """What Asha told Riverside Homes and Valley Police, to be reviewed today."""
    meant = replace(told_to_both(riverside), review_on=DAY)
    return decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=meant)


@pytest.fixture
def waits(riverside: Universe, asha: Actor, old: ShareDecision, at: datetime) -> ShareDecision:
    """Bee has since said no, so the correction of it waits for a second person."""
    chosen(asha, riverside, at)
    return decide(
        actor=asha, at=at, person_id=old.person_id, proposal=against(riverside), corrects=old.id,
        corrected_why=WHY,
    )  # fmt: skip


def warned(of: ShareDecision) -> list[str]:
    tell_database(system_actor("tests"))
    notices = RecipientTold.objects.filter(disclosure__decision=of).select_related("organisation")
    return sorted(each.organisation.name for each in notices)


def correct(actor: Actor, at: datetime, of: ShareDecision, riverside: Universe) -> ShareDecision:
    return decide(
        actor=actor, at=at, person_id=of.person_id, proposal=no(riverside), corrects=of.id,
        corrected_why="Neither is right.",
    )  # fmt: skip


@pytest.mark.proves("MARM-51")
@pytest.mark.parametrize("agreed", [True, False])
def test_whoever_was_told_is_warned_while_the_correction_waits_and_hears_how_it_ends(
    kit: Actor, gwen: Actor, old: ShareDecision, waits: ShareDecision, at: datetime, agreed: bool
) -> None:
    assert warned(old) == ["Riverside Homes", "Valley Police"]
    (mine,) = [each for each in told_us(actor=kit).rows if each.decision_id == old.id]
    (notice,) = told_shown(told_page(actor=kit, disclosure_id=mine.id)).notices
    assert "ask them before you rely on it" in notice.words
    assert WHY not in notice.words
    look_second(actor=gwen, at=at, decision_id=waits.id, agreed=agreed, words="I have thought about it.")
    told_right = ["Riverside Homes"] if agreed else []
    assert warned(old) == sorted(["Riverside Homes", "Valley Police"] * 2)[len(told_right) :]


@pytest.mark.proves("MARM-51")
def test_a_correction_that_nobody_agreed_to_counts_for_nothing(
    riverside: Universe, asha: Actor, gwen: Actor, old: ShareDecision, waits: ShareDecision, at: datetime
) -> None:
    with pytest.raises(AlreadyDoneError, match="A later decision corrects"):
        say_it_stands(actor=asha, at=at, decision_id=old.id, words="It stands.")
    look_second(actor=gwen, at=at, decision_id=waits.id, agreed=False, words="She said no.")
    assert not decision_page(actor=asha, decision_id=old.id).corrections.all()
    assert old.id in {each.id for each in waiting(actor=asha, day=DAY) if each.why == "again"}
    say_it_stands(actor=asha, at=at, decision_id=old.id, words="It stands.")
    made = correct(asha, at, old, riverside)
    assert made.corrects_id == old.id


def test_what_was_corrected_after_it_was_refused_counts_again(
    riverside: Universe, asha: Actor, gwen: Actor, old: ShareDecision, waits: ShareDecision, at: datetime
) -> None:
    look_second(actor=gwen, at=at, decision_id=waits.id, agreed=False, words="She said no.")
    correct(asha, at, waits, riverside)
    assert old.id not in {each.id for each in waiting(actor=asha, day=DAY) if each.why == "again"}
    with pytest.raises(CorrectedMeanwhileError) as refused:
        correct(asha, at, old, riverside)
    assert refused.value.by == waits.id


def test_what_a_colleague_said_is_wrong_is_not_told_though_their_correction_was_refused(
    riverside: Universe, asha: Actor, gwen: Actor, waits: ShareDecision, at: datetime
) -> None:
    less = decide(
        actor=asha, at=at, person_id=waits.person_id, proposal=against(riverside, first="The man below"),
        corrects=waits.id, corrected_why=WHY,
    )  # fmt: skip
    look_second(actor=gwen, at=at, decision_id=less.id, agreed=False, words="She said no.")
    with pytest.raises(NoDecisionError, match="was not agreed to"):
        look_second(actor=gwen, at=at, decision_id=waits.id, agreed=True, words="I agree.")
    look_second(actor=gwen, at=at, decision_id=waits.id, agreed=False, words="Nor to this.")


@pytest.mark.proves("MARM-51")
def test_one_decision_is_corrected_once_so_that_no_two_are_told_opposite_facts(
    riverside: Universe, asha: Actor, old: ShareDecision, at: datetime
) -> None:
    better = replace(told_to_both(riverside), items=(item(words="She can climb them with help."),))
    first = decide(
        actor=asha, at=at, person_id=old.person_id, proposal=better, corrects=old.id, corrected_why=WHY
    )
    other = proposal(riverside, items=(item(words="She cannot climb them at all."),))
    with pytest.raises(CorrectedMeanwhileError) as refused:
        decide(
            actor=asha, at=at, person_id=old.person_id, proposal=other, corrects=old.id, corrected_why="Both."
        )
    assert refused.value.by == first.id
    decide(
        actor=asha, at=at, person_id=old.person_id, proposal=other, corrects=first.id, corrected_why="Both."
    )
    assert warned(first) == ["Valley Police"]


def test_a_draft_that_came_second_goes_on_as_a_correction_of_the_first_and_nothing_typed_is_lost(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    browser = browser_of(riverside.members["Asha Patel"].user)
    bee = riverside.people["Bee"]
    old = decide(actor=asha, at=at, person_id=bee, proposal=told_to_both(riverside))
    begun = browser.post(f"/sharing/decisions/{old.id}/correct/")
    way = Deciding.__new__(Deciding)
    way.browser, way.riverside = browser, riverside
    way.draft = begun["Location"].removesuffix("to/")
    way.begin("direct_care")
    way.step("basis", basis())
    way.step("telling", TELLING)
    assert "has already corrected" not in browser.get(way.draft).text
    first = correct(asha, at, old, riverside)
    sent = browser.post(way.draft, {"corrected_why": "It was of the other stairs."})
    assert sent.status_code == 409
    assert f"/sharing/decisions/{first.id}/" in sent.text
    assert "It was of the other stairs." in sent.text, "what was typed stays on the page"
    kept = ShareDraft.objects.get(id=way.draft.split("/")[-2]).answers
    on = browser.post(f"{way.draft}correct-later/", {"corrected_why": "It was of the other stairs."})
    assert on["Location"] == way.draft
    left = ShareDraft.objects.get(id=way.draft.split("/")[-2]).answers
    assert left == kept | {"corrects": str(first.id), "corrected_why": "It was of the other stairs."}
    page = browser.get(way.draft).text
    assert "Check before you decide" in page
    assert "It was of the other stairs." in page
    assert browser.post(way.draft, {"corrected_why": "It was of the other stairs."}).status_code == 302
    assert first.corrections.get().corrected_why == "It was of the other stairs."
    assert browser.post(f"{way.draft}correct-later/").status_code == 404


def test_a_decision_that_was_corrected_leads_to_the_later_one(
    riverside: Universe, asha: Actor, old: ShareDecision, at: datetime
) -> None:
    browser = browser_of(riverside.members["Asha Patel"].user)
    assert "Correct it with a new decision" in browser.get(f"/sharing/decisions/{old.id}/").text
    later = correct(asha, at, old, riverside)
    assert "Correct it with a new decision" not in browser.get(f"/sharing/decisions/{old.id}/").text
    sent = browser.post(f"/sharing/decisions/{old.id}/correct/", follow=True)
    assert sent.redirect_chain == [(f"/sharing/decisions/{later.id}/", 302)]
    assert "This later decision already corrects it" in sent.text
    assert not ShareDraft.objects.filter(person_id=old.person_id).exists()
