"""Twins, and parent and child: two people of one home whom a pair of records alone takes for one."""

from collections.abc import Sequence

import pytest
from tests.insight.linkage.conftest import SOURCES, LinkTown, Row, pack_with, town

BOTH = [("oliver", "olivia"), ("eric", "erin"), ("maria", "marta"), ("harry", "harriet")]


def row(source: str, who: str, forename: str, born: str, **more: str) -> Row:
    return {
        "source": source, "id": f"{who}-{source}", "forename": forename, "surname": "Fernhollow",
        "born": born, "postcode": "ZX9 9ZZ", "address": "7 Yew Road", **more,
    }  # fmt: skip


def seen(who: str, forename: str, born: str, sources: Sequence[str] = SOURCES) -> list[Row]:
    return [row(source, who, forename, born) for source in sources]


@pytest.mark.parametrize(("one", "other"), BOTH)
def test_twins_whose_names_look_alike_are_two_people_and_a_clerk_is_asked(
    link: LinkTown, one: str, other: str
) -> None:
    linked = link([*town()[0], *seen("one", one, "2015-06-07"), *seen("other", other, "2015-06-07")])
    first, second = (
        {linked.person(f"{source}/{who}-{source}") for source in SOURCES} for who in ("one", "other")
    )
    assert len(first) == len(second) == 1
    assert first != second
    asked = [{each["person_l"], each["person_r"]} for each in linked.tables["review"]]
    assert first | second in asked


@pytest.mark.parametrize("bands", [{"linked": 0.95, "doubtful": 0.5}, {"linked": 0.35, "doubtful": 0.1}])
def test_a_clerk_is_asked_of_twins_wherever_an_area_puts_the_bands(
    link: LinkTown, bands: dict[str, float]
) -> None:
    rows = [*seen("one", "Oliver", "2015-06-07"), *seen("other", "Olivia", "2015-06-07")]
    linked = link([*town()[0], *rows], pack=pack_with(linkage={"bands": bands}))
    both = {linked.person("council/one-council"), linked.person("council/other-council")}
    assert len(both) == 2
    assert both in [{each["person_l"], each["person_r"]} for each in linked.tables["review"]]


def test_a_spelling_that_only_one_agency_has_is_a_slip_of_the_pen(link: LinkTown) -> None:
    rows = [*seen("one", "Oliver", "2015-06-07", SOURCES[:2]), row(SOURCES[2], "one", "Olivre", "2015-06-07")]
    linked = link([*town()[0], *rows])
    assert len({linked.person(f"{source}/one-{source}") for source in SOURCES}) == 1


def test_two_spellings_that_sound_the_same_are_one_person(link: LinkTown) -> None:
    rows = [
        *seen("one", "Mohammed", "1990-06-07", SOURCES[:2]),
        *seen("two", "Muhammad", "1990-06-07", SOURCES[1:]),
    ]
    linked = link([*town()[0], *rows])
    assert len({linked.person(f"{each['source']}/{each['id']}") for each in rows}) == 1


def test_parent_and_child_of_one_name_are_two_people_however_few_records_there_are(link: LinkTown) -> None:
    few = [each for each in town()[0] if each["source"] == "council"][:20]
    linked = link([*few, *seen("old", "George", "1960-05-04"), *seen("young", "George", "1988-09-17")])
    parent, child = (
        {linked.person(f"{source}/{who}-{source}") for source in SOURCES} for who in ("old", "young")
    )
    assert len(parent) == len(child) == 1
    assert parent != child


def test_a_date_wrong_by_a_generation_is_no_child_where_the_number_is_the_same(link: LinkTown) -> None:
    linked = link(
        [
            *town()[0],
            row("council", "one", "George", "1960-05-04", phone="01632960555", nhs="9990000018"),
            row("health", "one", "George", "1988-09-17", phone="01632960555", nhs="9990000018"),
        ]
    )
    assert linked.person("council/one-council") == linked.person("health/one-health")
