"""Ambulance, police and fire: records made in a hurry, many of them with half a name or none."""

from dataclasses import replace

import numpy as np

from alongside.insight.synthetic.agencies.extract import Extract, Form, World, chosen, serials, spoilt
from alongside.insight.synthetic.calendar import AS_AT, NEVER, Days, Words, written
from alongside.insight.synthetic.chance import Flags, Places, happenings, happens, weighted
from alongside.insight.synthetic.mistakes import Habits
from alongside.insight.synthetic.numbers import national_format
from alongside.insight.synthetic.places import HOSTEL, SHARED
from alongside.insight.synthetic.shapes import FIRST, PARTNER
from alongside.insight.synthetic.sight import Sight, see, upper, without


def _unnamed(seen: Sight, nameless: Flags) -> Sight:
    """Remove everything that identifies the person, and leave the place."""
    blank: dict[str, Words] = {
        each: without(nameless, getattr(seen, each))
        for each in ("forename", "middle", "surname", "nhs_number", "ni_number", "upn", "phone", "email")
    }
    return replace(seen, **blank, born=np.where(nameless, NEVER, seen.born).astype(np.int32))


def ambulance(world: World) -> Extract:
    """Ambulance incidents: one name column, an age rather than a date of birth.

    Some name nobody.
    """
    rng, people, lives = world.stream("ambulance"), world.population, world.lives
    since, until = world.span()
    ages = world.ages()
    rate = (
        lives.contact
        * (0.045 + 0.06 * (ages > 70))
        * np.exp(np.clip(0.55 * lives.turmoil + 0.4 * lives.frailty, -1.5, 2.8))
    )
    who, day = happenings(
        rng, rate, since, until, hard_since=lives.hard_since, hard_until=lives.hard_until, boost=1.5
    )
    count = len(who)
    nameless = happens(rng, 0.05, count)
    place_only = happens(rng, 0.04, count) & ~nameless
    habits = Habits(
        nhs_number=0.52,
        middle=0.04,
        phone=0.5,
        uprn=0.35,
        typo=0.022,
        nickname=0.06,
        spelling=0.08,
        swapped=0.008,
        stale_address=0.05,
        no_address=0.05,
        born=0.42,
        fresh=True,
    )
    seen = _unnamed(see(rng, people, habits, who, day), nameless | place_only)
    years = np.floor((day - people.born[who]) / 365.25).astype(np.int64)
    guess = np.clip(
        years
        + np.where(
            nameless,
            rng.integers(-6, 7, count),
            np.where(happens(rng, 0.04, count), rng.integers(-2, 3, count), 0),
        ),
        0,
        110,
    )
    name = seen.full_name()
    stranger = chosen(["Unknown female", "Unknown male"], seen.sex)
    name = np.where(nameless, stranger, name)
    refused = happens(rng, 0.06 + 0.10 * (lives.turmoil[who] > 1.2), count)
    columns = {
        "incident": serials("AMB", count),
        "call_date": spoilt(rng, written(day, "%Y/%m/%d"), 0.0006, "0000/00/00", "today"),
        "patient_name": name,
        "age": without(place_only, guess.astype(str).astype(object)),
        "birth_date": written(seen.born, "%Y/%m/%d"),
        "sex": without(place_only | happens(rng, 0.03, count), chosen(["Female", "Male"], seen.sex)),
        "nhs_number": seen.nhs_number,
        "incident_address": seen.address(),
        "postcode": seen.postcode,
        "uprn": seen.uprn,
        "caller_phone": seen.phone,
        "complaint_group": chosen(
            ["fall", "breathing", "chest pain", "mental health", "overdose or intoxication", "other"],
            np.where(
                lives.turmoil[who] > 1.2,
                weighted(rng, [1, 1, 1, 3, 3, 2], count),
                np.where(
                    years > 70,
                    weighted(rng, [4, 3, 2, 0.2, 0.2, 2], count),
                    weighted(rng, [1, 1.5, 1.5, 0.5, 0.7, 4], count),
                ),
            ),
        ),
        "conveyed": chosen(["N", "Y"], ~refused & happens(rng, 0.62, count)),
        "refusal_recorded": chosen(["N", "Y"], refused),
    }
    named = ~(nameless | place_only)
    return Extract("ambulance", columns, "incident", np.where(named, who, -1), who)


