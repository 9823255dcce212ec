"""What lies behind the records: hardship, hard times, violence, illness.

It decides who is in need on the day and who comes to harm after.

No agency sees any of this. Extracts are drawn from it with chance in between, and so is later harm: a
policy that reads the extracts can find people better than chance but never perfectly, as in real life.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.insight.synthetic.calendar import AS_AT, CLOSING, NEVER, OPENING, Days, Words
from alongside.insight.synthetic.chance import Flags, Places, happens, stream
from alongside.insight.synthetic.places import HOSTEL, NOWHERE, OWNED
from alongside.insight.synthetic.population import Population
from alongside.insight.synthetic.shapes import HOMELESS, LONE_PARENT, OLDER_SINGLE, SHARED_HOUSE

Measure = NDArray[np.float64]
EARLY_HELP_SHARE, MULTI_AGENCY_SHARE, COLD_SHARE = 0.06, 0.012, 0.03
"""Share of families with children, of adults, and of households that are in need on the day."""


@dataclass(frozen=True, eq=False)
class Lives:
    """The hidden side of the population; one row a person, household measures spread to their members."""

    hardship: Measure
    """Lasting strain on the household, over money and space; mean 0, spread about 1."""
    hard_since: Days
    """When a hard time began (a job lost, an illness, a separation), ``NEVER`` if none did."""
    hard_until: Days
    violence: Measure
    """0 none; up to 2. Of the household."""
    turmoil: Measure
    """Adults: poor mental health, drink, drugs; mean 0, spread 1, a few far above."""
    frailty: Measure
    """From about 60: how frail; 0 below."""
    contact: Measure
    """How readily a person is seen by anybody at all, for reasons that have nothing to do with need.

    Mean 1, never negative.
    """
    needs_early_help: Flags
    needs_meeting: Flags
    needs_warmth: Flags
    harm: Words
    """What happened after the day, or None."""
    harmed_on: Days

    @property
    def in_need(self) -> Flags:
        """Who is in need of anything on the day."""
        return self.needs_early_help | self.needs_meeting | self.needs_warmth

    def strained(self, day: Days, who: Places) -> Flags:
        """Whether a day falls within the hard time of ``who``."""
        return (self.hard_since[who] <= day) & (day < self.hard_until[who])


def live(population: Population) -> Lives:
    """Draw the hidden side of everyone's life, need on the day, and harm after it."""
    people, household = population.count, population.household
    shape = population.household_shape
    households = len(shape)
    rng = stream(population.seed, "lives")
    age = (AS_AT - population.born) / 365.25
    adult = age >= 18
    first = np.searchsorted(household, np.arange(households))
    tenure = population.homes.tenure[population.former_home[first]]
    size = np.bincount(household, minlength=households)
    hardship = (
        rng.normal(0, 0.85, households)
        + np.array([-0.35, 0.25, 0.6])[tenure]
        + 0.6 * (shape == LONE_PARENT)
        + 0.12 * np.maximum(size - 4, 0) * (shape != SHARED_HOUSE)
    )
    rough = np.isin(population.homes.kind[population.former_home[first]], [HOSTEL, NOWHERE]) | (
        shape == HOMELESS
    )
    hardship += 0.8 * rough
    parted = population.separated < NEVER
    struck = happens(rng, 1 / (1 + np.exp(2.3 - 0.6 * hardship)), households) | parted
    hard_since = np.where(
        struck,
        np.where(parted, population.separated, rng.integers(OPENING - 200, AS_AT - 20, households)),
        NEVER,
    )
    hard_until = np.where(struck, hard_since + 120 + rng.exponential(380, households), NEVER)
    violence = np.where(
        happens(rng, 0.025 + 0.16 * parted + 0.02 * (hardship > 1.2), households),
        rng.uniform(0.6, 2.0, households),
        0.0,
    )
    violence[rough | (shape == SHARED_HOUSE)] = 0.0

    turmoil = (
        rng.normal(0, 0.8, people)
        + 0.3 * hardship[household]
        + np.where(happens(rng, 0.025, people), rng.uniform(1.2, 2.8, people), 0.0)
    )
    turmoil += 0.6 * rough[household]
    turmoil[~adult] = 0.0
    frailty = np.where(age >= 60, np.maximum(rng.normal(0, 0.8, people) + (age - 78) / 9 + 1.2, 0), 0.0)
    of = hardship[household]
    ongoing = ((hard_since <= AS_AT) & (hard_until > AS_AT))[household]
    alive = (population.died >= NEVER) & (population.born < AS_AT)

    # need: what a good worker would see if they knew everything
    def worst(measure: Measure) -> Measure:
        top = np.full(households, -9.0)
        np.maximum.at(top, household, np.where(alive, measure, -9.0))
        return top

    children = np.bincount(household[(age < 18) & alive], minlength=households) > 0
    family = (
        0.8 * hardship
        + 1.4 * ongoing[first]
        + 1.1 * violence
        + 0.7 * worst(turmoil)
        + rng.normal(0, 0.35, households)
    )
    family[~children] = -9.0
    alone = (shape == OLDER_SINGLE)[household]
    single = (
        1.2 * turmoil
        + 0.5 * of
        + 0.9 * ongoing
        + 0.9 * frailty * (0.6 + 0.4 * alone)
        + 0.4 * violence[household]
        + rng.normal(0, 0.7, people)
    )
    single[~adult | ~alive] = -9.0
    chill = (
        1.1 * population.homes.cold[population.home][first]
        + 0.7 * hardship
        + 0.7 * np.maximum(worst(frailty), 0)
        + 0.8 * ongoing[first]
        + rng.normal(0, 0.35, households)
    )
    chill[rough] = -9.0

    def line(score: Measure, of_whom: Flags, share: float) -> float:
        return float(np.quantile(score[of_whom], 1 - share)) if of_whom.any() else 9.0

    family_line, single_line, chill_line = (
        line(family, children, EARLY_HELP_SHARE),
        line(single, adult & alive, MULTI_AGENCY_SHARE),
        line(chill, ~rough, COLD_SHARE),
    )
    still_here = alive & (population.home == population.former_home) | (population.moved < NEVER) & alive
    needs_early_help = (
        (family > family_line)[household] & ((age < 18) | np.isin(population.role, [0, 1])) & still_here
    )
    needs_meeting = single > single_line
    needs_warmth = (chill > chill_line)[household] & alive

    harm, harmed_on = _harm(
        population,
        alive,
        age,
        family[household] - family_line,
        single - single_line,
        chill[household] - chill_line,
        violence[household],
    )
    return Lives(
        hardship=of,
        hard_since=hard_since[household].astype(np.int32),
        hard_until=hard_until[household].astype(np.int32),
        violence=violence[household],
        turmoil=turmoil,
        frailty=frailty,
        contact=rng.lognormal(-0.32, 0.8, people),
        needs_early_help=needs_early_help,
        needs_meeting=needs_meeting,
        needs_warmth=needs_warmth,
        harm=harm,
        harmed_on=harmed_on,
    )


