"""Postcodes, as people and feeds write them: in any case, with or without the space."""

import re

ANY = r"^\s*[A-Z]{1,2}[0-9][A-Z0-9]?\s*([0-9][A-Z]{2})?\s*$"
"""A pattern for every postcode."""
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})?")


def as_postcode(text: str) -> str | None:
    """Return a postcode, or the first half of one, in capitals without spaces; None if it is neither."""
    folded = re.sub(r"\s", "", text).upper()
    return folded if POSTCODE.fullmatch(folded) else None


def district_of(postcode: str) -> str:
    """Return the first half of a postcode: a part of a town, or a valley."""
    match = POSTCODE.fullmatch(postcode)
    return match.group(1) if match else postcode


def in_district(postcode: str) -> str:
    """Return a pattern for postcodes of the same district as this one, and for the district itself."""
    return rf"^\s*{district_of(postcode)}\s*([0-9][A-Z]{{2}})?\s*$"


def in_area(postcode: str) -> str:
    """Return a pattern for postcodes with the same first letters: those of a large town and all around it."""
    letters = re.sub(r"[0-9].*", "", postcode)
    return rf"^\s*{letters}[0-9][A-Z0-9]?\s*([0-9][A-Z]{{2}})?\s*$"


def asked_for(postcode: str) -> str:
    """Return a pattern for this postcode or, if it is the first half of one, for all of its district."""
    district = district_of(postcode)
    if postcode == district:
        return in_district(postcode)
    return rf"^\s*{district}\s*{postcode.removeprefix(district)}\s*$"
