"""The report's page: self-contained, plain, and silent about anybody in particular."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from tests.examples.report_figures import a_policy, a_run

from alongside.insight.disclosure import Shown
from alongside.insight.report import render
from alongside.insight.report.charts import Bar, bars
from alongside.insight.report.figures import Count, Figures, Tier


@pytest.fixture(scope="module")
def page() -> str:
    return render(a_run())


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2]).split())


def test_it_asks_nothing_of_any_network(page: str) -> None:
    assert not re.search(r"(src|href)\s*=\s*[\"'](?!#)|@import|url\(|https?:|<script|<link|<iframe", page)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_the_same_figures_give_the_same_page(page: str) -> None:
    assert render(a_run()) == page


def test_every_link_of_the_page_leads_somewhere_and_every_id_is_there_once(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    told = re.findall(r'href="#([^"]+)"', page)
    told += [each for ids_of in re.findall(r'aria-labelledby="([^"]+)"', page) for each in ids_of.split()]
    assert set(told) <= set(ids)


def test_what_an_agency_wrote_cannot_become_part_of_the_page(page: str) -> None:
    assert "<live>" not in page
    assert "Free school meals &lt;live&gt;" in page


def test_the_headline_says_what_was_joined_and_how_many_are_on_a_list() -> None:
    words = words_of(render(a_run(policies=[a_policy()])))
    assert (
        "3 of 4 extracts were joined: 1,002,345 records about 200,113 people. 811 of them are on a list"
        in words
    )


def test_small_numbers_of_people_are_not_told(page: str) -> None:
    assert "Stopped attending school after having attended: fewer than 5" in page
    lone = render(
        a_run(
            policies=[
                a_policy(
                    tiers=[Tier("This week", 3, 25), Tier("Soon", 14, 30)],
                    routes=[Count("The contact team", 17)],
                )
            ]
        )
    )
    tiers = lone.partition('id="policy-1-tiers-d">')[2].partition("</desc>")[0]
    assert tiers == "This week: fewer than 5 (25 places a week); Soon: not shown (30 places a week)."


def test_a_total_that_gives_a_small_number_away_is_held_back_in_the_headline_too() -> None:
    policy = a_policy(tiers=[Tier("Soon", 4, 1), Tier("Later", 4, 1)], routes=[Count("The contact team", 8)])
    words = words_of(render(a_run(policies=[policy], people_on_a_list=8)))
    assert "On this list: not shown" in words
    assert not re.search(r"\b8\b (of them|people)", words)
    assert "On a list not shown" in words
    assert "The number of people on a list is not shown" in words


def test_a_refused_and_a_late_extract_are_said_before_anything_relies_on_them(page: str) -> None:
    before = words_of(page).partition("Who is on a list Numbers")[0]
    assert "Police reports (Riverside Police): refused: 31% of its rows had a fault" in before
    assert "Ambulance attendances (Riverside Ambulance): its newest row is 91 days old" in before
    assert "ask Data desk, 01632 960 000" in before


@pytest.mark.proves("ENABLE-17")
@pytest.mark.proves("FIND-22")
def test_whom_to_ask_about_an_extract_and_what_was_asked_stand_beside_it(page: str) -> None:
    words = words_of(page)
    assert "Who to ask Data desk, 01632 960 000" in words
    assert "Is a blank in age nought? Answer: It is not known." in words
    assert "What is complaint group 9? Not answered yet." in words


def test_it_says_that_a_list_decides_nothing_and_that_there_is_no_score(page: str) -> None:
    words = words_of(page)
    assert "It is not a decision, an assessment or a score" in words
    assert "Not a score. A policy is a set of stated rules" in words


def test_a_quality_cell_means_the_same_without_its_colour(page: str) -> None:
    cells = re.findall(r'<td class="grade (\w+)">(.*?)</td>', page, re.DOTALL)
    said = {"good": "Good", "fair": "Fair", "poor": "Poor", "not_known": "Not known"}
    assert len(cells) == 24
    assert all(said[grade] in cell for grade, cell in cells)


@pytest.mark.parametrize(
    "figures",
    [
        a_run(sources=[], policies=[], changes=None),
        a_run(
            policies=[a_policy(tiers=[], routes=[], reasons=[], unknowns=[], excluded=[], sampled=0)],
            people_on_a_list=0,
        ),
    ],
)
def test_a_run_with_nothing_in_it_still_has_a_report(figures: Figures) -> None:
    assert "</html>" in render(figures)


def test_a_chart_is_named_described_and_has_its_table() -> None:
    drawing = bars(
        "x",
        "Reasons & routes",
        [Bar("Behind with rent", Shown(40, "40"), 20), Bar("Few", Shown(None, "fewer than 5"))],
    )
    root = ET.fromstring(drawing)  # noqa: S314 (our own drawing)
    assert root.get("role") == "img"
    assert [(child.tag, child.text) for child in root[:2]] == [
        ("title", "Reasons & routes"),
        ("desc", "Behind with rent: 40 (20 places a week); Few: fewer than 5."),
    ]
    assert [bar.get("width") for bar in root.iter("rect") if bar.get("class") == "bar"] == ["68.00%", "0.00%"]


def test_a_chart_shows_the_most_and_its_table_shows_all() -> None:
    many = [Count(f"Reason {number:02}", 500 - number) for number in range(30)]
    page = render(replace(a_run(), policies=[a_policy(reasons=many)]))
    assert "and 18 more in the table" in page
    assert '<th scope="row">Reason 29</th><td class="figure">471</td>' in page
