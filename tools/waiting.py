"""Two requests about Stan that were declined, so that somebody else looks again; a requested meeting."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID


def make_waiting(
    *, actors: Mapping[str, Any], people: Mapping[str, UUID], case_id: UUID, at: datetime
) -> dict[str, UUID]:
    """Make them; return the ids of the review and of what was requested."""
    from alongside.casework.marm.commands.asking import ask_for_case, decline_case
    from alongside.casework.marm.commands.meetings import ask_for_meeting
    from alongside.casework.marm.queries.cases import case_page
    from alongside.casework.marm.rules.asking import Asked
    from alongside.casework.marm.rules.stages import Told, Urgency

    tom, mair, wes = (actors[name] for name in ("Tom Reilly", "Mair Pugh", "Wes Tanner"))
    first: dict[str, Any] = {
        "own_words": "“I am not a problem to be met about. I want the letters to stop.”",
        "wanted": "That one person rings before anybody comes, and the letters stop.",
        "strengths": "He keeps the garden, pays when somebody sits down with him, and says what he means.",
        "tried": "Two home visits, one letter a week, and a leaflet in Polish.",
        "risk_to_self": "He loses the flat in spring, and the garden with it.",
    }
    again = first | {
        "own_words": "“You asked me before. Nothing came of it, only another letter.”",
        "tried": "The advice we were given, and a fourth letter. Nobody rang him first.",
    }
    answers = (
        (first, "One agency can do this: it is about rent.", "Offer a payment plan.", "homelessness"),
        (again, "He can decide, and he declines.", "Write to his GP.", "mental_health"),
    )
    for place, (words, why, advice, route) in enumerate(answers):
        when = at + timedelta(seconds=place)
        case = ask_for_case(
            actor=tom,
            at=when,
            person_id=people["Stan"],
            asked=Asked(urgency=Urgency.OTHER, no_words_why="", told=Told.AGREES, **words),
        )
        decline_case(actor=mair, at=when, case_id=case.id, why=why, advice=advice, route=route)
    asked = ask_for_meeting(
        actor=wes, at=at + timedelta(seconds=3), case_id=case_id, urgency=Urgency.OTHER,
        why="The college asks who is telling her about the bursary; each of us thought another had.",
    )  # fmt: skip
    (review,) = case_page(actor=tom, case_id=case.id).reviews
    return {"review": review.id, "meeting_asked": asked.id}
