"""Is the chain of audit events complete? Worked out here, not in the database that is being checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection, transaction

FIRST = sha256(b"alongside").digest()
ROWS_AT_ONCE = 20_000
BEFORE_ALL = -(2**63)
"""Below every number that an event can have: one that was put before the first is read too."""
# the text is put together from the columns as the trigger did, not by the database's own function:
# anybody who can change an event could change that function too
_SELECT = """select sequence, concat_ws(E'\\x1f', sequence,
    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), code,
    coalesce(actor_id::text, ''), actor_name, coalesce(organisation_id::text, ''), organisation_name,
    purpose, coalesce(person_id::text, ''), about_kind, about_id, details::text, request_id),
    previous_hash, hash
  from audit_auditevent where sequence > %s order by sequence"""


@dataclass(frozen=True)
class Verified:
    """The result: how many events, the hash of the last one, and everything wrong, in sentences."""

    events: int
    head: str
    problems: list[str]


def verify_chain(*, most_problems: int = 20, anchored: Mapping[int, str] | None = None) -> Verified:
    """Go through every event in order and report each that was changed, is missing, was added or was moved.

    Reads more than 50,000 events a second on two cores (``make bench``). Nothing is written.

    Args:
        most_problems: stop after this many.
        anchored: number to hash of events that once existed, kept out of reach of anybody with access to the
            database. Without it, an end that was cut off together with the head is not found.
    """
    problems: list[str] = []
    anchored = anchored or {}
    expected, last, events, after = FIRST, 0, 0, BEFORE_ALL
    with transaction.atomic():
        while True:
            begun_after = after
            for sequence, text, previous, kept in _rows(after):
                events += 1
                if sequence <= last:
                    problems.append(f"event {sequence} was added before the first")
                    break
                if sequence != last + 1:
                    problems.append(f"events {last + 1} to {sequence - 1} are missing")
                elif bytes(previous) != expected:
                    problems.append(
                        f"event {sequence} does not follow from event {last}: one of them was replaced"
                    )
                if sha256(bytes(previous) + text.encode()).digest() != bytes(kept):
                    problems.append(f"event {sequence} was changed after it was recorded")
                if sequence in anchored and bytes(kept).hex() != anchored[sequence]:
                    problems.append(f"event {sequence} does not match the anchor")
                expected, last, after = bytes(kept), sequence, sequence
                if len(problems) >= most_problems:
                    break
            heads = _heads()
            # others go on recording meanwhile: it is only cut off if there is nothing more to read
            if problems or heads == [(last, expected)] or after == begun_after:
                break
    if not problems and heads != [(last, expected)]:
        said = heads[0][0] if len(heads) == 1 else "no"
        problems.append(
            f"the chain ends at event {last}, but its head says event {said}: the end was cut off"
        )
    if not problems and (latest := max(anchored, default=0)) > last:
        problems.append(
            f"the chain ends at event {last}, but the anchor lists event {latest}: the end was cut off"
        )
    return Verified(events, expected.hex(), problems)


def _rows(after: int) -> Iterator[tuple[int, str, bytes, bytes]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_SELECT, [after])
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


def _heads() -> list[tuple[int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute("select sequence, hash from audit_audithead")
        return [(sequence, bytes(kept)) for sequence, kept in cursor.fetchall()]
