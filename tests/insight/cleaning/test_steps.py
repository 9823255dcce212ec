"""Each cleaning step, as a table: what an agency wrote, and what becomes of it, on the real engine."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.insight.cleaning.conftest import CleanedBy

from alongside.insight.cleaning import steps
from alongside.insight.cleaning.name_forms import longer_names, name_forms, sound_of
from alongside.insight.cleaning.records import FIELDS, NAME, TEXT, through

NAMES = {
    "Mary": "mary",
    "  MARY\tANN ": "mary ann",
    "O'Brien": "obrien",
    "O\u2019Brien": "obrien",
    "O`Brien": "obrien",
    "Nuala N\u00ed Dhomhnaill": "nuala ni dhomhnaill",
    "\u0141ukasz": "lukasz",
    "Zieli\u0144ska": "zielinska",
    "\u015etefan \u021aepe\u0219": "stefan tepes",
    "Nguy\u1ec5n V\u0103n": "nguyen van",
    "\u0130brahim \u0130nan": "ibrahim inan",  # a small i with a dot of its own, once made small
    "Fra\u0328ckowiak": "frackowiak",  # accent as a sign of its own
    "Jose\u0301": "jose",
    "\u00d8yvind \u00c6gir": "oyvind aegir",
    "Gro\u00df": "gross",
    "\u00de\u00f3ra": "thora",
    "\u0186zi\u0257": "zid",  # a letter with no plain one parts words rather than stand for another
    "Smith-Jones": "smith jones",
    "Smith\u2013Jones": "smith jones",
    "Ad\u00e9b\u00e1y\u1ecd\u0300": "adebayo",
    "Mrs Mary": "mary",
    "Dr. Mr Sir John": "john",
    "Rev'd Anne": "anne",
    "John (Jack)": "john jack",
    "Mary2": "mary",
    "Unknown": None,
    "UNKNOWN MALE": None,
    "not known": None,
    "n/a": None,
    "Baby Girl": None,
    "The Occupier": None,
    "XXX": None,
    "-": None,
    "": None,
    "?": None,
    "\u738b\u5c0f\u660e": None,  # another alphabet: not known, never guessed
    None: None,
}
PLACES = {
    "ZX1 3HB": "zx13hb",
    " zx13hb ": "zx13hb",
    "ZX1-3HB": "zx13hb",
    "ZZ99 3VZ": None,
    "zz993cz": None,
    "ZZ99": None,
    "N/K": None,
    "": None,
    "75008": "75008",
    None: None,
}
UPRNS = {
    "999000038338": "999000038338",
    "000100012345": "100012345",
    "100012345.0": "100012345",
    "0": None,
    "1234567890123": None,
    "1.0E+11": None,
    "tbc": None,
    None: None,
}
PHONES = {
    "01632 960 001": "632960001",
    "+44 1632 960001": "632960001",
    "0044 (0)1632-960001": "632960001",
    "07700 900123": "700900123",
    "960001": None,
    "00000000000": None,
    "07777777777": None,
    "01111111111": None,
    "none": None,
    None: None,
}
MAILS = {
    " Ann@Example.ORG ": "ann@example.org",
    "ann.example.org": None,
    "noemail@council.example": None,
    "@": None,
    "none": None,
    None: None,
}
SEXES = {
    "F": "female",
    "female": "female",
    "Girl": "female",
    "2": "female",
    "2.0": "female",
    "M": "male",
    "MALE": "male",
    "1": "male",
    "0": None,  # not known (ISO 5218)
    "9": None,  # not applicable; not specified (NHS)
    "U": None,
    "X": None,
    "": None,
    None: None,
}
AGES = {
    "45": "45",
    "45 yrs": "45",
    "45 years old": "45",
    "45.0": "45",
    "3.5": "3",
    "0": "0",
    "6 months": None,
    "45-50": None,
    "adult": None,
    "99999999999999": None,
    None: None,
}
REFERENCES = {
    "QQ 12 34 56 C": "qq123456c",
    "d999000000404": "d999000000404",
    "7": "7",
    "111": "111",
    "UNKNOWN": None,
    "N/A": None,
    "000": None,
    "999999": None,
    "XXXXXX": None,
    "": None,
    None: None,
}
ADDRESSES = {
    "Flat 2, 14 High St.": "flat 2 14 high st",
    "KING'S\nROAD": "kings road",
    "Caf\u00e9 Row": "cafe row",
    ",": None,
    None: None,
}


@pytest.mark.proves("FIND-06")
@pytest.mark.parametrize(
    ("path", "table"),
    [
        (NAME, NAMES),
        (FIELDS["postcode"], PLACES),
        (FIELDS["uprn"], UPRNS),
        (FIELDS["phone"], PHONES),
        (FIELDS["email"], MAILS),
        (FIELDS["sex"], SEXES),
        (FIELDS["age"], AGES),
        ((steps.small_letters, steps.reference), REFERENCES),
        (TEXT, ADDRESSES),
    ],
    ids=["names", "postcodes", "UPRNs", "telephones", "e-mail", "sex", "ages", "references", "addresses"],
)
def test_a_field_written_in_many_ways_comes_out_in_one(
    cleaned_by: CleanedBy, path: tuple[steps.Step, ...], table: dict[str | None, str | None]
) -> None:
    found = dict(zip(table, cleaned_by(through("text", path), list(table)), strict=True))
    assert found == table


DATES = {
    "1980-02-01": "19800201",
    "1980/2/1": "19800201",
    "1980-02-01 00:00:00": "19800201",
    "1980-02-01t00:00:00": "19800201",
    "19800201": "19800201",
    "01/02/1980": "19800201",
    "1.2.1980": "19800201",
    "01-02-80": "19800201",
    "01/02/26": "20260201",
    "01/02/27": "19270201",
    "3 feb 1980": "19800203",
    "3rd february 1980": "19800203",
    "3rd of february 1980": "19800203",
    "03-feb-1980": "19800203",
    "feb 3, 1980": "19800203",
    "february 3rd 1980": "19800203",
    "13/13/1985": "19851313",  # no such month, kept: a slip of the pen is still evidence
    "1985-02-30": "19850230",
    "3 smarch 1980": "19800003",
    "29254": None,  # a day number of a spreadsheet is no date as written
    "1980": None,
    "feb 1980": None,
    "not known": None,
    "": None,
    None: None,
}


def test_a_date_of_birth_written_in_any_shape_is_eight_digits(cleaned_by: CleanedBy) -> None:
    sql = steps.birth_digits("text", newest_year=2026)
    assert dict(zip(DATES, cleaned_by(sql, list(DATES)), strict=True)) == DATES


@pytest.mark.parametrize(
    ("written", "order", "bare", "expected"),
    [
        ("02/01/1980", "mdy", False, "19800201"),
        ("02/01/80", "mdy", False, "19800201"),
        ("01021980", "dmy", True, "19800201"),
        ("02301980", "mdy", True, "19800230"),
        ("19800201", "dmy", False, "19800201"),
        ("1980-02-01", "mdy", True, "19800201"),
        ("1980-31-02", "ydm", False, "19800231"),
        ("80-02-31", "ymd", False, "19800231"),
    ],
)
def test_the_declared_format_settles_what_the_digits_cannot(
    cleaned_by: CleanedBy, written: str, order: str, bare: bool, expected: str
) -> None:
    sql = steps.birth_digits("text", order=order, bare=bare, newest_year=2026)
    assert cleaned_by(sql, [written]) == [expected]


def test_a_year_alone_is_a_year(cleaned_by: CleanedBy) -> None:
    assert cleaned_by(steps.birth_year("text"), ["1980", "80", "1980-01-01", None]) == [
        1980,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize("path", [NAME, TEXT, *FIELDS.values()])
def test_the_steps_do_not_change_what_they_have_cleaned(
    cleaned_by: CleanedBy, path: tuple[steps.Step, ...]
) -> None:
    if path in (
        FIELDS["phone"],
        FIELDS["full_name"],
    ):  # nine digits of eleven; letters only, words parted later
        return
    cells = [*NAMES, *PLACES, *UPRNS, *MAILS, *AGES, *ADDRESSES]
    once = cleaned_by(through("text", path), cells)
    assert [
        str(cell) if cell is not None else None for cell in cleaned_by(through("text", path), once)
    ] == once


ALPHABETS = {"forename": r"[a-z]+( [a-z]+)*", "postcode": r"[a-z0-9]+", "uprn": r"[1-9]\d{0,11}",
             "phone": r"\d{9}", "sex": r"female|male", "age": r"\d{1,3}", "email": r".+@.+\..+"}  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(
        st.one_of(st.text(max_size=30), st.from_regex(r"[0-9 ./-]{4,12}", fullmatch=True)), max_size=40
    )
)
def test_whatever_stands_in_a_cell_the_steps_do_not_fail_and_keep_to_their_alphabet(
    cleaned_by: CleanedBy, cells: list[str]
) -> None:
    cells = [cell.replace("\x00", "") for cell in cells]  # intake lets no NUL through
    for field, alphabet in ALPHABETS.items():
        for cell in cleaned_by(through("text", FIELDS[field]), cells):
            assert cell is None or re.fullmatch(alphabet, cell, re.DOTALL), (field, cell)
    born = steps.birth_digits(steps.small_letters("text"), newest_year=2026)
    assert all(cell is None or re.fullmatch(r"\d{8}", cell) for cell in cleaned_by(born, cells))


@pytest.mark.parametrize(
    ("one", "other"),
    [("mohammed", "muhammad"), ("mohamed", "mohammad"), ("siobhan", "siobhann"), ("stephen", "steven")],
)
def test_names_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


PET_NAMES = [
    ("bill", "william"),
    ("bob", "robert"),
    ("liz", "elizabeth"),
    ("tony", "anthony"),
    ("peggy", "margaret"),
]


@pytest.mark.parametrize(("short", "long"), PET_NAMES)
def test_a_pet_name_knows_the_longer_names_it_may_stand_for(short: str, long: str) -> None:
    assert long in longer_names(short)


def test_a_name_is_never_without_a_sound_and_need_not_be_short_for_anything() -> None:
    assert longer_names("zbigniew") == []
    assert all(sound_of(name) for name in ("h", "w", "xiu", "ng", "e"))


def test_names_are_told_their_forms_once_each_in_the_order_of_the_alphabet() -> None:
    table = name_forms(["liz", "bo", "liz"])
    assert table.column("name").to_pylist() == ["bo", "liz"]
    assert table.column("sound").to_pylist() == ["B", "LS"]
    assert " elizabeth " in table.column("longer").to_pylist()[1]
