"""The pages of runs, releases and questions in a language of brackets: no word stands outside them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone, translation
from tests.casework.brackets import data_of_people, left_over, of_data, words_of_the_pack
from tests.casework.sources.conftest import WHY
from tests.casework.sources.releasing import release

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.operations.running import tell_database
from alongside.casework.sources.models import DoubtfulLink, Run

pytestmark = pytest.mark.django_db
WRITTEN_HERE = ["Olu Adeyemi", "Dewi Pryce", "Riverside Council", WHY]


def outside(show: Callable[[], HttpResponse]) -> list[str]:
    """What of a page is neither in brackets, nor of the run or the pack, nor anybody's own words."""
    with translation.override("cy"):
        page = show().content.decode()
    assert "⟦" in page
    tell_database(system_actor("tests"))
    with translation.override("cy"):
        return left_over(page, of_data(data_of_people() | words_of_the_pack() | set(WRITTEN_HERE)))


def test_the_pages_of_a_run_from_opening_it_to_what_was_released(
    bracketed: None,
    ask: Any,
    opened: Run,
    analyst: Actor,
    approver: Actor,
    council: Organisation,
    at: datetime,
) -> None:
    policy = ("early_help", 4)
    assert outside(lambda: ask(analyst, "runs")) == []
    assert outside(lambda: ask(approver, "run", opened.id)) == []
    assert outside(lambda: ask(approver, "release", opened.id, *policy)) == []
    asked = {"tiers": ["this_week"], "organisations": [str(council.id)], "reason": WHY, "contact": ""}
    assert outside(lambda: ask(approver, "release", opened.id, *policy, posted=asked)) == []
    made = release(approver, at, opened, council)
    assert outside(lambda: ask(approver, "released", made.id)) == []
    assert outside(lambda: ask(approver, "run", opened.id)) == []


def test_the_pages_of_doubtful_links_and_of_questions(
    bracketed: None, ask: Any, opened: Run, analyst: Actor, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert outside(lambda: ask(analyst, "questions")) == []
    assert outside(lambda: ask(analyst, "ask")) == []
    link = DoubtfulLink.objects.first()
    assert link is not None
    left = outside(lambda: ask(analyst, "doubts"))
    assert [each for each in left if "⟦" in each] == []
