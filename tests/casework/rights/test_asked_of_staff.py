"""The answers of a ground to share against a refusal are told to the person with what staff were asked."""

from datetime import datetime
from uuid import UUID

import pytest
from django.utils import translation
from tests.casework.rights.conftest import line_with
from tests.casework.sharing.sharing_told import against, chosen
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.rights.commands.withholding import withhold
from alongside.casework.rights.presenters.bundle import line_given
from alongside.casework.rights.queries.bundle import bundle_of
from alongside.casework.rights.queries.desk import OfLine
from alongside.casework.rights.queries.formats import TITLES
from alongside.casework.rights.rules.withholding import Ground as Withholding
from alongside.casework.rights.rules.withholding import Reasoned
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.models import RefusalOverride
from alongside.casework.sharing.rules.overrides import ASKS, Ground

TABLE = "sharing.RefusalOverride"


@pytest.mark.parametrize("ground", Ground)
def test_each_ground_has_its_own_two_questions(ground: Ground) -> None:
    override = RefusalOverride(ground=ground.value)
    asked = [TITLES[TABLE, column].say(override) for column in ("first", "second")]
    assert asked == [f"Staff were asked: “{each}”" for each in ASKS[ground]]


def given(actor: Actor, request_id: UUID) -> tuple[OfLine, dict[str, str]]:
    """The line of the refusal that was overruled, and what each of its answers is called as it is given."""
    found = line_with(bundle_of(actor=actor, request_id=request_id), "Don't you dare", TABLE)
    said = {"".join(one.words for one in each.pieces): each.label for each in line_given(found).said}
    return found, said


@pytest.mark.usefixtures("bracketed")
def test_each_answer_is_given_with_its_question_unless_that_tells_the_ground_that_is_withheld(
    riverside: Universe, asha: Actor, iris: Actor, asked: UUID, at: datetime
) -> None:
    chosen(asha, riverside, at)
    meant = against(riverside, emergency=True, emergency_why="The stairs may burn tonight.")
    decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=meant)
    found, said = given(iris, asked)
    assert said["Her neighbours"] == "Staff were asked: “Who else is at risk?”"
    assert said["The stairs may burn"] == "Staff were asked: “What could happen to them?”"
    with translation.override("cy"):
        _found, in_welsh = given(iris, asked)
    assert in_welsh["The stairs may burn"] == "⟦Staff were asked: “⟦What could happen to them?⟧”⟧"
    reasoned = Reasoned(ground=Withholding.THIRD_PARTY, why="They would know who it was.")
    terms = {"actor": iris, "at": at, "request_id": asked, "line": found.line.key, "reasoned": reasoned}
    withhold(words="Her neighbours", **terms)
    _found, said = given(iris, asked)
    assert said["The stairs may burn"] == "Staff were asked: “What could happen to them?”"
    withhold(words="risk to others", **terms)
    _found, said = given(iris, asked)
    assert said["The stairs may burn"] == "What else was said for that ground"
