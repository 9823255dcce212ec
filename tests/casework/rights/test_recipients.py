"""Whom anything was told, and where it came from, as the answer to a request says it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from tests.casework.rights.conftest import looked_at
from tests.casework.sharing.sharing_told import proposal
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.rights.commands.withholding import withhold
from alongside.casework.rights.presenters.bundle import as_data, bundle_shown
from alongside.casework.rights.queries.bundle import bundle_of
from alongside.casework.rights.rules.withholding import Ground, Reasoned
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.rules.decisions import Told


@pytest.fixture
def asha(who: Callable[[str], Actor]) -> Actor:
    return who("Asha Patel")


def test_who_was_told_stands_in_the_answer_only_where_somebody_looked_at_it_and_gave_it(
    riverside: Universe, asha: Actor, iris: Actor, at: datetime
) -> None:
    police = riverside.organisations["valley_police"].name
    meant = replace(
        proposal(riverside, to="valley_police"),
        told=Told.NOT_SAFE, told_on=None, told_how="", told_why_not="He reads her post.",
    )  # fmt: skip
    request = riverside.access_requests["Bee"]

    def told() -> int:
        bundle = bundle_of(actor=iris, request_id=request)
        named = [each.organisation for each in bundle_shown(bundle).recipients]
        assert str(as_data(bundle)["recipients"]).count(police) == named.count(police)
        return named.count(police)

    looked_at(iris, request, at)
    before = told()
    decided = decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=meant)
    assert told() == before, "nobody has looked at it"
    looked_at(iris, request, at)
    assert told() == before + 1
    withhold(
        actor=iris, at=at, request_id=request, line=f"sharing.ShareDecision:{decided.id}",
        reasoned=Reasoned(Ground.CRIME, "He would know."),
    )  # fmt: skip
    assert told() == before


def test_whose_lines_are_all_withheld_is_no_source_of_the_answer(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    request = riverside.access_requests["Bee"]
    bundle = bundle_of(actor=iris, request_id=request)
    source = bundle_shown(bundle).sources[0]
    for each in bundle.lines:
        if each.line.organisation == source:
            withhold(
                actor=iris, at=at, request_id=request, line=each.line.key,
                reasoned=Reasoned(Ground.CRIME, "He would know."),
            )  # fmt: skip
    shown = bundle_shown(bundle_of(actor=iris, request_id=request))
    assert source not in shown.sources
    assert not any(source in line.heading for section in shown.sections for line in section.lines)
