"""The agreements about sharing that Riverside's area pack refers to, as its governance lead entered them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

WHOLE = ("ordinary", "special", "criminal")
AGREEMENTS: tuple[dict[str, Any], ...] = (
    {
        "reference": "ISA-RIV-007",
        "title": "Helping families early, and adults at risk of serious harm",
        "owner": "Head of Adult Safeguarding",
        "parties": ("riverside_council", "riverside_homes", "valley_police", "been_there"),
        "purposes": ("early_help", "multi_agency"),
        "kinds": WHOLE,
        "extent": "content",
        "signed": date(2025, 5, 19),
        "begins": date(2025, 6, 1),
        "ends": date(2027, 5, 31),
        "review": date(2027, 5, 31),
    },
    {
        "reference": "ISA-RIV-009",
        "title": "Who lives in a cold or damp home",
        "owner": "Director of Public Health",
        "parties": ("riverside_council", "riverside_homes"),
        "purposes": ("cold_homes",),
        "kinds": ("ordinary", "special"),
        "extent": "existence",
        "signed": date(2025, 3, 17),
        "begins": date(2025, 4, 1),
        "ends": date(2027, 3, 31),
        "review": date(2027, 3, 31),
    },
)


def make_agreements(*, keeper: Any, organisations: Mapping[str, Any], at: datetime) -> dict[str, UUID]:
    """Enter them by commands; return their ids by reference.

    Args:
        keeper: the actor who keeps agreements.
        organisations: those of the partnership, by code.
        at: when.
    """
    from alongside.casework.sharing.commands.agreements import sign_agreement
    from alongside.casework.sharing.rules.agreements import Extent, Terms
    from alongside.casework.sharing.rules.basis import DataClass

    return {
        each["reference"]: sign_agreement(
            actor=keeper,
            at=at,
            reference=each["reference"],
            title=each["title"],
            owner=each["owner"],
            terms=Terms(
                **{name: each[name] for name in ("signed", "begins", "ends", "review")},
                parties=frozenset(str(organisations[code].id) for code in each["parties"]),
                purposes=frozenset(each["purposes"]),
                kinds=frozenset(map(DataClass, each["kinds"])),
                extent=Extent(each["extent"]),
            ),
        ).id
        for each in AGREEMENTS
    }
