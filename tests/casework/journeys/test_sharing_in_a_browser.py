"""Sharing in a browser: what a person chose beside each question, a ground against it, the others' side."""

from playwright.sync_api import Page
from tests.casework.journeys.conftest import AT_A_DESK, WITHOUT_SCRIPT, looked_at, signed_in_as, signed_out
from tools.universe import Universe

GO_ON = "Keep and go on"


def filled(page: Page, **boxes: str) -> None:
    """Fill boxes by the name with which they are sent."""
    for name, words in boxes.items():
        page.locator(f"[name={name}]").fill(words)


def ticked(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label, exact=True).check()


def on(page: Page, name: str, day: str, month: str, year: str) -> None:
    for part, value in (("day", day), ("month", month), ("year", year)):
        page.locator(f"[name={name}-{part}]").fill(value)


def go_on(page: Page, heading: str, button: str = GO_ON) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("heading", name=heading).wait_for()


def add_what_is_told(page: Page, words: str) -> None:
    page.get_by_role("button", name="Add something").click()
    page.get_by_role("heading", name="Add something to be told").wait_for()
    looked_at(page)
    ticked(page, "Their home and tenancy", "Something we saw or heard ourselves")
    page.get_by_label("Ordinary personal data").check()
    filled(page, words=words, source="Seen on a visit")
    on(page, "as_at", "6", "11", "2026")
    for element in ("accurate", "valid", "reliable", "timely", "relevant", "complete"):
        page.locator(f"[name={element}][value=yes]").check()
    go_on(page, "What would be told", "Add it")
    looked_at(page)


def begin(page: Page, universe: Universe, *known: str, decides: str) -> None:
    """From the person's page to what is decided."""
    page.goto(f"/people/{universe.people['Bee']}/sharing/decisions/")
    page.get_by_role("button", name="Decide about sharing").click()
    page.get_by_role("heading", name="Who would be told, and what for").wait_for()
    looked_at(page)
    ticked(page, "Riverside Homes")
    page.locator("[name=purpose][value=early_help]").check()
    go_on(page, "What would be told")
    add_what_is_told(page, "The stairs are hard for her at night.")
    go_on(page, "What is known of the person", "Go on")
    looked_at(page)
    ticked(page, *known)
    go_on(page, "What you decide")
    looked_at(page)
    ticked(page, decides)


def choose(page: Page, universe: Universe, which: str) -> None:
    """Write down that Bee agrees, or asks us not to, about her home and Riverside Homes."""
    page.goto(f"/people/{universe.people['Bee']}/sharing/")
    looked_at(page)
    page.get_by_role("button", name=which).click()
    page.get_by_role("heading", name=which).wait_for()
    looked_at(page)
    ticked(page, "Riverside Homes", "Their home and tenancy", "They said it")
    ticked(page, "Nothing speaks against it: we take it that they can")
    filled(page, exactly="That the stairs are hard for her.", words="My stairs are my stairs.")


def telling(page: Page) -> None:
    looked_at(page)
    filled(page, channel="In Alongside", onward="For the stairs alone", told_how="On Friday's visit")
    ticked(page, "Not yet: they will be told")
    go_on(page, "Check before you decide")
    looked_at(page)


@AT_A_DESK
def test_with_what_she_agreed_to_it_is_shared_and_arrives(page: Page, riverside: Universe) -> None:
    signed_in_as(page, "Asha Patel")
    choose(page, riverside, "They agree to sharing")
    page.locator("[name=purpose][value=early_help]").check()
    filled(page, free="The support goes on either way.")
    on(page, "expires_on", "1", "5", "2027")
    go_on(page, "What they chose about sharing", "Write it down")
    looked_at(page)
    begin(page, riverside, decides="To share it")
    go_on(page, "Basis in law, and why it is needed")
    looked_at(page)
    page.get_by_text("The person agreed to exactly this, and it holds today.").wait_for()
    for basis in ("6_e", "consent"):
        page.locator(f"input[value='{basis}']").check()
    filled(page, article_6_words="Care Act 2014 section 2", confidence_words="She said so.")
    filled(page, necessity="The landlord mends the stairs.", proportionality="Nothing of her health.")
    go_on(page, "How it is told, and what the person knows")
    telling(page)
    go_on(page, "To Riverside Homes", "Decide")
    looked_at(page)
    signed_out(page)
    signed_in_as(page, "Tom Reilly")
    page.get_by_role("link", name="Riverside Council shared something with us").click()
    page.get_by_text("The stairs are hard for her at night.").wait_for()
    looked_at(page)
    go_on(page, "Ó Murchú", "Confirm that it has arrived")
    page.goto("/shared-with-us/")
    looked_at(page)


