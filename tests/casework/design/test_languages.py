"""Pages in another language: only where a partnership has turned it on, and chosen by whoever reads."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from alongside.casework.design.dates import DateField, day_in_words, moment_in_words
from alongside.casework.design.languages import languages_offered
from alongside.errors import AskedWronglyError

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


@pytest.fixture
def welsh_is_offered(settings: Any) -> Iterator[None]:
    settings.LANGUAGES = languages_offered("cy")
    yield
    translation.activate(settings.LANGUAGE_CODE)


def page(client: Client, address: str = SIGN_IN, **asked: Any) -> str:
    return client.get(address, **asked).content.decode()


def test_nobody_is_given_welsh_until_the_partnership_turns_it_on(client: Client) -> None:
    client.cookies["django_language"] = "cy"
    shown = page(client, headers={"accept-language": "cy"})
    assert '<html lang="en-gb"' in shown
    assert "Cymraeg" not in shown
    refused = client.post(SIGN_IN, {"email": "", "password": ""}, headers={"accept-language": "cy"})
    assert "Enter" in refused.content.decode()
    assert refused["Content-Language"] == "en-gb"


def test_where_it_is_on_a_browser_that_asks_for_welsh_is_given_it(
    client: Client, welsh_is_offered: None
) -> None:
    assert '<html lang="cy"' in page(client, headers={"accept-language": "cy, en;q=0.5"})
    assert '<html lang="en-gb"' in page(client, headers={"accept-language": "fr"})


def test_a_reader_chooses_and_comes_back_to_the_page(client: Client, welsh_is_offered: None) -> None:
    shown = page(client, SIGN_IN + "?next=/people/")
    assert 'name="language" value="cy" lang="cy">Cymraeg</button>' in shown
    assert 'name="next" value="/sign-in/?next=/people/"' in shown
    answer = client.post("/language/", {"language": "cy", "next": SIGN_IN})
    assert (answer.status_code, answer["Location"]) == (302, SIGN_IN)
    assert client.cookies["django_language"].value == "cy"
    assert client.cookies["django_language"]["httponly"]
    assert client.cookies["django_language"]["samesite"] == "Lax"
    chosen = page(client)
    assert '<html lang="cy"' in chosen
    assert 'value="en-gb" lang="en-gb">English</button>' in chosen


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", r"/\evil.example"]
)
def test_the_choice_leads_nowhere_else(client: Client, welsh_is_offered: None, elsewhere: str) -> None:
    answer = client.post("/language/", {"language": "cy", "next": elsewhere})
    assert answer["Location"] == "/"


def test_a_language_that_is_not_offered_changes_nothing(client: Client, welsh_is_offered: None) -> None:
    client.post("/language/", {"language": "fr", "next": SIGN_IN})
    assert '<html lang="en-gb"' in page(client)


def test_a_choice_is_sent_never_followed_from_a_link(client: Client, welsh_is_offered: None) -> None:
    assert client.get("/language/?language=cy").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/language/", {"language": "cy"}).status_code == 403


def test_a_language_without_a_catalogue_is_refused_in_a_sentence() -> None:
    assert languages_offered("") == languages_offered("en-gb") == [("en-gb", "English")]
    assert languages_offered(" cy ,") == [("en-gb", "English"), ("cy", "Cymraeg")]
    with pytest.raises(AskedWronglyError, match="ALONGSIDE_LANGUAGES names fr, which has no catalogue"):
        languages_offered("cy,fr")


def test_days_are_said_in_the_readers_language_and_on_the_wall() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # after midnight in London
    assert day_in_words(date(2026, 11, 2)) == "2 November 2026"
    assert day_in_words(late) == "1 July 2026"
    assert moment_in_words(late) == "1 July 2026 at 00:30"
    with translation.override("cy"):
        assert day_in_words(date(2026, 11, 2)) == "2 Tachwedd 2026"


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (("", "3", "2026"), "The date must include a day"),
        (("27", "", ""), "The date must include a month and a year"),
        (("", "3", ""), "The date must include a day and a year"),
    ],
)
def test_a_date_without_a_part_is_refused_in_a_whole_sentence(boxes: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(Exception, match=f"^\\['{sentence}'\\]$"):
        DateField().to_python(boxes)
