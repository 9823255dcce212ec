"""Days and times of meetings, and the file for calendars."""

from datetime import UTC, date, datetime, time

import pytest

from alongside.casework.marm.rules.calendar import Entry, calendar_file, folded
from alongside.casework.marm.rules.meetings import Doubt, NoSuchTimeError, begins, doubt, in_time


@pytest.mark.proves("MARM-17")
def test_weekends_and_bank_holidays_are_asked_about_twice() -> None:
    assert doubt(date(2026, 11, 28)) is Doubt.WEEKEND
    assert doubt(date(2026, 12, 25)) is Doubt.BANK_HOLIDAY
    assert doubt(date(2026, 11, 30)) is None


def test_a_time_of_day_is_that_of_here_and_one_the_clocks_leave_out_is_refused() -> None:
    assert begins(date(2026, 6, 1), time(14, 30)) == datetime(2026, 6, 1, 13, 30, tzinfo=UTC)
    assert begins(date(2026, 12, 1), time(14, 30)) == datetime(2026, 12, 1, 14, 30, tzinfo=UTC)
    with pytest.raises(NoSuchTimeError):
        begins(date(2027, 3, 28), time(1, 30))
    assert begins(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_first_meeting_is_late_once_it_is_due_and_none_was_set_before() -> None:
    due, before, after = (datetime(2026, 11, day, tzinfo=UTC) for day in (10, 9, 11))
    assert in_time(None, due, before)
    assert not in_time(None, due, after)
    assert in_time(before, due, after)
    assert not in_time(after, due, before)


def entry(*, cancelled: bool = False, title: str = "Meeting, case 12345678") -> Entry:
    moment = datetime(2026, 6, 1, 13, 30, tzinfo=UTC)
    return Entry("a@alongside", 2, title, "Where: é " * 20, moment, 90, moment, cancelled, urgent=True)


@pytest.mark.proves("MARM-20")
def test_a_calendar_file_has_local_time_and_says_what_was_changed_or_cancelled() -> None:
    lines = calendar_file(entry()).split("\r\n")
    assert "DTSTART;TZID=Europe/London:20260601T143000" in lines
    assert "DTEND;TZID=Europe/London:20260601T160000" in lines
    assert {"SEQUENCE:2", "METHOD:PUBLISH", "STATUS:CONFIRMED", "PRIORITY:1"} <= set(lines)
    assert r"SUMMARY:Meeting\, case 12345678" in lines
    assert {"METHOD:CANCEL", "STATUS:CANCELLED"} <= set(calendar_file(entry(cancelled=True)).split("\r\n"))


def test_lines_are_folded_between_signs_and_read_as_one_again() -> None:
    file = calendar_file(entry())
    assert max(len(line.encode()) for line in file.split("\r\n")) <= 75
    assert "Where: é " * 20 in file.replace("\r\n ", "")
    assert list(folded("short")) == ["short"]
    assert r"SUMMARY:a\nBEGIN:VEVENT" in calendar_file(entry(title="a\r\nBEGIN:VEVENT"))
