"""Passkeys in a real browser with an authenticator of its own; and a lead who helps a member who lost all."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import CDPSession, Page, expect
from tests.casework.accounts.conftest import PASSWORD, Partnership, build
from tests.casework.accounts.test_second_factor import shown
from tests.casework.journeys.conftest import looked_at

from alongside.casework.audit.models import AuditEvent

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
KEY = DEVICE | {"transport": "usb", "hasUserVerification": False, "isUserVerified": False}


@pytest.fixture(autouse=True)
def partnership(transactional_db: None) -> Partnership:
    return build(timezone.now())


def give_password(page: Page, who: str = "will") -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(f"{who}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def has_script(page: Page) -> bool:
    page.wait_for_load_state()  # a page that was just asked for has no body yet
    return bool(page.evaluate("document.body.classList.contains('js-enabled')"))


def device(page: Page, kind: dict) -> tuple[CDPSession, str]:
    """Give the browser an authenticator; it answers at once, as if its owner were there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})["authenticatorId"]


def seen(page: Page, name: str) -> None:
    """Whatever the page must bear; and a picture of it where somebody asked for pictures."""
    looked_at(page)
    if folder := os.environ.get("ALONGSIDE_PICTURES"):
        width = page.viewport_size["width"]
        script = "" if has_script(page) else "-plain"
        page.screenshot(path=Path(folder) / f"{name}-{width}{script}.png", full_page=True)


def add(page: Page, name: str) -> None:
    page.get_by_label("Name of the passkey").fill(name)
    page.get_by_role("button", name="Add the passkey").click()


def test_a_member_adds_passkeys_signs_in_with_them_and_removes_one(page: Page) -> None:
    give_password(page)
    page.goto("/my-security/")
    seen(page, "my-security-none")
    page.get_by_role("button", name="Add a passkey").click()
    if not has_script(page):
        expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
        expect(page.get_by_role("button", name="Add the passkey")).to_be_hidden()
        seen(page, "add-passkey")
        page.get_by_role("link", name="Set up an authenticator app").click()
        expect(page.get_by_role("img", name="QR code to scan")).to_be_visible()
        return
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_hidden()
    seen(page, "add-passkey")

    session, laptop = device(page, DEVICE)
    add(page, "Work laptop")
    page.get_by_role("heading", name="Save your recovery codes").wait_for()
    seen(page, "recovery-codes")
    page.get_by_role("button", name="Sign out").click()

    give_password(page)
    seen(page, "give-code")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Hello Will Ford").wait_for()

    page.goto("/my-security/passkeys/new/")
    page.get_by_role("heading", name="Confirm that it is you").wait_for()
    seen(page, "confirm")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Add a passkey").wait_for()
    add(page, "The same laptop")
    expect(page.get_by_text("This device already has a passkey for you")).to_be_visible()
    _, key = device(page, KEY)
    session.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": laptop, "enabled": False})
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": laptop})
    add(page, "Blue key")
    page.get_by_text("Your recovery codes stay the same").wait_for()
    seen(page, "my-security-two")

    page.get_by_role("link", name="Remove Work laptop").click()
    seen(page, "remove-passkey")
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("The passkey was removed").wait_for()
    expect(page.get_by_text("Work laptop")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()

    give_password(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Hello Will Ford").wait_for()
    page.get_by_role("button", name="Sign out").click()

    give_password(page)
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    device(page, DEVICE)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible(timeout=60_000)
    seen(page, "passkey-not-used")


def test_a_lead_takes_a_second_factor_off_and_the_member_sets_up_another(page: Page) -> None:
    give_password(page)
    page.goto("/my-security/set-up/")
    secret = page.locator("main strong").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(shown(secret))
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("button", name="Sign out").click()
    give_password(page)
    expect(page.get_by_text("ask your organisation lead to remove your second factor")).to_be_visible()
    seen(page, "give-code-app")

    give_password(page, "lena")
    page.goto("/members/")
    seen(page, "members")
    page.get_by_role("link", name="Remove second factor of Will Ford").click()
    seen(page, "take-off-of")
    page.get_by_role("button", name="Remove second factor").click()
    expect(page.get_by_role("link", name="Enter how you checked")).to_be_visible()
    seen(page, "take-off-of-wrong")
    page.get_by_label("How did you check").fill("I met him at the office")
    page.get_by_role("button", name="Remove second factor").click()
    page.get_by_text("The second factor of Will Ford was removed").wait_for()
    page.get_by_role("button", name="Sign out").click()

    give_password(page)
    expect(page.get_by_text("Lena Marsh removed your second factor")).to_be_visible()
    seen(page, "set-up-after")
    assert AuditEvent.objects.filter(code="accounts.second_factor_taken_off_for").exists()
