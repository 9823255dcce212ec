"""Another covers for the rest of an absence, which goes on: both are told, and who covered when stays."""

import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.test_cover_is_told import away
from tests.casework.accounts.test_covering import member
from tests.casework.accounts.test_pages import signed_in

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.accounts.commands.absence import CoverNotPossibleError
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.audit.models import AuditEvent
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.notices.models import Notice


@pytest.fixture
def wyn(partnership: Partnership) -> Membership:
    return member(partnership, "Wyn Hale", "practitioner")


@pytest.fixture
def mo(partnership: Partnership) -> Membership:
    return member(partnership, "Mo Bell", "manager")


@pytest.mark.proves("FIND-02")
def test_a_lead_names_another_while_somebody_is_away_and_both_read_it(
    partnership: Partnership, wyn: Membership, mo: Membership
) -> None:
    today, worker = timezone.localdate(partnership.at), partnership.worker
    begun = away(partnership, wyn, 0, 9)
    Absence.objects.filter(id=begun.id).update(active_from=today - timedelta(days=3))
    client, address = signed_in(partnership.lead), f"/members/{worker.id}/absence/"
    changing = re.search(rf'href="({address}[^"]+/cover/)"', client.get(address).text)
    assert changing
    assert "Who will cover the work of Will Ford?" in client.get(changing[1]).text
    refused = client.post(changing[1], {"cover": str(wyn.id)})
    assert (refused.status_code, "that is who covers now" in refused.text) == (422, True)
    page = client.post(changing[1], {"cover": str(mo.id)}, follow=True).text
    assert "Who covers has been changed" in page
    assert "Cover: Mo Bell" in page
    rows = Absence.objects.order_by("active_from").values_list("active_from", "active_to", "cover")
    ends = today + timedelta(days=9)
    assert list(rows) == [(today - timedelta(days=3), today, wyn.id), (today, ends, mo.id)]
    assert "You no longer cover for Will Ford" in signed_in(wyn).get("/").text
    assert "You cover for Will Ford until" in signed_in(mo).get("/").text
    assert (partnership.actor(wyn).covers, partnership.actor(mo).covers) == (frozenset(), {worker.id})
    assert not Membership.objects.present_on(today).filter(id=worker.id).exists()
    assert client.get(changing[1]).status_code == 409


def test_both_are_sent_a_notice_and_it_is_recorded(
    partnership: Partnership, wyn: Membership, mo: Membership, settings: LazySettings
) -> None:
    absence = away(partnership, wyn, 0, None)
    settings.MAIL = object()
    given = {"actor": partnership.actor(partnership.lead), "at": partnership.at}
    goes_on = commands.change_cover(absence_id=absence.id, cover_id=mo.id, **given)
    waiting = Notice.objects.exclude(waiting_since=None).values_list("user__name", flat=True)
    assert set(waiting) == {"Wyn Hale", "Mo Bell"}
    events = AuditEvent.objects.filter(code__startswith="accounts.cover").order_by("sequence")
    assert [(each.code, each.about_id) for each in events][1:] == [
        ("accounts.cover_ended", str(absence.id)), ("accounts.cover_named", str(goes_on.id)),
    ]  # fmt: skip
    alone = commands.change_cover(absence_id=goes_on.id, cover_id=None, **given)
    assert partnership.actor(mo).covers == frozenset()
    assert "Cover: Nobody yet" in signed_in(partnership.worker).get("/my-absence/").text
    with pytest.raises(AlreadyDoneError):
        commands.change_cover(absence_id=goes_on.id, cover_id=wyn.id, **given)
    commands.change_cover(absence_id=alone.id, cover_id=wyn.id, **given)
    page = signed_in(wyn).get("/").text
    assert ("You cover for Will Ford" in page, "You no longer cover" in page) == (True, False)


def test_one_to_come_is_covered_by_another(partnership: Partnership, wyn: Membership, mo: Membership) -> None:
    worker, first = partnership.worker, timezone.localdate(partnership.at) + timedelta(days=4)
    absence = away(partnership, wyn, 4, 6)
    page = signed_in(worker).post(f"/my-absence/{absence.id}/cover/", {"cover": str(mo.id)}, follow=True).text
    assert ("Cover: Mo Bell" in page, "Wyn" not in page.split("Record an absence")[0]) == (True, True)
    told = f"You do not cover for Will Ford from {day_in_words(first)} after all"
    assert told in signed_in(wyn).get("/").text
    assert list(Absence.objects.not_over_on(first).values_list("cover", flat=True)) == [mo.id]


def test_only_who_may_say_that_somebody_is_away_and_only_who_can_do_the_work(
    partnership: Partnership, wyn: Membership, mo: Membership
) -> None:
    absence, at = away(partnership, wyn, 0, None), partnership.at
    given = {"at": at, "absence_id": absence.id}
    with pytest.raises(NotAllowedError):
        commands.change_cover(actor=partnership.actor(wyn), cover_id=mo.id, **given)
    with pytest.raises(NotFoundError):
        commands.change_cover(actor=partnership.actor(partnership.carer), cover_id=mo.id, **given)
    lead = partnership.actor(partnership.lead)
    with pytest.raises(CoverNotPossibleError):
        commands.change_cover(actor=lead, cover_id=partnership.lead.id, **given)
    Absence.begin(membership=mo, on=timezone.localdate(at), until=None, cover=None)
    with pytest.raises(CoverNotPossibleError, match="Mo Bell is away"):
        commands.change_cover(actor=lead, cover_id=mo.id, **given)
    assert Absence.objects.get(membership=partnership.worker).cover_id == wyn.id
