"""Where people live and what they live on: rent, homelessness, council tax, benefits."""

import numpy as np

from alongside.insight.synthetic.agencies.extract import (
    Extract,
    Form,
    World,
    chosen,
    missing_as,
    serials,
    spoilt,
)
from alongside.insight.synthetic.calendar import AS_AT, NEVER, OPENING, written
from alongside.insight.synthetic.chance import happenings, happens, weighted
from alongside.insight.synthetic.mistakes import Habits
from alongside.insight.synthetic.numbers import national_format
from alongside.insight.synthetic.places import FLAT, HOSTEL, HOUSE, NOWHERE, SOCIAL
from alongside.insight.synthetic.shapes import FIRST, LONE_PARENT, PARTNER
from alongside.insight.synthetic.sight import see, upper, without

_EVERYONE = np.int32(AS_AT - 3)


def housing_rent(world: World) -> Extract:
    """Rent accounts of social tenants: each tenant once, and joint tenants each have a row."""
    rng, people, lives = world.stream("housing_rent"), world.population, world.lives
    homes = people.homes
    tenant = (
        (homes.tenure[people.home] == SOCIAL)
        & np.isin(homes.kind[people.home], [HOUSE, FLAT])
        & world.alive()
    )
    tenant &= (world.ages() >= 18) & (
        (people.role == FIRST) | (people.role == PARTNER) & happens(rng, 0.75, people.count)
    )
    who = np.flatnonzero(tenant)
    who = who[np.argsort(people.home[who], kind="stable")]
    count = len(who)
    home = people.home[who]
    # money belongs to the household: joint tenants have one balance
    luck = rng.normal(0, 1.0, len(homes.uprn))[home]
    strained = lives.strained(np.full(count, AS_AT, dtype=np.int32), who)
    weeks = np.clip(np.round(1.0 * lives.hardship[who] + 2.6 * strained + 2.4 * luck - 1.3, 1), 0, 52)
    noticed = np.where((weeks >= 5) & happens(rng, 0.35, count), AS_AT - rng.integers(5, 160, count), NEVER)
    contact = AS_AT - rng.integers(1, 45, count)
    habits = Habits(
        nhs_number=0.04,
        ni_number=0.72,
        middle=0.05,
        phone=0.85,
        email=0.5,
        uprn=0.995,
        typo=0.010,
        stale_address=0.0,
        no_address=0.001,
        born=0.98,
    )
    seen = see(rng, people, habits, who, np.full(count, _EVERYONE))
    columns = {
        "Tenant Ref": serials("RH/", count, width=6),
        "Tenancy Ref": np.array([f"T{each:07d}" for each in home.tolist()], dtype=object),
        "Title": chosen(["Ms", "Mr"], seen.sex),
        "First Name": seen.forename,
        "Surname": seen.surname,
        "DOB": spoilt(rng, written(seen.born, "%d/%m/%Y"), 0.001, "31/02/1980", "N/K"),
        "NI No": seen.ni_number,
        "House": seen.line_1,
        "Street": seen.line_2,
        "Town": np.full(count, "Riverside", dtype=object),
        "Postcode": seen.postcode,
        "UPRN": seen.uprn,
        "Mobile": national_format(seen.phone, "spaced"),
        "Email": seen.email,
        "bedrooms": homes.bedrooms[home].astype(np.int64),
        "arrears_weeks": weeks,
        "Balance (£)": np.round(weeks * (84 + 17.0 * homes.bedrooms[home]), 2),
        "notice_served": written(noticed, "%d/%m/%Y"),
        "court_date": written(
            np.where(
                (noticed < AS_AT - 60) & happens(rng, 0.4, count), AS_AT + rng.integers(3, 60, count), NEVER
            ),
            "%d/%m/%Y",
        ),
        "damp_reported": chosen(["N", "Y"], happens(rng, 0.05 + 0.25 * homes.cold[home], count)),
        "last_contact": written(contact, "%d/%m/%Y"),
    }
    return Extract("housing_rent", columns, "Tenant Ref", who, who, Form(delimiter=";", encoding="cp1252"))


