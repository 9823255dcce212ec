"""What a case audit is to change is on its owner's day until it has, and looking on that of who looks."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor
from tests.casework.marm.test_case_audits import _refused, answered_by, audit, begin, cases, learnt
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.auditing_cases import close_case_audit, note_what_changed
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import CaseAudit
from alongside.casework.marm.queries.case_audits import audit_page, case_audits
from alongside.casework.marm.queries.today import waiting_in_cases
from alongside.casework.marm.queries.today_besides import Learns
from alongside.casework.marm.rules.case_audits import Learnt

__all__ = ["audit", "begin", "cases", "learnt"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def toms(audit: CaseAudit, who: AnActor, riverside_now: Universe, now: datetime) -> CaseAudit:
    """Closed, with a change that Tom sees to, who was not named to look."""
    answered_by(who, audit, now, "Asha Patel")
    tom, by = riverside_now.members["Tom Reilly"].id, timezone.localdate(now) + timedelta(days=30)
    said = Learnt("We ring too late.", "One list of numbers.", tom, by)
    return close_case_audit(actor=who("Mair Pugh"), at=now, audit_id=audit.id, learnt=said)


def asks(who: AnActor, name: str, day: date) -> list[Learns]:
    return [each.learns for each in waiting_in_cases(actor=who(name), day=day).audits]


def test_looking_is_on_the_day_of_who_is_named_until_they_have_looked_into_each(
    audit: CaseAudit, who: AnActor, now: datetime
) -> None:
    day = timezone.localdate(now)
    assert [asks(who, name, day) for name in ("Asha Patel", "Dee Marsh")] == [[Learns.TO_LOOK]] * 2
    assert [asks(who, name, day) for name in ("Tom Reilly", "Mair Pugh")] == [[], []]
    answered_by(who, audit, now, "Asha Patel")
    assert asks(who, "Asha Patel", day) == []
    assert asks(who, "Dee Marsh", day) == [Learns.TO_LOOK]


def test_a_contact_worker_who_takes_part_in_no_case_finds_what_they_are_to_look_into(
    begin: object, riverside_now: Universe, now: datetime
) -> None:
    sam, dee = (riverside_now.members[name] for name in ("Sam Boateng", "Dee Marsh"))
    begin(members=[sam.id, dee.id])  # type: ignore[operator]
    page = browser_of(sam.user).get("/").text
    assert ": look into the cases</a>" in page


def test_whoever_sees_to_the_change_opens_the_audit_and_has_it_on_their_day_until_it_is_made(
    toms: CaseAudit, who: AnActor, riverside_now: Universe, now: datetime
) -> None:
    tom, day = who("Tom Reilly"), timezone.localdate(now)
    assert [each.id for each in case_audits(actor=tom)] == [toms.id]
    assert audit_page(actor=tom, audit_id=toms.id).may_say_changed
    assert asks(who, "Tom Reilly", day) == [Learns.TO_CHANGE]
    assert asks(who, "Mair Pugh", day) == []
    browser = browser_of(riverside_now.members["Tom Reilly"].user)
    assert ": see to what was to change</a>" in browser.get("/").text
    note_what_changed(actor=tom, at=now, audit_id=toms.id, words="One list, on the wall.")
    assert asks(who, "Tom Reilly", day) == []
    page = audit_page(actor=tom, audit_id=toms.id)
    assert (page.audit.changed, page.audit.changed_by) == ("One list, on the wall.", "Tom Reilly")
    assert not page.may_say_changed
    assert "One list, on the wall." in browser.get(f"/cases/audits/{toms.id}/").text


def test_a_change_that_is_late_is_also_on_the_day_of_those_who_began_the_audit(
    toms: CaseAudit, who: AnActor, now: datetime
) -> None:
    assert toms.change_by is not None
    assert asks(who, "Mair Pugh", toms.change_by) == []
    late = toms.change_by + timedelta(days=1)
    assert asks(who, "Mair Pugh", late) == asks(who, "Elin Rees", late) == [Learns.NOT_CHANGED]
    assert asks(who, "Asha Patel", late) == []
    (line,) = waiting_in_cases(actor=who("Tom Reilly"), day=late).audits
    assert (line.learns, line.by) == (Learns.TO_CHANGE, toms.change_by)
    note_what_changed(actor=who("Mair Pugh"), at=now, audit_id=toms.id, words="Tom left; I did it.")
    assert asks(who, "Mair Pugh", late) == asks(who, "Tom Reilly", late) == []


def test_only_the_owner_or_who_began_it_says_what_changed_once_and_in_words(
    audit: CaseAudit, toms: CaseAudit, who: AnActor, begin: object, now: datetime
) -> None:
    with pytest.raises(NotAllowedError):
        note_what_changed(actor=who("Dee Marsh"), at=now, audit_id=toms.id, words="All of it.")
    with pytest.raises(NotFoundError):
        note_what_changed(actor=who("Kit Lowe"), at=now, audit_id=toms.id, words="All of it.")
    with pytest.raises(UnsaidError):
        note_what_changed(actor=who("Tom Reilly"), at=now, audit_id=toms.id, words=" ")
    another = begin()  # type: ignore[operator]
    with pytest.raises(AlreadyDoneError):
        note_what_changed(actor=who("Mair Pugh"), at=now, audit_id=another.id, words="Too early.")
    note_what_changed(actor=who("Tom Reilly"), at=now, audit_id=toms.id, words="Once.")
    with pytest.raises(AlreadyDoneError):
        note_what_changed(actor=who("Mair Pugh"), at=now, audit_id=toms.id, words="Twice.")
    _refused(who, "update marm_caseaudit set changed = 'Nothing' where changed <> ''")
    _refused(who, "update marm_caseaudit set changed = 'Early' where closed_at is null")


def test_the_form_shows_what_was_to_change_and_keeps_what_was_typed(
    toms: CaseAudit, who: AnActor, riverside_now: Universe, now: datetime
) -> None:
    browser = browser_of(riverside_now.members["Tom Reilly"].user)
    address = f"/cases/audits/{toms.id}/changed/"
    assert "One list of numbers." in browser.get(address).text
    assert browser.post(address, {"words": ""}).status_code == 422
    note_what_changed(actor=who("Mair Pugh"), at=now, audit_id=toms.id, words="First.")
    second = browser.post(address, {"words": "One list, on the wall."})
    assert (second.status_code, "One list, on the wall." in second.text) == (409, True)
