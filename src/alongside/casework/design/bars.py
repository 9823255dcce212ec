"""A bar in parts, as a picture beside a table of numbers."""

from collections.abc import Mapping

BAR = 240
"""Width of a whole bar, in pixels."""


def parts_of_bar(numbers: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Return each part's name, where it begins and how wide it is; together they make up the whole bar.

    An empty list if there is nothing to show.
    """
    every = sum(numbers.values())
    if not every:
        return []
    ends, so_far = [0], 0
    for number in numbers.values():
        so_far += number
        ends.append(round(BAR * so_far / every))
    return [
        (name, begins, ends[place + 1] - begins)
        for place, (name, begins) in enumerate(zip(numbers, ends, strict=False))
    ]
