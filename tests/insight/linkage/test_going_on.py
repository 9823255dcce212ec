"""Going on from an earlier run: what nothing new comes near is taken over, and nobody is the worse for it."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.insight.linkage.conftest import Linked, LinkTown, Row, pack_with, town
from tests.insight.linkage.test_identity import BETWEEN, BRIDGE

ROWS, _ = town(households=90, seed=11)
HEADINGS = "source_a,record_a,source_b,record_b,decision\n"
TABLES = ("links", "review", "edges", "identity_events")


def another_day(rows: list[Row], seed: int) -> list[Row]:
    """Some records gone, some said otherwise, some copied under another number, and a few new people."""
    rng = np.random.Generator(np.random.PCG64(seed))
    left = [dict(row) for row in rows if rng.random() > 0.02]
    for at in rng.choice(len(left), 12, replace=False):
        row = left[at]
        match int(rng.integers(0, 4)):
            case 0:
                row["surname"] = left[int(rng.integers(len(left)))]["surname"]
            case 1:
                row["postcode"], row["address"] = "ZX9 9ZZ", "7 Yew Road"
            case 2:
                row["born"] = None
            case _:
                left.append({**row, "id": f"copy{seed}-{at}"})
    some = [left[int(at)] for at in rng.choice(len(left), 4, replace=False)]
    left += [{**row, "id": f"new{seed}-{at}", "forename": "Thandiwe"} for at, row in enumerate(some)]
    return left  # type: ignore[return-value]


def all_again(folder: Path, to: Path) -> Path:
    """The same earlier run, as if its people had been decided by other settings: everybody is touched."""
    shutil.copytree(folder, to)
    model = to / "linkage" / "model.json"
    told = json.loads(model.read_text(encoding="utf-8"))
    model.write_text(json.dumps(told | {"settings": {"linked": "otherwise"}}), encoding="utf-8")
    return to


def same(one: Linked, other: Linked) -> None:
    for table in TABLES:
        assert sorted(map(str, one.tables[table])) == sorted(map(str, other.tables[table])), table
    assert one.report.people == other.report.people


@pytest.mark.proves("FIND-20")
@pytest.mark.parametrize("seed", range(1, 6))
def test_taking_over_who_is_untouched_gives_what_deciding_on_everybody_again_gives(
    link: LinkTown, tmp_path: Path, seed: int
) -> None:
    linked, rows = link(ROWS), ROWS
    for day in range(3):
        rows = another_day(rows, 10 * seed + day)
        onward = link(rows, previous=linked.folder)
        again = link(rows, previous=all_again(linked.folder, tmp_path / str(day)))
        assert onward.report.went_on_from_previous
        assert again.report.went_on_from_previous
        same(onward, again)
        assert {(row["source"], row["record_id"]) for row in onward.tables["fingerprints"]} == {
            (row["source"], row["record_id"]) for row in onward.tables["links"] if row["person_id"]
        }
        linked = onward


def test_a_decision_made_or_taken_back_touches_its_two_people(link: LinkTown, tmp_path: Path) -> None:
    first = link(ROWS)
    one, other = next(sorted(person) for person in first.people() if len(person) == 2)
    stranger = next(sorted(person)[0] for person in first.people() if one not in person)
    pair = f"{','.join(one)},{','.join(other)}"
    lines = f"{HEADINGS}{pair},different\n{','.join(one)},{','.join(stranger)},same\n"
    decided = link(ROWS, previous=first.folder, decisions=lines)
    same(decided, link(ROWS, previous=all_again(first.folder, tmp_path / "a"), decisions=lines))
    back = link(ROWS, previous=decided.folder, decisions=f"{HEADINGS}{pair},withdrawn\n")
    same(
        back,
        link(
            ROWS,
            previous=all_again(decided.folder, tmp_path / "b"),
            decisions=f"{HEADINGS}{pair},withdrawn\n",
        ),
    )
    assert back.person(f"{one[0]}/{one[1]}") == back.person(f"{other[0]}/{other[1]}")


@pytest.mark.parametrize("linked", [0.06, 0.999], ids=["looser", "stricter"])
def test_other_bands_decide_on_everybody_again(link: LinkTown, linked: float) -> None:
    """With looser ones a chain holds pairs that were forgotten: what speaks against them counts too."""
    rows: list[Row] = [*ROWS, *BRIDGE, {**BETWEEN, "born": None, "surname": "Grant"}]
    first = link(rows)
    assert first.edge("council/b1", "health/b2") is None
    other = pack_with(linkage={"bands": {"linked": linked, "doubtful": 0.05}})
    onward, whole = link(rows, pack=other, previous=first.folder), link(rows, pack=other)
    assert onward.report.went_on_from_previous
    for table in ("edges", "review"):
        said = [
            sorted(str({**row, "person_l": None, "person_r": None}) for row in run.tables[table])
            for run in (onward, whole)
        ]
        assert said[0] == said[1], table
    assert onward.people() == whole.people() != first.people()


def test_an_earlier_run_that_was_judged_otherwise_is_not_gone_on_from(link: LinkTown, tmp_path: Path) -> None:
    first = link(ROWS)
    older = shutil.copytree(first.folder, tmp_path / "older")
    model = older / "linkage" / "model.json"
    told = json.loads(model.read_text(encoding="utf-8"))
    model.write_text(json.dumps(told | {"format": 1}), encoding="utf-8")
    onward = link(ROWS, previous=older)
    assert not onward.report.went_on_from_previous
    assert onward.people() == first.people()
    assert onward.events() == []
