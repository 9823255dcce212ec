"""A clerk's answer that would join two checked numbers is not followed; the run goes on and says so."""

import pytest
from tests.insight.linkage.conftest import NHS, Linked, LinkTown
from tests.insight.linkage.test_decisions import Heard
from tests.insight.linkage.test_hard_rules import EXTRA, HEADINGS, as_seen

from alongside.insight.linkage import DECISIONS, NotFollowed


def not_joined(linked: Linked, one: str, other: str) -> NotFollowed:
    first, second = sorted((str(linked.person(one)), str(linked.person(other))))
    return NotFollowed("nhs_number", (first, second))


@pytest.mark.proves("FIND-20")
def test_of_two_answers_that_together_reach_two_numbers_the_later_is_not_followed(link: LinkTown) -> None:
    heard = Heard()
    first, second = "health,a1,housing,a3,same,jm\n", "council,a2,housing,a3,same,jm\n"
    found = link(EXTRA, decisions=HEADINGS + first + second, progress=heard)
    assert found.person("housing/a3") == found.person("health/a1") != found.person("council/a2")
    assert found.report.not_followed == [not_joined(found, "council/a2", "housing/a3")]
    [said] = [each for each in heard.sentences if "not followed" in each]
    assert "line 3 (nhs number)" in said
    assert not any(number in said for number in NHS[:2])
    turned = link(EXTRA, decisions=HEADINGS + second + first)
    assert turned.person("housing/a3") == turned.person("council/a2") != turned.person("health/a1")


def test_one_answer_about_two_numbers_is_not_followed_and_the_others_are(link: LinkTown) -> None:
    both = "health,a1,council,a2,same,jm\nhealth,t1,health,t3,same,jm\n"
    found = link(EXTRA, decisions=HEADINGS + both)
    assert found.report.not_followed == [not_joined(found, "health/a1", "council/a2")]
    assert found.person("health/t1") == found.person("health/t3")


def test_through_longer_chains_too_and_a_different_beyond_the_one_left_out_holds(link: LinkTown) -> None:
    rows = [
        as_seen("health", "c1", nhs=NHS[0]), as_seen("council", "c2"), as_seen("housing", "c3"),
        as_seen("health", "c4", nhs=NHS[1], born="1971-04-08"),
    ]  # fmt: skip
    said = (
        "council,c2,housing,c3,same,jm\nhousing,c3,health,c4,same,jm\nhealth,c1,council,c2,same,jm\n"
        "health,c1,housing,c3,different,jm\n"
    )
    found = link(rows, decisions=HEADINGS + said)
    assert found.person("council/c2") == found.person("housing/c3") == found.person("health/c4")
    assert found.report.not_followed == [not_joined(found, "health/c1", "council/c2")]
    assert found.person("health/c1") != found.person("health/c4")


@pytest.mark.proves("FIND-20")
def test_it_stays_an_answer_so_that_the_run_after_a_number_is_put_right_follows_it(link: LinkTown) -> None:
    rows = [as_seen("health", "a1", nhs=NHS[0]), as_seen("council", "a2")]
    before = link(rows, decisions=f"{HEADINGS}health,a1,council,a2,same,jm\n")
    assert before.report.not_followed == []
    rows[1] = as_seen("council", "a2", nhs=NHS[1])
    heard = Heard()
    wrong = link(rows, previous=before.folder, progress=heard)
    assert wrong.person("health/a1") != wrong.person("council/a2")
    [said] = [each for each in heard.sentences if "not followed" in each]
    assert f"line 2 of the previous run's {DECISIONS}" in said
    rows[1] = as_seen("council", "a2", nhs=NHS[0])
    right = link(rows, previous=wrong.folder)
    assert right.person("health/a1") == right.person("council/a2")
    assert right.report.not_followed == []


def test_no_more_than_three_are_named(link: LinkTown) -> None:
    heard = Heard()
    link(EXTRA, decisions=HEADINGS + "health,a1,council,a2,same,jm\n" * 5, progress=heard)
    [said] = [each for each in heard.sentences if "not followed" in each]
    assert said.count("line") == 3
    assert ", and 2 more; put the wrong number right" in said
