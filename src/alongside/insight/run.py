"""The pipeline, as one page: the stages of ARCHITECTURE.md in code. Data goes one way, top to bottom."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from shutil import rmtree
from typing import Any, Literal

from alongside.area import AreaPack, load_area, overdue
from alongside.errors import AskedWronglyError, DataRefusedError
from alongside.insight.backends import Backend
from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.cleaning import clean_records
from alongside.insight.factors import compute_factors, unread_exclusions, unread_in_words
from alongside.insight.intake import Intake, read_extracts
from alongside.insight.linkage import (
    DECISIONS,
    NotFollowed,
    link_records,
    read_decisions,
    write_decisions,
)
from alongside.insight.pack_copy import DEFINITIONS, POLICIES, WORDS, definitions_of, words_of
from alongside.insight.people import build_people
from alongside.insight.progress import Progress, Silent, Stages
from alongside.insight.report import gather, render
from alongside.insight.run_folder import (
    MANIFEST,
    FileMark,
    Key,
    Manifest,
    Run,
    key_for,
    key_there,
    mark,
    marks,
    open_previous,
    versions,
    whole_or_nothing,
    write_json,
    write_tables,
)
from alongside.insight.stratification import stratify

BackendName = Literal["duckdb", "spark"]
WORK = "work"
"""Where a run keeps what it needs while it runs: everybody's typed rows. Gone before the folder appears."""


@dataclass(frozen=True)
class Found:
    """A run that was made: where, what became of each extract, and how long each stage took (seconds)."""

    run: Run
    intake: Intake
    seconds: dict[str, float]
    doubts: tuple[str, ...] = ()
    """Sentences on whom lists could not leave out, on answers of clerks that were not followed, and on a day
    that does not fit the extracts or the run before."""

    @property
    def objections(self) -> int | None:
        """How many objections recorded in Alongside the lists respect; None if there was no file of them."""
        return self.intake.objections

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "run": str(self.run.folder),
            "as_at": self.run.manifest.as_at.isoformat(),
            "counts": self.run.manifest.counts,
            "objections": self.objections,
            "warnings": list(self.doubts),
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.seconds.items()},
            **self.intake.to_dict(),
        }


