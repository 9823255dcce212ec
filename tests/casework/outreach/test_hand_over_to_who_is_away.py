"""Who was asked to take an item over and is away since: their cover answers, or somebody else is asked."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.outreach.conftest import everything, member
from tests.casework.outreach.test_covered import as_of
from tests.casework.outreach.test_hand_over_on_today import ANSWERS, TO_DO
from tests.casework.outreach.test_today import day_of
from tests.casework.signed_in import browser_of

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.commands import begin_absence
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.outreach.commands import giving
from alongside.casework.outreach.models import HandOver, WorkItem
from alongside.casework.outreach.queries.lists import my_list

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


@pytest.fixture
def cal(council: Organisation) -> Membership:
    """In no team: nothing is theirs to see but what they cover."""
    return member(council, "Cal Roe", "practitioner")


@pytest.fixture
def offered(item: WorkItem, ben: Membership, worker: Actor, at: datetime) -> WorkItem:
    giving.offer_item(actor=worker, at=at, item_id=item.id, member_id=ben.id, why="She speaks Welsh.")
    return item


def away(manager: Actor, who: Membership, cover: Membership | None, at: datetime) -> None:
    day = timezone.localdate(at)
    begin_absence(
        actor=manager, at=at, membership_id=who.id, on=day, until=day + timedelta(days=7),
        cover_id=cover.id if cover else None,
    )  # fmt: skip


def test_the_cover_is_asked_in_their_place_and_takes_it_over_for_them(
    offered: WorkItem, asha: Membership, ben: Membership, cal: Membership, manager: Actor, at: datetime
) -> None:
    assert my_list(actor=as_of(cal, at), at=at).offered == []
    away(manager, ben, cal, at)
    covers = as_of(cal, at)
    (line,) = [each for each in day_of(covers)[TO_DO].lines if each.text.startswith("Take over")]
    assert line.hint == "Asha Patel asks Ben Okoro, for whom you cover. Say whether they can."
    assert my_list(actor=covers, at=at).offered == [offered]
    page = browser_of(cal.user).get(line.href).text
    assert "Say whether you will take it over" in page
    said = "They are away, and back on 9 November 2026. Cal Roe covers and can answer for them."
    assert said in browser_of(asha.user).get(line.href).text
    assert not [each for each in day_of(as_of(asha, at))[TO_DO].lines if each.text.startswith("Ask somebody")]
    giving.answer_hand_over(actor=covers, at=at, item_id=offered.id, accepted=True)
    everything()
    assert WorkItem.objects.get(id=offered.id).assigned_to == ben
    event = AuditEvent.objects.get(code="outreach.hand_over_answered", about_id=str(offered.id))
    assert event.actor_name == "Cal Roe"
    assert my_list(actor=covers, at=at).items == [offered]
    assert ANSWERS in day_of(as_of(asha, at))


@pytest.mark.parametrize("covered_by_who_asked", [False, True])
def test_where_nobody_can_answer_who_asked_and_a_manager_find_it_and_another_can_be_asked(
    covered_by_who_asked: bool, offered: WorkItem, asha: Membership, ben: Membership, cal: Membership,
    worker: Actor, manager: Actor, at: datetime,
) -> None:  # fmt: skip
    away(manager, ben, asha if covered_by_who_asked else None, at)
    asks = as_of(asha, at)
    for reader in (asks, manager):
        (line,) = [each for each in day_of(reader)[TO_DO].lines if each.text.startswith("Ask somebody")]
        assert line.hint == "Ben Okoro was asked and is away, and nobody can answer for them."
    assert not [each for each in day_of(as_of(cal, at))[TO_DO].lines if each.text.startswith("Ask")]
    assert "Nobody can answer for them: ask somebody else." in browser_of(asha.user).get(line.href).text
    with pytest.raises(NotAllowedError):
        giving.answer_hand_over(actor=asks, at=at, item_id=offered.id, accepted=True)
    giving.offer_item(actor=asks, at=at, item_id=offered.id, member_id=cal.id, why="Ben is away.")
    everything()
    assert [each.to for each in HandOver.objects.open().filter(item=offered)] == [cal]
    assert not [each for each in day_of(asks)[TO_DO].lines if each.text.startswith("Ask somebody")]
