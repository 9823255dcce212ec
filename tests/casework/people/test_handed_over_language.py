"""Whoever is handed a device reads and writes in their own language, and loses nothing by choosing it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.design.languages import languages_offered
from alongside.casework.people.models import AboutMe

pytestmark = pytest.mark.django_db
WRITES = "/people/own-words/"
TYPED = {"section": "wishes", "words": "I want to stay. \n\nHere."}


@pytest.fixture
def welsh_is_offered(settings: Any) -> Iterator[None]:
    settings.LANGUAGES = languages_offered("cy")
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def device(riverside_now: Universe, welsh_is_offered: None) -> Client:
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    assert browser.post(f"/people/{riverside_now.people['Bee']}/hand-over/")["Location"] == WRITES
    return browser


def test_the_page_on_which_they_write_comes_back_in_the_language_with_what_they_typed(device: Client) -> None:
    page = device.get(WRITES).text
    assert page.count("Cymraeg") == page.count('name="language"') == 1
    assert 'action="/language/"' not in page, "it would leave behind what they have typed"
    before = AboutMe.objects.count()
    chosen = device.post(WRITES, TYPED | {"language": "cy"})
    assert (chosen.status_code, chosen["Content-Language"]) == (200, "cy")
    assert '<html lang="cy"' in chosen.text
    assert "I want to stay. \n\nHere.</textarea>" in chosen.text.replace("\r\n", "\n")
    assert 'value="wishes" checked' in chosen.text
    assert "There is a problem" not in chosen.text
    assert AboutMe.objects.count() == before
    assert device.cookies["django_language"].value == "cy"
    assert '<html lang="cy"' in device.get(WRITES).text


def test_a_language_that_is_not_offered_changes_nothing_and_loses_nothing(device: Client) -> None:
    kept = device.post(WRITES, {"words": TYPED["words"], "language": "fr"})
    assert (kept.status_code, kept["Content-Language"]) == (422, "en-gb")
    assert "I want to stay." in kept.text
    assert "django_language" not in device.cookies


def test_the_pages_on_which_they_only_read_keep_the_choice_and_lead_nowhere_else(device: Client) -> None:
    chosen = device.post("/language/", {"language": "cy", "next": WRITES + "back/"})
    assert chosen["Location"] == WRITES + "back/"
    assert '<html lang="cy"' in device.get(WRITES + "back/").text
    elsewhere = device.post("/language/", {"language": "en-gb", "next": "/people/"}, follow=True)
    assert elsewhere.redirect_chain[-1][0] == WRITES
