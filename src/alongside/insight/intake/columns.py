"""Which columns a source needs, and where they are in a header that writes them a little differently."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import sqlglot
from sqlglot import exp

from alongside.area.expressions import check_row, check_value
from alongside.area.models import AgeAt, Source
from alongside.errors import DataRefusedError


def identity_columns(source: Source) -> dict[str, str]:
    """Return each ``raw__`` column of the typed table with the column of the extract it copies, in order."""
    identity = source.identity
    found: dict[str, str] = {}
    for name in ("forename", "middle_names", "surname", "full_name", "former_names", "date_of_birth"):
        if column := getattr(identity, name):
            found[f"raw__{name}"] = column
    if isinstance(identity.age, AgeAt):
        found |= {"raw__age": identity.age.column, "raw__age_at": identity.age.at}
    elif identity.age:
        found["raw__age"] = identity.age
    for name in ("sex", "uprn", "postcode", "phone", "email"):
        if column := getattr(identity, name):
            found[f"raw__{name}"] = column
    lines = [identity.address_lines] if isinstance(identity.address_lines, str) else identity.address_lines
    found |= {f"raw__address_{place}": column for place, column in enumerate(lines, start=1)}
    found |= {f"raw__id__{system}": column for system, column in identity.identifiers.items()}
    return found | {f"raw__other__{name}": column for name, column in identity.others.items()}


def signed_columns(source: Source) -> set[str]:
    """Return the columns of which it is kept whether a cell could not be read.

    Those of which a factor asks whether they are empty, and all that the case index reads: not open, there,
    is an answer that somebody acts on, whichever cell it hangs on.
    """
    columns = {field.name: field.type for field in source.schema_.fields}
    in_use = [check_value(each.value, columns=columns) for each in source.factors if each.retired is None]
    cases = [check_row(each.open_when, columns=columns) for each in source.case_index]
    signed = {column for each in in_use for column in each.asked_if_empty}
    return signed | {column for each in cases for column in each.columns}


def _expressions(source: Source) -> list[str]:
    in_use = [factor.value for factor in source.factors if factor.retired is None]
    return [*in_use, *(each.open_when for each in source.case_index)]


def used_columns(source: Source) -> set[str]:
    """Return the columns that a factor or the case index of the source reads, as the schema writes them.

    To the engine, names that differ only in case are the same.
    """
    read = _declared(source, [sqlglot.parse_one(text, read="duckdb") for text in _expressions(source)])
    declared = {field.name.casefold(): field.name for field in source.schema_.fields}
    workers = {each.worker for each in source.case_index if each.worker}
    return read | {declared.get(worker.casefold(), worker) for worker in workers}


def _declared(source: Source, trees: Sequence[exp.Expr]) -> set[str]:
    """Return the columns in parts of expressions, as the schema writes them."""
    read = {column.name.casefold() for tree in trees for column in tree.find_all(exp.Column)}
    return {field.name for field in source.schema_.fields if field.name.casefold() in read}


def unread_sign(column: str) -> str:
    """Return the column of the typed table that says that a cell was filled and could not be read."""
    return f"alongside unread {column}"  # a name that no extract's column can have by accident


def required_columns(source: Source) -> set[str]:
    """Return the columns whose cell must be filled in every row, besides the record id."""
    key = source.schema_.primary_key or []
    return {field.name for field in source.schema_.fields if field.constraints.required} | set(
        [key] if isinstance(key, str) else key
    )


def needed_columns(source: Source) -> dict[str, str]:
    """Return the columns without which a source cannot be used, each with what it is needed for."""
    needed = {source.identity.record: "it tells records apart"}
    for name, column in identity_columns(source).items():
        needed.setdefault(column, f"it is mapped as {name.removeprefix('raw__').replace('__', ' ')}")
    if source.as_at:
        needed.setdefault(source.as_at, "it dates the rows")
    if source.identity.address_until:
        needed.setdefault(source.identity.address_until, "it says until when an address was right")
    for column in sorted(used_columns(source)):
        needed.setdefault(column, "a factor or the case index uses it")
    for column in sorted(required_columns(source)):
        needed.setdefault(column, "the schema requires it")
    return needed


def wanted_columns(source: Source) -> list[str]:
    """Return every column that is read: the schema's, in its order, then those only mapped."""
    return list(dict.fromkeys([*(field.name for field in source.schema_.fields), *needed_columns(source)]))


@dataclass(frozen=True)
class HeaderMatch:
    """Wanted columns to places in the header (None: not there), what was tolerated, columns nobody wants."""

    places: dict[str, int | None]
    notes: tuple[str, ...]
    surplus: tuple[str, ...]


def folded(name: str) -> str:
    """Return a column name without case, spaces and punctuation."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def match_header(source: Source, header: Sequence[str], file: str) -> HeaderMatch:
    """Find the wanted columns in a header.

    Exactly, else without case, spaces and punctuation (which is noted).

    Raises:
        DataRefusedError: a needed column is not there, or is there twice; names the nearest header.
    """
    names = [name.strip() for name in header]
    places: dict[str, int | None] = {}
    notes: list[str] = []
    missing: list[str] = []
    needed = needed_columns(source)
    free = [name for name in names if folded(name) not in {folded(each) for each in wanted_columns(source)}]
    for column in wanted_columns(source):
        found = [place for place, name in enumerate(names) if name == column]
        if not found:
            found = [place for place, name in enumerate(names) if folded(name) == folded(column)]
            if len(found) == 1:
                notes.append(f"{file}: the column '{names[found[0]]}' was read as '{column}'.")
        if len(found) > 1:
            raise DataRefusedError(
                f"{file} has {len(found)} columns that could be '{column}'; "
                "remove or rename all but one in the extract."
            )
        places[column] = found[0] if found else None
        if not found and column in needed:
            missing.append(f"'{column}' ({needed[column]}){_nearest(column, free)}")
        elif not found:
            notes.append(f"{file}: the declared column '{column}' is not there; nothing uses it.")
    if missing:
        raise DataRefusedError(
            f"{file} lacks the column{'s' if len(missing) > 1 else ''} {'; '.join(missing)}. "
            "Put it right in the extract, or name the column in the source's file as the extract does."
        )
    taken = set(places.values())
    surplus = tuple(name for place, name in enumerate(names) if place not in taken and name)
    return HeaderMatch(places, tuple(notes), surplus)


def _nearest(column: str, names: Sequence[str]) -> str:
    """Return the other header that may be meant, or nothing."""
    by_fold = {folded(name): name for name in names if name}
    near = get_close_matches(folded(column), by_fold, n=1, cutoff=0.5)
    return f", perhaps called '{by_fold[near[0]]}' there" if near else ""
