"""A draft that answers a request: which ended meanwhile, or is about somebody else."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.sharing.asking import again, ask
from tests.casework.sharing.sharing_told import told
from tests.casework.sharing.test_deciding_pages import ITEM, TELLING, Deciding, basis
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.sharing.commands.drafts import begin_draft
from alongside.casework.sharing.commands.requests import withdraw_request
from alongside.casework.sharing.models import InformationRequest, ShareDraft


def now_by(riverside: Universe, name: str) -> Actor:
    return actor_for(riverside, name, on=timezone.localdate())


def asked_of_us(riverside: Universe, **other: Any) -> InformationRequest:
    tom = now_by(riverside, "Tom Reilly")
    given = {"of": "riverside_council", "power": None, "power_words": "", "due": None} | other
    return ask(riverside, tom, timezone.now(), **given)


@pytest.fixture
def asha_browses(riverside: Universe) -> Client:
    return browser_of(riverside.members["Asha Patel"].user)


@pytest.mark.proves("MARM-49")
def test_where_the_request_ended_meanwhile_it_goes_on_without_it_and_nothing_typed_is_lost(
    riverside: Universe, asha_browses: Client
) -> None:
    asked = asked_of_us(riverside)
    begun = asha_browses.post(f"/people/{asked.person_id}/sharing/decide/", {"request": str(asked.id)})
    way = Deciding.__new__(Deciding)
    way.browser, way.riverside = asha_browses, riverside
    way.draft = re.sub(r"to/$", "", begun["Location"])
    way.step("told/add", ITEM)
    way.step("known", {"known": ["direct_care"]})
    way.step("outcome", {"outcome": "share"})
    way.step("basis", basis())
    way.step("telling", TELLING)
    assert "The request has ended" not in asha_browses.get(way.draft).content.decode()
    withdraw_request(
        actor=now_by(riverside, "Tom Reilly"), at=timezone.now(), request_id=asked.id, words="Not needed."
    )
    page = way.decide(status=409)
    assert "The request has ended. Share by your own decision, or discard the draft." in page
    assert not told(riverside).exists()
    kept = ShareDraft.objects.get(id=way.draft.split("/")[-2]).answers
    assert "request" in kept
    assert asha_browses.post(f"{way.draft}without-request/")["Location"] == way.draft
    left = ShareDraft.objects.get(id=way.draft.split("/")[-2]).answers
    assert left == {name: said for name, said in kept.items() if name != "request"}
    page = asha_browses.get(way.draft).content.decode()
    assert "Check before you decide" in page
    assert "The request has ended" not in page
    way.decide()
    assert told(riverside).exists()
    assert again(asked).state == "withdrawn"
    assert asha_browses.post(f"{way.draft}without-request/").status_code == 404


@pytest.mark.proves("MARM-49")
def test_a_draft_is_not_begun_from_a_request_about_somebody_else(riverside: Universe) -> None:
    asked, asha = asked_of_us(riverside), now_by(riverside, "Asha Patel")
    with pytest.raises(NotFoundError, match="about another record"):
        begin_draft(
            actor=asha, at=timezone.now(), person_id=riverside.people["Amina"], request_id=asked.id
        )  # fmt: skip
    begin_draft(actor=asha, at=timezone.now(), person_id=asked.person_id, request_id=asked.id)
