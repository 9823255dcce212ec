"""What is to be offered after all, to a person whose records are joined."""

from datetime import date, datetime
from typing import Any

import pytest
from tests.casework.offers.conftest import DAY, AnOffer

from alongside.casework.access.actors import Actor
from alongside.casework.offers.commands.not_offering import look_again
from alongside.casework.offers.queries.today import _after_all_or_waiting, offers_today
from alongside.casework.offers.rules.not_offered import Verdict
from alongside.casework.offers.rules.offering import Kind
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kept", ["the one it was decided under", "the other", "a third"])
def test_help_offered_under_another_record_of_the_person_waits_no_longer_once_the_records_are_joined(
    bee: Person, asha: Actor, gwen: Actor, a_gap: Any, an_offer: AnOffer, at: datetime, kept: str
) -> None:
    def admitted(known_as: str) -> Person:
        return admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": known_as})

    def join(into: Person, other: Person) -> None:
        merge_people(actor=gwen, at=at, kept_id=into.id, absorbed_id=other.id, reason="One person.")

    gap, twin, stranger = a_gap(asha), admitted("Beatrice"), admitted("Cy")
    look_again(
        actor=gwen, at=at, person_id=bee.id, not_offered_id=gap.id, verdict=Verdict.OFFER, words="Ask her."
    )
    an_offer(asha, to=twin, kind=Kind.SUBSTANCES, offered_on=date(2026, 10, 25))
    an_offer(asha, to=stranger, kind=Kind.SUBSTANCES, offered_on=date(2026, 10, 25))
    assert [each.id for each in offers_today(actor=asha, day=DAY).after_all] == [gap.id]
    if kept == "a third":
        third = admitted("B.")
        join(third, bee)
        assert len(offers_today(actor=asha, day=DAY).after_all) == 1, "nothing was offered under this record"
        join(third, twin)
    else:
        join(*((twin, bee) if kept == "the other" else (bee, twin)))
    assert offers_today(actor=asha, day=DAY).after_all == []


def test_offers_are_looked_up_gap_by_gap_and_merges_not_followed_for_each_pair(gwen: Actor) -> None:
    question = _after_all_or_waiting.__wrapped__(  # type: ignore[attr-defined]
        False, organisation=gwen.member_of, user=gwen.account
    )
    assert "Anti Join" not in question.explain(), "2,000 gaps and 10,000 offers took more than a minute"
