"""No page leads anybody to one that they may not open, or calls two things on it by one id."""

import re
from collections import Counter, deque
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone
from tests.casework.conftest import RUN
from tests.casework.signed_in import browser_of
from tools.universe import Universe, release

HREF = re.compile(r'<a [^>]*href="(/[^"#?]*)')
AN_ID = re.compile(r' id="([^"]+)"')
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
FROM_A_TEXT = re.compile(r"\.(pdf|docx|csv|json|ics|ttl)$|/sign-out/|/static/|/document/|/easy-read/")
OTHER_PURPOSE = "change your purpose at the top of the page"


@pytest.fixture
def released(riverside_now: Universe, borough: Path, settings: LazySettings) -> Universe:
    """The named universe with this week's people of a run, who are on the contact team's list."""
    settings.RUNS_FOLDER = borough / "runs"
    assert release(riverside_now, RUN, at=timezone.now()) > 5
    return riverside_now


@pytest.mark.parametrize(
    ("name", "purpose"),
    [("Iris Okafor", ""), ("Mair Pugh", "early_help"), ("Tom Reilly", "early_help")],
)
def test_whoever_follows_links_is_never_told_that_they_may_not(
    riverside_now: Universe, name: str, purpose: str
) -> None:
    assert all_refused(riverside_now, name, purpose) == []


@pytest.mark.parametrize(
    ("name", "purpose"), [("Gwen Hughes", "early_help"), ("Sam Boateng", "early_help"), ("Priya Shah", "")]
)
def test_nor_is_whoever_has_people_on_their_list_that_a_run_put_there(
    released: Universe, name: str, purpose: str
) -> None:
    assert all_refused(released, name, purpose) == []


def all_refused(universe: Universe, name: str, purpose: str) -> list[tuple[int, str, str, str]]:
    """Follow every link, two of a kind; return each answer that refuses or fails, and what leads to it."""
    browser = browser_of(universe.members[name].user, purpose=purpose)
    waiting, seen, of_a_kind = deque([("/", "")]), set[str](), Counter[str]()
    refused = []
    while waiting:
        path, led_by = waiting.popleft()
        kind = ID.sub("*", path)
        if path in seen or of_a_kind[kind] >= 2 or FROM_A_TEXT.search(path):
            continue
        seen.add(path)
        of_a_kind[kind] += 1
        answer = browser.get(path, follow=True)
        page = answer.text if "text/html" in answer.headers["Content-Type"] else ""
        if answer.status_code >= 400 and OTHER_PURPOSE not in page:
            refused.append((answer.status_code, kind, "on", ID.sub("*", led_by)))
        doubled = [each for each, times in Counter(AN_ID.findall(page)).items() if times > 1]
        assert not doubled, f"{kind} has more than one {', '.join(doubled)}"
        waiting.extend((each, path) for each in HREF.findall(page))
    assert len(of_a_kind) > 20, "the links of pages were not followed"
    return refused
