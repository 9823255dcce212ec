"""The people of the borough.

Households of every shape, their ages, names and homes, and how these change in three years.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from alongside.insight.synthetic import changes, names, numbers, places
from alongside.insight.synthetic.calendar import AS_AT, Days, Words, parts
from alongside.insight.synthetic.chance import Flags, Places, happens, stream, weighted
from alongside.insight.synthetic.shapes import (
    CHILD,
    COUPLE,
    FAMILY,
    FIRST,
    GRANDPARENT,
    GROWN,
    HOMELESS,
    HOSTEL,
    HOUSEMATE,
    LONE_PARENT,
    OLDER_COUPLE,
    OLDER_SINGLE,
    PARTNER,
    SHAPES,
    SHARED_HOUSE,
    SINGLE,
    TENURE,
    THREE_GENERATIONS,
    YEAR,
)


@dataclass(frozen=True, eq=False)
class Population:
    """Everyone who lives in the borough at any time in the three years.

    One row a person unless said otherwise.

    Days that never come are ``NEVER``.
    """

    seed: int
    household: Places
    """At the start; a place in the household columns."""
    role: NDArray[np.int8]
    sex: NDArray[np.int8]
    """0 female, 1 male."""
    born: Days
    died: Days
    origin: Places
    forename: Words
    middle: Words
    surname: Words
    """At the end of the three years."""
    former_surname: Words
    """Before ``renamed``."""
    renamed: Days
    home: Places
    """At the end; a row of ``homes``."""
    former_home: Places
    """Before ``moved``."""
    moved: Days
    nhs_number: Words
    ni_number: Words
    upn: Words
    phone: Words
    email: Words
    twin: Flags
    namesake: Flags
    """A son, and his father of the same name at the same address."""
    protected: Flags
    """The address must not be given to anyone."""
    objected: Flags
    household_shape: Places
    """One row a household."""
    separated: Days
    """One row a household: when the couple separated."""
    homes: places.Homes

    @property
    def count(self) -> int:
        """How many people."""
        return len(self.household)

    def age(self, at: Days | int) -> NDArray[np.int64]:
        """Return whole years of age at a day; negative before birth."""
        born_year, born_month, born_day = parts(self.born)
        year, month, day = parts(np.broadcast_to(np.asarray(at, dtype=np.int32), self.born.shape))
        return year - born_year - ((month * 32 + day) < (born_month * 32 + born_day))


def _shapes(rng: Generator, people: int) -> tuple[Places, Places, Places, Places]:
    """Draw households until ``people`` live in them: shape, children, grandparents and housemates of each."""
    guess = int(people / 2.1) + 20
    shape = weighted(rng, list(SHAPES.values()), guess)
    has_children = np.isin(shape, [FAMILY, LONE_PARENT, THREE_GENERATIONS])
    children = np.where(has_children, 1 + weighted(rng, [0.42, 0.38, 0.14, 0.045, 0.015], guess), 0)
    children = np.where(shape == GROWN, 1 + weighted(rng, [0.7, 0.25, 0.05], guess), children)
    grandparents = np.where(shape == THREE_GENERATIONS, 1 + weighted(rng, [0.6, 0.4], guess), 0)
    mates = np.where(shape == SHARED_HOUSE, 2 + weighted(rng, [0.4, 0.35, 0.15, 0.1], guess), 0)
    mates = np.where(shape == HOSTEL, rng.integers(18, 46, guess), mates)
    partner = np.isin(shape, [COUPLE, OLDER_COUPLE, FAMILY, THREE_GENERATIONS, GROWN]).astype(np.int64)
    size = 1 + partner + children + grandparents + mates
    kept = int(np.searchsorted(np.cumsum(size), people))
    shape, children, grandparents, mates = shape[:kept], children[:kept], grandparents[:kept], mates[:kept]
    missing = people - int(size[:kept].sum())
    alone = np.full(missing, SINGLE)
    none = np.zeros(missing, dtype=np.int64)
    return (
        np.concatenate([shape, alone]),
        np.concatenate([children, none]),
        np.concatenate([grandparents, none]),
        np.concatenate([mates, none]),
    )


def _births(
    rng: Generator, shape: Places, household: Places, role: NDArray[np.int8], place: Places
) -> tuple[Days, Flags]:
    """Draw everyone's day of birth so that children fit their parents; twins share one."""
    count = len(household)
    of = shape[household]
    born = np.zeros(count, dtype=np.float64)
    child = np.flatnonzero(role == CHILD)
    # children from the youngest up: the k-th is older than the one before by a gap, or by nothing if a twin
    youngest = np.where(shape == GROWN, rng.uniform(19, 31, len(shape)), rng.uniform(0.02, 17.5, len(shape)))
    twin = (place[child] > 0) & happens(rng, 0.016, len(child))
    gap = np.where(
        place[child] == 0,
        youngest[household[child]],
        np.where(twin, 0.0, 1.1 + rng.gamma(2.0, 1.1, len(child))),
    )
    total = np.cumsum(gap)
    first_of = np.flatnonzero(place[child] == 0)
    before = np.repeat(total[first_of] - gap[first_of], np.diff(np.append(first_of, len(child))))
    child_age = total - before
    born[child] = AS_AT - child_age * YEAR
    twins = np.zeros(count, dtype=bool)
    twins[child[twin]] = True
    twins[child[np.flatnonzero(twin) - 1]] = True
    oldest = np.zeros(len(shape))
    np.maximum.at(oldest, household[child], child_age)
    settled = np.clip(rng.normal(28.5, 5.5, len(shape)), 17.0, 44.0)
    spread = {
        SINGLE: (19, 65),
        OLDER_SINGLE: (65, 97),
        COUPLE: (21, 64),
        OLDER_COUPLE: (62, 92),
        SHARED_HOUSE: (18, 46),
        HOSTEL: (18, 62),
        HOMELESS: (18, 60),
    }
    reference = oldest + settled
    for which, (low, high) in spread.items():
        mine = shape == which
        reference[mine] = rng.uniform(low, high, int(mine.sum()))
    age = reference[household]
    partner = role == PARTNER
    age[partner] = np.maximum(age[partner] + rng.normal(-1.0, 3.6, int(partner.sum())), 18.0)
    elder = role == GRANDPARENT
    age[elder] = np.minimum(age[elder] + np.clip(rng.normal(27, 4.5, int(elder.sum())), 18, 42), 99)
    mate = role == HOUSEMATE
    low_high = np.where(of[mate] == HOSTEL, 62, 44)
    age[mate] = rng.uniform(18, low_high)
    adult = role != CHILD
    born[adult] = AS_AT - age[adult] * YEAR
    days = np.floor(born).astype(np.int32)
    for each in child[np.flatnonzero(twin)].tolist():  # in order, so that triplets agree too
        days[each] = days[each - 1]
    return days, twins


