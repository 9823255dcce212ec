"""Facts from one source's rows: over all of a person's (or household's) rows, or from the newest of them."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from alongside.area.expressions import check_row
from alongside.area.models import CaseIndex, Source
from alongside.insight.backends import Backend
from alongside.insight.factors.catalogue import FactorInfo
from alongside.insight.intake.columns import unread_sign

# Names no extract's column can have by accident.
PERSON, HOUSEHOLD, RECORD, DATED, UNDATED, NEWEST = (
    f'"alongside {word}"' for word in ("person", "household", "record", "date", "undated", "place")
)
# The day of many rows: of those that lack the date their source gives, only where none of them has it.
_DATED_ON = f"coalesce(max({DATED}) filter (where not {UNDATED}), max({DATED}))"


@dataclass(frozen=True)
class Values:
    """Values: a row per ``key`` (``PERSON`` or ``HOUSEHOLD``), a column per code, and ``DATED``."""

    table: str
    key: str
    codes: tuple[str, ...]


def number_people(backend: Backend) -> None:
    """Make ``numbered_people`` and ``numbered_homes``: whole numbers join and group faster than ids.

    ``numbered_people``: ``person_id person household household_id uprn age lives_alone``; those in none
    (``lives_alone``) have a household of their own. ``numbered_homes``: ``place household``.
    """
    backend.create(
        "numbered_people",
        """
        with numbered as (select *, row_number() over (order by person_id) as person from people)
        select person_id, person, household_id, uprn, age, household_id is null as lives_alone,
            min(person) over (partition by coalesce(household_id, person_id)) as household
        from numbered
        """,
    )
    backend.create(
        "numbered_homes",
        """
        select h.place, min(p.household) as household
        from households h join numbered_people p on p.household_id = h.household_id group by h.place
        """,
    )


def source_values(
    backend: Backend, source: Source, path: Path, factors: Sequence[FactorInfo], *, as_at: date
) -> list[Values]:
    """Work out the facts that ``source`` yields, from its rows dated ``as_at`` or before.

    A fact of a household counts every row about somebody who lives there now, unless the row is about another
    home, and every row about the home that names nobody. Somebody in no household counts as one.

    Args:
        backend: Holds ``placed_records`` and what ``number_people`` makes; afterwards ``rows_<source>`` too.
        source: The source as the pack describes it.
        path: Its typed rows.
        factors: Those of its factors that are in use.
        as_at: The date of the run.
    """
    _attach_rows(backend, source, path, factors, as_at)
    made = []
    for per in ("person", "household"):
        chosen = [each for each in factors if each.per == per]
        if chosen:
            made.append(_values(backend, source.source, per, chosen, as_at))
    return made


def source_cases(source: Source, *, as_at: date) -> list[str]:
    """Return, per line of the source's case index, a select of ``person service worker since undated``.

    The newest row about a person decides: somebody open only in an older row is not open. Where each row is
    an event, a later one of another kind ends nothing: any row may say so, and the newest that does counts.
    A row that may say so or not, because a cell of it could not be read, does not.
    """
    queries = []
    for case in source.case_index:
        is_open, _ = _open_when(source, case, as_at)
        worker = f"cast({quoted(case.worker)} as varchar)" if case.worker else "cast(null as varchar)"
        events = case.rows == "any"
        rows = _ordered(source.source, PERSON, where=is_open if events else "true")
        queries.append(
            f"select {PERSON} as person, '{case.service}' as service, {worker} as worker, "
            f"{DATED} as since, {UNDATED} as undated from {rows} "
            f"where {PERSON} is not null and {NEWEST} = 1 and {is_open}"
        )
    return queries


def untold_cases(source: Source, *, as_at: date) -> list[str]:
    """Return, per line of the source's case index, a select of ``person service`` where it is not known.

    Whether the row that decides says that the person is open hangs on a cell that could not be read.
    """
    queries = []
    for case in source.case_index:
        _, not_known = _open_when(source, case, as_at)
        if not_known is not None:
            newest = "true" if case.rows == "any" else f"{NEWEST} = 1"
            queries.append(
                f"select distinct {PERSON} as person, '{case.service}' as service "
                f"from {_ordered(source.source, PERSON)} "
                f"where {PERSON} is not null and {newest} and {not_known}"
            )
    return queries


def _open_when(source: Source, case: CaseIndex, as_at: date) -> tuple[str, str | None]:
    """Return SQL that a row says a person is open, and that it cannot be known; None where it always can."""
    columns = {field.name: field.type for field in source.schema_.fields}
    checked = check_row(case.open_when, columns=columns)
    signs = {column: unread_sign(column) for column in checked.columns}
    told = checked.sql(run_date=as_at, unread=signs)
    if not signs:
        return f"coalesce({told}, false)", None
    unread = " or ".join(quoted(sign) for sign in sorted(signs.values()))
    return f"coalesce({told}, false)", f"({unread}) and ({told}) is null"


def rows_table(source: str) -> str:
    """Return the name of the table of a source's rows beside whom they are about."""
    return f"rows_{source}"


