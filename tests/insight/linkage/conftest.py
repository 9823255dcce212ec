"""A small fictional town of families, seen by three agencies with mistakes, and linkage run on it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.area import AreaPack
from alongside.area.models import Area, Linkage, Source
from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.cleaning import clean_records
from alongside.insight.cleaning.identifiers import is_nhs_number
from alongside.insight.cleaning.records import identity_columns
from alongside.insight.linkage import DECISIONS, LinkageReport, link_records, write_decisions
from alongside.insight.progress import Progress, Silent
from alongside.insight.synthetic.names import ORIGIN_NAMES, draw_forenames, draw_surnames

AS_AT = date(2026, 11, 1)
KEY = b"a key of the tests and of nothing else"
IDENTITY: dict[str, Any] = {
    "forename": "forename",
    "surname": "surname",
    "date_of_birth": "dob",
    "sex": "sex",
    "postcode": "postcode",
    "address_lines": "address",
    "phone": "phone",
    "identifiers": {"nhs_number": "nhs"},
}
CELLS = {
    "forename": "raw__forename",
    "surname": "raw__surname",
    "born": "raw__date_of_birth",
    "sex": "raw__sex",
    "postcode": "raw__postcode",
    "address": "raw__address_1",
    "phone": "raw__phone",
    "nhs": "raw__id__nhs_number",
}
SOURCES = ("council", "health", "housing")
Row = Mapping[str, str | None]
"""``source``, ``id`` and any of ``CELLS``."""
NHS = [number for n in range(400) for c in range(10) if is_nhs_number(number := f"999{n * 7:06d}{c}")]


def pack_with(*, once: Sequence[str] = (), linkage: Mapping[str, Any] | None = None) -> AreaPack:
    """A pack of three sources; those in ``once`` keep each person once."""
    purpose = {
        "code": "early_help", "title": "Early help", "power": "Localism Act 2011 s.1", "article_6": "6(1)(e)",
        "dpia": "D1", "agreement": "A1", "owner": "Head of early help", "review_date": date(2030, 1, 1),
    }  # fmt: skip
    area = {
        "area": "mereford",
        "title": "Mereford",
        "organisations": [{"code": "council", "name": "Council", "type": "council"}],
        "purposes": [purpose],
    }
    sources = {
        code: Source.model_validate(
            {
                "source": code,
                "title": code.title(),
                "organisation": "council",
                "purposes": ["early_help"],
                "files": f"{code}*.csv",
                "schema": {"fields": [{"name": "ref", "type": "string"}]},
                "identity": {"record": "ref", **IDENTITY},
                "one_record_per_person": code in once,
            }
        )
        for code in SOURCES
    }
    return AreaPack(
        folder=Path(),
        area=Area.model_validate(area),
        sources=sources,
        derived=[],
        policies={},
        linkage=Linkage.model_validate(dict(linkage or {})),
        hash="0",
    )


@dataclass(frozen=True)
class Linked:
    """What linkage made of a town."""

    report: LinkageReport
    folder: Path
    tables: Mapping[str, list[dict[str, Any]]]

    def person(self, record: str) -> str | None:
        """The person of ``source/id``."""
        source, record_id = record.split("/")
        return next(
            row["person_id"]
            for row in self.tables["links"]
            if (row["source"], row["record_id"]) == (source, record_id)
        )

    def people(self) -> set[frozenset[tuple[str, str]]]:
        """Everybody, as the set of their records."""
        found: dict[str, set[tuple[str, str]]] = {}
        for row in self.tables["links"]:
            if row["person_id"]:
                found.setdefault(row["person_id"], set()).add((row["source"], row["record_id"]))
        return {frozenset(records) for records in found.values()}

    def edge(self, one: str, other: str) -> dict[str, Any] | None:
        """The compared pair of two records ``source/id``, if it was kept."""
        wanted = {one, other}
        for row in self.tables["edges"]:
            if {f"{row['source_l']}/{row['record_l']}", f"{row['source_r']}/{row['record_r']}"} == wanted:
                return row
        return None

    def events(self) -> list[tuple[str, str, str | None, int]]:
        """The identity events as tuples."""
        names = ("event", "person_id", "other_person_id", "records")
        return [tuple(row[name] for name in names) for row in self.tables["identity_events"]]  # type: ignore[misc]


LinkTown = Callable[..., Linked]


@pytest.fixture(scope="session")
def link(tmp_path_factory: pytest.TempPathFactory) -> LinkTown:
    """Give a function that cleans and links rows, and leaves what a run folder keeps of it."""

    def run(
        rows: Sequence[Row],
        *,
        pack: AreaPack | None = None,
        previous: Path | None = None,
        decisions: str | None = None,
        progress: Progress | None = None,
    ) -> Linked:
        pack = pack or pack_with()
        folder = tmp_path_factory.mktemp("linked")
        engine = DuckDBBackend(work_dir=folder, threads=1)
        typed = {code: _typed(folder, source, rows) for code, source in pack.sources.items()}
        file = folder / "decisions.csv" if decisions is not None else None
        if file:
            file.write_text(decisions or "", encoding="utf-8")
        clean_records(engine, pack.sources, typed, as_at=AS_AT)
        report = link_records(
            engine, pack, key=KEY, previous=previous, decisions=file, progress=progress or Silent()
        )
        (folder / "linkage").mkdir()
        (folder / "linkage" / "model.json").write_text(json.dumps(report.model), encoding="utf-8")
        write_decisions(report.decisions, folder / DECISIONS)
        for name in ("links", "review"):
            engine.write_parquet(f"select * from {name} order by all", folder / f"{name}.parquet")
        for name in ("edges", "fingerprints"):
            engine.write_parquet(f"select * from {name} order by all", folder / "linkage" / f"{name}.parquet")
        names = ("links", "edges", "review", "identity_events", "fingerprints", "node_records")
        tables = {name: engine.arrow(f"select * from {name}").to_pylist() for name in names}
        engine.close()
        return Linked(report, folder, tables)

    return run


def _typed(folder: Path, source: Source, rows: Sequence[Row]) -> Path:
    own = [row for row in rows if row["source"] == source.source]
    raw = {column: name for name, column in CELLS.items()}
    columns = {
        column: pa.array([row.get(raw[column]) for row in own], pa.string())
        for column in identity_columns(source)
    }
    table = pa.table(
        {
            "record_id": pa.array([row["id"] for row in own], pa.string()),
            "row_as_at": pa.array([AS_AT] * len(own), pa.date32()),
            **columns,
        }
    )
    pq.write_table(table, folder / f"{source.source}.parquet")
    return folder / f"{source.source}.parquet"


def town(households: int = 260, seed: int = 7) -> tuple[list[Row], dict[tuple[str, str], int]]:
    """Families of two parents and two children, each seen by two of three agencies; and who is who.

    One cell in seven is missing or has a slip; some records of one agency stand twice.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    people = households * 4
    place = np.arange(people)
    origin = np.repeat(rng.choice(len(ORIGIN_NAMES), households, p=_shares()), 4)
    child = place % 4 >= 2
    year = np.where(child, rng.integers(2009, 2022, people), rng.integers(1955, 1995, people))
    sex = np.where(child, rng.integers(0, 2, people), place % 2)
    forename = draw_forenames(rng, origin, sex, year.astype(np.int64))
    surname = np.repeat(draw_surnames(rng, origin[::4]), 4)
    streets = ["Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper"]
    rows: list[Row] = []
    truth: dict[tuple[str, str], int] = {}
    for person in range(people):
        home = person // 4
        whole = {
            "forename": str(forename[person]),
            "surname": str(surname[person]),
            "born": f"{year[person]}-{1 + person * 5 % 12:02d}-{1 + person * 11 % 28:02d}",
            "sex": "MF"[1 - int(sex[person])],
            "postcode": f"ZX{1 + home % 9} {home % 7}{chr(65 + home % 23)}{chr(65 + home % 19)}",
            "address": f"{1 + home % 90} {streets[home % 10]} Road",
            "phone": f"01632 96{home:04d}" if person % 2 else None,
            "nhs": None,
        }
        for at, source in enumerate(rng.permutation(SOURCES)[:2]):
            row: dict[str, str | None] = {"source": str(source), "id": f"{person:05d}", **whole}
            if at:
                for name in ("forename", "surname", "born", "postcode", "address"):
                    if rng.random() < 0.14:
                        row[name] = None if rng.random() < 0.4 else _slip(rng, row[name] or "x")
            rows.append(row)
            truth[str(source), f"{person:05d}"] = person
    return rows, truth


def _shares() -> Any:
    from alongside.insight.synthetic.names import ORIGINS

    shares = np.array(list(ORIGINS.values()))
    return shares / shares.sum()


def _slip(rng: np.random.Generator, text: str) -> str:
    at = int(rng.integers(0, len(text)))
    sign = (
        "0123456789"[int(rng.integers(0, 10))] if text[at].isdigit() else "aeiorst"[int(rng.integers(0, 7))]
    )
    return text[:at] + sign + text[at + 1 :]


@pytest.fixture(scope="session")
def linked_town(link: LinkTown) -> Linked:
    """The town as it is."""
    return link(town()[0])
