"""What every page has, whatever it is about; what may not be on any."""

from pathlib import Path

import pytest
from django.contrib.messages import success
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.template import engines
from django.test import Client, RequestFactory

import alongside.casework.design
from alongside.casework.access.actors import Actor
from alongside.casework.design import refusals, today
from alongside.casework.design.today import Section, sections_for

STATIC = Path(alongside.casework.design.__file__).parent / "static/design"


@pytest.fixture
def request_of_a_member(rf: RequestFactory, anybody: Actor) -> HttpRequest:
    request = rf.get("/")
    request.actor = anybody
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def shown(request: HttpRequest, layout: str = "app", **context: object) -> str:
    page = engines.all()[0].from_string(
        "{% extends 'layouts/" + layout + ".jinja' %}{% block title %}A page{% endblock %}"
        "{% block content %}<h1>A page</h1>{% endblock %}"
    )
    return str(page.render(context, request))


@pytest.mark.parametrize("layout", ["app", "plain", "print"])
def test_every_layout_says_its_language_title_and_main_part(
    request_of_a_member: HttpRequest, layout: str
) -> None:
    page = shown(request_of_a_member, layout)
    assert '<html lang="en-gb"' in page
    assert "<title>A page - Alongside</title>" in page
    assert page.count("<main") == 1
    assert page.count("<header") == page.count("<footer") == 1
    assert 'href="#main-content"' in page
    assert ("Sign out" in page) is (layout == "app")


def test_what_was_done_is_told_once(request_of_a_member: HttpRequest) -> None:
    success(request_of_a_member, "It was <saved>.")
    page = shown(request_of_a_member)
    assert "govuk-notification-banner--success" in page
    assert "It was &lt;saved&gt;." in page
    assert request_of_a_member._messages.used


def test_a_page_may_be_left_at_once_and_only_where_it_says_so(request_of_a_member: HttpRequest) -> None:
    assert "Exit this page" not in shown(request_of_a_member)
    page = shown(request_of_a_member, exit_to="https://weather.example/")
    assert 'data-module="govuk-exit-this-page"' in page
    assert page.count('href="https://weather.example/"') == 2


def test_when_something_broke_the_page_asks_for_nothing(rf: RequestFactory) -> None:
    answer = refusals.broken(rf.get("/"))  # no session, no user, no database
    assert answer.status_code == 500
    assert "telephone 999" in answer.text


def test_sections_of_today_come_in_order_and_none_is_left_out(
    request_of_a_member: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    later, sooner, between = Section("Later", 20), Section("Sooner", 10), Section("Between", 15)
    monkeypatch.setattr(today, "SECTIONS", [lambda _: [later, between], lambda _: None, lambda _: sooner])
    assert sections_for(request_of_a_member) == [sooner, between, later]


def test_what_is_sent_to_browsers_is_small_ours_and_complete_in_itself() -> None:
    files = [path for path in STATIC.iterdir() if path.is_file()]
    assert {path.name for path in files} == {
        "alongside.css",
        "papers.css",
        "govuk-frontend.min.js",
        "icon.svg",
    }
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert len(text) < 512 * 1024
        assert "sourceMappingURL" not in text
        assert "url(/" not in text.replace('"', "")
        assert "GDS Transport" not in text


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (OperationalError("Beatrice"), 503, "It cannot reach its database."),
        (InterfaceError("Beatrice"), 503, "It cannot reach its database."),
        (ValueError("Beatrice"), 500, "This is our fault, not yours."),
    ],
    ids=["gone", "broken off", "a fault of ours"],
)
def test_a_database_that_is_away_is_told_apart_from_a_fault_of_ours_wherever_it_shows(
    monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, sentence: str
) -> None:
    """In a middleware too: the session is the first that asks the database."""

    def away(*_: object) -> None:
        raise error

    monkeypatch.setattr("alongside.casework.accounts.sessions.SessionStore.load", away)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    answer = client.get("/")
    text = answer.content.decode()
    assert (answer.status_code, sentence in text, "Beatrice" in text) == (status, True, False)
    assert answer.headers.get("Retry-After") == ("30" if status == 503 else None)
    assert ("What you just sent was not saved." in client.post("/").content.decode()) == (status == 503)