def _incidents(world: World) -> tuple[Places, Days, Places, Places]:
    """Draw police contact: who, when, the type of incident and the role in it.

    -1 is a place with no person.
    """
    rng, people, lives = world.stream("police incidents"), world.population, world.lives
    since, until = world.span(from_age=10)
    ages = world.ages()
    hard = {"hard_since": lives.hard_since, "hard_until": lives.hard_until}
    rate = lives.contact * 0.020 * np.exp(np.clip(0.6 * lives.turmoil + 0.3 * lives.hardship, -2, 3))
    who, day = happenings(rng, rate, since, until, **hard, boost=1.7)
    kind = weighted(
        rng, [0.22, 0.22, 0.26, 0.30], len(who)
    )  # vulnerable adult or child, missing, disorder, theft or damage
    role = np.where(
        kind <= 1, 2, weighted(rng, [0.5, 0.25, 0.25], len(who))
    )  # victim, suspect, subject, witness
    role = np.where((role == 2) & (kind > 1), 3, role)
    adults = np.isin(people.role, [FIRST, PARTNER]) & (ages >= 16)
    women_first = np.where(people.sex == 0, 1.0, 0.35) * 0.55 * lives.violence * adults
    hurt, hurt_day = happenings(rng, women_first, since, until, **hard, boost=1.8)
    # the other one of the couple is in the same incident
    other = np.where(people.role[hurt] == FIRST, hurt + 1, hurt - 1)
    other = np.clip(other, 0, people.count - 1)
    couple = (people.household[other] == people.household[hurt]) & adults[other]
    both = np.flatnonzero(couple & happens(rng, 0.75, len(hurt)))
    places = int(0.02 * len(who)) + 1
    where = rng.integers(0, people.count, places)
    who = np.concatenate([who, hurt, other[both], where])
    day = np.concatenate(
        [day, hurt_day, hurt_day[both], rng.integers(AS_AT - 1090, AS_AT - 2, places)]
    ).astype(np.int32)
    kind = np.concatenate([kind, np.full(len(hurt) + len(both), 4), np.full(places, 5)])
    role = np.concatenate(
        [role, np.zeros(len(hurt), dtype=np.int64), np.ones(len(both), dtype=np.int64), np.full(places, 4)]
    )
    order = np.lexsort((role, who, day))
    return who[order], day[order], kind[order], role[order]


