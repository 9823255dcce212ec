"""Sharing against what a person asked, on each ground of the guidance, and in an emergency."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.casework.journeys.conftest import AT_A_DESK, WITHOUT_SCRIPT, looked_at, signed_in_as, signed_out
from tests.casework.journeys.deciding import (
    HOMES,
    POLICE,
    STAIRS,
    against,
    arrives,
    basis,
    begin,
    filled,
    go_on,
    ground,
    on,
    picked,
    refuses,
    second_look,
    telling,
    ticked,
)
from tools.universe import Universe

SAFETY = "Risks and how to be safe"
WAITS = "Waiting for somebody else to agree: nobody has been told"
GROUND_OF_CAPACITY = "They lack capacity to decide about this concern, and sharing is in their best interests"
Clock = Callable[[int, int], None]


@pytest.fixture
def let_it_be(riverside: Universe, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let it be another day of that November for the pages, after all that Riverside began with."""

    def at(day: int, hour: int) -> None:
        moment = datetime(2026, 11, day, hour, 30, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return at


def capacity_is_looked_at(page: Page) -> None:
    """Look at whether she can decide this one thing today, and then at her best interests."""
    page.get_by_role("button", name="Look at a decision").click()
    filled(
        page,
        decision="Whether her landlord is told that she cannot manage the stairs this week",
        why_now="The fever is back, and the landlord wants to lock the second door.",
        information="Told, they leave the door. Not told, she cannot get out.",
        chosen_by="Bee and Asha",
        help_words="At noon, with Dee, and with a drawing of the doors.",
        understand_seen="“Which door? There is no door.”",
        impairment="Delirium, by the nurse's test",
        because="It came with the fever, and keeps her from following what we say.",
        reasons="She does not follow today. Last month she decided it herself.",
        role="Social worker",
    )
    ticked(page, "Somebody they trust beside them")
    picked(page, understand="no", retain="yes", weigh="yes", communicate="yes")
    picked(page, recognises="not_asked", pressure="none_seen", outcome="assessed_lacks", confidence="likely")
    on(page, "next_check", "20", "11", "2026")
    go_on(page, "Whether her landlord is told", "Save the record")
    looked_at(page)
    page.get_by_role("link", name="Record a best interests decision").click()
    filled(
        page,
        past_wishes="“My stairs are my stairs”, when she was well.",
        present_wishes="She asks for her door to stay open.",
        beliefs="Her own door, her own bed.",
        consulted="Dee: she would want the door open more than she minds who knows.",
        regain_words="The fever goes in days; the door is locked tomorrow.",
        options="Tell the landlord; not tell them; hospital.",
        less_restrictive="Only about the stairs, and nothing of her health.",
        decision="The landlord is told about the stairs, and nothing else.",
        why="Locked in, she comes to harm; told, she stays at home.",
        decided_by="Asha Patel, social worker",
    )
    picked(page, regain="likely", serious="neither", imca="not_needed")
    on(page, "decided_on", "16", "11", "2026")
    go_on(page, "Whether her landlord is told", "Save")


@AT_A_DESK
@pytest.mark.proves("MARM-30", "MARM-31", "MARM-50")
def test_where_she_cannot_decide_it_a_record_of_that_and_of_her_best_interests_comes_first(
    page: Page, riverside: Universe, let_it_be: Clock
) -> None:
    bee = riverside.people["Bee"]
    # given that what was found of her last week holds no longer
    let_it_be(16, 9)
    signed_in_as(page, "Asha Patel")
    refuses(page, bee)
    begin(page, bee, "They need care and support", decides="To share it")
    ground(page, GROUND_OF_CAPACITY)
    page.get_by_text("you need a record that they cannot decide this today").wait_for()
    # when she goes on without a record
    against(page, "The fever", "She gets out", review=("20", "11", "2026"))
    go_on(page, "There is a problem")
    # then she is stopped, and told what to do
    page.get_by_text("First look at whether they can decide this, and at their best interests.").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Decisions: mental capacity").click()
    capacity_is_looked_at(page)
    # and finds all that she had typed
    page.goto(f"/people/{bee}/sharing/decisions/")
    page.get_by_role("link", name="Continue with a draft").click()
    page.get_by_text("Started", exact=True).wait_for()
    looked_at(page)
    page.get_by_role("link", name="Against their wishes: what the ground needs").click()
    assert page.locator("[name=first]").input_value() == "The fever"
    ticked(page, "Whether her landlord is told that she cannot manage the stairs this week")
    looked_at(page)
    go_on(page, "Basis in law, and why it is needed")
    basis(page, "best_interests", "Dee was asked: the door matters more to her.")
    telling(page)
    go_on(page, f"To {HOMES}", "Decide")
    page.get_by_text(WAITS).first.wait_for()
    second_look(page, page.url, to=HOMES)
    arrives(page, "Tom Reilly", STAIRS["words"])


@WITHOUT_SCRIPT
@pytest.mark.proves("MARM-30", "MARM-33", "MARM-55")
def test_to_prevent_a_crime_it_says_which_and_how(page: Page, riverside: Universe) -> None:
    bee = riverside.people["Bee"]
    signed_in_as(page, "Asha Patel")
    refuses(page, bee, to=POLICE, about=SAFETY)
    begin(
        page, bee, "It is to prevent or detect a crime",
        decides="To share it", to=POLICE, topic=SAFETY, data="Criminal offence data",
        kind="Allegation: nobody has shown that it is true", words="A man on the stairs takes her pension.",
        limits="Her neighbour says so; nobody has looked into it.",
    )  # fmt: skip
    ground(page, "To prevent or detect a crime")
    # when it is not said which crime
    against(page, "", "They know him from two other doors")
    go_on(page, "There is a problem")
    page.get_by_role("link", name="Not answered yet: Which crime?").wait_for()
    looked_at(page)
    filled(page, first="Theft of a pension, every second Monday")
    go_on(page, "Basis in law, and why it is needed")
    basis(page, "public_interest", "He goes on to the next door.", condition="s1_10")
    telling(page)
    go_on(page, f"To {POLICE}", "Decide")
    looked_at(page)
    second_look(page, page.url, to=POLICE)
    decision = page.url
    arrives(page, "Kit Lowe", "A man on the stairs takes her pension.")
    # and whoever shared it sees that it has arrived
    signed_out(page)
    signed_in_as(page, "Asha Patel")
    page.goto(decision)
    page.get_by_text("Kit Lowe confirmed it").wait_for()
    looked_at(page)


def words_of(document: bytes) -> str:
    import pypdf

    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages)