def earlier(day: date, duration: str) -> date:
    """Return the day that is ``duration`` ("180 days", "6 months") before ``day``."""
    number, unit = duration.split()
    count = int(number)
    match unit.rstrip("s"):
        case "day":
            return day - timedelta(days=count)
        case "week":
            return day - timedelta(weeks=count)
        case "month":
            months = day.year * 12 + day.month - 1 - count
        case _:
            months = (day.year - count) * 12 + day.month - 1
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _attach_rows(
    backend: Backend, source: Source, path: Path, factors: Sequence[FactorInfo], as_at: date
) -> None:
    columns = {field.name: field.type for field in source.schema_.fields}
    used = {column for each in factors if each.checked for column in each.checked.columns}
    signed = {column for each in factors for column in each.asked_if_empty}
    for case in source.case_index:
        checked = check_row(case.open_when, columns=columns)
        used |= {*checked.columns, *([case.worker] if case.worker else [])}
        signed |= set(checked.columns)
    shown = "".join(f", s.{quoted(column)}" for column in sorted(used))
    shown += "".join(f", s.{quoted(unread_sign(column))}" for column in sorted(signed))
    backend.read_parquet("typed_rows", path)
    backend.create(
        rows_table(source.source),
        f"""
        select s.record_id as {RECORD}, s.row_as_at as {DATED}, r.row_undated as {UNDATED},
            p.person as {PERSON},
            case when r.person_id is null then h.household
                 when r.uprn is null or p.uprn is null or r.uprn = p.uprn or p.lives_alone then p.household
            end as {HOUSEHOLD}{shown}
        from typed_rows s
        join placed_records r on r.source = '{source.source}' and r.record_id = s.record_id
        left join numbered_people p on p.person_id = r.person_id
        left join numbered_homes h on h.place = case when r.person_id is null then r.place end
        where s.row_as_at <= cast('{as_at.isoformat()}' as date)
        """,
    )


def _values(backend: Backend, source: str, per: str, factors: Sequence[FactorInfo], as_at: date) -> Values:
    """Work out all facts of one kind of key together: one table per source has half the joins of two."""
    key = PERSON if per == "person" else HOUSEHOLD
    columns = []
    for factor in factors:
        value = factor.sql(as_at)
        if not factor.is_aggregate:
            value = f"max(case when {NEWEST} = 1 then {value} end)"
        columns.append(f'{faded(value, _DATED_ON, factor, as_at)} as "{factor.code}"')
    some_whole = any(factor.is_aggregate for factor in factors)
    some_newest = any(not factor.is_aggregate for factor in factors)
    rows = _ordered(source, key) if some_newest else f'"{rows_table(source)}"'
    table = f"values_{source}_{per}"
    backend.create(
        table,
        f"select {key}, {_DATED_ON} as {DATED}, {', '.join(columns)} from {rows} "
        f"where {key} is not null{'' if some_whole else f' and {NEWEST} = 1'} group by {key}",
    )
    return Values(table, key, tuple(factor.code for factor in factors))


def faded(value: str, known_on: str, factor: FactorInfo, as_at: date) -> str:
    """Return ``value`` as SQL that is not known where ``known_on`` is further back than the factor lasts."""
    if not factor.fades_after:
        return value
    oldest = earlier(as_at, factor.fades_after).isoformat()
    return f"case when {known_on} >= cast('{oldest}' as date) then {value} end"


def _ordered(source: str, key: str, *, where: str = "true") -> str:
    """Return the rows by age; a row that lacks the date its source gives is older than any that has it."""
    return (
        f"(select *, row_number() over (partition by {key} "
        f"order by {UNDATED}, {DATED} desc, {RECORD} desc) as {NEWEST} "
        f'from "{rows_table(source)}" where {where})'
    )


def quoted(column: str) -> str:
    """Return the name of a column as written in SQL."""
    return '"' + column.replace('"', '""') + '"'
