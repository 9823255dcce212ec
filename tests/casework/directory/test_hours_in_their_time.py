"""Hours are said with the dates between which they hold, on the page and on the paper a person takes home."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from tests.casework.directory.conftest import FOOD_BANK

from alongside.casework.access.actors import Actor
from alongside.casework.directory import commands, presenters, queries
from alongside.casework.directory.hours import hours_in_words
from alongside.casework.directory.rules import Hours
from alongside.casework.outreach.presenters.talks import as_told

TODAY = date(2026, 11, 2)
MONDAYS = Hours(freq="WEEKLY", byday="MO", opens_at=time(9), closes_at=time(20))
WINTER = replace(MONDAYS, valid_from=date(2026, 12, 1), valid_to=date(2027, 1, 5))
FORTNIGHTLY = replace(MONDAYS, interval=2, dtstart=date(2026, 8, 3))


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (MONDAYS, "Monday, 09:00 to 20:00"),
        (WINTER, "Monday, 09:00 to 20:00, from 1 December 2026 until 5 January 2027"),
        (replace(WINTER, valid_from=date(2026, 11, 1)), "Monday, 09:00 to 20:00, until 5 January 2027"),
        (replace(WINTER, valid_to=None), "Monday, 09:00 to 20:00, from 1 December 2026"),
        (replace(MONDAYS, valid_from=date(2020, 1, 1)), "Monday, 09:00 to 20:00"),
        (replace(MONDAYS, dtstart=date(2027, 2, 1)), "Monday, 09:00 to 20:00, from 1 February 2027"),
        (replace(WINTER, notes="ring first"),
         "Monday, 09:00 to 20:00, from 1 December 2026 until 5 January 2027 (ring first)"),
        (FORTNIGHTLY, "Every other week Monday, 09:00 to 20:00, such as on 9 November 2026"),
        (replace(FORTNIGHTLY, dtstart=None, valid_from=date(2026, 8, 10)),
         "Every other week Monday, 09:00 to 20:00, such as on 2 November 2026"),
        (replace(FORTNIGHTLY, dtstart=None), "Every other week Monday, 09:00 to 20:00"),
        (replace(FORTNIGHTLY, dtstart=date(2027, 8, 2)),
         "Every other week Monday, 09:00 to 20:00, from 2 August 2027"),
        (Hours(freq="MONTHLY", interval=2, bymonthday="1", dtstart=date(2026, 10, 1), opens_at=time(9),
               closes_at=time(10)),
         "Every other month on day 1 of the month, 09:00 to 10:00, such as on 1 December 2026"),
        (replace(MONDAYS, opens_at=time(0), closes_at=time(0)), "Monday, all day"),
        (replace(MONDAYS, opens_at=time(20), closes_at=time(8)), "Monday, 20:00 to 08:00"),
        (Hours(dtstart=date(2026, 11, 5), opens_at=time(9), closes_at=time(10)),
         "5 November 2026, 09:00 to 10:00"),
    ],
)  # fmt: skip
def test_hours_are_said_with_the_dates_they_hold_for(hours: Hours, said: str) -> None:
    assert hours_in_words(hours, on=TODAY) == said


@pytest.mark.django_db
def test_hours_that_have_ended_are_neither_on_the_page_nor_on_the_paper(editor: Actor, at: datetime) -> None:
    summer = replace(MONDAYS, byday="TU", valid_to=date(2026, 11, 1))
    until_today = replace(MONDAYS, byday="WE", valid_to=TODAY)
    fair = Hours(dtstart=date(2026, 11, 1), opens_at=time(9), closes_at=time(10))
    entry = replace(FOOD_BANK, hours=(summer, until_today, WINTER, fair))
    service = commands.publish_service(actor=editor, at=at, entry=entry)
    page = queries.service_page(actor=editor, at=at, service_id=service.id)
    shown = presenters.service_shown(page, at)
    assert shown.hours == (
        "Wednesday, 09:00 to 20:00, until 2 November 2026",
        "Monday, 09:00 to 20:00, from 1 December 2026 until 5 January 2027",
    )
    assert as_told(shown).hours == "\n".join(shown.hours)
