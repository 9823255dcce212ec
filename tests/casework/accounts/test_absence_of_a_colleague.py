"""Whoever looks after members records that one of them is away, and back: somebody who is ill cannot."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.test_covering import member
from tests.casework.accounts.test_pages import signed_in

from alongside.casework.accounts import commands
from alongside.casework.accounts.models import Absence, Membership


def boxes(**days: object) -> dict[str, str]:
    return {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in days.items()
        for part in ("day", "month", "year")
    }


@pytest.mark.proves("FIND-02")
def test_a_lead_records_that_somebody_is_off_sick_and_who_covers_and_that_they_are_back(
    partnership: Partnership,
) -> None:
    client, worker, today = signed_in(partnership.lead), partnership.worker, timezone.localdate()
    colleague = member(partnership, "Wyn Hale", "practitioner")
    address = f"/members/{worker.id}/absence/"
    assert f'href="{address}"' in client.get("/members/").text
    page = client.get(address).text
    assert "Absences of Will Ford" in page
    assert "Will Ford has no absences now or to come." in page
    assert "Who will cover the work of Will Ford?" in page
    sent = boxes(on=today) | {"cover": str(colleague.id)}
    page = client.post(address, sent, follow=True).text
    assert "The absence of Will Ford is recorded." in page
    assert "Cover: Wyn Hale" in page
    assert not Membership.objects.present_on(today).filter(id=worker.id).exists()
    again = client.post(address, sent)
    assert again.status_code == 422
    assert "already recorded" in again.text
    ending = re.search(rf'action="({address}[^"]+/end/)"', page)
    assert ending
    assert "Back now" in page
    assert "It is recorded that Will Ford is back." in client.post(ending[1], follow=True).text
    assert Membership.objects.present_on(today).filter(id=worker.id).exists()


def test_one_to_come_is_cancelled_by_name(partnership: Partnership) -> None:
    client, worker, today = signed_in(partnership.lead), partnership.worker, timezone.localdate()
    address = f"/members/{worker.id}/absence/"
    page = client.post(address, boxes(on=today + timedelta(days=3)), follow=True).text
    assert "Cancel this absence" in page
    ending = re.search(rf'action="({address}[^"]+/end/)"', page)
    assert ending
    assert "The absence of Will Ford is cancelled." in client.post(ending[1], follow=True).text


def test_nobody_else_may(partnership: Partnership) -> None:
    lead, worker = partnership.lead, partnership.worker
    mine, theirs = f"/members/{lead.id}/absence/", f"/members/{worker.id}/absence/"
    sent = boxes(on=timezone.localdate())
    client, elsewhere = signed_in(worker), signed_in(partnership.carer)
    assert (client.get(mine).status_code, client.post(mine, sent).status_code) == (403, 403)
    assert (elsewhere.get(theirs).status_code, elsewhere.post(theirs, sent).status_code) == (404, 404)
    assert mine not in client.get("/members/").text
    assert not Absence.objects.exists()


@pytest.mark.parametrize("gone", ["left", "away"])
def test_who_was_to_cover_and_is_no_longer_at_work_is_not_said_to_cover_on_the_members_own_page_either(
    partnership: Partnership, gone: str
) -> None:
    worker, lead, today = partnership.worker, partnership.lead, timezone.localdate()
    colleague = member(partnership, "Wyn Hale", "practitioner")
    for first, after in ((today, today + timedelta(days=9)), (today + timedelta(days=20), None)):
        commands.begin_absence(
            actor=partnership.actor(worker), at=partnership.at, membership_id=worker.id, on=first,
            until=after, cover_id=colleague.id,
        )  # fmt: skip
    assert signed_in(worker).get("/my-absence/").text.count("Cover: Wyn Hale<") == 2
    if gone == "left":
        commands.end_membership(
            actor=partnership.actor(lead), at=partnership.at, membership_id=colleague.id, on=today
        )
    else:
        Absence.begin(membership=colleague, on=today, until=today + timedelta(days=1), cover=None)
    page = signed_in(worker).get("/my-absence/").text
    said = "Cover: Nobody. Wyn Hale, who was to cover, is not at work either. Ask somebody else."
    assert page.count(said) == (2 if gone == "left" else 1), "who is away today may be back by then"
