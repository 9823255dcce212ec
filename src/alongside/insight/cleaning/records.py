"""The table ``records``: every accepted record of every source, each identity field through its steps."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from alongside.area.models import AgeAt, Source
from alongside.insight.backends import Backend
from alongside.insight.cleaning import births, steps
from alongside.insight.cleaning.identifiers import is_nhs_number_sql, nhs_number_digits_sql
from alongside.insight.cleaning.spellings import as_written_sql, spellings

Step = Callable[[str], str]

_LETTERS: tuple[Step, ...] = (steps.small_letters, steps.plain_letters)
_WORDS: tuple[Step, ...] = (*_LETTERS, steps.words_only, steps.none_if_no_name)
NAME: tuple[Step, ...] = (*_LETTERS, steps.words_only, steps.without_titles, steps.none_if_no_name)
TEXT: tuple[Step, ...] = (*_LETTERS, steps.letters_and_digits, steps.none_if_empty)
FIELDS: dict[str, tuple[Step, ...]] = {
    "forename": NAME,
    "middle_names": NAME,
    "surname": NAME,
    "full_name": (*_LETTERS,),  # its comma says which end the surname is at, so words are split later
    "former_names": NAME,
    "date_of_birth": (steps.small_letters,),
    "age": (steps.small_letters, steps.age),
    "age_at": (steps.small_letters,),
    "sex": (steps.small_letters, steps.sex_word),
    "uprn": (steps.small_letters, steps.uprn),
    "postcode": (steps.small_letters, steps.postcode),
    "phone": (steps.phone,),
    "email": (steps.small_letters, steps.email),
}
"""What each identity field goes through, in order; the first pass over the text as it was written."""

_NAME_TOKENS = "[a-z]+"
_ONE_WORD_BEFORE_COMMA = "not regexp_matches(trim(regexp_extract(full_name, '^([^,]*),', 1)), ' ')"


def through(text: str, path: Iterable[Step]) -> str:
    """One SQL expression: ``text`` through each step in turn."""
    for step in path:
        text = step(text)
    return text


def identity_columns(source: Source) -> list[str]:
    """The ``raw__`` columns a source's typed extract has, in the order of ARCHITECTURE.md."""
    identity = source.identity
    single = (
        "forename",
        "middle_names",
        "surname",
        "full_name",
        "former_names",
        "date_of_birth",
        "sex",
        "uprn",
        "postcode",
        "phone",
        "email",
    )
    columns = [f"raw__{name}" for name in single if getattr(identity, name)]
    if identity.age is not None:
        columns.append("raw__age")
        if not isinstance(identity.age, str):
            columns.append("raw__age_at")
    lines = [identity.address_lines] if isinstance(identity.address_lines, str) else identity.address_lines
    columns += [f"raw__address_{number}" for number, _ in enumerate(lines, start=1)]
    columns += [f"raw__id__{system}" for system in identity.identifiers]
    columns += [f"raw__other__{name}" for name in identity.others]
    return columns


def clean_records(
    backend: Backend, sources: Mapping[str, Source], typed: Mapping[str, Path], *, as_at: date
) -> None:
    """Make the table ``records`` (columns: ARCHITECTURE.md) from the typed extracts in ``typed``.

    Sources without a typed extract (refused, missing) are left out. Rows are in no particular order.
    """
    read = {code: source for code, source in sources.items() if code in typed}
    systems = sorted({system for source in read.values() for system in source.identity.identifiers})
    others = sorted({name for source in read.values() for name in source.identity.others})
    selects = []
    for code, source in read.items():
        backend.read_parquet(f"typed_{code}", typed[code])
        first = _surnames_first(backend, code) if source.identity.full_name else False
        selects.append(
            _source_sql(code, source, systems=systems, others=others, as_at=as_at, surnames_first=first)
        )
    backend.create("records", "\nunion all\n".join(selects))


def _surnames_first(backend: Backend, code: str) -> bool:
    """Whether a source writes the surname before a comma: most of its names with a comma have one word there.

    "Garcia Lopez, Maria" and "Mary Jones, of Bath" can be told apart only by the other names of the source.
    """
    query = (
        f"select count(case when {_ONE_WORD_BEFORE_COMMA} then 1 end) * 2 > count(*) as first "
        f"from (select trim(raw__full_name) as full_name from typed_{code}) where full_name like '%,%'"
    )
    return bool(backend.arrow(query).column("first")[0].as_py())


