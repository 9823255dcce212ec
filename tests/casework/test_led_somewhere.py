"""No page leads anybody to one that they may not open."""

import re
from collections import Counter, deque

import pytest
from tests.casework.signed_in import browser_of
from tools.universe import Universe

HREF = re.compile(r'<a [^>]*href="(/[^"#?]*)')
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
FROM_A_TEXT = re.compile(r"\.(pdf|docx|csv|json|ics|ttl)$|/sign-out/|/static/|/document/|/easy-read/")
OTHER_PURPOSE = "change your purpose at the top of the page"


@pytest.mark.parametrize(
    ("name", "purpose"),
    [
        ("Gwen Hughes", "early_help"),
        ("Iris Okafor", ""),
        ("Mair Pugh", "early_help"),
        ("Tom Reilly", "early_help"),
    ],
)
def test_whoever_follows_links_is_never_told_that_they_may_not(
    riverside_now: Universe, name: str, purpose: str
) -> None:
    browser = browser_of(riverside_now.members[name].user, purpose=purpose)
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
        waiting.extend((each, path) for each in HREF.findall(page))
    assert refused == []
    assert len(of_a_kind) > 25, "the links of pages were not followed"
