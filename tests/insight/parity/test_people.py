"""Who people are, and how their names are written, is the same on both engines."""

from datetime import date

import pyarrow as pa
from tests.insight.parity.conftest import Engines

from alongside.insight.people import build_people

WRITTEN = [
    ("p1", "sian", "Siân"), ("p1", "sian", "Siân"), ("p1", "sian", "SIÂN"), ("p1", "sian", "SIÂN"),
    ("p1", "sian", "Sian"),
    ("p1", "sian", "sian"), ("p1", "sion", "Siôn"), ("p2", "jean", "JEAN-LUC"), ("p2", "jean", "jean-luc"),
    ("p3", "weiss", "Weiß"), ("p3", "weiss", "WEISS"), ("p3", "weiss", "weiß"), ("p4", "ismail", "İsmail"),
    ("p4", "ismail", "ISMAİL"), ("p5", "obrien", "O\u2019Brien"), ("p5", "obrien", "O'Brien"),
    ("p6", "ada", None),
    ("p7", None, None),
]  # fmt: skip
KINDS = {
    "row_as_at": pa.date32(), "row_undated": pa.bool_(), "address_until": pa.date32(),
    "address_until_unread": pa.bool_(),
}  # fmt: skip
UNREAD = date.max
"""Stands for a day on which somebody left that is there and cannot be read."""


def test_both_engines_write_a_name_alike(engines: Engines) -> None:
    rows = [
        {
            "source": "desk", "record_id": f"{number:02}", "row_as_at": date(2026, 1, 1 + number % 3),
            "row_undated": number % 4 == 0, "address_until": date(2026, 5, 1) if number % 5 == 0 else None,
            "address_until_unread": number % 7 == 0,
            "forename": folded, "surname": folded, "forename_written": written, "surname_written": written,
        }
        for number, (_, folded, written) in enumerate(WRITTEN)
    ]  # fmt: skip
    texts = ("sex", "uprn", "address", "postcode")
    records = pa.Table.from_pylist(
        rows,
        pa.schema(
            [(name, KINDS.get(name, pa.string())) for name in rows[0]]
            + [("date_of_birth", pa.date32())]
            + [(name, pa.string()) for name in texts]
        ),
    )
    links = pa.table(
        {
            "source": ["desk"] * len(WRITTEN),
            "record_id": [row["record_id"] for row in rows],
            "person_id": [person for person, _, _ in WRITTEN],
        }
    )
    for engine in (engines.duckdb, engines.spark):
        engine.register("records", records)
        engine.register("links", links)
        build_people(engine, as_at=date(2026, 11, 1))
    on_duckdb, on_spark = engines.both("select * from people order by person_id")
    assert on_spark == on_duckdb
    assert [row["forename_written"] for row in on_duckdb][:2] == ["Siân", "JEAN-LUC"]


def test_both_engines_say_alike_where_people_live(engines: Engines) -> None:
    left = date(2026, 3, 1)
    told = [
        ("p1", "1", None, left, False), ("p1", "2", None, None, False), ("p2", "1", None, None, False),
        ("p2", "3", None, None, False), ("p2", "3", 2019, None, False), ("p3", "1", None, left, False),
        ("p4", "1", None, None, True), ("p4", "2", 2019, None, False), ("p5", "nfa", None, None, False),
        ("p6", "1", None, UNREAD, False), ("p6", "1", 2025, None, False), ("p6", "2", 2019, None, False),
        ("p7", "1", None, UNREAD, False),
    ]  # fmt: skip
    columns = ("forename", "surname", "forename_written", "surname_written", "sex", "postcode", "uprn")
    records = pa.table(
        {
            "source": ["desk"] * len(told),
            "record_id": [f"{number:02}" for number in range(len(told))],
            "row_as_at": pa.array([date(year or 2026, 10, 1) for _, _, year, _, _ in told], pa.date32()),
            "row_undated": [undated for *_, undated in told],
            "address_until": pa.array(
                [None if until is UNREAD else until for _, _, _, until, _ in told], pa.date32()
            ),
            "address_until_unread": [until is UNREAD for _, _, _, until, _ in told],
            "date_of_birth": pa.nulls(len(told), pa.date32()),
            "address": [home for _, home, *_ in told],
            **{name: pa.nulls(len(told), pa.string()) for name in columns},
        }
    )
    records = records.set_column(
        records.column_names.index("postcode"), "postcode", pa.array(["zx1 1aa"] * len(told))
    )
    links = records.select(["source", "record_id"]).append_column(
        "person_id", pa.array([row[0] for row in told])
    )
    for engine in (engines.duckdb, engines.spark):
        engine.register("records", records)
        engine.register("links", links)
        build_people(engine, as_at=date(2026, 11, 1))
    on_duckdb, on_spark = engines.both("select * from people order by person_id")
    assert on_spark == on_duckdb
    assert [row["address"] for row in on_duckdb] == ["2", "3", None, "2", "nfa", "2", None]
