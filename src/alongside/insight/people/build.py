"""From linked records to people and households, set by set."""

from datetime import date

from alongside.insight.backends import Backend

LARGEST_HOUSEHOLD = 12
"""More people than this at one address are a hostel, a refuge, a house in multiple occupation or a block
whose flats share one number, and not one household: a fact about one says nothing about the others."""

OLDEST = 120
"""An age above this is a mistake in a date of birth (often 1 January 1900), so the age is not known."""

_NO_FIXED_ABODE = r"(^|\s)(no fixed (abode|address)|nfa|rough sleep(er|ing)|homeless)(\s|$)"
# Postcodes that stand for "no fixed abode" and "not known" (NHS Data Dictionary, pseudo postcodes).
_NO_POSTCODE = r"^zz\s*99"

_NAMES = ("forename", "surname")
_TOLD_MOST = ("forename", "surname", "date_of_birth", "sex")


def build_people(backend: Backend, *, as_at: date, largest_household: int = LARGEST_HOUSEHOLD) -> None:
    """Make ``people``, ``households`` and ``placed_records`` from ``records`` and ``links``.

    ``placed_records``: ``source record_id person_id row_as_at row_undated address postcode homeless uprn
    place``, one row per record; ``place`` is the same for the same home, NULL where there is none or nobody
    can say. A home is its UPRN, else its address line and postcode; an address that records give one single
    UPRN for has that UPRN everywhere.

    ``people``: ``person_id forename surname date_of_birth sex uprn address postcode household_id age
    forename_written surname_written``. Forename, surname, date of birth and sex are what most of the person's
    records say; of equals, what the newest says. As they are written is how most of the records that say the
    name write it, in mixed case before any in capitals or lower case alone. The address is that of
    the newest record that has one, of equals the one that most of their records say. A record that says they
    left an address before ``as_at`` places them nowhere, and neither does any record of that home from before
    they left. Where the day on which they left cannot be read, that record places them nowhere either, and an
    older one of that home comes after those of other homes. Records that lack the date their source gives
    come after those that have it, and a record dated after ``as_at`` comes after all others. ``age`` is in
    whole years on ``as_at``. Whether a person has died is a factor, not identity.

    ``households``: ``household_id place uprn address postcode``, one row per home where at least one and at
    most ``largest_household`` people are placed. No fixed abode is nobody's household.

    Args:
        backend: Holds ``records`` and ``links``.
        as_at: The date of the run.
        largest_household: Above this many people a place is communal.
    """
    _place_records(backend)
    _say_who(backend)
    _say_where(backend, as_at)
    _gather_households(backend, as_at, largest_household)
    backend.create(
        "placed_records",
        """
        select source, record_id, person_id, row_as_at, row_undated, address, postcode, homeless, uprn, place
        from linked_records
        """,
    )
    backend.drop("linked_records", "known_addresses", "identities", "current_addresses", "homes")


def _place_records(backend: Backend) -> None:
    backend.create(
        "known_addresses",
        f"""
        select address, postcode, min(uprn) as uprn from records
        where uprn is not null and address is not null and postcode is not null and not {_homeless("records")}
        group by address, postcode having count(distinct uprn) = 1
        """,
    )
    backend.create(
        "linked_records",
        f"""
        with found as (
            select r.source, r.record_id, l.person_id, r.row_as_at, r.row_undated, r.address_until,
                r.address_until_unread, r.address, r.postcode, r.forename, r.surname, r.date_of_birth, r.sex,
                r.forename_written, r.surname_written,
                coalesce(r.uprn, k.uprn) as uprn, {_homeless("r")} as homeless
            from links l join records r on l.source = r.source and l.record_id = r.record_id
            left join known_addresses k on r.address = k.address and r.postcode = k.postcode
        )
        select source, record_id, person_id, row_as_at, row_undated, address_until, address_until_unread,
            address, postcode, homeless, forename, surname, date_of_birth, sex,
            forename_written, surname_written,
            case when not homeless then uprn end as uprn,
            case when homeless then null
                 when uprn is not null then concat('uprn ', uprn)
                 when address is not null and postcode is not null then concat('at ', address, ', ', postcode)
            end as place
        from found
        """,
    )


def _homeless(table: str) -> str:
    return (
        f"(coalesce(regexp_matches({table}.address, '{_NO_FIXED_ABODE}'), false) "
        f"or coalesce(regexp_matches(lower({table}.postcode), '{_NO_POSTCODE}'), false))"
    )


