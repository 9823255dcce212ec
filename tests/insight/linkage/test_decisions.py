"""A clerk's decisions hold from run to run, until a newer line says otherwise."""

from pathlib import Path

import pytest
from tests.insight.linkage.conftest import Linked, LinkTown
from tests.insight.linkage.test_hard_rules import EXTRA, HEADINGS

from alongside.errors import DataRefusedError
from alongside.insight.linkage import DECISIONS
from alongside.insight.linkage.decisions import in_force

PAIR = "council,d1,council,d2"
BACK = "council,d2,council,d1"
WITH_WHY = "source_a,record_a,source_b,record_b,decision,by,at,why\n"


class Heard:
    """Keeps what was said."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def started(self, stage: str) -> None: ...

    def said(self, sentence: str) -> None:
        self.sentences.append(sentence)

    def finished(self, stage: str, seconds: float) -> None: ...


@pytest.fixture(scope="module")
def parted(link: LinkTown) -> Linked:
    """A run in which a clerk told apart what is the same in every cell."""
    return link(EXTRA, decisions=f'{WITH_WHY}{PAIR},different,jm,2026-11-20,"One call, two voices"\n')


def is_one(linked: Linked) -> bool:
    return linked.person("council/d1") == linked.person("council/d2")


@pytest.mark.proves("FIND-20")
def test_a_run_without_the_file_goes_on_from_the_decisions_of_the_run_before(
    link: LinkTown, parted: Linked
) -> None:
    heard = Heard()
    after = link(EXTRA, previous=parted.folder, progress=heard)
    assert not is_one(after)
    assert "decisions carried over from the previous run: 1" in heard.sentences
    assert not is_one(link(EXTRA, previous=after.folder)), "and so does the run after that"


def test_a_run_keeps_the_decisions_as_they_were_made(parted: Linked) -> None:
    kept = (parted.folder / DECISIONS).read_text(encoding="utf-8")
    assert kept == f'{WITH_WHY}{PAIR},different,jm,2026-11-20,"One call, two voices"\n'


@pytest.mark.proves("FIND-20")
@pytest.mark.parametrize("pair", [PAIR, BACK])
@pytest.mark.parametrize("newer", ["same", "withdrawn"])
def test_a_newer_line_about_the_same_two_records_wins(
    link: LinkTown, parted: Linked, pair: str, newer: str
) -> None:
    heard = Heard()
    after = link(EXTRA, previous=parted.folder, decisions=f"{HEADINGS}{pair},{newer},kl\n", progress=heard)
    assert is_one(after)
    assert "decisions of the previous run that newer lines replaced or withdrew: 1" in heard.sentences
    assert is_one(link(EXTRA, previous=after.folder))
    kept = (after.folder / DECISIONS).read_text(encoding="utf-8").splitlines()[1:]
    assert kept == ([f"{pair},same,kl,,"] if newer == "same" else [])


def test_the_decisions_of_the_run_before_and_the_new_file_s_both_hold(link: LinkTown, parted: Linked) -> None:
    after = link(EXTRA, previous=parted.folder, decisions=f"{HEADINGS}health,t1,health,t3,same,kl\n")
    assert not is_one(after)
    assert after.person("health/t1") == after.person("health/t3")
    assert [decision.carried for decision in after.report.decisions] == [True, False]


def test_a_file_that_is_given_again_says_nothing_new(link: LinkTown, parted: Linked) -> None:
    heard = Heard()
    again = f"{HEADINGS}{PAIR},different,jm\n"
    assert not is_one(link(EXTRA, previous=parted.folder, decisions=again, progress=heard))
    assert not [said for said in heard.sentences if said.startswith("decisions")]


def test_a_line_takes_back_what_stands_above_it_in_the_same_file(tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(f"{HEADINGS}{PAIR},different,jm\n{BACK},withdrawn,jm\n", encoding="utf-8")
    assert (in_force(file, None).decisions, in_force(file, None).withdrew_nothing) == ([], [])
    file.write_text(f"{HEADINGS}{PAIR},withdrawn,jm\n{BACK},different,jm\n", encoding="utf-8")
    assert [decision.said for decision in in_force(file, None).decisions] == ["different"]


def test_taking_back_what_nobody_decided_is_told(link: LinkTown) -> None:
    heard = Heard()
    link(EXTRA, decisions=f"{HEADINGS}{PAIR},withdrawn,jm\n", progress=heard)
    assert "decisions, line 2: withdrawn, but nobody had decided on these records" in heard.sentences


def test_carried_decisions_that_can_no_longer_hold_are_told_with_where_they_stand(
    link: LinkTown, parted: Linked
) -> None:
    joined = f"{HEADINGS}council,d1,health,d3,same,kl\nhealth,d3,council,d2,same,kl\n"
    with pytest.raises(DataRefusedError, match=rf"line 2 of the previous run's {DECISIONS}.*withdraw it"):
        link(EXTRA, previous=parted.folder, decisions=joined)


def test_a_decision_on_a_record_that_names_nobody_is_told_as_such(link: LinkTown) -> None:
    heard = Heard()
    decisions = "health,t1,housing,n1,same,jm\nhealth,t1,housing,zz,same,jm\nhousing,n1,housing,n2,same,jm\n"
    found = link(EXTRA, decisions=HEADINGS + decisions, progress=heard)
    assert found.person("housing/n1") is None
    assert found.report.decisions_not_here == 1
    assert "decisions on records that are not in these extracts: 1; they are kept for the next run" in (
        heard.sentences
    )
    [said] = [each for each in heard.sentences if "name nobody" in each]
    assert said.endswith("stay events: line 2 (housing n1), line 4 (housing n1 and housing n2)")


def test_no_more_than_three_decisions_on_nobody_are_named(link: LinkTown) -> None:
    heard = Heard()
    link(EXTRA, decisions=HEADINGS + "health,t1,housing,n1,same,jm\n" * 5, progress=heard)
    [said] = [each for each in heard.sentences if "name nobody" in each]
    assert said.count("line") == 3
    assert said.endswith(", and 2 more")
