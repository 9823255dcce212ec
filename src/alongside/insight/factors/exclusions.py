"""Whom lists leave out where an extract that says so was not read: said, and known from the run before.

What is not known leaves nobody out (ADR 0005). But who had died last week has not come back because the
register of deaths has not come.
"""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from alongside.area.built_in import STANDARD_EXCLUSIONS
from alongside.area.words import in_words
from alongside.insight.backends import Backend
from alongside.insight.factors.catalogue import Pack, catalogue
from alongside.insight.intake import Intake, asks_for_objections

_WORDS = {
    "deceased": "Has died",
    "objected": "Objected to this use of their data",
    "protected_address": "Lives at a protected address",
}
Unread = dict[str, tuple[str, ...]]
"""Factor that a policy excludes to the sources it rests on of which nothing was read."""


def unread_exclusions(pack: Pack, intake: Intake) -> Unread:
    """Return what leaves out too few people, because a source it rests on was not read.

    Alongside's own file of who objects is not there until somebody does.
    """
    factors = catalogue(pack)
    excluded = {code for policy in pack.policies.values() for code in policy.excludes}
    silent = [
        code
        for code, found in intake.sources.items()
        if found.status != "read"
        and not (found.status == "missing" and asks_for_objections(pack.sources[code].files))
    ]
    found = {
        code: tuple(source for source in silent if source in factors[code].sources)
        for code in sorted(excluded)
        if not factors[code].retired
    }
    return {code: sources for code, sources in found.items() if sources}


def exclusion_in_words(pack: Pack, code: str) -> str:
    """Say why somebody is left out."""
    factor = catalogue(pack).get(code)
    return _WORDS.get(code) or (factor.title if factor else in_words(code))


def unread_in_words(pack: Pack, intake: Intake, *, before: date | None) -> list[str]:
    """Say of each source that was not read whom it left in, and what that means.

    Args:
        pack: The area pack.
        intake: What became of each extract.
        before: The day of the run before, if there was one.
    """
    unread = unread_exclusions(pack, intake)
    said = []
    for source, found in intake.sources.items():
        codes = [code for code, sources in unread.items() if source in sources]
        if not codes:
            continue
        known = (
            "There is no run before it to know them from."
            if before is None
            else f"Whoever the run before, of {before:%-d %B %Y}, knew this of is left out as they were."
            if set(codes) <= set(STANDARD_EXCLUSIONS)
            else "Only who has died, objected or lives at a protected address is known from the run before, "
            f"of {before:%-d %B %Y}."
        )
        words = "; ".join(exclusion_in_words(pack, code) for code in codes)
        said.append(
            f"{pack.sources[source].title} was not used ({found.status}), so it left nobody out of the "
            f"lists: {words}. {known}"
        )
    return said


def known_before(backend: Backend, before: Path, codes: Collection[str]) -> tuple[str, ...]:
    """Make ``known_before``: ``person_id`` and, where the run before knew that it holds, each of ``codes``.

    Whose records were joined to somebody's since, or taken from them, may still be them: that is believed,
    rather than that somebody who was left out may be listed.

    Args:
        backend: Holds ``identity_events`` and ``numbered_people``.
        before: The facts of the run before, ``factors.parquet``.
        codes: Factors.

    Returns:
        Those of ``codes`` that died, objected or hide and that the run before worked out at all.
    """
    schema = pq.read_schema(before)
    told = tuple(
        code
        for code in STANDARD_EXCLUSIONS
        if code in codes and code in schema.names and pa.types.is_boolean(schema.field(code).type)
    )
    if told:
        backend.read_parquet("factors_before", before)
        held = ", ".join(f'bool_or(b."{code}") as "{code}"' for code in told)
        backend.create(
            "known_before",
            f"""
            select n.person_id, {held}
            from (
                select person_id, person_id as was from numbered_people
                union all
                select person_id, other_person_id from identity_events where event in ('merged', 'split')) n
            join factors_before b on b.person_id = n.was
            group by n.person_id
            """,
        )
    return told
