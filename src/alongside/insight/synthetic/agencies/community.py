"""School, the council's front desk, and the voluntary groups.

Places where people are seen every week, and missed when they stop coming.
"""

import numpy as np

from alongside.insight.synthetic.agencies.extract import (
    Extract,
    Form,
    World,
    chosen,
    local_number,
    missing_as,
    serials,
    spoilt,
)
from alongside.insight.synthetic.calendar import AS_AT, NEVER, OPENING, day, written
from alongside.insight.synthetic.chance import happenings, happens, weighted
from alongside.insight.synthetic.mistakes import Habits
from alongside.insight.synthetic.numbers import national_format
from alongside.insight.synthetic.shapes import OLDER_SINGLE
from alongside.insight.synthetic.sight import see, without

_TERM_ENDS = (
    day(2024, 12, 20),
    day(2025, 4, 4),
    day(2025, 7, 22),
    day(2025, 12, 19),
    day(2026, 3, 27),
    day(2026, 7, 21),
    day(2026, 10, 23),
)


def school_attendance(world: World) -> Extract:
    """Pupils' attendance, a row for each pupil and term."""
    rng, people, lives = world.stream("school_attendance"), world.population, world.lives
    ages = world.ages()
    everyone = np.flatnonzero((ages >= 4.6) & (ages < 18.6) & (people.died == NEVER))
    ordinary = (
        94.6
        + rng.normal(0, 2.6, len(everyone))
        - 1.5 * np.clip(lives.hardship[everyone], -1, 3)
        - 1.8 * lives.violence[everyone]
    )
    rows_who, rows_day, rows_share = [], [], []
    for end in _TERM_ENDS:
        age = (end - people.born[everyone]) / 365.25
        at_school = (age >= 4.7) & (age < 16.2) & ~happens(rng, 0.03, len(everyone))
        strained = lives.strained(np.full(len(everyone), end, dtype=np.int32), everyone)
        low = (
            ordinary
            - 7.0 * strained
            + rng.normal(0, 2.2, len(everyone))
            - 9.0 * happens(rng, 0.015, len(everyone))
        )
        rows_who.append(everyone[at_school])
        rows_day.append(np.full(int(at_school.sum()), end, dtype=np.int32))
        rows_share.append(np.clip(low[at_school], 12.0, 100.0))
    who, ends, share = np.concatenate(rows_who), np.concatenate(rows_day), np.concatenate(rows_share)
    count = len(who)
    possible = np.where(ends == _TERM_ENDS[-1], 70, 124)
    attended = np.round(possible * share / 100).astype(np.int64)
    unauthorised = np.round((possible - attended) * rng.uniform(0.1, 0.6, count)).astype(np.int64)
    habits = Habits(
        upn=0.985,
        middle=0.25,
        phone=0.9,
        email=0.0,
        uprn=0.3,
        typo=0.006,
        nickname=0.015,
        stale_address=0.25,
        stale_name=0.5,
        no_address=0.003,
    )
    seen = see(rng, people, habits, who, ends)
    columns = {
        "row_ref": serials("SCH", count),
        "upn": seen.upn,
        "legal_surname": seen.surname,
        "forename": seen.forename,
        "middle_names": seen.middle,
        "date_of_birth": written(seen.born, "%d/%m/%y"),
        "sex": chosen(["F", "M"], seen.sex),
        "house": seen.line_1,
        "street": seen.line_2,
        "postcode": seen.postcode,
        "uprn": seen.uprn,
        "parent_phone": seen.phone,
        "term_end": written(ends, "%d/%m/%y"),
        "sessions_possible": possible.astype(np.int64),
        "sessions_attended": spoilt(rng, attended.astype(str).astype(object), 0.0004, "n/a", "-"),
        "sessions_unauthorised": unauthorised,
        "suspensions": rng.poisson(
            np.clip(0.012 * np.exp(0.5 * lives.hardship[who] + 0.4 * lives.violence[who]), 0, 1), count
        ),
    }
    # two-digit years are read correctly only for children, who are the only people here
    born_then = people.born[who] > day(2000, 1, 1)
    columns["date_of_birth"] = without(~born_then, columns["date_of_birth"])
    return Extract("school_attendance", columns, "row_ref", who, who)


