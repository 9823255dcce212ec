"""The answer to a request for access does not betray by what surrounds it what it may not be safe to know."""

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.casework.rights.conftest import everything, looked_at
from tests.casework.sharing.sharing_told import proposal
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.outreach.commands.referring import accept_referral
from alongside.casework.outreach.models import Note, Referral, WorkItem
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.commands.involvement import add_to_chronology
from alongside.casework.people.models import Person
from alongside.casework.rights.commands.withholding import (
    NotLookedAtError,
    bring_up_to_date,
    make_ready,
    withhold,
)
from alongside.casework.rights.presenters.bundle import as_data, bundle_shown
from alongside.casework.rights.presenters.desk import href_of
from alongside.casework.rights.queries.bundle import Bundle, bundle_of
from alongside.casework.rights.queries.desk import OfLine
from alongside.casework.rights.queries.looks import LOOKED
from alongside.casework.rights.queries.statement import statement_of
from alongside.casework.rights.rules.marking import Kind
from alongside.casework.rights.rules.withholding import Ground, Reasoned
from alongside.casework.sharing.commands.decisions import confirm_receipt, decide
from alongside.casework.sharing.models import Disclosure
from alongside.casework.sharing.queries.decisions import decision_page, told_page
from alongside.casework.sharing.rules.basis import Layer
from alongside.casework.sharing.rules.decisions import Basis, Told

ADVISERS = "Money Matters Riverside"
COUNCIL = "Riverside Council"
WHY = "He reads her post."
SECRET = Reasoned(Ground.HARM_CARE, "He would learn of it.", named=False)


def tells(riverside: Universe, asha: Actor, hari: Actor, at: datetime, told: Told) -> None:
    """The council tells the advisers something, who read and confirm it; both do more since."""
    safe = told is Told.TOLD
    meant = proposal(riverside, to="money_matters")
    bases = dict(meant.bases) | {Layer.ARTICLE_6: Basis("6_c", "Care Act 2014 section 45")}
    meant = replace(meant, bases=bases, without_agreement="Section 45 obliges us.")
    if not safe:
        meant = replace(meant, told=told, told_on=None, told_how="", told_why_not=WHY)
    bee = riverside.people["Bee"]
    made = decide(actor=asha, at=at, person_id=bee, proposal=meant)
    everything()
    disclosure = Disclosure.objects.get(decision=made)
    told_page(actor=hari, disclosure_id=disclosure.id)
    confirm_receipt(actor=hari, at=at, disclosure_id=disclosure.id)
    decision_page(actor=asha, decision_id=made.id)
    add_to_chronology(
        actor=asha, at=at + timedelta(days=1), person_id=bee, happened_on=at.date(), kind="contact",
        words=f"{ADVISERS} rang back.",
    )  # fmt: skip
    everything()
    item = WorkItem.raise_for(
        person=Person.objects.get(id=bee), organisation_id=asha.member_of, team=None,
        priority=Priority.ROUTINE, why="The stairs", skills=[], by="Asha Patel", at=at,
    )  # fmt: skip
    Referral.ask(
        item=item, who="Bee", to_organisation_id=riverside.organisations["money_matters"].id,
        hands_over=False, why="The stairs", why_not_safe="", purpose="early_help",
        person_agrees="not_asked", by="Asha Patel", at=at + timedelta(days=1),
    )  # fmt: skip


def all_of(iris: Actor, asked: UUID, at: datetime) -> Bundle:
    """The answer with what was done today: events go by the database's own clock, which the test's is not."""
    bring_up_to_date(actor=iris, at=at.replace(year=2100), request_id=asked)
    return bundle_of(actor=iris, request_id=asked)


def unsafe(bundle: Bundle) -> list[OfLine]:
    return [each for each in bundle.lines if Kind.UNSAFE in {mark.kind for mark in each.marks}]


def given(bundle: Bundle) -> str:
    """All that stands in the answer, on paper and as data."""
    return json.dumps([asdict(bundle_shown(bundle)), as_data(bundle)], default=str)


@pytest.mark.proves("MARM-26", "MARM-27", "MARM-34")
def test_what_surrounds_an_unsafe_telling_is_marked_and_once_it_is_withheld_nothing_says_of_it(
    riverside: Universe, asha: Actor, hari: Actor, iris: Actor, asked: UUID, bee: UUID, at: datetime
) -> None:
    assert ADVISERS not in given(all_of(iris, asked, at))
    tells(riverside, asha, hari, at, Told.NOT_SAFE)
    bundle = all_of(iris, asked, at)
    marked = unsafe(bundle)
    tables = {each.line.table for each in marked}
    assert tables >= {"outreach.Referral", "people.ChronologyEntry", "sharing.Disclosure", LOOKED}
    assert {each.line.organisation for each in marked if each.line.table == LOOKED} == {ADVISERS, COUNCIL}
    assert all(each.waits for each in marked)
    with pytest.raises(NotLookedAtError):
        make_ready(actor=iris, at=at, request_id=asked)
    sources = bundle_shown(bundle).sources
    assert ADVISERS in sources, "nothing is withheld by a mark"
    for each in marked:
        withhold(actor=iris, at=at, request_id=asked, line=each.line.key, reasoned=SECRET)
    looked_at(iris, asked, at)
    after = bundle_of(actor=iris, request_id=asked)
    assert ADVISERS not in given(after)
    assert "shared something about a person" not in given(after)
    assert "what another organisation shared" not in given(after)
    make_ready(actor=iris, at=at, request_id=asked)
    held = {one for each in statement_of(actor=asha, person_id=bee).lines.held for one in each.keys}
    rows = {each.line.key for each in marked}
    assert held <= rows, "one rule for what they read and for what they are given"
    assert any(each.startswith("outreach.Referral:") for each in held)


