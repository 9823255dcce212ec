"""Riverside's streets and homes.

No address exists: the postcode area ZX is not one of the United Kingdom's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from alongside.insight.synthetic.calendar import Words
from alongside.insight.synthetic.chance import Flags, happens, weighted

POSTCODE_AREA = "ZX"
"""Has the shape of a postcode area but is not one.

Real ones that begin with Z are ZE (Shetland) and the special ZZ99.
"""
NO_FIXED_ABODE_POSTCODE = "ZZ99 3VZ"
"""What NHS systems enter for a person with no fixed abode."""
FIRST_UPRN = 999_000_000_000
"""Twelve digits, above every UPRN issued."""

HOUSE, FLAT, SHARED, HOSTEL, REFUGE, NOWHERE = range(6)
KINDS = ("house", "flat", "shared house", "hostel", "refuge", "no fixed abode")
OWNED, RENTED, SOCIAL = range(3)

_HEADS = [
    "Alder",
    "Amber",
    "Apple",
    "Ash",
    "Badger",
    "Barley",
    "Beacon",
    "Beech",
    "Bell",
    "Birch",
    "Black",
    "Bramble",
    "Brook",
    "Canal",
    "Cedar",
    "Chapel",
    "Cherry",
    "Church",
    "Clay",
    "Cliff",
    "Clover",
    "Copper",
    "Crane",
    "Cygnet",
    "Damson",
    "Dove",
    "Elder",
    "Elm",
    "Falcon",
    "Farm",
    "Fern",
    "Ferry",
    "Field",
    "Finch",
    "Forge",
    "Fox",
    "Garnet",
    "Glebe",
    "Gorse",
    "Granary",
    "Grange",
    "Green",
    "Hawthorn",
    "Hazel",
    "Heath",
    "Heron",
    "High",
    "Holly",
    "Hop",
    "Ivy",
    "Jasmine",
    "Juniper",
    "Kestrel",
    "Kiln",
    "King",
    "Lantern",
    "Larch",
    "Lark",
    "Laurel",
    "Lavender",
    "Lime",
    "Linden",
    "Lock",
    "Long",
    "Magnolia",
    "Maltings",
    "Manor",
    "Maple",
    "Market",
    "Meadow",
    "Mill",
    "Moor",
    "Moss",
    "Nettle",
    "New",
    "North",
    "Oak",
    "Old",
    "Orchard",
    "Osier",
    "Otter",
    "Paddock",
    "Park",
    "Pear",
    "Pine",
    "Plover",
    "Poplar",
    "Primrose",
    "Quarry",
    "Quay",
    "Queen",
    "Raven",
    "Reed",
    "River",
    "Robin",
    "Rook",
    "Rope",
    "Rose",
    "Rowan",
    "Rush",
    "Saddler",
    "School",
    "Sedge",
    "Shepherd",
    "Silver",
    "Sorrel",
    "South",
    "Spring",
    "Spruce",
    "Station",
    "Stone",
    "Swallow",
    "Swan",
    "Sycamore",
    "Tanner",
    "Tern",
    "Thorn",
    "Tower",
    "Tulip",
    "Vale",
    "Victory",
    "Vine",
    "Walnut",
    "Water",
    "Weaver",
    "Well",
    "West",
    "Wheat",
    "Willow",
    "Windmill",
    "Wood",
    "Wren",
    "Yew",
]
_MIDDLES = [
    "",
    "",
    "",
    "bank",
    "field",
    "croft",
    "dale",
    "side",
    "wood",
    "hill",
    "ford",
    "gate",
    "well",
    "mead",
]
_TAILS = [
    "Road",
    "Street",
    "Close",
    "Avenue",
    "Lane",
    "Drive",
    "Way",
    "Gardens",
    "Grove",
    "Crescent",
    "Place",
    "Terrace",
    "Court",
    "Walk",
    "Rise",
    "View",
    "Mews",
    "Hill",
]
_TAIL_WEIGHTS = [22, 14, 12, 10, 8, 7, 5, 4, 4, 3, 2, 2, 2, 1, 1, 1, 1, 1]
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # C I K M O V never stand in the second half of a postcode


@dataclass(frozen=True, eq=False)
class Homes:
    """Every home of the borough, one row each; the last rows are hostels, refuges and "nowhere"."""

    line_1: Words
    line_2: Words
    postcode: Words
    uprn: NDArray[np.int64]
    """0 where the home has none that may be recorded."""
    kind: NDArray[np.int8]
    tenure: NDArray[np.int8]
    bedrooms: NDArray[np.int8]
    cold: Flags
    """Hard to heat: the home, not the people."""


def _streets(rng: Generator, count: int) -> Words:
    """Return ``count`` different street names."""
    middles = _MIDDLES
    total = len(_HEADS) * len(middles) * len(_TAILS)
    weight = np.tile(np.asarray(_TAIL_WEIGHTS, dtype=np.float64), total // len(_TAILS))
    weight = weight * np.repeat(np.tile([6.0] + [1.0] * (len(middles) - 1), len(_HEADS)), len(_TAILS))
    picked = rng.choice(total, size=min(count, total), replace=False, p=weight / weight.sum())
    first, rest = np.divmod(picked, len(middles) * len(_TAILS))
    second, last = np.divmod(rest, len(_TAILS))
    words = (np.array(each, dtype=object) for each in (_HEADS, middles, _TAILS))
    heads, between, tails = words
    names: Words = heads[first] + between[second] + " " + tails[last]
    return names


def _postcodes(count: int) -> Words:
    """Return ``count`` postcodes of the area that does not exist, 1,200 to a district."""
    codes = []
    for each in range(count):
        district, rest = divmod(each, 1200)
        sector, unit = divmod(rest, 120)
        codes.append(f"{POSTCODE_AREA}{district + 1} {sector}{_INWARD[unit // 20 * 3]}{_INWARD[unit % 20]}")
    return np.array(codes, dtype=object)


def build_homes(
    rng: Generator, *, tenure: NDArray[np.int8], bedrooms: NDArray[np.int8], shared: Flags, hostels: int
) -> Homes:
    """Build a home for each row of ``tenure``, then the hostels, one refuge and one "nowhere".

    Args:
        rng: The stream to draw from.
        tenure: Owned, rented or social, one per ordinary home.
        bedrooms: How many each has.
        shared: Which are houses shared by people who are not a family.
        hostels: How many hostels to add.
    """
    ordinary = len(tenure)
    count = ordinary + hostels + 2
    # homes lie along streets of about 45; a shuffled order keeps rich and poor as neighbours
    along = rng.permutation(count)
    street_of = along // 45
    number = along % 45
    streets = _streets(rng, count // 45 + 1)
    lane = streets[street_of % len(streets)]
    flat = happens(rng, np.where(tenure == OWNED, 0.08, 0.33), ordinary) & ~shared & (bedrooms <= 3)
    kind = np.full(count, HOUSE, dtype=np.int8)
    kind[:ordinary][flat] = FLAT
    kind[:ordinary][shared] = SHARED
    kind[ordinary:] = HOSTEL
    kind[-2:] = [REFUGE, NOWHERE]
    house_number = (number * 2 + 1 + along // 45 % 2).astype(str).astype(object)
    line_1 = house_number + " " + lane
    line_2 = np.full(count, None, dtype=object)
    flats = np.flatnonzero(kind == FLAT)
    block = (
        np.array(_HEADS, dtype=object)[(street_of[flats] * 7 + number[flats] // 12) % len(_HEADS)] + " House"
    )
    line_2[flats] = ((street_of[flats] % 60) + 1).astype(str).astype(object) + " " + lane[flats]
    line_1[flats] = "Flat " + (number[flats] % 12 + 1).astype(str).astype(object) + " " + block
    shelter = np.flatnonzero(kind == HOSTEL)
    line_2[shelter] = line_1[shelter]
    line_1[shelter] = np.array(_HEADS, dtype=object)[shelter % len(_HEADS)] + " Hostel"
    line_1[-2:] = ["Address withheld", "No fixed abode"]
    line_2[-2:] = None
    codes = _postcodes(count // 15 + 1)
    postcode = codes[along // 15]
    postcode[-2:] = [None, NO_FIXED_ABODE_POSTCODE]
    uprn = FIRST_UPRN + 7 * rng.permutation(count).astype(np.int64) + 13
    uprn[-2:] = 0
    return Homes(
        line_1=line_1,
        line_2=line_2,
        postcode=postcode,
        uprn=uprn,
        kind=kind,
        tenure=np.concatenate([tenure, np.full(hostels + 2, SOCIAL)]).astype(np.int8),
        bedrooms=np.concatenate([bedrooms, np.ones(hostels + 2)]).astype(np.int8),
        cold=happens(rng, np.where(kind == HOUSE, 0.16, 0.10), count),
    )


def draw_tenure(rng: Generator, shares: NDArray[np.float64]) -> NDArray[np.int8]:
    """Draw a tenure for each household from its row of shares (owned, rented, social)."""
    bounds = np.cumsum(shares, axis=1)
    drawn: NDArray[np.int8] = (rng.random(len(shares))[:, None] > bounds[:, :2]).sum(axis=1).astype(np.int8)
    return drawn


def vacant_tenure(rng: Generator, count: int) -> NDArray[np.int8]:
    """Draw the tenure of homes that stand empty at first: mostly rented."""
    return weighted(rng, [0.3, 0.5, 0.2], count).astype(np.int8)
