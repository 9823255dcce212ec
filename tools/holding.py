"""What agencies owe each other: the council and Riverside Homes disagree about Amina; Stan's case ended.

In Stan's case the peer supporters stepped back and got no answer. He fell after the case had ended, and
nobody has yet said whether there should be a review. Only the demonstration has this.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID


def make_dispute(
    case_id: UUID, *, actors: Mapping[str, Any], organisations: Mapping[str, Any], at: datetime
) -> dict[str, UUID]:
    """Make Joan's dispute with Riverside Homes, which declined; return its id."""
    from alongside.casework.marm.commands.disputes import raise_dispute
    from alongside.casework.marm.rules.disputes import About, Differs

    made = raise_dispute(
        actor=actors["Joan Adeyemi"], at=at, case_id=case_id,
        against_id=organisations["riverside_homes"].id,
        differs=Differs(
            about=About.NOT_TAKING_PART,
            words="She slept in your stairwell twice. We ask that you come once, before there is a tenancy.",
            meanwhile="Wes keeps the room in supported lodgings; Joan visits on Tuesdays and Fridays.",
            who="Joan Adeyemi, council; Tom Reilly, Riverside Homes",
        ),
    )  # fmt: skip
    return {"dispute": made.id}


def fill_holding(universe: Any, *, at: datetime) -> dict[str, UUID]:
    """Make a case about Stan that has ended, by commands; return ids by what they are."""
    from tools.universe import actor_for

    from alongside.casework.marm.commands.asking import ask_for_case, open_case
    from alongside.casework.marm.commands.ending import end_case
    from alongside.casework.marm.commands.harm import note_harm
    from alongside.casework.marm.commands.invitations import accept_invitation, invite_agency
    from alongside.casework.marm.commands.stepping_back import step_back
    from alongside.casework.marm.rules.asking import Asked
    from alongside.casework.marm.rules.criteria import Answer, Answered
    from alongside.casework.marm.rules.ending import Closing, Met, Risk
    from alongside.casework.marm.rules.harm import Happened, Harm, InDanger
    from alongside.casework.marm.rules.stages import Told, Urgency
    from alongside.casework.marm.rules.stepping_back import SteppingBack

    tom, mair, dee = (
        actor_for(universe, name, on=at.date()) for name in ("Tom Reilly", "Mair Pugh", "Dee Marsh")
    )
    case = ask_for_case(
        actor=tom, at=at, person_id=universe.people["Stan"],
        asked=Asked(
            urgency=Urgency.OTHER, own_words="I will not be talked about. If you must, say it to me.",
            no_words_why="", wanted="To be left alone, and to have the boiler work.",
            strengths="He mends everything himself, and plays chess by post.",
            tried="Letters, two visits, his doctor. He answers the door for the boiler alone.",
            risk_to_self="A winter without heating, and nobody who would notice.", told=Told.KNOWS,
            told_why="He says that it is nobody's business.",
            answers={"serious_harm_no_plan": Answered(Answer.MET, "No heating since spring")},
        ),
    )  # fmt: skip
    open_case(actor=mair, at=at, case_id=case.id, why="Each of us has knocked once, alone.")
    invitation = invite_agency(
        actor=tom, at=at, case_id=case.id,
        organisation_id=universe.organisations["been_there"].id,
        why="One of your peers plays chess.",
    )  # fmt: skip
    accept_invitation(actor=dee, at=at, invitation_id=invitation.id)
    step_back(
        actor=dee, at=at, case_id=case.id,
        said=SteppingBack(
            why="Our chess player has moved away, and he wants nobody else.",
            who_holds="Nobody yet. Tom knocks when he is in the house.",
            person_told="On Monday, by letter with the last move. He sent the next.",
            agencies_told="Tom, by telephone, the same day.",
        ),
    )  # fmt: skip
    end_case(
        actor=tom, at=at, case_id=case.id,
        closing=Closing(
            reason="one_agency_holds",
            needs={
                "Who holds it": "Riverside Homes, Tom Reilly",
                "Date it will be reviewed": "The first week of the new year",
            },
            met=Met.PARTLY, own_view="The boiler works. Now leave me be.", risk=Risk.REDUCED,
            who_knows="Tom Reilly, Riverside Homes; his doctor",
            reopens="Post that stays in the box for a week, or the boiler off again",
            who_notices="The caretaker of his block, who rings Tom Reilly",
        ),
    )  # fmt: skip
    harm = note_harm(
        actor=tom, at=at, case_id=case.id,
        happened=Happened(
            others=InDanger.NO, others_words="", harm=Harm.SERIOUS,
            words="He fell in the cellar and lay there a night. He is on a ward, and asks for his board.",
            happened_on=(at - timedelta(days=2)).date(), learned_on=(at - timedelta(days=1)).date(),
            learned_from="The caretaker, who saw the post in the box",
        ),
    )  # fmt: skip
    return {"ended": case.id, "harm": harm.id}
