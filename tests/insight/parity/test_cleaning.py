"""Feeds nobody thought of: whatever is written in the cells, both engines make the same records of it."""

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.insight.parity.conftest import Engines

from alongside.area.models import Source
from alongside.insight.cleaning import clean_records

AS_AT = date(2026, 11, 1)
SOURCE = Source.model_validate(
    {
        "source": "feed",
        "title": "A feed",
        "organisation": "council",
        "purposes": ["early_help"],
        "files": "feed.csv",
        "schema": {"fields": [{"name": "id", "type": "string"}]},
        "identity": {
            "record": "id",
            "forename": "a",
            "middle_names": "b",
            "surname": "c",
            "full_name": "d",
            "former_names": "e",
            "date_of_birth": "f",
            "sex": "g",
            "uprn": "h",
            "postcode": "i",
            "phone": "j",
            "email": "k",
            "address_lines": ["l", "m"],
            "identifiers": {"nhs_number": "n", "upn": "o"},
            "other": {"occupation": "p"},
        },
    }
)
LIKELY = {
    "raw__forename": ["Mary Ann", "Mr. O'Neil", "ŁUKASZ", "İpek", "unknown", "of", "J", "Ελένη"],
    "raw__surname": ["Smith-Jones", "de la Cruz", "Ó Súilleabháin", "STRAßE", "Æthel", "n/a", "Σίσυφος"],
    "raw__full_name": ["Jones, Mary Ann", "Mary Jones, of Bath", ",", "Dr Mary Jones", "Jones,", "Jones , M"],
    "raw__date_of_birth": [
        "1985-02-03",
        "3/2/85",
        "31.12.1999",
        "3rd March 2001",
        "19850230",
        "1985",
        "0000-00-00",
    ],
    "raw__sex": ["F", "male", "2.0", "1", "x", " Woman "],
    "raw__uprn": ["000123", "10.0", "1234567890123", "0", "-5"],
    "raw__postcode": ["sw1a 1aa", "ZZ99 3VZ", "SW1A\u00a01AA", "none", "٣٤"],
    "raw__phone": ["+44 7700 900123", "000000000", "01632-960 001 x2"],
    "raw__email": ["A@B.co", "no@b.co", "a@b", "ΑΣ@ΒΣ.gr"],
    "raw__id__nhs_number": ["999 000 0018", "9990000018", "9999999999", "999000001"],
    "raw__id__upn": ["A-12 3", " "],
}
PLAIN = ("middle_names", "former_names", "address_1", "address_2", "other__occupation")
_feeds = count()


def cells(likely: list[str]) -> st.SearchStrategy[str | None]:
    anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=14)
    letters = st.text("aàÀbB1290 ,.'-/\t\n\u00a0\u2003İΣς", max_size=12)
    return (
        st.one_of(st.none(), st.sampled_from(likely), letters, anything)
        if likely
        else st.one_of(st.none(), letters, anything)
    )


FEEDS = st.lists(
    st.fixed_dictionaries(
        {name: cells(likely) for name, likely in LIKELY.items()}
        | {f"raw__{name}": cells([]) for name in PLAIN}
    ),
    min_size=20,
    max_size=60,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feeds")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(feed=FEEDS)
def test_any_feed_is_cleaned_alike(engines: Engines, folder: Path, feed: list[dict[str, Any]]) -> None:
    path = folder / f"{next(_feeds)}.parquet"
    columns = {name: pa.array([row[name] for row in feed], pa.string()) for name in feed[0]}
    numbers = {"record_id": pa.array([str(number) for number in range(len(feed))])}
    days = {"row_as_at": pa.array([AS_AT] * len(feed), pa.date32())}
    pq.write_table(pa.table(numbers | days | columns), path)
    for engine in (engines.duckdb, engines.spark):
        clean_records(engine, {"feed": SOURCE}, {"feed": path}, as_at=AS_AT)
    on_duckdb, on_spark = engines.both("select * from records order by record_id")
    assert on_spark == on_duckdb
