"""What a run folder holds, and that a changed one is noticed."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.errors import AskedWronglyError, DataRefusedError
from alongside.insight.run_folder import Key, key_for, mark, open_previous, open_run
from alongside.insight.run_folder.cohort_csv import as_cell

MakeRun = Callable[..., Path]


def people_in(run: Path, name: str) -> set[str]:
    return set(pq.read_table(run / name).column("person_id").to_pylist())


def test_identity_is_kept_only_of_people_on_a_list(make_run: MakeRun) -> None:
    run = make_run()
    assert people_in(run, "identity/people.parquet") == {"p1"}
    assert people_in(run, "identity/records.parquet") == {"p1"}
    assert people_in(run, "facts.parquet") == {"p1"}
    assert people_in(run, "factors.parquet") == {"p1", "p2", "p3"}


def test_identity_of_everybody_is_kept_when_asked_for(make_run: MakeRun) -> None:
    run = make_run(keep_identity=True)
    assert people_in(run, "identity/people.parquet") == {"p1", "p2", "p3"}
    assert pq.read_table(run / "identity" / "records.parquet").num_rows == 3, "a record of nobody is nobody's"


def test_every_record_has_its_link_even_one_that_names_nobody(make_run: MakeRun) -> None:
    links = pq.read_table(make_run() / "links.parquet").to_pylist()
    assert [(row["source"], row["record_id"], row["person_id"]) for row in links] == [
        ("fire", "f1", "p1"),
        ("fire", "f2", None),
        ("rent", "r1", "p1"),
        ("rent", "r2", "p2"),
    ]


def test_all_files_are_their_owners_alone(make_run: MakeRun) -> None:
    run = make_run()
    modes = {path.stat().st_mode & 0o777 for path in run.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_the_same_tables_give_the_same_bytes(make_run: MakeRun) -> None:
    one, other = make_run("one"), make_run("other")
    for path in sorted(path for path in one.rglob("*") if path.is_file()):
        assert path.read_bytes() == (other / path.relative_to(one)).read_bytes(), path.name


def test_a_cell_that_would_run_as_a_formula_is_written_as_text(make_run: MakeRun) -> None:
    with (make_run() / "cohort.csv").open(encoding="utf-8-sig", newline="") as stream:
        [row] = csv.DictReader(stream)
    assert row["reasons"] == "'=cmd|'/c calc'!A1; owes rent"
    assert row["route"] == "'@team"
    assert row["rank"] == "1"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r1", " =1", "\x00=1", "\uff1d1"])
def test_every_way_to_begin_a_formula_is_made_harmless(text: str) -> None:
    assert as_cell(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "cell"), [(-3, "-3"), (None, ""), (True, "yes"), ("a = b", "a = b"), ([], "")]
)
def test_other_values_stay_as_they_are(value: object, cell: str) -> None:
    assert as_cell(value) == cell


def test_a_finished_run_opens(make_run: MakeRun) -> None:
    run = open_run(make_run())
    assert run.manifest.counts == {"records": 4}
    assert run.table("cohort.parquet", ["person_id"]).to_pylist() == [{"person_id": "p1"}]


@pytest.mark.parametrize("name", ["cohort.parquet", "cohort.csv", "linkage/edges.parquet"])
def test_a_run_changed_afterwards_is_refused_by_the_name_of_the_file(make_run: MakeRun, name: str) -> None:
    run = make_run()
    content = bytearray((run / name).read_bytes())
    content[len(content) // 2] ^= 1
    (run / name).write_bytes(content)
    with pytest.raises(DataRefusedError, match=f"changed after it was written.*{name}"):
        open_run(run)


def test_a_run_with_a_file_gone_is_refused(make_run: MakeRun) -> None:
    run = make_run()
    (run / "links.parquet").unlink()
    with pytest.raises(DataRefusedError, match=r"links\.parquet"):
        open_run(run)


def test_the_clock_stands_only_in_a_file_the_manifest_does_not_tell_of(make_run: MakeRun) -> None:
    run = make_run()
    assert "timings.json" not in open_run(run).manifest.outputs
    (run / "timings.json").unlink()
    open_run(run)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": "alongside-run/99"}', '{"format": "alongside-run/1"}']
)
def test_a_damaged_manifest_is_told_in_a_sentence(make_run: MakeRun, text: str) -> None:
    run = make_run()
    (run / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataRefusedError, match="make the run again"):
        open_run(run)


def test_a_folder_that_is_no_run_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(DataRefusedError, match="not a run folder"):
        open_run(tmp_path)
    with pytest.raises(AskedWronglyError, match="there is no folder"):
        open_run(tmp_path / "nowhere")


def test_a_previous_run_is_followed_only_with_its_own_key_and_area(
    make_run: MakeRun, key: Key, tmp_path: Path
) -> None:
    run = make_run()
    assert open_previous(run, key=key, area="riverside").folder == run
    with pytest.raises(AskedWronglyError, match="a different key"):
        open_previous(run, key=key_for(tmp_path / "elsewhere" / "run", None), area="riverside")
    with pytest.raises(AskedWronglyError, match="of the area riverside"):
        open_previous(run, key=key, area="hillside")


def test_no_file_holds_the_key(make_run: MakeRun, key: Key) -> None:
    run = make_run()
    assert (
        json.loads((run / "manifest.json").read_text(encoding="utf-8"))["key_fingerprint"] == key.fingerprint
    )
    for path in run.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert key.secret not in content, path.name
            assert key.secret.hex().encode() not in content, path.name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("links.parquet", b"no Parquet"),
        ("cohort.parquet", None),
        ("quality.json", b"[]"),
        ("quality.json", b"no JSON"),
    ],
)
def test_a_previous_run_of_another_shape_is_refused_by_name_though_its_hashes_fit(
    make_run: MakeRun, key: Key, name: str, content: bytes | None
) -> None:
    run = make_run()
    if content is None:
        pq.write_table(pa.table({"person_id": [1]}), run / name)
    else:
        (run / name).write_bytes(content)
    manifest = json.loads((run / "manifest.json").read_text("utf-8"))
    manifest["outputs"][name] = mark(run / name).model_dump()
    (run / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(DataRefusedError, match=f"{run}.*make the run again"):
        open_previous(run, key=key, area="riverside")
