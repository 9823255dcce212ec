"""What no form of ours sends, and a purpose that left the area pack: a form error, and a draft that works."""

from typing import Any

import pytest
from django.test import Client
from tests.casework.sharing.sharing_told import decided
from tests.casework.sharing.test_deciding_pages import ITEM, TELLING, Deciding, _day, basis, override
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.accounts import purposes
from alongside.casework.sharing.forms import decisions as asked
from alongside.casework.sharing.models import ShareDraft

NUL = "The stairs\x00 are hard."


@pytest.fixture
def asha(riverside: Universe) -> Client:
    return browser_of(riverside.members["Asha Patel"].user)


@pytest.fixture
def way(riverside: Universe, asha: Client) -> Deciding:
    made = Deciding(asha, riverside)
    made.begin("direct_care")
    return made


@pytest.mark.parametrize(
    ("step", "sent"),
    [
        ("told/add", ITEM | {"words": NUL}),
        ("told/add", ITEM | {"as_at-day": "\x00"}),
        ("outcome", {"outcome": "sh\x00are"}),
        ("basis", basis() | {"necessity": NUL}),
        ("telling", TELLING | {"onward": NUL}),
        ("advice", {"question": NUL}),
    ],
)
def test_a_sign_that_cannot_be_kept_is_an_error_of_the_form(
    asha: Client, way: Deciding, step: str, sent: dict[str, str]
) -> None:
    answer = asha.post(f"{way.draft}{step}/", sent)
    assert answer.status_code == 422
    assert "govuk-error-message" in answer.content.decode()
    assert asha.get(f"{way.draft}{step}/").status_code == 200
    assert asha.get(way.draft).status_code == 200


def test_what_was_sent_beside_the_fields_is_not_kept_and_breaks_no_draft(
    riverside: Universe, asha: Client, way: Deciding
) -> None:
    crafted = {"capacity_record": "x", "key": "mine", "more": NUL}
    way.step("basis", basis() | crafted)
    assert asha.post(f"{way.draft}told/add/", ITEM | crafted).status_code == 302
    kept: dict[str, Any] = ShareDraft.objects.get(id=way.draft.split("/")[-2]).answers
    assert "capacity_record" not in kept["basis"]
    assert "more" not in kept["items"][-1]
    assert asha.get(way.draft).status_code == 200
    begin = f"/people/{riverside.people['Bee']}/sharing/decide/"
    begun = asha.post(begin, {"to": str(riverside.organisations["been_there"].id), "words": NUL})
    assert "The stairs are hard." in asha.get(begun["Location"]).content.decode()


def test_a_capacity_record_that_is_none_is_asked_for_and_breaks_no_draft(asha: Client, way: Deciding) -> None:
    draft = ShareDraft.objects.get(id=way.draft.split("/")[-2])
    ground = {"ground": ["risk_to_others"]}
    given = {name: [value] for name, value in override().items()}
    draft.answers |= {"ground": ground, "override": given | {"capacity_record": ["x"]}}
    draft.save()
    assert asha.get(way.draft).status_code == 200


@pytest.fixture
def not_shared(riverside: Universe, asha: Client, way: Deciding) -> Deciding:
    """Not to be shared, for another purpose than Asha works for."""
    homes = str(riverside.organisations["riverside_homes"].id)
    way.step("to", {"recipients": [homes], "purpose": "cold_homes", "who": "Bee, born 4 March 1951"})
    way.step("outcome", {"outcome": "do_not_share"})
    way.step(
        "not", {"reason": "She said no.", "risk": "She may fall.", "safe": "yes", **_day("review_on", 14)}
    )
    assert "Check before you decide" in asha.get(way.draft).content.decode()
    return way


def leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    left = [each for each in purposes.declared() if each.code != "cold_homes"]
    for module in (purposes, asked):
        monkeypatch.setattr(module, "declared", lambda: left)


def test_a_draft_for_a_purpose_that_left_the_area_pack_asks_for_another(
    asha: Client, not_shared: Deciding, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaves(monkeypatch)
    page = asha.get(not_shared.draft)
    assert page.status_code == 200
    assert "it is no longer a purpose here" in page.content.decode()
    assert asha.post(not_shared.draft, {"decide": "1"}).status_code == 422
    to = asha.get(f"{not_shared.draft}to/").content.decode()
    assert "“cold_homes” is no longer a purpose of the partnership: choose another" in to


def test_a_decision_for_a_purpose_that_left_the_area_pack_shows_its_code(
    riverside: Universe, asha: Client, not_shared: Deciding, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_shared.decide()
    leaves(monkeypatch)
    page = asha.get(f"/sharing/decisions/{decided(riverside).get().id}/")
    assert page.status_code == 200
    assert "cold_homes: the partnership no longer has this purpose" in page.content.decode()