def homelessness(world: World) -> Extract:
    """Homelessness applications (as in the H-CLIC return), kept by hand in a workbook."""
    rng, people, lives = world.stream("homelessness"), world.population, world.lives
    since, until = world.span(from_age=18)
    roofless = np.isin(people.homes.kind[people.former_home], [HOSTEL, NOWHERE])
    rate = (
        np.where(
            (people.role != PARTNER) | roofless,
            0.0035 * np.exp(0.75 * lives.hardship + 0.3 * lives.turmoil),
            0.0,
        )
        + 0.12 * roofless
    )
    who, day = happenings(
        rng, rate, since, until, hard_since=lives.hard_since, hard_until=lives.hard_until, boost=3.5
    )
    count = len(who)
    fled = (lives.violence[who] > 0) & happens(rng, 0.4, count)
    placed = happens(rng, 0.3, count)
    ended = np.where(happens(rng, 0.75, count), day + 20 + rng.integers(20, 400, count), NEVER)
    habits = Habits(
        ni_number=0.7,
        middle=0.15,
        phone=0.8,
        email=0.4,
        typo=0.018,
        nickname=0.05,
        fresh=True,
        no_address=0.04,
        stale_address=0.4,
        born=0.97,
    )
    seen = see(rng, people, habits, who, day)
    columns = {
        "Case ref": serials("HO-", count, width=5),
        "Applicant": seen.full_name(),
        "Date of birth": written(seen.born, "%d/%m/%Y"),
        "Gender": chosen(["F", "M"], seen.sex),
        "NI number": seen.ni_number,
        "Last address": seen.address(),
        "Postcode": seen.postcode,
        "Phone": national_format(seen.phone, "plain"),
        "Email": seen.email,
        "Application date": written(day, "%d/%m/%Y"),
        "Duty": chosen(
            ["Prevention", "Relief", "Main", "None owed"], weighted(rng, [0.4, 0.3, 0.12, 0.18], count)
        ),
        "Reason": np.where(
            fled,
            "Domestic abuse",
            chosen(
                [
                    "Family no longer willing",
                    "End of private tenancy",
                    "Rent arrears",
                    "Left an institution",
                    "Relationship ended",
                ],
                weighted(rng, [0.3, 0.3, 0.2, 0.07, 0.13], count),
            ),
        ),
        "Temporary accommodation from": written(np.where(placed, day + 2, NEVER), "%d/%m/%Y"),
        "Temporary accommodation to": written(np.where(placed & (ended < AS_AT), ended, NEVER), "%d/%m/%Y"),
        "Moves in 12 months": np.where(placed, rng.poisson(1.1, count), 0),
        "Case closed": written(np.where(ended < AS_AT, ended, NEVER), "%d/%m/%Y"),
        "Closed because": without(
            ended >= AS_AT,
            chosen(
                ["Housed", "Lost contact", "Offer refused", "Not eligible"],
                weighted(rng, [0.5, 0.25, 0.1, 0.15], count),
            ),
        ),
    }
    return Extract("homelessness", columns, "Case ref", who, who, Form(suffix="xlsx"))


def council_tax(world: World) -> Extract:
    """Council tax accounts: each liable adult, one row for every home they had here.

    Names in capitals with a title, no date of birth for most.
    """
    rng, people, lives = world.stream("council_tax"), world.population, world.lives
    homes, count = people.homes, people.count
    adult = (
        (world.ages() >= 20)
        & np.isin(people.role, [FIRST, PARTNER])
        & ((people.role == FIRST) | happens(rng, 0.86, count))
    )
    own = np.isin(homes.kind, [HOUSE, FLAT])
    moved = people.moved < NEVER
    now = np.flatnonzero(adult & own[people.home] & (people.died >= OPENING + 200))
    before = np.flatnonzero(adult & moved & own[people.former_home] & (people.moved > OPENING + 60))
    who = np.concatenate([now, before])
    home = np.concatenate([people.home[now], people.former_home[before]])
    since = np.concatenate(
        [
            np.where(moved[now], people.moved[now], OPENING - rng.integers(1, 6000, len(now))),
            OPENING - rng.integers(1, 4000, len(before)),
        ]
    )
    until = np.concatenate(
        [np.where(people.died[now] < AS_AT - 40, people.died[now], NEVER), people.moved[before]]
    )
    order = np.lexsort((who, home))
    who, home, since, until = who[order], home[order], since[order], until[order]
    rows = len(who)
    luck = rng.normal(0, 1.0, len(homes.uprn))[home]
    strained = lives.strained(np.full(rows, AS_AT, dtype=np.int32), who)
    missed = np.clip(np.round(0.8 * lives.hardship[who] + 1.9 * strained + 1.6 * luck - 1.3), 0, 10).astype(
        np.int64
    )
    alone = (
        np.bincount(people.home[world.alive() & (world.ages() >= 18)], minlength=len(homes.uprn))[home] == 1
    )
    habits = Habits(
        ni_number=0.12,
        middle=0.35,
        phone=0.45,
        email=0.4,
        uprn=1.0,
        typo=0.008,
        nickname=0.01,
        stale_address=0.0,
        no_address=0.0,
        stale_name=0.5,
        born=0.3,
    )
    # the account gives the address, whenever it was opened
    seen = see(
        rng, people, habits, who, np.where(home == people.home[who], NEVER - 1, OPENING).astype(np.int32)
    )
    title = chosen(
        ["MRS", "MS", "MISS", "MR"], np.where(seen.sex == 1, 3, weighted(rng, [0.5, 0.25, 0.25], rows))
    )
    columns = {
        "PARTY_ID": serials("CTP", rows),
        "ACCOUNT_REF": np.array(
            [f"7{each:08d}" for each in (home * 3 + (until < NEVER)).tolist()], dtype=object
        ),
        "LIABLE_PARTY": title + " " + seen.full_name(upper=True),
        "DATE_OF_BIRTH": written(seen.born, "%Y%m%d"),
        "NINO": seen.ni_number,
        "PROPERTY_UPRN": seen.uprn,
        "PROPERTY_ADDRESS": upper(seen.address(" ")),
        "PROPERTY_POSTCODE": np.array(
            [each and each.replace(" ", "") for each in seen.postcode], dtype=object
        ),
        "TELEPHONE": seen.phone,
        "EMAIL": upper(seen.email),
        "LIABLE_FROM": written(since, "%Y%m%d"),
        "LIABLE_TO": written(until, "%Y%m%d"),
        "BAND": chosen(
            list("ABCDEF"), weighted(rng, [0.3, 0.25, 0.2, 0.12, 0.08, 0.05], len(homes.uprn))[home]
        ),
        "SINGLE_DISCOUNT": chosen(["0", "1"], alone & happens(rng, 0.93, rows)),
        "INSTALMENTS_MISSED": np.where(until < NEVER, 0, missed),
        "LIABILITY_ORDER": written(
            np.where(
                (missed >= 3) & (until == NEVER) & happens(rng, 0.5, rows),
                AS_AT - rng.integers(10, 200, rows),
                NEVER,
            ),
            "%Y%m%d",
        ),
        "EXTRACT_DATE": np.full(rows, "20261030", dtype=object),
    }
    return Extract("council_tax", columns, "PARTY_ID", who, who, Form(delimiter="|"))


