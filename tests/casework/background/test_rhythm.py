"""How often, in words and as the queue understands it: the two never differ."""

from datetime import UTC, datetime, timedelta

import pytest
from croniter import croniter
from hypothesis import given
from hypothesis import strategies as st

from alongside.casework.background.rules import Rhythm, every, nightly, worker_is_there

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
RHYTHMS = st.one_of(
    st.builds(
        every, minutes=st.sampled_from([each for each in range(1, 61) if 60 % each == 0 and each < 60])
    ),
    st.builds(nightly, hour=st.integers(0, 22), minute=st.integers(0, 59)),
)


@given(RHYTHMS, st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)))
def test_next_is_when_the_queue_will_run_it(rhythm: Rhythm, at: datetime) -> None:
    assert rhythm.next_after(at) == croniter(rhythm.cron, at).get_next(datetime)


def test_it_is_said_as_people_say_it() -> None:
    assert every(minutes=5).words == "every 5 minutes"
    assert nightly(hour=1, minute=10).words == "every night at 01:10, in summer at 02:10"


@pytest.mark.parametrize("minutes", [0, 7, 61])
def test_minutes_that_do_not_divide_the_hour_are_no_rhythm(minutes: int) -> None:
    with pytest.raises(ValueError, match="cannot be divided"):
        every(minutes=minutes)


def test_what_should_have_begun_again_is_overdue_and_what_never_began_is_not() -> None:
    rhythm = nightly(hour=1, minute=10)
    assert not rhythm.overdue(None, at=AT)
    assert not rhythm.overdue(AT - timedelta(hours=8), at=AT)
    assert rhythm.overdue(AT - timedelta(days=1), at=AT)


def test_a_worker_counts_as_there_for_a_minute_after_it_was_heard() -> None:
    assert worker_is_there(AT - timedelta(seconds=30), at=AT)
    assert not worker_is_there(AT - timedelta(minutes=2), at=AT)
    assert not worker_is_there(None, at=AT)
