"""The papers say what the pack and the code say, are blank where only people can, and no word breaks them."""

import ast
import csv
import io
import re
import shutil
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tools.tree import ROOT

from alongside.area import AreaPack, load_area
from alongside.assurance import TO_WRITE, papers, printable
from alongside.assurance.flows import facts_unused, facts_used, recipients
from alongside.assurance.processing import as_csv
from alongside.assurance.risks import risks

COMMAND = Path(sys.executable).with_name("alongside")
STEPS = [
    "Controllers",
    "Step 1: Identify the need for a DPIA",
    "Step 2: Describe the processing",
    "Step 3: Consultation process",
    "Step 4: Assess necessity and proportionality",
    "Step 5: Identify and assess risks",
    "Step 6: Identify measures to reduce risk",
    "Step 7: Sign off and record outcomes",
    "Annex: who sees what",
]


@pytest.fixture(scope="module")
def pack() -> AreaPack:
    return load_area(ROOT / "area")


@pytest.fixture(scope="module")
def written(pack: AreaPack) -> dict[str, str]:
    return papers(pack)


def test_every_purpose_has_an_assessment_with_the_steps_of_the_commissioners_sample(
    pack: AreaPack, written: dict[str, str]
) -> None:
    for purpose in pack.area.purposes:
        page = written[f"dpia-{purpose.code}.md"]
        assert re.findall(r"^## (.+)$", page, re.MULTILINE) == STEPS
        assert page.startswith(f"# Data protection impact assessment {purpose.dpia}: {purpose.title}\n")
        for said in (purpose.power, purpose.article_6, purpose.article_9, purpose.agreement, purpose.owner):
            assert said in page
        for source in pack.sources.values():
            assert (source.title in page) == (purpose.code in source.purposes), source.title
        assert page.count(f"**{TO_WRITE}.**") > 10


def test_nothing_that_must_be_weighed_is_filled_in(written: dict[str, str]) -> None:
    page = written["dpia-early_help.md"]
    risks_told = re.findall(r"^\| \d+ \|.*$", page, re.MULTILINE)
    assert len(risks_told) == 2 * len(risks().met)
    assert all(f"| {TO_WRITE} |" in line for line in risks_told)


@pytest.mark.parametrize("proof", [proof for risk in risks().met for proof in risk.proofs])
def test_every_test_that_a_risk_rests_on_is_there(proof: str) -> None:
    file, _, name = proof.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


def test_a_fact_no_policy_rests_on_is_told_and_one_behind_a_derived_fact_is_not(pack: AreaPack) -> None:
    purpose = pack.purpose("cold_homes")
    unused = {factor.code for _, factor in facts_unused(pack, purpose)}
    assert "school_attendance" not in unused
    assert unused
    assert not unused & facts_used(pack, purpose)
    assert "behind_with_bills" in facts_used(pack, purpose)  # a derived one, and what it is made of:
    assert any(code.startswith("council_tax") for code in facts_used(pack, purpose))


def test_the_record_has_a_line_for_each_source_under_each_purpose(
    pack: AreaPack, written: dict[str, str]
) -> None:
    rows = list(csv.DictReader(io.StringIO(written["record-of-processing.csv"])))
    assert {(row["Purpose"], row["Data"]) for row in rows} == {
        (purpose, source.title) for source in pack.sources.values() for purpose in source.purposes
    }
    assert all(row["UK GDPR Article 6"] and row["Kinds of personal data"] for row in rows)
    for title in (purpose.title for purpose in pack.area.purposes):
        assert f"## {title}" in written["record-of-processing.md"]


def test_only_whom_a_route_leads_to_receives_and_whose_help_is_offered_does_not(pack: AreaPack) -> None:
    told = recipients(pack, pack.purpose("cold_homes"))
    assert told == ["Riverside Council", "whichever organisation has the contact team"]


class Tags(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


NASTY = [
    "<script>alert(1)</script>", "a | b | c", "# not a heading", "[x](javascript:alert(1))", "**bold**", "`",
    "1. one", "- item", "> TO WRITE.", "=1+1", "&lt;b&gt;", "\\|", "![x](https://evil.example/x.png)",
]  # fmt: skip


def test_words_of_a_pack_stay_words_in_every_paper(
    pack: AreaPack, written: dict[str, str], tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "area", tmp_path / "area")
    area = tmp_path / "area/area.yaml"
    text = area.read_text(encoding="utf-8")
    names = [each.name for each in pack.area.organisations] + ["Prevent harm from cold and damp homes"]
    for name, nasty in zip(names, NASTY, strict=True):
        text = text.replace(f": {name}", ": '" + nasty.replace("'", "''") + "'")
    area.write_text(text, encoding="utf-8")
    for name, page in papers(load_area(tmp_path / "area")).items():
        if name.endswith(".md"):
            shown, usual = printable(page), printable(written[name])
            assert Tags(shown).found == Tags(usual).found, name
            assert Tags(shown).addresses == []
            cells = {unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", shown)}
            assert set(NASTY[:-1]) <= cells, name
        else:
            assert len(page.splitlines()) == len(written[name].splitlines())
            values = [cell for row in csv.reader(io.StringIO(page)) for cell in row]
            assert not [value for value in values if value.startswith(("=", "+", "-", "@"))]


def test_the_page_loads_nothing_runs_nothing_and_says_what_it_is(written: dict[str, str]) -> None:
    page = printable(written["dpia-early_help.md"])
    tags = Tags(page)
    assert not {"script", "link", "img", "iframe"} & set(tags.found)
    assert tags.addresses == []
    assert "<title>Data protection impact assessment DPIA-RIV-021" in page
    assert '<html lang="en-GB">' in page


def test_a_purpose_without_a_condition_for_special_data_is_a_blank(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs/how-to/first-list/area", tmp_path / "area")
    pack = load_area(tmp_path / "area")
    assert as_csv([]) == papers(pack)["record-of-processing.csv"].splitlines()[0] + "\n"
    page = next(text for name, text in papers(pack).items() if name.startswith("dpia-"))
    assert f"| UK GDPR Article 9 | {TO_WRITE}: none named" in page


def run(*given: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *map(str, given)], capture_output=True, text=True, check=False)


def test_a_partnership_makes_its_own_and_nothing_it_wrote_is_written_over(tmp_path: Path) -> None:
    out = tmp_path / "mine"
    first = run("assurance", ROOT / "area", "--out", out)
    assert (first.returncode, first.stderr) == (0, "")
    purposes = ("cold_homes", "early_help", "multi_agency")
    pages = [*(f"dpia-{code}" for code in purposes), "record-of-processing"]
    assert {each.name for each in out.iterdir()} == {
        *(f"{page}.{kind}" for page in pages for kind in ("md", "html")),
        "record-of-processing.csv",
    }
    assert (out / "record-of-processing.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (out / "dpia-early_help.md").write_text("what we wrote", encoding="utf-8")
    again = run("assurance", ROOT / "area", "--out", out)
    assert again.returncode == 2
    assert "somebody may have edited" in again.stderr
    assert (out / "dpia-early_help.md").read_text(encoding="utf-8") == "what we wrote"


def test_a_bad_pack_or_place_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for area, out in ((ROOT / "area", tmp_path / "file"), (tmp_path, tmp_path / "out")):
        told = run("assurance", area, "--out", out)
        assert told.returncode in (1, 2)
        assert "Traceback" not in told.stderr
    assert not (tmp_path / "out").exists()
