"""What is compared when two records are, and the levels at which each thing may agree.

A comparison's first level that holds is the one; the last is "differs". Level -1 means that one side does not
know: no evidence either way. Exact agreement is graded by how common the value is, since two people
called Zbigniew are likelier one person than two called Mohammed: that is term frequency as levels, which lets
the mixture learn that inside a household a rare surname says nothing more than a common one (model card).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.insight.linkage._splink import Condition, any_of, expression, near, same, slips

SHARES = (3e-5, 3e-4, 1e-3, 3e-3)
"""Shares of the records that hold a value, by which exact agreement is graded: rarest first."""
EXACT = len(SHARES) + 1
_HOW_COMMON = ("very rare", "rare", "not common", "fairly common", "common")


def share_level(column: str) -> str:
    """SQL for how common a value is: 0 for the rarest, up to ``EXACT`` - 1; needs ``<column>_share``."""
    return (
        "case "
        + " ".join(f"when {column} < {share} then {level}" for level, share in enumerate(SHARES))
        + f" else {len(SHARES)} end"
    )


@dataclass(frozen=True)
class Level:
    """One way two values may agree: words for a person, and the condition."""

    label: str
    condition: Condition


@dataclass(frozen=True)
class Comparison:
    """A named comparison: when both sides are known, its levels best first, and the last level's words.

    ``exact`` is how many leading levels are exact agreement on ``column`` by commonness (0: none are);
    ``start_same`` and ``start_household`` are where the mixture starts from for each level.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    known: Condition
    levels: tuple[Level, ...]
    otherwise: str
    start_same: tuple[float, ...]
    start_household: tuple[float, ...]
    exact_column: str | None = None
    exact_alone: bool = False
    """Whether the first level is plain agreement on the first of ``columns``: so chance can be counted."""
    lasting: bool = True
    """Whether it stays with a person for life. A home and a telephone do not: to differ is to have moved."""
    household_at_most: tuple[float, ...] = ()
    """The most each level can be for two people of one household, so that it stays a household."""
    household_at_least: tuple[float, ...] = ()
    """The least each level can be for one household: keeps twins two people where the data hold few."""
    same_at_most: tuple[float, ...] = ()
    """The most each level can be for one person's records: keeps parent and child of one name two people."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Words for every level, the last included."""
        return (*(level.label for level in self.levels), self.otherwise)

    def sql(self, engine: str) -> str:
        """The level of a pair as SQL over ``<column>_l`` and ``<column>_r``: 0 best, -1 not known."""
        whens = " ".join(
            f"when {level.condition(engine)} then {number}" for number, level in enumerate(self.levels)
        )
        return f"case when not {self.known(engine)} then -1 {whens} else {len(self.levels)} end"


def _both(*columns: str) -> Condition:
    """On both sides, at least one of the columns is filled, and it is the same one."""
    return expression(
        " or ".join(f"({column}_l is not null and {column}_r is not null)" for column in columns)
    )


def _exact(column: str) -> tuple[Level, ...]:
    """Exact agreement, the rarest value first."""
    shared = f"{column}_l = {column}_r"
    rarer = (f"{shared} and {column}_share_l < {share}" for share in SHARES)
    conditions = (*(expression(sql) for sql in rarer), same(column))
    return tuple(
        Level(f"the same, and {words}", condition)
        for words, condition in zip(_HOW_COMMON, conditions, strict=True)
    )


def _evenly(total: float) -> tuple[float, ...]:
    """A share of pairs that agree exactly, split over the levels of commonness."""
    return (total / EXACT,) * EXACT


_CHANGED_PLACES = (
    "coalesce(forename_sound_l = surname_sound_r and surname_sound_l = forename_sound_r "
    "and forename_sound_l <> surname_sound_l, false)"
)
"""Told once, at the forename: the surname then says nothing more."""


def _among(name: str, others: str) -> str:
    """SQL that one side's ``name`` is among the other's ``others`` (text, a space before and after each)."""
    return " or ".join(
        f"case when {others}_{one} is null then false "
        f"else coalesce(contains({others}_{one}, concat(' ', {name}_{other}, ' ')), false) end"
        for one, other in (("l", "r"), ("r", "l"))
    )


