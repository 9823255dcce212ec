"""Records that say exactly the same of a person become one node before anything is compared.

An event extract names one person forty times in one way: comparing those rows with each other is work that
can only give one answer. Rows become one node only where what they agree on could hardly be two people's: a
whole name, a date of birth, and something more. A source that keeps each person once keeps its rows apart.
"""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from alongside.area.models import Source
from alongside.insight.backends import Backend
from alongside.insight.cleaning.name_forms import name_forms

FIXED = ("forename", "surname", "birth_digits", "birth_year", "sex", "uprn", "postcode", "address", "phone", "email")
MANY_NAMES = 6
"""So many surnames at one address make it a building where many live: sharing it says less."""


def compared_columns(backend: Backend) -> list[str]:
    """The identity columns of ``records`` that hold anything: the fixed ones, then ``id_*`` and ``other_*``."""
    names = backend.arrow("select * from records limit 0").schema.names
    wanted = [name for name in names if name in FIXED or name.startswith(("id_", "other_"))]
    if not wanted:
        return []
    counts = backend.arrow("select " + ", ".join(f"count({name}) as {name}" for name in wanted) + " from records").to_pylist()[0]
    return [name for name in wanted if counts[name]]


def make_nodes(backend: Backend, sources: Mapping[str, Source], columns: list[str], *, key: bytes, alone: pa.Table) -> None:
    """Make ``nodes`` (one row per distinct identity, ``node_id`` from 0) and ``node_records`` (its records).

    A node's ``fingerprint`` is a keyed hash of what its records say: the same in the next run if they say the same.
    Records that name nobody are in neither table: no forename, surname or identifier.

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
    said = ", ".join(f"coalesce(cast({name} as varchar), '')" for name in [*columns, "array_to_string(name_parts, ' ')"])
    once = [f"'{code}'" for code, source in sources.items() if source.one_record_per_person]
    # the second row of one person's in a source that promises to have none is somebody else
    copy = f"case when source in ({', '.join(once)}) then row_number() over (partition by source, said order by record_id) else 1 end" if once else "1"
    backend.register("alone", alone)
    backend.create(
        "record_content",
        f"""select source, record_id, case when enough and not told_apart then concat(said, '|', cast({copy} as varchar)) else concat(said, '|', source, '|', record_id) end as content
        from (select r.source, r.record_id, concat_ws('|', {said}) as said, {enough} as enough, a.record_id is not null as told_apart
              from records r left join alone a on a.source = r.source and a.record_id = r.record_id
              where {_any_filled(["forename", "surname", *identifiers])})""",
    )
    backend.create(
        "node_first",
        f"""select content, left(sha256(concat('{key.hex()}', content)), 24) as fingerprint, min(concat(source, '|', record_id)) as first_record,
        row_number() over (order by min(concat(source, '|', record_id))) - 1 as node_id from record_content group by content""",
    )
    backend.create(
        "node_records",
        """select source, record_id, cast(node_id as integer) as node_id, fingerprint, concat(source, '|', record_id) = first_record as speaks
        from record_content join node_first using (content)""",
    )
    backend.drop("record_content", "node_first")
    _enrich(backend, columns)


def _any_filled(names: Sequence[str]) -> str:
    """SQL that at least one of the columns is known."""
    return " or ".join(f"{name} is not null" for name in names) or "false"


def _enrich(backend: Backend, columns: list[str]) -> None:
    """Give every node what comparing and blocking need: sounds, roots, keys of address, and how common its values are."""
    backend.create("node_identity", "select n.node_id, n.fingerprint, r.* from node_records n join records r on r.source = n.source and r.record_id = n.record_id where n.speaks")
    names = backend.arrow("select distinct forename as name from node_identity where forename is not null union select distinct surname from node_identity where surname is not null")
    backend.register("name_forms", name_forms(names.column("name").to_pylist()))
    address = "regexp_extract_all(address, '[0-9]+')"
    street = "regexp_extract(regexp_replace(address, '(^| )(flat|apartment|apt|unit|room|the|no|number|[a-z]{1,2})( |$)', ' ', 'g'), '[a-z]{3,}', 0)"
    address_key = f"case when address is not null then nullif(concat(array_to_string({address}, ' '), ' ', {street}), ' ') end"
    district = "case when length(postcode) >= 5 then left(postcode, length(postcode) - 3) else left(postcode, 2) end"
    backend.create(
        "node_keys",
        f"""select i.*, f.sound as forename_sound, f.longer as forename_longer, s.sound as surname_sound, {address_key} as address_key, {district} as postcode_district
        from node_identity i left join name_forms f on f.name = i.forename left join name_forms s on s.name = i.surname""",
    )
    home = "coalesce(uprn, concat(postcode, ' ', address_key))"
    shared = [name for name in columns if name in ("forename", "surname") or name.startswith("other_")]
    joins = "\n".join(
        f"left join (select {name} as v, count(*) * 1.0 / sum(count(*)) over () as share from node_keys where {name} is not null group by {name}) t_{name} on t_{name}.v = k.{name}"
        for name in shared
    )
    backend.create(
        "nodes",
        f"""select k.*, coalesce(h.names, 0) >= {MANY_NAMES} as crowded{"".join(f", t_{name}.share as {name}_share" for name in shared)}
        from node_keys k left join (select {home} as home, count(distinct surname_sound) as names from node_keys where {home} is not null group by {home}) h on h.home = {home.replace("uprn", "k.uprn").replace("postcode", "k.postcode").replace("address_key", "k.address_key")}
        {joins} order by k.node_id""",
    )
    backend.drop("node_identity", "node_keys")
