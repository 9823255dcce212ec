"""Where a postcode is, as far as the directory itself can tell."""

from alongside.casework.directory.models import Address
from alongside.casework.directory.postcodes import asked_for, in_district

METRES_NEAR = 8_000


def where_is(postcode: str) -> tuple[float, float] | None:
    """Return the latitude and longitude of a postcode, from the places in the directory that have it.

    There is no table of all postcodes here. If nothing is at the postcode itself, this is the middle of what
    is in its district (its first half); if nothing is there either, None.
    """
    for pattern in (asked_for(postcode), in_district(postcode)):
        if middle := Address.objects.middle(pattern):
            return middle
    return None
