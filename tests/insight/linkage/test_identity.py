"""Person ids from run to run: nothing changes where nothing changed, and all that changed is told."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.insight.linkage.conftest import NHS, Linked, LinkTown, Row, town
from tools.tree import ROOT

from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.linkage.identity import give_ids, mint

KEY = b"a key of the tests"
ROWS, _ = town(households=130)
HEADINGS = "source_a,record_a,source_b,record_b,decision\n"
Event = tuple[str, str, str | None, int]


def renamed(
    people: dict[str, int], before: dict[str, str], folder: Path
) -> tuple[dict[str, str], list[Event]]:
    """Give ids to groups (record to group), after a run in which records had the persons of ``before``."""
    engine = DuckDBBackend(work_dir=folder)
    text = pa.string()
    members = {"source": ["s"] * len(people), "record_id": list(people), "group_id": list(people.values())}
    members["first"] = [
        record == min(each for each in people if people[each] == people[record]) for record in people
    ]
    engine.register(
        "members",
        pa.table(
            members,
            schema=pa.schema(
                [("source", text), ("record_id", text), ("group_id", pa.int64()), ("first", pa.bool_())]
            ),
        ),
    )
    file = folder / "before.parquet"
    links = {"source": ["s"] * len(before), "record_id": list(before), "person_id": list(before.values())}
    pq.write_table(pa.table(links, schema=pa.schema([(name, text) for name in links])), file)
    engine.read_parquet("links_before", file)
    engine.create("before", "select * from links_before")
    give_ids(engine, key=KEY, told=True)
    person = {
        row["group_id"]: row["person_id"] for row in engine.arrow("select * from group_person").to_pylist()
    }
    events = [
        tuple(row.values())
        for row in engine.arrow(
            "select event, person_id, other_person_id, records from identity_events"
        ).to_pylist()
    ]
    engine.close()
    return {record: person[group] for record, group in people.items()}, events  # type: ignore[return-value]


CASES: list[tuple[str, dict[str, str], dict[str, int], list[tuple[str, str, str | None, int]]]] = [
    ("unchanged", {"a": "P", "b": "P", "c": "Q"}, {"a": 1, "b": 1, "c": 2}, []),
    ("new", {"a": "P"}, {"a": 1, "b": 2}, [("new", "b", None, 1)]),
    ("one more record", {"a": "P"}, {"a": 1, "b": 1}, []),
    ("merged", {"a": "P", "b": "P", "c": "Q"}, {"a": 1, "b": 1, "c": 1}, [("merged", "P", "Q", 1)]),
    ("split", {"a": "P", "b": "P", "c": "P"}, {"a": 1, "b": 1, "c": 2}, [("split", "c", "P", 1)]),
    (
        "moved",
        {"a": "P", "b": "P", "c": "Q", "d": "Q"},
        {"a": 1, "b": 2, "c": 2, "d": 2},
        [("moved", "Q", "P", 1)],
    ),
    ("gone", {"a": "P", "b": "Q"}, {"a": 1}, [("gone", "Q", None, 1)]),
    (
        "apart, the larger part into somebody else",
        {"a": "P", "b": "P", "c": "P", "d": "Q", "e": "Q", "f": "Q"},
        {"a": 1, "b": 1, "d": 1, "e": 1, "f": 1, "c": 2},
        [("merged", "Q", "P", 2), ("split", "c", "P", 1)],
    ),
]


@pytest.mark.proves("FIND-20")
@pytest.mark.parametrize(
    ("before", "people", "events"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_each_kind_of_change_is_told_and_no_other(
    tmp_path: Path, before: dict[str, str], people: dict[str, int], events: list[Event]
) -> None:
    ids, told = renamed(people, before, tmp_path)
    names = {"P": "P", "Q": "Q"} | {
        record: ids[record] for record in people
    }  # a new id is named by its record here
    assert told == sorted(
        (event, names[person], names[other] if other else None, records)
        for event, person, other, records in events
    )


def test_the_page_of_the_run_folder_tells_of_every_kind_of_event() -> None:
    page = (ROOT / "docs" / "reference" / "run-folder.md").read_text(encoding="utf-8")
    kinds = {event for case in CASES for event, *_ in case[3]}
    assert kinds == {"new", "merged", "moved", "split", "gone"}
    assert not [kind for kind in kinds if f"\n| `{kind}` |" not in page]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("PQRS"), max_size=8),
    people=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3), max_size=8),
)
def test_whatever_comes_apart_and_together_ids_are_one_each_and_every_move_is_told(
    tmp_path: Path, before: dict[str, str], people: dict[str, int]
) -> None:
    ids, events = renamed(people, before, tmp_path)
    groups: dict[str, set[int]] = {}
    for record, person in ids.items():
        groups.setdefault(person, set()).add(people[record])
    assert all(len(each) == 1 for each in groups.values())
    assert len(groups) == len(set(people.values()))
    told = {(person, other) for event, person, other, _ in events if event in ("merged", "moved", "split")}
    moves = {
        (ids[record], before[record]) for record in ids if record in before and ids[record] != before[record]
    }
    assert told == moves
    assert {person for event, person, _, _ in events if event == "gone"} == set(before.values()) - {
        before[record] for record in people if record in before
    }
    new = {
        person for person in groups if not any(ids[record] == person and record in before for record in ids)
    }
    assert {person for event, person, _, _ in events if event == "new"} == new
    minted = set(groups) - set(before.values())
    assert all(len(person) == 14 and person[0] == "P" for person in minted)


def test_an_id_somebody_had_is_never_minted_for_somebody_else(tmp_path: Path) -> None:
    taken = mint(KEY, ["s|a"])[0]
    ids, _ = renamed({"a": 1, "b": 2, "c": 2}, {"b": taken, "c": taken}, tmp_path)
    assert ids["b"] == taken
    assert ids["a"] not in (taken, None)


def test_an_id_cannot_be_worked_out_without_the_key() -> None:
    assert mint(b"one", ["s|a"]) != mint(b"other", ["s|a"])
    assert mint(b"one", ["s|b", "s|a"])[1:] == mint(b"one", ["s|a"])


@pytest.fixture(scope="module")
def first(link: LinkTown) -> Linked:
    return link(ROWS)


def ids(linked: Linked) -> dict[tuple[str, str], str | None]:
    return {(row["source"], row["record_id"]): row["person_id"] for row in linked.tables["links"]}


@pytest.mark.proves("FIND-20")
def test_the_same_records_again_are_the_same_people_under_the_same_ids_and_nothing_is_told(
    link: LinkTown, first: Linked
) -> None:
    again = link(list(reversed(ROWS)), previous=first.folder)
    assert again.report.went_on_from_previous
    assert again.report.pairs == 0
    assert ids(again) == ids(first)
    assert again.events() == []
    for name in ("links", "edges", "review", "fingerprints"):
        assert sorted(map(str, again.tables[name])) == sorted(map(str, first.tables[name])), name


def test_two_runs_that_know_nothing_of_each_other_give_the_same_ids(link: LinkTown, first: Linked) -> None:
    assert ids(link(list(reversed(ROWS)))) == ids(first)


NEW: Row = {
    "source": "housing",
    "id": "new1",
    "forename": "Thandiwe",
    "surname": "Fernhollow",
    "born": "1988-03-03",
    "sex": "F",
    "postcode": "ZX9 9ZZ",
    "address": "3 Yew Road",
    "phone": None,
}


@pytest.mark.proves("FIND-20")
def test_one_record_more_changes_that_and_nothing_else(link: LinkTown, first: Linked) -> None:
    more = link([*ROWS, NEW], previous=first.folder)
    assert more.report.went_on_from_previous
    found = ids(more)
    person = found.pop(("housing", "new1"))
    assert found == ids(first)
    assert more.events() == [("new", person, None, 1)]


def test_decisions_hold_in_every_later_run(link: LinkTown, first: Linked) -> None:
    pair = next(sorted(person) for person in first.people() if len(person) == 2)
    decision = f"{HEADINGS}{','.join(pair[0])},{','.join(pair[1])},different\n"
    parted = link(ROWS, previous=first.folder, decisions=decision)
    events = [event for event, *_ in parted.events()]
    assert events == ["split"]
    again = link(ROWS, previous=parted.folder, decisions=decision)
    assert again.events() == []
    assert ids(again) == ids(parted)


BRIDGE: list[Row] = [
    {
        "source": "council",
        "id": "b1",
        "forename": "Absalom",
        "surname": "Greenthwaite",
        "born": "1961-05-05",
        "sex": "M",
        "postcode": "ZX4 4BB",
        "address": "8 Rowan Road",
        "phone": "01632 960880",
    },
    {
        "source": "health",
        "id": "b2",
        "forename": "Absalom",
        "surname": "Greenthwaite",
        "born": "1996-10-21",
        "sex": "F",
        "postcode": "ZX7 7DD",
        "address": "80 Poplar Road",
        "phone": "01632 960881",
        "nhs": NHS[5],
    },
]
BETWEEN: Row = {
    **BRIDGE[1],
    "source": "housing",
    "id": "b3",
    "born": "1961-05-05",
    "phone": "01632 960880",
    "sex": None,
}


def test_going_on_from_a_run_also_counts_what_spoke_against_two_whom_a_new_record_stands_between(
    link: LinkTown,
) -> None:
    """The two were compared before, and forgotten as unlikely."""
    before = link([*ROWS, *BRIDGE])
    assert before.edge("council/b1", "health/b2") is None
    whole = link([*ROWS, *BRIDGE, BETWEEN])
    onward = link([*ROWS, *BRIDGE, BETWEEN], previous=before.folder)
    assert onward.report.went_on_from_previous
    for linked in (whole, onward):
        against = linked.edge("council/b1", "health/b2")
        assert against is not None
        assert against["probability"] < 0.05
    assert onward.people() == whole.people()