def _harm(
    population: Population,
    alive: Flags,
    age: Measure,
    family: Measure,
    single: Measure,
    chill: Measure,
    violence: Measure,
) -> tuple[Words, Days]:
    """Draw later harm: rare where need is far off, about one in seven at the line of need, more above.

    At most one each.
    """
    rng = stream(population.seed, "harm")
    people = population.count
    kinds = [
        ("child protection plan", (age < 18) & (family > -8), family, 0.10),
        ("serious violence at home", (violence > 0) & (age >= 16), family - 0.4 + 0.5 * violence, 0.10),
        (
            "loss of home",
            (age >= 18)
            & (population.homes.tenure[population.home] != OWNED)
            & (population.homes.kind[population.home] < HOSTEL),
            np.maximum(family, single) - 0.2,
            0.06,
        ),
        ("crisis admission", age >= 18, single, 0.10),
        ("serious self-neglect", age >= 40, single - 0.6, 0.07),
        ("admission from a cold home", age >= 50, chill - 0.1, 0.08),
    ]
    harm = np.full(people, None, dtype=object)
    for kind, whom, above, at_line in kinds:
        odds = at_line / (1 - at_line) * np.exp(np.clip(1.05 * above, -12, 1.8))
        struck = whom & alive & (harm == None) & happens(rng, odds / (1 + odds), people)  # noqa: E711 - element by element
        harm[struck] = kind
    day = rng.integers(AS_AT + 1, CLOSING, people)
    return harm, np.where(harm == None, NEVER, day).astype(np.int32)  # noqa: E711 - element by element
