"""What no score overrules: checked numbers, sources that keep each person once, a clerk's word, no name."""

from collections.abc import Mapping

import pytest
from tests.insight.linkage.conftest import NHS, Linked, LinkTown, Row, pack_with, town

from alongside.errors import AskedWronglyError, DataRefusedError

HEADINGS = "source_a,record_a,source_b,record_b,decision,by\n"
ROWS, TRUTH = town(households=130)
ANN: Row = {
    "forename": "Annette", "surname": "Quillfeather", "born": "1971-04-09", "sex": "F", "postcode": "ZX3 4QQ",
    "address": "5 Larch Close", "phone": "01632 960777",
}  # fmt: skip


def as_seen(source: str, record: str, whole: Row = ANN, **changed: str | None) -> dict[str, str | None]:
    return {"source": source, "id": record, **whole, **changed}


def twin(forename: str, source: str, record: str) -> dict[str, str | None]:
    return as_seen(source, record, forename=forename, born="2014-02-11", sex="M", surname="Marlowe")


EXTRA: list[Mapping[str, str | None]] = [
    # two checked numbers, all else the same; and one record without a number that would chain them
    as_seen("health", "a1", nhs=NHS[0]),
    as_seen("council", "a2", nhs=NHS[1]),
    as_seen("housing", "a3"),
    # twins, seen by two agencies each
    twin("Oliver", "health", "t1"),
    twin("Oliver", "council", "t2"),
    twin("Jack", "health", "t3"),
    twin("Jack", "council", "t4"),
    # nobody named, at a known address
    {"source": "housing", "id": "n1", "postcode": "ZX3 4QQ", "address": "5 Larch Close", "sex": "F"},
    {"source": "housing", "id": "n2", "forename": "Unknown", "surname": "Male", "postcode": "ZX3 4QQ"},
    # the same in all that is said, three times
    as_seen("council", "d1", forename="Dervla", surname="Oakhanger", born="1960-01-31"),
    as_seen("council", "d2", forename="Dervla", surname="Oakhanger", born="1960-01-31"),
    as_seen("health", "d3", forename="Dervla", surname="Oakhanger", born="1960-01-31"),
]


@pytest.fixture(scope="module")
def linked(link: LinkTown) -> Linked:
    return link([*ROWS, *EXTRA])


@pytest.mark.proves("FIND-20")
def test_two_nhs_numbers_are_two_people_however_much_agrees_and_whoever_stands_between(
    linked: Linked,
) -> None:
    one, other = linked.person("health/a1"), linked.person("council/a2")
    assert one != other
    assert linked.person("housing/a3") in (one, other)


@pytest.mark.proves("FIND-20")
def test_twins_of_one_surname_birthday_and_home_are_two_people(linked: Linked) -> None:
    oliver, jack = linked.person("health/t1"), linked.person("health/t3")
    assert oliver == linked.person("council/t2")
    assert jack == linked.person("council/t4")
    assert oliver != jack


def test_a_report_that_names_nobody_stays_and_is_nobodys(linked: Linked) -> None:
    rows = [row for row in linked.tables["links"] if row["record_id"] in ("n1", "n2")]
    assert [(row["person_id"], row["probability"]) for row in rows] == [(None, None)] * 2
    assert len(linked.tables["links"]) == len(ROWS) + len(EXTRA)


def test_every_record_has_one_link_and_its_probability_is_one(linked: Linked) -> None:
    keys = [(row["source"], row["record_id"]) for row in linked.tables["links"]]
    assert len(keys) == len(set(keys))
    named = [row["probability"] for row in linked.tables["links"] if row["person_id"]]
    assert all(0.5 < likely <= 1 for likely in named)


@pytest.mark.proves("FIND-20")
def test_people_of_the_town_are_found_and_hardly_ever_made_into_one(linked: Linked) -> None:
    whole = [group for group in linked.people() if all(record in TRUTH for record in group)]
    mixed = [group for group in whole if len({TRUTH[record] for record in group}) > 1]
    found = [group for group in whole if len(group) == 2 and len({TRUTH[record] for record in group}) == 1]
    assert len(found) >= 0.95 * len(TRUTH) / 2
    assert len(mixed) <= 3


def test_records_that_say_the_same_are_compared_once(linked: Linked) -> None:
    nodes = {
        row["record_id"]: row["node_id"]
        for row in linked.tables["node_records"]
        if row["record_id"][0] == "d"
    }
    assert len(set(nodes.values())) == 1
    assert linked.person("council/d1") == linked.person("health/d3")


