"""Whoever looks at the pages of a journey sees what is wrong: tried on pages that are wrong on purpose."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.casework.journeys.conftest import WIDTHS, looked_at
from tests.casework.journeys.judging import Judge

WELL = "<label for=name>Name</label><input id=name>"
FROM_40 = "<style>@media (min-width: 40em) { p { %s } }</style>"
TO_40 = "<style>@media (max-width: 40em) { p { %s } }</style>"
WRONG = {
    "no label": "<input id=name>",
    "no label on a telephone": FROM_40 % "display: none" + "<p><input></p>",
    "no label at a desk": TO_40 % "display: none" + "<p><input></p>",
    "pale on a telephone": TO_40 % "color: #aaa" + "<p>Pale</p>",
    "too close to touch on a telephone": TO_40 % "margin: 0; font-size: 8px"
    + "<p><button style='all: unset'>a</button></p><p><button style='all: unset'>b</button></p>",
    "links that nothing sets apart on a telephone": "<style>a { color: #222 } p { color: #000 }"
    "@media (max-width: 40em) { a { text-decoration: none } }</style>"
    "<p>Some words <a href='/here/'>and a link</a> among them.</p>",
    "pale at a desk": FROM_40 % "color: #aaa" + "<p>Pale</p>",
}


@pytest.fixture(params=WIDTHS)
def plain(
    request: pytest.FixtureRequest, window: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    monkeypatch.setattr(Judge, "of_the_run", Judge(tmp_path), raising=False)
    with window.new_context(viewport={"width": request.param, "height": 900}) as context:
        yield context.new_page()


def show(page: Page, inside: str, classes: str = "js-enabled") -> None:
    page.set_content(
        f"<!doctype html><html lang=en><title>A page</title><body class='{classes}'><main><h1>A page</h1>"
        f"{inside}</main></body></html>"
    )


def test_what_is_well_passes_at_both_widths_and_is_then_as_wide_as_before(plain: Page) -> None:
    before = plain.viewport_size
    show(plain, WELL)
    looked_at(plain)
    assert plain.viewport_size == before


@pytest.mark.parametrize("inside", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_found_whichever_width_the_journey_has_and_each_time_it_is_met(
    plain: Page, inside: str
) -> None:
    show(plain, inside)
    for _ in range(2):
        with pytest.raises(AssertionError, match="accessibility violations"):
            looked_at(plain)


@pytest.mark.parametrize("classes", ["js-enabled", ""], ids=["with script", "without"])
@pytest.mark.parametrize(
    ("inside", "found_at"),
    [
        ("<div style='width: 400px'>Wide</div>", "320"),
        ("<div style='position: relative; left: 300px; width: 40px'>Far</div>", "320"),
        (FROM_40 % "width: 1400px" + "<p>Wide</p>", "1280"),
    ],
    ids=["wide", "far to the right", "wide at a desk"],
)
def test_what_is_wider_than_the_window_is_found(
    plain: Page, inside: str, found_at: str, classes: str
) -> None:
    show(plain, inside, classes)
    with pytest.raises(AssertionError, match=found_at):
        looked_at(plain)


@pytest.mark.parametrize(
    "inside",
    ["<h1>Another</h1>", "<a href='http://a.example/1'>Read</a> <a href='http://a.example/2'>Read</a>"],
    ids=["two headings", "two links of one name"],
)
def test_a_second_first_heading_and_words_that_lead_to_two_places_are_found(plain: Page, inside: str) -> None:
    show(plain, inside, "")
    with pytest.raises(AssertionError):
        looked_at(plain)


def test_what_is_built_alike_is_judged_once_and_what_is_built_otherwise_again(
    plain: Page, tmp_path: Path
) -> None:
    known = 0
    for inside, again in (
        (WELL, True),
        (WELL.replace("Name", "Born"), False),
        (f"{WELL}<p>More</p>", True),
        (f"{WELL}<p>More</p><p>And more</p>", False),
        (f"{WELL}<p class=other>More</p>", True),
        (f"{WELL}<p hidden>More</p>", True),
    ):
        show(plain, inside)
        looked_at(plain)
        before, known = known, len(list(tmp_path.iterdir()))
        assert (known > before) is again, inside


@pytest.mark.parametrize(
    "pale",
    [
        "<div style='background: #333'><p>Words</p></div>",
        "<div><p style='color: #aaa'>Words</p></div>",
        "<div style='opacity: 0.3'><p>Words</p></div>",
    ],
    ids=["on what is dark", "of a light colour", "in what is faint"],
)
def test_how_words_look_is_judged_anew_where_they_stand_otherwise(plain: Page, pale: str) -> None:
    show(plain, "<div><p>Words</p></div>")
    looked_at(plain)
    show(plain, pale)
    with pytest.raises(AssertionError, match="contrast"):
        looked_at(plain)


TWO_BOXES = "<label><input type=checkbox disabled>One</label><label><input type=checkbox>Another</label>"
EMPTY = "<label for=name>Name</label><input class='%s' id=name>"


@pytest.mark.parametrize(
    ("well", "wrong"),
    [
        (EMPTY % "", "<style>.pale { color: #ddd }</style>" + EMPTY % "pale"),
        ("<p>Words</p>", "<style>td { color: #ccc }</style><table><tr><td>0<td>1<tr><td>12<td>words</table>"),
        (
            "<p>Words</p>",
            "<style>label { color: #ccc }</style>" + TWO_BOXES,
        ),
        (
            "<nav aria-label=One><p>Words</p></nav>",
            "<nav aria-label=One><p>Words</p></nav><nav aria-label=One><p>Words</p></nav>",
        ),
    ],
    ids=["a field that is empty", "after a single letter", "beside what is disabled", "two of one name"],
)
def test_what_was_judged_hides_nothing_that_is_wrong(plain: Page, well: str, wrong: str) -> None:
    show(plain, well)
    looked_at(plain)
    show(plain, wrong)
    with pytest.raises(AssertionError, match="accessibility violations"):
        looked_at(plain)