def _family_names(
    rng: Generator,
    *,
    household: Places,
    role: NDArray[np.int8],
    origin: Places,
    shape: Places,
    first_man: Places,
    forename: Words,
    middle: Words,
    born: Days,
    sex: NDArray[np.int8],
) -> Words:
    """Draw surnames: one for a family, with customs; people who merely share a house have their own."""
    count = len(household)
    family = names.draw_surnames(rng, origin[np.searchsorted(household, np.arange(len(shape)))])
    surname = family[household]
    own = names.draw_surnames(rng, origin)
    unmarried = happens(rng, 0.26, len(shape))[household] & (role == PARTNER)
    mothers_side = happens(rng, 0.45, len(shape))[household] & (role == GRANDPARENT)
    apart = (
        unmarried
        | mothers_side
        | (role == HOUSEMATE)
        | ((shape[household] == LONE_PARENT) & (role == CHILD) & happens(rng, 0.35, len(shape))[household])
    )
    surname[apart] = own[apart]
    # children of one lone parent who carry another surname carry the same one
    other = np.flatnonzero((role == CHILD) & apart)
    surname[other] = own[np.searchsorted(household, household[other])]
    somali = origin == names.SOMALI
    third = names.draw_forenames(rng, origin, np.ones(count, dtype=np.int64), np.full(count, 1960))
    fourth = names.draw_forenames(rng, origin, np.ones(count, dtype=np.int64), np.full(count, 1940))
    middle[somali] = third[somali]
    surname[somali] = fourth[somali]
    with_father = np.flatnonzero(
        somali & (role == CHILD) & (first_man[household] >= 0) & somali[first_man[household]]
    )
    father = first_man[household[with_father]]
    middle[with_father] = forename[father]
    surname[with_father] = middle[father]
    adult = parts(born)[0] < 1990
    names.follow_customs(
        rng,
        origin=origin,
        female=sex == 0,
        adult=adult,
        traditional=happens(rng, 0.5, len(shape))[household],
        forename=forename,
        middle=middle,
        surname=surname,
    )
    return surname


