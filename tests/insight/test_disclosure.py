"""Small counts of people cannot be read from the report, nor worked out from its totals."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.insight.disclosure import disclose, disclose_parts, disclose_share, disclose_together

LARGEST = 9


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (1234, "1,234")]
)
def test_one_to_four_is_shown_as_fewer_than_five(count: int, text: str) -> None:
    assert disclose(count).text == text


def test_a_share_that_leaves_out_a_few_does_not_say_how_few() -> None:
    assert [disclose_share(count, 100).text for count in (3, 50, 97, 100)] == [
        "fewer than 5",
        "50",
        "all but fewer than 5",
        "100",
    ]


@settings(deadline=None)
@given(st.lists(st.integers(0, LARGEST), min_size=1, max_size=3))
def test_no_small_part_can_be_worked_out_from_what_is_shown(counts: list[int]) -> None:
    shown = disclose_parts(counts)
    fits = [
        other
        for other in product(range(2 * LARGEST), repeat=len(counts))
        if all(
            part.text == theirs.text
            for part, theirs in zip(shown.parts, map(_as_shown, other, shown.parts), strict=True)
        )
        and (shown.total.number is None or shown.total.number == sum(other))
    ]
    for place, count in enumerate(counts):
        if 0 < count < 5 and sum(counts) >= 5:
            assert len({other[place] for other in fits}) > 1, (counts, shown)


def _as_shown(count: int, part: object) -> object:
    """How this count would look where ``part`` stands: one not shown may be any number of five or more."""
    plain = disclose(count)
    return part if getattr(part, "text", "") == "not shown" and count >= 5 else plain


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6))
def test_without_small_parts_everything_is_shown(counts: list[int]) -> None:
    large = [count + 5 for count in counts]
    shown = disclose_parts(large)
    assert [part.number for part in shown.parts] == large
    assert shown.total.number == sum(large)


def test_the_next_smallest_part_is_held_back_so_that_the_total_can_be_shown() -> None:
    shown = disclose_parts([3, 20, 10])
    assert [part.text for part in shown.parts] == ["fewer than 5", "20", "not shown"]
    assert shown.total.text == "33"


def test_counts_that_tell_one_another_are_shown_together_or_not_at_all() -> None:
    assert [shown.number for shown in disclose_together([700, 9, 8])] == [700, 9, 8]
    assert [shown.text for shown in disclose_together([700, 9, 2])] == [
        "not shown",
        "not shown",
        "fewer than 5",
    ]
