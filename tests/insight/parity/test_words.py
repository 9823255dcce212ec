"""What SQL says to one engine it says to the other: character by character, and where dialects differ."""

import unicodedata
from datetime import date

import pyarrow as pa
import pytest
from sqlglot.errors import UnsupportedError
from tests.insight.parity.conftest import Engines

from alongside.insight.cleaning.records import FIELDS, TEXT, through

CHARACTERS = [
    chr(code)
    for first, end in [
        (0x1, 0x3100),
        (0xA640, 0xAC00),
        (0xF900, 0x10000),
        (0x10400, 0x10600),
        (0x1D400, 0x1D800),
    ]
    for code in range(first, end)
    if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")
]
"""All that has capitals, accents, spaces or digits; left out are ideographs, and what is in no script yet."""
PATHS = {name: FIELDS[name] for name in FIELDS if name not in ("middle_names", "surname", "former_names")} | {
    "address": TEXT
}


@pytest.fixture(scope="module")
def cleaned(engines: Engines) -> dict[str, list[tuple[str, str | None, str | None]]]:
    """For each identity field: the cells that the engines clean differently, and to what."""
    cells = [
        form
        for each in CHARACTERS
        for form in (f"{each}ab{each} {each}1@b{each}.cd", f"{each}770090012{each}")
    ]
    engines.register("cells", pa.table({"n": pa.array(range(len(cells)), pa.int32()), "text": cells}))
    fields = ", ".join(f"{through('text', steps)} as {field}" for field, steps in PATHS.items())
    on_duckdb, on_spark = engines.both(f"select n, {fields} from cells order by n")
    return {
        field: [
            (cells[one["n"]], one[field], other[field])
            for one, other in zip(on_duckdb, on_spark, strict=True)
            if one[field] != other[field]
        ]
        for field in PATHS
    }


@pytest.mark.parametrize("field", PATHS)
def test_every_character_is_cleaned_alike(cleaned: dict[str, list[tuple[str, str, str]]], field: str) -> None:
    assert not cleaned[field]


SAME = {
    "rounds the number that is held": "select n, round(x, 2) as y from things order by n",
    "divides whole numbers into parts": "select n, n / 2 as y from things order by n",
    "leaves a missing part out of a text": "select n, concat('a', word, 'b') as y from things order by n",
    "puts what is not known last": "select word from things order by word, n",
    "and last again from the end": "select word from things order by word desc, n",
    "finds the whole match": "select regexp_extract_all('ab 12 cd', '[a-z]+') as y",
    "takes a date apart": "select n, year(day) * 100 + extract(month from day) as y from things order by n",
    "has no 30 February": "select try_cast('2026-02-30' as date) as y",
    "writes a date in words": "select n, strftime(day, '%-d %B %Y') as y from things order by n",
    "counts days": "select n, date_diff('day', day, date '2026-03-01') as y from things order by n",
    "knows a hash": "select sha256('a') as y, md5('b') as z",
    "keeps a list's order": "select list(struct_pack(w := word, x := x) order by n) as y from things",
    "joins texts": "select string_agg(word, ', ' order by word) filter (where n <> 3) as y from things",
    "adds": "select n % 2 as odd, sum(cast(x as double)) as y from things group by n % 2 order by odd",
    "averages what is chosen": "select avg(cast(x as double)) filter (where n < 4) as y from things",
}


@pytest.mark.parametrize("sql", SAME.values(), ids=SAME)
def test_one_sentence_has_one_meaning(engines: Engines, sql: str) -> None:
    engines.register(
        "things",
        pa.table(
            {
                "n": [4, 2, 3, 1, 5],
                "x": [2.675, 1.005, None, -0.125, 1e15],
                "word": ["c", None, "b", "a", "a"],
                "day": [date(2026, 2, 8), date(2025, 12, 31), None, date(1999, 10, 10), date(2024, 2, 29)],
            }
        ),
    )
    on_duckdb, on_spark = engines.both(sql)
    assert on_spark == on_duckdb


def test_a_sum_does_not_hang_on_who_adds_first(engines: Engines) -> None:
    engines.register("parts", pa.table({"x": [1e16, 1.0, -1e16, 1.0] * 50}))
    engines.spark.create("upwards", "select x from parts order by x")
    engines.spark.create("downwards", "select x from parts order by x desc")
    first, second = (
        engines.spark.arrow(f"select sum(cast(x as double)) as y from {table}")
        for table in ("upwards", "downwards")
    )
    assert first == second


def test_how_alike_two_names_are_is_one_number(engines: Engines) -> None:
    names = [
        "ahmmed",
        "mahmud",
        "alhassan",
        "aslan",
        "bilal",
        "bejailal",
        "16 juniperwell court",
        "a",
        "",
        None,
    ]
    pairs = [(one, other) for one in names for other in [*names, "162 jujieerwell court"]]
    engines.register("pairs", pa.table({"l": [one for one, _ in pairs], "r": [other for _, other in pairs]}))
    on_duckdb, on_spark = engines.both(
        "select l, r, jaro_winkler_similarity(l, r) as alike, damerau_levenshtein(l, r) as slips "
        "from pairs order by l, r"
    )
    assert on_spark == on_duckdb


def test_a_list_in_no_order_is_refused_rather_than_left_to_chance(engines: Engines) -> None:
    with pytest.raises(UnsupportedError, match="ordered by one key"):
        engines.spark.arrow("select list(cell) as y from cells")