_CONTACTS = [
    "bulky waste",
    "missed bin",
    "repair or street report",
    "noise complaint",
    "blue badge",
    "assisted bin",
    "crisis grant",
    "damp or cold home",
    "objection to data use",
    "address to be withheld",
]


def council_contact(world: World) -> Extract:
    """What people asked the council for: bins, badges, grants, complaints.

    Also the markers that the front desk keeps.
    """
    rng, people, lives = world.stream("council_contact"), world.population, world.lives
    since, until = world.span(from_age=18)
    ages, alive = world.ages(), world.alive()
    who, on = happenings(
        rng,
        np.where(ages >= 18, 0.085, 0.0),
        since,
        until,
        hard_since=lives.hard_since,
        hard_until=lives.hard_until,
        boost=1.2,
    )
    kind = weighted(rng, [0.34, 0.28, 0.28, 0.10], len(who))
    hard = {"hard_since": lives.hard_since, "hard_until": lives.hard_until}
    grants = happenings(
        rng, np.where(ages >= 18, 0.010 * np.exp(0.85 * lives.hardship), 0.0), since, until, **hard, boost=4.0
    )
    damp = happenings(
        rng,
        np.where(
            people.role == 0,
            (0.006 + 0.05 * people.homes.cold[people.home]) * np.exp(0.3 * lives.hardship),
            0.0,
        ),
        since,
        until,
        **hard,
        boost=1.6,
    )

    def once(whom: np.ndarray, what: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        found = np.flatnonzero(whom & alive & (ages >= 18))
        return found, rng.integers(OPENING, AS_AT - 3, len(found)).astype(np.int32), np.full(len(found), what)

    badge = once(happens(rng, np.clip(0.01 + 0.05 * lives.frailty, 0, 0.5), people.count), 4)
    bins = once(
        happens(
            rng,
            np.clip(
                0.002
                + 0.05 * lives.frailty * (1.0 + (people.household_shape == OLDER_SINGLE)[people.household]),
                0,
                0.6,
            ),
            people.count,
        ),
        5,
    )
    objects, withheld = once(people.objected, 8), once(people.protected, 9)
    groups = [
        (who, on, kind),
        (*grants, np.full(len(grants[0]), 6)),
        (*damp, np.full(len(damp[0]), 7)),
        badge,
        bins,
        objects,
        withheld,
    ]
    who, on, kind = (np.concatenate([group[part] for group in groups]) for part in range(3))
    order = np.lexsort((kind, who, on))
    who, on, kind = who[order], on[order], kind[order]
    count = len(who)
    turned_away = happens(rng, np.where(kind == 6, 0.3, 0.02), count)
    habits = Habits(
        phone=0.75,
        email=0.65,
        uprn=0.75,
        middle=0.03,
        typo=0.014,
        nickname=0.08,
        stale_address=0.06,
        no_address=0.02,
        born=0.4,
    )
    seen = see(rng, people, habits, who, on.astype(np.int32))
    columns = {
        "contact_id": serials("CC", count),
        "customer_no": local_number(rng, people, who, "R"),
        "first_names": seen.forename,
        "family_name": seen.surname,
        "date_of_birth": written(seen.born, "%d-%m-%Y"),
        "property": seen.address(),
        "postcode": np.array([each and each.lower() for each in seen.postcode], dtype=object),
        "uprn": seen.uprn,
        "phone": national_format(seen.phone, "spaced"),
        "email": seen.email,
        "contact_type": chosen(list(_CONTACTS), kind),
        "contact_date": written(on.astype(np.int32), "%d-%m-%Y"),
        "result": np.where(turned_away, "not awarded", chosen(["done", "awarded"], kind == 6)),
    }
    columns["date_of_birth"] = missing_as("NULL", columns["date_of_birth"])
    return Extract("council_contact", columns, "contact_id", who, who, Form(encoding="cp1252"))


def voluntary_sector(world: World) -> Extract:
    """Support from charities and peer groups, a row for each person, activity and month.

    First names as people use them, and no NHS number.
    """
    rng, people, lives = world.stream("voluntary_sector"), world.population, world.lives
    ages = world.ages()
    lonely = (people.household_shape == OLDER_SINGLE)[people.household] & (ages >= 65)
    likely = 0.012 + 0.10 * lonely + 0.02 * np.clip(lives.hardship, 0, 3) + 0.03 * (lives.turmoil > 1.2)
    joins = happens(rng, np.where(ages >= 16, likely, 0.0), people.count) & (people.died > OPENING + 200)
    member = np.flatnonzero(joins)
    activity = np.where(
        lonely[member],
        weighted(rng, [4, 3, 0.4, 1.5, 1], len(member)),
        weighted(rng, [0.4, 1, 3, 1.6, 2], len(member)),
    )
    begins = rng.integers(OPENING - 300, AS_AT - 60, len(member))
    # people stop coming: more in a hard time, when they would need it most
    hard_day = np.where(
        happens(rng, 0.6, len(member)), lives.hard_since[member] + rng.integers(10, 150, len(member)), NEVER
    )
    stops = np.minimum(
        np.where(happens(rng, 0.35, len(member)), begins + rng.integers(60, 900, len(member)), NEVER),
        np.where(hard_day > begins + 60, hard_day, NEVER),
    )
    stops = np.minimum(stops, people.died[member])
    who_parts, day_parts, visit_parts, kind_parts = [], [], [], []
    for start in range(OPENING, AS_AT - 20, 30):
        here = (begins <= start) & (stops > start + 15) & happens(rng, 0.85, len(member))
        who_parts.append(member[here])
        day_parts.append(np.full(int(here.sum()), start) + rng.integers(0, 28, int(here.sum())))
        visit_parts.append(rng.integers(1, 5, int(here.sum())))
        kind_parts.append(activity[here])
    who, on = np.concatenate(who_parts), np.concatenate(day_parts).astype(np.int32)
    visits, kind = np.concatenate(visit_parts), np.concatenate(kind_parts)
    parcels = happenings(
        rng,
        np.where(ages >= 18, 0.006 * np.exp(0.8 * lives.hardship), 0.0),
        *world.span(),
        hard_since=lives.hard_since,
        hard_until=lives.hard_until,
        boost=4.0,
    )
    who, on = np.concatenate([who, parcels[0]]), np.concatenate([on, parcels[1]])
    visits, kind = (
        np.concatenate([visits, np.ones(len(parcels[0]), dtype=np.int64)]),
        np.concatenate([kind, np.full(len(parcels[0]), 5)]),
    )
    order = np.lexsort((kind, who, on))
    who, on, visits, kind = who[order], on[order], visits[order], kind[order]
    count = len(who)
    habits = Habits(
        phone=0.7,
        email=0.25,
        uprn=0.15,
        typo=0.018,
        nickname=0.45,
        spelling=0.08,
        stale_address=0.15,
        no_address=0.1,
        born=0.55,
        stale_name=0.3,
        one_surname=0.4,
    )
    seen = see(rng, people, habits, who, on)
    columns = {
        "entry": serials("VS", count),
        "known_as": seen.forename,
        "surname": seen.surname,
        "date_of_birth": written(seen.born, "%d/%m/%Y"),
        "address": seen.address(),
        "postcode": seen.postcode,
        "uprn": seen.uprn,
        "phone": seen.phone,
        "email": seen.email,
        "activity": chosen(
            ["lunch club", "befriending", "family hub", "exercise group", "peer support", "food parcel"], kind
        ),
        "last_came": written(on, "%d/%m/%Y"),
        "visits_that_month": visits,
    }
    return Extract("voluntary_sector", columns, "entry", who, who, Form(delimiter=";"))
