"""What changed policies would do, shown before they do it: on a finished run's facts, writing nothing."""

from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import TypeAdapter

from alongside.area import AreaPack, load_area
from alongside.area.models import Policy
from alongside.errors import AskedWronglyError
from alongside.insight.backends import Backend
from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.factors import catalogue
from alongside.insight.pack_copy import POLICIES, changed_since
from alongside.insight.progress import Progress, Silent
from alongside.insight.run_folder import Run, as_a_run_has_it, open_run
from alongside.insight.stratification import Comparison, compare


@dataclass(frozen=True)
class Preview:
    """Each policy before and after, and the run it was tried on.

    The run knows nothing of the factors ``not_in_run``. Those ``changed_since_run`` are worked out
    differently by the pack, and are as they were in the run; ``None`` where the run does not tell.
    """

    run: Run
    comparisons: tuple[Comparison, ...]
    not_in_run: list[str]
    changed_since_run: list[str] | None

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON; ``who`` lists each person who moves, by pseudonym."""
        return {
            "run": str(self.run.folder),
            "as_at": self.run.manifest.as_at.isoformat(),
            "not_in_run": self.not_in_run,
            "changed_since_run": self.changed_since_run,
            "policies": [
                {
                    "policy": each.policy,
                    "before": each.before,
                    "after": each.after,
                    "moves": [asdict(move) for move in each.moves],
                    "who": each.who.to_pylist(),
                }
                for each in self.comparisons
            ],
        }


def preview(area: Path, previous: Path, *, progress: Progress | None = None) -> Preview:
    """Judge the people of a finished run by the policies it was made with and by those of ``area``.

    Args:
        area: folder of the area pack with the changed policies.
        previous: the finished run.
        progress: told what is going on.

    Raises:
        AskedWronglyError: the run is of another area, or is not there.
        DataRefusedError: the pack or the run is refused.
    """
    progress = progress or Silent()
    pack, run = load_area(area), open_run(previous)
    if run.manifest.area != pack.area.area:
        raise AskedWronglyError(
            f"the run at {previous} is for the area {run.manifest.area}, but the pack is for {pack.area.area}"
        )
    with as_a_run_has_it(run):
        return _preview(pack, run, progress)


def _preview(pack: AreaPack, run: Run, progress: Progress) -> Preview:
    before = run.json_as(POLICIES, TypeAdapter(dict[str, Policy]))
    held = set(run.table("factors.parquet").column_names)
    changed = changed_since(run, pack)
    if changed is not None:
        changed = [code for code in changed if code in held]
    with TemporaryDirectory(prefix="alongside-preview-") as work:
        engine = DuckDBBackend(work_dir=Path(work))
        try:
            missing = _take_factors(engine, pack, run, held)
            if missing:
                progress.said(f"not worked out in that run, so not known about anybody: {', '.join(missing)}")
            compared = compare(engine, pack, before=before, after=pack.policies, as_at=run.manifest.as_at)
        finally:
            engine.close()
    return Preview(run, compared, missing, changed)


def _take_factors(engine: Backend, pack: AreaPack, run: Run, held: set[str]) -> list[str]:
    """Make ``factors`` from the run's; what the pack has since gained is known for nobody, and named."""
    missing = {code: info for code, info in catalogue(pack).items() if code not in held}
    gained = "".join(
        f', cast(null as {"boolean" if info.result == "boolean" else "double"}) as "{code}"'
        for code, info in missing.items()
    )
    engine.read_parquet("factors_of_run", run.path("factors.parquet"))
    engine.create("factors", f"select *{gained} from factors_of_run")
    return sorted(missing)
