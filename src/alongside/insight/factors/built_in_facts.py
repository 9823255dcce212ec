"""Facts every area has: from people, households, which source holds whom, and who is open to what."""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from alongside.area.models import Service, Source
from alongside.insight.backends import Backend
from alongside.insight.factors.bedrooms import Household, bedrooms_needed
from alongside.insight.factors.source_facts import (
    DATED,
    PERSON,
    UNDATED,
    Values,
    earlier,
    quoted,
    rows_table,
)

_CODES = (
    "age",
    "household_size",
    "children_in_household",
    "sources_holding",
    "agencies_in_touch_12m",
    "agencies_lost_touch",
    "open_to_any",
    "open_to_critical",
    "services_open",
    "workers_24m",
    "bedrooms_needed",
)


def built_in_values(
    backend: Backend,
    *,
    sources: Mapping[str, Source],
    services: Sequence[Service],
    read: Sequence[str],
    as_at: date,
) -> Values:
    """Work out the built-in facts, dated ``as_at``.

    *In touch* is a record with a date of its own: a list without one (``as_at`` not mapped), or a row whose
    date is empty, shows that somebody is on it, not that anybody spoke with them. *Lost touch*: within the
    year, and not in the last three months. Whether a person is open to a service is *no* only where every
    service of the pack has a case index and each of them was read; otherwise it is not known for those in
    none of them, nor for those of whose row a cell could not be read that may say so. The same holds of
    critical services. Whoever is known to have died is counted in nobody's household.

    Args:
        backend: Holds ``placed_records``, ``people``, ``numbered_people``, ``known_dead``, ``case_index``,
            ``untold_cases`` and the sources' rows.
        sources: The pack's sources.
        services: The pack's services.
        read: The codes of the sources that were read.
        as_at: The date of the run.
    """
    silent = _silent(sources, services, read)
    critical_silent = [service for service in silent if service.critical]
    closed = "null" if silent or not services else "false"
    closed_critical = "null" if critical_silent or not services else "false"
    critical = ", ".join(f"'{service.code}'" for service in services if service.critical) or "null"
    _gather_the_living(backend)
    _count_bedrooms(backend)
    backend.create(
        "built_in_values",
        f"""
        with held as ({_held(as_at)}),
        touched as ({_touched(sources, as_at)}),
        opened as (
            select person_id, count(distinct service) as services,
                bool_or(service in ({critical})) as critical
            from case_index group by person_id),
        untold as (
            select person, true as cases, bool_or(service in ({critical})) as critical
            from untold_cases group by person),
        served as ({_served(sources, read, as_at)})
        select p.person as {PERSON}, cast('{as_at.isoformat()}' as date) as {DATED},
            cast(p.age as double) as age,
            cast(h.size as double) as household_size,
            cast(case when h.children > 0 or h.children_known then h.children end as double)
                as children_in_household,
            cast(held.sources as double) as sources_holding,
            cast(coalesce(touched.in_touch, 0) as double) as agencies_in_touch_12m,
            cast(coalesce(touched.lost_touch, 0) as double) as agencies_lost_touch,
            case when opened.services > 0 then true when untold.cases then null else {closed} end
                as open_to_any,
            case when opened.critical then true when untold.critical then null else {closed_critical} end
                as open_to_critical,
            cast(case when opened.services > 0 then opened.services when untold.cases then null
                else {"null" if closed == "null" else 0} end as double) as services_open,
            cast(served.workers as double) as workers_24m,
            cast(b.bedrooms_needed as double) as bedrooms_needed
        from numbered_people p
        left join living_households h on h.household_id = p.household_id
        left join household_bedrooms b on b.household_id = p.household_id
        left join held on held.person_id = p.person_id
        left join touched on touched.person_id = p.person_id
        left join opened on opened.person_id = p.person_id
        left join untold on untold.person = p.person
        left join served on served.person = p.person
        """,
    )
    backend.drop("household_bedrooms", "household_members", "living_households", "living_members")
    return Values("built_in_values", PERSON, _CODES)


def _silent(sources: Mapping[str, Source], services: Sequence[Service], read: Sequence[str]) -> list[Service]:
    """Return the services that cannot show who is not with them: no case index, or one was not read."""
    indexes = [(index.service, code) for code, source in sources.items() for index in source.case_index]
    told = {service for service, code in indexes if code in read}
    untold = {service for service, code in indexes if code not in read}
    return [service for service in services if service.code not in told - untold]


