"""What Riverside's agencies asked each other about people: two wait, one is late, one was refused."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

LONG_AGO = timedelta(days=28)
"""How long before the others the police were asked: what was due then is late now."""


def make_requests(
    *, actors: Mapping[str, Any], organisations: Mapping[str, Any], people: Mapping[str, UUID], at: datetime
) -> dict[str, UUID]:
    """Ask and answer by commands; return the ids of the requests by what they are.

    Args:
        actors: members by name.
        organisations: those of the partnership by code.
        people: ids by name.
        at: when.
    """
    from alongside.casework.sharing.commands.requests import ask_for_information, refuse_request
    from alongside.casework.sharing.rules.basis import DataClass
    from alongside.casework.sharing.rules.requests import Item, Power, Refusal, Urgency, Wish

    def ask(who: str, about: str, of: str, when: datetime, **said: Any) -> UUID:
        usual: dict[str, Any] = {
            "power": None,
            "power_words": "",
            "kinds": frozenset({DataClass.ORDINARY}),
            "person_knows": True,
            "why_not_told": "",
            "urgency": Urgency.ORDINARY,
            "due": None,
        }
        return ask_for_information(
            actor=actors[who],
            at=when,
            person_id=people[about],
            asked_of_id=organisations[of].id,
            wish=Wish(**(usual | said)),
        ).id

    visits = Item(
        what="The dates since June when somebody came for the gas safety check, and what they saw.",
        why="Three visits found nobody. We want to know whether she was in and did not answer.",
        period="June to November 2026",
    )
    calls = Item(
        what="Whether neighbours called about 4 Alder Court, how often, and about what.",
        why="She says somebody upstairs shouts at her. We must know whether she is safe there.",
        period="The last twelve months",
    )
    rent = Item(
        what="Whether a claim for housing costs is open, and since when.",
        why="Without it we would send a notice about arrears that may be nobody's fault.",
        period="Since April 2026",
    )
    secure = "Secure mailbox adult-social-care@example.org, or 01632 960101 before eleven."
    waiting = ask(
        "Asha Patel", "Bee", "riverside_homes", at,
        what_for="Assessing what care and support she may need at home.", power=Power.CARE_ACT_9,
        items=(visits,), how_to_answer=secure,
    )  # fmt: skip
    late = ask(
        "Asha Patel", "Bee", "valley_police", at - LONG_AGO,
        what_for="Finding out whether she is at risk of abuse or neglect, and what would protect her.",
        power=Power.CARE_ACT_7, kinds=frozenset({DataClass.ORDINARY, DataClass.CRIMINAL}), items=(calls,),
        person_knows=False, urgency=Urgency.URGENT, how_to_answer=secure,
        why_not_told="The man upstairs reads her post. We tell her on the next visit, alone.",
    )  # fmt: skip
    refused = ask(
        "Joan Adeyemi", "Amina", "valley_police", at - LONG_AGO,
        what_for="Advising and befriending her as a care leaver.", power=Power.CARE_ACT_7,
        items=(
            Item(
                what="Whether she was reported missing.",
                why="We plan where she can sleep safely, and need to know where she ran from.",
                period="The last two years",
            ),
        ),
        how_to_answer="Telephone Joan Adeyemi, 01632 960103.",
    )  # fmt: skip
    refuse_request(
        actor=actors["Kit Lowe"],
        at=at - LONG_AGO + timedelta(days=3),
        request_id=refused,
        refusal=Refusal.NOT_LAWFUL,
        words="She is an adult, and we found nothing in the letter about needs for care and support.",
    )
    from_landlord = ask(
        "Tom Reilly", "Stan", "riverside_council", at, what_for="His rent has been late since his wife died.",
        items=(rent,), due=date.fromordinal((at + timedelta(days=5)).toordinal()),
        how_to_answer="Telephone Tom Reilly, 01632 960110.",
    )  # fmt: skip
    return {"waiting": waiting, "late": late, "refused": refused, "from_landlord": from_landlord}