@pytest.mark.proves("FIND-20")
def test_a_clerk_can_tell_apart_what_is_the_same_in_every_cell(link: LinkTown) -> None:
    parted = link([*ROWS, *EXTRA], decisions=HEADINGS + "council,d1,council,d2,different,jm\n")
    assert parted.person("council/d1") != parted.person("council/d2")
    assert parted.person("health/d3") in (parted.person("council/d1"), parted.person("council/d2"))


@pytest.mark.proves("FIND-20")
def test_a_clerks_decisions_join_and_part_and_a_parted_pair_is_not_asked_again(
    link: LinkTown, linked: Linked
) -> None:
    doubt = min(linked.tables["review"], key=lambda row: (row["source_l"], row["record_l"], row["record_r"]))
    pair = f"{doubt['source_l']},{doubt['record_l']},{doubt['source_r']},{doubt['record_r']}"
    joined = link([*ROWS, *EXTRA], decisions=f"{HEADINGS}{pair},same,jm\n")
    one, other = pair.split(",")[:2], pair.split(",")[2:]
    assert joined.person("/".join(one)) == joined.person("/".join(other))
    parted = link([*ROWS, *EXTRA], decisions=f"{HEADINGS}{pair},different,jm\n")
    assert parted.person("/".join(one)) != parted.person("/".join(other))
    people = {parted.person("/".join(one)), parted.person("/".join(other))}
    assert people not in [{row["person_l"], row["person_r"]} for row in parted.tables["review"]]
    assert {doubt["person_l"], doubt["person_r"]} in [
        {row["person_l"], row["person_r"]} for row in linked.tables["review"]
    ]


@pytest.mark.parametrize(
    ("decisions", "said"),
    [
        ("health,t1,council,t2,same,jm\nhealth,t1,council,t2,different,jm\n", "line 3.*different people"),
        ("health,t1,council,t2,maybe,jm\n", "line 2.*same or different"),
        ("health,t1,health,t1,same,jm\n", "line 2.*two records"),
        ("health,,council,t2,same,jm\n", "line 2.*record_a is empty"),
    ],
)
def test_decisions_that_cannot_hold_are_refused_with_line_and_reason(
    link: LinkTown, decisions: str, said: str
) -> None:
    with pytest.raises(DataRefusedError, match=said):
        link(EXTRA, decisions=HEADINGS + decisions)


def test_a_decisions_file_without_its_columns_or_in_no_encoding_is_refused(link: LinkTown) -> None:
    with pytest.raises(DataRefusedError, match="source_a is missing"):
        link(EXTRA, decisions="one,other\n1,2\n")


def test_a_decisions_file_that_is_not_there_is_asked_wrongly() -> None:
    from pathlib import Path

    from alongside.insight.linkage.decisions import read_decisions

    with pytest.raises(AskedWronglyError, match="--decisions"):
        read_decisions(Path("nowhere.csv"))


def test_decisions_on_records_that_did_not_come_this_time_are_kept_and_counted(link: LinkTown) -> None:
    found = link(EXTRA, decisions=HEADINGS + "health,zz,council,t2,same,jm\n")
    assert found.report.decisions_not_here == 1


@pytest.mark.proves("FIND-20")
def test_a_source_that_keeps_each_person_once_never_has_two_records_in_one_person(link: LinkTown) -> None:
    again = [as_seen("health", "o1"), as_seen("health", "o2"), as_seen("council", "o3")]
    once = link([*ROWS, *again], pack=pack_with(once=["health"]))
    assert once.person("health/o1") != once.person("health/o2")
    assert once.person("council/o3") in (once.person("health/o1"), once.person("health/o2"))
    for person in once.people():
        assert sum(source == "health" for source, _ in person) <= 1
    often = link([*ROWS, *again])
    assert often.person("health/o1") == often.person("health/o2")


@pytest.mark.parametrize("number", range(4))
def test_a_handful_of_records_is_linked_without_a_warning(link: LinkTown, number: int) -> None:
    rows = [
        as_seen("health", "a1"),
        as_seen("council", "a2", forename="Anette"),
        twin("Jack", "health", "t3"),
    ][:number]
    found = link(rows)
    assert len(found.tables["links"]) == number
    assert all(row["person_id"] for row in found.tables["links"])
