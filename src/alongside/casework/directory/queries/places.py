"""Where a postcode is, as far as the directory itself can tell."""

import re

from django.db.models import Avg, Value
from django.db.models.functions import Replace, Upper

from alongside.casework.directory.models import Address

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})?")
METRES_NEAR = 8_000


def as_postcode(text: str) -> str | None:
    """Return a postcode, or the first half of one, in capitals without spaces; None if it is neither."""
    folded = re.sub(r"\s", "", text).upper()
    return folded if POSTCODE.fullmatch(folded) else None


def where_is(postcode: str) -> tuple[float, float] | None:
    """Return the latitude and longitude of a postcode, from the places in the directory that have it.

    There is no table of all postcodes here. If nothing is at the postcode itself, this is the middle of what
    is in its district (its first half); if nothing is there either, None.
    """
    folded = Address.objects.annotate(folded=Upper(Replace("postal_code", Value(" "), Value(""))))
    match = POSTCODE.fullmatch(postcode)
    outward = match.group(1) if match else postcode
    for found in (
        folded.filter(folded=postcode),
        folded.filter(folded__regex=rf"^{outward}[0-9][A-Z]{{2}}$"),
    ):
        middle = found.aggregate(latitude=Avg("location__latitude"), longitude=Avg("location__longitude"))
        if middle["latitude"] is not None:
            return middle["latitude"], middle["longitude"]
    return None
