"""A small world for the stages after linkage: people told as rows, sources as tables, the engine real."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.area.models import Area, Factor, Policy, Source
from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.factors import FactorReport, compute_factors
from alongside.insight.intake.columns import unread_sign
from alongside.insight.people import build_people
from alongside.insight.stratification import StratificationReport, stratify

AS_AT = date(2026, 11, 1)
RECORDS = pa.schema(
    [(name, pa.string()) for name in ("source", "record_id")]
    + [("row_as_at", pa.date32()), ("row_undated", pa.bool_()), ("address_until", pa.date32())]
    + [("address_until_unread", pa.bool_())]
    + [("date_of_birth", pa.date32())]
    + [(name, pa.string()) for name in ("forename", "surname", "sex", "uprn", "address", "postcode")]
    + [(name, pa.string()) for name in ("forename_written", "surname_written")]
)
LINKS = pa.schema(
    [(name, pa.string()) for name in ("source", "record_id", "person_id")] + [("probability", pa.float64())]
)
ARROW = {"number": pa.float64(), "integer": pa.int64(), "date": pa.date32(), "boolean": pa.bool_()}
AREA = {
    "area": "riverside",
    "title": "Riverside",
    "organisations": [
        {"code": code, "name": code.title(), "type": "council"}
        for code in ("council", "homes", "police", "hospital", "school")
    ],
    "purposes": [
        {
            "code": "early_help",
            "title": "Early help",
            "power": "Localism Act 2011 s.1",
            "article_6": "6(1)(e)",
            "dpia": "D1",
            "agreement": "A1",
            "owner": "Head of early help",
            "review_date": date(2027, 1, 1),
        }
    ],
    "services": [
        {
            "code": "adult_care",
            "title": "Adult social care",
            "organisation": "council",
            "group": "social_care",
        },
        {"code": "crisis_team", "title": "Crisis team", "organisation": "hospital", "critical": True},
        {
            "code": "outreach",
            "title": "Outreach",
            "organisation": "homes",
            "critical": True,
            "running": False,
        },
    ],
    "responses": [
        {"code": "money_advice", "title": "Money advice"},
        {"code": "tenancy_support", "title": "Tenancy support"},
    ],
}


@dataclass
class World:
    """Sources and who their rows are about; ``person`` in a row is the person linkage found, or nobody."""

    folder: Path
    backend: DuckDBBackend
    area: Area = field(default_factory=lambda: Area.model_validate(AREA))
    sources: dict[str, Source] = field(default_factory=dict)
    derived: list[Factor] = field(default_factory=list)
    policies: dict[str, Policy] = field(default_factory=dict)
    typed: dict[str, Path] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)

    def source(
        self,
        code: str,
        rows: Sequence[Mapping[str, Any]] | None,
        *,
        columns: Mapping[str, str] | None = None,
        organisation: str = "council",
        dated: bool = True,
        factors: Sequence[Mapping[str, Any]] = (),
        case_index: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Add an extract; its rows hold ``person``, ``on``, identity and columns. None: no file came.

        A row whose ``on`` is None has no date though its source dates its rows.
        """
        columns = dict(columns or {})
        described = {
            "source": code,
            "title": code.replace("_", " ").capitalize(),
            "organisation": organisation,
            "purposes": ["early_help"],
            "files": f"{code}.csv",
            "schema": {
                "fields": [{"name": name, "type": kind} for name, kind in columns.items()] or [{"name": "x"}]
            },
            "identity": {"record": "ref"},
            "factors": [
                {"title": each["code"].replace("_", " ").capitalize()} | dict(each) for each in factors
            ],
            "case_index": list(case_index),
        }
        self.sources[code] = Source.model_validate(described | ({"as_at": "on"} if dated else {}))
        if rows is None:
            return
        typed = []
        for number, row in enumerate(rows):
            key = {"source": code, "record_id": f"{number:03}"}
            on = row.get("on", AS_AT)
            dated_on = {"row_as_at": on or AS_AT, "row_undated": on is None}
            usual = dated_on | {"address_until_unread": False}
            self.links.append(key | {"person_id": row.get("person"), "probability": 1.0})
            self.records.append(key | usual | {k: v for k, v in row.items() if k in RECORDS.names})
            typed.append(
                {"record_id": key["record_id"]} | dated_on | {name: row.get(name) for name in columns}
                | {unread_sign(name): False for name in columns}
            )  # fmt: skip
        schema = pa.schema(
            [("record_id", pa.string()), ("row_as_at", pa.date32())]
            + [(name, ARROW.get(kind, pa.string())) for name, kind in columns.items()]
            + [(unread_sign(name), pa.bool_()) for name in columns]
        )
        self.typed[code] = self.folder / f"{code}.parquet"
        pq.write_table(pa.Table.from_pylist(typed, schema=schema), self.typed[code])

    def derive(self, code: str, value: str, **more: Any) -> None:
        """Add a factor of ``factors.yaml``."""
        self.derived.append(Factor.model_validate({"code": code, "title": code, "value": value} | more))

    def policy(self, name: str = "help/1", **parts: Any) -> None:
        """Add a policy."""
        usual = {
            "policy": name,
            "purpose": "early_help",
            "title": "Help",
            "learning_sample": 0,
            "routes": [{"otherwise": "contact_team"}],
        }
        policy = Policy.model_validate(usual | parts)
        self.policies[policy.policy] = policy

    def build_people(self, **options: Any) -> dict[str, dict[str, Any]]:
        """Run the stage ``people``; return its table by person."""
        self.backend.register("records", pa.Table.from_pylist(self.records, schema=RECORDS))
        self.backend.register("links", pa.Table.from_pylist(self.links, schema=LINKS))
        build_people(self.backend, as_at=AS_AT, **options)
        return {row["person_id"]: row for row in self.rows("select * from people")}

    def compute(self, before: Path | None = None) -> FactorReport:
        """Run the stages ``people`` and ``factors``, with what a run before knew of who had died, if any."""
        self.build_people()
        unread = ("deceased",) if before else ()
        return compute_factors(
            self.backend, self, typed=self.typed, as_at=AS_AT, before=before, unread=unread
        )

    def known(self, factor: str) -> dict[str, Any]:
        """Each person's value of a factor; None is not known."""
        return {
            row["person_id"]: row["v"] for row in self.rows(f'select person_id, "{factor}" as v from factors')
        }

    def stratify(self, seed: int = 1) -> StratificationReport:
        """Run the stages ``people``, ``factors`` and ``stratification``."""
        self.compute()
        return stratify(self.backend, self, as_at=AS_AT, seed=seed)

    def cohort(self) -> list[dict[str, Any]]:
        """The list, in order."""
        return self.rows("select * from cohort order by policy, rank, person_id")

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query."""
        return self.backend.arrow(sql).to_pylist()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A partnership without a source yet."""
    backend = DuckDBBackend(work_dir=tmp_path, threads=2)
    yield World(folder=tmp_path, backend=backend)
    backend.close()


@pytest.fixture
def home() -> Callable[[int], dict[str, str]]:
    """An address by number."""
    return lambda number: {
        "uprn": str(1000 + number),
        "address": f"{number} mill lane",
        "postcode": "zz1 1zz",
    }
