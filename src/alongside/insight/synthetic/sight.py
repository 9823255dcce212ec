"""How an agency sees people: names, dates, numbers and addresses as it recorded them, mistakes and all."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from alongside.insight.synthetic import mistakes, names
from alongside.insight.synthetic.calendar import NEVER, Days, Words, from_parts, parts
from alongside.insight.synthetic.chance import Flags, Places, happens
from alongside.insight.synthetic.mistakes import Habits
from alongside.insight.synthetic.population import Population


@dataclass(frozen=True, eq=False)
class Sight:
    """People as recorded; one row a record. What is not held is None (``NEVER`` for the day of birth)."""

    forename: Words
    middle: Words
    surname: Words
    born: Days
    sex: NDArray[np.int8]
    nhs_number: Words
    ni_number: Words
    upn: Words
    phone: Words
    email: Words
    line_1: Words
    line_2: Words
    postcode: Words
    uprn: Words

    def rows(self, which: Places) -> "Sight":
        """Return the rows ``which``, in that order."""
        return Sight(**{each.name: getattr(self, each.name)[which] for each in fields(self)})

    def full_name(self, *, upper: bool = False) -> Words:
        """Return forename, middle name and surname in one."""
        return _joined([self.forename, self.middle, self.surname], " ", upper)

    def address(self, separator: str = ", ") -> Words:
        """Return the lines of the address in one; None where there is none."""
        return _joined([self.line_1, self.line_2], separator, upper=False)


def without(where: Flags, column: Words) -> Words:
    """Return a column with nothing held (None) where ``where`` is true."""
    result = column.astype(object)
    result[where] = None
    return result


def _joined(columns: list[Words], separator: str, upper: bool) -> Words:
    joined = (separator.join(filter(None, row)) or None for row in zip(*columns, strict=True))
    return np.array([each.upper() if upper and each else each for each in joined], dtype=object)


def upper(written: Words) -> Words:
    """Return words in capitals, as some systems hold them."""
    return np.array([each and each.upper() for each in written], dtype=object)


def see(rng: Generator, population: Population, habits: Habits, who: Places, when: Days) -> Sight:
    """Return how an agency recorded the people ``who`` on the days ``when``.

    Unless the agency types details afresh each time, a person has one entry, and another after each move or
    change of name that the agency has heard of.
    """
    after_move = when >= population.moved[who]
    after_renaming = when >= population.renamed[who]
    if habits.fresh:
        return _entry(rng, population, habits, who, after_move, after_renaming)
    key = who * 4 + after_move * 2 + after_renaming
    known, row = np.unique(key, return_inverse=True)
    return _entry(rng, population, habits, known // 4, known % 4 >= 2, known % 2 == 1).rows(row)


def _entry(
    rng: Generator,
    population: Population,
    habits: Habits,
    who: Places,
    after_move: Flags,
    after_renaming: Flags,
) -> Sight:
    count = len(who)

    def held(column: Words, share: float) -> Words:
        kept = column[who]
        kept[~happens(rng, share, count)] = None
        return kept

    old_name = ~after_renaming | happens(rng, habits.stale_name, count)
    surname = np.where(old_name, population.former_surname[who], population.surname[who])
    forename, middle = population.forename[who], population.middle[who]
    forename, middle, surname = _names(rng, habits, population.origin[who], forename, middle, surname)
    old_address = ~after_move | happens(rng, habits.stale_address, count)
    home = np.where(old_address, population.former_home[who], population.home[who])
    home = np.where(happens(rng, habits.no_address, count), -1, home)
    homes = population.homes
    nowhere = home < 0
    line_1, line_2, postcode = (
        without(nowhere, column[home]) for column in (homes.line_1, homes.line_2, homes.postcode)
    )
    numbered = np.array([str(each) if each else None for each in homes.uprn[home].tolist()], dtype=object)
    uprn = without(nowhere | ~happens(rng, habits.uprn, count), numbered)
    slipped = happens(rng, habits.typo * 0.6, count)
    line_1 = mistakes.slip(rng, line_1, slipped)
    nhs_number = held(population.nhs_number, habits.nhs_number)
    mixed_up = np.flatnonzero(happens(rng, habits.wrong_nhs_number, count) & (nhs_number != None))  # noqa: E711
    neighbour = np.where(who[mixed_up] > 0, who[mixed_up] - 1, 1)
    nhs_number[mixed_up] = population.nhs_number[neighbour]
    seen = Sight(
        forename=forename,
        middle=middle,
        surname=surname,
        born=_births(rng, habits, population.origin[who], population.born[who]),
        sex=population.sex[who],
        nhs_number=nhs_number,
        ni_number=held(population.ni_number, habits.ni_number),
        upn=held(population.upn, habits.upn),
        phone=held(population.phone, habits.phone),
        email=held(population.email, habits.email),
        line_1=line_1,
        line_2=line_2,
        postcode=postcode,
        uprn=uprn,
    )
    if habits.accents:
        return seen
    plain = mistakes.in_plain_letters
    return replace(
        seen, forename=plain(seen.forename), middle=plain(seen.middle), surname=plain(seen.surname)
    )


def _names(
    rng: Generator, habits: Habits, origin: Places, forename: Words, middle: Words, surname: Words
) -> tuple[Words, Words, Words]:
    count = len(forename)
    common = np.isin(forename.astype(str), ["Mohammed", "Muhammad", "Mohammad", "Md", "Abdul", "Syed"])
    second = (middle != None) & happens(rng, np.where(common, 5.0, 1.0) * habits.middle_as_forename, count)  # noqa: E711
    forename = np.where(second, middle, forename)
    middle = without(second | ~happens(rng, habits.middle, count), middle)
    forename = mistakes.otherwise(rng, forename, names.nicknames(), habits.nickname)
    forename = mistakes.otherwise(rng, forename, names.spellings(), habits.spelling)
    surname = mistakes.otherwise(rng, surname, names.spellings(), habits.spelling)
    shortened = np.flatnonzero(happens(rng, habits.one_surname, count))
    which = rng.integers(0, 2, len(shortened))
    for index, part in zip(shortened.tolist(), which.tolist(), strict=True):
        pieces = surname[index].replace("-", " ").split(" ")
        if len(pieces) == 2 and len(pieces[0]) > 2:
            surname[index] = pieces[part]
    forename = mistakes.slip(rng, forename, happens(rng, habits.typo, count))
    surname = mistakes.slip(rng, surname, happens(rng, habits.typo, count))
    swapped = happens(rng, np.where(origin == names.CHINESE, 5.0, 1.0) * habits.swapped, count)
    return np.where(swapped, surname, forename), middle, np.where(swapped, forename, surname)


def _births(rng: Generator, habits: Habits, origin: Places, born: Days) -> Days:
    count = len(born)
    year, month, day = parts(born)
    swapped = (day <= 12) & happens(rng, habits.day_month, count)
    month, day = np.where(swapped, day, month), np.where(swapped, month, day)
    unregistered = np.isin(origin, [names.PAKISTANI, names.BANGLADESHI, names.SOMALI, names.ARABIC]) & (
        year < 1990
    )
    first = happens(rng, np.where(unregistered, 20.0, 1.0) * habits.first_january, count)
    month, day = np.where(first, 1, month), np.where(first, 1, day)
    off = happens(rng, habits.year_off, count)
    leap = (month == 2) & (day == 29)
    year = np.where(off & ~leap, year + rng.choice([-10, -1, 1, -1, 1], count), year)
    seen = from_parts(year, month, day)
    near = happens(rng, habits.day_off, count)
    seen = np.where(near, seen + rng.choice([-1, 1, -7, 10], count), seen)
    seen = np.where(happens(rng, habits.born, count), seen, NEVER)
    return seen.astype(np.int32)
