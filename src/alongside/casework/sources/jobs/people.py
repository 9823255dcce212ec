"""People of a run on the tiers that are released: read at that moment, and kept nowhere else."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.area import area_pack
from alongside.casework.sources.commands import releases
from alongside.casework.sources.jobs.runs import known_of_all, opened
from alongside.casework.sources.models import Release
from alongside.casework.sources.queries import receiving
from alongside.casework.sources.queries.receiving import CouldBeGiven
from alongside.casework.sources.rules import Cohort, OpenTo, ReleasedPerson
from alongside.insight.people import name_as_read
from alongside.insight.run_folder import MANIFEST, mark
from alongside.insight.run_folder import Run as RunFolder

_NAMES: tuple[Literal["forename", "surname"], ...] = ("forename", "surname")
_WITHOUT_ITS_0 = re.compile("[1-9][0-9]{8,9}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def cohort_of(folder: str, policy: str, tiers: Sequence[str]) -> Cohort:
    """Read the people of a run on these tiers, for the command that releases them."""
    run = opened(folder)
    protected = known_of_all(run).protected
    return Cohort(
        mark(run.folder / MANIFEST).sha256, _released(run, policy, tiers, protected=protected), protected
    )


def people_of(folder: str, policy: str, tiers: Sequence[str]) -> Iterator[ReleasedPerson]:
    """Yield the people on these tiers in the order of the list: who they are, why, and who holds their case.

    Raises:
        NotFoundError, RunRefusedError: as ``read_run``.
    """
    run = opened(folder)
    yield from _released(run, policy, tiers, protected=known_of_all(run).protected)


def release_cohort(
    *,
    actor: Actor,
    at: datetime,
    run_id: UUID,
    policy: str,
    tiers: list[str],
    organisation_ids: list[UUID],
    reason: str,
    contact_organisation_id: UUID | None = None,
) -> Release:
    """Release people of a run; see the command of that name, which says what is raised."""
    return releases.release_cohort(
        actor=actor,
        at=at,
        pack=area_pack(),
        run_id=run_id,
        policy=policy,
        tiers=tiers,
        organisation_ids=organisation_ids,
        reason=reason,
        read=cohort_of,
        contact_organisation_id=contact_organisation_id,
    )


def who_could_be_given(
    *,
    actor: Actor,
    run_id: UUID,
    policy: str,
    tiers: list[str],
    organisation_ids: list[UUID],
    contact_organisation_id: UUID | None,
) -> CouldBeGiven:
    """Count whom a release could give, before it does; see the query of that name."""
    return receiving.who_could_be_given(
        actor=actor,
        pack=area_pack(),
        run_id=run_id,
        policy=policy,
        tiers=tiers,
        organisation_ids=organisation_ids,
        contact_organisation_id=contact_organisation_id,
        read=cohort_of,
    )


def to_ring(written: str) -> str:
    """Return a telephone number as it was written, with the 0 that a spreadsheet takes off a whole number."""
    number = cleaned(written, 40)
    return f"0{number}" if _WITHOUT_ITS_0.fullmatch(number) else number


def _released(
    run: RunFolder, policy: str, tiers: Sequence[str], *, protected: frozenset[str]
) -> Iterator[ReleasedPerson]:
    table = run.table("cohort.parquet")
    chosen = table.filter(
        pc.and_(
            pc.equal(table["policy"], policy), pc.is_in(table["tier"], pa.array(list(tiers), pa.string()))
        )
    )
    ids = chosen.column("person_id").combine_chunks()
    people = {row["person_id"]: row for row in _rows_of(run, "identity/people.parquet", ids)}
    told = _contact_details(run, ids)
    open_to: dict[str, list[OpenTo]] = {}
    for row in _rows_of(run, "case_index.parquet", ids):
        open_to.setdefault(row["person_id"], []).append(
            OpenTo(row["service"], cleaned(row["worker"] or "", 200))
        )
    for row in chosen.to_pylist():
        person_id = row["person_id"]
        yield ReleasedPerson(
            insight_id=person_id,
            known=_known(people[person_id], told.get(person_id, {}), protected=person_id in protected),
            tier=row["tier"],
            rank=row["rank"],
            reasons=_plain(row["reasons"]),
            unknowns=_plain(row["unknowns"]),
            responses=_plain(row["responses"]),
            route=row["route"] or "",
            route_words=cleaned(row["route_words"] or "", 2_000),
            open_to=tuple(open_to.get(person_id, ())),
        )


def _rows_of(
    run: RunFolder, name: str, ids: pa.Array, columns: list[str] | None = None
) -> list[dict[str, Any]]:
    table = run.table(name, columns=columns)
    rows: list[dict[str, Any]] = table.filter(pc.is_in(table["person_id"], ids)).to_pylist()
    return rows


def _contact_details(run: RunFolder, ids: pa.Array) -> dict[str, dict[str, str]]:
    """Telephone, e-mail and NHS number of each person, from the newest record that has it.

    Its ``phone`` lacks its first digits, so nobody can ring it; an older run has only that, and gives none.
    """
    wanted = {"phone_written": "telephone", "email": "email", "id_nhs_number": "nhs_number"}
    held = _columns(run, "identity/records.parquet")
    columns = [name for name in wanted if name in held]
    rows = _rows_of(run, "identity/records.parquet", ids, ["person_id", "row_as_at", *columns])
    found: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda each: each["row_as_at"] or date.min, reverse=True):
        known = found.setdefault(row["person_id"], {})
        for column in columns:
            if row[column]:
                known.setdefault(wanted[column], row[column])
    return found


def _columns(run: RunFolder, name: str) -> set[str]:
    return set(pq.read_schema(run.path(name)).names)


def _known(person: Mapping[str, Any], told: Mapping[str, str], *, protected: bool) -> dict[str, Any]:
    """What is known of a person, by the columns of their record; their name as agencies write it."""
    forename, surname = (cleaned(name_as_read(person, each), 100) for each in _NAMES)
    email = cleaned(told.get("email", ""), 254)
    try:
        validate_email(email)
    except ValidationError:
        email = ""
    return {
        "known_as": forename or surname or "Name not known",
        "forename": forename,
        "surname": surname,
        "date_of_birth": person["date_of_birth"],
        "nhs_number": cleaned(told.get("nhs_number", ""), 10),
        "telephone": to_ring(told.get("telephone", "")),
        "email": email,
        "address": cleaned((person["address"] or "").title(), 300),
        "postcode": _postcode(person["postcode"] or ""),
        "uprn": cleaned(person["uprn"] or "", 12),
        "address_protected": protected,
    }


def _postcode(postcode: str) -> str:
    together = cleaned(postcode.replace(" ", "").upper(), 9)
    return f"{together[:-3]} {together[-3:]}" if len(together) > 4 else together


def _plain(value: Any) -> Any:
    """Lists and structs in a form that JSON takes."""
    match value:
        case None:
            return []
        case list():
            return [{key: _told(each) for key, each in row.items()} for row in value]
        case _:
            return value


def _told(value: Any) -> Any:
    match value:
        case str():
            return cleaned(value, 2_000)
        case date():
            return value.isoformat()
        case _:
            return value


def cleaned(words: str, longest: int) -> str:
    """Words without characters that no page can show and no table takes; the rest stays as it is."""
    return _CONTROL.sub("", words).strip()[:longest]
