"""What intake says about each source: what was read, what was not and why. No value of a row appears here."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from alongside.insight.intake.quality import Quality

MANY_AHEAD = 0.1
"""A larger share of a source's dated rows after the day of the run is more than a few slips of the pen."""
Status = Literal["read", "refused", "missing", "empty"]


@dataclass(frozen=True)
class FileRead:
    """One file of a source: ``rows`` are those below the header, blank ones not counted."""

    name: str
    bytes: int
    sha256: str
    format: Literal["csv", "parquet", "xlsx"]
    encoding: str | None = None
    delimiter: str | None = None
    rows: int = 0


@dataclass(frozen=True)
class SourceIntake:
    """One source of the area pack, as found.

    ``status`` is ``read`` (its rows go on), ``refused`` (``why`` says what is wrong and what would be right),
    ``missing`` (no file matched) or ``empty`` (files without a row). ``rows_read`` = ``rows_kept`` +
    ``rows_rejected``; ``rows_with_fault`` are the rejected rows and those with a cell set aside; the reject
    limit counts ``rows_against_limit``: without rows whose one fault is a date of birth that breaks its
    format and that linkage can use as it was written. Of a refused source ``rows_kept`` counts rows that were
    sound, and ``typed`` is None.
    """

    source: str
    status: Status
    why: str
    files: tuple[FileRead, ...] = ()
    rows_read: int = 0
    rows_kept: int = 0
    rows_rejected: int = 0
    cells_set_aside: int = 0
    rows_with_fault: int = 0
    rows_against_limit: int = 0
    notes: tuple[str, ...] = ()
    typed: Path | None = None
    quality: Quality | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON; ``typed`` as a file name, so that where it ran is not given away."""
        said = asdict(self)
        said["typed"] = self.typed.name if self.typed else None
        said["quality"] = self.quality.to_dict() if self.quality else None
        return said


@dataclass(frozen=True)
class Intake:
    """All sources of the pack in its order, where the rejects lie, and the files that no source asked for.

    ``objecting`` are the sources that had a file of who objects, as Alongside notes it, to read.
    """

    sources: dict[str, SourceIntake]
    rejects: Path
    unmatched: tuple[str, ...] = field(default=())
    objecting: tuple[str, ...] = ()

    @property
    def typed(self) -> dict[str, Path]:
        """Source to typed Parquet, of those that were read."""
        return {code: each.typed for code, each in self.sources.items() if each.typed is not None}

    @property
    def objections(self) -> int | None:
        """How many objections recorded in Alongside were read; None where there was no file of them."""
        if not self.objecting:
            return None
        return sum(self.sources[code].rows_kept for code in self.objecting)

    def rows_ahead(self) -> dict[str, tuple[int, int]]:
        """Return by source how many of its rows are dated after the day of the run, and how many are dated.

        Only those where there are so many that the day is more likely to be wrong than the rows.
        """
        found = {}
        for code, quality in ((code, each.quality) for code, each in self.sources.items()):
            if quality is None:
                continue
            ahead = quality.element("relevant").details["dated_ahead"]
            dated = quality.rows - quality.element("timely").details.get("undated", quality.rows)
            if ahead > MANY_AHEAD * dated:
                found[code] = (ahead, dated)
        return found

    @property
    def quality(self) -> dict[str, Any]:
        """Each source's quality report, ready for ``quality.json`` (and the next ``previous_quality``)."""
        return {
            code: each.quality.to_dict() for code, each in self.sources.items() if each.quality is not None
        }

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "sources": {code: each.to_dict() for code, each in self.sources.items()},
            "unmatched_files": list(self.unmatched),
        }