def _say_who(backend: Backend) -> None:
    chosen = [
        f"""
        {field} as (
            select person_id, {field} from (
                select person_id, {field}, row_number() over (
                    partition by person_id order by count(*) desc, {_newest("row")}, {field}) as place
                from linked_records where person_id is not null and {field} is not null
                group by person_id, {field})
            where place = 1)
        """
        for field in _TOLD_MOST
    ]
    chosen += [_most_written(name) for name in _NAMES]
    told = (*_TOLD_MOST, *(f"{name}_written" for name in _NAMES))
    joins = " ".join(f"left join {field} on {field}.person_id = everybody.person_id" for field in told)
    backend.create(
        "identities",
        f"""
        with everybody as (select distinct person_id from links where person_id is not null),
        {", ".join(chosen)}
        select everybody.person_id, {", ".join(f"{field}.{field}" for field in told)}
        from everybody {joins}
        """,
    )


def _newest(row: str) -> str:
    """Return the order of what rows say by the newest that says it; one without a date is no news."""
    return f"bool_and({row}_undated), max({row}_as_at) filter (where not {row}_undated) desc"


def _most_written(name: str) -> str:
    """Return a query by name of how records that say a person's name write it."""
    written = f"{name}_written"
    mixed = f"r.{written} <> upper(r.{written}) and r.{written} <> lower(r.{written})"
    return f"""
        {written} as (
            select person_id, {written} from (
                select r.person_id, r.{written}, row_number() over (
                    partition by r.person_id
                    order by case when {mixed} then 0 else 1 end,
                        count(*) desc, {_newest("r.row")}, r.{written}) as place
                from linked_records r
                join {name} on {name}.person_id = r.person_id and {name}.{name} = r.{name}
                where r.{written} is not null
                group by r.person_id, r.{written})
            where place = 1)
        """


def _say_where(backend: Backend, as_at: date) -> None:
    # A row for a home somebody left is as new as the row for the home they live in, where an agency sends all
    # it ever knew in one extract; it may be the home of somebody they fled.
    backend.create(
        "current_addresses",
        f"""
        with departures as (
            select person_id, place,
                max(address_until) filter (where address_until < {_day(as_at)}) as left_on,
                max(row_as_at) filter (where address_until_unread) as left_by
            from linked_records
            where place is not null and (address_until < {_day(as_at)} or address_until_unread)
            group by person_id, place),
        still as (
            select r.*,
                d.left_by is not null and (r.row_undated or r.row_as_at < d.left_by) as perhaps_left,
                count(*) over (partition by r.person_id,
                coalesce(r.place, case when r.homeless then 'nowhere' else r.postcode end)) as said
            from linked_records r
            left join departures d on d.person_id = r.person_id and d.place = r.place
            where r.person_id is not null and (r.place is not null or r.homeless or r.postcode is not null)
                and (r.address_until is null or r.address_until >= {_day(as_at)})
                and not r.address_until_unread
                and (d.left_on is null or (r.row_as_at > d.left_on and not r.row_undated)))
        select person_id, uprn, address, postcode, place from (
            select *, row_number() over (
                partition by person_id
                order by row_as_at <= {_day(as_at)} desc, perhaps_left, row_undated, row_as_at desc,
                    place is null and not homeless, said desc, uprn is null, source, record_id
            ) as newest
            from still)
        where newest = 1
        """,
    )


def _gather_households(backend: Backend, as_at: date, largest: int) -> None:
    born = "i.date_of_birth"
    birthday_to_come = (
        f"extract(month from {born}) * 100 + extract(day from {born}) > {as_at.month * 100 + as_at.day}"
    )
    age = f"({as_at.year} - extract(year from {born}) - case when {birthday_to_come} then 1 else 0 end)"
    backend.create(
        "homes",
        f"""
        select i.person_id, i.forename, i.surname, i.date_of_birth, i.sex,
            i.forename_written, i.surname_written, a.uprn, a.address, a.postcode, a.place,
            cast(case when {age} between 0 and {OLDEST} then {age} end as integer) as age
        from identities i left join current_addresses a on a.person_id = i.person_id
        """,
    )
    backend.create(
        "households",
        f"""
        select concat('household-', min(person_id)) as household_id, place, min(uprn) as uprn,
            min(address) as address, min(postcode) as postcode
        from homes where place is not null
        group by place having count(*) <= {largest}
        """,
    )
    backend.create(
        "people",
        """
        select p.person_id, p.forename, p.surname, p.date_of_birth, p.sex, p.uprn, p.address, p.postcode,
            h.household_id, p.age, p.forename_written, p.surname_written
        from homes p left join households h on h.place = p.place
        """,
    )


def _day(day: date) -> str:
    return f"cast('{day.isoformat()}' as date)"
