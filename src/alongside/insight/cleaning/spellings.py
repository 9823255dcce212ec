"""Names as somebody wrote them, for the people who will say them: O'Brien, not obrien."""

from collections.abc import Sequence, Set

from alongside.insight.cleaning import steps
from alongside.insight.cleaning.steps import Step

_WORD = "[^ ,;]+"


def spellings(has: Set[str]) -> dict[str, list[str]]:
    """Return SQL for the parts of a source's cells that may be a forename, and a surname, as written.

    Only its folded form shows which of them is the name (``as_written_sql``): titles come before
    names, and surnames before forenames.

    Args:
        has: the source's identity columns, such as ``raw__forename``.
    """
    whole = f"trim({steps.one_space('raw__full_name')})"
    given = f"trim({steps.one_space('raw__forename')})"
    places = {
        "forename": [
            ("raw__forename", _first_word(given)),
            ("raw__forename", _second_word(given)),
            ("raw__full_name", _first_word(f"trim(regexp_replace({whole}, '^[^,]*,', ''))")),
            ("raw__full_name", _second_word(f"trim(regexp_replace({whole}, '^[^,]*,', ''))")),
        ],
        "surname": [
            ("raw__surname", f"trim({steps.one_space('raw__surname')})"),
            ("raw__full_name", f"trim(regexp_extract({whole}, '^([^,]*),', 1))"),
            ("raw__full_name", f"regexp_extract({whole}, '({_WORD})$', 1)"),
        ],
    }
    return {name: [sql for column, sql in found if column in has] for name, found in places.items()}


def as_written_sql(columns: Sequence[str], last: Step, reads_as: str) -> str:
    """Return SQL of the first of the columns that folds to the name, as it was written; NULL if none does.

    Args:
        columns: columns that hold ``spellings``.
        last: the last step of folding this name.
        reads_as: SQL of the folded name.
    """
    tried = [
        f"case when {last(steps.words_only(steps.plain_letters(steps.small_letters(column))))} = {reads_as} "
        f"then {column} end"
        for column in columns
    ]
    return f"coalesce({', '.join(tried)}, cast(null as varchar))" if tried else "cast(null as varchar)"


def _first_word(text: str) -> str:
    return f"regexp_extract({text}, '^({_WORD})', 1)"


def _second_word(text: str) -> str:
    return f"regexp_extract({text}, '^{_WORD} +({_WORD})', 1)"
