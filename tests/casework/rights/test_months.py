"""How long there is to answer, as it is read."""

from datetime import date

import pytest

from alongside.casework.rights.presenters.months import until_in_words


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (30, "Due by 2 December 2026, 30 days left"),
        (1, "Due by 2 December 2026, 1 day left"),
        (0, "Due today"),
        (-1, "Was due on 2 December 2026, 1 day ago"),
    ],
)
def test_the_last_day_is_today_and_not_nought_days_left(left: int, told: str) -> None:
    assert until_in_words(date(2026, 12, 2), left) == told
    assert until_in_words(None, None) == ""
