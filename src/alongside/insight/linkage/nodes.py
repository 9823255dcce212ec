"""Records that say exactly the same about a person become one node before anything is compared.

An event extract names one person forty times in one way: comparing those rows with each other is work that
can only give one answer. Rows become one node only where what they agree on could hardly be two people's: a
whole name, a date of birth, and something more. A source that keeps each person once keeps its rows apart.
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence

import pyarrow as pa

from alongside.area.models import Source
from alongside.insight.backends import Backend
from alongside.insight.cleaning.name_forms import name_forms

FIXED = (
    "forename",
    "surname",
    "birth_digits",
    "birth_year",
    "sex",
    "uprn",
    "postcode",
    "address",
    "phone",
    "email",
)
DIGITS = 24
"""Hexadecimal digits of a fingerprint: 96 bits, so that two of a million contents have one once in 10**17."""
MANY_NAMES = 6
"""This many surnames at one address make it a building where many live: sharing it says less."""
HOME = "coalesce(uprn, postcode || ' ' || address_key)"
"""Which building a node's home is in, where that is known."""


def compared_columns(backend: Backend) -> list[str]:
    """The identity columns of ``records`` that hold anything: fixed ones, then ``id_*`` and ``other_*``."""
    names = backend.arrow("select * from records limit 0").schema.names
    wanted = [name for name in names if name in FIXED or name.startswith(("id_", "other_"))]
    if not wanted:
        return []
    counts = backend.arrow(
        "select " + ", ".join(f"count({name}) as {name}" for name in wanted) + " from records"
    ).to_pylist()[0]
    return [name for name in wanted if counts[name]]


def make_nodes(
    backend: Backend, sources: Mapping[str, Source], columns: list[str], *, key: bytes, alone: pa.Table
) -> None:
    """Make ``nodes`` (one row per distinct identity, ``node_id`` from 0) and ``node_records`` (its records).

    ``compared_nodes`` is ``nodes`` with how common its values are; ``share_values`` makes it.

    A node's ``fingerprint`` is a keyed hash of what its records say: the same in the next run if they say the
    same. Records that name nobody are in neither table: no forename, surname or identifier.

    Args:
        backend: holds ``records``.
        sources: the pack's sources; one that keeps each person once keeps its rows apart.
        columns: what ``compared_columns`` found.
        key: the run's key.
        alone: ``source record_id`` of records that a clerk has told apart: each is a node of its own.
    """
    identifiers = [column for column in columns if column.startswith("id_")]
    whole = ("forename", "surname", "birth_digits")
    further = [name for name in ("uprn", "postcode", "phone", "email", *identifiers) if name in columns]
    enough = " and ".join(f"{name} is not null" for name in whole) + f" and ({_any_filled(further)})"
    said = ", ".join(
        f"coalesce(cast({name} as varchar), '')" for name in [*columns, "array_to_string(name_parts, ' ')"]
    )
    once = [f"'{code}'" for code, source in sources.items() if source.one_record_per_person]
    # a second row for one person, in a source that promises to have none, is somebody else
    copy = (
        f"case when source in ({', '.join(once)}) then row_number() over (partition by source, said order by "
        "record_id) else 1 end"
        if once
        else "1"
    )
    backend.register("alone", alone)
    told_apart = "a.record_id is not null" if alone.num_rows else "false"
    with_alone = (
        "left join alone a on a.source = r.source and a.record_id = r.record_id" if alone.num_rows else ""
    )
    # a digest is grouped and joined several times faster than what it is a digest of
    backend.create(
        "record_content",
        f"""select source, record_id, record, left(sha256(concat('{_short(key)}', said, '|',
            case when enough and not told_apart then cast({copy} as varchar) else record end)),
            {DIGITS}) as fingerprint
        from (select r.source, r.record_id, concat(r.source, '|', r.record_id) as record,
                concat_ws('|', {said}) as said, {enough} as enough, {told_apart} as told_apart
              from records r {with_alone}
              where {names_somebody(columns)})""",
    )
    backend.create(
        "node_first",
        "select fingerprint, min(record) as first_record from record_content group by 1",
    )
    backend.create(
        "node_records",
        """select source, record_id, node_id, fingerprint, record = first_record as speaks
        from record_content join (
          select fingerprint, first_record,
            cast(row_number() over (order by first_record) - 1 as integer) as node_id from node_first
        ) using (fingerprint)""",
    )
    backend.drop("record_content", "node_first")
    _enrich(backend, columns)


def _short(key: bytes) -> str:
    """A key for fingerprints alone, of 128 bits: with a digest behind it, it is one block for SHA-256."""
    return b64encode(hmac.digest(key, b"fingerprints", "sha256")[:16]).decode().rstrip("=")


