"""One evaluation from start to end: open the run, load the truth, count, and say what was not measured."""

from pathlib import Path
from tempfile import TemporaryDirectory

from alongside.errors import DataRefusedError
from alongside.insight.backends import Backend
from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.evaluation import breakdowns, calibration, clusters
from alongside.insight.evaluation.policies import evaluate_policies
from alongside.insight.evaluation.results import Band, CalibrationBin, Evaluation, Linkage, PolicyEvaluation
from alongside.insight.evaluation.stability import stability
from alongside.insight.evaluation.truth import Truth, load_truth
from alongside.insight.pack_copy import read_pack_copy
from alongside.insight.progress import Progress, Silent, Stages
from alongside.insight.run_folder import Run, as_a_run_has_it, open_run

LINKED = 0.95
"""The default linked band; pairs given at least this probability must be right as often."""
PAIR = ("source_l", "record_l", "source_r", "record_r", "probability")


def evaluate(
    run: Path, truth: Path, *, previous: Path | None = None, progress: Progress | None = None
) -> Evaluation:
    """Measure a run folder against truth.

    Args:
        run: A folder that ``alongside find`` wrote.
        truth: A folder holding ``truth.csv`` (source, record_id, person) and, where known, ``people.csv``
            (person, sex, age_band, name_origin, in_need), ``households.csv`` (person, household_id) and
            ``harm.csv`` (person, kind, date); or a single CSV file like ``truth.csv``.
        previous: An earlier run, to say what has changed since.
        progress: Where to say what is happening.

    Raises:
        AskedWronglyError: A path is not there.
        DataRefusedError: The run or the truth cannot be used; the message says why and what would be right.
    """
    stages = Stages(progress or Silent())
    with stages.stage("Opening the run"):
        opened = open_run(run)
    with TemporaryDirectory(prefix="alongside-") as work:
        backend = DuckDBBackend(work_dir=Path(work))
        try:
            with as_a_run_has_it(opened):
                return _evaluate(backend, opened, truth, previous, stages)
        finally:
            backend.close()


def _evaluate(backend: Backend, run: Run, truth: Path, previous: Path | None, stages: Stages) -> Evaluation:
    warnings: list[str] = []
    with stages.stage("Reading truth"):
        known = load_truth(backend, truth)
        backend.read_parquet("links", run.path("links.parquet"))
        _refuse_without(backend, "links", ("source", "record_id", "person_id"))
        records = clusters.prepare(backend, without_person=known.without_person)
    if records.missing == records.evaluated:
        raise DataRefusedError(
            "no record in the truth is in this run: its source and record_id must be those of the area pack "
            "and of the extracts the run was made from"
        )
    if records.missing:
        warnings.append(
            f"{records.missing} records in the truth are not in the run (rejected, or never supplied): "
            "each counts as a separate person."
        )
    if records.ignored:
        warnings.append(f"{records.ignored} records in the run are not in the truth and were left out.")
    with stages.stage("Comparing found people with true people"):
        pairwise = clusters.pairwise(backend)
        b_cubed = clusters.b_cubed(backend)
        shape = clusters.clusters(backend, has_households=known.has_households)
        by_pair = breakdowns.by_source_pair(backend)
        by_group = {group: breakdowns.by_group(backend, group) for group in known.groups}
    with stages.stage("Checking what a probability means"):
        bins, linked, review = _probabilities(backend, run, warnings)
    linkage = Linkage(
        records=records,
        pairwise=pairwise,
        bcubed=b_cubed,
        clusters=shape,
        by_source=breakdowns.by_source(by_pair),
        by_source_pair=by_pair,
        by_group=by_group,
        calibration=bins,
        linked_band=linked,
        review=review,
    )
    with stages.stage("Comparing policies with what happened"):
        policies = _policies(backend, run, known, warnings)
    since = None
    if previous is not None:
        with stages.stage("Comparing with the previous run"):
            since = stability(previous, run.folder)
    return Evaluation(
        linkage=linkage, policies=policies, stability=since, warnings=[*_unmeasured(known), *warnings]
    )


def _probabilities(
    backend: Backend, run: Run, warnings: list[str]
) -> tuple[list[CalibrationBin], Band | None, Band | None]:
    """Judge the scored pairs the run kept; a warning says which it did not keep."""
    bins: list[CalibrationBin] = []
    linked = review = None
    if "linkage/edges.parquet" in run.manifest.outputs:
        backend.read_parquet("edges", run.path("linkage/edges.parquet"))
        _refuse_without(backend, "edges", PAIR)
        calibration.judge_pairs(backend, "edges")
        bins = calibration.calibration(backend, "edges")
        linked = calibration.band(backend, "edges", at_least=LINKED)
    else:
        warnings.append(
            "The run kept no scored pairs (linkage/edges.parquet), so probabilities were not checked."
        )
    if "review.parquet" in run.manifest.outputs:
        backend.read_parquet("review", run.path("review.parquet"))
        _refuse_without(backend, "review", PAIR)
        calibration.judge_pairs(backend, "review")
        review = calibration.band(backend, "review")
    return bins, linked, review


def _policies(backend: Backend, run: Run, known: Truth, warnings: list[str]) -> dict[str, PolicyEvaluation]:
    """Compare each list with what happened, if the truth says."""
    if not (known.has_harm or known.needs):
        return {}
    if "cohort.parquet" not in run.manifest.outputs or "factors.parquet" not in run.manifest.outputs:
        warnings.append(
            "The run holds no list of people (cohort.parquet, factors.parquet): no policy was measured."
        )
        return {}
    for table in ("cohort", "factors"):
        backend.read_parquet(table, run.path(f"{table}.parquet"))
    _refuse_without(backend, "cohort", ("person_id", "policy", "tier", "rank", "within_capacity"))
    copy = read_pack_copy(run)
    return evaluate_policies(
        backend,
        as_at=run.manifest.as_at,
        policies=copy.policies if copy else {},
        groups=known.groups,
        needs=known.needs,
        has_harm=known.has_harm,
        warnings=warnings,
    )


def _unmeasured(known: Truth) -> list[str]:
    """Say what the truth does not hold, which was therefore not measured."""
    lacking = []
    if not known.groups:
        lacking.append(
            "The truth has no groups (people.csv): whether linkage works equally well for everybody "
            "was not measured."
        )
    if not known.has_harm:
        lacking.append("The truth has no later harm (harm.csv): the lists were not measured against it.")
    if not known.has_households:
        lacking.append(
            "The truth has no households (households.csv): false merges are not split by household."
        )
    return lacking


def _refuse_without(backend: Backend, table: str, columns: tuple[str, ...]) -> None:
    have = backend.arrow(f'select * from "{table}" limit 0').column_names
    if missing := [column for column in columns if column not in have]:
        raise DataRefusedError(
            f"the run's table {table} lacks {', '.join(missing)}; another version made it: make the run again"
        )
