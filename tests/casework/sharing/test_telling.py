"""What a person asked stands in the way of a question too, until a decision against it was made."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.casework.sharing.sharing_told import DAY, against, chosen, item
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.people.commands.involvement import ask_whether_known
from alongside.casework.people.models import KnownTo
from alongside.casework.people.queries.telling import ToldAgainstTheirWishError
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.rules.choices import Topic


@pytest.mark.proves("MARM-29", "MARM-30")
def test_nobody_asks_an_organisation_that_is_not_to_know_until_it_was_decided_on_a_ground(
    riverside: Universe, at: datetime
) -> None:
    asha = actor_for(riverside, "Asha Patel", on=DAY)
    bee, peers = riverside.people["Bee"], riverside.organisations["been_there"]
    chosen(asha, riverside, at, topics=(Topic.KNOWN,), recipients=frozenset({peers.id}))
    before = KnownTo.objects.count()
    with pytest.raises(ToldAgainstTheirWishError, match="Respect that"):
        ask_whether_known(actor=asha, at=at, person_id=bee, asked_of=peers, why="The stairs")
    assert KnownTo.objects.count() == before
    plain = against(riverside, emergency=True, emergency_why="There is smoke")
    known = item(topic=Topic.KNOWN, words="We know her.")
    decide(
        actor=asha, at=at, person_id=bee,
        proposal=replace(plain, recipients=frozenset({peers.id}), items=(known,)),
    )  # fmt: skip
    ask_whether_known(actor=asha, at=at, person_id=bee, asked_of=peers, why="The stairs")
    assert KnownTo.objects.count() == before + 1


def test_the_page_says_why_not_and_keeps_what_was_typed(riverside: Universe, at: datetime) -> None:
    asha = actor_for(riverside, "Asha Patel", on=DAY)
    bee, peers = riverside.people["Bee"], riverside.organisations["been_there"]
    chosen(asha, riverside, at, topics=(Topic.EVERYTHING,), recipients=frozenset())
    browser = browser_of(riverside.members["Asha Patel"].user)
    page = browser.post(f"/people/{bee}/ask/", {"asked_of": str(peers.id), "why": "It burned on the stairs"})
    assert "asked that this organisation is not told" in page.content.decode()
    assert "It burned on the stairs" in page.content.decode()
