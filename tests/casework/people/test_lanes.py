"""What happened as a picture: a lane for each agency, drawn from the entries of the list and no others."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.commands.involvement import add_to_chronology, correct_entry
from alongside.casework.people.models import ChronologyEntry, Person
from alongside.casework.people.presenters import Lanes, lanes
from alongside.casework.people.presenters.lanes import APART, EDGE, NARROWEST, SHAPES
from alongside.casework.people.queries import person_page

FIRST = date(2026, 1, 1)
COUNCIL = Organisation(name="Riverside Council")
CHARITY = Organisation(name="Been There (peer support), at the far end of Mill Lane")


def entry(on: date, kind: str = "contact", of: Organisation = COUNCIL) -> ChronologyEntry:
    return ChronologyEntry(happened_on=on, kind=kind, organisation=of)


def drawn(*entries: ChronologyEntry) -> Lanes:
    picture = lanes(entries, {})
    assert picture is not None
    return picture


def places(picture: Lanes, lane: int) -> list[float]:
    return [float(mark.x.rstrip("%")) for mark in picture.lanes[lane].marks]


def days(*numbers: int) -> Sequence[ChronologyEntry]:
    return [entry(FIRST + timedelta(days=number)) for number in numbers]


def test_from_three_entries_on_there_is_a_picture() -> None:
    assert lanes(days(1, 2), {}) is None
    assert lanes(days(1, 2, 3), {}) is not None


@pytest.mark.proves("MARM-46")
def test_each_agency_has_a_lane_and_time_goes_from_left_to_right() -> None:
    later, first, last = FIRST + timedelta(days=50), FIRST, FIRST + timedelta(days=100)
    picture = drawn(entry(last, of=CHARITY), entry(later, of=COUNCIL), entry(first, of=CHARITY))
    assert [" ".join(line for _, line in lane.name) for lane in picture.lanes] == [CHARITY.name, COUNCIL.name]
    assert (places(picture, 0), places(picture, 1)) == ([EDGE, 100 - EDGE], [50.0])
    assert (picture.begins, picture.ends) == ("1 January 2026", "11 April 2026")


def test_every_kind_but_a_correction_has_a_shape_of_its_own_so_that_colour_alone_says_nothing() -> None:
    assert set(SHAPES) == set(ChronologyEntry.Kind) - {ChronologyEntry.Kind.CORRECTION}
    outlines = {(shape.path, shape.filled) for shape in SHAPES.values()}
    assert len(outlines) == len(SHAPES)
    picture = drawn(*days(1, 2), entry(FIRST, "concern"))
    assert [words for _, words in picture.key] == ["We were in touch", "Somebody was worried"]


@pytest.mark.parametrize("numbers", [range(50), [0] * 50, [0, 0, 1, 365, 366], [*range(8), 30_000]])
def test_marks_never_touch_on_the_smallest_screen_and_stay_inside_their_lane(numbers: Sequence[int]) -> None:
    of = (COUNCIL, CHARITY)
    picture = drawn(
        *(entry(FIRST - timedelta(days=each), of=of[place % 2]) for place, each in enumerate(numbers))
    )
    bottom = 0.0
    for lane in picture.lanes:
        assert all(bottom < y for y, _ in lane.name)
        assert all(lane.name[-1][0] + 8 < mark.y < lane.ground - 8 for mark in lane.marks)
        for one, other in combinations(lane.marks, 2):
            shares = (float(mark.x.rstrip("%")) / (100 - 2 * EDGE) for mark in (one, other))
            begins, ends = sorted(share * NARROWEST for share in shares)
            assert one.y != other.y or ends - begins > APART - 0.1
        bottom = lane.ground
    assert bottom < picture.high


@pytest.mark.parametrize(
    ("first", "named"),
    [
        (2026, []), (2025, ["2026"]), (2023, ["2024", "2025", "2026"]), (2014, ["2015", "2020", "2025"]),
        (1926, ["1940", "1960", "1980", "2000", "2020"]), (1026, ["1500", "2000"]),
        (1, ["500", "1000", "1500", "2000"]),
    ],
)  # fmt: skip
def test_years_are_named_where_they_begin_as_far_as_there_is_room(first: int, named: list[str]) -> None:
    picture = drawn(entry(date(first, 6, 1)), *days(160, 300))
    assert [year for _, year in picture.years] == named


def test_what_the_picture_says_is_counted_by_agency_for_whoever_hears_it() -> None:
    picture = drawn(*days(1, 2), entry(FIRST, "concern"), entry(FIRST, "offer", CHARITY))
    assert picture.said == (
        f"From 1 January 2026 to 3 January 2026. Riverside Council: We were in touch (2), "
        f"Somebody was worried (1). {CHARITY.name}: Help was offered (1)."
    )


@pytest.mark.django_db
def test_what_was_corrected_stands_on_the_day_that_is_right(
    person: Person, practitioner: Actor, at: datetime
) -> None:
    told = [
        add_to_chronology(
            actor=practitioner, at=at, person_id=person.id, happened_on=on, kind="event", words="Fell."
        )
        for on in (FIRST, date(2026, 1, 2), date(2026, 1, 21))
    ]
    correct_entry(
        actor=practitioner, at=at, person_id=person.id, entry_id=told[1].id, happened_on=date(2026, 1, 11),
        words="Fell.", why="She told me.",
    )  # fmt: skip
    page = person_page(actor=practitioner, person_id=person.id, at=at)
    picture = lanes(page.chronology, page.corrections)
    assert picture is not None
    assert places(picture, 0) == [EDGE, 50.0, 100 - EDGE]


def test_the_picture_stands_above_the_list_and_draws_as_many_as_the_list_tells(
    riverside_now: Universe,
) -> None:
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    page = browser.get(f"/people/{riverside_now.people['Bee']}/").content.decode()
    before, picture = page.split('<svg class="app-lanes__drawing"')
    picture, after = picture.split("</figure>")
    assert 'role="img" aria-labelledby="lanes-title lanes-words"' in picture
    assert len(re.findall(r'<svg x="[\d.]+%"', picture)) == after.count('class="app-timeline__entry"') == 4
    assert "app-timeline" not in before
    for words in ("Riverside Homes: We tried to be in touch (1), Somebody was worried (1).", "<title"):
        assert words in picture
    few = browser_of(riverside_now.members["Tom Reilly"].user).get(f"/people/{riverside_now.people['Stan']}/")
    assert "app-lanes__drawing" not in few.content.decode()
