"""The folder of a borough: whole, repeatable, and of nobody who exists."""

import hashlib
import re
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from ruamel.yaml import YAML

from alongside.area.models import Area, DerivedFactors, Policy, Source
from alongside.errors import AskedWronglyError
from alongside.insight.synthetic import BoroughSummary, make_borough

AREA = Path(__file__).parents[3] / "area"
SOURCES = [
    Source.model_validate(YAML(typ="safe").load(path)) for path in sorted((AREA / "sources").glob("*.yaml"))
]
OF_AGENCIES = [each for each in SOURCES if each.source != "objections"]
"""All but the one whose extract Alongside writes itself, when somebody objects."""


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def header(path: Path) -> list[str]:
    if path.suffix == ".parquet":
        return list(pq.read_schema(path).names)
    if path.suffix == ".xlsx":
        return [str(cell.value) for cell in next(iter(openpyxl.load_workbook(path).active.rows))]
    first = path.read_bytes().split(b"\n", 1)[0].decode("cp1252").strip()
    delimiter = next(each for each in "|;\t," if each in first)
    return [each.strip('"') for each in first.split(delimiter)]


def test_the_same_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    make_borough(tmp_path / "one", people=1_500, seed=3)
    make_borough(tmp_path / "two", people=1_500, seed=3)
    assert fingerprints(tmp_path / "one") == fingerprints(tmp_path / "two")


def test_another_seed_makes_another_borough_in_every_extract(tmp_path: Path) -> None:
    make_borough(tmp_path / "one", people=1_500, seed=3)
    make_borough(tmp_path / "two", people=1_500, seed=4)
    one, two = fingerprints(tmp_path / "one"), fingerprints(tmp_path / "two")
    assert not [name for name in one if name.startswith("extracts") and one[name] == two.get(name)]


def test_a_folder_that_exists_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    with pytest.raises(AskedWronglyError, match="exists already"):
        make_borough(tmp_path / "here", people=1_000, seed=1)


def test_a_borough_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("alongside.insight.synthetic.borough.write_extract", full)
    with pytest.raises(OSError, match="No space"):
        make_borough(tmp_path / "half", people=1_000, seed=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("people", "seed"), [(5, 1), (3_000_000, 1), (1_000, -1)])
def test_numbers_out_of_range_are_refused_with_a_sentence(tmp_path: Path, people: int, seed: int) -> None:
    with pytest.raises(AskedWronglyError, match=r"people|seed"):
        make_borough(tmp_path / "never", people=people, seed=seed)


def test_exactly_as_many_people_as_asked_for(tables: duckdb.DuckDBPyConnection) -> None:
    assert tables.execute("select count(*), count(distinct person) from people").fetchall() == [
        (20_000, 20_000)
    ]


@pytest.mark.proves("FIND-17")
@pytest.mark.parametrize("source", OF_AGENCIES, ids=lambda source: source.source)
def test_each_extract_is_the_one_its_source_describes(borough: BoroughSummary, source: Source) -> None:
    (path,) = (borough.folder / "extracts").glob(source.files)
    columns = set(header(path))
    identity = source.identity
    mapped = {identity.record, *identity.identifiers.values()}
    for each in (
        identity.forename,
        identity.middle_names,
        identity.surname,
        identity.full_name,
        identity.date_of_birth,
        identity.sex,
        identity.uprn,
        identity.postcode,
        identity.phone,
        identity.email,
    ):
        mapped |= {each} if each else set()
    lines = identity.address_lines
    mapped |= {lines} if isinstance(lines, str) else set(lines)
    declared = {field.name for field in source.schema_.fields}
    assert (mapped | declared | {source.as_at}) <= columns
    assert borough.records[source.source] > 0


def test_there_are_fourteen_sources_of_agencies_and_three_policies() -> None:
    assert len(OF_AGENCIES) == 14
    assert len(SOURCES) == 15
    yaml = YAML(typ="safe")
    Area.model_validate(yaml.load(AREA / "area.yaml"))
    factors = DerivedFactors.model_validate(yaml.load(AREA / "factors.yaml")).factors
    policies = [Policy.model_validate(yaml.load(path)) for path in sorted((AREA / "policies").glob("*.yaml"))]
    assert len(policies) == 3
    every = [*factors, *(factor for source in SOURCES for factor in source.factors)]
    assert not [factor.code for factor in every if not factor.caution]
    for policy in policies:
        assert policy.evidence
        assert policy.owner
        assert policy.review_date


@pytest.mark.proves("FIND-24")
def test_a_retired_factor_is_kept_with_its_reason() -> None:
    retired = [factor for source in SOURCES for factor in source.factors if factor.retired]
    assert [factor.code for factor in retired] == ["meal_voucher"]


def test_no_factor_is_about_origin_postcode_or_cost() -> None:
    words = re.compile(r"ethnic|national|postcode|cost|religio|score", re.IGNORECASE)
    every = [factor for source in SOURCES for factor in source.factors]
    assert not [factor.code for factor in every if words.search(factor.code + factor.value)]


def test_every_nhs_number_is_of_the_test_range_and_valid(tables: duckdb.DuckDBPyConnection) -> None:
    columns = {
        "gp_frailty": "nhs_number", "adult_social_care": "nhs_no", "accident_emergency": "NHS_NUMBER",
        "ambulance": "nhs_number", "childrens_social_care": "NHS_NUMBER",
    }  # fmt: skip
    for table, column in columns.items():
        held = tables.execute(
            f"select distinct replace({column}, ' ', '') from {table} where {column} is not null"
        ).fetchall()
        assert held
        for (number,) in held:
            digits = [int(each) for each in number]
            check = (
                11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
            )
            assert number.startswith("999")
            assert digits[9] == (0 if check == 11 else check)


def test_no_address_can_be_real(tables: duckdb.DuckDBPyConnection) -> None:
    for table, column in {
        "gp_frailty": "postcode", "council_tax": "PROPERTY_POSTCODE", "ambulance": "postcode",
        "school_attendance": "postcode", "police": "postcode", "council_contact": "postcode",
    }.items():  # fmt: skip
        areas = tables.execute(
            f"select distinct upper(left({column}, 2)) from {table} where {column} is not null"
        ).fetchall()
        assert {each for (each,) in areas} <= {"ZX", "ZZ"}
    assert tables.execute("select count(*) from gp_frailty where postcode = 'ZZ99 3VZ'").fetchall()[0][0] > 0
    assert tables.execute("select count(*) from households where uprn not like '999%'").fetchall() == [(0,)]


def test_no_telephone_or_email_can_be_anybodys(tables: duckdb.DuckDBPyConnection) -> None:
    wrong = tables.execute(
        "select count(*) from gp_frailty where mobile not like '01632%' or email not like '%@example.%'"
    ).fetchall()
    assert wrong == [(0,)]


def test_rows_are_many_as_agencies_have_them(borough: BoroughSummary) -> None:
    assert 70_000 <= borough.rows <= 110_000