def benefits(world: World) -> Extract:
    """Housing Benefit, Council Tax Support and free school meals.

    Each member of a claiming household once.
    """
    rng, people, lives = world.stream("benefits"), world.population, world.lives
    households = len(people.household_shape)
    first = np.searchsorted(people.household, np.arange(households))
    strained = lives.strained(np.full(households, AS_AT, dtype=np.int32), first)
    social = people.homes.tenure[people.home[first]] == SOCIAL
    leaning = (
        -2.1
        + 1.0 * lives.hardship[first]
        + 0.9 * (people.household_shape == LONE_PARENT)
        + 0.6 * social
        + 0.9 * strained
    )
    claims = happens(rng, 1 / (1 + np.exp(-leaning)), households)
    member = claims[people.household] & world.alive() & ((people.role <= PARTNER) | (world.ages() < 18))
    member &= (people.separated[people.household] == NEVER) | (people.role != PARTNER)
    who = np.flatnonzero(member)
    count = len(who)
    child = world.ages()[who] < 18
    meals = child & (world.ages()[who] >= 4.5) & happens(rng, 0.72, households)[people.household[who]]
    capped = happens(rng, np.clip(0.02 + 0.03 * lives.hardship[first], 0, 0.2), households)[
        people.household[who]
    ]
    grant = happens(rng, np.clip(0.02 + 0.03 * lives.hardship[first] + 0.08 * strained, 0, 0.3), households)[
        people.household[who]
    ]
    assessed = (AS_AT - rng.integers(2, 170, households))[people.household[who]]
    habits = Habits(
        ni_number=0.97,
        middle=0.5,
        phone=0.7,
        email=0.5,
        uprn=0.9,
        typo=0.007,
        nickname=0.004,
        stale_address=0.05,
        stale_name=0.2,
    )
    seen = see(rng, people, habits, who, np.full(count, _EVERYONE))
    given = [" ".join(filter(None, pair)) for pair in zip(seen.forename, seen.middle, strict=True)]
    columns = {
        "member_ref": serials("BEN", count),
        "claim_ref": np.array([f"HB{each:07d}" for each in people.household[who].tolist()], dtype=object),
        "household_role": chosen(["claimant", "partner", "child"], np.where(child, 2, people.role[who])),
        "surname": seen.surname,
        "forenames": np.array(given, dtype=object),
        "dob": spoilt(rng, written(seen.born, "%d/%m/%Y"), 0.0005, "30/02/2015", "not known"),
        "sex": chosen(["F", "M"], seen.sex),
        "nino": np.array(
            [
                each and f"{each[:2]} {each[2:4]} {each[4:6]} {each[6:8]} {each[8:]}"
                for each in seen.ni_number
            ],
            dtype=object,
        ),
        "address": seen.address(),
        "postcode": seen.postcode,
        "uprn": seen.uprn,
        "phone": national_format(seen.phone, "bracketed"),
        "email": seen.email,
        "council_tax_support": chosen(["N", "Y"], happens(rng, 0.8, households)[people.household[who]]),
        "free_school_meals": chosen(["N", "Y"], meals),
        "meal_voucher": chosen(["N", "Y"], meals & happens(rng, 0.25, count)),
        "benefit_cap": chosen(["N", "Y"], capped),
        "discretionary_payment": chosen(["N", "Y"], grant),
        "last_assessed": written(assessed, "%d/%m/%Y"),
    }
    columns["phone"] = missing_as("N/K", columns["phone"])
    return Extract("benefits", columns, "member_ref", who, who)
