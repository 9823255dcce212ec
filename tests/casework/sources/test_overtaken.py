"""Nothing is released from a run that a newer one overtook, which may know of a death or an objection."""

from datetime import datetime, timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from tests.casework.sources.asking import Ask, text_of
from tests.casework.sources.conftest import POLICY, WHY
from tests.casework.sources.releasing import made_up, release_made_up
from tests.casework.sources.test_heeding import open_made_up

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.operations.running import tell_database
from alongside.casework.sources.commands.releases import OvertakenError
from alongside.casework.sources.models import Flag, Release, Run
from alongside.casework.sources.presenters import tier_choices
from alongside.casework.sources.rules import KnownOfAll
from alongside.casework.sources.views.today import runs_to_release

pytestmark = pytest.mark.django_db
SAID = "Nothing more is released from this run, because the run as at 8 November 2026 is newer"
NOTHING = KnownOfAll()


@pytest.fixture
def later(at: datetime) -> datetime:
    return at + timedelta(days=7)


@pytest.mark.proves("FIND-18")
def test_who_died_objects_or_hides_as_a_newer_run_knows_is_released_from_no_older_one(
    opened: Run, analyst: Actor, approver: Actor, together: Organisation, later: datetime
) -> None:
    died, objects, hides, other = (made_up(number) for number in range(1, 5))
    known = KnownOfAll(
        died=frozenset({died.insight_id}),
        objected=frozenset({objects.insight_id}),
        protected=frozenset({hides.insight_id}),
    )
    newer = open_made_up(analyst, later, opened, known)
    with pytest.raises(OvertakenError, match=SAID):
        release_made_up(approver, later, opened, [died, objects, hides, other], together)
    tell_database(system_actor("the test"))
    assert not Flag.objects.exists()
    release_made_up(approver, later, newer, [other], together)
    assert [each.run for each in Release.objects.all()] == [newer]


def test_of_two_runs_of_one_day_the_one_opened_later_is_newer(
    opened: Run, analyst: Actor, approver: Actor, together: Organisation, at: datetime
) -> None:
    soon = at + timedelta(hours=1)
    newer = open_made_up(analyst, soon, opened, NOTHING, days=0)
    with pytest.raises(OvertakenError, match="as at 1 November 2026 is newer"):
        release_made_up(approver, soon, opened, [made_up(1)], together)
    release_made_up(approver, soon, newer, [made_up(1)], together)


@pytest.mark.parametrize("days", [-7, 365], ids=["an older run", "a run with a day to come, by mistake"])
def test_what_knows_no_more_overtakes_nothing(
    opened: Run, analyst: Actor, approver: Actor, together: Organisation, later: datetime, days: int
) -> None:
    open_made_up(analyst, later, opened, NOTHING, days=days)
    release_made_up(approver, later, opened, [made_up(1)], together)


def test_the_pages_say_so_and_lead_to_the_newer_run(
    ask: Ask, opened: Run, analyst: Actor, approver: Actor, together: Organisation, later: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(timezone, "now", lambda: later)
    release = (approver, "release", opened.id, *POLICY.split("/"))
    assert "There is a newer run" not in text_of(ask(*release))
    newer = open_made_up(analyst, later, opened, NOTHING)
    to_newer = f'href="{reverse("sources:run", args=[newer.id])}"'
    run = text_of(ask(approver, "run", opened.id))
    assert SAID in run
    assert to_newer in run
    assert "/release/" not in run
    told = ask(*release)
    assert (told.status_code, SAID in text_of(told), to_newer in text_of(told)) == (200, True, True)
    given = {"tiers": ["soon"], "organisations": [str(together.id)], "contact": "", "reason": WHY}
    for posted in (given, given | {"confirmed": "yes"}):
        answer = ask(*release, posted=posted)
        assert (answer.status_code, SAID in text_of(answer)) == (409, True)
    assert not Release.objects.exists()
    assert "/release/" in text_of(ask(approver, "run", newer.id))
    listed = text_of(ask(approver, "runs"))
    assert (listed.count("Overtaken by a newer run"), listed.count("Waiting for an approver")) == (1, 1)
    request = RequestFactory().get("/")
    request.actor = approver  # type: ignore[attr-defined]
    section = runs_to_release(request)
    assert section is not None
    assert [str(each.href) for each in section.lines] == [reverse("sources:run", args=[newer.id])]


NOT_KEPT = "What you chose and wrote was not kept"


def test_all_that_was_chosen_and_typed_meanwhile_is_shown_to_be_noted_down(
    ask: Ask, opened: Run, analyst: Actor, approver: Actor, together: Organisation, later: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(timezone, "now", lambda: later)
    open_made_up(analyst, later, opened, NOTHING)
    release = (approver, "release", opened.id, *POLICY.split("/"))
    us = str(together.id)
    given = {"tiers": ["soon"], "organisations": [us], "contact": us, "reason": WHY}
    tier = dict(tier_choices(opened.policies[POLICY], opened.tiers[POLICY]))["soon"]
    for posted in (given, given | {"confirmed": "yes"}):
        answer = text_of(ask(*release, posted=posted))
        assert NOT_KEPT in answer
        assert WHY in answer
        assert f">{tier}</blockquote>" in answer
        assert answer.count(f">{together.name}</blockquote>") == 2
    only_ticked = text_of(ask(*release, posted={"organisations": [us], "reason": "  ", "contact": ""}))
    assert f">{together.name}</blockquote>" in only_ticked
    made_up_by_hand = text_of(ask(*release, posted={"organisations": ["x"], "tiers": ["<b>"]}))
    assert NOT_KEPT not in made_up_by_hand
    assert NOT_KEPT not in text_of(ask(*release))