def find(
    area: Path,
    extracts: Path,
    *,
    as_at: date,
    out: Path,
    previous: Path | None = None,
    decisions: Path | None = None,
    objections: Path | None = None,
    key_file: Path | None = None,
    keep_identity: bool = False,
    replace_run: bool = False,
    backend: BackendName = "duckdb",
    progress: Progress | None = None,
) -> Found:
    """Make a run: extracts in, an explained and routed list out, in a folder that is whole or not there.

    Args:
        area: folder of the area pack.
        extracts: folder of the agencies' files.
        as_at: the day the run is for; nothing later counts.
        out: the run folder to make.
        previous: a run whose person ids stay what they are, and whose decisions hold.
        decisions: a clerk's CSV of pairs that are, or are not, one person; newer than those of ``previous``.
        objections: who objects, as Alongside wrote it elsewhere; read where the extracts have no such file.
            No run is made that cannot leave out who objects, because no source reads the file or it is empty.
        key_file: the key of person ids; see ``run_folder.key_for``.
        keep_identity: keep who everybody is, not only people on a list.
        replace_run: put the new folder in the place of the one at ``out``.
        backend: the engine.
        progress: told of every stage.

    Raises:
        AskedWronglyError: a path, key or option is wrong; the message says which and what would be right.
        DataRefusedError: the area pack, every extract, the decisions or the previous run is refused.
    """
    _out_is_apart(out, area, extracts, *([objections] if objections else []))
    stages = Stages(progress or Silent())
    with stages.stage("Reading the area pack"):
        pack = load_area(area)
        key = key_there(out, key_file)
        before = _before(previous, out, key, pack) if previous else None
        read_decisions(decisions)
        _say_before(stages.progress, pack, as_at)
    with whole_or_nothing(out, replace=replace_run) as folder, ExitStack() as opened:
        work = folder / WORK
        work.mkdir(mode=0o700)

        with stages.stage("Taking in the extracts"):
            intake = read_extracts(
                pack,
                extracts,
                as_at=as_at,
                work_dir=work,
                objections=objections,
                previous_quality=_quality_of(before),
                progress=stages.progress,
            )
            _objections_were_read(intake)
            _some_were_read(intake, extracts)
            key = key or _new_key(stages.progress, out, key_file)  # not before: a refused run leaves none

        engine = opened.enter_context(closing(_engine(backend, work)))
        with stages.stage("Cleaning"):
            clean_records(engine, pack.sources, intake.typed, as_at=as_at)
        with stages.stage("Linking records to people"):
            linked = link_records(
                engine,
                pack,
                key=key.secret,
                previous=before.folder if before else None,
                decisions=decisions,
                progress=stages.progress,
            )
        with stages.stage("Gathering people and households"):
            build_people(engine, as_at=as_at)
        with stages.stage("Working out facts"):
            unread = unread_exclusions(pack, intake)
            compute_factors(
                engine,
                pack,
                typed=intake.typed,
                as_at=as_at,
                before=before.path("factors.parquet") if before else None,
                unread=unread,
            )
        with stages.stage("Making the lists"):
            lists = stratify(engine, pack, as_at=as_at, seed=pack.linkage.seed)
        with stages.stage("Writing the report"):
            figures = gather(engine, pack, as_at=as_at, intake=intake, lists=lists, previous=before)
            (folder / "report.html").write_text(render(figures), encoding="utf-8")
        with stages.stage("Writing the run folder"):
            write_tables(engine, folder, keep_identity=keep_identity)
            intake.rejects.rename(folder / "rejects.parquet")
            write_json(
                folder / "quality.json",
                intake.to_dict()
                | {
                    "left_out": {"not_read": unread, "as_known_on": before and before.manifest.as_at},
                    "not_followed": [asdict(each) for each in linked.not_followed],
                },
            )
            write_json(folder / POLICIES, _policies(pack))
            write_json(folder / WORDS, words_of(pack))
            write_json(folder / DEFINITIONS, definitions_of(pack))
            write_json(folder / "linkage" / "model.json", linked.model)
            write_decisions(linked.decisions, folder / DECISIONS)
            counts = _counts(engine)
            opened.close()
            rmtree(work)
            manifest = Manifest(
                area=pack.area.area,
                as_at=as_at,
                seed=pack.linkage.seed,
                backend=backend,
                key_fingerprint=key.fingerprint,
                kept_identity=keep_identity,
                pack=pack.hash,
                inputs=_inputs(intake),
                decisions=mark(decisions) if decisions else None,
                previous=mark(before.folder / MANIFEST) if before else None,
                counts=counts,
                versions=versions(),
                outputs=marks(folder),
            )
            manifest.write(folder)
        write_json(folder / "timings.json", {"seconds": stages.seconds})
    doubts = _doubts(as_at, pack, intake, before, linked.not_followed)
    return Found(Run(out, manifest), intake, stages.seconds, doubts)


def _out_is_apart(out: Path, *read: Path) -> None:
    """Refuse to put a run in the place of what it is made from, or into it: the next run would read it."""
    for folder in read:
        if folder.is_dir() and folder.resolve() in out.resolve().parents:
            raise AskedWronglyError(
                f"--out {out} is inside the folder {folder} that the run is made from; choose another --out"
            )
        if folder.resolve().is_relative_to(out.resolve()):
            raise AskedWronglyError(
                f"--out {out} is, or contains, the folder {folder} that the run is made from; choose another "
                "--out"
            )


def _before(previous: Path, out: Path, key: Key | None, pack: AreaPack) -> Run:
    if key is None:
        raise AskedWronglyError(
            f"the run at {previous} was made with another key, not one beside {out}, so its person ids "
            "cannot be kept; name the key it was made with (--key), or start again without --previous"
        )
    return open_previous(previous, key=key, area=pack.area.area)


def _new_key(progress: Progress, out: Path, key_file: Path | None) -> Key:
    key = key_for(out, key_file)
    if key.made:
        progress.said(
            f"a new key for person ids was made in {key.path}; keep it safe: without it the ids change"
        )
    return key


