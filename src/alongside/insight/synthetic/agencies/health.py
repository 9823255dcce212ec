"""The general practices' register (frailty, missed appointments) and the emergency department."""

import numpy as np

from alongside.insight.synthetic.agencies.extract import Extract, Form, World, chosen, serials
from alongside.insight.synthetic.calendar import AS_AT, NEVER, written
from alongside.insight.synthetic.chance import happenings, happens, weighted
from alongside.insight.synthetic.mistakes import Habits
from alongside.insight.synthetic.numbers import national_format
from alongside.insight.synthetic.sight import see, upper


def gp_register(world: World) -> Extract:
    """Everyone registered with a practice, once.

    Frailty index, missed appointments, who has died, who objects.
    """
    rng, people, lives = world.stream("gp_frailty"), world.population, world.lives
    ages = world.ages()
    rough = people.homes.kind[people.home] >= 3
    listed = happens(rng, np.where(rough, 0.7, 0.982), people.count) & (
        (people.died >= AS_AT) | (people.died > AS_AT - 1000)
    )
    who = np.flatnonzero(listed & (people.born < AS_AT - 14))
    count = len(who)
    dead = people.died[who] < AS_AT - 10
    index = np.where(
        ages[who] >= 65,
        np.clip(0.045 + 0.075 * lives.frailty[who] + rng.normal(0, 0.035, count), 0.0, 0.7),
        0.0,
    )
    strained = lives.strained(np.full(count, AS_AT, dtype=np.int32), who)
    missed = rng.poisson(
        0.18
        * lives.contact[who]
        * np.exp(np.clip(0.65 * lives.turmoil[who] + 0.5 * strained + 0.15 * lives.frailty[who], -2, 3))
    )
    conditions = rng.poisson(np.clip((ages[who] - 25) / 35, 0.05, 2.2) * np.exp(0.15 * lives.frailty[who]))
    habits = Habits(
        nhs_number=0.992,
        middle=0.7,
        phone=0.82,
        email=0.4,
        typo=0.005,
        nickname=0.004,
        spelling=0.02,
        swapped=0.002,
        day_month=0.001,
        year_off=0.001,
        day_off=0.001,
        stale_name=0.3,
        stale_address=0.22,
        no_address=0.002,
        accents=True,
        wrong_nhs_number=0.0001,
    )
    seen = see(rng, people, habits, who, np.full(count, AS_AT - 3, dtype=np.int32))
    last = AS_AT - np.minimum(rng.exponential(150, count) + 1, 1500).astype(np.int64)
    columns = {
        "patient_pseudo_row": serials("GP", count),
        "nhs_number": seen.nhs_number,
        "surname": seen.surname,
        "given_name": seen.forename,
        "other_given_names": seen.middle,
        "date_of_birth": seen.born.astype("datetime64[D]"),
        "sex": chosen(["2", "1"], seen.sex),
        "address_line_1": seen.line_1,
        "address_line_2": seen.line_2,
        "postcode": seen.postcode,
        "mobile": national_format(seen.phone, "plain"),
        "email": seen.email,
        "frailty_index": np.round(index, 3),
        "long_term_conditions": conditions,
        "missed_appointments_12m": missed,
        "carer": happens(rng, np.where(ages[who] >= 18, 0.045, 0.004), count),
        "last_seen": np.maximum(np.minimum(last, people.died[who]), people.born[who])
        .astype(np.int32)
        .astype("datetime64[D]"),
        "died_on": np.where(dead & happens(rng, 0.93, count), people.died[who], NEVER)
        .astype(np.int32)
        .astype("datetime64[D]"),
        "objects_to_sharing": people.objected[who],
        "extracted_on": np.full(count, AS_AT - 2, dtype=np.int32).astype("datetime64[D]"),
    }
    return Extract("gp_frailty", columns, "patient_pseudo_row", who, who, Form(suffix="parquet"))


def accident_emergency(world: World) -> Extract:
    """Attendances at the emergency department over three years."""
    rng, people, lives = world.stream("accident_emergency"), world.population, world.lives
    since, until = world.span()
    ages = world.ages()
    base = 0.19 + 0.12 * (ages < 6) + 0.05 * (ages > 74)
    rate = (
        lives.contact
        * base
        * np.exp(np.clip(0.5 * lives.turmoil + 0.2 * lives.frailty + 0.1 * lives.hardship, -1.5, 2.6))
    )
    who, day = happenings(
        rng, rate, since, until, hard_since=lives.hard_since, hard_until=lives.hard_until, boost=1.5
    )
    count = len(who)
    left = happens(rng, 0.04 + 0.06 * (lives.turmoil[who] > 1.5), count)
    habits = Habits(
        nhs_number=0.94,
        middle=0.15,
        phone=0.6,
        typo=0.010,
        nickname=0.02,
        stale_address=0.2,
        no_address=0.015,
        wrong_nhs_number=0.0006,
    )
    seen = see(rng, people, habits, who, day)
    columns = {
        "ATTENDANCE_NO": serials("AE", count),
        "NHS_NUMBER": np.array(
            [each and f"{each[:3]} {each[3:6]} {each[6:]}" for each in seen.nhs_number], dtype=object
        ),
        "SURNAME": upper(seen.surname),
        "FORENAME": upper(seen.forename),
        "BIRTH_DATE": written(seen.born, "%d/%m/%Y"),
        "SEX": chosen(["F", "M"], seen.sex),
        "ADDRESS": seen.address(),
        "POSTCODE": seen.postcode,
        "TEL": seen.phone,
        "ARRIVED": written(day, "%d/%m/%Y"),
        "GROUP": chosen(
            ["injury", "illness", "mental health", "alcohol or drugs", "fall"],
            np.where(
                happens(rng, 0.25 * (lives.turmoil[who] > 1.2), count),
                rng.integers(2, 4, count),
                np.where((ages[who] > 70) & happens(rng, 0.3, count), 4, weighted(rng, [0.4, 0.6], count)),
            ),
        ),
        "DISPOSAL": np.where(
            left,
            "left before treatment",
            chosen(["discharged", "admitted", "referred"], weighted(rng, [0.66, 0.22, 0.12], count)),
        ),
    }
    return Extract("accident_emergency", columns, "ATTENDANCE_NO", who, who)