def names_somebody(columns: Sequence[str]) -> str:
    """SQL that a record names a person: it has a forename, a surname or an identifier."""
    return _any_filled(["forename", "surname", *(name for name in columns if name.startswith("id_"))])


def _any_filled(names: Sequence[str]) -> str:
    """SQL that at least one of the columns is known."""
    return " or ".join(f"{name} is not null" for name in names) or "false"


def _enrich(backend: Backend, columns: list[str]) -> None:
    """Give every node what comparing and blocking need: sounds, address keys, shares of values."""
    names = backend.arrow(
        "select forename as name from records where forename is not null "
        "union select surname from records where surname is not null"
    )
    backend.register("name_forms", _numbered(name_forms(names.column("name").to_pylist())))
    numbers = "regexp_extract_all(address, '[0-9]+')"
    part_of_a_house = "(^| )(flat|apartment|apt|unit|room|the|no|number|[a-z]{1,2})( |$)"
    street = f"regexp_extract(regexp_replace(address, '{part_of_a_house}', ' ', 'g'), '[a-z]{{3,}}', 0)"
    address_key = (
        "case when address is not null "
        f"then nullif(concat(array_to_string({numbers}, ' '), ' ', {street}), ' ') end"
    )
    district = (
        "case when length(postcode) >= 5 then left(postcode, length(postcode) - 3) else left(postcode, 2) end"
    )
    # text: a list makes every pair costlier to compare; most have no names but their forename and surname
    # the list as a whole: where Spark compiles, it takes the second of a list of one as well, and refuses
    no_more = "name_parts = [forename, surname] or name_parts = [surname, forename]"
    more_names = (
        f"case when coalesce({no_more}, false) "
        "then null else concat(' ', array_to_string(name_parts, ' '), ' ') end"
    )
    born = "cast(birth_digits as integer)"
    kept = [*FIXED, *(name for name in columns if name not in FIXED)]
    backend.create(
        "nodes",
        f"""select n.node_id, n.fingerprint, {", ".join(f"r.{name}" for name in kept)},
          {more_names} as more_names,
          f.sound as forename_sound, f.longer as forename_longer, s.sound as surname_sound,
          {born} // 10000 as born_year, {born} // 100 % 100 as born_month, {born} % 100 as born_day,
          {address_key} as address_key, {district} as postcode_district
        from node_records n join records r on r.source = n.source and r.record_id = n.record_id
        left join name_forms f on f.name = r.forename left join name_forms s on s.name = r.surname
        where n.speaks""",
    )


def share_values(backend: Backend, columns: Sequence[str]) -> None:
    """Make what tells how common the values of ``nodes`` are, and which homes are crowded.

    ``columns`` are what ``compared_columns`` found.
    """
    backend.create(
        "crowded_homes",
        f"""select {HOME} as home from nodes where {HOME} is not null
        group by 1 having count(distinct surname_sound) >= {MANY_NAMES}""",
    )
    for name in _shared(columns):
        backend.create(
            f"{name}_shares",
            f"""select {name} as value,
              cast(count(*) as double) / (select count({name}) from nodes) as share
            from nodes where {name} is not null group by {name}""",
        )


def make_compared_nodes(backend: Backend, columns: Sequence[str], *, of_pairs: str | None = None) -> None:
    """Make ``compared_nodes``: ``nodes`` and all else that comparing them needs, after ``share_values``.

    Args:
        backend: holds ``nodes``.
        columns: what ``compared_columns`` found.
        of_pairs: a table ``l r`` of the only pairs to be compared.
    """
    concerned = f"where node_id in (select l from {of_pairs} union select r from {of_pairs})"
    shared = _shared(columns)
    shares = "".join(f", {name}_shares.share as {name}_share" for name in shared)
    joins = " ".join(f"left join {name}_shares on {name}_shares.value = k.{name}" for name in shared)
    backend.create(
        "compared_nodes",
        f"""select k.*, substr(postcode, length(postcode_district) + 1) as postcode_inward,
          h.home is not null as crowded{shares}
        from (select * from nodes {concerned if of_pairs else ""}) k
        left join crowded_homes h on h.home = {HOME} {joins}""",
    )
    if not of_pairs:  # twice the same would take twice the memory
        backend.drop("nodes")
        backend.define("nodes", "select * from compared_nodes")


def _shared(columns: Sequence[str]) -> list[str]:
    """The columns of which it counts how common a value is."""
    return [name for name in columns if name in ("forename", "surname") or name.startswith("other_")]


def _numbered(forms: pa.Table) -> pa.Table:
    """The forms of names with a number for each sound: sounds are only ever asked to be the same."""
    sounds = forms.column("sound").to_pylist()
    number = {sound: place for place, sound in enumerate(dict.fromkeys(sounds))}
    numbers = pa.array([number[sound] for sound in sounds], pa.int32())
    return forms.set_column(forms.schema.get_field_index("sound"), "sound", numbers)
