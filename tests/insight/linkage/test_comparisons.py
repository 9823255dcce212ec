"""Levels on the engine, the pattern number there and back, the questions, and bars that add up."""

from math import log2, prod

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insight.linkage.conftest import Linked

from alongside.area.models import Linkage
from alongside.insight.explain.evidence import weigh
from alongside.insight.explain.model import LinkageModel
from alongside.insight.linkage.comparisons import Comparison, comparisons_for, pattern_sql
from alongside.insight.linkage.model import from_json
from alongside.insight.linkage.nodes import FIXED
from alongside.insight.linkage.review import question, questions
from alongside.insight.linkage.scoring import unpack

COLUMNS = [*FIXED, "id_ni_number", "id_nhs_number", "other_place_of_birth"]
ALL = comparisons_for(COLUMNS, with_check_digit=["nhs_number"])
BY_NAME = {comparison.name: comparison for comparison in ALL}


def born(digits: str | None) -> dict[str, object]:
    """What a node holds of a date of birth."""
    if digits is None:
        return {}
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    return {
        "birth_digits": digits,
        "birth_year": year,
        "born_year": year,
        "born_month": month,
        "born_day": day,
    }


def level(name: str, one: dict[str, object], other: dict[str, object]) -> str:
    """The words of the level at which two records stand."""
    comparison = BY_NAME[name]
    cells = []
    for side, record in (("l", one), ("r", other)):
        for column in comparison.columns:
            value = record.get(column, False if column == "crowded" else None)
            kind = (
                "double"
                if column.endswith("_share")
                else "boolean"
                if column == "crowded"
                else "integer"
                if column.startswith(("birth_year", "born_"))
                else "varchar"
            )
            said = "null" if value is None else repr(value)
            cells.append(f"cast({said} as {kind}) as {column}_{side}")
    number = duckdb.sql(f"select {comparison.sql('duckdb')} from (select {', '.join(cells)})").fetchone()
    assert number is not None
    return "not known" if number[0] == -1 else comparison.labels[number[0]]


def called(forename: str | None, sound: str | None = None, **more: object) -> dict[str, object]:
    share = 0.001
    return {"forename": forename, "forename_sound": sound, "forename_share": share, **more}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            called("zbigniew", forename_share=1e-5),
            called("zbigniew", forename_share=1e-5),
            "the same, and very rare",
        ),
        (called("anna"), called("anna"), "the same, and fairly common"),
        (
            called("mohammed", forename_share=0.02),
            called("mohammed", forename_share=0.02),
            "the same, and common",
        ),
        (
            called("bill", forename_longer=" robert will william "),
            called("william"),
            "one is a short form of the other",
        ),
        (called("catherine"), called("catherin"), "nearly the same"),
        (called("mohammed", "MHMT"), called("mehmut", "MHMT"), "sounds or looks alike"),
        (
            called("ann", more_names=" ann ruth "),
            called("ruth"),
            "one's forename is another of the other's names",
        ),
        (called("t"), called("terence"), "an initial that fits"),
        (
            called("li", "L", surname_sound="X"),
            called("xiu", "X", surname_sound="L"),
            "forename and surname have changed places",
        ),
        (called("anna"), called("boris"), "different"),
        (called(None), called("boris"), "not known"),
    ],
)
def test_levels_of_the_forename(one: dict[str, object], other: dict[str, object], expected: str) -> None:
    assert level("forename", one, other) == expected
    assert level("forename", other, one) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("19800203", "19800203", "the same"),
        ("19800101", "19800101", "the same, but 1 January, which forms are filled with"),
        ("19800203", "19800302", "day and month have changed places"),
        ("19800203", "19800213", "one slip of the pen apart"),
        ("19800203", "19851203", "two slips apart"),
        ("19800203", "19810930", "the year fits"),
        ("19800203", "19530930", "different"),
        (None, "19530930", "not known"),
    ],
)
def test_levels_of_the_date_of_birth(one: str | None, other: str, expected: str) -> None:
    assert level("birth", born(one), born(other)) == expected


def test_a_year_from_an_age_fits_a_whole_date() -> None:
    assert level("birth", {"birth_year": 1981}, born("19800203")) == "the year fits"


