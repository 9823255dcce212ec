"""What it is not safe that the person knows, though nothing was told: a question, a referral, and a no."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest
from django.test import Client
from tests.casework.rights.conftest import everything, unsafe_about
from tests.casework.rights.test_statement import text_of
from tests.casework.sharing.sharing_told import proposal
from tests.casework.sharing.test_deciding_pages import Deciding, _day
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.outreach.forms import FinishForm, ReferForm
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.commands.involvement import answer_whether_known, ask_whether_known
from alongside.casework.people.forms import AskForm
from alongside.casework.people.models import KnownTo, Person
from alongside.casework.people.presenters import question_view
from alongside.casework.rights.presenters.statement import before_giving
from alongside.casework.rights.queries.bundle import bundle_of
from alongside.casework.rights.queries.statement import statement_of
from alongside.casework.rights.rules.marking import Kind
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.models import ShareDecision
from alongside.casework.sharing.rules.decisions import Outcome, Told

WHY = "He reads her post."


def asks(riverside: Universe, actor: Actor, at: datetime, why_not_safe: str) -> KnownTo:
    advisers = riverside.organisations["money_matters"]
    return ask_whether_known(
        actor=actor, at=at, person_id=riverside.people["Bee"], asked_of=advisers, why="The stairs",
        why_not_safe=why_not_safe,
    )  # fmt: skip


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize("unsafe", [True, False])
def test_a_question_of_which_it_is_not_safe_to_know_is_not_in_the_statement_nor_what_came_of_it(
    riverside: Universe, asha: Actor, hari: Actor, bee: UUID, at: datetime, unsafe: bool
) -> None:
    before = set(text_of(asha, bee).splitlines())
    held_before = len(before_giving(statement_of(actor=asha, person_id=bee)).held)
    question = asks(riverside, asha, at, WHY if unsafe else "")
    everything()
    answer_whether_known(actor=hari, at=at, question_id=question.id, answer="open")
    after = text_of(asha, bee)
    assert ("Money Matters Riverside if they know you" in after) is not unsafe
    assert ("Money Matters Riverside can see your record." in set(after.splitlines()) - before) is not unsafe
    held = before_giving(statement_of(actor=asha, person_id=bee)).held
    assert len(held) - held_before == (1 if unsafe else 0)
    assert bool(question_view(question)["warning"]) is unsafe, "whoever is asked must not speak of it"


@pytest.mark.proves("MARM-26", "MARM-34")
def test_the_answer_to_a_request_for_access_is_looked_at_where_a_question_is_unsafe(
    riverside: Universe, asha: Actor, hari: Actor, iris: Actor, bee: UUID, at: datetime
) -> None:
    question = asks(riverside, asha, at, WHY)
    everything()
    answer_whether_known(actor=hari, at=at, question_id=question.id, answer="open")
    bundle = bundle_of(actor=iris, request_id=riverside.access_requests["Bee"])
    marked = {each.line.key for each in bundle.waiting if each.marks[0].kind is Kind.UNSAFE}
    assert f"people.KnownTo:{question.id}" in marked
    everything()
    assert any(each.startswith("people.Reach:") for each in unsafe_about(bee))


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize("unsafe", [True, False])
def test_a_referral_of_which_it_is_not_safe_to_know_is_not_in_the_statement(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime, unsafe: bool
) -> None:
    everything()
    item = WorkItem.raise_for(
        person=Person.objects.get(id=bee), organisation_id=asha.member_of, team=None,
        priority=Priority.ROUTINE, why="The stairs", skills=[], by="Asha Patel", at=at,
    )  # fmt: skip
    advisers = riverside.organisations["money_matters"]
    Referral.ask(
        item=item, who="Bee", to_organisation_id=advisers.id, hands_over=False, why="The stairs",
        why_not_safe=WHY if unsafe else "", purpose="early_help", person_agrees="not_asked", by="Asha Patel",
        at=at,
    )  # fmt: skip
    assert ("Money Matters Riverside to help you" in text_of(asha, bee)) is not unsafe
    everything()
    kinds = {each.split(":")[0] for each in unsafe_about(bee)}
    assert ("outreach.Referral" in kinds) is unsafe


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize("told", [Told.NOT_SAFE, Told.WILL_BE])
def test_a_decision_not_to_share_of_which_it_is_not_safe_to_know_is_not_in_the_statement(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime, told: Told
) -> None:
    safe = told is not Told.NOT_SAFE
    meant = replace(
        proposal(riverside), outcome=Outcome.DO_NOT_SHARE, reason="He would learn of it.",
        risk="She may fall.", review_on=date(2027, 1, 4), told=told, told_on=None, told_how="",
        told_why_not="" if safe else WHY,
    )  # fmt: skip
    decide(actor=asha, at=at, person_id=bee, proposal=meant)
    assert ("decided not to tell Riverside Homes about you" in text_of(asha, bee)) is safe
    held = before_giving(statement_of(actor=asha, person_id=bee)).held
    assert any(each.again == "4 January 2027" for each in held) is not safe


def test_whoever_decides_not_to_share_is_asked_whether_it_is_safe_and_the_reason_is_kept(
    riverside: Universe, bee: UUID
) -> None:
    asha = browser_of(riverside.members["Asha Patel"].user)
    way = Deciding(asha, riverside)
    way.begin("direct_care", outcome="do_not_share")
    no = {"reason": "She said no.", "risk": "She may fall.", **_day("review_on", 14), "safe": "no"}
    assert "Enter why it is not safe for them to know" in way.step("not", no, status=422)
    way.step("not", no | {"why_not_safe": WHY})
    assert WHY in asha.get(way.draft).content.decode()
    page = asha.get(way.decide()).content.decode()
    assert WHY in page
    assert "do not talk about it" in page
    made = ShareDecision.objects.filter(person=bee).order_by("decided_at").last()
    assert made is not None
    assert (made.told, made.told_why_not) == ("not_safe", WHY)


@pytest.mark.parametrize(
    ("sent", "kept", "wrong"),
    [
        ({}, "", True),
        ({"safe": "yes"}, "", False),
        ({"safe": "yes", "why_not_safe": WHY}, "", False),
        ({"safe": "no"}, "", True),
        ({"safe": "no", "why_not_safe": " "}, "", True),
        ({"safe": "no", "why_not_safe": WHY}, WHY, False),
    ],
)
def test_nothing_is_chosen_for_whoever_is_asked_whether_it_is_safe_and_a_no_says_why(
    sent: dict[str, str], kept: str, wrong: bool
) -> None:
    form = AskForm({"asked_of": "1", "why": "?"} | sent, organisations=[("1", "One")])
    assert form.is_valid() is not wrong
    assert form.cleaned_data.get("why_not_safe", "") == kept
    refer = ReferForm({"why": "?", "person_agrees": "yes"} | sent)
    assert refer.is_valid() is not wrong
    assert "safe" not in refer.cleaned_data
    one = UUID(int=1)
    ending = {"refer_to": str(one), "refer_why": "?", "person_agrees": "yes"} | sent
    finish = FinishForm(ending, organisations=[(str(one), "One")])
    assert finish.is_valid() is not wrong
    assert FinishForm({"next_steps": "Rest."}, organisations=[]).is_valid(), "nothing is sent"
    if not wrong:
        assert finish.came()[0].why_not_safe == kept


def test_the_reason_stands_beneath_the_no_that_opens_it(riverside: Universe, bee: UUID) -> None:
    asha: Client = browser_of(riverside.members["Asha Patel"].user)
    page = asha.get(f"/people/{bee}/ask/").content.decode()
    assert page.count('name="why_not_safe"') == 1
    assert " checked" not in page, "nobody is spared the thought"
    before, beneath = page.split("app-no-opens", 1)
    assert 'name="why_not_safe"' not in before
    radios, reason = beneath.split('<div class="govuk-form-group', 1)
    assert 'value="no"' in radios
    assert 'name="why_not_safe"' in reason.split('<div class="govuk-form-group', 1)[0]