def _forename() -> Comparison:
    return Comparison(
        name="forename",
        title="Forename",
        exact_column="forename",
        columns=(
            "forename",
            "forename_share",
            "forename_sound",
            "forename_longer",
            "surname",
            "surname_sound",
            "more_names",
        ),
        known=_both("forename"),
        levels=(
            *_exact("forename"),
            Level("forename and surname have changed places", expression(_CHANGED_PLACES)),
            Level("one is a short form of the other", expression(_among("forename", "forename_longer"))),
            Level("nearly the same", near("forename", 0.92)),
            Level(
                "one's forename is another of the other's names",
                expression(
                    f"forename_l = surname_r or surname_l = forename_r or {_among('forename', 'more_names')}"
                ),
            ),
            Level(
                "an initial that fits",
                expression(
                    "(length(forename_l) = 1 or length(forename_r) = 1) "
                    "and left(forename_l, 1) = left(forename_r, 1)"
                ),
            ),
            Level("sounds or looks alike", any_of(same("forename_sound"), near("forename", 0.8))),
        ),
        otherwise="different",
        start_same=(*_evenly(0.75), 0.01, 0.06, 0.06, 0.02, 0.02, 0.04, 0.04),
        start_household=(*_evenly(0.035), 0.0005, 0.005, 0.01, 0.02, 0.01, 0.05, 0.8695),
        household_at_most=(*_evenly(0.1), 0.001, 0.02, 0.05, 0.1, 0.05, 0.15, 1.0),
    )


def _surname() -> Comparison:
    return Comparison(
        name="surname",
        title="Surname",
        exact_column="surname",
        columns=("surname", "surname_share", "surname_sound", "forename", "forename_sound", "more_names"),
        known=expression(f"surname_l is not null and surname_r is not null and not ({_CHANGED_PLACES})"),
        levels=(
            *_exact("surname"),
            Level("nearly the same", near("surname", 0.92)),
            Level(
                "one's surname is another of the other's names, or part of it",
                expression(
                    f"forename_l = surname_r or surname_l = forename_r or {_among('surname', 'more_names')}"
                    " or (length(surname_l) > 3 and length(surname_r) > 3 "
                    "and (contains(surname_l, surname_r) or contains(surname_r, surname_l)))"
                ),
            ),
            Level("sounds or looks alike", any_of(same("surname_sound"), near("surname", 0.8))),
        ),
        otherwise="different",
        start_same=(*_evenly(0.8), 0.06, 0.03, 0.04, 0.07),
        start_household=(*_evenly(0.7), 0.05, 0.05, 0.03, 0.17),
    )


_TWINS = 0.003
"""Of pairs of people in one home, the share born on one day: three births in two hundred are of twins (ONS,
Birth characteristics in England and Wales), about one such pair in five or six is of brothers and sisters."""


_PARTS_OF_A_DATE = ("year", "month", "day")


def _one_digit(part: str) -> str:
    """SQL that a part of two dates differs by one digit, or by two that are swapped; or not at all.

    Counted in whole numbers: an edit distance of the eight digits costs as much as all other comparisons.
    """
    left, right = f"(born_{part}_l % 100)", f"(born_{part}_r % 100)"
    two = (
        f"{left} // 10 = {right} // 10 or {left} % 10 = {right} % 10 "
        f"or ({left} // 10 = {right} % 10 and {left} % 10 = {right} // 10)"
    )
    century = f"born_{part}_l // 100 = born_{part}_r // 100"
    return (
        f"(({century} and ({two})) or ({left} = {right} and born_{part}_l // 1000 = born_{part}_r // 1000))"
    )


def _how_many(conditions: Sequence[str]) -> str:
    """SQL for how many of the conditions hold."""
    return "(" + " + ".join(f"cast({condition} as integer)" for condition in conditions) + ")"


