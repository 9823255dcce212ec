"""Looking for services: in one's own words, near a place, for an age, in a language, open on a day."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from tests.casework.directory.conftest import FOOD_BANK

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.directory import commands, queries
from alongside.casework.directory.rules import Hours, Place, Running, Status
from alongside.casework.kernel.errors import AlreadyDoneError

pytestmark = pytest.mark.django_db
PARENTING = replace(
    FOOD_BANK,
    name="Parents together",
    description="Advice for parents of small children",
    place=Place("9 Hill Road", "Hillside", "RV7 2BB", latitude=52.05, longitude=-1.0),
    hours=(Hours(freq="WEEKLY", byday="FR", opens_at=time(9), closes_at=time(12)),),
    languages=("English", "Urdu"),
    areas=("Hillside",),
    minimum_age=16,
    maximum_age=60,
)
HELPLINE = replace(
    FOOD_BANK, name="Health line", description="Advice on health by telephone", place=None, hours=(), areas=()
)


@pytest.fixture
def three(editor: Actor, at: datetime) -> None:
    for entry in (FOOD_BANK, PARENTING, HELPLINE):
        commands.publish_service(actor=editor, at=at, entry=entry)


def names(results: queries.Results) -> list[str]:
    return [each.service.name for each in results.found]


@pytest.mark.proves("FIND-16")
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("food banks", "Riverside Food Bank"),
        ("fod bank", "Riverside Food Bank"),
        ("parenting advice", "Parents together"),
        ("helth advice", "Health line"),
        ("health advice", "Health line"),
    ],
)
def test_help_is_found_in_ones_own_words_and_spelling(
    three: None, editor: Actor, at: datetime, words: str, first: str
) -> None:
    assert names(queries.search_services(actor=editor, at=at, words=words))[:1] == [first]


def test_what_nothing_is_like_finds_nothing(three: None, editor: Actor, at: datetime) -> None:
    found = queries.search_services(actor=editor, at=at, words="motorcycle racing")
    assert (found.total, found.pages, found.found) == (0, 1, ())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"age": 70}, {"Riverside Food Bank", "Health line"}),
        ({"age": 16}, {"Riverside Food Bank", "Health line", "Parents together"}),
        ({"language": "urdu"}, {"Parents together"}),
        ({"place": "Hillside"}, {"Parents together"}),
        ({"running_on": date(2026, 11, 2)}, {"Riverside Food Bank", "Health line"}),
        ({"running_on": date(2026, 11, 6), "running_at": time(11)}, {"Parents together", "Health line"}),
        ({"running_on": date(2026, 11, 6), "running_at": time(12)}, {"Health line"}),
        ({"running_at": time(10)}, {"Riverside Food Bank", "Health line"}),
    ],
)
def test_each_thing_asked_narrows_what_is_found(
    three: None, editor: Actor, at: datetime, asked: dict[str, object], found: set[str]
) -> None:
    results = queries.search_services(actor=editor, at=at, **asked)  # type: ignore[arg-type]
    assert set(names(results)) == found


def test_services_whose_hours_are_not_known_come_last_and_are_not_left_out(
    three: None, editor: Actor, at: datetime
) -> None:
    results = queries.search_services(actor=editor, at=at, running_on=date(2026, 11, 2))
    assert [each.running for each in results.found] == [Running.OPEN, Running.NOT_KNOWN]


def test_near_a_postcode_comes_first_what_is_nearest_and_then_what_has_no_place(
    three: None, editor: Actor, at: datetime
) -> None:
    results = queries.search_services(actor=editor, at=at, place="rv7 2bb")
    assert names(results) == ["Parents together", "Riverside Food Bank", "Health line"]
    assert [each.metres for each in results.found] == [0, 5560, None]
    assert names(queries.search_services(actor=editor, at=at, place="RV7"))[0] == "Parents together"
    unknown = queries.search_services(actor=editor, at=at, place="ZZ1 1ZZ")
    assert (unknown.place_known, unknown.total) == (False, 3)


def test_words_and_a_postcode_can_be_asked_together(three: None, editor: Actor, at: datetime) -> None:
    found = queries.search_services(actor=editor, at=at, words="advice", place="RV7 2BB")
    assert names(found) == ["Parents together", "Health line"]


def test_what_is_closed_for_good_is_not_offered(
    three: None, editor: Actor, at: datetime, later: datetime
) -> None:
    (food,) = queries.search_services(actor=editor, at=at, words="food").found
    closed = replace(FOOD_BANK, status=Status.TEMPORARILY_CLOSED)
    seen = food.service.last_modified
    changed = commands.change_service(
        actor=editor, at=later, service_id=food.service.id, entry=closed, seen=seen
    )
    (still,) = queries.search_services(actor=editor, at=later, words="food").found
    assert still.running is Running.CLOSED
    commands.close_service(actor=editor, at=later, service_id=changed.id)
    assert queries.search_services(actor=editor, at=later, words="food").total == 0


def test_services_are_found_by_need_whichever_list_says_it(editor: Actor, at: datetime) -> None:
    need = commands.add_need(actor=editor, at=at, name="Food", description="")
    with pytest.raises(AlreadyDoneError):
        commands.add_need(actor=editor, at=at, name="food", description="")
    commands.publish_service(actor=editor, at=at, entry=replace(FOOD_BANK, needs=frozenset({need.id})))
    commands.publish_service(actor=editor, at=at, entry=HELPLINE)
    assert queries.needs(actor=editor) == ((need.id, "Food"),)
    assert names(queries.search_services(actor=editor, at=at, need=need.id)) == [FOOD_BANK.name]
    assert queries.search_services(actor=editor, at=at, need=need.id, words="parcel").total == 1


def test_results_come_in_pages_and_in_a_fixed_number_of_statements(
    editor: Actor, at: datetime, django_assert_max_num_queries: object
) -> None:
    for number in range(25):
        commands.publish_service(actor=editor, at=at, entry=replace(FOOD_BANK, name=f"Food {number:02}"))
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        second = queries.search_services(actor=editor, at=at, page=2)
    assert (second.total, second.pages, len(second.found)) == (25, 2, 5)
    assert queries.search_services(actor=editor, at=at, page=99).page == 2


def test_odd_words_are_only_words(three: None, editor: Actor, at: datetime) -> None:
    for words in ("' or 1=1 --", "a & | ! ( ", '"', "-", "%", "\\", "x" * 200, "🙂"):
        found = queries.search_services(actor=editor, at=at, words=words, place=words, language=words)
        assert found.total == len(found.found), words


def test_whoever_may_not_read_the_directory_finds_nothing(three: None, editor: Actor, at: datetime) -> None:
    with pytest.raises(NotAllowedError):
        queries.search_services(actor=replace(editor, permissions=frozenset()), at=at)