def _held(as_at: date) -> str:
    return (
        "select person_id, count(distinct source) as sources from placed_records "
        f"where person_id is not null and row_as_at <= {_day(as_at)} group by person_id"
    )


def _touched(sources: Mapping[str, Source], as_at: date) -> str:
    organisations = " ".join(
        f"when '{code}' then '{source.organisation}'" for code, source in sources.items() if source.as_at
    )
    if not organisations:
        return "select cast(null as varchar) as person_id, 0 as in_touch, 0 as lost_touch where false"
    dated = ", ".join(f"'{code}'" for code, source in sources.items() if source.as_at)
    year, quarter = _day(earlier(as_at, "12 months")), _day(earlier(as_at, "3 months"))
    return f"""
        select person_id, count(*) as in_touch, count(*) filter (where last_on < {quarter}) as lost_touch
        from (
            select person_id, case source {organisations} end as organisation, max(row_as_at) as last_on
            from placed_records
            where person_id is not null and source in ({dated}) and not row_undated
                and row_as_at <= {_day(as_at)} and row_as_at >= {year}
            group by person_id, case source {organisations} end)
        group by person_id
    """


def _served(sources: Mapping[str, Source], read: Sequence[str], as_at: date) -> str:
    since = _day(earlier(as_at, "24 months"))
    rows = [
        f"""select {PERSON} as person, concat('{code} ', cast({worker} as varchar)) as worker
            from "{rows_table(code)}"
            where {PERSON} is not null and {worker} is not null and not {UNDATED}
                and {DATED} >= {since}"""
        for code in read
        for worker in sorted({quoted(case.worker) for case in sources[code].case_index if case.worker})
    ]
    nobody = "select cast(null as bigint) as person, cast(null as varchar) as worker where false"
    return (
        f"select person, count(distinct worker) as workers from ({' union all '.join(rows or [nobody])}) "
        "group by person"
    )


def _gather_the_living(backend: Backend) -> None:
    """Make ``living_members`` and, per household, how many they are and how many of them are under 18.

    ``children_known`` is false where the age of one of them is not known.
    """
    backend.create(
        "living_members",
        """
        select p.household_id, p.age, p.sex from people p
        left join known_dead d on d.person_id = p.person_id
        where p.household_id is not null and d.person_id is null
        """,
    )
    backend.create(
        "living_households",
        """
        select household_id, count(*) as size, count(*) filter (where age < 18) as children,
            count(age) = count(*) as children_known
        from living_members group by household_id
        """,
    )


def _count_bedrooms(backend: Backend) -> None:
    """Work out each make-up of household once: there are hundreds of them, however many households."""
    ages = {
        "adults": "age >= 21",
        "young_men": "age between 10 and 20 and sex = 'male'",
        "young_women": "age between 10 and 20 and sex = 'female'",
        "boys": "age < 10 and sex = 'male'",
        "girls": "age < 10 and sex = 'female'",
    }
    counted = ", ".join(f"count(*) filter (where {who}) as {name}" for name, who in ages.items())
    names = ", ".join(ages)
    # Where an age, or the sex of somebody under 21, is not known, neither is the number of bedrooms.
    backend.create(
        "household_members",
        f"""
        select household_id, {counted} from living_members group by household_id
        having count(age) = count(*) and count(*) filter (where age < 21 and sex is null) = 0
        """,
    )
    kinds = [
        Household(*row.values())
        for row in backend.arrow(
            f"select distinct {names} from household_members order by {names}"
        ).to_pylist()
    ]
    table = {
        name: pa.array([getattr(kind, name) for kind in kinds], pa.int64()) for name in Household._fields
    }
    needed = pa.array([bedrooms_needed(kind) for kind in kinds], pa.int64())
    backend.register("bedroom_standard", pa.table({**table, "bedrooms_needed": needed}))
    backend.create(
        "household_bedrooms",
        f"select household_id, bedrooms_needed from household_members join bedroom_standard using ({names})",
    )


def _day(day: date) -> str:
    return f"cast('{day.isoformat()}' as date)"
