"""The folder of a fictional borough: its area pack, its extracts and the truth behind them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pyarrow as pa

from alongside.errors import AskedWronglyError
from alongside.insight.progress import Progress, Silent, Stages
from alongside.insight.synthetic import truth
from alongside.insight.synthetic.agencies import AGENCIES, World
from alongside.insight.synthetic.calendar import NEVER
from alongside.insight.synthetic.files import write_csv, write_extract
from alongside.insight.synthetic.lives import live
from alongside.insight.synthetic.population import populate

FEWEST, MOST = 100, 2_000_000


@dataclass(frozen=True)
class BoroughSummary:
    """What was made."""

    folder: Path
    people: int
    households: int
    records: dict[str, int]
    """Rows of each extract."""
    in_need: int
    harmed: int

    @property
    def rows(self) -> int:
        """Rows of all extracts together."""
        return sum(self.records.values())


def make_borough(out: Path, *, people: int, seed: int, progress: Progress | None = None) -> BoroughSummary:
    """Make a fictional borough: ``area/``, ``extracts/`` and ``truth/`` in the new folder ``out``.

    Whole or not at all.

    The same ``people`` and ``seed`` give the same bytes.

    Args:
        out: A folder that does not exist yet, in one that does.
        people: How many live there at any time in the three years; 100 to 2,000,000.
        seed: Any whole number from 0.
        progress: Told about each stage.

    Raises:
        AskedWronglyError: ``out`` exists, its parent does not, or a number is out of range.
    """
    if not FEWEST <= people <= MOST:
        raise AskedWronglyError(f"A borough can have {FEWEST:,} to {MOST:,} people, not {people:,}.")
    if seed < 0:
        raise AskedWronglyError(f"The seed must be a whole number from 0, not {seed}.")
    stages = Stages(progress or Silent())
    with _whole_folder(out) as folder:
        with stages.stage("people and their lives"):
            population = populate(seed, people)
            lives = live(population)
            world, ids = World(population, lives), truth.person_ids(population)
        (folder / "extracts").mkdir()
        (folder / "truth").mkdir()
        copy_area(folder / "area")
        records: dict[str, int] = {}
        named: list[pa.Table] = []
        nameless: list[pa.Table] = []
        with stages.stage("extracts"):
            for agency in AGENCIES:
                extract = agency(world)
                write_extract(extract, folder / "extracts")
                records[extract.source] = extract.rows
                everyone, nobody = truth.record_truth(ids, extract)
                named.append(everyone)
                nameless.append(nobody)
                stages.progress.said(f"{extract.file}: {extract.rows:,} rows")
        with stages.stage("truth"):
            write_csv(pa.concat_tables(named), folder / "truth" / "truth.csv")
            write_csv(pa.concat_tables(nameless), folder / "truth" / "unnamed.csv")
            write_csv(truth.people_truth(population, lives, ids), folder / "truth" / "people.csv")
            write_csv(truth.households_truth(population), folder / "truth" / "households.csv")
            write_csv(truth.harm_truth(lives, ids), folder / "truth" / "harm.csv")
    return BoroughSummary(
        folder=out,
        people=population.count,
        households=len(population.household_shape),
        records=records,
        in_need=int(lives.in_need.sum()),
        harmed=int(np.count_nonzero(lives.harmed_on < NEVER)),
    )


def copy_area(target: Path) -> None:
    """Copy the Riverside area pack that comes with Alongside to ``target``.

    From the installed package, else from the repository it runs in.
    """
    shipped = files("alongside").joinpath("_area")
    with as_file(shipped) as installed:
        source = installed if installed.is_dir() else Path(__file__).resolve().parents[4] / "area"
        if not (source / "area.yaml").is_file():
            raise AskedWronglyError(
                "The Riverside area pack is not installed with Alongside; install Alongside again."
            )
        shutil.copytree(source, target)


@contextmanager
def _whole_folder(out: Path) -> Iterator[Path]:
    """Give a folder to fill beside ``out``, and give it that name only if all went well."""
    if out.exists():
        raise AskedWronglyError(
            f"{out} exists already; name a folder that does not, so that nothing is overwritten."
        )
    if not out.parent.is_dir():
        raise AskedWronglyError(f"{out.parent} is not a folder; make it first, or choose another place.")
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield folder
        folder.rename(out)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
