"""Somebody finds the guidance from their day, and takes the papers of a case to its meeting."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.casework.journeys.conftest import AT_A_DESK, looked_at, signed_in_as, signed_out
from tools.universe import Universe

TITLES = (
    "Agencies coming together: guidance for staff", "Agencies coming together: flowchart", "What to expect",
    "Agencies coming together: chair's guide", "Agency report", "Confidentiality statement",
    "Record of the meeting", "Action plan",
)  # fmt: skip


@AT_A_DESK
@pytest.mark.proves("MARM-22")
def test_the_papers_are_found_read_and_taken(page: Page, riverside: Universe) -> None:
    # given somebody who sees no case: the general papers and blank copies are theirs to read
    signed_in_as(page, "Lena Novak")
    page.get_by_role("link", name="Guidance and papers on agencies coming together").click()
    looked_at(page)
    for title in TITLES:
        page.get_by_role("link", name=title, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        looked_at(page)
        page.get_by_role("link", name="Papers", exact=True).first.click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile(r"^Word.*flowchart$")).click()
    assert taken.value.suggested_filename == "flowchart.docx"
    signed_out(page)
    # when who leads takes what is filled from the case
    signed_in_as(page, "Joan Adeyemi")
    page.goto(f"/cases/{riverside.cases['case']}/")
    page.get_by_role("link", name="Papers", exact=True).click()
    looked_at(page)
    for title in (
        "Action plan", "What to expect", "Agency report, Multi-agency meeting 2",
        "Confidentiality statement, Urgent call 1", "Record of the meeting, Urgent call 1",
    ):  # fmt: skip
        page.get_by_role("link", name=title, exact=True).click()
        looked_at(page)
        page.get_by_role("link", name="Papers", exact=True).click()
    page.get_by_role("link", name="Record of the meeting, Urgent call 1", exact=True).click()
    # then it has what was typed elsewhere, and names who reads it
    expect(page.get_by_text("Write down that I want a door.")).to_be_visible()
    expect(page.get_by_text("Where does she sleep until the room is ready?")).to_be_visible()
    expect(page.get_by_text("Printed by Joan Adeyemi")).to_be_visible()
    page.get_by_role("link", name="Papers", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile(r"^PDF.*Record of the meeting, Urgent call 1$")).click()
    called = taken.value.suggested_filename
    assert called.endswith("-meeting-1-record-of-the-meeting.pdf")
    assert "Amina" not in called
