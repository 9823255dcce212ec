"""The register: who enters and changes agreements, what is recorded, and what the pages say."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.casework.opened import standing
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.sharing.commands.agreements import (
    WrongTermsError,
    change_agreement,
    sign_agreement,
)
from alongside.casework.sharing.models import Agreement
from alongside.casework.sharing.queries.agreements import covering, in_the_register
from alongside.casework.sharing.rules.agreements import Extent, Terms
from alongside.casework.sharing.rules.basis import DataClass


@pytest.fixture
def lead(riverside: Universe) -> Actor:
    return actor_for(riverside, "Iris Okafor", on=date(2026, 11, 2))


@pytest.fixture
def browser(riverside: Universe) -> Client:
    return browser_of(riverside.members["Iris Okafor"].user)


def terms(riverside: Universe, **other: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "reference": "ISA-RIV-011", "title": "Fire safety at home", "owner": "Head of Prevention",
        "parties": [riverside.organisations[code].id for code in ("riverside_homes", "valley_police")],
        "purposes": ["early_help"], "kinds": ["ordinary"], "extent": "existence", "signed": date(2026, 10, 1),
        "begins": date(2026, 11, 1), "ends": date(2028, 10, 31), "review": date(2027, 10, 31),
    }  # fmt: skip
    return given | other


def said(riverside: Universe, **other: Any) -> dict[str, Any]:
    """The same, as a command is told."""
    given = terms(riverside, **other)
    of_terms = {name: given.pop(name) for name in ("signed", "begins", "ends", "review")}
    return given | {
        "terms": Terms(
            **of_terms,
            parties=frozenset(map(str, given.pop("parties"))),
            purposes=frozenset(given.pop("purposes")),
            kinds=frozenset(map(DataClass, given.pop("kinds"))),
            extent=Extent(given.pop("extent")),
        )
    }


def typed(riverside: Universe, **other: Any) -> dict[str, Any]:
    """The same, as a browser sends it."""
    sent: dict[str, Any] = {}
    for name, value in terms(riverside, **other).items():
        if isinstance(value, date):
            sent |= {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}
        else:
            sent[name] = [str(each) for each in value] if isinstance(value, list) else value
    return sent


@pytest.mark.proves("MARM-38")
def test_an_agreement_is_entered_by_whoever_keeps_them_and_that_is_recorded(
    riverside: Universe, lead: Actor, at: Any
) -> None:
    made = sign_agreement(actor=lead, at=at, **said(riverside))
    last = AuditEvent.objects.order_by("sequence").last()
    assert last is not None
    assert (last.code, last.details["reference"]) == ("sharing.agreement_signed", "ISA-RIV-011")
    assert {each.code for each in made.parties.all()} == {"riverside_homes", "valley_police"}
    asha = actor_for(riverside, "Asha Patel", on=date(2026, 11, 2))
    with pytest.raises(NotAllowedError):
        sign_agreement(actor=asha, at=at, **said(riverside, reference="ISA-RIV-012"))


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"reference": "isa-riv-007"}, AlreadyDoneError),
        ({"ends": date(2026, 10, 31)}, WrongTermsError),
        ({"review": date(2029, 1, 1)}, WrongTermsError),
        ({"parties": []}, WrongTermsError),
        ({"parties": [uuid4(), uuid4()]}, NotFoundError),
        ({"purposes": ["selling"]}, NotFoundError),
        ({"purposes": []}, WrongTermsError),
        ({"kinds": []}, WrongTermsError),
    ],
)
def test_what_could_not_be_an_agreement_is_refused_and_nothing_is_kept(
    riverside: Universe, lead: Actor, at: Any, other: dict[str, Any], error: type[Exception]
) -> None:
    before = Agreement.objects.count()
    with pytest.raises(error):
        sign_agreement(actor=lead, at=at, **said(riverside, **other))
    assert Agreement.objects.count() == before


def test_of_two_who_change_it_at_once_the_second_is_told(riverside: Universe, lead: Actor, at: Any) -> None:
    made = sign_agreement(actor=lead, at=at, **said(riverside))
    changed = said(riverside, title="Fire safety")
    del changed["reference"]
    change_agreement(actor=lead, at=at, agreement_id=made.id, opened_version=1, **changed)
    with pytest.raises(StaleError):
        change_agreement(actor=lead, at=at, agreement_id=made.id, opened_version=1, **changed)
    last = AuditEvent.objects.filter(code="sharing.agreement_changed").get()
    assert last.details["changed"] == "title"


def test_an_agreement_that_ended_covers_nothing_new_and_says_which_it_was(riverside: Universe) -> None:
    council, homes = (riverside.organisations[code].id for code in ("riverside_council", "riverside_homes"))

    def asked(day: date, purpose: str = "early_help") -> tuple[list[str], str]:
        found, why = covering(
            in_the_register(), day=day, between=(council, homes), purpose=purpose,
            data=DataClass.SPECIAL, extent=Extent.CONTENT,
        )  # fmt: skip
        return [each.reference for each in found], why

    assert asked(date(2026, 11, 2)) == (["ISA-RIV-007"], "")
    covers, why = asked(date(2027, 6, 1))
    assert covers == []
    assert why.startswith(("ISA-RIV-007", "ISA-RIV-009"))
    assert "has ended" in why
    outsider = riverside.organisations["money_matters"].id
    _, why = covering(
        in_the_register(), day=date(2026, 11, 2), between=(council, outsider), purpose="early_help",
        data=DataClass.ORDINARY, extent=Extent.EXISTENCE,
    )  # fmt: skip
    assert why == "There is no agreement between these organisations."


def test_the_pages_enter_change_and_show_an_agreement(riverside: Universe, browser: Client) -> None:
    assert "ISA-RIV-007" in browser.get("/agreements/").text
    wrong = browser.post("/agreements/new/", typed(riverside, ends=date(2026, 10, 1)))
    assert wrong.status_code == 422
    assert "The last day must be the first day or a later one" in wrong.text
    again = browser.post("/agreements/new/", typed(riverside, reference="ISA-RIV-007"))
    assert (again.status_code, "already" in again.text) == (422, True)
    entered = browser.post("/agreements/new/", typed(riverside))
    assert entered.status_code == 302
    page = browser.get(entered["Location"]).text
    assert "Fire safety at home" in page
    assert "Only whether somebody is known" in page
    address = entered["Location"] + "change/"
    assert browser.post(address, typed(riverside, title="Fire") | {"opened_version": 1}).status_code == 302
    clash = browser.post(address, typed(riverside, title="Smoke alarms") | {"opened_version": 1})
    assert clash.status_code == 409
    assert "Smoke alarms" in clash.text
    assert "Fire" in clash.text


def test_of_two_who_change_one_neither_undoes_what_only_the_other_changed(
    riverside: Universe, browser: Client
) -> None:
    path = browser.post("/agreements/new/", typed(riverside))["Location"] + "change/"
    opened = standing(browser.get(path).text)
    theirs = {"title": ["Fire"], "kinds": ["ordinary", "special"], "ends-year": ["2029"]}
    assert browser.post(path, opened | theirs).status_code == 302
    clash = browser.post(path, opened | {"title": ["Smoke alarms"], "owner": ["Head of Homes"]})
    assert clash.status_code == 409
    assert clash.text.count("Theirs:") == 1
    assert "<strong>Theirs:</strong> Fire" in clash.text
    held = standing(clash.text)
    mine = {"title": ["Smoke alarms"], "owner": ["Head of Homes"]}
    assert {name: held[name] for name in theirs | mine} == theirs | mine
    assert browser.post(path, held).status_code == 302
    stands = standing(browser.get(path).text)
    assert {name: stands[name] for name in theirs | mine} == theirs | mine


def test_whoever_works_here_reads_the_register_and_cannot_change_it(riverside: Universe) -> None:
    asha = browser_of(riverside.members["Asha Patel"].user)
    assert asha.get("/agreements/").status_code == 200
    assert "Enter an agreement" not in asha.get("/agreements/").text
    assert asha.get("/agreements/new/").status_code == 403
    one = riverside.agreements["ISA-RIV-007"]
    assert "Change or renew it" not in asha.get(f"/agreements/{one}/").text
    assert asha.post(f"/agreements/{one}/change/", typed(riverside)).status_code == 403


def test_today_tells_whoever_keeps_them_what_ends(
    riverside: Universe, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "None ends in the next 60 days." in browser.get("/").text
    Agreement.objects.filter(reference="ISA-RIV-009").update(ends=date(2026, 1, 1), begins=date(2025, 1, 1))
    page = browser.get("/").text
    assert "ISA-RIV-009: Who lives in a cold or damp home" in page
    assert "nothing new can be shared under it until it is renewed" in page
