"""A worry that it is not safe for the person to know: the answer is looked at, and they do not read it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from tests.casework.rights.conftest import everything
from tests.casework.rights.test_betrayed import all_of, unsafe
from tests.casework.rights.test_statement import text_of
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.commands.worrying import Worry, raise_worry
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands.requests import check_identity, take_request
from alongside.casework.rights.presenters.statement import before_giving
from alongside.casework.rights.queries.looks import LOOKED
from alongside.casework.rights.queries.statement import statement_of

WHY = "He reads her post."
WORRY = Worry(
    known_as="Lou", words="She has bruises and he answers for her.", priority=Priority.TODAY,
    person_agrees="not_asked", why_not_safe=WHY,
)  # fmt: skip
TOLD = ("can see your record", "A worry that somebody had about you")
EACH = pytest.mark.parametrize("teller", ["Asha Patel", "Tom Reilly", "Kit Lowe"])
"""Of the organisation that contacts people itself, of one that refers, and of the police."""


@pytest.fixture
def quiet(asha: Actor, at: datetime) -> UUID:
    """Somebody known, about whom nobody has raised a concern yet."""
    return admit_person(actor=asha, at=at, why=ReachWhy.INVOLVED, known={"known_as": "Lou"}).id


@pytest.mark.proves("MARM-26", "MARM-34")
@EACH
def test_a_worry_that_it_is_not_safe_to_know_is_looked_at_in_all_that_came_of_it(
    who: Callable[[str], Actor], iris: Actor, ada: Actor, at: datetime, teller: str
) -> None:
    item = raise_worry(actor=who(teller), at=at, worry=WORRY)
    everything()
    assert Referral.objects.filter(item=item).exists() is (teller != "Asha Patel")
    made = take_request(
        actor=iris, at=at, person_id=item.person_id, asked_by="person", received_on=at.date(), how="talking"
    )
    check_identity(actor=ada, at=at, request_id=made.id, on=at.date(), how="Passport")
    marked = {each.line.table for each in unsafe(all_of(iris, made.id, at)) if each.waits}
    assert marked >= {"marm.Concern", "outreach.WorkItem", "people.Reach", "people.Person", LOOKED}


@pytest.mark.proves("MARM-27", "MARM-34")
@EACH
def test_the_statement_says_nothing_of_a_worry_that_it_is_not_safe_to_know(
    who: Callable[[str], Actor], at: datetime, teller: str
) -> None:
    actor = who(teller)
    said = text_of(actor, raise_worry(actor=actor, at=at, worry=replace(WORRY, why_not_safe="")).person_id)
    assert all(each in said for each in TOLD)
    person = raise_worry(actor=actor, at=at, worry=WORRY).person_id
    said = text_of(actor, person)
    assert not [each for each in TOLD if each in said]
    held = before_giving(statement_of(actor=actor, person_id=person)).held
    assert held, "its members are told why"


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize("days", [-2, 2])
def test_a_safe_worry_of_the_same_organisation_is_read_if_it_is_the_older(
    asha: Actor, at: datetime, days: int
) -> None:
    person = raise_worry(actor=asha, at=at, worry=WORRY).person_id
    raise_concern(actor=asha, at=at + timedelta(days=days), person_id=person, words="The stairs")
    assert ("A worry that somebody had about you" in text_of(asha, person)) is (days < 0)


def test_whoever_reads_the_worry_is_told_not_to_speak_of_it(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    browser = browser_of(riverside.members["Asha Patel"].user)
    safe, unsafe_ = (
        raise_worry(actor=asha, at=at, worry=each) for each in (replace(WORRY, why_not_safe=""), WORRY)
    )

    def pages(item: WorkItem) -> list[str]:
        addresses = (f"/people/{item.person_id}/concerns/", reverse("outreach:item", args=[item.id]))
        return [browser.get(each).text for each in addresses]

    assert [each for each in pages(safe) if "do not talk about it" in each] == []
    assert all("do not talk about it" in each for each in pages(unsafe_))


@pytest.mark.proves("MARM-26", "MARM-27", "MARM-34")
def test_a_concern_about_somebody_known_asks_whether_it_is_safe_for_them_to_know(
    riverside: Universe, asha: Actor, iris: Actor, ada: Actor, quiet: UUID, at: datetime
) -> None:
    browser = browser_of(riverside.members["Asha Patel"].user)
    address = reverse("marm:raise_concern", args=[quiet])
    page = browser.get(address).text
    assert page.index('name="words"') < page.index('name="safe"') < page.index('name="why_not_safe"')
    said = {"words": WORRY.words, "talked_through": "on"}
    for owed in ({}, {"safe": "no"}):
        assert browser.post(address, said | owed).status_code == 422
    assert browser.post(address, said | {"safe": "no", "why_not_safe": WHY}).status_code == 302
    everything()
    concern = Concern.objects.get(person=quiet, words=WORRY.words)
    assert (concern.why_not_safe, concern.talked_through) == (WHY, True)
    assert "do not talk about it" in browser.get(f"/people/{quiet}/concerns/").text
    assert "A worry that somebody had about you" not in text_of(asha, quiet)
    made = take_request(
        actor=iris, at=at, person_id=quiet, asked_by="person", received_on=at.date(), how="talking"
    )
    check_identity(actor=ada, at=at, request_id=made.id, on=at.date(), how="Passport")
    marked = {each.line.table for each in unsafe(all_of(iris, made.id, at)) if each.waits}
    assert "marm.Concern" in marked


def test_a_concern_that_it_is_safe_to_know_keeps_no_reason(
    riverside: Universe, asha: Actor, quiet: UUID
) -> None:
    browser = browser_of(riverside.members["Asha Patel"].user)
    said = {"words": "The stairs", "safe": "yes", "why_not_safe": "Written first, then changed."}
    assert browser.post(reverse("marm:raise_concern", args=[quiet]), said).status_code == 302
    everything()
    assert Concern.objects.get(person=quiet, words="The stairs").why_not_safe == ""
    assert "A worry that somebody had about you" in text_of(asha, quiet)
