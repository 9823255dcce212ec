"""A folder of extracts, a source to read it with, and what came of it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from alongside.area.models import Source
from alongside.insight.intake import Intake, SourceIntake, read_extracts

FIELDS = [
    {"name": "ref"},
    {"name": "dob", "type": "date", "format": "%d/%m/%Y"},
    {"name": "weeks", "type": "integer"},
    {"name": "seen", "type": "date"},
]


def _source(**changes: Any) -> Source:
    """Return a source of rent accounts; ``fields`` are the schema's, other names are parts of the source."""
    fields = changes.pop("fields", FIELDS)
    missing = changes.pop("missing", ["", "N/K"])
    described = {
        "source": "rent",
        "title": "Rent accounts",
        "organisation": "homes",
        "purposes": ["early_help"],
        "files": "rent*",
        "refresh": "weekly",
        "schema": {"fields": fields, "missingValues": missing},
        "identity": {"record": "ref", "surname": "surname", "date_of_birth": "dob"},
        "as_at": "seen",
        "reject_limit": 1.0,
        "factors": [{"code": "behind", "title": "Behind with rent", "value": "max(weeks) >= 8"}],
    } | changes
    return Source.model_validate(described)


@dataclass
class Reading:
    """Reads the files put into ``extracts``."""

    folder: Path
    runs: int = 0

    source = staticmethod(_source)

    @property
    def extracts(self) -> Path:
        path = self.folder / "extracts"
        path.mkdir(exist_ok=True)
        return path

    def put(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = self.extracts / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def all(self, *sources: Source, **options: Any) -> Intake:
        self.runs += 1
        self.work = self.folder / f"work{self.runs}"
        pack = SimpleNamespace(sources={source.source: source for source in sources})
        self.intake = read_extracts(
            pack,
            self.extracts,
            **({"as_at": date(2026, 11, 1), "work_dir": self.work, "threads": 2} | options),
        )
        return self.intake

    def one(self, source: Source | None = None, **options: Any) -> SourceIntake:
        source = source or _source()
        return self.all(source, **options).sources[source.source]

    def typed(self, columns: str = "*", source: str = "rent") -> list[tuple[Any, ...]]:
        return duckdb.sql(f"select {columns} from '{self.work}/typed/{source}.parquet'").fetchall()

    def rejects(self, columns: str = 'row_number, scope, "column", reason, raw') -> list[tuple[Any, ...]]:
        return duckdb.sql(f"select {columns} from '{self.work}/rejects.parquet'").fetchall()

    def digests(self) -> list[str]:
        return [
            hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(self.work.rglob("*.parquet"))
        ]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return Reading(tmp_path)


@pytest.fixture
def table() -> Callable[..., str]:
    """Return CSV text of a header and rows."""

    def write(
        *rows: Sequence[str],
        header: Sequence[str] = ("ref", "surname", "dob", "weeks", "seen"),
        by: str = ",",
    ) -> str:
        return "".join(by.join(row) + "\n" for row in (header, *rows))

    return write
