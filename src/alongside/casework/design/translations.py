"""Sentences in the reader's language, each looked up once: a page has hundreds of sentences.

Django searches every app's catalogue each time, and takes longest for English, which is in none of them.
"""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation.trans_real import catalog, translation
from markupsafe import Markup

KEPT = 16_384
"""How many sentences: more than there are, but a limit in case people's own words are passed in too."""


def remember_translations() -> None:
    """Let the catalogue of each offered language remember what it found."""
    for language, _name in settings.LANGUAGES:
        spoken = translation(language)
        spoken.gettext = lru_cache(KEPT)(spoken.gettext)  # type: ignore[method-assign]


def sentence(said: str, **put_in: object) -> Markup:
    """Return a template's sentence in the reader's language; values put into it are escaped."""
    return _sentence(catalog(), said) % put_in


@lru_cache(KEPT)
def _sentence(spoken: object, said: str) -> Markup:  # noqa: ARG001 - the catalogue that gettext uses
    return Markup(gettext(said))  # noqa: S704 - it is our own
