"""However many referrals there are: what waits comes first, is found, and is answered."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, everything, member

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.queries import pages
from alongside.casework.outreach.rules import Priority, ReferralState
from alongside.casework.outreach.views import referrals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


def asked(item: WorkItem, to: Organisation, who: str, at: datetime, priority: Priority) -> Referral:
    return Referral.ask(
        item=item, who=who, to_organisation_id=to.id, hands_over=False, why="Company.", why_not_safe="",
        purpose="early_help", person_agrees="yes", by="Asha Patel", at=at, priority=priority,
    )  # fmt: skip


@pytest.fixture
def several(
    judged: WorkItem, charity: Organisation, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> list[Referral]:
    """Three, on pages of two: the one that has waited longest is the least urgent."""
    monkeypatch.setattr(pages, "REFERRALS_SHOWN", 2)
    everything()
    return [
        asked(judged, charity, "Waited Longest", at - timedelta(days=9), Priority.ROUTINE),
        asked(judged, charity, "Asked Earlier", at - timedelta(days=2), Priority.THIS_WEEK),
        asked(judged, charity, "Asked Later", at - timedelta(days=1), Priority.THIS_WEEK),
    ]


def test_of_more_than_a_page_shows_the_soonest_come_first_and_the_rest_are_a_page_further(
    ask: Ask, several: list[Referral], peer: Actor
) -> None:
    first = ask(referrals.referrals, actor=peer)
    assert first.index("Asked Earlier") < first.index("Asked Later")
    assert "Waited Longest" not in first
    assert "3 are open, the most urgent first" in first
    assert 'href="?from=2"' in first
    second = ask(referrals.referrals, actor=peer, query="?from=2")
    assert "Waited Longest" in second
    assert "Asked Later" not in second


def test_what_is_not_on_the_first_page_is_declined_and_finished_like_any_other(
    ask: Ask, several: list[Referral], peer: Actor, charity: Organisation, council: Organisation
) -> None:
    longest, earlier, _ = several
    assert "Waited Longest" in ask(referrals.decline, actor=peer, referral_id=longest.id)
    no = {"why": "Full.", "other_route": "The library"}
    assert ask(referrals.decline, no, actor=peer, referral_id=longest.id) == reverse("outreach:referrals")
    everything()
    assert Referral.objects.get(id=longest.id).state == ReferralState.DECLINED
    with pytest.raises(NotFoundError):
        ask(referrals.decline, actor=peer, referral_id=longest.id)
    elsewhere = acting(member(council, "Cai Roberts", "practitioner"))
    with pytest.raises(NotFoundError):
        ask(referrals.decline, actor=elsewhere, referral_id=earlier.id)
    everything()
    seen = AuditEvent.objects.filter(code="outreach.referrals_seen", details={"referrals": 1})
    assert seen.count() == 2, "each look at one is recorded as one"


def test_of_those_we_made_what_waits_for_an_answer_comes_first_and_the_page_says_what_it_leaves_out(
    ask: Ask, several: list[Referral], at: datetime
) -> None:
    for each in several[1:]:
        each.decline(why="Full.", other_route="The library", by="Sam Boateng", at=at)
    page = ask(referrals.referrals)
    assert page.index("Waited Longest") < page.index("Asked Later")
    assert "Asked Earlier" not in page
    assert "These are the first 2 of 3" in page
