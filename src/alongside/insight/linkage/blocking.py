"""Which pairs are worth comparing: those that agree on any two things about the person.

Agreement on two things is what nearly every true pair has, however many of its fields are wrong, and what few
strangers have. On ``historical_50k`` the usual handful of rules finds two thirds of the true pairs; these
find four fifths, and nearly all people through some record (ADR 0006).
"""

from collections.abc import Sequence
from dataclasses import dataclass

_YEAR, _MONTH_DAY, _YEAR_MONTH = "born_year", "born_month, born_day", "born_year, born_month"
_DAY_AND_MONTH = "least(born_month, born_day), greatest(born_month, born_day)"
_MADE_OF = {"forename": "forename_sound", "surname": "surname_sound", "address": "address_key"}
_NAMES = "least(forename_sound, surname_sound), greatest(forename_sound, surname_sound)"


@dataclass(frozen=True)
class Rule:
    """Records of one ``key``, all its parts known, make a block; ``narrower`` parts a block too large."""

    name: str
    needs: tuple[str, ...]
    key: str
    narrower: str | None = None

    @property
    def known(self) -> str:
        """SQL that every column the key is made of is known."""
        return " and ".join(f"{_MADE_OF.get(column, column)} is not null" for column in self.needs)


def rules_for(columns: Sequence[str]) -> list[Rule]:
    """The blocking rules that records with these ``columns`` allow."""
    has = {*columns, "postcode_district"} if "postcode" in columns else set(columns)
    born, home = "birth_digits", "postcode"
    rules = [
        Rule(column, (column,), column)
        for column in sorted(has)
        if column.startswith("id_") or column in ("email", "phone")
    ]
    rules += [
        Rule("date of birth and forename", (born, "forename"), f"forename_sound, {_YEAR}, {_DAY_AND_MONTH}"),
        Rule("date of birth and surname", (born, "surname"), f"surname_sound, {_YEAR}, {_DAY_AND_MONTH}"),
        Rule("both names", ("forename", "surname"), _NAMES, narrower="birth_year"),
        Rule(
            "birthday and forename",
            (born, "forename"),
            f"forename_sound, {_MONTH_DAY}",
            narrower="surname_sound",
        ),
        Rule(
            "birthday and surname",
            (born, "surname"),
            f"surname_sound, {_MONTH_DAY}",
            narrower="forename_sound",
        ),
        Rule(
            "month of birth and forename",
            (born, "forename"),
            f"forename_sound, {_YEAR_MONTH}",
            narrower="surname_sound",
        ),
        Rule(
            "month of birth and surname",
            (born, "surname"),
            f"surname_sound, {_YEAR_MONTH}",
            narrower="forename_sound",
        ),
        Rule("date of birth and district", (born, home), "birth_digits, postcode_district"),
        Rule("postcode and forename", (home, "forename"), "postcode, forename_sound"),
        Rule("postcode and surname", (home, "surname"), "postcode, surname_sound"),
        Rule(
            "district and forename",
            (home, "forename"),
            "postcode_district, forename_sound",
            narrower="birth_year",
        ),
        Rule(
            "district and surname",
            (home, "surname"),
            "postcode_district, surname_sound",
            narrower="birth_year",
        ),
        Rule("postcode and year of birth", (home, born), f"postcode, {_YEAR}"),
        Rule("home and forename", ("uprn", "forename"), "uprn, forename_sound"),
        Rule("home and surname", ("uprn", "surname"), "uprn, surname_sound"),
        Rule("address and forename", ("address", "forename"), "address_key, forename_sound"),
        Rule("address and surname", ("address", "surname"), "address_key, surname_sound"),
        Rule("address and date of birth", ("address", born), "address_key, birth_digits"),
    ]
    for column in sorted(column for column in has if column.startswith("other_")):
        title = column.removeprefix("other_").replace("_", " ")
        rules += [
            Rule(
                f"{title} and forename",
                (column, "forename"),
                f"{column}, forename_sound",
                narrower="birth_year",
            ),
            Rule(
                f"{title} and surname", (column, "surname"), f"{column}, surname_sound", narrower="birth_year"
            ),
            Rule(f"{title} and date of birth", (column, born), f"{column}, birth_digits"),
        ]
    return [rule for rule in rules if set(rule.needs) <= has]
