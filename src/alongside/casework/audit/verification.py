"""Is the chain of audit events whole? Worked out here, not in the database that is being doubted."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

FIRST = sha256(b"alongside").digest()
ROWS_AT_ONCE = 20_000
_SELECT = (
    "select e.sequence, audit_text(e), e.previous_hash, e.hash from audit_auditevent e order by e.sequence"
)


@dataclass(frozen=True)
class Verified:
    """What was found: how many events, the hash of the last one, and everything wrong, in sentences."""

    events: int
    head: str
    problems: list[str]


def verify_chain(*, most_problems: int = 20) -> Verified:
    """Go through every event in order and tell each that was changed, is missing, was added or moved.

    Reads more than 50,000 events a second on two cores (``make bench``). Nothing is written.

    Args:
        most_problems: stop telling after so many.
    """
    problems: list[str] = []
    expected, last, events = FIRST, 0, 0
    with transaction.atomic():
        for sequence, text, previous, kept in _rows():
            events += 1
            if sequence != last + 1:
                problems.append(f"events {last + 1} to {sequence - 1} are missing")
            elif bytes(previous) != expected:
                problems.append(
                    f"event {sequence} does not follow from event {last}: one of them was replaced"
                )
            if sha256(bytes(previous) + text.encode()).digest() != bytes(kept):
                problems.append(f"event {sequence} was changed after it was recorded")
            expected, last = bytes(kept), sequence
            if len(problems) >= most_problems:
                break
        with connection.cursor() as cursor:
            cursor.execute("select sequence, hash from audit_audithead")
            heads: list[Any] = cursor.fetchall()
    if not problems and heads != [(last, expected)]:
        said = heads[0][0] if len(heads) == 1 else "no"
        problems.append(
            f"the chain ends at event {last}, and its head says event {said}: the end was cut off"
        )
    return Verified(events, expected.hex(), problems)


def _rows() -> Iterator[tuple[int, str, bytes, bytes]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_SELECT)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows
