"""A person's name as it is to be read by whoever meets them."""

from collections.abc import Mapping
from typing import Any, Literal
from unicodedata import normalize


def name_as_read(person: Mapping[str, Any], which: Literal["forename", "surname"]) -> str:
    """Return a name of a row of ``people`` as its records write it; empty where none is known.

    What is written in capitals or in small letters alone gets them where they belong, as far as that can be
    told. The same holds of the folded name, where no record says how it is written or an older run kept none.
    """
    written = normalize("NFC", person.get(f"{which}_written") or person[which] or "")
    return written if written != written.upper() and written != written.lower() else written.title()
