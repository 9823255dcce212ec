"""Every address, asked in every way by every role, answers what stands in ``matrix.csv``; none is missing.

A new address fails until it has its lines. ``ALONGSIDE_WRITE_MATRIX=1 pytest tests/casework/test_matrix.py``
writes what is answered now: read every line of the difference before you commit it.
"""

import csv
import os
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.casework.signed_in import browser_of, with_password
from tools.universe import Universe

MATRIX = Path(__file__).with_name("matrix.csv")
ASKERS = {
    "nobody": None, "practitioner": "Asha Patel", "practitioner elsewhere": "Kit Lowe",
    "contact_worker": "Sam Boateng", "manager": "Gwen Hughes", "co_ordinator": "Mair Pugh",
    "data_analyst": "Lena Novak",
    "approver": "Priya Shah", "governance_lead": "Iris Okafor", "directory_editor": "Ola Finch",
    "organisation_lead": "Noor Aziz",
}  # fmt: skip
METHODS = ("GET", "POST", "PUT")
NOT_THERE = UUID(int=7)
NAMES_NOBODY = ("audit-trail/people/<uuid:person_id>/",)
"""Of a person, and yet without their name for whoever does not see them (`oversight/test_trail.py`)."""
Line = tuple[str, str]


def addresses(patterns: URLResolver, before: str = "") -> Iterator[str]:
    for each in patterns.url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, path)
        elif isinstance(each, URLPattern):
            yield path


ADDRESSES = sorted(addresses(get_resolver()))


def expected() -> dict[Line, dict[str, str]]:
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return {(row.pop("address"), row.pop("method")): row for row in csv.DictReader(file)}


def filled(address: str, universe: Universe) -> str:
    """The address of Bee, of the council, of a service of Been There; of nothing where there is none."""
    ids: dict[str, object] = {
        "person_id": universe.people["Bee"],
        "organisation_id": universe.organisations["riverside_council"].id,
        "membership_id": universe.members["Wes Tanner"].id,
        "row_id": NOT_THERE,
        "passkey_id": 7,
        "team_id": universe.teams["Contact team"].id,
        "policy": "early_help",
        "version": 4,
        "service_id": universe.services["Clearing Space Together"],
        "agreement_id": universe.agreements["ISA-RIV-007"],
        "record_id": universe.capacity["lacks"],
        "statement_id": universe.capacity["advance"],
        "advocacy_id": universe.capacity["advocacy"],
        "offer_id": universe.offers["home care"],
        "not_offered_id": universe.not_offered["lunch club"],
        "request_id": universe.requests["late"],
        "choice_id": universe.sharing["choice"],
        "decision_id": universe.sharing["waits"],
        "draft_id": universe.sharing["draft"],
        "advice_id": universe.sharing["advice"],
        "disclosure_id": universe.sharing["told"],
        "step": "to",
        "concern_id": universe.cases["concern"],
        "onward_id": universe.cases["onward"],
        "case_id": universe.cases["case"],
        "invitation_id": universe.cases["invitation"],
        "meeting_id": universe.cases["meeting"],
        "action_id": universe.cases["action"],
        "case_decision_id": universe.cases["decision"],
        "family_risk_id": universe.cases["family_risk"],
        "review_id": universe.cases["review"],
        "meeting_asked_id": universe.cases["meeting_asked"],
        "case_dispute_id": universe.cases["dispute"],
        "number": 1,
        "forum": "safeguarding",
        "paper": "guidance",
        "case_paper": "action-plan",
        "meeting_paper": "record-of-the-meeting",
        "form": "docx",
        "asked_id": universe.access_requests["Bee"],
    }
    return "/" + re.sub(r"<\w+:(\w+)>", lambda part: str(ids.get(part[1], NOT_THERE)), address)


def answers(address: str, universe: Universe, browsers: dict[str, Client]) -> dict[Line, dict[str, str]]:
    told: dict[Line, dict[str, str]] = {}
    for method in METHODS:
        row = told[address, method] = {}
        for asker, browser in browsers.items():
            kept = deepcopy(browser.cookies)
            with transaction.atomic():
                answer = browser.generic(method, filled(address, universe))
                transaction.set_rollback(True)
            browser.cookies = kept  # for the database too it is as if nothing had been asked
            to_sign_in = answer.status_code == 302 and "/sign-in/" in answer["Location"]
            row[asker] = "sign in" if to_sign_in else str(answer.status_code)
    return told


def test_every_role_is_answered_as_the_matrix_says(riverside_now: Universe) -> None:
    universe = riverside_now
    browsers = {
        asker: browser_of(with_password(universe.members[name].user)) if name else Client()
        for asker, name in ASKERS.items()
    }
    told: dict[Line, dict[str, str]] = {}
    for address in ADDRESSES:
        told |= answers(address, universe, browsers)
    if os.environ.get("ALONGSIDE_WRITE_MATRIX"):
        with MATRIX.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["address", "method", *ASKERS], lineterminator="\n")
            writer.writeheader()
            for (address, method), row in sorted(told.items()):
                writer.writerow({"address": address, "method": method, **row})
    stands = expected()
    assert {line: row for line, row in told.items() if stands.get(line) != row} == {}


def test_the_matrix_has_no_address_that_is_gone_and_no_answer_is_a_fault_of_ours() -> None:
    assert {address for address, _ in expected()} == set(ADDRESSES)
    assert not [line for line, row in expected().items() for status in row.values() if status.startswith("5")]


def test_nobody_who_has_not_signed_in_is_shown_anything_but_the_few_public_addresses() -> None:
    public = {
        address
        for (address, method), row in expected().items()
        if method == "GET" and row["nobody"] != "sign in"
    }
    assert {address for address in public if not address.startswith("open-referral/")} == {
        "language/",
        "sign-in/",
        "sign-in/demonstration/",
        "sign-in/help/",
        "sign-in/provider/",
        "sign-in/provider/back/",
    }


def test_no_role_without_people_sees_one() -> None:
    sees = {
        asker
        for (address, method), row in expected().items()
        if "<uuid:person_id>" in address and method == "GET" and address not in NAMES_NOBODY
        for asker, status in row.items()
        if status == "200"
    }
    assert sees == {"practitioner", "contact_worker", "manager"}
