"""The directory of the named universe: services in fictional Riverside, each published by its provider.

What they help with uses the area pack's own words for responses, so that flags and services match up. One
is closed for now, and one was published so long ago that it may be out of date: a page must show both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from alongside.casework.directory.rules import STALE_AFTER_DAYS, Entry, Hours, Place, Status

LONG_AGO = timedelta(days=STALE_AFTER_DAYS + 30)
FROM_THE_PACK = (
    "befriending", "carer_support", "food_support", "social_prescribing", "peer_support", "money_advice",
    "parenting_support",
)  # fmt: skip
"""Responses in the area pack that somebody in the directory offers: their titles are needs in its list."""
OWN_NEEDS = {
    "warm_space": ("Somewhere warm to be", "A heated room where anybody may sit"),
    "recovery": ("Living without drink or drugs", "Company and advice for anybody who wants to stop, or has"),
}
"""Needs for which the pack has no response: name and description."""


@dataclass(frozen=True)
class Seed:
    """One service: who publishes it, what it is for (codes of needs), and what it says."""

    editor: str
    helps_with: tuple[str, ...]
    entry: Entry
    ago: timedelta = timedelta()


def weekly(days: str, opens: time, closes: time, notes: str = "") -> Hours:
    """Return hours that are the same on some days of every week."""
    return Hours(freq="WEEKLY", byday=days, opens_at=opens, closes_at=closes, notes=notes)


def riverside(street: str, postcode: str, north: float, east: float) -> Place:
    """Return a place some thousandths of a degree from the centre of a town that does not exist."""
    return Place(street, "Riverside", postcode, latitude=52 + north / 1000, longitude=-1 + east / 1000)


SERVICES = (
    Seed("Bron Ellis", ("befriending",), Entry(
        name="Alder Row Befrienders",
        description="A volunteer who visits or telephones once a week, for adults who live alone. "
        "You choose whether, when and where, and may stop at any time.",
        telephone="01632 960130", contact_role="Befriending organiser", email="befrienders@example.org",
        minimum_age=18, fees="Free", hours=(weekly("MO,WE,FR", time(10), time(16)),),
        languages=("English", "Punjabi"), areas=("Riverside",),
    )),
    Seed("Bron Ellis", ("carer_support",), Entry(
        name="Carers' Corner",
        description="An hour for yourself, with others who look after somebody. We can arrange for "
        "somebody to sit with the person you care for.",
        telephone="01632 960131", contact_role="Carers' worker",
        place=riverside("Birch Hall, 3 Birch Walk", "ZX2 7HE", 9, -4),
        hours=(weekly("TU", time(13), time(15)), weekly("TH", time(18, 30), time(20, 30))),
        languages=("English", "Bengali"), areas=("Riverside",),
    )),
    Seed("Bron Ellis", ("food_support",), Entry(
        name="Riverside Pantry",
        description="A foodbank where you choose from the shelves yourself. No voucher and no questions. "
        "Halal and gluten-free shelves, and parcels brought to anybody who cannot come.",
        telephone="01632 960132", contact_role="Duty volunteer", email="pantry@example.org",
        url="https://pantry.example.org", place=riverside("12 Mill Lane", "ZX4 2CE", 2, 3), fees="Free",
        hours=(weekly("MO,TH", time(10), time(16)), weekly("SA", time(10), time(12))),
        languages=("English", "Polish", "Somali"), areas=("Riverside", "Alder Row"),
    )),
    Seed("Bron Ellis", ("social_prescribing",), Entry(
        name="Walk and Talk",
        description="A slow walk along the river, two miles at the most, with benches on the way. "
        "Dogs, sticks and wheelchairs are welcome.",
        telephone="01632 960133", place=riverside("Mill Bridge, by the weir", "ZX4 2CF", 1, 5), fees="Free",
        hours=(weekly("SA", time(10), time(11, 30), "not in ice or flood"),),
        languages=("English",), areas=("Riverside",),
    )),
    Seed("Bron Ellis", ("social_prescribing", "befriending"), Entry(
        name="Y Bont",
        description="Paned a sgwrs: tea and talk in Welsh, for first-language speakers and anybody "
        "coming back to the language. Songs at Christmas.",
        telephone="01632 960134", place=riverside("Bethel Chapel, 1 Ash Street", "ZX1 3LL", -6, 2),
        hours=(Hours(freq="MONTHLY", byday="2TU", opens_at=time(14), closes_at=time(16)),),
        languages=("Welsh", "English"), areas=("Riverside", "Valley"),
    )),
    Seed("Bron Ellis", ("social_prescribing", "befriending"), Entry(
        name="Polish Table",
        description="Lunch, cards and the newspapers in Polish. There is somebody to help with letters "
        "and forms. Come as you are.",
        telephone="01632 960135", place=riverside("Birch Hall, 3 Birch Walk", "ZX2 7HE", 9, -4),
        fees="£2 for lunch, if you can", hours=(weekly("WE", time(12), time(15)),),
        languages=("Polish", "English"), areas=("Riverside",),
    )),
    Seed("Bron Ellis", ("peer_support", "social_prescribing"), Entry(
        name="Rainbow Thursdays",
        description="A quiet evening for lesbian, gay, bisexual and trans people, and for anybody unsure. "
        "Ring or write, and we will tell you where we meet.",
        telephone="07700 900136", contact_role="Host", email="rainbow@example.org", minimum_age=18,
        hours=(Hours(freq="WEEKLY", interval=2, byday="TH", dtstart=date(2026, 1, 8), opens_at=time(19),
                     closes_at=time(21)),),
        languages=("English", "British Sign Language"), areas=("Riverside", "Valley"),
    )),
    Seed("Hari Nair", ("money_advice",), Entry(
        name="Debt and Benefits Advice",
        description="Free advice on debts, rent arrears, benefits and bailiffs at the door. We look through "
        "the letters with you, opened or not, and speak to the people you owe.",
        telephone="0808 157 0137", contact_role="Advice line", email="advice@example.org", minimum_age=16,
        url="https://advice.example.org", place=riverside("40 Market Street", "ZX1 1AA", -2, -1),
        fees="Free", hours=(weekly("MO,TU,WE,TH,FR", time(9, 30), time(16, 30)),),
        languages=("English", "Urdu", "Polish"), areas=("Riverside",),
    )),
    Seed("Ola Finch", ("peer_support",), Entry(
        name="Clearing Space Together",
        description="For people whose home has filled up, by people whose home has. Nobody throws anything "
        "out but you. In a circle, or at your kitchen table, one shelf at a time.",
        telephone="01632 960138", contact_role="Peer supporter",
        place=riverside("2 Mill Lane", "ZX4 2CD", 2, 2), fees="Free",
        hours=(weekly("TH", time(14), time(16)),), languages=("English", "Irish"), areas=("Riverside",),
    )),
    Seed("Ola Finch", ("recovery", "peer_support"), Entry(
        name="Lantern Recovery Café",
        description="Coffee, cake and company in the evenings that are hardest, among people in recovery "
        "from drink or drugs. You do not have to have stopped.",
        telephone="01632 960139", place=riverside("5 Station Road", "ZX1 2BB", -4, -3), minimum_age=18,
        fees="Pay what you can", hours=(weekly("FR,SA,SU", time(17), time(22)),),
        languages=("English",), areas=("Riverside",),
    )),
    Seed("Ola Finch", ("peer_support", "befriending"), Entry(
        name="Small Hours Line",
        description="Somebody awake to talk to at night. We have been there. We give no advice unless "
        "you ask for it, and keep no names.",
        telephone="0808 157 0140", contact_role="Peer on the line",
        hours=(weekly("MO,TU,WE,TH,FR,SA,SU", time(22), time(4)),),
        languages=("English",), areas=("Riverside", "Valley"),
    ), ago=LONG_AGO),
    Seed("Noor Aziz", ("warm_space", "social_prescribing"), Entry(
        name="Warm Space at the Library",
        description="A heated room with tea, sockets, newspapers and children's books. Nobody asks why you "
        "came or how long you stay.",
        telephone="01632 960141", place=riverside("Riverside Library, 20 Market Street", "ZX1 1AB", -2, 0),
        fees="Free", hours=(weekly("MO,TU,WE,TH,FR,SA", time(9), time(18)),),
        languages=("English",), areas=("Riverside",),
    )),
    Seed("Noor Aziz", ("parenting_support", "social_prescribing"), Entry(
        name="Mill Lane Family Hub",
        description="Play, a health visitor and parenting advice under one roof, for families with children "
        "under five.",
        status=Status.TEMPORARILY_CLOSED, alert="The roof is being mended. We are back in spring.",
        telephone="01632 960142", place=riverside("30 Mill Lane", "ZX4 2CG", 3, 4), fees="Free",
        hours=(weekly("MO,WE,FR", time(9, 30), time(12)),), languages=("English", "Polish"),
        areas=("Riverside",),
    )),
)  # fmt: skip


def make_services(*, editors: Mapping[str, Any], analyst: Any, at: datetime) -> dict[str, UUID]:
    """Add the needs and publish the services by commands; return the ids of services by name.

    Args:
        editors: actors by name, who publish what their organisation offers.
        analyst: who keeps the list of needs.
        at: when; anything published long ago is dated that much earlier.
    """
    from alongside.casework.directory.commands import add_need, publish_service
    from alongside.casework.kernel.area import area_pack

    pack = area_pack()
    told = {code: (pack.response(code).title, "As named in the area pack") for code in FROM_THE_PACK}
    needs = {
        code: add_need(actor=analyst, at=at, name=name, description=description).id
        for code, (name, description) in (told | OWN_NEEDS).items()
    }
    return {
        seed.entry.name: publish_service(
            actor=editors[seed.editor],
            at=at - seed.ago,
            entry=replace(seed.entry, needs=frozenset(needs[code] for code in seed.helps_with)),
        ).id
        for seed in SERVICES
    }
