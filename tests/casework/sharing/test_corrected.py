"""Correcting a decision: of a record joined since, and whoever was told what was wrong hears of it."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.casework.sharing.asking import ask
from tests.casework.sharing.sharing_told import DAY, decided, item, proposal
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sharing.commands.decisions import NoDecisionError, decide
from alongside.casework.sharing.models import RecipientTold
from alongside.casework.sharing.queries.decisions import told_page, told_us
from alongside.casework.sharing.rules.decisions import Outcome, Proposal

WHY = "It was of the other stairs."


def no(riverside: Universe) -> Proposal:
    return replace(
        proposal(riverside), outcome=Outcome.DO_NOT_SHARE, reason="It is not needed", risk="None",
        review_on=DAY,
    )  # fmt: skip


def told_to_both(riverside: Universe) -> Proposal:
    both = {riverside.organisations[each].id for each in ("riverside_homes", "valley_police")}
    return replace(proposal(riverside), recipients=frozenset(both))


@pytest.mark.proves("MARM-51")
@pytest.mark.parametrize("shared", [True, False])
def test_whoever_was_told_what_was_wrong_and_is_not_told_what_is_right_hears_that_it_was(
    riverside: Universe, asha: Actor, kit: Actor, at: datetime, shared: bool
) -> None:
    bee = riverside.people["Bee"]
    old = decide(actor=asha, at=at, person_id=bee, proposal=told_to_both(riverside))
    better = proposal(riverside, items=(item(words="Only at night."),)) if shared else no(riverside)
    new = decide(actor=asha, at=at, person_id=bee, proposal=better, corrects=old.id, corrected_why=WHY)
    tell_database(system_actor("tests"))
    notices = RecipientTold.objects.filter(because_of=new.id)
    heard = {each.organisation.name for each in notices.select_related("organisation")}
    assert heard == ({"Valley Police"} if shared else {"Valley Police", "Riverside Homes"})
    (disclosure,) = [each for each in told_us(actor=kit).rows if each.decision_id == old.id]
    (notice,) = told_page(actor=kit, disclosure_id=disclosure.id).notices
    assert "Riverside Council has made a new decision about this" in notice.words
    assert WHY not in notice.words


def test_a_decision_about_a_record_that_was_joined_since_is_corrected(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    twin = admit_person(
        actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Beatrice", "surname": "Murchu"}
    )
    old = decide(actor=asha, at=at, person_id=twin.id, proposal=proposal(riverside))
    gwen = actor_for(riverside, "Gwen Hughes", on=DAY)
    merge_people(
        actor=gwen, at=at, kept_id=riverside.people["Bee"], absorbed_id=twin.id, reason="Same number."
    )
    new = decide(
        actor=asha, at=at, person_id=riverside.people["Bee"], proposal=proposal(riverside), corrects=old.id,
        corrected_why=WHY,
    )  # fmt: skip
    assert new.corrects_id == old.id


@pytest.mark.proves("MARM-35")
def test_a_request_about_one_person_is_not_answered_by_a_decision_about_another(
    riverside: Universe, asha: Actor, tom: Actor, at: datetime
) -> None:
    asked = ask(riverside, tom, at, of="riverside_council", power=None, power_words="")
    other = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Ron"})
    with pytest.raises(NoDecisionError, match="about another record"):
        decide(actor=asha, at=at, person_id=other.id, proposal=proposal(riverside), request_id=asked.id)
    decide(actor=asha, at=at, person_id=asked.person_id, proposal=proposal(riverside), request_id=asked.id)
    assert decided(riverside).get().request_id == asked.id