def code(district: str, inward: str) -> dict[str, object]:
    return {"postcode": district + inward, "postcode_district": district, "postcode_inward": inward}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"uprn": "1"}, {"uprn": "1"}, "the same home"),
        ({"uprn": "1", "crowded": True}, {"uprn": "1"}, "the same building, where many live"),
        (
            {"postcode": "zx11aa", "address_key": "1 elm"},
            {"postcode": "zx11aa", "address_key": "1 elm"},
            "the same home",
        ),
        (
            {"postcode": "zx11aa", "address_key": "1 elm"},
            {"postcode": "zx11aa", "address_key": "2 elm"},
            "the same postcode",
        ),
        (code("zx1", "1aa"), code("zx1", "1ab"), "a postcode one slip apart"),
        (code("zx1", "1aa"), code("xz1", "1aa"), "a postcode one slip apart"),
        (code("zx1", "1aa"), code("zx2", "1ab"), "different"),
        (
            {"postcode": "zx11aa", "postcode_district": "zx1"},
            {"postcode": "zx19qq", "postcode_district": "zx1"},
            "the same district",
        ),
        ({"uprn": "1"}, {"postcode": "zx11aa"}, "not known"),
        ({"uprn": "1"}, {"uprn": "2"}, "different"),
    ],
)
def test_levels_of_the_home(one: dict[str, object], other: dict[str, object], expected: str) -> None:
    assert level("home", one, other) == expected


def test_a_number_with_a_check_digit_has_no_near_miss_and_one_without_has() -> None:
    assert (
        level("id_nhs_number", {"id_nhs_number": "9990000018"}, {"id_nhs_number": "9990000016"})
        == "different"
    )
    assert (
        level("id_ni_number", {"id_ni_number": "qq123456a"}, {"id_ni_number": "qq123457a"})
        == "one slip apart"
    )


@pytest.mark.parametrize("comparison", ALL, ids=[comparison.name for comparison in ALL])
def test_every_level_has_a_start_in_each_kind_and_they_sum_to_one(comparison: Comparison) -> None:
    for start in (comparison.start_same, comparison.start_household):
        assert len(start) == len(comparison.labels)
        assert sum(start) == pytest.approx(1)
        assert min(start) > 0
    bounds = (comparison.same_at_most, comparison.household_at_most, comparison.household_at_least)
    assert all(len(bound) in (0, len(comparison.labels)) for bound in bounds)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(*(st.integers(-1, len(each.levels)) for each in ALL)), min_size=1, max_size=20))
def test_a_pattern_number_holds_every_level_there_and_back(rows: list[tuple[int, ...]]) -> None:
    numbers, radix = [0] * len(rows), 1
    for column, comparison in enumerate(ALL):
        numbers = [number + (row[column] + 1) * radix for number, row in zip(numbers, rows, strict=True)]
        radix *= len(comparison.labels) + 1
    assert unpack(np.array(numbers, dtype=np.int64), ALL).tolist() == [list(row) for row in rows]


def _kind(column: str) -> str:
    return "double" if column.endswith("_share") else "varchar"


def test_the_pattern_number_of_the_engine_is_the_one_that_is_unpacked() -> None:
    columns = sorted({column for comparison in ALL for column in comparison.columns})
    kinds = {"crowded": "boolean"} | dict.fromkeys(
        ["birth_year", "born_year", "born_month", "born_day"], "integer"
    )
    nothing = ", ".join(
        f"cast(null as {kinds.get(column, 'double' if column.endswith('_share') else 'varchar')}) "
        f"as {column}_{side}"
        for column in columns
        for side in "lr"
        if column not in ("sex", "phone", "email")
    )
    known = "'f' as sex_l, 'm' as sex_r, '1' as phone_l, '1' as phone_r, 'a@b.c' as email_l, null as email_r"
    row = duckdb.sql(f"select {pattern_sql(ALL, 'duckdb')} from (select {nothing}, {known})").fetchone()
    assert row is not None
    found = dict(zip(BY_NAME, unpack(np.array([row[0]], dtype=np.int64), ALL)[0].tolist(), strict=True))
    assert {name: number for name, number in found.items() if number != -1} == {"sex": 1, "phone": 0}