def police(world: World) -> Extract:
    """Police incidents and vulnerability notices, one row for each role.

    Anti-social behaviour often names only a place.
    """
    rng, people = world.stream("police"), world.population
    who, day, kind, role = _incidents(world)
    count = len(who)
    place = kind == 5
    nameless = place | happens(rng, np.where(role == 1, 0.12, 0.03), count)
    habits = Habits(
        phone=0.35,
        middle=0.4,
        typo=0.018,
        nickname=0.04,
        spelling=0.07,
        swapped=0.006,
        day_month=0.006,
        born=0.88,
        stale_address=0.12,
        no_address=0.05,
        uprn=0.45,
        fresh=True,
    )
    seen = _unnamed(see(rng, people, habits, who, day), nameless)
    name = np.array(
        [
            last and f"{last.upper()}, {' '.join(filter(None, (first, middle)))}"
            for first, middle, last in zip(seen.forename, seen.middle, seen.surname, strict=True)
        ],
        dtype=object,
    )
    columns = {
        "entry_id": serials("PO", count),
        "incident_no": np.array(
            [f"RV/{each}" for each in (day.astype(np.int64) * 1000 + people.household[who] % 1000).tolist()],
            dtype=object,
        ),
        "occurred": written(day, "%d.%m.%Y"),
        "type": chosen(
            [
                "vulnerability",
                "missing",
                "disorder",
                "theft or damage",
                "domestic abuse",
                "anti-social behaviour",
            ],
            kind,
        ),
        "role": chosen(["victim", "suspect", "subject", "witness", None], role),
        "nominal": name,
        "dob": written(seen.born, "%d.%m.%Y"),
        "sex": without(place, chosen(["F", "M"], seen.sex)),
        "address": upper(seen.address(" ")),
        "postcode": seen.postcode,
        "uprn": seen.uprn,
        "telephone": national_format(seen.phone, "international"),
        "grade": without(
            ~np.isin(kind, [0, 4]),
            chosen(["standard", "medium", "high"], weighted(rng, [0.62, 0.28, 0.10], count)),
        ),
    }
    return Extract(
        "police",
        columns,
        "entry_id",
        np.where(nameless, -1, who),
        np.where(place, -1, who),
        Form(delimiter="\t"),
    )


def fire_visits(world: World) -> Extract:
    """Home fire safety visits: an address, a title and a surname.

    Clutter on the usual scale of one to nine.
    """
    rng, people, lives = world.stream("fire_visits"), world.population, world.lives
    since, until = world.span(from_age=18)
    ages = world.ages()
    rate = np.where(people.role == FIRST, 0.011 + 0.035 * (ages > 70) + 0.02 * (lives.turmoil > 1.3), 0.0)
    who, day = happenings(
        rng, rate, since, until, hard_since=lives.hard_since, hard_until=lives.hard_until, boost=1.3
    )
    shelter = np.isin(people.homes.kind[people.home[who]], [HOSTEL, SHARED])
    who, day = who[~shelter], day[~shelter]
    count = len(who)
    nameless = happens(rng, 0.14, count)
    habits = Habits(
        phone=0.5,
        uprn=0.9,
        typo=0.02,
        nickname=0.05,
        stale_address=0.0,
        no_address=0.0,
        born=0.25,
        fresh=True,
    )
    seen = _unnamed(see(rng, people, habits, who, day), nameless)
    initial = np.array(
        [
            first[:1] if first is not None and keep else None
            for first, keep in zip(seen.forename, happens(rng, 0.7, count).tolist(), strict=True)
        ],
        dtype=object,
    )
    clutter = np.clip(
        np.round(
            1.2
            + 1.1 * np.maximum(lives.turmoil[who], 0)
            + 0.5 * lives.frailty[who]
            + rng.normal(0.3, 1.0, count)
        ),
        1,
        9,
    ).astype(np.int64)
    columns = {
        "visit_id": serials("FV", count),
        "visit_date": written(day, "%d %B %Y"),
        "title": without(nameless, chosen(["Mrs", "Mr"], seen.sex)),
        "initial": initial,
        "occupier": seen.surname,
        "dob": written(seen.born, "%d/%m/%Y"),
        "address": seen.line_1,
        "address_2": seen.line_2,
        "postcode": seen.postcode,
        "uprn": seen.uprn,
        "phone": seen.phone,
        "clutter": clutter,
        "working_alarm": chosen(["No", "Yes"], happens(rng, 0.88, count)),
        "heating_worry": chosen(
            ["No", "Yes"],
            happens(
                rng,
                np.clip(
                    0.05
                    + 0.28 * people.homes.cold[people.home[who]]
                    + 0.08 * np.maximum(lives.hardship[who], 0),
                    0,
                    0.8,
                ),
                count,
            ),
        ),
        "declined": chosen(["No", "Yes"], happens(rng, 0.05 + 0.12 * (lives.turmoil[who] > 1.2), count)),
    }
    return Extract("fire_visits", columns, "visit_id", np.where(nameless, -1, who), who)
