"""What a sentence is in the reader's language, found once: a page has hundreds of sentences.

Django looks through the catalogue of every app each time, and longest for English, which is in none of them.
"""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation.trans_real import catalog, translation
from markupsafe import Markup

KEPT = 16_384
"""How many sentences: all that there are, and a bound where somebody's own words are put through as well."""


def remember_translations() -> None:
    """Let the catalogue of each language offered remember what it found."""
    for language, _name in settings.LANGUAGES:
        spoken = translation(language)
        spoken.gettext = lru_cache(KEPT)(spoken.gettext)  # type: ignore[method-assign]


def sentence(said: str, **put_in: object) -> Markup:
    """Return a template's sentence in the reader's language; what is put into it is escaped."""
    return _sentence(catalog(), said) % put_in


@lru_cache(KEPT)
def _sentence(spoken: object, said: str) -> Markup:  # noqa: ARG001 - it is the catalogue gettext speaks from
    return Markup(gettext(said))  # noqa: S704 - it is our own
