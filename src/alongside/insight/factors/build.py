"""The stage: facts of sources, cases, built-in and derived facts; then one long and one wide table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alongside.insight.backends import Backend
from alongside.insight.factors.built_in_facts import built_in_values
from alongside.insight.factors.catalogue import FactorInfo, Pack, catalogue
from alongside.insight.factors.deaths import DECEASED, find_the_dead
from alongside.insight.factors.exclusions import known_before
from alongside.insight.factors.known_values import join_values, list_facts
from alongside.insight.factors.source_facts import (
    Values,
    number_people,
    rows_table,
    source_cases,
    source_values,
    untold_cases,
)


@dataclass(frozen=True)
class FactorReport:
    """What was worked out: every factor, for how many people it is known, which sources were missing."""

    people: int
    factors: tuple[FactorInfo, ...]
    known: dict[str, int]
    missing_sources: tuple[str, ...]
    retired: tuple[str, ...]


def compute_factors(
    backend: Backend,
    pack: Pack,
    *,
    typed: Mapping[str, Path],
    as_at: date,
    before: Path | None = None,
    unread: Collection[str] = (),
) -> FactorReport:
    """Make ``facts``, ``factors`` and ``case_index``.

    ``facts``: ``person_id factor value_boolean value_number source fact_date``, only what is known.
    ``source`` is the source's code, ``built_in`` or ``derived``; ``fact_date`` the date of the newest row
    that was counted. ``factors``: ``person_id`` and one column per factor, boolean or double; NULL is not
    known. ``case_index``: ``person_id service worker since``, one row per person and service they are open
    to.

    A source that is not in ``typed`` (refused, or no file came) leaves its factors not known. Retired factors
    keep their column, in which nothing is known.

    Who had died, objected or was in hiding as the run before knew still has in ``factors`` where a source
    that would say so was not read; not in ``facts``, because no row of this run says it.

    Args:
        backend: Holds ``placed_records``, ``people`` and ``households``, and ``identity_events`` where there
            was a run before.
        pack: The area pack.
        typed: The rows of each source that was read.
        as_at: The date of the run; rows dated later do not count.
        before: ``factors.parquet`` of the run before, if there was one.
        unread: The exclusions of which a source was not read.

    Raises:
        DataRefusedError: an expression cannot be used, or derived factors depend on each other in a circle.
    """
    factors = catalogue(pack)
    read = [code for code in pack.sources if code in typed]
    tables: list[Values] = []
    number_people(backend)
    for code in read:
        mine = [each for each in factors.values() if each.origin == "source" and each.sources == (code,)]
        in_use = [each for each in mine if not each.retired]
        tables += source_values(backend, pack.sources[code], typed[code], in_use, as_at=as_at)
    carried = known_before(backend, before, unread) if before else ()
    find_the_dead(backend, factors, tables, as_at=as_at, carried=DECEASED in carried)
    _index_cases(backend, [query for code in read for query in source_cases(pack.sources[code], as_at=as_at)])
    _note_untold(backend, [query for code in read for query in untold_cases(pack.sources[code], as_at=as_at)])
    tables.append(
        built_in_values(backend, sources=pack.sources, services=pack.area.services, read=read, as_at=as_at)
    )
    join_values(backend, list(factors.values()), tables, as_at=as_at)
    _make_factors(backend, factors, carried)
    list_facts(backend, list(factors.values()), tables)
    known = ", ".join(f'count("{code}") as "{code}"' for code in factors)
    counted = backend.arrow(f'select count(*) as "alongside people", {known} from factors').to_pylist()[0]
    backend.drop(
        "known_values",
        "numbered_people",
        "numbered_homes",
        "known_dead",
        "untold_cases",
        *[each.table for each in tables],
        *[rows_table(code) for code in read],
    )
    return FactorReport(
        people=counted.pop("alongside people"),
        factors=tuple(factors.values()),
        known=counted,
        missing_sources=tuple(code for code in pack.sources if code not in typed),
        retired=tuple(code for code, info in factors.items() if info.retired),
    )


def _make_factors(backend: Backend, factors: Mapping[str, FactorInfo], carried: Collection[str]) -> None:
    """Make ``factors``; of ``carried``, what is not known is as the run before knew, where it held."""
    columns = ", ".join(
        f'coalesce(k."{code}", case when b."{code}" then true end) as "{code}"'
        if code in carried
        else f'k."{code}"'
        for code in factors
    )
    join = " left join known_before b on b.person_id = k.person_id" if carried else ""
    backend.create("factors", f"select k.person_id, {columns} from known_values k{join}")
    if carried:
        backend.drop("known_before")


def _note_untold(backend: Backend, queries: Sequence[str]) -> None:
    """Make ``untold_cases``: ``person service``, where a cell that could not be read hides it."""
    nobody = "select cast(null as bigint) as person, cast(null as varchar) as service where false"
    backend.create("untold_cases", " union all ".join(queries or [nobody]))


def _index_cases(backend: Backend, queries: Sequence[str]) -> None:
    """Make ``case_index``: of several that say the same service, the newest names the worker.

    One without a date has the day of the run for it, and is older than any that has its own.
    """
    nobody = (
        "select cast(null as bigint) as person, cast(null as varchar) as service, "
        "cast(null as varchar) as worker, cast(null as date) as since, false as undated where false"
    )
    backend.create(
        "case_index",
        f"""
        select p.person_id, c.service, c.worker, c.since from (
            select *, row_number() over (
                partition by person, service order by undated, since desc, worker nulls last) as newest
            from ({" union all ".join(queries or [nobody])})) c
        join numbered_people p on p.person = c.person
        where c.newest = 1
        """,
    )
