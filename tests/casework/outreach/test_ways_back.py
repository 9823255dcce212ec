"""A way back says where it goes, above everything else on the page; headings go down step by step."""

import re
from datetime import datetime
from itertools import pairwise

import pytest
from django.urls import reverse
from tests.casework.outreach.asking import Ask

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.views import asking, items, lists, referrals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


def way_back(page: str) -> tuple[str, str]:
    """Where it leads, and its words; it stands before the main part."""
    before, _main = page.split("<main", 1)
    (found,) = re.findall(r'<a href="([^"]+)" class="govuk-back-link">\s*(.+?)\s*</a>', before, re.S)
    return found


def test_forms_about_an_item_lead_back_to_whom_it_is_about(
    ask: Ask, judged: WorkItem, charity: Organisation
) -> None:
    where = reverse("outreach:item", args=[judged.id])
    name = re.search(r"<h1[^>]*>(.+?)</h1>", ask(items.item, item_id=judged.id))
    assert name is not None
    for page in (
        ask(items.attempt, item_id=judged.id),
        ask(items.judge, item_id=judged.id),
        ask(asking.refer, item_id=judged.id),
    ):
        assert way_back(page) == (where, f"Back to {name[1]}")
    write = ask(asking.refer_to, item_id=judged.id, organisation_id=charity.id)
    assert way_back(write) == (reverse("outreach:refer", args=[judged.id]), "Choose another organisation")


def test_forms_about_a_referral_lead_back_to_referrals_and_one_for_somebody_away_to_the_work(
    ask: Ask,
    judged: WorkItem,
    worker: Actor,
    peer: Actor,
    manager: Actor,
    charity: Organisation,
    at: datetime,
) -> None:  # fmt: skip
    made = make_referral(actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="Company")
    back = (reverse("outreach:referrals"), "Referrals")
    assert way_back(ask(referrals.take_back, actor=worker, referral_id=made.id)) == back
    assert way_back(ask(referrals.decline, actor=peer, referral_id=made.id)) == back
    assert way_back(ask(lists.cover, actor=manager)) == (reverse("outreach:manager"), "Managing the work")


def test_what_the_person_said_of_a_referral_is_not_taken_for_what_an_organisation_said(
    ask: Ask, judged: WorkItem, worker: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    make_referral(
        actor=worker,
        at=at,
        item_id=judged.id,
        to_organisation_id=charity.id,
        why="Company",
        person_agrees="yes",
    )
    for actor in (worker, peer):
        page = ask(referrals.referrals, actor=actor)
        assert "The person agreed." in page
        assert "They agree" not in page


def test_the_page_for_judging_steps_down_by_one_heading_and_asks_once(ask: Ask, item: WorkItem) -> None:
    page = ask(items.judge, item_id=item.id)
    steps = [int(each) for each in re.findall(r"<h([1-6])", page.split("<main", 1)[1])]
    assert all(after - before <= 1 for before, after in pairwise(steps))
    assert page.count("What do you know that these sources do not?") == 1
    assert ask(items.item, item_id=item.id).count("What do you know that these sources do not?") == 1
