"""Pages name who looks second at what is shared against a person's wishes, or say that nobody can yet."""

from datetime import datetime

import pytest
from django.utils import timezone
from tests.casework.sharing.sharing_told import DAY, against, chosen
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Membership
from alongside.casework.operations.running import tell_database
from alongside.casework.sharing.commands.decisions import decide, look_second
from alongside.casework.sharing.models import ShareDecision
from alongside.casework.sharing.presenters.second import decided_in_words
from alongside.casework.sharing.queries.second import who_looks_second

pytestmark = pytest.mark.django_db
NOBODY = "nobody else in your organisation can do that yet"


@pytest.fixture(autouse=True)
def _now(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def gwen(riverside: Universe) -> Actor:
    return actor_for(riverside, "Gwen Hughes", on=DAY)


@pytest.fixture
def waits(riverside: Universe, asha: Actor, at: datetime) -> ShareDecision:
    chosen(asha, riverside, at)
    return decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=against(riverside))


def only_managers(*names: str) -> None:
    tell_database(system_actor("a test"))
    here = Membership.objects.filter(organisation__code="riverside_council", roles__contains=["manager"])
    here.exclude(user__name__in=names).update(roles=["practitioner"])


def page_of(riverside: Universe, name: str, decision: ShareDecision, of: str = "") -> str:
    browser = browser_of(riverside.members[name].user)
    return browser.get(f"/sharing/decisions/{decision.id}/{of}").content.decode()


def test_whoever_can_is_named_where_it_was_decided_and_on_its_page(
    riverside: Universe, asha: Actor, waits: ShareDecision
) -> None:
    only_managers("Gwen Hughes")
    tell_database(asha)
    said = decided_in_words(waits, who_looks_second(actor=asha, decision=waits, on=DAY))
    assert said == (
        "Nobody has been told yet: a manager must agree first. It is on the Today page of: Gwen Hughes."
    )
    assert "It is on the Today page of: Gwen Hughes." in page_of(riverside, "Asha Patel", waits)


def test_where_nobody_else_can_the_pages_say_so_and_what_to_do(
    riverside: Universe, asha: Actor, waits: ShareDecision
) -> None:
    only_managers()
    tell_database(asha)
    said = decided_in_words(waits, who_looks_second(actor=asha, decision=waits, on=DAY))
    assert NOBODY in said
    assert "Ask your organisation lead" in said
    for each in ("", "second/"):
        assert NOBODY in page_of(riverside, "Asha Patel", waits, each)


def test_a_manager_who_decided_is_not_the_other_manager(
    riverside: Universe, asha: Actor, waits: ShareDecision
) -> None:
    only_managers("Gwen Hughes")
    # who decided is written once, so this is not saved
    waits.decided_by_id = riverside.members["Gwen Hughes"].user_id
    tell_database(asha)
    assert who_looks_second(actor=asha, decision=waits, on=DAY) == []


def test_once_somebody_has_looked_nobody_is_named(
    riverside: Universe, asha: Actor, gwen: Actor, waits: ShareDecision, at: datetime
) -> None:
    look_second(actor=gwen, at=at, decision_id=waits.id, agreed=True, words="I agree.")
    assert "It is on the Today page of" not in page_of(riverside, "Asha Patel", waits)
