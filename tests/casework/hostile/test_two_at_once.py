"""Two people at one thing: whoever comes second sees what the first wrote beside their own words."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from tests.casework.hostile.conftest import Form, Scene, forms_on
from tests.casework.opened import both_are_kept

MINE, THEIRS = "What I wrote while somebody else did.", "What somebody else wrote meanwhile."


def filled_in(scene: Scene, who: str, path: str) -> tuple[Any, Form, dict[str, Any]]:
    """A form as it is opened, with all that stands in it."""
    client = scene.client(who)
    page = client.get(path).content.decode()
    form = next(each for each in forms_on(page, path) if "logout" not in each.action and each.texts)
    stands: dict[str, Any] = dict(form.fixed)
    for name, text in re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL):
        stands[name] = unescape(text)
    for box in re.findall(r"<input[^>]*>", page):
        named, value = re.search(r'name="([\w-]+)"', box), re.search(r'value="([^"]*)"', box)
        if named and named[1] in form.texts:
            stands[named[1]] = unescape(value[1]) if value else ""
        elif named and " checked" in box and value:
            stands.setdefault(named[1], []).append(value[1])
    return (
        client,
        form,
        stands | {name: values[0] for name, values in form.choices.items() if name == "status"},
    )


CHANGED: dict[str, Callable[[Scene], tuple[str, str, str]]] = {
    "what is known of a person": lambda scene: (
        "Asha Patel", f"/people/{scene.ids['person_id'][0]}/change/", "adjustments",
    ),
    "an organisation's profile": lambda scene: (
        "Noor Aziz", f"/organisations/{scene.ids['organisation_id'][0]}/change/", "remit",
    ),
    "an entry of the directory": lambda scene: (
        "Ola Finch", f"/directory/{scene.ids['service_id'][0]}/change/", "description",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGED)
def test_a_change_that_comes_second_is_shown_beside_the_first_and_can_then_be_sent(
    scene: Scene, what: str
) -> None:
    who, path, box = CHANGED[what](scene)
    first, _, stands = filled_in(scene, who, path)
    second, form, also = filled_in(scene, who, path)
    assert first.post(path, stands | {box: THEIRS}).status_code == 302
    answer = second.post(path, also | {box: MINE})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert THEIRS in page
    assert page.count(MINE) >= 2  # beside theirs, and in the box
    assert THEIRS in second.get(path).content.decode()  # nothing of theirs was written over
    again = next(each for each in forms_on(page, path) if each.texts == form.texts)
    assert second.post(path, also | again.fixed | {box: MINE}).status_code == 302
    assert MINE in second.get(path).content.decode()


KEPT: dict[str, tuple[str, str, str]] = {
    "what is known of a person": ("how_to_communicate", "adjustments", "pronouns"),
    "an organisation's profile": ("thresholds", "remit", "what_we_can_offer"),
    "an entry of the directory": ("alert", "description", "fees"),
}


@pytest.mark.parametrize("what", KEPT)
def test_what_only_the_other_changed_stays_when_the_second_saves_again(scene: Scene, what: str) -> None:
    who, path, _box = CHANGED[what](scene)
    only_theirs, only_mine, both = KEPT[what]
    clients = scene.client(who), scene.client(who)
    both_are_kept(*clients, path, only_theirs=only_theirs, only_mine=only_mine, both=both)


def answered_twice(scene: Scene) -> dict[str, tuple[str, str, dict[str, str], str]]:
    person, item = scene.ids["person_id"][0], scene.ids["item_id"][1]
    return {
        "a judgement": ("Sam Boateng", f"/lists/item/{item}/judge/", {"verdict": "agree"}, "why"),
        "a question asked of another agency": (
            "Asha Patel",
            f"/people/{person}/ask/",
            {"asked_of": str(scene.universe.organisations["riverside_homes"].id), "safe": "yes"},
            "why",
        ),
        "an emergency nobody is found for": (
            "Asha Patel",
            "/people/emergency/",
            {
                "surname": "Nobody", "date_of_birth-day": "1", "date_of_birth-month": "1",
                "date_of_birth-year": "1950",
            },
            "reason",
        ),
    }  # fmt: skip


def test_an_answer_that_comes_second_is_refused_with_all_that_was_written_still_there(scene: Scene) -> None:
    for what, (who, path, more, box) in answered_twice(scene).items():
        scene.client(who).post(path, more | {box: THEIRS})
        page = scene.client(who).post(path, more | {box: MINE}).content.decode()
        assert MINE in page, what
        assert "There is a problem" in page, what
