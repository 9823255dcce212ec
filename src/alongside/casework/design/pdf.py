"""A page as a document to give to somebody: a tagged PDF (PDF/UA-1), which a screen reader can read.

A template that extends ``layouts/paper.jinja`` becomes the document. Nothing is fetched for it, from this
machine or another: its style is in ``paper.css`` beside this, and a picture would have to be in the page.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.casework.kernel.errors import CaseworkError

LOOK = Path(__file__).with_name("paper.css")
VARIANT = "pdf/ua-1"
"""PDF/UA: every word has its place in the reading order, and is marked up as what it is (ISO 14289-1)."""


class NoPdfHereError(CaseworkError):
    """This machine cannot make a PDF; the sentence says what is missing, and what still works."""


class AsksForSomethingError(ValueError):
    """A fault of ours: a document's page refers to something that would have to be fetched."""


def pdf_of(template: str, shown: Mapping[str, Any]) -> bytes:
    """Return a page as a PDF, in the reader's language. The same page gives the same bytes.

    Args:
        template: extends ``layouts/paper.jinja``, and so has a title.
        shown: what it shows.

    Raises:
        NoPdfHereError: Pango, which sets the text, is not on this machine.
        AsksForSomethingError: the page wants a picture, or anything else, from somewhere.
    """
    weasyprint = _weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    # without a request: a document has no visitor, no menu and no token
    page = render_to_string(template, {**shown, "language": get_language() or "en-gb"})
    nothing = _fetching_nothing()
    look = weasyprint.CSS(string=LOOK.read_text("utf-8"), url_fetcher=nothing)
    try:
        made: bytes = weasyprint.HTML(string=page, url_fetcher=nothing).write_pdf(
            stylesheets=[look], pdf_variant=VARIANT
        )
    except FatalURLFetchingError as asked:  # it is not an Exception, so nobody above would catch it
        raise AsksForSomethingError(str(asked)) from asked
    return made


def may_be_made() -> bool:
    """Say whether this machine can make a PDF."""
    try:
        _weasyprint()
    except NoPdfHereError:
        return False
    return True


def _weasyprint() -> Any:
    try:
        import weasyprint  # here, not at the top: it looks for Pango at once, which only documents need
    except OSError as missing:
        raise NoPdfHereError(
            _(
                "This machine cannot make a PDF: Pango is not installed. Whoever runs Alongside can install "
                "it (on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0). Until then, print "
                "the page."
            )
        ) from missing
    return weasyprint


@cache
def _fetching_nothing() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Nothing(URLFetcher):  # type: ignore[misc]
        """Refuses whatever a page asks for: no other machine learns that a document is being made."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - their names for them
            raise FatalURLFetchingError("a document fetches nothing: put what it shows into the page")

    return Nothing()