def _birth() -> Comparison:
    equal = _how_many([f"(born_{part}_l = born_{part}_r)" for part in _PARTS_OF_A_DATE])
    nearly = _how_many([_one_digit(part) for part in _PARTS_OF_A_DATE])
    return Comparison(
        name="birth",
        title="Date of birth",
        columns=("birth_digits", "birth_year", "born_year", "born_month", "born_day"),
        known=_both("birth_digits", "birth_year"),
        levels=(
            Level(
                "the same",
                expression("birth_digits_l = birth_digits_r and (born_month_l <> 1 or born_day_l <> 1)"),
            ),
            Level("the same, but 1 January, which forms are filled with", same("birth_digits")),
            Level(
                "day and month have changed places",
                expression(
                    "born_year_l = born_year_r and born_month_l = born_day_r and born_day_l = born_month_r"
                ),
            ),
            Level("one slip of the pen apart", expression(f"{equal} = 2 and {nearly} = 3")),
            Level("two of day, month and year the same", expression(f"{equal} = 2")),
            Level("two slips apart", expression(f"{equal} = 1 and {nearly} = 3")),
            Level("the year fits", expression("abs(birth_year_l - birth_year_r) <= 1")),
        ),
        otherwise="different",
        start_same=(0.8, 0.02, 0.02, 0.07, 0.03, 0.02, 0.02, 0.02),
        same_at_most=(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.02),
        start_household=(0.01, 0.002, 0.002, 0.01, 0.01, 0.03, 0.08, 0.856),
        household_at_most=(0.02, 0.01, 0.004, 0.02, 0.04, 0.06, 0.2, 1.0),
        household_at_least=(_TWINS, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    )


def _postcode_slip() -> Condition:
    """A postcode one slip from another, in its last three signs or in what comes before them.

    Edits are counted where the other part is the same, and of the short part alone: in one town nearly all
    postcodes begin alike, and edits of whole ones cost as much as all names together.
    """
    return any_of(
        slips("postcode_inward", 1, only_if="postcode_district_l = postcode_district_r"),
        slips("postcode_district", 1, only_if="postcode_inward_l = postcode_inward_r"),
    )


def _home() -> Comparison:
    """Where they live, from the UPRN, the address as written and the postcode, as far as each is known."""
    uprn, code = "coalesce(uprn_l = uprn_r, false)", "coalesce(postcode_l = postcode_r, false)"
    building = f"({uprn} or ({code} and coalesce(address_key_l = address_key_r, false)))"
    return Comparison(
        name="home",
        lasting=False,
        title="Home",
        columns=(
            "uprn",
            "postcode",
            "postcode_district",
            "postcode_inward",
            "address",
            "address_key",
            "crowded",
        ),
        known=_both("uprn", "postcode", "address_key"),
        levels=(
            Level("the same home", expression(f"{building} and not crowded_l")),
            Level("the same building, where many live", expression(building)),
            Level("the same or nearly the same address as written", near("address", 0.9)),
            Level("the same postcode", expression(code)),
            Level("a postcode one slip apart", _postcode_slip()),
            Level("the same district", same("postcode_district")),
        ),
        otherwise="different",
        start_same=(0.6, 0.05, 0.06, 0.05, 0.02, 0.08, 0.14),
        start_household=(0.75, 0.05, 0.06, 0.06, 0.01, 0.03, 0.04),
    )


def _identifier(column: str, *, check_digit: bool) -> Comparison:
    """A number that names the person. Without a check digit it has typos: a difference is no proof."""
    near_levels = () if check_digit else (Level("one slip apart", slips(column, 1)),)
    return Comparison(
        name=column,
        exact_alone=True,
        title=column.removeprefix("id_").replace("_", " "),
        columns=(column,),
        known=_both(column),
        levels=(Level("the same", same(column)), *near_levels),
        otherwise="different",
        start_same=(0.98, 0.02) if check_digit else (0.9, 0.05, 0.05),
        start_household=(0.001, 0.999) if check_digit else (0.02, 0.02, 0.96),
        household_at_most=(0.002, 1.0) if check_digit else (0.05, 0.1, 1.0),
    )


def _plain(column: str, title: str, *, same_in_household: float) -> Comparison:
    return Comparison(
        name=column,
        exact_alone=True,
        lasting=False,
        title=title,
        columns=(column,),
        known=_both(column),
        levels=(Level("the same", same(column)),),
        otherwise="different",
        start_same=(0.8, 0.2),
        start_household=(same_in_household, 1 - same_in_household),
    )


def _sex() -> Comparison:
    return Comparison(
        name="sex",
        title="Sex as recorded",
        columns=("sex",),
        known=_both("sex"),
        levels=(Level("the same", same("sex")),),
        otherwise="different",
        start_same=(0.97, 0.03),
        start_household=(0.45, 0.55),
    )


def _other(column: str) -> Comparison:
    return Comparison(
        name=column,
        title=column.removeprefix("other_").replace("_", " ").capitalize(),
        exact_column=column,
        columns=(column, f"{column}_share"),
        known=_both(column),
        levels=(*_exact(column), Level("nearly the same", near(column, 0.88))),
        otherwise="different",
        start_same=(*_evenly(0.75), 0.05, 0.2),
        start_household=(*_evenly(0.6), 0.05, 0.35),
    )


MOST_NUMBERS, MOST_THINGS = 10, 5
"""This many identifiers and further columns are compared one by one, the rest together: the levels of a
pair then fit in one number (``pattern_sql``), however many an area has."""


def _together(name: str, title: str, columns: Sequence[str], same_in_household: float) -> Comparison:
    """Many columns as one comparison: in how many of those both sides know do they agree?"""
    agreeing = " + ".join(f"cast(coalesce({column}_l = {column}_r, false) as integer)" for column in columns)
    return Comparison(
        name=name,
        title=title,
        columns=tuple(columns),
        known=expression(
            " or ".join(f"({column}_l is not null and {column}_r is not null)" for column in columns)
        ),
        levels=(
            Level("several the same", expression(f"({agreeing}) >= 2")),
            Level("one the same", expression(f"({agreeing}) = 1")),
        ),
        otherwise="different",
        start_same=(0.4, 0.5, 0.1),
        start_household=(same_in_household / 2, same_in_household / 2, 1 - same_in_household),
    )


def comparisons_for(columns: Sequence[str], *, with_check_digit: Sequence[str]) -> list[Comparison]:
    """The comparisons that records with these filled ``columns`` allow, in a fixed order.

    ``with_check_digit`` names the identifier systems whose numbers are checked before they get here.
    """
    has = list(columns)
    found = [_forename(), _surname(), _birth()]
    found += [_sex()] if "sex" in has else []
    found += [_home()] if {"uprn", "postcode", "address"} & set(has) else []
    found += [_plain("phone", "Telephone", same_in_household=0.4)] if "phone" in has else []
    found += [_plain("email", "E-mail", same_in_household=0.1)] if "email" in has else []
    checked = {f"id_{system}" for system in with_check_digit}
    numbers = sorted(
        (column for column in has if column.startswith("id_")), key=lambda c: (c not in checked, c)
    )
    found += [_identifier(column, check_digit=column in checked) for column in numbers[:MOST_NUMBERS]]
    if more := numbers[MOST_NUMBERS:]:
        found.append(_together("further_numbers", "Further numbers", more, same_in_household=0.04))
    things = sorted(column for column in has if column.startswith("other_"))
    found += [_other(column) for column in things[:MOST_THINGS]]
    if more := things[MOST_THINGS:]:
        found.append(_together("further_things", "Further things", more, same_in_household=0.5))
    return [
        comparison
        for comparison in found
        if set(comparison.columns[:1]) & set(has) or comparison.name in ("home", "birth")
    ]


def pattern_sql(comparisons: Sequence[Comparison], engine: str) -> str:
    """All levels of a pair in one number (mixed radix, level + 1), so that an edge is three numbers wide."""
    terms, radix = [], 1
    for comparison in comparisons:
        terms.append(f"(({comparison.sql(engine)}) + 1) * cast({radix} as bigint)")
        radix *= len(comparison.labels) + 1
    return " + ".join(terms)
