"""Whoever covers for a colleague works on what that colleague has, as themselves, while they are away."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.casework.outreach.conftest import everything, member
from tests.casework.signed_in import browser_of

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.commands import begin_absence, end_absence
from alongside.casework.accounts.models import Membership, Organisation, Team
from alongside.casework.accounts.queries import actor_of
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach.commands.working import add_note, judge_item
from alongside.casework.outreach.models import Note, WorkItem
from alongside.casework.outreach.presenters.covering import own_card
from alongside.casework.outreach.queries.day import day_of_outreach
from alongside.casework.outreach.queries.lists import my_list
from alongside.casework.outreach.queries.pages import item_page
from alongside.casework.outreach.rules import Verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


@pytest.fixture
def ben(council: Organisation) -> Membership:
    """A colleague in no team: nothing is theirs to see but what they cover."""
    return member(council, "Ben Okoro", "practitioner")


def as_of(membership: Membership, at: datetime) -> Actor:
    return actor_of(membership.user, membership.id, "early_help", timezone.localdate(at))


@pytest.mark.proves("FIND-02")
def test_the_cover_has_it_on_their_list_and_day_marked_and_works_on_it_until_the_other_is_back(
    item: WorkItem, asha: Membership, ben: Membership, manager: Actor, at: datetime
) -> None:
    before = as_of(ben, at)
    assert my_list(actor=before, at=at).items == []
    with pytest.raises(NotFoundError):
        item_page(actor=before, item_id=item.id, at=at)
    day = timezone.localdate(at)
    absence = begin_absence(actor=manager, at=at, membership_id=asha.id, on=day, cover_id=ben.id)
    covers = as_of(ben, at)
    listed = my_list(actor=covers, at=at)
    assert (listed.items, listed.count) == ([item], 1)
    assert own_card(listed.items[0], at, covers).covering == "Covering for Asha Patel"
    assert day_of_outreach(actor=covers, at=at).items == [item]
    assert item_page(actor=covers, item_id=item.id, at=at).may_work
    judge_item(actor=covers, at=at, item_id=item.id, verdict=Verdict.AGREE, why="Her neighbour rang.")
    add_note(actor=covers, at=at, item_id=item.id, words="I rang back.")
    everything()
    assert Note.objects.get(item=item).by_name == "Ben Okoro"
    events = AuditEvent.objects.filter(about_id=str(item.id), code="outreach.note_added")
    assert [each.actor_name for each in events] == ["Ben Okoro"]
    assert WorkItem.objects.get(id=item.id).assigned_to == asha, "it is still Asha's"
    own = as_of(asha, at)
    assert own_card(my_list(actor=own, at=at).items[0], at, own).covering == ""
    end_absence(actor=manager, at=at, absence_id=absence.id)
    after = as_of(ben, at)
    assert my_list(actor=after, at=at).items == []
    with pytest.raises(NotFoundError):
        add_note(actor=after, at=at, item_id=item.id, words="And again.")


def test_a_team_mate_who_covers_nobody_sees_it_and_may_not_work_on_it(
    item: WorkItem, asha: Membership, ben: Membership, team: Team, manager: Actor, at: datetime
) -> None:
    mate = member(asha.organisation, "Cal Roe", "practitioner", team=team)
    day = timezone.localdate(at)
    begin_absence(actor=manager, at=at, membership_id=asha.id, on=day, cover_id=ben.id)
    assert not item_page(actor=as_of(mate, at), item_id=item.id, at=at).may_work
    with pytest.raises(NotAllowedError, match="not on your list"):
        add_note(actor=as_of(mate, at), at=at, item_id=item.id, words="Mine?")


def test_the_pages_of_the_cover_say_for_whom_they_have_it(
    item: WorkItem, asha: Membership, ben: Membership, manager: Actor, at: datetime
) -> None:
    day = timezone.localdate(at)
    begin_absence(actor=manager, at=at, membership_id=asha.id, on=day, cover_id=ben.id)
    browser = browser_of(ben.user)
    for address in (reverse("outreach:mine"), "/"):
        assert "Covering for Asha Patel" in browser.get(address).text
    today = browser.get("/").text
    assert "You cover for Asha Patel until they are back" in today
    assert "What is on their list is on yours too." in today
    assert "In cases that they lead, you may do what a lead does." in today
    assert reverse("outreach:item", args=[item.id]) in today
