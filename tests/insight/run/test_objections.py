"""Whoever objects is left out: no run is made that could not hear of it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.insight.run.conftest import COMMAND, Partnership, changed_pack, surname

from alongside.insight.run_folder import Run, open_run

NOTED = """
source: noted
title: People who object, as noted in Alongside
organisation: council
purposes: [early_help]
files: "objections_alongside*.csv"
refresh: once
schema:
  fields: [{name: record, type: string}, {name: since, type: date}]
identity: {record: record, forename: forename, surname: surname, date_of_birth: dob, postcode: postcode}
factors:
  - {code: noted, title: Said no to lists, kind: context, value: "bool_or(since is not null)"}
"""


def pack_that_hears_of_objections(area: Path, folder: Path) -> Path:
    """Return a copy of the pack that leaves out who said no to Alongside, as Riverside's does."""
    area = changed_pack(area, folder)
    care = area / "sources" / "care.yaml"
    care.write_text(care.read_text("utf-8").replace("code: objected", "code: objected_care"), "utf-8")
    (area / "sources" / "noted.yaml").write_text(NOTED, "utf-8")
    joined = '- {code: objected, title: Objected, kind: context, value: "any_true(objected_care, noted)"}'
    (area / "factors.yaml").write_text(f"factors:\n  {joined}\n", "utf-8")
    return area


def find_by_hand(
    area: Path, extracts: Path, out: Path, *more: str | Path, drop: Path
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "find", area, extracts, "--as-at", "2026-11-01", "--out", out, *more],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"ALONGSIDE_DROP": str(drop)},
    )


OBJECTING = (
    f"record,since,forename,surname,dob,postcode\n1,2026-10-30,Emrys,{surname(4)},1954-05-05,ZZ1 5AA\n"
)


@pytest.mark.proves("FIND-18")
def test_the_command_goes_by_the_objections_of_the_drop_folder_and_says_how_many(
    partnership: Partnership, tmp_path: Path
) -> None:
    area, drop = pack_that_hears_of_objections(partnership[0], tmp_path), tmp_path / "drop"
    drop.mkdir()

    def made(name: str, *more: str | Path, extracts: Path = partnership[1]) -> tuple[str, Run]:
        told = find_by_hand(area, extracts, tmp_path / name, *more, drop=drop)
        assert told.returncode == 0, told.stderr
        return told.stdout, open_run(tmp_path / name)

    said, run = made("none")
    assert "No objections recorded in Alongside were applied" in said
    assert run.manifest.counts["people_on_a_list"] == 19
    theirs = shutil.copytree(partnership[1], tmp_path / "extracts")
    (theirs / "objections_alongside_x.csv").write_text(OBJECTING, "utf-8")
    noted = drop / "objections_alongside.csv"
    other_name = tmp_path / "my_objections.csv"
    other_name.write_text(OBJECTING, "utf-8")
    makings: list[tuple[str, list[str | Path], Path, str]] = [
        ("a part", [], theirs, "objections_alongside_x.csv"),
        ("named", ["--objections", other_name], partnership[1], other_name.name),
        ("dropped", [], partnership[1], noted.name),
    ]
    for name, more, extracts, read in makings:
        if name == "dropped":
            noted.write_text(OBJECTING, "utf-8")
        said, run = made(name, *more, extracts=extracts)
        assert "Objections recorded in Alongside that were applied: 1." in said
        assert run.manifest.counts["people_on_a_list"] == 18
        assert read in run.manifest.inputs


@pytest.mark.proves("FIND-18")
@pytest.mark.parametrize("lies", ["named", "dropped", "extract"])
def test_no_run_is_made_by_a_pack_that_hears_of_no_objection_when_somebody_objects(
    partnership: Partnership, tmp_path: Path, lies: str
) -> None:
    drop, extracts = tmp_path / "drop", shutil.copytree(partnership[1], tmp_path / "extracts")
    drop.mkdir()
    noted = {"named": tmp_path / "mine.csv"}.get(
        lies, (drop if lies == "dropped" else extracts) / "objections_alongside.csv"
    )
    noted.write_text(OBJECTING, "utf-8")
    more = ["--objections", noted] if lies == "named" else []
    told = find_by_hand(partnership[0], extracts, tmp_path / "run", *more, drop=drop)
    assert told.returncode == 1
    assert "no source of the area pack reads it, so nobody would be left out. Add a source" in told.stderr
    assert not (tmp_path / "run").exists()


@pytest.mark.proves("FIND-18")
@pytest.mark.parametrize(
    "content", [b"", b"record,since,forename,surname,dob,postcode\n", bytes(range(256)) * 9]
)
def test_no_run_is_made_when_who_objects_cannot_be_read(
    partnership: Partnership, tmp_path: Path, content: bytes
) -> None:
    area, noted = pack_that_hears_of_objections(partnership[0], tmp_path), tmp_path / "mine.csv"
    noted.write_bytes(content)
    told = find_by_hand(
        area, partnership[1], tmp_path / "run", "--objections", noted, drop=tmp_path / "nowhere"
    )
    assert told.returncode == 1, told.stdout
    assert "who objects cannot be read, so there is no run" in told.stderr
    assert not (tmp_path / "run").exists()