def populate(seed: int, people: int) -> Population:
    """Return a borough of exactly ``people`` people.

    Those who die or are born within the three years are among them.
    """
    rng = stream(seed, "households")
    shape, children, grandparents, mates = _shapes(rng, people)
    partner = np.isin(shape, [COUPLE, OLDER_COUPLE, FAMILY, THREE_GENERATIONS, GROWN]).astype(np.int64)
    households = len(shape)
    counts = np.stack(
        [np.ones(households, dtype=np.int64), partner, children, grandparents, mates], axis=1
    ).ravel()
    household = np.repeat(np.repeat(np.arange(households), 5), counts)
    role = np.repeat(np.tile(np.arange(5, dtype=np.int8), households), counts)
    starts = np.cumsum(counts) - counts
    place = np.arange(people) - np.repeat(starts, counts)

    rng = stream(seed, "people")
    born, twin = _births(rng, shape, household, role, place)
    sex = happens(rng, 0.5, people).astype(np.int8)
    head = role == FIRST
    sex[head & (shape[household] == LONE_PARENT)] = happens(
        rng, 0.12, int((head & (shape[household] == LONE_PARENT)).sum())
    )
    sex[head & (shape[household] == OLDER_SINGLE)] = happens(
        rng, 0.33, int((head & (shape[household] == OLDER_SINGLE)).sum())
    )
    rough = (shape[household] == HOSTEL) | (shape[household] == HOMELESS)
    sex[rough] = happens(rng, 0.76, int(rough.sum()))
    firsts = np.flatnonzero(head)
    partners = np.flatnonzero(role == PARTNER)
    same_sex = happens(rng, 0.03, len(partners))
    sex[partners] = np.where(same_sex, sex[firsts[household[partners]]], 1 - sex[firsts[household[partners]]])
    origin = weighted(rng, list(names.ORIGINS.values()), households)[household]
    mixed = (role == PARTNER) & happens(rng, 0.07, people)
    origin[(role == HOUSEMATE) | mixed] = weighted(
        rng, list(names.ORIGINS.values()), int(((role == HOUSEMATE) | mixed).sum())
    )

    rng = stream(seed, "names")
    forename = names.draw_forenames(rng, origin, sex.astype(np.int64), parts(born)[0])
    middle = names.draw_forenames(rng, origin, sex.astype(np.int64), parts(born)[0] - 20)
    middle[
        ~happens(
            rng,
            np.where(
                np.isin(origin, [names.BRITISH, names.IRISH, names.CARIBBEAN, names.NIGERIAN]), 0.72, 0.22
            ),
            people,
        )
    ] = None
    middle[middle == forename] = None
    men = np.flatnonzero((sex == 1) & np.isin(role, [FIRST, PARTNER]))
    first_man = np.full(households, -1, dtype=np.int64)
    first_man[household[men[::-1]]] = men[::-1]
    surname = _family_names(
        rng,
        household=household,
        role=role,
        origin=origin,
        shape=shape,
        first_man=first_man,
        forename=forename,
        middle=middle,
        born=born,
        sex=sex,
    )
    # a son named after his father; at most one in a family
    sons = np.flatnonzero(
        (role == CHILD) & (sex == 1) & (first_man[household] >= 0) & happens(rng, 0.02, people)
    )
    sons = sons[np.unique(household[sons], return_index=True)[1]]
    forename[sons] = forename[first_man[household[sons]]]
    surname[sons] = surname[first_man[household[sons]]]
    namesake = np.zeros(people, dtype=bool)
    namesake[sons] = True
    namesake[first_man[household[sons]]] = True
    # twins' parents like names that go together; two children of one family never have the same forename
    clash = (
        np.flatnonzero(
            (role[1:] == CHILD)
            & (household[1:] == household[:-1])
            & (forename[1:] == forename[:-1])
            & ~namesake[1:]
        )
        + 1
    )
    forename[clash] = names.draw_forenames(
        rng, origin[clash], sex[clash].astype(np.int64), np.full(len(clash), 2001)
    )

    rng = stream(seed, "homes")
    tenure = places.draw_tenure(rng, TENURE[shape])
    size = np.bincount(household, minlength=households)
    spare = rng.integers(0, 2, households)
    bedrooms = np.clip(
        np.where(tenure == places.OWNED, (size + 3) // 2 + spare, (size + 2) // 2 + (spare & (size > 1))),
        1,
        6,
    )
    housed = np.flatnonzero((shape != HOSTEL) & (shape != HOMELESS))
    vacant = max(len(housed) // 14, 8)
    hostel_rows = np.flatnonzero(shape == HOSTEL)
    homes = places.build_homes(
        rng,
        tenure=np.concatenate([tenure[housed], places.vacant_tenure(rng, vacant)]),
        bedrooms=np.concatenate([bedrooms[housed], rng.integers(1, 4, vacant)]).astype(np.int8),
        shared=np.concatenate([shape[housed] == SHARED_HOUSE, np.zeros(vacant, dtype=bool)]),
        hostels=max(len(hostel_rows), 1),
    )
    nowhere, refuge = len(homes.uprn) - 1, len(homes.uprn) - 2
    first_hostel = len(housed) + vacant
    home_of = np.full(households, nowhere, dtype=np.int64)
    home_of[housed] = np.arange(len(housed))
    home_of[hostel_rows] = first_hostel + np.arange(len(hostel_rows))
    former_home = home_of[household]
    home, moved, separated = changes.moves(
        stream(seed, "moves"),
        household=household,
        role=role,
        shape=shape,
        sex=sex,
        age=(AS_AT - born) / YEAR,
        tenure=tenure,
        home=former_home,
        empty=np.arange(len(housed), first_hostel),
        refuge=refuge,
        first_hostel=first_hostel,
    )

    rng = stream(seed, "changes")
    former_surname, renamed = changes.renaming(
        rng,
        household=household,
        role=role,
        sex=sex,
        surname=surname,
        origin=origin,
        separated=separated,
        first_man=first_man,
        born=born,
    )
    surname_now, surname_then = former_surname[1], former_surname[0]
    age = (AS_AT - born) / YEAR
    phone, email = changes.contacts(
        rng, household=household, age=age, forename=forename, surname=surname_then
    )
    upn = np.full(people, None, dtype=object)
    pupils = np.flatnonzero((age >= 3.5) & (age < 20))
    upn[pupils] = numbers.pupil_numbers(rng, len(pupils))
    ni_number = numbers.ni_numbers(rng, people)
    ni_number[age < 16] = None
    protected = (home == refuge) | (happens(rng, 0.0008, people) & (age >= 18))
    return Population(
        seed=seed,
        household=household,
        role=role,
        sex=sex,
        born=born,
        died=changes.deaths(rng, age, rough),
        origin=origin,
        forename=forename,
        middle=middle,
        surname=surname_now,
        former_surname=surname_then,
        renamed=renamed,
        home=home,
        former_home=former_home,
        moved=moved,
        nhs_number=numbers.nhs_numbers(rng, people),
        ni_number=ni_number,
        upn=upn,
        phone=phone,
        email=email,
        twin=twin,
        namesake=namesake,
        protected=protected,
        objected=happens(rng, 0.006, people),
        household_shape=shape,
        separated=separated,
        homes=homes,
    )