def _source_sql(
    code: str, source: Source, *, systems: list[str], others: list[str], as_at: date, surnames_first: bool
) -> str:
    """The records of one source: letters made plain, then parts separated, then one meaning per column."""
    has = set(identity_columns(source))
    age = source.identity.age
    born = births.declared(source, source.identity.date_of_birth)
    dated = births.declared(source, age.at) if isinstance(age, AgeAt) else None

    def first_pass(field: str) -> str:
        return through(f"raw__{field}", FIELDS[field]) if f"raw__{field}" in has else "cast(null as varchar)"

    def as_written(field: str, path: Iterable[Step] = _WORDS) -> str:
        return through(f"raw__{field}", path) if f"raw__{field}" in has else "cast(null as varchar)"

    plain = [f"{first_pass(field)} as {field}" for field in FIELDS]
    plain += [f"{births.read_sql(born)} as born_read", f"{births.read_sql(dated)} as age_at_read"]
    plain += [f"{as_written(name)} as {name}_as_written" for name in ("forename", "surname")]
    plain.append(f"{as_written('phone', (steps.phone_written,))} as phone_written")
    after_forename = (*_LETTERS, steps.words_only, steps.none_if_nobody)
    plain.append(f"{as_written('surname', after_forename)} as surname_after_forename")
    lines = sorted(
        (column for column in has if column.startswith("raw__address_")),
        key=lambda column: int(column.rsplit("_", 1)[1]),
    )
    address = f"concat_ws(' ', {', '.join(lines)})" if lines else "cast(null as varchar)"
    plain.append(f"{through(address, TEXT)} as address")
    for system in systems:
        raw = f"raw__id__{system}"
        plain.append(f"{_identifier(system, raw) if raw in has else 'cast(null as varchar)'} as id_{system}")
    for name in others:
        raw = f"raw__other__{name}"
        plain.append(f"{through(raw, TEXT) if raw in has else 'cast(null as varchar)'} as other_{name}")

    spelt = {
        f"{name}_spelt_{number}": column
        for name, columns in spellings(has).items()
        for number, column in enumerate(columns)
    }
    plain += [f"{sql} as {column}" for column, sql in spelt.items()]

    words = through("full_name", (steps.words_only, steps.without_titles, steps.none_if_no_name))
    before_comma = through(
        "regexp_extract(full_name, '^([^,]*),', 1)",
        (steps.words_only, steps.without_titles, steps.none_if_no_name),
    )
    after_comma = through(
        "regexp_replace(full_name, '^[^,]*,', '')",
        (steps.words_only, steps.without_titles, steps.none_if_no_name),
    )
    surname_first = f"full_name like '%,%'{'' if surnames_first else f' and {_ONE_WORD_BEFORE_COMMA}'}"
    at = f"coalesce(age_at_read, {births.written_digits_sql('age_at', dated, newest_year=as_at.year)})"
    age_year = (
        f"cast(coalesce(left({at}, 4), cast(year(row_as_at) as varchar)) as integer) - cast(age as integer)"
        if "raw__age" in has
        else "null"
    )
    until_unread = '"alongside unread row_address_until"'
    plain += [
        f"{'row_undated' if source.as_at else 'false'} as row_undated",
        f"{until_unread if source.identity.address_until else 'false'} as address_until_unread",
        f"{'row_address_until' if source.identity.address_until else 'cast(null as date)'} as address_until",
    ]
    kept = ", ".join(
        [
            "record_id",
            "row_as_at",
            "row_undated",
            "address_until",
            "address_until_unread",
            "uprn",
            "postcode",
            "phone",
            "phone_written",
            "email",
            "address",
            "sex",
        ]
        + [f"id_{system}" for system in systems]
        + [f"other_{name}" for name in others]
    )
    handed_on = ", ".join([kept, *spelt])
    whole = "full_name" if "raw__full_name" in has else "cast(null as varchar)"
    parts = f"""
      case when {whole} is null then null
        when {surname_first} then {after_comma} else {words} end as given_first,
      case when {whole} is null then null when {surname_first} then {before_comma} end as named_surname,
      forename, middle_names, surname, former_names, forename_as_written, surname_as_written,
      surname_after_forename,
      coalesce(born_read, {births.written_digits_sql("date_of_birth", born, newest_year=as_at.year)})
        as birth_digits,
      coalesce({steps.birth_year("date_of_birth")}, {age_year}) as birth_year_alone"""
    given = steps.none_if_no_name(steps.first_word("given_first"))  # "Baby Khan" names a surname alone
    forename = f"coalesce({steps.first_word('forename')}, {given}, forename_as_written)"
    middle = f"nullif(trim(concat_ws(' ', {steps.after_first_word('forename')}, middle_names)), '')"
    family = (
        f"coalesce({steps.without_spaces('surname')}, "
        f"{steps.none_if_empty(steps.without_spaces('named_surname'))}, "
        f"case when given_first like '% %' then {steps.last_word('given_first')} end, "
        f"{steps.without_spaces('surname_as_written')}, "
        f"case when forename is not null then {steps.without_spaces('surname_after_forename')} end)"
    )
    tokens = (
        "regexp_extract_all(concat_ws(' ', forename, middle_names, given_first, named_surname, surname, "
        f"former_names), '{_NAME_TOKENS}')"
    )
    written = {
        name: as_written_sql([column for column in spelt if column.startswith(f"{name}_")], folded, reads_as)
        for name, folded, reads_as in (
            ("forename", steps.first_word, forename),
            ("surname", steps.without_spaces, family),
        )
    }
    return f"""
    select '{code}' as source, record_id, row_as_at, {forename} as forename, {middle} as middle_names,
      {family} as surname,
      list_sort(list_distinct({tokens})) as name_parts, {_former("former_names")} as former_surnames,
      birth_digits, coalesce(cast(left(birth_digits, 4) as integer), birth_year_alone) as birth_year,
      {_calendar_date("birth_digits")} as date_of_birth,
      {written["forename"]} as forename_written, {written["surname"]} as surname_written,
      {kept.replace("record_id, row_as_at, ", "")}
    from (select {parts}, {handed_on}
      from (select record_id, row_as_at, {", ".join(plain)} from typed_{code}))"""


def _identifier(system: str, raw: str) -> str:
    """An identifier as letters and digits; an NHS number only if it passes its check (reference 4.1)."""
    if system == "nhs_number":
        return f"case when {is_nhs_number_sql(raw)} then {nhs_number_digits_sql(raw)} end"
    return through(raw, (steps.small_letters, steps.reference))


def _former(text: str) -> str:
    """The words of former names, as a list."""
    return f"regexp_extract_all({text}, '{_NAME_TOKENS}')"


def _calendar_date(digits: str) -> str:
    """A date where the digits are a real one, otherwise NULL."""
    return (
        f"try_cast(concat(left({digits}, 4), '-', substr({digits}, 5, 2), '-', right({digits}, 2)) as date)"
    )