def test_what_the_person_was_told_of_lets_nothing_be_marked(
    riverside: Universe, asha: Actor, hari: Actor, iris: Actor, asked: UUID, at: datetime
) -> None:
    before = {each.line.key for each in unsafe(all_of(iris, asked, at))}
    tells(riverside, asha, hari, at, Told.TOLD)
    assert {each.line.key for each in unsafe(all_of(iris, asked, at))} == before


def test_what_surrounds_a_telling_that_is_withheld_is_marked_by_that(
    riverside: Universe, asha: Actor, hari: Actor, iris: Actor, asked: UUID, at: datetime
) -> None:
    tells(riverside, asha, hari, at, Told.TOLD)
    bundle = all_of(iris, asked, at)
    line = next(
        each.line for each in bundle.tables["sharing.Disclosure"] if ADVISERS in each.line.parts[0].words
    )
    withhold(actor=iris, at=at, request_id=asked, line=line.key, reasoned=SECRET)
    marked = {each.line.table for each in unsafe(bundle_of(actor=iris, request_id=asked))}
    assert {"outreach.Referral", "people.ChronologyEntry", LOOKED} <= marked


def test_what_named_the_organisation_before_it_was_told_betrays_nothing(
    riverside: Universe, asha: Actor, hari: Actor, iris: Actor, asked: UUID, bee: UUID, at: datetime
) -> None:
    add_to_chronology(
        actor=asha, at=at - timedelta(days=3), person_id=bee, happened_on=at.date() - timedelta(days=3),
        kind="contact", words=f"{ADVISERS} were on the market place.",
    )  # fmt: skip
    tells(riverside, asha, hari, at, Told.NOT_SAFE)
    marked = unsafe(all_of(iris, asked, at))
    assert not [each for each in marked if any("market place" in part.words for part in each.line.parts)]


def test_a_whole_day_of_who_looked_is_withheld_at_the_desk(
    riverside: Universe, asha: Actor, hari: Actor, iris: Actor, asked: UUID, at: datetime
) -> None:
    tells(riverside, asha, hari, at, Told.NOT_SAFE)
    look = next(
        each.line for each in unsafe(all_of(iris, asked, at)) if each.line.organisation == ADVISERS
        and each.line.table == LOOKED
    )  # fmt: skip
    lead = browser_of(riverside.members["Iris Okafor"].user)
    address = href_of(asked, look.key)
    assert "would give it away" in lead.get(address).text
    sent = {"how_much": "all", "ground": "harm_care", "why": "He would learn of it."}
    page = lead.post(address, sent, follow=True)
    assert page.status_code == 200
    assert "It is withheld" in page.text
    assert ADVISERS not in bundle_shown(bundle_of(actor=iris, request_id=asked)).sources


@pytest.mark.proves("MARM-26", "MARM-34")
def test_the_note_of_whoever_accepts_an_unsafe_referral_is_looked_at_too(
    riverside: Universe, hari: Actor, iris: Actor, asked: UUID, bee: UUID, at: datetime
) -> None:
    everything()
    person, advisers = Person.objects.get(id=bee), riverside.organisations["money_matters"]
    given: dict[str, Any] = {"person": person, "team": None, "priority": Priority.ROUTINE, "skills": []}
    WorkItem.raise_for(organisation_id=advisers.id, why="Her bills", by="Hari Nair", at=at, **given)
    council = riverside.organisations["riverside_council"]
    item = WorkItem.raise_for(organisation_id=council.id, why="?", by="Asha Patel", at=at, **given)
    made = Referral.ask(
        item=item, who="Bee", to_organisation_id=advisers.id, hands_over=False, why="He takes her pension.",
        why_not_safe=WHY, purpose="early_help", person_agrees="not_asked", by="Asha Patel", at=at,
    )  # fmt: skip
    accept_referral(actor=hari, at=at, referral_id=made.id)
    bundle = all_of(iris, asked, at)
    notes = [each for each in bundle.lines if each.line.table == "outreach.Note"]
    (note,) = [each for each in notes if COUNCIL in str(each.line.parts)]
    assert Kind.UNSAFE in {mark.kind for mark in note.marks}
    everything()
    assert "pension" not in str(list(WorkItem.objects.values()) + list(Note.objects.values()))
