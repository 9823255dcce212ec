"""The rules of the approach, which know no database: criteria, adding up, screening, who leads, clocks."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from alongside.area import load_area
from alongside.area.marm_models import Forum, Marac, Marm
from alongside.casework.marm.rules.adding_up import Limits, Raised, adds_up
from alongside.casework.marm.rules.clocks import before, due, last_day
from alongside.casework.marm.rules.criteria import (
    Answer,
    Answered,
    Fits,
    ShortOfItemsError,
    criteria_of,
    judged,
)
from alongside.casework.marm.rules.leading import Because, Intensity, Involved, proposed
from alongside.casework.marm.rules.screening import (
    DomesticAbuse,
    Limb,
    Said,
    Way,
    is_safeguarding,
    may_be_safeguarding,
    meant,
    tool_says,
    ways_to_marac,
)

PACK = Path(__file__).parents[3] / "area"


@pytest.fixture(scope="module")
def pack() -> Marm:
    found = load_area(PACK).marm
    assert found is not None
    return found


def every(pack: Marm, answer: Answer, **other: Answered) -> dict[str, Answered]:
    """Every criterion answered alike, with something ticked of each list."""
    codes = criteria_of(pack.criteria)
    return {each.code: Answered(answer, items=tuple(each.items[:1])) for each in codes} | other


@pytest.mark.proves("MARM-03", "MARM-10")
def test_the_five_tests_hold_together_or_the_family_is_a_way_in_of_its_own(pack: Marm) -> None:
    assert judged(pack.criteria, every(pack, Answer.MET)).fits is Fits.YES
    family = {"care_and_support_needs": Answered(Answer.MET), "harm_in_the_family": Answered(Answer.MET)}
    by_family = judged(pack.criteria, every(pack, Answer.NOT_MET, **family))
    assert by_family.fits is Fits.YES
    assert [each.fits for each in by_family.ways] == [Fits.NO, Fits.YES]


@pytest.mark.proves("MARM-10")
def test_what_is_not_known_or_unclear_never_says_no_and_one_no_says_it_of_its_way_alone(pack: Marm) -> None:
    assert judged(pack.criteria, {}).fits is Fits.NOT_KNOWN
    unclear = every(pack, Answer.MET, declines_essential_help=Answered(Answer.CAPACITY_UNCLEAR))
    del unclear["care_and_support_needs"]
    assert judged(pack.criteria, unclear).fits is Fits.NOT_KNOWN
    assert judged(pack.criteria, every(pack, Answer.NOT_MET)).fits is Fits.NO


@pytest.mark.proves("MARM-09")
def test_a_list_that_is_met_has_something_ticked(pack: Marm) -> None:
    with pytest.raises(ShortOfItemsError):
        judged(pack.criteria, {"daily_life": Answered(Answer.MET)})
    judged(pack.criteria, {"daily_life": Answered(Answer.MET, items=("home",))})
    judged(pack.criteria, {"daily_life": Answered(Answer.NOT_KNOWN)})


def test_three_sets_of_criteria_ship_and_one_is_in_use(pack: Marm) -> None:
    assert [each.set for each in pack.criteria_sets] == [
        "riverside/1",
        "needs_and_capacity/1",
        "four_tests/1",
    ]
    assert pack.criteria.set == "riverside/1"
    assert len(criteria_of(pack.criteria)) == 7


@pytest.mark.proves("MARM-04", "MARM-66")
def test_small_concerns_add_up_by_their_number_or_by_coming_from_two_agencies() -> None:
    def raised(agency: str, month: int) -> Raised:
        return Raised(uuid4(), agency, date(2026, month, 1))

    day, limits = date(2026, 11, 2), Limits(concerns=3, agencies=2, months=6)
    police = [raised("Valley Police", month) for month in (9, 10, 11)]
    assert adds_up(police[:2], day=day, limits=limits) is None
    found = adds_up(police, day=day, limits=limits)
    assert found is not None
    assert (found.count, found.agencies, found.since) == (3, ("Valley Police",), date(2026, 9, 1))
    two = adds_up([police[0], raised("Been There", 8)], day=day, limits=limits)
    assert two is not None
    assert two.agencies == ("Been There", "Valley Police")
    assert adds_up([police[0], raised("Been There", 5)], day=day, limits=limits) is None


@pytest.mark.proves("MARM-57")
@pytest.mark.parametrize(
    ("needs", "abuse", "cannot_protect", "is_one"),
    [
        (Said.YES, Said.YES, Said.YES, True),
        (Said.YES, Said.YES, Said.NO, True),
        (Said.NOT_KNOWN, Said.YES, Said.NOT_KNOWN, True),
        (Said.NO, Said.YES, Said.YES, False),
        (Said.YES, Said.NO, Said.YES, False),
        (Said.YES, Said.NOT_KNOWN, Said.YES, False),
    ],
)
def test_a_safeguarding_concern_is_raised_on_suspicion_by_the_first_two_limbs(
    needs: Said, abuse: Said, cannot_protect: Said, is_one: bool
) -> None:
    limbs = {Limb.NEEDS: needs, Limb.ABUSE: abuse, Limb.CANNOT_PROTECT: cannot_protect}
    assert is_safeguarding(limbs) is is_one


@pytest.mark.proves("MARM-57")
def test_not_knowing_whether_there_is_abuse_is_a_reason_to_ask_but_says_nothing_of_the_duty() -> None:
    unsure = dict.fromkeys(Limb, Said.YES) | {Limb.ABUSE: Said.NOT_KNOWN}
    assert not is_safeguarding(unsure)
    assert may_be_safeguarding(unsure)
    for known in (Said.YES, Said.NO):
        assert not may_be_safeguarding(unsure | {Limb.ABUSE: known})
    assert not may_be_safeguarding({"abuse": "not_known"})  # a tool of the area may ask this in its own way


@pytest.mark.proves("MARM-58")
def test_a_judgement_raises_what_the_count_says_and_never_lowers_it() -> None:
    limits = Marac()
    assert ways_to_marac(DomesticAbuse(count=13), limits) == ()
    assert ways_to_marac(DomesticAbuse(count=14), limits) == (Way.COUNT,)
    assert ways_to_marac(DomesticAbuse(count=3, judgement=True), limits) == (Way.JUDGEMENT,)
    assert ways_to_marac(DomesticAbuse(count=14, judgement=False), limits) == (Way.COUNT,)
    assert ways_to_marac(DomesticAbuse(events=3), limits) == (Way.ESCALATION,)
    assert ways_to_marac(DomesticAbuse(since_marac=True), limits) == (Way.REPEAT,)


@pytest.mark.proves("MARM-59")
def test_the_partnerships_own_questions_lead_on_once_enough_are_answered_with_yes(pack: Marm) -> None:
    (tool,) = pack.screening_tools
    one, other, *_rest = [each.code for each in tool.questions]
    assert not tool_says(tool, {one: Said.YES, other: Said.NOT_KNOWN})
    assert tool_says(tool, {one: Said.YES, other: Said.YES})
    assert not tool_says(tool, {"of another tool": Said.YES, one: Said.YES})


@pytest.mark.proves("MARM-57", "MARM-58", "MARM-59")
def test_words_make_several_processes_be_asked_about_and_part_of_a_word_none(pack: Marm) -> None:
    def codes(words: str) -> list[str]:
        return [each.code for each in meant(words, pack.forums)]

    assert codes("Bruises on her arms; her HUSBAND was there") == ["safeguarding", "marac"]
    assert codes("He says new friends took over the flat") == ["exploitation"]
    assert codes("The housepartnership letter came") == []
    assert codes("") == []
    assert meant("anything", [Forum(code="quiet", title="Quiet", when="Never")]) == []


@pytest.mark.proves("MARM-13")
def test_whom_the_person_named_comes_first_then_who_does_most_and_who_is_away_last() -> None:
    def line(name: str, intensity: Intensity, **other: object) -> Involved:
        given = {"membership_id": uuid4(), "worker": name, "since": date(2025, 1, 1)} | other
        return Involved(uuid4(), name, intensity=intensity, **given)  # type: ignore[arg-type]

    charity = line("Been There", Intensity.LIGHT, since=date(2023, 1, 1), named_by_person=True)
    care = line("Care", Intensity.REGULAR)
    health = line("Health", Intensity.INTENSIVE, away=True)
    nobody = line("Fire", Intensity.INTENSIVE, membership_id=None)
    ranked = proposed([care, health, nobody, charity])
    assert [each.involved.organisation for each in ranked[:2]] == ["Been There", "Care"]
    assert ranked[0].because == (Because.NAMED_BY_PERSON, Because.LONGEST, Because.HAS_WORKER)
    assert {each.involved.organisation for each in ranked[2:]} == {"Health", "Fire"}
    assert proposed([]) == []


@pytest.mark.proves("MARM-17")
def test_clocks_count_hours_as_they_pass_and_days_until_their_midnight_here() -> None:
    before_the_change = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)  # 23:00 in London, an hour from the day
    assert due(before_the_change, "4 hours") == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert due(before_the_change, "1 day") == datetime(2026, 10, 26, 0, 0, tzinfo=UTC)
    christmas_eve = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    assert last_day(due(christmas_eve, "2 working days")) == date(2026, 12, 30)
    assert last_day(due(christmas_eve, "1 week")) == date(2026, 12, 31)
    summer = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # already the second, here
    assert last_day(due(summer, "0 working days")) == date(2026, 6, 2)


def test_papers_are_wanted_so_many_working_days_before() -> None:
    assert before(date(2026, 12, 29), "3 working days") == date(2026, 12, 22)
    assert before(date(2026, 11, 5), "2 days") == date(2026, 11, 3)
    assert before(date(2026, 11, 5), "4 hours") < date(2026, 11, 5)
