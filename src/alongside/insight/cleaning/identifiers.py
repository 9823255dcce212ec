"""Whether a person's number was copied correctly: as a pure rule, and as SQL with the same meaning."""

_WEIGHTS = range(10, 0, -1)
"""Of the ten digits, first to last; the check digit counts once."""


def nhs_number_digits(written: str) -> str:
    """Return an NHS number as written ("999 000 0018", "999-000-0018") without its spaces and hyphens."""
    return written.replace(" ", "").replace("-", "")


def is_nhs_number(written: str) -> bool:
    """Say whether a text is an NHS number that passes its check: ten digits, the last the check digit.

    Source: NHS Data Dictionary, "NHS NUMBER", Modulus 11. The first nine digits are weighted 10 down to 2
    and summed; the check digit is 11 less the remainder by 11, where 11 is written 0 and 10 makes the number
    invalid. With the check digit weighted 1, that is: the weighted sum of all ten is divisible by 11. One
    digit ten times always passes this sum and is never issued (it is what a form is filled with), so it is
    refused.

    Passing says that it was copied correctly, not that it is this person's.
    """
    digits = nhs_number_digits(written)
    if len(digits) != len(_WEIGHTS) or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def nhs_number_digits_sql(expression: str) -> str:
    """Return SQL for ``nhs_number_digits`` of a text expression (NULL stays NULL)."""
    return f"replace(replace({expression}, ' ', ''), '-', '')"


def is_nhs_number_sql(expression: str) -> str:
    """Return SQL for ``is_nhs_number`` of a text expression, NULL where that is NULL.

    Where many rows are checked, a column of ``nhs_number_digits_sql`` and then ``passes_nhs_check_sql`` is
    faster: an engine may work the digits out again each time.
    """
    return passes_nhs_check_sql(nhs_number_digits_sql(expression))


def passes_nhs_check_sql(digits: str) -> str:
    """Return SQL for ``is_nhs_number`` of a text without spaces and hyphens, NULL where that is NULL.

    Only functions that DuckDB and Spark both have, with one meaning; ``ascii`` of a digit less 48 is its
    value, and the length is checked because Spark's ``$`` also stands before a last line end.
    """
    total = " + ".join(
        f"{weight} * (ascii(substr({digits}, {place}, 1)) - 48)"
        for place, weight in enumerate(_WEIGHTS, start=1)
    )
    return (
        f"(length({digits}) = 10 and regexp_matches({digits}, '^[0-9]{{10}}$')"
        f" and replace({digits}, substr({digits}, 1, 1), '') <> '' and ({total}) % 11 = 0)"
    )