def what_somebody_beside_them_reads(page: Page, person: UUID) -> dict[str, str]:
    """Return title and words of the page that is open beside the person, and all that they are given."""

    def shown() -> str:
        return f"{page.title()} {page.locator('body').inner_text()}"

    seen = {}
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{person}/")
    seen["their record"] = shown()
    page.goto(f"/people/{person}/your-information/paper/")
    seen["paper"] = shown()
    for name in ("document", "easy-read"):
        seen[name] = words_of(page.request.get(f"/people/{person}/your-information/{name}/").body())
    for name, address, heading in (
        ("their own words", f"/people/{person}/hand-over/", "Your own words"),
        ("their information", f"/people/{person}/your-information/read/", "Your information"),
    ):
        if name == "their information":
            signed_in_as(page, "Asha Patel")
        page.goto(address)
        looked_at(page)
        go_on(page, heading, "Hand it over now")
        looked_at(page)
        seen[name] = shown()
        page.go_back()
        seen[f"{name}, and back"] = shown()
        page.goto("/people/own-words/back/")
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("heading", name="Sign in").wait_for()
    return seen


@AT_A_DESK
@pytest.mark.proves("MARM-27", "MARM-30", "MARM-34")
def test_where_somebody_controls_her_it_is_told_and_no_page_beside_her_betrays_it(
    page: Page, riverside: Universe, let_it_be: Clock
) -> None:
    # given her landlord, of whom nothing else is held back: by what hides that, this must not be hidden
    bee = riverside.people["Bee"]
    let_it_be(10, 11)
    signed_in_as(page, "Asha Patel")
    refuses(page, bee, to=HOMES, about=SAFETY)
    signed_out(page)
    before = what_somebody_beside_them_reads(page, bee)

    signed_in_as(page, "Asha Patel")
    begin(
        page, bee, "Somebody may control or coerce them", decides="To share it", to=HOMES, topic=SAFETY,
        purpose="multi_agency", words="He answers for her, and holds her card.",
    )  # fmt: skip
    # the public interest at first; then what it is by its name, which asks other things
    ground(page, "The public interest outweighs their wishes")
    against(page, "She goes hungry", "Her life outweighs it")
    go_on(page, "Basis in law, and why it is needed")
    page.get_by_role("link", name="All steps").click()
    page.get_by_role("link", name="Against their wishes: the ground").click()
    ticked(page, "They may be controlled or coerced")
    go_on(page, "Against their wishes: what the ground needs")
    page.get_by_text("How will you keep them safe when this is shared?").wait_for()
    assert page.locator("[name=second]").input_value() == ""
    assert page.locator("[name=harm]").input_value() == "Trust; Dee is with her on Thursday"
    looked_at(page)
    filled(page, first="She looks at him before each answer", second="No call, no letter; Dee on Thursday")
    go_on(page, "Basis in law, and why it is needed")
    basis(page, "public_interest", "She goes hungry while he holds the card.")
    telling(page, unsafe="He reads her letters and listens on the stairs.")
    go_on(page, f"To {HOMES}", "Decide")
    looked_at(page)
    decision = page.url
    page.get_by_text("It is not safe for the person to know about this.").wait_for()
    second_look(page, decision, to=HOMES)
    # the recipient is warned above all else
    arrives(page, "Tom Reilly", "He answers for her, and holds her card.")
    page.get_by_text("It is not safe for the person to know about this.").wait_for()
    signed_out(page)

    # then all that can be read beside her is what it was, to the letter
    assert what_somebody_beside_them_reads(page, bee) == before
    for name, words in before.items():
        for trace in ("card", "coerce", "control", "not safe", "second person", "manager agreed"):
            assert trace not in words, (name, trace)
    # and the worker alone finds why
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{bee}/your-information/")
    page.get_by_role("heading", name="What is held back, and why").wait_for()
    looked_at(page)
    page.get_by_text("Somebody may be controlling or coercing them").wait_for()
    page.goto(f"/people/{bee}/sharing/decisions/")
    page.get_by_text("It is not safe for the person to know about this.").wait_for()
    looked_at(page)


