"""A person's name as the people who meet them will read it."""

from collections.abc import Mapping
from typing import Any, Literal
from unicodedata import normalize


def name_as_read(person: Mapping[str, Any], which: Literal["forename", "surname"]) -> str:
    """Return a name of a row of ``people`` as its records write it; empty where none is known.

    A name all in capitals or all in lower case gets capitals where they belong, as far as that can be
    told. The same holds of the folded name, where no record says how it is written or an older run kept none.
    """
    written = normalize("NFC", person.get(f"{which}_written") or person[which] or "")
    return written if written != written.upper() and written != written.lower() else written.title()
