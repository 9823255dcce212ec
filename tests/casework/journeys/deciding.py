"""The steps of a decision about sharing, walked in a browser: what journeys of sharing have in common."""

from datetime import datetime
from uuid import UUID

from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, signed_in_as, signed_out

GO_ON = "Save and continue"
HOMES, POLICE = "Riverside Homes", "Valley Police"
STAIRS = {
    "topic": "Their home and tenancy",
    "kind": "Something we saw or heard ourselves",
    "data": "Ordinary personal data",
    "words": "The stairs are hard for her at night.",
}
"""One thing that is told; journeys tell others in its place."""


def filled(page: Page, **boxes: str) -> None:
    """Fill boxes by the name with which they are sent."""
    for name, words in boxes.items():
        page.locator(f"[name={name}]").fill(words)


def ticked(page: Page, *labels: str) -> None:
    """Tick boxes and radios by what stands beside them."""
    for label in labels:
        page.get_by_label(label, exact=True).check()


def picked(page: Page, **chosen: str) -> None:
    """Choose of radios by the names and values with which they are sent."""
    for name, value in chosen.items():
        page.locator(f"[name={name}][value='{value}']").check()


def on(page: Page, name: str, day: str, month: str, year: str) -> None:
    """Fill the three boxes of a day."""
    for part, value in (("day", day), ("month", month), ("year", year)):
        page.locator(f"[name={name}-{part}]").fill(value)


def go_on(page: Page, heading: str, button: str = GO_ON) -> None:
    """Press a button, and wait for the page that it leads to."""
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("heading", name=heading).wait_for()


def choose(page: Page, person: UUID, which: str, *, to: str = HOMES, about: str = STAIRS["topic"]) -> None:
    """Begin to write down that Bee agrees, or asks us not to."""
    page.goto(f"/people/{person}/sharing/")
    looked_at(page)
    page.get_by_role("button", name=which).click()
    page.get_by_role("heading", name=which).wait_for()
    looked_at(page)
    ticked(page, to, about, "They said it")
    ticked(page, "Nothing speaks against it: we take it that they can")
    filled(page, exactly="That the stairs are hard for her.", words="My stairs are my stairs.")


def refuses(page: Page, person: UUID, *, to: str = HOMES, about: str = STAIRS["topic"]) -> None:
    """Write down that she asks us not to."""
    choose(page, person, "They ask us not to share", to=to, about=about)
    go_on(page, "What they chose about sharing", "Write it down")


def agrees(page: Page, person: UUID, *, until: datetime) -> None:
    """Write down that she agrees, until the end of a day."""
    choose(page, person, "They agree to sharing")
    picked(page, purpose="early_help")
    filled(page, free="The support goes on either way.")
    on(page, "expires_on", *until.strftime("%d %m %Y").split())
    go_on(page, "What they chose about sharing", "Write it down")


def add_what_is_told(page: Page, **thing: str) -> None:
    """Add one thing that is told."""
    page.get_by_role("button", name="Add something").click()
    page.get_by_role("heading", name="Add something to share").wait_for()
    looked_at(page)
    told = STAIRS | thing
    ticked(page, told["topic"], told["kind"])
    page.get_by_label(told["data"]).check()
    filled(page, words=told["words"], source="Seen on a visit", limits=told.get("limits", ""))
    on(page, "as_at", "6", "11", "2026")
    for element in ("accurate", "valid", "reliable", "timely", "relevant", "complete"):
        picked(page, **{element: "yes"})
    go_on(page, "What would be shared", "Add it")
    looked_at(page)


def begin(
    page: Page,
    person: UUID,
    *known: str,
    decides: str,
    to: str = HOMES,
    purpose: str = "early_help",
    **thing: str,
) -> None:
    """From the person's page to what is decided."""
    page.goto(f"/people/{person}/sharing/decisions/")
    page.get_by_role("button", name="Decide about sharing").click()
    page.get_by_role("heading", name="Who would be told, and what for").wait_for()
    looked_at(page)
    ticked(page, to)
    picked(page, purpose=purpose)
    go_on(page, "What would be shared")
    add_what_is_told(page, **thing)
    go_on(page, "What is known about the person", "Continue")
    looked_at(page)
    ticked(page, *known)
    go_on(page, "What you decide")
    looked_at(page)
    ticked(page, decides)


def ground(page: Page, which: str) -> None:
    """From what is decided to the questions of a ground."""
    go_on(page, "Against their wishes: the ground")
    looked_at(page)
    ticked(page, which)
    go_on(page, "Against their wishes: what the ground needs")
    looked_at(page)


def against(
    page: Page, first: str, second: str, *, review: tuple[str, str, str] = ("16", "11", "2026")
) -> None:
    """Answer the questions of a ground."""
    filled(
        page, refusal="My stairs are my stairs.", first=first, second=second,
        alternatives="Asked her twice; offered to come along", harm="Trust; Dee is with her on Thursday",
    )  # fmt: skip
    on(page, "review_on", *review)


def basis(page: Page, confidence: str, why: str, *, condition: str = "") -> None:
    """Choose the bases in law, and say why it is needed."""
    looked_at(page)
    picked(page, article_6="6_e", confidence=confidence, **({"condition": condition} if condition else {}))
    filled(page, article_6_words="Care Act 2014 section 2", confidence_words=why)
    if condition:
        filled(page, condition_words="It is needed for this, and asking her would undo it.")
    filled(page, necessity="They alone can do something.", proportionality="One sentence, nothing else.")
    go_on(page, "How it is shared, and what the person knows")


def telling(page: Page, *, unsafe: str = "") -> None:
    """Say how it is told, and that she will be told of it or, where that is unsafe, why not."""
    looked_at(page)
    filled(page, channel="In Alongside", onward="For this alone")
    if unsafe:
        ticked(page, "No: it is not safe for them to know")
        filled(page, told_why_not=unsafe)
    else:
        ticked(page, "Not yet: they will be told")
        filled(page, told_how="On Friday's visit")
    go_on(page, "Check before you decide")
    looked_at(page)


def second_look(page: Page, decision: str, *, to: str, answer: str = "Yes") -> None:
    """Let the manager find it on the page of her day, read all of it, and answer."""
    signed_out(page)
    signed_in_as(page, "Gwen Hughes")
    looked_at(page)
    page.goto(f"{decision}second/")
    looked_at(page)
    ticked(page, answer)
    filled(page, words="I read all of it.")
    go_on(page, f"To {to}", "Write it down")
    looked_at(page)


def arrives(page: Page, who: str, words: str) -> None:
    """Let the recipient find it on the page of their day, read it and confirm that it has arrived."""
    signed_out(page)
    signed_in_as(page, who)
    page.get_by_role("link", name="Riverside Council shared something with us").click()
    page.get_by_text(words).wait_for()
    looked_at(page)
    go_on(page, "Ó Murchú", "Confirm that it has arrived")
    page.get_by_text(f"{who} confirmed it").wait_for()
    looked_at(page)
