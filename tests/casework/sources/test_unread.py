"""An extract that says whom to leave out was not read: whoever decides on a list is told what it means."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.casework.sources.asking import Ask, text_of
from tests.casework.sources.conftest import POLICY, RUN, WHY

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.sources import jobs
from alongside.casework.sources.models import Run
from alongside.insight.run_folder import MANIFEST, mark

pytestmark = pytest.mark.django_db
SAID = (
    "General practice register was not read, so it could leave nobody out for these reasons: they have died; "
    "they object to this use of their data. "
)


def opened_without(runs: Path, analyst: Actor, at: datetime, left_out: dict[str, Any] | None) -> Run:
    """The run as one that did not read what these rest on, opened."""
    path = runs / RUN / "quality.json"
    told = json.loads(path.read_text("utf-8"))
    del told["left_out"]
    path.write_text(json.dumps(told if left_out is None else told | {"left_out": left_out}), "utf-8")
    manifest = json.loads((runs / RUN / MANIFEST).read_text("utf-8"))
    manifest["outputs"]["quality.json"] = json.loads(mark(path).model_dump_json())
    (runs / RUN / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    return jobs.open_run(actor=analyst, at=at, folder=RUN)


@pytest.mark.parametrize(
    ("known", "meant"),
    [
        ("2026-10-25", "Whoever the run of 25 October 2026 knew that of is left out still."),
        (None, "No earlier run was there to say who they are: some of them may be on this list."),
    ],
)
def test_it_stands_beside_the_list_and_where_a_release_is_chosen_and_checked(
    ask: Ask, runs: Path, analyst: Actor, approver: Actor, together: Organisation, at: datetime,
    known: str | None, meant: str,
) -> None:  # fmt: skip
    not_read = {"deceased": ["gp_frailty"], "objected": ["gp_frailty"], "of_another_policy": ["police"]}
    run = opened_without(runs, analyst, at, {"not_read": not_read, "as_known_on": known})
    given = {"tiers": ["soon"], "organisations": [str(together.id)], "contact": "", "reason": WHY}
    release = (approver, "release", run.id, *POLICY.split("/"))
    assert text_of(ask(approver, "run", run.id)).count(SAID + meant) == len(run.policies)
    assert SAID + meant in text_of(ask(*release))
    check = text_of(ask(*release, posted=given))
    assert "Check your answers before you release anybody" in check
    assert SAID + meant in check


@pytest.mark.parametrize("left_out", [None, {"not_read": {}, "as_known_on": "2026-10-25"}])
def test_nothing_is_said_where_all_was_read_or_an_older_run_does_not_tell(
    ask: Ask, runs: Path, analyst: Actor, approver: Actor, at: datetime, left_out: dict[str, Any] | None
) -> None:
    run = opened_without(runs, analyst, at, left_out)
    assert "was not read" not in text_of(ask(approver, "run", run.id))


def test_a_run_that_tells_it_in_another_shape_is_refused(runs: Path, analyst: Actor, at: datetime) -> None:
    with pytest.raises(jobs.RunRefusedError, match=r"quality\.json"):
        opened_without(runs, analyst, at, {"something": "else"})
