"""Every page in a language of brackets: no word of ours stands outside them, and none of it is recorded."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation
from tests.casework.brackets import DJANGOS, OPEN, data_of_people, left_over, of_data, words_of_the_pack
from tests.casework.signed_in import browser_of, with_password
from tests.casework.test_matrix import ASKERS, expected, filled
from tools.universe import Universe, make_universe


def welsh(browser: Client) -> Client:
    """A browser that asks for Welsh, which in these tests is English in brackets."""
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "cy"
    return browser


def pages(universe: Universe) -> Iterator[tuple[str, str, str]]:
    """Every page that a role is given by GET, and each kind of refusal once: asker, address, HTML."""
    refused: set[tuple[str, str]] = set()
    for asker, name in ASKERS.items():
        client = welsh(browser_of(with_password(universe.members[name].user)) if name else Client())
        for (address, method), answers in expected().items():
            status = answers[asker]
            if (
                method != "GET"
                or status in ("sign in", "405")
                or (status != "200" and (asker, status) in refused)
            ):
                continue
            refused.add((asker, status))
            with transaction.atomic():
                answer = client.get(filled(address, universe))
                transaction.set_rollback(True)
            if answer.content and answer.headers["Content-Type"].startswith("text/html"):
                yield asker, address, answer.content.decode()


@pytest.mark.django_db
def test_no_page_that_any_role_is_given_has_a_word_that_could_not_be_translated(
    bracketed: None, riverside_now: Universe
) -> None:
    data, seen = of_data(data_of_people() | words_of_the_pack()), 0
    found: dict[str, set[str]] = {}
    for asker, address, page in pages(riverside_now):
        seen += 1
        assert '<html lang="cy"' in page
        if left := left_over(page, data):
            found.setdefault(f"{asker}: /{address}", set()).update(left)
    assert seen > 150
    assert found == {}


@pytest.mark.django_db
def test_what_a_form_refuses_is_said_in_the_readers_language(
    bracketed: None, riverside_now: Universe
) -> None:
    data = of_data(data_of_people() | words_of_the_pack())
    client = welsh(browser_of(with_password(riverside_now.members["Asha Patel"].user)))
    bee = riverside_now.people["Bee"]
    refused = [
        ("/people/", {"words": ""}),
        (f"/people/{bee}/words/", {"said_on-day": "31", "said_on-month": "2", "said_on-year": "2026"}),
        (f"/people/{bee}/change/", {"known_as": "", "opened_version": "1"}),
        ("/my-absence/", {"on-day": "1"}),
        ("/choose-password/", {"password": "short", "again": "other"}),
    ]
    found = {}
    for address, given in refused:
        page = client.post(address, given).content.decode()
        assert "govuk-error" in page or "Theirs" in page
        if left := [each for each in left_over(page, data) if each not in DJANGOS]:
            found[address] = left
    assert found == {}


@pytest.mark.django_db
def test_what_is_recorded_is_in_english_whatever_the_actor_reads(bracketed: None) -> None:
    with translation.override("cy"):
        assert translation.gettext("Today") == "⟦Today⟧"
        make_universe(at=timezone.now())
        events = [str(each) for each in data_of_people()]
    assert len(events) > 150
    assert [each for each in events if OPEN in each] == []
