"""A finished run, opened: only after every file in it was found to be what the manifest says."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import ArrowException
from pydantic import TypeAdapter, ValidationError

from alongside.errors import AskedWronglyError, DataRefusedError
from alongside.insight.machine import as_machine_error
from alongside.insight.run_folder.keys import Key
from alongside.insight.run_folder.manifest import Manifest, changed, read_manifest

T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """A run folder whose files are as they were written."""

    folder: Path
    manifest: Manifest

    def path(self, name: str) -> Path:
        """Give the path of one of its files, such as ``links.parquet``.

        Raises:
            DataRefusedError: this run holds no such file.
        """
        if name not in self.manifest.outputs:
            raise DataRefusedError(f"the run at {self.folder} holds no {name}")
        return self.folder / name

    def table(
        self, name: str, columns: list[str] | None = None, *, where: pc.Expression | None = None
    ) -> pa.Table:
        """Read one of its Parquet files, or some of its columns, or the rows of which ``where`` is true."""
        return pq.read_table(self.path(name), columns=columns, filters=where)

    def json(self, name: str) -> Any:
        """Read one of its JSON files."""
        return json.loads(self.path(name).read_text(encoding="utf-8"))

    def json_as(self, name: str, shape: TypeAdapter[T]) -> T:
        """Read one of its JSON files as what it describes.

        Raises:
            DataRefusedError: it does not have the shape this version reads, or the run holds no such file.
        """
        try:
            return shape.validate_python(self.json(name))
        except ValidationError as error:
            where = ", ".join(".".join(map(str, each["loc"])) for each in error.errors()[:3])
            raise DataRefusedError(
                f"{self.folder / name} cannot be read by this version ({where}); make the run again"
            ) from None


def open_run(folder: Path, *, reading: Collection[str] | None = None) -> Run:
    """Open the run at ``folder``, checking the hash of every file the manifest lists.

    Args:
        folder: where the run is.
        reading: the only files that will be read, for a page: the others may be gigabytes. Only these are
            checked, and no others can be read from what is returned.

    Raises:
        AskedWronglyError: there is no folder.
        DataRefusedError: it is not a run folder, or a file in it is gone or was changed after it was written.
    """
    if not folder.is_dir():
        raise AskedWronglyError(f"there is no folder {folder}; name a folder that `alongside find` wrote")
    manifest = read_manifest(folder)
    if reading is not None:
        read = {name: was for name, was in manifest.outputs.items() if name in reading}
        manifest = manifest.model_copy(update={"outputs": read})
    if wrong := changed(folder, manifest.outputs):
        raise DataRefusedError(
            f"the run at {folder} was changed after it was written ({', '.join(wrong)}), so it cannot be "
            "relied on; make the run again, or restore the folder from a copy"
        )
    return Run(folder, manifest)


@contextmanager
def as_a_run_has_it(run: Run) -> Iterator[None]:
    """Refuse a run whose files match its manifest but are still not what a run should hold.

    Raises:
        DataRefusedError: what reads the run in this block found another shape.
    """
    try:
        yield
    except duckdb.InterruptException:
        raise
    except (ArrowException, duckdb.Error, AttributeError, LookupError, TypeError, ValueError) as error:
        if as_machine_error(error):  # no room: nothing is wrong with the run
            raise
        raise DataRefusedError(
            f"the run at {run.folder} does not have the shape this version reads ({type(error).__name__}); "
            "make the run again"
        ) from error


def _goes_on(run: Run) -> None:
    """Refuse a run that lacks what the next one builds on.

    Raises:
        DataRefusedError: a file of it has another shape.
    """
    for name, columns in _GOES_ON.items():
        try:
            held = pq.read_schema(run.path(name))
        except ArrowException:
            raise DataRefusedError(f"{run.folder / name} is not a Parquet file; make the run again") from None
        kinds = {each.name: each.type for each in held}
        if wrong := [name for name, right in columns.items() if name not in kinds or not right(kinds[name])]:
            raise DataRefusedError(
                f"{run.folder / name} does not hold what a run should in {', '.join(wrong)}; "
                "make the run again"
            )
    with as_a_run_has_it(run):
        for each in run.json("quality.json")["sources"].values():
            dict(each["quality"] or {})


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


_GOES_ON: Mapping[str, Mapping[str, Callable[[pa.DataType], bool]]] = {
    "links.parquet": dict.fromkeys(("source", "record_id", "person_id"), _is_text),
    "linkage/fingerprints.parquet": {
        **dict.fromkeys(("source", "record_id", "fingerprint"), _is_text),
        "chain": pa.types.is_integer,
    },
    "cohort.parquet": dict.fromkeys(("person_id", "policy", "tier"), _is_text),
}
"""What a run that follows another reads from it: the columns of each file, and what they hold."""


def open_previous(folder: Path, *, key: Key, area: str) -> Run:
    """Open the run that a new one follows, whose person ids are to stay what they are.

    Raises:
        AskedWronglyError: it was made with another key or for another area; or as ``open_run``.
        DataRefusedError: as ``open_run``.
    """
    run = open_run(folder)
    if run.manifest.area != area:
        raise AskedWronglyError(
            f"the run at {folder} is of the area {run.manifest.area}, but this one is of {area}; "
            "name the previous run of the same area"
        )
    if run.manifest.key_fingerprint != key.fingerprint:
        raise AskedWronglyError(
            f"the run at {folder} was made with a different key from the one in {key.path}, so its person "
            "ids cannot be kept; name the key it was made with (--key), or start afresh without --previous"
        )
    _goes_on(run)
    return run