@WITHOUT_SCRIPT
def test_against_what_she_asked_a_manager_agrees_first_and_her_word_comes_after(
    page: Page, riverside: Universe
) -> None:
    signed_in_as(page, "Asha Patel")
    choose(page, riverside, "They ask us not to share")
    go_on(page, "What they chose about sharing", "Write it down")
    begin(page, riverside, "Somebody else is at risk", decides="To share it")
    go_on(page, "Against what they asked: the ground")
    looked_at(page)
    ticked(page, "There is a risk to others")
    go_on(page, "Against what they asked: what the ground needs")
    looked_at(page)
    filled(
        page, refusal="My stairs are my stairs.", first="The neighbour below", second="Fire on the stairs",
        alternatives="Asked her twice; offered to carry", harm="Trust; Dee is with her on Thursday",
    )  # fmt: skip
    on(page, "review_on", "16", "11", "2026")
    go_on(page, "Basis in law, and why it is needed")
    for basis in ("6_e", "public_interest"):
        page.locator(f"input[value='{basis}']").check()
    filled(page, article_6_words="Care Act 2014 section 2", confidence_words="The neighbour may not get out.")
    filled(page, necessity="Only the landlord can clear it.", proportionality="The stairs, nothing else.")
    go_on(page, "How it is told, and what the person knows")
    telling(page)
    go_on(page, "To Riverside Homes", "Decide")
    page.get_by_text("Waits for somebody else to agree: nobody was told").first.wait_for()
    decision = page.url
    signed_out(page)
    signed_in_as(page, "Gwen Hughes")
    page.goto(f"{decision}second/")
    looked_at(page)
    ticked(page, "Yes")
    filled(page, words="I read all of it. Tell them about the stairs alone.")
    go_on(page, "To Riverside Homes", "Write it down")
    page.get_by_text("Shared, as somebody else agreed").first.wait_for()
    page.get_by_role("link", name="Write down what the person says of it now").click()
    looked_at(page)
    filled(page, words="You could have asked a third time.")
    go_on(page, "To Riverside Homes", "Write it down")
    page.get_by_text("You could have asked a third time.").wait_for()


@AT_A_DESK
def test_she_says_no_and_it_is_respected_and_somebody_unsure_asks(page: Page, riverside: Universe) -> None:
    signed_in_as(page, "Asha Patel")
    choose(page, riverside, "They ask us not to share")
    go_on(page, "What they chose about sharing", "Write it down")
    begin(page, riverside, decides="I am unsure: ask my manager for advice")
    go_on(page, "Ask for advice")
    looked_at(page)
    filled(page, question="She said no. The stairs burn. What now?")
    go_on(page, "Decide about sharing", "Ask")
    looked_at(page)
    page.get_by_role("link", name="What you decide").click()
    ticked(page, "Not to share it")
    go_on(page, "Why it is not shared")
    looked_at(page)
    filled(page, reason="She said no, and Dee will ask again.", risk="She or the neighbour may fall.")
    on(page, "review_on", "16", "11", "2026")
    go_on(page, "Check before you decide")
    go_on(page, "Not to Riverside Homes", "Decide")
    looked_at(page)
    page.goto(f"/people/{riverside.people['Bee']}/sharing/")
    page.get_by_role("link", name="They take this back").first.click()
    looked_at(page)
    ticked(page, "They said it")
    filled(page, effect_told="That it is as if she had not said it.")
    go_on(page, "What they chose about sharing", "Write it down")
    page.get_by_text("Taken back on 9 November 2026").wait_for()
    signed_out(page)
    signed_in_as(page, "Gwen Hughes")
    page.get_by_role("link", name="Somebody is unsure whether something may be shared").first.click()
    looked_at(page)