def _say_before(progress: Progress, pack: AreaPack, as_at: date) -> None:
    for problem in [*pack.warnings, *overdue(pack, as_at)]:
        progress.said(str(problem))


def _quality_of(before: Run | None) -> dict[str, Any] | None:
    """Each source's quality in the run before, which says what is usual for it."""
    if before is None:
        return None
    told = before.json("quality.json")["sources"]
    return {code: source["quality"] for code, source in told.items() if source["quality"]}


def _objections_were_read(intake: Intake) -> None:
    """Refuse to make lists when a file says who objects and cannot be used: nobody would be left out."""
    for code in intake.objecting:
        source = intake.sources[code]
        empty = ", ".join(file.name for file in source.files if not file.rows)
        if source.status == "read" and not empty:
            continue
        why = f"there are no rows in {empty}" if empty else source.why
        raise DataRefusedError(
            f"who objects cannot be read, so there is no run: somebody who objects could be listed. {code}: "
            f"{why}. Have Alongside write the file again, or remove it if nobody objects"
        )


def _doubts(
    as_at: date, pack: AreaPack, intake: Intake, before: Run | None, not_followed: Sequence[NotFollowed]
) -> tuple[str, ...]:
    """Say whom no extract could leave out, whom clerks could not join, and if the day is likely a mistake.

    A wrong year makes a run in which nothing counts.
    """
    doubts = unread_in_words(pack, intake, before=before.manifest.as_at if before else None)
    if not_followed:
        systems = ", ".join(sorted({each.system.replace("_", " ") for each in not_followed}))
        doubts.append(
            f"Answers of clerks that were not followed: {len(not_followed):,}. Each would make one person of "
            f"two numbers that both pass their check ({systems}). quality.json has the people, in "
            "not_followed; the page of doubtful links has the answers, so that they can be given anew."
        )
    if before is not None and as_at < before.manifest.as_at:
        doubts.append(
            f"The day of the run, {as_at}, is before that of the previous run, {before.manifest.as_at}: is "
            "the year right?"
        )
    if ahead := intake.rows_ahead():
        told = "; ".join(f"{code}: {rows:,} of {dated:,}" for code, (rows, dated) in ahead.items())
        doubts.append(
            f"Many rows are dated after {as_at}, the day of the run, and nothing later counts ({told}): is "
            "the year right?"
        )
    return tuple(doubts)


def _some_were_read(intake: Intake, extracts: Path) -> None:
    if intake.typed:
        return
    reasons = "".join(f"\n  {code}: {found.why}" for code, found in intake.sources.items())
    raise DataRefusedError(f"none of the extracts in {extracts} could be used, so there is no run:{reasons}")


def _engine(backend: BackendName, work: Path) -> Backend:
    if backend == "duckdb":
        return DuckDBBackend(work_dir=work)
    try:
        from alongside.insight.backends.spark import SparkBackend
    except ModuleNotFoundError:
        raise AskedWronglyError(
            "the Spark engine is not installed; install it with: pip install 'alongside[spark]', or leave "
            "--backend out"
        ) from None
    return SparkBackend(work_dir=work)


def _policies(pack: AreaPack) -> dict[str, Any]:
    """The policies as they stood, for a later dry run to compare with."""
    return {
        name: policy.model_dump(mode="json", by_alias=True) for name, policy in sorted(pack.policies.items())
    }


def _inputs(intake: Intake) -> dict[str, FileMark]:
    files = [file for source in intake.sources.values() for file in source.files]
    return {file.name: FileMark(sha256=file.sha256, size=file.bytes) for file in files}


def _counts(engine: Backend) -> dict[str, int]:
    """Count what the manifest tells."""
    queries = {
        "records": "select count(*) from links",
        "people": "select count(distinct person_id) from links",
        "doubtful_pairs": "select count(*) from review",
        "people_on_a_list": "select count(distinct person_id) from cohort",
    }
    return {name: engine.arrow(query).column(0)[0].as_py() for name, query in queries.items()}
