"""What somebody drafts and asks about before they decide is looked at before it goes into an answer."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tests.casework.rights.conftest import everything, line_with
from tests.casework.rights.test_betrayed import all_of
from tests.casework.sharing.sharing_told import proposal
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.area import area_pack
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.signposting import keep_ending
from alongside.casework.outreach.commands.talking import begin_conversation, guide_as_kept
from alongside.casework.outreach.rules import Priority
from alongside.casework.rights.queries.bundle import Bundle
from alongside.casework.rights.queries.desk import OfLine
from alongside.casework.rights.rules.marking import Kind
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.commands.drafts import (
    ask_for_advice,
    begin_draft,
    discard_draft,
    give_advice,
    keep_step,
)
from alongside.casework.sharing.rules.decisions import Told

FIRST = "May we tell the police behind her back that Mark controls her?"
SECOND = "And may we tell her landlord?"
ANSWER = "Only once you have seen her without him."


@pytest.fixture
def draft(asha: Actor, bee: UUID, at: datetime) -> UUID:
    return begin_draft(actor=asha, at=at, person_id=bee).id


def of_row(bundle: Bundle, row: UUID) -> OfLine:
    (line,) = [each for each in bundle.lines if each.line.row == str(row)]
    return line


def is_unsafe(line: OfLine) -> bool:
    return Kind.UNSAFE in {each.kind for each in line.marks} and line.waits


@pytest.mark.proves("MARM-26", "MARM-34")
@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("telling", {"told": ["not_safe"], "told_why_not": ["Mark reads her letters and would hurt her."]}),
        ("ground", {"ground": ["coercion_control"]}),
        ("not", {"reason": ["Mark reads her letters and would hurt her."]}),
    ],
)
def test_a_draft_is_looked_at_whatever_it_says_so_far(
    asha: Actor, iris: Actor, asked: UUID, draft: UUID, at: datetime, step: str, answers: dict[str, list[str]]
) -> None:
    keep_step(actor=asha, at=at, draft_id=draft, step=step, answers=answers, whole=False)
    assert is_unsafe(of_row(all_of(iris, asked, at), draft))


@pytest.mark.proves("MARM-26", "MARM-34")
def test_an_ending_is_looked_at_while_it_is_written(
    riverside: Universe, iris: Actor, asked: UUID, bee: UUID, at: datetime
) -> None:
    gwen = actor_for(riverside, "Gwen Hughes", on=at.date())
    item = raise_item(
        actor=gwen, at=at, person_id=bee, team_id=riverside.teams["Contact team"].id,
        priority=Priority.ROUTINE, why="She wants company.",
    )  # fmt: skip
    assign_item(actor=gwen, at=at, item_id=item.id, member_id=riverside.members["Sam Boateng"].id)
    sam = actor_for(riverside, "Sam Boateng", on=at.date())
    name, guide = next(iter(area_pack().conversations.items()))
    talk = begin_conversation(actor=sam, at=at, item_id=item.id, guide=name, guide_words=guide_as_kept(guide))
    everything()
    assert not is_unsafe(of_row(all_of(iris, asked, at), talk.id))
    keep_ending(actor=sam, at=at, conversation_id=talk.id, told={"why_not_safe": "He reads her post."})
    everything()
    assert is_unsafe(of_row(all_of(iris, asked, at), talk.id))


@pytest.mark.proves("MARM-26", "MARM-34")
def test_a_question_for_advice_is_looked_at_while_nothing_is_decided_and_once_its_draft_is_discarded(
    asha: Actor, iris: Actor, asked: UUID, draft: UUID, at: datetime
) -> None:
    ask_for_advice(actor=asha, at=at, draft_id=draft, question=FIRST)
    assert is_unsafe(line_with(all_of(iris, asked, at), FIRST, "sharing.Advice"))
    discard_draft(actor=asha, at=at, draft_id=draft)
    assert is_unsafe(line_with(all_of(iris, asked, at), FIRST, "sharing.Advice"))


@pytest.mark.proves("MARM-26", "MARM-34")
@pytest.mark.parametrize("told", [Told.NOT_SAFE, Told.TOLD])
def test_every_question_of_a_draft_goes_with_what_was_decided(
    riverside: Universe, asha: Actor, iris: Actor, asked: UUID, draft: UUID, bee: UUID, at: datetime,
    told: Told,
) -> None:  # fmt: skip
    gwen = actor_for(riverside, "Gwen Hughes", on=at.date())
    first = ask_for_advice(actor=asha, at=at, draft_id=draft, question=FIRST)
    give_advice(actor=gwen, at=at, advice_id=first.id, answer=ANSWER)
    ask_for_advice(actor=asha, at=at + timedelta(hours=1), draft_id=draft, question=SECOND)
    meant = replace(proposal(riverside), told=told)
    if told is Told.NOT_SAFE:
        meant = replace(meant, told_on=None, told_how="", told_why_not="Mark reads her letters.")
    everything()
    decide(actor=asha, at=at + timedelta(hours=2), person_id=bee, proposal=meant, draft_id=draft)
    bundle = all_of(iris, asked, at)
    unsafe = [is_unsafe(line_with(bundle, each, "sharing.Advice")) for each in (FIRST, SECOND)]
    assert unsafe == [told is Told.NOT_SAFE] * 2
