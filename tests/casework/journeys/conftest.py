"""A real browser at the real pages, with and without script; each is looked at small and large."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer
from tests.casework.journeys.judging import Judge
from tests.casework.kept import Kept, kept_as
from tools.pictures import browser
from tools.universe import Universe

from alongside.insight.run import find

WIDTHS = (320, 1280)
MONDAY = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
"""When stories are told that give pictures, so that a picture is the same whenever it is taken."""
# a story that is told once: at a desk, on a telephone, or where no script runs
AT_A_DESK = pytest.mark.parametrize("page", [(1280, True)], indirect=True, ids=["desk"])
ON_A_PHONE = pytest.mark.parametrize("page", [(320, True)], indirect=True, ids=["phone"])
WITHOUT_SCRIPT = pytest.mark.parametrize("page", [(320, False)], indirect=True, ids=["phone without script"])


# for one file: with it end the server's threads that still answer it, and hold what others want to copy
@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, browser() as opened:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop in this thread
        yield opened


@pytest.fixture(scope="session")
def judge(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let what was judged by one process of the run be known to the others."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "judged"
    folder.mkdir(exist_ok=True)
    Judge.of_the_run = Judge(folder)


# either walk is looked at in both widths; these two have least in common
@pytest.fixture(params=[(1280, True), (320, False)], ids=["desk", "phone without script"])
def page(
    request: pytest.FixtureRequest, window: Browser, judge: None, live_server: LiveServer,
    transactional_db: None,
) -> Iterator[Page]:  # fmt: skip
    width, scripts = request.param
    context = window.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    context.set_default_timeout(15_000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    assert [
        each
        for each in complaints
        if not any(answer in each for answer in ("(Unprocessable Entity)", "(Not Found)", "(Forbidden)"))
    ] == []
    context.close()


@pytest.fixture
def on_monday(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let it be that Monday for the pages, which ask Django what time it is."""
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)
    return MONDAY


@pytest.fixture(scope="session")
def kept_riverside_on_monday(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Kept]:
    yield from kept_as("kept_riverside_on_monday", django_db_blocker, at=MONDAY, stopped=True)


@pytest.fixture
def riverside(kept_riverside_on_monday: Kept, transactional_db: None, on_monday: datetime) -> Universe:
    """The named universe on that Monday."""
    return kept_riverside_on_monday.universe


@pytest.fixture(scope="session")
def two_runs(borough: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A week after the first run another, which lacks the police's extract and keeps who everybody is."""
    folder = tmp_path_factory.mktemp("weeks")
    shutil.copytree(borough / "runs", folder / "runs")
    shutil.copytree(borough / "b" / "extracts", folder / "extracts")
    for extract in (folder / "extracts").glob("police*"):
        extract.unlink()
    find(
        borough / "b" / "area", folder / "extracts", as_at=date(2026, 11, 8),
        out=folder / "runs" / "2026-11-08", previous=folder / "runs" / "2026-11-01", keep_identity=True,
    )  # fmt: skip
    return folder / "runs"


@pytest.fixture
def weeks(two_runs: Path, tmp_path: Path, settings: Settings) -> Path:
    """Both runs in a folder of the test's own, where they wait to be opened."""
    shutil.copytree(two_runs, tmp_path / "runs")
    settings.RUNS_FOLDER = tmp_path / "runs"
    return tmp_path / "runs"


def signed_in_as(page: Page, name: str) -> None:
    """Sign somebody in, on the page where whoever signed out before them is left, or they would go there."""
    theirs = page.get_by_role("button", name=name)
    if not page.url.endswith("/sign-in/") or not theirs.count():  # they may have joined since it was shown
        page.goto("/sign-in/")
    theirs.click()
    page.get_by_role("heading", name=f"Hello {name}").wait_for()


def signed_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()


_LOOKS = count(1)
SEEN = """() => ({
  headings: document.querySelectorAll('h1').length,
  links: Array.from(document.querySelectorAll('a[href]'), a => [a.textContent.trim(), a.pathname + a.search]),
  scripts: document.body.classList.contains('js-enabled'),
})"""
"""What is asked of a page in one go; axe, which is a script itself, judges it where scripts run."""


def ambiguous(links: list[list[str]]) -> dict[str, set[str]]:
    """Return words that lead to more than one place: who hears the links alone cannot tell them apart."""
    places: dict[str, set[str]] = {}
    for words, place in links:
        places.setdefault(words, set()).add(place)
    return {words: found for words, found in places.items() if len(found) > 1}


def looked_at(page: Page) -> None:
    """Whatever the page: one heading says what it is, and small as large it bears being looked at.

    Axe takes a good part of a journey, and judges once what is built and looks alike, also at another width.
    Whoever wants to look with their own eyes names a folder as ``ALONGSIDE_LOOKS``: every page is left there.
    """
    page.wait_for_load_state()
    seen = page.evaluate(SEEN)
    assert seen["headings"] == 1
    assert ambiguous(seen["links"]) == {}
    own = page.viewport_size
    for width in sorted(WIDTHS, key=lambda width: width != own["width"]):  # to change it takes a while
        if width != page.viewport_size["width"]:
            page.set_viewport_size({"width": width, "height": own["height"]})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if folder := os.environ.get("ALONGSIDE_LOOKS"):
            page.screenshot(path=Path(folder) / f"{next(_LOOKS):03d}-{width}.png", full_page=True)
        if seen["scripts"]:
            Judge.of_the_run.judge(page)
    page.set_viewport_size(own)


def pictured(page: Page, name: str) -> None:
    """Take a picture for our documents, where ``make pictures`` asked for them; elsewhere do nothing."""
    if folder := os.environ.get("ALONGSIDE_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled", caret="hide")
