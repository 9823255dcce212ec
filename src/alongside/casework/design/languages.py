"""The languages pages can be read in: English, and another once a partnership has turned it on."""

from alongside.errors import AskedWronglyError

ENGLISH = ("en-gb", "English")
CATALOGUES = {"cy": "Cymraeg"}
"""Languages that have a catalogue, each with its own name for itself."""


def languages_offered(named: str) -> list[tuple[str, str]]:
    """Return the languages that pages are offered in: only English, unless another is named.

    Args:
        named: codes, separated by commas.

    Raises:
        AskedWronglyError: there is no catalogue for one of them.
    """
    codes = [code.strip() for code in named.split(",") if code.strip() and code.strip() != ENGLISH[0]]
    if unknown := [code for code in codes if code not in CATALOGUES]:
        raise AskedWronglyError(
            f"ALONGSIDE_LANGUAGES names {', '.join(unknown)}, which has no catalogue; choose from "
            f"{', '.join(CATALOGUES)}."
        )
    return [ENGLISH, *((code, CATALOGUES[code]) for code in codes)]
