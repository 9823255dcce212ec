"""Who keeps which person id from run to run, and what is said of everyone whose id or records changed.

An id is minted once, from a person's first record and the run's key, and never given to anybody else. When
two people turn out to be one, the id with more records stays and the other is told as merged into it; when
one turns out to be two, the larger part keeps the id and the other part gets a new one, told as split from
it.
"""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import pyarrow as pa

from alongside.insight.backends import Backend

_BASE32 = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", dtype=np.uint8)


def mint(key: bytes, records: Sequence[str]) -> list[str]:
    """Return ids for the people first seen in ``records``: P and 13 letters or digits (65 bits, keyed)."""
    said = b"".join([blake2b(record.encode(), key=key, digest_size=9).digest() for record in records])
    digests = np.frombuffer(said, dtype=np.uint8).reshape(-1, 9)
    first = np.ascontiguousarray(digests[:, :8]).view(">u8").ravel().astype(np.uint64)
    ids = np.empty((len(records), 14), dtype=np.uint8)
    ids[:, 0] = ord("P")
    for place in range(12):
        ids[:, 1 + place] = _BASE32[(first >> np.uint64(59 - 5 * place)).astype(np.int64) & 31]
    ids[:, 13] = _BASE32[((first & np.uint64(15)).astype(np.int64) << 1) | (digests[:, 8] >> 7)]
    minted: list[str] = ids.view("S14").ravel().astype("U14").tolist()
    return minted


def _mint_untaken(backend: Backend, key: bytes, records: Sequence[str], *, told: bool) -> list[str]:
    """Ids that nobody has or had: where one is taken, which one in 2**65 is, the next of that record's."""
    minted = mint(key, records)
    taken = _taken(backend, minted) if told else set()
    if not taken and len({*minted}) == len(minted):
        return minted
    for place, record in enumerate(records):
        again = 0
        while minted[place] in taken:
            again += 1
            minted[place] = mint(key, [f"{record}#{again}"])[0]
            taken |= _taken(backend, [minted[place]]) if told else set()
        taken.add(minted[place])
    return minted


def _taken(backend: Backend, minted: Sequence[str]) -> set[str]:
    backend.register("wished", pa.table({"person_id": pa.array(minted, pa.string())}))
    return set(
        backend.arrow("select distinct person_id from links_before join wished using (person_id)")
        .column(0)
        .to_pylist()
    )


def give_ids(backend: Backend, *, key: bytes, told: bool) -> None:
    """Make ``group_person`` and ``identity_events``.

    ``identity_events`` has ``event``, ``person_id``, ``other_person_id`` and ``records`` (how many), in that
    order: ``new``; ``merged``, with the id that has gone and whose records came here; ``moved``, with the
    id that lost records to this one and goes on; ``split``, a new id, with the one its records had; ``gone``,
    none of whose records are in this run.

    Args:
        backend: holds ``members`` (``source record_id group_id first``), where ``first`` is true of the one
            record of each group that comes first by source and record id; ``before``
            (``source record_id person_id``), what an earlier run called these records and those that did not
            come again; and, where there was one, ``links_before``, all that it called anybody.
        key: of the ids.
        told: whether there was an earlier run. If not, everybody is new, and nobody is told as such.
    """
    backend.create(
        "overlap",
        """select m.group_id, b.person_id, count(*) as records,
          min(concat(m.source, '|', m.record_id)) as first_record
        from members m join before b on b.source = m.source and b.record_id = m.record_id
        group by 1, 2""",
    )
    # a person's id goes to the group with most of its records; a group takes the id that brings it most
    backend.create(
        "kept_id",
        """select group_id, person_id from (
             select group_id, person_id,
               row_number() over (partition by group_id order by records desc, person_id) as choice from (
                 select *, row_number() over (
                   partition by person_id order by records desc, first_record) as place
                 from overlap) where place = 1)
           where choice = 1""",
    )
    fresh = backend.arrow(
        """select m.group_id, concat(m.source, '|', m.record_id) as first_record from members m
        left join kept_id k on k.group_id = m.group_id where m.first and k.group_id is null order by 2"""
    )
    minted = _mint_untaken(backend, key, fresh.column("first_record").to_pylist(), told=told)
    backend.register(
        "minted", pa.table({"group_id": fresh.column("group_id"), "person_id": pa.array(minted, pa.string())})
    )
    backend.create(
        "group_person",
        "select group_id, person_id from kept_id union all select group_id, person_id from minted",
    )
    backend.create(
        "identity_events",
        f"""select event, person_id, other_person_id, records from (
          select 'new' as event, p.person_id, cast(null as varchar) as other_person_id, count(*) as records
            from group_person p join members m using (group_id)
            left join (select distinct group_id from overlap) o using (group_id) where o.group_id is null
            group by p.person_id
          union all select case when k.group_id is null then 'split'
              when o.person_id in (select person_id from kept_id) then 'moved' else 'merged' end,
              p.person_id, o.person_id, o.records
            from overlap o join group_person p on p.group_id = o.group_id
            left join kept_id k on k.group_id = o.group_id where o.person_id <> p.person_id
          union all select 'gone', b.person_id, cast(null as varchar), count(*) from before b
            where not exists (select 1 from overlap o where o.person_id = b.person_id) group by b.person_id
        ) where {str(told).lower()} order by event, person_id, other_person_id""",
    )
