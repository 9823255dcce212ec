"""Whether a service runs at a moment: by the clock on the wall, past midnight, on bank holidays."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.casework.directory.days import bank_holidays, falls_on
from alongside.casework.directory.rules import (
    HERE,
    Hours,
    Running,
    Status,
    copy_is_stale,
    entry_is_stale,
    running,
    runs_on,
)

MONDAYS = Hours(freq="WEEKLY", byday="MO", opens_at=time(10), closes_at=time(16))


def here(year: int, month: int, day: int, hour: int = 12, minute: int = 0, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HERE, fold=fold)


@pytest.mark.proves("FIND-10")
@pytest.mark.parametrize(
    ("at", "open_then"),
    [
        (here(2026, 11, 2, 10), True),
        (here(2026, 11, 2, 15, 59), True),
        (here(2026, 11, 2, 16), False),
        (here(2026, 11, 2, 9, 59), False),
        (here(2026, 11, 3, 12), False),
    ],
)
def test_a_service_runs_within_its_hours_and_not_outside(at: datetime, open_then: bool) -> None:
    assert (running("active", [MONDAYS], at) is Running.OPEN) is open_then


@pytest.mark.parametrize("status", [each for each in Status if each != Status.ACTIVE])
def test_a_service_that_is_not_active_never_runs(status: Status) -> None:
    assert running(status, [MONDAYS], here(2026, 11, 2)) is Running.CLOSED
    assert runs_on(status, [], date(2026, 11, 2)) is Running.CLOSED


def test_without_hours_it_is_not_known_which_is_neither_open_nor_closed() -> None:
    assert running("active", [], here(2026, 11, 2)) is Running.NOT_KNOWN
    assert running("active", [], here(2026, 11, 2)) is not Running.OPEN
    every_other = Hours(freq="WEEKLY", byday="MO", interval=2)
    assert running("active", [every_other], here(2026, 11, 2)) is Running.NOT_KNOWN


def test_hours_that_go_past_midnight_belong_to_the_day_they_began() -> None:
    friday_night = Hours(freq="WEEKLY", byday="FR", opens_at=time(22), closes_at=time(2))
    assert running("active", [friday_night], here(2026, 11, 6, 23)) is Running.OPEN
    assert running("active", [friday_night], here(2026, 11, 7, 1, 59)) is Running.OPEN
    assert running("active", [friday_night], here(2026, 11, 7, 2)) is not Running.OPEN
    assert running("active", [friday_night], here(2026, 11, 6, 1)) is not Running.OPEN
    assert running("active", [friday_night], here(2026, 11, 7, 23)) is not Running.OPEN


def test_the_first_day_there_is_has_none_before_it() -> None:
    night = Hours(freq="WEEKLY", byday="MO,TU,WE,TH,FR,SA,SU", opens_at=time(22), closes_at=time(4))
    assert running(Status.ACTIVE, [night], here(1, 1, 1, 3)) is Running.CLOSED


def test_closing_at_midnight_is_the_end_of_the_day() -> None:
    late = Hours(freq="WEEKLY", byday="FR", opens_at=time(18), closes_at=time(0))
    assert running("active", [late], here(2026, 11, 6, 23, 59)) is Running.OPEN
    assert running("active", [late], here(2026, 11, 7, 0)) is not Running.OPEN


def test_the_clock_on_the_wall_counts_in_summer_in_winter_and_while_it_changes() -> None:
    summer = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)  # 10:30 on the wall
    assert running("active", [MONDAYS], summer) is Running.OPEN
    assert running("active", [MONDAYS], datetime(2026, 11, 2, 9, 30, tzinfo=UTC)) is not Running.OPEN
    night = Hours(freq="WEEKLY", byday="SU", opens_at=time(1), closes_at=time(2))
    for fold in (0, 1):  # the hour that comes twice
        assert (
            running("active", [night], here(2026, 10, 25, 1, 30, fold=fold).astimezone(UTC)) is Running.OPEN
        )
    skipped = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)  # it is 02:00 on the wall at once
    assert running("active", [night], skipped) is not Running.OPEN
    assert running("active", [night], datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) is not Running.OPEN


def test_usual_hours_prove_nothing_on_a_bank_holiday_but_hours_for_that_day_do() -> None:
    christmas = here(2028, 12, 25)
    assert christmas.weekday() == 0
    assert running("active", [MONDAYS], christmas) is Running.USUALLY
    assert running("active", [MONDAYS], christmas) is not Running.OPEN
    dinner = Hours(dtstart=date(2028, 12, 25), opens_at=time(11), closes_at=time(15))
    assert running("active", [MONDAYS, dinner], christmas) is Running.OPEN
    assert runs_on("active", [MONDAYS], date(2028, 12, 25)) is Running.USUALLY


def test_a_season_begins_and_ends() -> None:
    winter = Hours(
        freq="WEEKLY", byday="MO", valid_from=date(2026, 11, 2), valid_to=date(2027, 2, 1), opens_at=time(9),
        closes_at=time(17),
    )  # fmt: skip
    assert running("active", [winter], here(2026, 10, 26)) is not Running.OPEN
    assert running("active", [winter], here(2026, 11, 2)) is Running.OPEN
    assert running("active", [winter], here(2027, 2, 1)) is Running.OPEN
    assert running("active", [winter], here(2027, 2, 8)) is not Running.OPEN


@pytest.mark.parametrize(
    ("day", "told", "falls"),
    [
        (date(2026, 11, 10), {"byday": "2TU"}, True),
        (date(2026, 11, 3), {"byday": "2TU"}, False),
        (date(2026, 11, 27), {"byday": "-1FR"}, True),
        (date(2026, 11, 20), {"byday": "-1FR"}, False),
        (date(2026, 2, 28), {"bymonthday": "-1"}, True),
        (date(2026, 11, 15), {"bymonthday": "1,15"}, True),
        (date(2026, 11, 16), {"bymonthday": "1,15"}, False),
        (date(2026, 11, 3), {}, True),
        (date(2026, 12, 3), {"interval": 2}, False),
        (date(2027, 1, 3), {"interval": 2}, True),
    ],
)
def test_monthly_rules_fall_where_a_calendar_says(day: date, told: dict[str, str], falls: bool) -> None:
    start = date(2026, 11, 3)
    assert falls_on(day, freq="MONTHLY", start=start, **told) is falls  # type: ignore[arg-type]


def test_every_other_week_is_counted_from_its_first_monday() -> None:
    fortnightly = Hours(freq="WEEKLY", byday="MO,WE", interval=2, dtstart=date(2026, 11, 4))
    assert [
        day.isoformat()
        for day in (date(2026, 11, 1) + timedelta(days=n) for n in range(30))
        if runs_on("active", [fortnightly], day) is Running.OPEN
    ] == ["2026-11-04", "2026-11-16", "2026-11-18", "2026-11-30"]


def test_bank_holidays_are_those_that_were_announced() -> None:
    told = {
        2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    }
    for year, days in told.items():
        announced = {date.fromisoformat(f"{year}-{day}") for day in days.split()}
        beside = {date(year, 12, 25), date(year, 12, 26)}  # on a weekend they are not working days anyway
        assert announced <= bank_holidays(year) <= announced | beside
    assert date(2022, 12, 27) in bank_holidays(2022)


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.sampled_from(["WEEKLY", "MONTHLY", "", "DAILY"]),
    st.integers(1, 1000),
    st.text(max_size=20),
    st.text("0123456789-,", max_size=20),
    st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)),
)
def test_no_rule_however_odd_is_an_error(
    day: date, freq: str, interval: int, byday: str, bymonthday: str, start: date | None
) -> None:
    hours = Hours(freq=freq, interval=interval, byday=byday, bymonthday=bymonthday, dtstart=start)
    assert runs_on("active", [hours], day) in Running


def test_what_nobody_confirmed_for_half_a_year_may_be_out_of_date() -> None:
    today = date(2026, 11, 2)
    assert entry_is_stale(None, on=today)
    assert entry_is_stale(today - timedelta(days=184), on=today)
    assert not entry_is_stale(today - timedelta(days=183), on=today)
    now = here(2026, 11, 2)
    assert copy_is_stale(None, at=now)
    assert copy_is_stale(now - timedelta(days=9), at=now)
    assert not copy_is_stale(now - timedelta(days=8), at=now)
