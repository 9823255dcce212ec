"""What people of the named universe were offered and what they replied, written down by commands.

Bee is offered things by three agencies, each of which hears its own "no"; Stan cannot get to what he would
accept; Amina is not offered something because of what somebody thinks about where she stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Seed:
    """An offer, some days ago, and what came of it: each reply with who heard it and when."""

    code: str
    by: str
    to: str
    days_ago: int
    offer: dict[str, Any]
    replies: tuple[tuple[str, int, dict[str, Any]], ...] = ()


SEEDS = (
    Seed(
        "clearing", "Tom Reilly", "Bee", 75,
        {
            "kind": "home_safety", "what": "A firm that clears the flat in a day; Riverside Homes pays",
            "explained": ("in_writing",), "understood": "not_known",
        },
        (
            (
                "Tom Reilly", 61,
                {
                    "answer": "declined", "own_words": "They want my patterns in a skip. Over my dead body.",
                    "put_off": ("fear", "past", "not_asked_for"),
                    "next_step": "Ask Dee whether one shelf at a time would do", "next_by": "Tom Reilly",
                    "next_days": 30,
                },
            ),
        ),
    ),
    Seed(
        "home care", "Asha Patel", "Bee", 44,
        {
            "kind": "care", "what": "Home care, half an hour every morning at eight, from an agency",
            "explained": ("in_person", "in_writing"), "understood": "yes",
            "understood_how": "She told Dee about it the same afternoon, with the price.",
        },
        (
            (
                "Asha Patel", 30,
                {
                    "answer": "declined", "own_words": "A key to my own door, not a rota.",
                    "put_off": ("time", "trust"), "instead": "Somebody from Been There, on Thursdays",
                    "next_step": "Offer it again at eleven, with one name and no agency",
                    "next_by": "Asha Patel", "next_days": 21,
                },
            ),
        ),
    ),
    Seed(
        "assessment", "Asha Patel", "Bee", 30,
        {
            "kind": "needs_assessment", "what": "An assessment of what she needs, at her own table",
            "explained": ("in_person", "with_somebody"), "understood": "yes",
            "understood_how": "She said: you want to know whether I can stay.",
        },
        (
            (
                "Asha Patel", 30,
                {
                    "answer": "declined", "own_words": "You will write down that I cannot go home. No.",
                    "put_off": ("fear", "past"), "lacks_capacity": "no", "at_risk": "yes",
                    "decided_by": "Asha Patel, with the safeguarding lead", "revisit_days": 40,
                    "next_step": "Do it in parts, with Dee there, beginning with the stairs",
                    "next_by": "Asha Patel", "next_days": 45,
                },
            ),
        ),
    ),
    Seed(
        "thursdays", "Dee Marsh", "Bee", 60,
        {
            "kind": "company", "what": "Somebody who comes on Thursdays and sorts one shelf with her",
            "explained": ("in_person",), "understood": "yes", "understood_how": "She chose the shelf.",
            "instead_of": "clearing",
        },
        (
            ("Dee Marsh", 60, {"answer": "not_yet", "own_words": "Ask me when the cat is settled."}),
            ("Dee Marsh", 45, {"answer": "accepted", "own_words": "Thursday. And do not be early."}),
        ),
    ),
    Seed(
        "rent account", "Tom Reilly", "Stan", 40,
        {
            "kind": "money_food", "what": "An appointment about the rent account, in town",
            "explained": ("telephone",), "explained_words": "In English: no Polish speaker was there.",
            "understood": "partly", "understood_how": "He asked twice whether he has to move out.",
        },
        (
            (
                "Tom Reilly", 33,
                {
                    "answer": "not_accessible",
                    "own_words": "Two buses, and then a machine asks me for a number. Maria did that.",
                    "not_accessible_why": "Nobody there speaks Polish, and the bus takes two hours.",
                    "next_step": "Go to him, after six, with a Polish speaker", "next_by": "Tom Reilly",
                    "next_days": 40,
                },
            ),
        ),
    ),
)  # fmt: skip
GAPS: tuple[tuple[str, str, str, int, dict[str, Any]], ...] = (
    (
        "lunch club", "Asha Patel", "Bee", 26,
        {
            "kind": "company", "what": "The lunch club at the Mill", "why": "would_decline",
            "words": "She says no to most things. Nobody has asked her.", "thought_by": "The duty team",
        },
    ),
    (
        "visit", "Joan Adeyemi", "Amina", 8,
        {
            "kind": "housing", "what": "A visit where she stays, to look at what she could keep",
            "why": "risk_to_staff", "words": "The flat is her cousin's, and there was a fight there in 2024.",
        },
    ),
)  # fmt: skip


def make_offers(
    *, actors: Mapping[str, Any], people: Mapping[str, UUID], at: datetime
) -> tuple[dict[str, UUID], dict[str, UUID]]:
    """Record them; return ids of offers, and of what was not offered, by what they are called here."""
    from alongside.casework.offers.commands.not_offering import record_not_offered
    from alongside.casework.offers.rules.not_offered import NotOfferedWhy
    from alongside.casework.offers.rules.offering import Kind

    offers: dict[str, UUID] = {}
    for seed in SEEDS:
        offers[seed.code] = _made(seed, actors, people[seed.to], offers, at=at)
    not_offered = {
        code: record_not_offered(
            actor=actors[by], at=at, person_id=people[to], decided_on=_ago(at, days_ago),
            **gap | {"kind": Kind(gap["kind"]), "why": NotOfferedWhy(gap["why"])},
        ).id
        for code, by, to, days_ago, gap in GAPS
    }  # fmt: skip
    return offers, not_offered


def make_offers_of_list(*, by: Any, purposes: Mapping[UUID, str], at: datetime) -> int:
    """Make a worker's offers to people over past months; return how many offers.

    They give the report on who is offered help something to show.

    Args:
        by: the worker.
        purposes: the purpose for which each of the people was released to their organisation.
        at: when it is written down.
    """
    made = 0
    for (number, person), (what, kind, answer) in zip(enumerate(purposes), cycle(_OFFERED), strict=False):
        declined = answer == "declined"
        seed = Seed(
            "", by.name, "", 35 + 9 * (number % 30),
            {
                "kind": kind, "what": what, "explained": ("telephone",), "understood": "yes",
                "understood_how": "They asked what it would mean for them.",
            },
            () if not answer else (
                (
                    by.name, 34 + 9 * (number % 30),
                    {"answer": answer}
                    | ({
                        "own_words": "Not now, thank you.", "put_off": ("time",),
                        "next_step": "Ring again after the holidays", "next_by": by.name, "next_days": 400,
                    } if declined else {}),
                ),
            ),
        )  # fmt: skip
        _made(seed, {by.name: by.working_for(purposes[person])}, person, {}, at=at)
        made += 1
    return made


_OFFERED = (
    ("A benefits check", "money_food", "accepted"),
    ("A visit from the fire service", "home_safety", "declined"),
    ("A talk with a housing officer", "housing", "accepted"),
    ("An appointment at the surgery", "health", "declined"),
    ("The walking group", "company", ""),
)


def _made(
    seed: Seed, actors: Mapping[str, Any], person_id: UUID, offers: Mapping[str, UUID], *, at: datetime
) -> UUID:
    from alongside.casework.offers.commands.offering import record_offer, record_reply
    from alongside.casework.offers.rules.assessment import Known, Refused
    from alongside.casework.offers.rules.offering import (
        Answer,
        Explained,
        Kind,
        Made,
        PutOff,
        Told,
        Understood,
    )

    given = dict(seed.offer)
    offer = record_offer(
        actor=actors[seed.by],
        at=at,
        person_id=person_id,
        made=Made(
            kind=Kind(given.pop("kind")),
            offered_on=_ago(at, seed.days_ago),
            explained=frozenset(map(Explained, given.pop("explained"))),
            understood=Understood(given.pop("understood")),
            instead_of_id=offers.get(given.pop("instead_of", "")),
            **given,
        ),
    )
    before = None
    for by, days_ago, said in seed.replies:
        on, said = _ago(at, days_ago), dict(said)
        refused = Refused()
        if "at_risk" in said:
            refused = Refused(
                lacks_capacity=Known(said.pop("lacks_capacity")),
                at_risk=Known(said.pop("at_risk")),
                decided_by=said.pop("decided_by"),
                decided_on=on,
                revisit_on=on + timedelta(days=said.pop("revisit_days")),
            )
        next_days = said.pop("next_days", None)
        before = record_reply(
            actor=actors[by],
            at=at,
            person_id=person_id,
            offer_id=offer.id,
            opened_after=before.id if before else None,
            told=Told(
                answer=Answer(said.pop("answer")),
                on=on,
                put_off=frozenset(map(PutOff, said.pop("put_off", ()))),
                next_on=None if next_days is None else on + timedelta(days=next_days),
                refused=refused,
                **said,
            ),
        )
    return offer.id


def _ago(at: datetime, days: int) -> date:
    return (at - timedelta(days=days)).date()
