"""Run folders: which there are, and what may be told about one."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.utils.translation import gettext as _
from pyarrow import ArrowException

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import CaseworkError, NotFoundError
from alongside.casework.sources.commands import releases
from alongside.casework.sources.models import Run
from alongside.casework.sources.queries import opened_folders
from alongside.casework.sources.rules import KnownOfAll, Pair, RunRead
from alongside.errors import DataRefusedError
from alongside.insight.linkage.decisions import KEPT as DECISIONS
from alongside.insight.linkage.decisions import Record, read_decisions
from alongside.insight.run_folder import MANIFEST, mark
from alongside.insight.run_folder import Run as RunFolder
from alongside.insight.run_folder import open_run as open_folder

_ELEMENTS = ("accurate", "valid", "reliable", "timely", "relevant", "complete")
REVIEW = "review.parquet"
FACTORS = "factors.parquet"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}")


class RunRefusedError(CaseworkError):
    """A run folder is incomplete, or was changed after it was written."""


def waiting_folders(actor: Actor) -> list[str]:
    """Return the names of the run folders nobody has opened here, the newest name first."""
    known = opened_folders(actor=actor)
    return [
        each.name
        for each in sorted(run_folders(), reverse=True)
        if known.get(each.name) != mark(each / MANIFEST).sha256
    ]


def open_run(*, actor: Actor, at: datetime, folder: str) -> Run:
    """Check a run folder and note the run; it then waits for an approver.

    Raises:
        NotFoundError: there is no such folder among the runs.
        RunRefusedError: it is incomplete, or was changed after it was written.
        OtherAreaError, OpenedAlreadyError: as the command of that name.
    """
    read = read_run(folder)
    known = known_of_all(opened(folder, reading=[FACTORS]))
    return releases.open_run(actor=actor, at=at, pack=area_pack(), read=read, known=known)


def read_run(folder: str) -> RunRead:
    """Read what may be told about a run, having checked every file in it.

    Raises:
        NotFoundError: there is no such folder among the runs.
        RunRefusedError: it is incomplete, or was changed after it was written.
    """
    run = opened(folder)
    with _as_a_run_has_it(folder, "quality.json"):
        told = run.json("quality.json")
        quality = {code: _quality(each) for code, each in told["sources"].items()}
        left_out = _LeftOut(**told.get("left_out", {}))
        not_followed = _not_followed(run, told.get("not_followed", []))
    with _as_a_run_has_it(folder, "policies.json"):
        policies = {name: _policy(policy, left_out) for name, policy in run.json("policies.json").items()}
    with _as_a_run_has_it(folder, "cohort.parquet"):
        tiers = _tiers(run)
    with _as_a_run_has_it(folder, REVIEW):
        pairs = tuple(pairs_in(run))
    return RunRead(
        folder=folder,
        manifest_hash=mark(run.folder / MANIFEST).sha256,
        area=run.manifest.area,
        as_at=run.manifest.as_at,
        counts=dict(run.manifest.counts),
        quality=quality,
        policies=policies,
        tiers=tiers,
        pairs=pairs,
        not_followed=not_followed,
    )


@contextmanager
def _as_a_run_has_it(folder: str, name: str) -> Iterator[None]:
    """Refuse a file that matches its manifest but is not what a run should have in it.

    Raises:
        RunRefusedError: it has another shape.
    """
    try:
        yield
    except (ArrowException, AttributeError, KeyError, TypeError, ValueError):
        raise RunRefusedError(
            _("%(file)s of the run %(run)s is not as a run should have it. Make the run again.")
            % {"file": name, "run": folder}
        ) from None


def runs_folder() -> Path:
    """Return the folder of run folders."""
    return Path(settings.RUNS_FOLDER)


def run_folders() -> list[Path]:
    """Return the run folders that look whole; ``opened`` checks them."""
    if not runs_folder().is_dir():
        return []
    return [
        each
        for each in runs_folder().iterdir()
        if not each.is_symlink() and _NAME.fullmatch(each.name) and (each / MANIFEST).is_file()
    ]


def opened(name: str, *, reading: Collection[str] | None = None) -> RunFolder:
    """Open a run by its name: no path, nothing outside the folder of runs, no link out of it.

    Args:
        name: of its folder.
        reading: the only files that will be read and so are checked; None checks every file of the run.

    Raises:
        NotFoundError: there is no such folder among the runs.
        RunRefusedError: it is incomplete, or was changed after it was written.
    """
    place = runs_folder() / name if _NAME.fullmatch(name) else None
    if place is None or not place.is_dir() or place.resolve().parent != runs_folder().resolve():
        raise NotFoundError(_("There is no such run in the folder of runs."))
    try:
        return open_folder(place, reading=reading)
    except DataRefusedError as refused:
        # the sentence is for a page: it names the run, not where the machine keeps it
        raise RunRefusedError(str(refused).replace(str(place), name)) from None


def _quality(told: Mapping[str, Any]) -> dict[str, Any]:
    elements = (told.get("quality") or {}).get("elements", {})
    timely = elements.get("timely", {}).get("details", {})
    return {
        "status": told["status"],
        "why": told["why"],
        "rows": told["rows_kept"],
        "rejected": told["rows_rejected"],
        "elements": {
            name: {key: elements[name][key] for key in ("figure", "unit", "sentence")}
            for name in _ELEMENTS
            if name in elements
        },
        "newest_days": timely.get("newest_days"),
    }


@dataclass(frozen=True)
class _LeftOut:
    """Exclusions of which a source was not read, and the day of the run that knew them instead."""

    not_read: Mapping[str, list[str]] = field(default_factory=dict)
    as_known_on: str | None = None


def _policy(policy: Mapping[str, Any], left_out: _LeftOut) -> dict[str, Any]:
    return {
        "title": policy["title"],
        "purpose": policy["purpose"],
        "owner": policy.get("owner"),
        "evidence": policy.get("evidence"),
        "tiers": [{"code": tier["code"], "title": tier.get("title")} for tier in policy["tiers"]],
        "routes": policy["routes"],
        "capacity_per_week": policy["capacity_per_week"],
        "excludes": policy["excludes"],
        "not_read": {
            code: sources for code, sources in left_out.not_read.items() if code in policy["excludes"]
        },
        "as_known_on": left_out.as_known_on,
    }


def _tiers(run: RunFolder) -> dict[str, dict[str, Any]]:
    listed = run.table("cohort.parquet", columns=["policy", "tier", "route", "within_capacity"])
    found: dict[str, dict[str, Any]] = {}
    for row in listed.to_pylist():
        tier = found.setdefault(row["policy"], {}).setdefault(
            row["tier"], {"people": 0, "within_capacity": 0, "routes": {}}
        )
        route = row["route"] or "none"
        tier["people"] += 1
        tier["within_capacity"] += bool(row["within_capacity"])
        tier["routes"][route] = tier["routes"].get(route, 0) + 1
    return found


def _not_followed(run: RunFolder, told: Sequence[Mapping[str, Any]]) -> dict[frozenset[Record], str]:
    """Each answer that the run did not follow: its records, which lead to the people who would be joined."""
    system = {frozenset(each["people"]): str(each["system"]) for each in told}
    if not system:
        return {}
    theirs = pc.field("person_id").isin([person for people in system for person in people])
    names = ["source", "record_id", "person_id"]
    rows = run.table("links.parquet", columns=names, where=theirs).to_pylist()
    person = {(row["source"], row["record_id"]): row["person_id"] for row in rows}
    return {
        decision.about: system[people]
        for decision in read_decisions(run.path(DECISIONS))
        if decision.same
        and (people := frozenset({person.get(decision.one, ""), person.get(decision.other, "")})) in system
    }


def known_of_all(run: RunFolder) -> KnownOfAll:
    """Return what an opened run knows of anybody that holds here at once, whoever is on its lists."""
    held = set(pq.read_schema(run.path(FACTORS)).names)

    def whom(factor: str) -> frozenset[str]:
        if factor not in held:
            return frozenset()
        table = run.table(FACTORS, columns=["person_id", factor])
        return frozenset(table.filter(pc.field(factor)).column("person_id").to_pylist())

    return KnownOfAll(whom("protected_address"), whom("deceased"), whom("objected"))


def pairs_in(run: RunFolder) -> list[Pair]:
    """Return the doubtful pairs of an opened run."""
    return [
        Pair(
            row["source_l"],
            row["record_l"],
            row["source_r"],
            row["record_r"],
            row["probability"],
            row["question"],
        )
        for row in run.table(REVIEW).to_pylist()
    ]
