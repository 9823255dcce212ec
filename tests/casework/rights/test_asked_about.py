"""Who was told of a person by being asked: an invitation or a request names them, and an answer may too."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from tests.casework.marm.conftest import asked as said_when_asking
from tests.casework.rights.conftest import looked_at
from tests.casework.sharing.asking import ask
from tests.casework.sharing.sharing_told import proposal
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.invitations import invite_agency
from alongside.casework.rights.commands.withholding import withhold
from alongside.casework.rights.queries.bundle import bundle_of
from alongside.casework.rights.rules.withholding import Ground, Reasoned
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.commands.requests import (
    refuse_request,
    say_nothing_is_held,
    withdraw_request,
)
from alongside.casework.sharing.rules.requests import Item, Refusal

pytestmark = pytest.mark.django_db

POLICE, COUNCIL = "Valley Police", "Riverside Council"
BECAUSE = Reasoned(Ground.CRIME, "He would know.")
ASKED = "asked them to say about you"
Told = Callable[[str], list[str]]


@pytest.fixture
def kit(who: Callable[[str], Actor]) -> Actor:
    return who("Kit Lowe")


@pytest.fixture
def told(iris: Actor, asked: UUID, at: datetime) -> Told:
    """The organisations that were told something, by words that say what; everything marked is looked at."""

    def tell(words: str) -> list[str]:
        looked_at(iris, asked, at)
        recipients = bundle_of(actor=iris, request_id=asked).recipients
        return [each.organisation for each in recipients if words in each.what]

    return tell


@pytest.mark.proves("MARM-27")
@pytest.mark.parametrize("withheld", ["marm.Invitation", "marm.Case"])
def test_whoever_was_invited_to_a_case_is_named_until_that_is_withheld(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, asha: Actor, bee: UUID, asked: UUID,
    told: Told, at: datetime, withheld: str,
) -> None:  # fmt: skip
    words = "asked them to join in a case"
    before = told(words)
    case = ask_for_case(actor=asha, at=at, person_id=bee, asked=said_when_asking())
    open_case(actor=who("Mair Pugh"), at=at, case_id=case.id, why="Danger")
    invitation = invite_agency(
        actor=asha, at=at, case_id=case.id, why="They know her street.",
        organisation_id=riverside.organisations["valley_police"].id,
    )  # fmt: skip
    assert told(words) == [*before, POLICE]
    row = {"marm.Invitation": invitation.id, "marm.Case": case.id}[withheld]
    withhold(actor=iris, at=at, request_id=asked, line=f"{withheld}:{row}", reasoned=BECAUSE)
    assert told(words) == before


@pytest.mark.proves("MARM-27")
def test_whoever_was_asked_for_information_is_named_until_that_is_withheld(
    riverside: Universe, iris: Actor, asha: Actor, asked: UUID, told: Told, at: datetime
) -> None:
    before = told(ASKED)
    request = ask(riverside, asha, at)
    assert told(ASKED) == [*before, POLICE]
    line = f"sharing.InformationRequest:{request.id}"
    withhold(actor=iris, at=at, request_id=asked, line=line, reasoned=BECAUSE)
    assert told(ASKED) == before


@pytest.mark.proves("MARM-34")
def test_a_request_they_were_not_told_of_is_named_only_once_somebody_looked(
    riverside: Universe, iris: Actor, asha: Actor, asked: UUID, told: Told, at: datetime
) -> None:
    before = told(ASKED)
    ask(riverside, asha, at, person_knows=False, why_not_told="He reads her post.")
    unread = [each.what for each in bundle_of(actor=iris, request_id=asked).recipients]
    assert sum(ASKED in each for each in unread) == len(before)
    assert told(ASKED) == [*before, POLICE]


@pytest.mark.proves("MARM-27")
def test_what_went_back_to_whoever_asked_is_named_whatever_the_answer_was(
    riverside: Universe, asha: Actor, kit: Actor, told: Told, at: datetime
) -> None:
    refused, nothing, back = (
        ask(riverside, asha, at, items=(Item(f"The days in {month}.", "To know when.", "2026"),))
        for month in ("May", "June", "July")
    )
    assert told("information about you that they had asked for") == []
    refuse_request(actor=kit, at=at, request_id=refused.id, refusal=Refusal.HARMFUL, words="It would harm.")
    say_nothing_is_held(actor=kit, at=at, request_id=nothing.id)
    withdraw_request(actor=asha, at=at, request_id=back.id, words="She told us herself.")
    assert told(f"That {POLICE} does not give the information about you") == [COUNCIL]
    assert told(f"That {POLICE} holds nothing") == [COUNCIL]
    assert told(f"{COUNCIL} took this back on") == [POLICE]


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize("withheld", ["sharing.ShareDecision", "sharing.InformationRequest"])
def test_an_answer_by_a_decision_goes_with_the_decision_and_with_the_request(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, asha: Actor, asked: UUID, bee: UUID,
    told: Told, at: datetime, withheld: str,
) -> None:  # fmt: skip
    request = ask(riverside, who("Tom Reilly"), at, of="riverside_council", power=None)
    meant = proposal(riverside, to="riverside_homes")
    decision = decide(actor=asha, at=at, person_id=bee, proposal=meant, request_id=request.id)
    answer = f"The answer of {COUNCIL}"
    assert told(answer) == ["Riverside Homes"]
    row = {"sharing.ShareDecision": decision.id, "sharing.InformationRequest": request.id}[withheld]
    withhold(actor=iris, at=at, request_id=asked, line=f"{withheld}:{row}", reasoned=BECAUSE)
    assert told(answer) == []


def test_an_organisation_whose_name_is_withheld_is_not_named_in_what_another_was_told(
    riverside: Universe, iris: Actor, asha: Actor, kit: Actor, asked: UUID, told: Told, at: datetime
) -> None:
    request = ask(riverside, asha, at)
    say_nothing_is_held(actor=kit, at=at, request_id=request.id)
    assert told("holds nothing") == [COUNCIL]
    withhold(
        actor=iris, at=at, request_id=asked, line=f"sharing.InformationRequest:{request.id}", words=POLICE,
        reasoned=BECAUSE,
    )  # fmt: skip
    assert told("holds nothing") == []
