"""What a sentence is found to be is kept with the catalogue it was found in."""

import pytest
from django.utils import translation

from alongside.casework.design.translations import sentence


def test_a_sentence_is_of_the_catalogue_that_is_spoken_from_now(request: pytest.FixtureRequest) -> None:
    with translation.override("cy"):
        assert sentence("Sign in") == "Sign in"
    request.getfixturevalue("bracketed")
    with translation.override("cy"):
        assert sentence("Sign in") == "⟦Sign in⟧"
    with translation.override("en-gb"):
        assert sentence("Sign in") == "Sign in"


def test_what_is_put_into_a_sentence_is_escaped() -> None:
    assert sentence("Hello %(name)s", name="<b>") == "Hello &lt;b&gt;"
