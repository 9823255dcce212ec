"""What is really true.

Who each record is about, who people are, who was in need, and what happened to them after.
"""

import numpy as np
import pyarrow as pa

from alongside.insight.synthetic import names, places
from alongside.insight.synthetic.agencies import Extract
from alongside.insight.synthetic.calendar import AS_AT, NEVER, Words, written
from alongside.insight.synthetic.chance import Places, stream
from alongside.insight.synthetic.files import table
from alongside.insight.synthetic.lives import Lives
from alongside.insight.synthetic.population import Population
from alongside.insight.synthetic.shapes import SHAPE_NAMES

_AGE_BANDS = ("0-4", "5-17", "18-24", "25-44", "45-64", "65-79", "80+")


def person_ids(population: Population) -> Words:
    """Return a name for each person, in an order that does not show who lives with whom.

    The last one is None, for "nobody".
    """
    order = stream(population.seed, "truth").permutation(population.count) + 1
    return np.array([*(f"P{each:07d}" for each in order.tolist()), None], dtype=object)


def record_truth(ids: Words, extract: Extract) -> tuple[pa.Table, pa.Table]:
    """Return the truth of each record (blank where it names nobody).

    Also who the nameless records are really about.
    """

    def rows(which: Places, person: Places) -> pa.Table:
        return table(
            {
                "source": np.full(len(which), extract.source, dtype=object),
                "record_id": np.asarray(extract.columns[extract.record])[which],
                "person": ids[person[which]],
            }
        )

    everything = np.arange(extract.rows)
    return rows(everything, extract.person), rows(np.flatnonzero(extract.person < 0), extract.about)


def people_truth(population: Population, lives: Lives, ids: Words) -> pa.Table:
    """Return one row a person: the groups accuracy is reported by, and need on the day."""
    age = population.age(AS_AT)
    band = np.array(_AGE_BANDS, dtype=object)[np.searchsorted([5, 18, 25, 45, 65, 80], age, side="right")]

    def yes(flags: np.ndarray) -> Words:
        words: Words = np.array(["no", "yes"], dtype=object)[flags.astype(int)]
        return words

    return table(
        {
            "person": ids[:-1],
            "household": household_ids(population.household),
            "sex": np.array(["female", "male"], dtype=object)[population.sex],
            "age_band": band,
            "name_origin": np.array(names.ORIGIN_NAMES, dtype=object)[population.origin],
            "in_need": yes(lives.in_need),
            "need_early_help": yes(lives.needs_early_help),
            "need_multi_agency_meeting": yes(lives.needs_meeting),
            "need_cold_homes": yes(lives.needs_warmth),
            "died": written(population.died, "%Y-%m-%d"),
            "moved": written(population.moved, "%Y-%m-%d"),
            "renamed": written(population.renamed, "%Y-%m-%d"),
            "twin": yes(population.twin),
            "namesake": yes(population.namesake),
            "protected_address": yes(population.protected),
            "objected": yes(population.objected),
        }
    )


def household_ids(household: Places) -> Words:
    """Return a name for each household."""
    return np.array([f"H{each:07d}" for each in household.tolist()], dtype=object)


def households_truth(population: Population) -> pa.Table:
    """Return one row a household, as it was at the start of the three years."""
    count = len(population.household_shape)
    first = np.searchsorted(population.household, np.arange(count))
    homes, home = population.homes, population.former_home[first]
    return table(
        {
            "household": household_ids(np.arange(count)),
            "shape": np.array(SHAPE_NAMES, dtype=object)[population.household_shape],
            "people": np.bincount(population.household, minlength=count),
            "home": np.array(places.KINDS, dtype=object)[homes.kind[home]],
            "tenure": np.array(["owned", "rented", "social"], dtype=object)[homes.tenure[home]],
            "bedrooms": homes.bedrooms[home].astype(np.int64),
            "uprn": np.array(
                [str(each) if each else None for each in homes.uprn[home].tolist()], dtype=object
            ),
        }
    )


def harm_truth(lives: Lives, ids: Words) -> pa.Table:
    """Return what happened after the day of the extracts: person, kind and date."""
    harmed = np.flatnonzero(lives.harmed_on < NEVER)
    return table(
        {
            "person": ids[harmed],
            "kind": lives.harm[harmed],
            "date": written(lives.harmed_on[harmed], "%Y-%m-%d"),
        }
    )
