"""The day somebody leaves: it can be corrected until it has come, and it is shown and recorded."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.test_pages import signed_in

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.accounts.commands.members import DayNotPossibleError, LastLeadError
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.telling import told
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError


def end(
    partnership: Partnership, membership: Membership, on: date, *, at: datetime | None = None
) -> Membership:
    """Have the lead say from which day somebody no longer works there."""
    return commands.end_membership(
        actor=partnership.actor(partnership.lead), at=at or partnership.at, membership_id=membership.id, on=on
    )


def boxes(day: date) -> dict[str, int]:
    return {"on-day": day.day, "on-month": day.month, "on-year": day.year}


def test_who_was_to_leave_later_can_be_cut_off_sooner_and_both_days_are_recorded(
    partnership: Partnership,
) -> None:
    today = timezone.localdate(partnership.at)
    later, tomorrow = today + timedelta(days=30), today + timedelta(days=1)
    end(partnership, partnership.worker, later)
    with pytest.raises(AlreadyDoneError, match=f"already recorded that Will Ford .*{day_in_words(later)}"):
        end(partnership, partnership.worker, later)
    assert end(partnership, partnership.worker, tomorrow).active_to == tomorrow
    with pytest.raises(AlreadyDoneError, match="has ended"):
        end(partnership, partnership.worker, later, at=partnership.at + timedelta(days=1))
    events = AuditEvent.objects.filter(about_id=str(partnership.worker.id)).order_by("sequence")
    recorded, changed = [told(each, in_full=True) for each in events][-2:]
    assert recorded == f"Lena Marsh ended the membership of Will Ford from {later.isoformat()}"
    assert changed == (
        "Lena Marsh changed the day from which Will Ford is no longer a member: "
        f"{tomorrow.isoformat()}, before: {later.isoformat()}"
    )


def test_who_was_added_by_mistake_today_is_out_today_and_can_be_added_again(partnership: Partnership) -> None:
    today = timezone.localdate(partnership.at)
    with pytest.raises(DayNotPossibleError):
        end(partnership, partnership.worker, today - timedelta(days=1))
    open_elsewhere = signed_in(partnership.worker)
    assert open_elsewhere.get("/").status_code == 200
    end(partnership, partnership.worker, today)
    assert open_elsewhere.get("/").status_code == 403
    assert partnership.worker not in Membership.objects.on(today)
    commands.add_member(
        actor=partnership.actor(partnership.lead), at=partnership.at, name="Will Ford",
        organisation_id=partnership.council.id, email="will@example.org", roles=["manager"],
    )  # fmt: skip
    assert signed_in(partnership.worker).get("/").status_code == 200


def test_a_lead_who_is_to_leave_does_not_count_as_the_other_who_stays(partnership: Partnership) -> None:
    today = timezone.localdate(partnership.at)
    other = commands.add_member(
        actor=partnership.actor(partnership.lead), at=partnership.at, name="Sian Lloyd",
        organisation_id=partnership.council.id, email="sian@example.org", roles=["organisation_lead"],
    )  # fmt: skip
    end(partnership, other, today + timedelta(days=9))
    with pytest.raises(LastLeadError):
        end(partnership, partnership.lead, today + timedelta(days=30))
    assert end(partnership, other, today).active_to == today


def test_the_page_says_when_somebody_leaves_and_lets_the_day_be_corrected(partnership: Partnership) -> None:
    lead, today = signed_in(partnership.lead), timezone.localdate()
    address = f"/members/{partnership.worker.id}/end/"
    wrong, right = today + timedelta(days=400), today + timedelta(days=1)
    assert "No longer works here from" not in lead.get("/members/").text
    assert "End a membership" in lead.get(address).text
    lead.post(address, boxes(wrong))
    assert f"No longer works here from {day_in_words(wrong)}" in lead.get("/members/").text
    assert "Change leaving day" in lead.get("/members/").text
    asked = lead.get(address).text
    assert "Change the day somebody leaves" in asked
    assert f'value="{wrong.year}"' in asked
    assert lead.post(address, boxes(right)).headers["Location"] == "/members/"
    page = lead.get("/members/").text
    assert f"No longer works here from {day_in_words(right)}" in page
    assert day_in_words(wrong) not in page


def test_the_day_somebody_leaves_is_not_shown_to_who_has_no_say_in_it(partnership: Partnership) -> None:
    leaves = timezone.localdate() + timedelta(days=30)
    end(partnership, partnership.worker, leaves)
    page = signed_in(partnership.worker).get("/members/").text
    assert "Will Ford" in page
    assert day_in_words(leaves) not in page


def test_who_stays_after_all_is_a_member_as_before_and_it_is_recorded(partnership: Partnership) -> None:
    later = timezone.localdate(partnership.at) + timedelta(days=30)
    stays = {
        "actor": partnership.actor(partnership.lead), "at": partnership.at,
        "membership_id": partnership.worker.id,
    }  # fmt: skip
    with pytest.raises(AlreadyDoneError, match="No day is recorded"):
        commands.withdraw_leaving_day(**stays)
    end(partnership, partnership.worker, later)
    with pytest.raises(NotAllowedError):
        commands.withdraw_leaving_day(**stays | {"actor": partnership.actor(partnership.worker)})
    with pytest.raises(NotFoundError):
        commands.withdraw_leaving_day(**stays | {"actor": partnership.actor(partnership.carer)})
    commands.withdraw_leaving_day(**stays)
    assert Membership.objects.get(id=partnership.worker.id).active_to is None
    event = AuditEvent.objects.filter(about_id=str(partnership.worker.id)).latest("sequence")
    assert told(event, in_full=True) == (
        f"Lena Marsh recorded that Will Ford stays a member; they were to leave on {later.isoformat()}"
    )


def test_who_has_left_does_not_come_back_by_withdrawing_the_day(partnership: Partnership) -> None:
    today = timezone.localdate(partnership.at)
    end(partnership, partnership.worker, today)
    with pytest.raises(AlreadyDoneError, match="has ended"):
        commands.withdraw_leaving_day(
            actor=partnership.actor(partnership.lead), at=partnership.at, membership_id=partnership.worker.id
        )
    assert Membership.objects.get(id=partnership.worker.id).active_to == today


def test_the_page_lets_a_leaving_day_be_withdrawn_where_one_is_recorded(partnership: Partnership) -> None:
    lead, address = signed_in(partnership.lead), f"/members/{partnership.worker.id}/end/"
    withdraw = f"/members/{partnership.worker.id}/stays/"
    assert withdraw not in lead.get(address).text
    lead.post(address, boxes(timezone.localdate() + timedelta(days=30)))
    assert withdraw in lead.get(address).text
    sent = lead.post(withdraw, follow=True)
    assert sent.redirect_chain == [("/members/", 302)]
    assert "Will Ford stays. The leaving day is withdrawn." in sent.text
    assert "No longer works here from" not in sent.text
    assert lead.post(withdraw).status_code == 409
