"""Concerns about people in the named universe, and agencies asked to come together around one, by commands.

Several agencies worry a little about Bee, and none knows that the others do. Around Amina they have come
together, and somebody has been asked to lead.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tools.actions import make_actions
from tools.engagement import make_engagement
from tools.family import make_family
from tools.holding import make_dispute
from tools.waiting import make_waiting

CONCERNS = (
    (
        "Dee Marsh",
        "Bee",
        40,
        "She has stopped opening the curtains. She says it saves the patterns from the sun.",
    ),
    ("Tom Reilly", "Bee", 25, "Bags on the landing again, and a heater on with clothes over it."),
    ("Asha Patel", "Bee", 6, "She was thinner, and had not been down the stairs for two weeks."),
)


def make_cases(
    *,
    actors: Mapping[str, Any],
    members: Mapping[str, Any],
    organisations: Mapping[str, Any],
    people: Mapping[str, UUID],
    at: datetime,
) -> dict[str, UUID]:
    """Make them; return the ids of a concern, what was sent onward, the case and what belongs to it."""
    from tools.meetings import make_meetings

    from alongside.casework.marm.commands.asking import ask_for_case, open_case
    from alongside.casework.marm.commands.concerning import raise_concern, send_onward
    from alongside.casework.marm.commands.leading import ask_to_lead
    from alongside.casework.marm.rules.asking import Asked
    from alongside.casework.marm.rules.criteria import Answer, Answered
    from alongside.casework.marm.rules.stages import Told, Urgency

    for name, whom, days, words in CONCERNS:
        concern = raise_concern(
            actor=actors[name], at=at - timedelta(days=days), person_id=people[whom], words=words
        )
    asha, joan, mair = actors["Asha Patel"], actors["Joan Adeyemi"], actors["Mair Pugh"]
    sent = send_onward(
        actor=asha, at=at, person_id=people["Bee"], forum="fire_safety", concern_id=concern.id,
        why="Clothes over a heater, one way out, and no alarm that works.",
        sent_to="Home visits, fire service", sent_on=(at - timedelta(days=5)).date(), reference="HV-2201",
    )  # fmt: skip
    case = ask_for_case(
        actor=joan,
        at=at,
        person_id=people["Amina"],
        asked=Asked(
            urgency=Urgency.HIGH,
            own_words="Everyone asks me the same questions and then it is another everyone.",
            no_words_why="",
            wanted="One person who stays, and a door she can lock.",
            strengths="She goes to college, cooks for whoever she stays with, and rings on Sundays.",
            tried="Two referrals for housing were closed when she had moved on; the college nurse sees her.",
            risk_to_self="She sleeps where she must, and stops at college when she is too tired.",
            risk_from_others="Somebody older pays for her telephone, and waits outside college.",
            told=Told.AGREES,
            manager_told="Gwen Hughes",
            answers={
                "serious_harm_no_plan": Answered(
                    Answer.MET, "Three agencies wrote in autumn, and none has a plan."
                ),
                "daily_life": Answered(Answer.MET, "No address for eleven weeks", ("home", "safety")),
                "partner_wants_to_talk": Answered(Answer.MET, "The college asked twice."),
                "declines_essential_help": Answered(Answer.NOT_KNOWN),
            },
        ),
    )
    open_case(
        actor=mair, at=at, case_id=case.id,
        why="Each agency closed its own part, and she is no safer.",
    )  # fmt: skip
    ask_to_lead(
        actor=joan, at=at, case_id=case.id, membership_id=members["Wes Tanner"].id,
        why="A home is what she asks for first.",
    )  # fmt: skip
    meetings = make_meetings(
        actors=actors,
        members=members,
        organisations={code: each.id for code, each in organisations.items()},
        case_id=case.id,
        at=at,
    )
    make_engagement(case.id, actors=actors, at=at)
    family = make_family(actors=actors, person_id=people["Amina"], case_id=case.id, at=at)
    waiting = make_waiting(actors=actors, people=people, case_id=case.id, at=at)
    after_the_call = at + timedelta(seconds=3)
    actions = make_actions(case.id, actors=actors, members=members, at=after_the_call)
    dispute = make_dispute(case.id, actors=actors, organisations=organisations, at=at)
    known = {"concern": concern.id, "onward": sent.id, "case": case.id}
    return known | waiting | family | meetings | actions | dispute