def test_however_many_numbers_an_area_has_a_pair_is_one_number_and_none_is_left_out() -> None:
    numbers = [f"id_ref_{number:02}" for number in range(60)]
    things = [f"other_thing_{number:02}" for number in range(40)]
    found = comparisons_for([*COLUMNS, *numbers, *things], with_check_digit=["nhs_number"])
    assert prod(len(comparison.labels) + 1 for comparison in found) < 2**63
    assert {*numbers, *things} <= {column for comparison in found for column in comparison.columns}
    further = next(comparison for comparison in found if comparison.name == "further_numbers")
    first, second, *rest = further.columns
    cells = [f"'1' as {first}_l", f"'1' as {first}_r", f"'1' as {second}_l", f"'2' as {second}_r"]
    cells += [f"cast(null as varchar) as {column}_{side}" for column in rest for side in "lr"]
    row = duckdb.sql(f"select {further.sql('duckdb')} from (select {', '.join(cells)})").fetchone()
    assert row == (1,)


AGREES = {"forename": 1, "surname": 1, "birth": 0, "home": 0, "id_nhs_number": -1}
DIFFERENT = {name: len(BY_NAME[name].levels) for name in AGREES}


@pytest.mark.proves("FIND-20")
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"id_nhs_number": DIFFERENT["id_nhs_number"]}, "two NHS numbers differ"),
        ({"forename": DIFFERENT["forename"]}, "Twins, or one person under two names?"),
        ({"surname": DIFFERENT["surname"]}, "Has the name changed?"),
        ({"birth": DIFFERENT["birth"]}, "Parent and child, or a mistake in a date?"),
        ({"home": DIFFERENT["home"]}, "Has the person moved?"),
        ({"birth": -1}, "no date of birth"),
        (
            {"forename": DIFFERENT["forename"], "surname": DIFFERENT["surname"]},
            "What agrees: date of birth, home.",
        ),
        ({"forename": DIFFERENT["forename"], "home": DIFFERENT["home"]}, "Twins, or one person"),
        ({"birth": 5}, "What agrees: forename, home, surname."),
    ],
)
def test_the_question_asks_for_what_would_settle_it(changed: dict[str, int], expected: str) -> None:
    titles = {name: BY_NAME[name].title for name in AGREES}
    assert expected in question({**AGREES, **changed}, titles, DIFFERENT)


def test_each_pair_gets_the_question_of_its_own_pattern() -> None:
    chosen = [BY_NAME[name] for name in AGREES]
    rows = np.array([list(AGREES.values()), list({**AGREES, "birth": -1}.values())] * 2, dtype=np.int8)
    asked = questions(rows, chosen)
    assert asked[0] == asked[2] != asked[1] == asked[3]


@pytest.mark.proves("FIND-20")
def test_the_bars_of_every_pair_add_up_to_its_probability(linked_town: Linked) -> None:
    """The explanation and linkage agree on every pair, what often comes together included."""
    model = LinkageModel.model_validate(linked_town.report.model)
    assert any(max(map(max, pair.logs)) > 0 for pair in model.together)
    seen_together = False
    bands = Linkage().bands
    doubt = (bands.linked + bands.doubtful) / 2
    for edge in linked_town.tables["edges"]:
        levels = {
            name.removeprefix("gamma_"): number for name, number in edge.items() if name.startswith("gamma_")
        }
        one, other = (edge["source_l"], edge["record_l"]), (edge["source_r"], edge["record_r"])
        found = weigh(model, levels, left=one, right=other, probability=edge["probability"])
        seen_together |= any(step.found == "often come together" for step in found.steps)
        # a record without one may be shared between two people of its name; relatives are a doubt at most
        if levels["birth"] != -1 and edge["probability"] != doubt:
            assert found.further == 0
        if 1e-6 < edge["probability"] < 1 - 1e-6:
            assert found.total == pytest.approx(
                log2(edge["probability"] / (1 - edge["probability"])), abs=0.01
            )
    assert seen_together


def test_a_model_is_the_same_after_it_was_kept_and_is_not_used_for_other_columns(linked_town: Linked) -> None:
    saved = linked_town.report.model
    columns = saved["columns"]
    comparisons = comparisons_for(columns, with_check_digit=["nhs_number"])
    weights = from_json(saved, comparisons, columns=columns)
    assert weights is not None
    patterns = np.zeros((1, len(comparisons)), dtype=np.int8)
    assert weights.mixture.posterior(patterns)[0][0] > 0.99
    assert from_json(saved, comparisons, columns=[*columns, "email"]) is None
    assert from_json({**saved, "format": 0}, comparisons, columns=columns) is None
    assert from_json(saved, comparisons[:-1], columns=columns) is None
