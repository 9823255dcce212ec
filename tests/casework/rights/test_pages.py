"""The pages of requests for access: who is offered what, what they say, and what a wrong answer keeps."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.rights.conftest import line_with, looked_at, row
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.design import pdf
from alongside.casework.rights.commands.withholding import make_ready
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.presenters.desk import href_of
from alongside.casework.rights.queries.bundle import bundle_of
from alongside.casework.rights.rules.tables import TABLES


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Views read the clock; here it stands."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def lead(riverside: Universe) -> Client:
    return browser_of(riverside.members["Iris Okafor"].user)


def day(name: str, on: date) -> dict[str, Any]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def listing(address: str) -> str:
    """How a line stands in a list: the button to the next that waits leads to one too."""
    return f'<a class="govuk-link" href="{address}">'


def typed(at: datetime, **other: Any) -> dict[str, Any]:
    return {"asked_by": "person", "how": "letter"} | day("received_on", at.date()) | other


def test_from_a_persons_page_their_worker_passes_on_that_they_ask(riverside: Universe, at: datetime) -> None:
    amina, browser = riverside.people["Amina"], browser_of(riverside.members["Joan Adeyemi"].user)
    address = f"/people/{amina}/rights/new/"
    assert f'href="{address}"' in browser.get(f"/people/{amina}/").text
    wrong = browser.post(address, typed(at, asked_by="for_them", wanted="The rent letters."))
    assert wrong.status_code == 422
    assert "Enter what you have seen that allows them to ask" in wrong.text
    assert "The rent letters." in wrong.text
    early = browser.post(address, typed(at) | {"received_on-year": at.year + 1})
    assert early.status_code == 422
    assert "This day is still to come" in early.text
    assert "They ask what we hold about them" in early.text
    assert 'href="/rights/"' not in early.text, "it leads back to the person"
    taken = browser.post(address, typed(at), follow=True)
    assert "Tell the person they will have an answer within a month." in taken.text
    assert browser.get("/rights/").status_code == 403


def test_who_answers_finds_whose_it_is_without_being_shown_anybody(
    riverside: Universe, lead: Client, at: datetime
) -> None:
    born = day("date_of_birth", date(2007, 5, 19))
    wrong = lead.post("/rights/new/", typed(at, surname="Yusof") | born)
    assert wrong.status_code == 422
    assert "No record has this surname and date of birth" in wrong.text
    taken = lead.post("/rights/new/", typed(at, surname="Yusuf") | born)
    page = lead.get(taken["Location"]).text
    assert "The month begins when it is known who is asking" not in page
    assert "Due by 2 December 2026, 30 days left" in page
    assert "You noted this request. Somebody else who answers requests" in page
    assert "Note how you know who is asking" not in page
    assert "Amina" not in page


def test_today_tells_who_answers_what_is_due(riverside: Universe, lead: Client) -> None:
    page = lead.get("/").text
    assert "Requests, corrections and objections" in page
    assert "Being put together. Due by 24 November 2026, 22 days left" in page
    asha = browser_of(riverside.members["Asha Patel"].user)
    assert "Requests, corrections and objections" not in asha.get("/").text


def test_a_late_request_says_so(riverside: Universe, lead: Client, asked: UUID) -> None:
    row(asked)
    AccessRequest.objects.filter(id=asked).update(received_on=date(2026, 9, 1))
    page = lead.get(f"/rights/{asked}/").text
    assert "Was due on 1 October 2026, 32 days ago" in page
    assert "This is late." in page


@pytest.mark.parametrize(
    ("address", "given", "then"),
    [
        ("identity/asked/", {}, "Proof was asked for on 2 November 2026"),
        ("identity/", {"how": "Her worker knows her."}, "Her worker knows her."),
        ("asked/", {"asked": "Which months?"}, "Paused since 2 November 2026"),
        ("longer/", {"why": "Six agencies."}, "Six agencies."),
        ("close/", {"why": "She took it back."}, "She took it back."),
    ],
)
def test_each_step_is_noted_and_a_wrong_one_keeps_what_was_typed(
    riverside: Universe, lead: Client, at: datetime, address: str, given: dict[str, str], then: str
) -> None:
    stan = riverside.access_requests["Stan"]
    where = f"/rights/{stan}/{address}"
    if given:
        assert lead.post(where, day("on", at.date())).status_code == 422
    if address != "close/":
        too_early = lead.post(where, given | day("on", date(2026, 1, 1)))
        assert too_early.status_code == 422
        assert all(words in too_early.text for words in given.values())
    page = lead.post(where, given | day("on", at.date()), follow=True)
    assert then in page.text


def test_the_answer_to_a_question_lets_the_clock_go_on(
    riverside: Universe, lead: Client, asked: UUID, at: datetime
) -> None:
    lead.post(f"/rights/{asked}/asked/", {"asked": "Which months?"} | day("on", at.date()))
    page = lead.get(f"/rights/{asked}/").text
    assert f"/rights/{asked}/answered/" in page
    page = lead.post(
        f"/rights/{asked}/answered/", {"answer": "All of them."} | day("on", at.date()), follow=True
    ).text
    assert "All of them." in page
    assert "Due by 24 November 2026" in page


def test_the_desk_shows_kinds_each_its_lines_and_one_line_what_is_marked_in_it(
    riverside: Universe, lead: Client, iris: Actor, asked: UUID
) -> None:
    desk = lead.get(f"/rights/{asked}/bundle/").text
    assert "to look at" in desk
    assert "Look at the next line" in desk
    assert "Mark as ready for somebody else to release" not in desk
    key = line_with(bundle_of(actor=iris, request_id=asked), "man upstairs").line.key
    address = f"/rights/{asked}/bundle/{key.replace(':', '/')}/"
    kind = f"/rights/{asked}/bundle/{key.partition(':')[0]}/"
    assert kind in desk
    listed = lead.get(kind).text
    assert listing(address) not in desk
    assert listing(address) in listed
    assert "Look at the next line" in listed
    page = lead.get(address).text
    assert "<mark>man upstairs</mark>" in page
    wrong = lead.post(address, {"how_much": "words", "words": "a brother", "ground": "crime", "why": "x"})
    assert wrong.status_code == 422
    assert "These words are not in the line" in wrong.text
    health = {"how_much": "all", "ground": "harm_health", "why": "It would harm her."}
    refused = lead.post(address, health)
    assert "Enter the name and job title of the health professional" in refused.text
    assert "It would harm her." in refused.text
    withheld = {"how_much": "words", "words": "the man upstairs", "ground": "third_party", "why": "His."}
    page = lead.post(address, withheld, follow=True).text
    assert "Withheld: It is about somebody else" in page
    long = lead.post(f"{address}looked/", {"note": "Asked him. " * 100})
    assert long.status_code == 422
    assert "Asked him. " * 100 in long.text
    followed = lead.post(f"{address}looked/", {"note": "Asked him."}, follow=True)
    assert followed.redirect_chain[-1][0] != address
    assert "Give it after all" in lead.get(address).text


def test_many_lines_of_a_kind_are_shown_some_at_a_time(
    lead: Client, iris: Actor, asked: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.casework.rights.views.desk.LINES_AT_ONCE", 2)
    bundle = bundle_of(actor=iris, request_id=asked)
    label, lines = max(bundle.tables.items(), key=lambda table: len(table[1]))
    kind = f"/rights/{asked}/bundle/{label}/"
    seen = [
        each.line.key
        for begins in range(0, len(lines), 2)
        for page in [lead.get(f"{kind}?from={begins}").text]
        for each in lines
        if listing(href_of(asked, each.line.key)) in page
    ]
    assert seen == [each.line.key for each in lines]
    first, last = (lead.get(f"{kind}?from={begins}").text for begins in (0, len(lines) - 1))
    assert ["Previous page" in first, "Next page" in first] == [False, True]
    assert ["Previous page" in last, "Next page" in last] == [True, False]
    assert lead.get(f"{kind}?from=9999").text.count(listing(href_of(asked, lines[0].line.key))) == 1


def test_of_a_kind_there_may_be_nothing_and_what_is_no_kind_is_not_found(lead: Client, asked: UUID) -> None:
    empty = next(each for each in TABLES if each not in lead.get(f"/rights/{asked}/bundle/").text)
    assert "Nothing of this kind is held" in lead.get(f"/rights/{asked}/bundle/{empty}/").text
    for no_kind in ("people.Nothing", "auth.Group", "people"):
        assert lead.get(f"/rights/{asked}/bundle/{no_kind}/").status_code == 404


def test_what_is_ready_is_released_by_another_who_types_what_belongs_to_the_person(
    riverside: Universe, lead: Client, iris: Actor, asked: UUID, at: datetime
) -> None:
    looked_at(iris, asked, at)
    assert "Mark as ready for somebody else to release" in lead.get(f"/rights/{asked}/bundle/").text
    lead.post(f"/rights/{asked}/bundle/ready/")
    assert lead.get(f"/rights/{asked}/release/").status_code == 403
    ada = browser_of(riverside.members["Ada Clarke"].user)
    page = ada.get(f"/rights/{asked}/release/").text
    reference = row(asked).reference
    assert reference not in page
    assert "Bee" not in page
    assert "This has not been released yet" in ada.get(f"/rights/{asked}/bundle/read/").text
    empty = ada.post(f"/rights/{asked}/release/", {"reference": ""})
    assert "Enter the date of birth, or the reference" in empty.text
    other = ada.post(f"/rights/{asked}/release/", day("date_of_birth", date(1948, 11, 30)))
    assert other.status_code == 422
    assert "Check whose it is" in other.text
    page = ada.post(f"/rights/{asked}/release/", day("date_of_birth", date(1951, 3, 4)), follow=True).text
    assert "To be handed over" in page
    given = lead.get(f"/rights/{asked}/given/").text
    assert f"/rights/{asked}/document/" in given
    told = {"to": "Bee", "how": "in_person", "form": "paper"}
    early = lead.post(f"/rights/{asked}/given/", told | day("on", date(2026, 10, 1)))
    assert early.status_code == 422
    page = lead.post(f"/rights/{asked}/given/", told | day("on", at.date()), follow=True).text
    assert "2 November 2026: to Bee. Handed to them. On paper. Noted by Iris Okafor." in page
    codes = list(AuditEvent.objects.filter(code__startswith="rights.").values_list("code", flat=True))
    assert {"rights.made_ready", "rights.released", "rights.handed_over"} <= set(codes)


def test_a_machine_without_pango_offers_the_page_and_the_data(
    riverside: Universe, lead: Client, asked: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.casework.rights.views.giving.may_be_made", lambda: False)
    page = lead.get(f"/rights/{asked}/given/").text
    assert "PDFs cannot be made here. Print the page instead." in page
    assert f"/rights/{asked}/document/" not in page

    def missing() -> Any:
        raise pdf.NoPdfHereError("This machine cannot make a PDF: Pango is not installed.")

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    assert not pdf.may_be_made()


def test_the_first_page_tells_the_person_what_they_can_do(
    riverside: Universe, lead: Client, asked: UUID
) -> None:
    page = lead.get(f"/rights/{asked}/bundle/read/").text
    for words in (
        "You can complain to Riverside Council",
        "within 30 days",
        "ico.org.uk/make-a-complaint",
        "You can ask us to limit how we use it",
        "A list like this decides nothing",
        "Who has looked at your record",
        "1 thing is withheld from this answer",
    ):
        assert words in page
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Bee" not in title


@pytest.mark.parametrize(
    "address", ["", "identity/asked/", "identity/", "asked/", "longer/", "close/", "given/"]
)
def test_a_page_about_a_request_costs_few_questions(riverside: Universe, lead: Client, address: str) -> None:
    stan = riverside.access_requests["Stan"]
    lead.get("/rights/")
    with CaptureQueriesContext(connection) as made:
        lead.get(f"/rights/{stan}/{address}")
    asked = [
        each for each in made if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "select set_config"))
    ]
    assert len(asked) <= 15


def test_send_back_lets_it_be_worked_on_again(
    riverside: Universe, lead: Client, iris: Actor, asked: UUID, at: datetime
) -> None:
    looked_at(iris, asked, at)
    make_ready(actor=iris, at=at, request_id=asked)
    assert lead.post(f"/rights/{asked}/back/", follow=True).status_code == 200
    assert row(asked).state == "open"
    assert lead.post(f"/rights/{asked}/back/").status_code == 409


def test_a_withholding_is_taken_back_and_the_bundle_brought_up_to_date(
    riverside: Universe, lead: Client, who: Callable[[str], Actor], asked: UUID
) -> None:
    withheld = row(asked).withheld.get()
    page = lead.post(f"/rights/{asked}/withheld/{withheld.id}/back/", follow=True).text
    assert "It is no longer withheld" in page
    assert "neighbour below" in lead.get(f"/rights/{asked}/bundle/read/").text
    page = lead.post(f"/rights/{asked}/bundle/up-to-date/", follow=True).text
    assert "The bundle now has what is held today." in page
