"""Languages and areas are typed into one field each, however people put things one after the other."""

from typing import Any

import pytest
from django.test import RequestFactory
from tests.casework.directory.conftest import FOOD_BANK

from alongside.casework.access.actors import Actor
from alongside.casework.directory.forms import EntryForm, begun_with
from alongside.casework.directory.models import Service
from alongside.casework.directory.views import pages

SPOKEN = (
    "English; Polish; Urdu; Punjabi; Arabic; Kurdish Sorani; Romanian; Tigrinya; Amharic; Somali; Farsi; BSL"
)


def form_with(**told: Any) -> EntryForm:
    begun = begun_with(FOOD_BANK, "") | told
    return EntryForm({name: value for name, value in begun.items() if value is not None}, needs=())


@pytest.mark.parametrize(
    "told", ["Polish, BSL", "Polish; BSL", "Polish\r\nBSL", "Polish;\nBSL,", "BSL,;Polish"]
)
def test_what_is_listed_is_told_apart_at_commas_semicolons_and_line_ends(told: str) -> None:
    form = form_with(languages=told, areas=told)
    assert form.is_valid(), form.errors
    entry = form.entry()
    assert entry.languages == entry.areas == ("BSL", "Polish")


def test_a_name_that_is_too_long_is_refused_at_its_field() -> None:
    form = form_with(languages=f"Polish, {'x' * 101}", areas=f"Riverside, {'y' * 251}")
    assert form.errors == {
        "languages": ["One of these is longer than 100 characters. Put commas between them."],
        "areas": ["One of these is longer than 250 characters. Put commas between them."],
    }
    assert form_with(languages="x" * 100, areas="y" * 250).is_valid()


@pytest.mark.django_db
def test_many_languages_with_semicolons_are_published(editor: Actor) -> None:
    form = form_with(languages=SPOKEN)
    request = RequestFactory().post("/", {name: value for name, value in form.data.items() if value})
    request.actor = editor  # type: ignore[attr-defined]
    assert pages.publish(request).status_code == 302
    assert Service.objects.get().languages.count() == 12
