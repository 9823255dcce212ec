"""Who has looked at a person's record: by day and organisation, with the role, and never with a name.

People are told when, why and by which organisation their record was looked at. As a rule they are entitled to
know that, but not which member of staff it was (Court of Justice C-579/21, which the Information
Commissioner's guidance follows). The names are in the audit trail for whoever looks into a complaint.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.casework.access.roles import ROLES
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.purposes import ANSWERING, title_of
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.registry import EVENT_TYPES
from alongside.casework.audit.telling import UNSAID, kind_in_words
from alongside.casework.kernel.composed import among, composed_once

LOOKED = "audit.AuditEvent"


@dataclass(frozen=True)
class Looked:
    """What one organisation did with a person's record on one day, by role.

    ``about`` has the ids of what was looked at or changed, where known.
    """

    key: str
    on: date
    organisation: str
    role: str
    did: str
    did_codes: str
    purposes: str
    purpose_codes: str
    about: frozenset[str]


def looks_at_record(records: frozenset[UUID], *, until: datetime) -> list[Looked]:
    """Return, by day, who looked at any of a person's records, up to a moment, oldest first.

    What was done in order to answer requests is left out: otherwise the answer would change each time.
    """
    events = _events(records=list(records), until=until)
    days: dict[tuple[date, str, str], list[tuple[str, UUID | None, str]]] = defaultdict(list)
    about: dict[tuple[date, str, str], set[str]] = defaultdict(set)
    for at, code, actor, organisation, name, purpose, about_id in events:
        by_day = localtime(at).date(), str(organisation or "system"), name
        days[by_day].append((code, actor, purpose))
        about[by_day].add(about_id)
    roles = _roles({actor for done in days.values() for _code, actor, _purpose in done if actor})
    return [
        Looked(
            key=f"{day.isoformat()}.{organisation}",
            on=day,
            organisation=name,
            role=", ".join(sorted({roles[actor] for _code, actor, _purpose in done if actor in roles})),
            did="\n".join(_done(Counter(code for code, _actor, _purpose in done))),
            did_codes=" ".join(sorted(code for code, _actor, _purpose in done)),
            purposes=", ".join(sorted({title_of(purpose) for _code, _actor, purpose in done})),
            purpose_codes=" ".join(sorted({purpose for _code, _actor, purpose in done})),
            about=frozenset(about[day, organisation, name] - {""}),
        )
        for (day, organisation, name), done in days.items()
    ]


@composed_once
def _events(*, records: list[UUID], until: datetime) -> QuerySet[AuditEvent, tuple[Any, ...]]:
    return (
        AuditEvent.objects.filter(among("person_id", records), at__lte=until)
        .exclude(purpose=ANSWERING)
        .order_by("sequence")
        .values_list("at", "code", "actor_id", "organisation_id", "organisation_name", "purpose", "about_id")
    )


def _done(codes: Counter[str]) -> list[str]:
    said = []
    for code, times in sorted(codes.items()):
        words = kind_in_words(code) if code in EVENT_TYPES else code
        plain = words.removeprefix(f"{UNSAID} ")
        said.append(
            plain if times == 1 else _("%(what)s (%(times)s times)") % {"what": plain, "times": times}
        )
    return said


def _roles(accounts: set[UUID]) -> dict[UUID, str]:
    """The roles of each of these members; a job title would often identify one person."""
    held = _held(accounts=list(accounts)) if accounts else []
    return {
        account: ", ".join(ROLES[code].name for code in codes if code in ROLES) for account, codes in held
    }


@composed_once
def _held(*, accounts: list[UUID]) -> QuerySet[Membership, tuple[UUID, list[str]]]:
    return Membership.objects.filter(among("user_id", accounts)).values_list("user_id", "roles")