@WITHOUT_SCRIPT
@pytest.mark.proves("MARM-30", "MARM-32", "MARM-50", "MARM-51")
def test_in_an_emergency_it_is_told_at_once_and_somebody_looks_at_it_the_next_working_day(
    page: Page, riverside: Universe, let_it_be: Clock
) -> None:
    bee = riverside.people["Bee"]
    # given smoke on a Friday
    let_it_be(13, 16)
    signed_in_as(page, "Asha Patel")
    refuses(page, bee)
    begin(page, bee, "Somebody else is at risk", "It is an emergency", decides="To share it")
    ground(page, "There is a risk to others")
    against(page, "The neighbour below", "Fire on the stairs")
    ticked(page, "It cannot wait until somebody else agrees")
    go_on(page, "There is a problem")
    page.get_by_role("link", name="Say why it cannot wait for a second person").wait_for()
    looked_at(page)
    filled(page, emergency_why="There is smoke now.")
    go_on(page, "Basis in law, and why it is needed")
    basis(page, "public_interest", "The neighbour may not get out.")
    telling(page)
    go_on(page, f"To {HOMES}", "Decide")
    stands = "Shared in an emergency: somebody else must look at it by 16 November 2026"
    page.get_by_text(stands).first.wait_for()
    looked_at(page)
    # then it has arrived before anybody else agreed
    arrives(page, "Tom Reilly", STAIRS["words"])
    signed_out(page)
    # and the manager finds it on the page of her day: on Monday, when it is due, and late on Tuesday
    let_it_be(16, 9)
    signed_in_as(page, "Gwen Hughes")
    page.get_by_role(
        "link", name="Shared in an emergency against a person's wishes: was it right?"
    ).wait_for()
    page.get_by_text("To be looked at by 16 November 2026").wait_for()
    signed_out(page)
    let_it_be(17, 9)
    signed_in_as(page, "Gwen Hughes")
    page.get_by_text("Late: it should have been looked at by 16 November 2026").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Shared in an emergency against a person's wishes").click()
    page.get_by_text("Was it right to share it at once?").wait_for()
    looked_at(page)
    ticked(page, "No")
    filled(page, words="The fire brigade was there; the landlord could have waited.")
    go_on(page, f"To {HOMES}", "Write it down")
    page.get_by_text("Shared in an emergency, and it was not right").first.wait_for()
    page.get_by_text("This was late: it should have been looked at by 16 November 2026.").wait_for()
    looked_at(page)
    # what was told stays told
    signed_out(page)
    signed_in_as(page, "Tom Reilly")
    page.goto("/shared-with-us/")
    page.get_by_role("link", name="Riverside Council").first.wait_for()
