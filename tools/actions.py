"""What is decided and done with Amina, by commands: one action is due for acceptance, one was declined."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

ACTIONS = (
    (
        "Wes Tanner", "Joan Adeyemi", 0, "service", "yes",
        "Hold a room in supported lodgings for her, and let her see it before she says anything.",
        "She sleeps where she must.", "A door I can lock.",
    ),
    (
        "Joan Adeyemi", "Joan Adeyemi", 9, "person", "yes",
        "She chooses a new telephone; Joan goes to the shop with her and the grant pays the first month.",
        "Somebody older pays for her telephone.", "Nobody who can ring me when they like.",
    ),
    (
        "Asha Patel", "Joan Adeyemi", 14, "service", "not_asked",
        "One worker writes down what she has told everybody, and she is asked nothing twice.",
        "She tells her story again and again, and stops coming.", "The same questions, never again.",
    ),
)  # fmt: skip


def make_actions(
    case_id: UUID, *, actors: Mapping[str, Any], members: Mapping[str, Any], at: datetime
) -> dict[str, UUID]:
    """Make them; return the ids of the action that is due, and of the decision."""
    from alongside.casework.marm.commands.actions import note_where_it_stands, plan_action
    from alongside.casework.marm.rules.actions import Agrees, Kind, Planned, Stands, Status

    made = []
    for owner, writer, days, kind, agrees, words, risk, wanted in ACTIONS:
        planned = Planned(
            words=words, kind=Kind(kind), risk=risk, wanted=wanted, agrees=Agrees(agrees),
            due=(at + timedelta(days=days)).date(), review=(at + timedelta(days=days + 14)).date(),
        )  # fmt: skip
        made.append(
            plan_action(
                actor=actors[writer], at=at, case_id=case_id, planned=planned,
                membership_id=members[owner].id,
            )
        )  # fmt: skip
    joan = actors["Joan Adeyemi"]
    declined = plan_action(
        actor=joan, at=at, case_id=case_id, membership_id=members["Joan Adeyemi"].id,
        planned=Planned(
            words="Bring her to the evening group at the youth centre.", kind=Kind.PERSON,
            risk="She knows nobody her age here.", wanted="People who do not ask me things.",
            agrees=Agrees.PARTLY, due=(at + timedelta(days=3)).date(),
            review=(at + timedelta(days=20)).date(),
        ),
    )  # fmt: skip
    note_where_it_stands(
        actor=joan, at=at, action_id=declined.id, opened_version=declined.version,
        stands=Stands(
            Status.DECLINED_INSTEAD, "She went once. It was loud, and somebody knew her.", Agrees.NO,
            (at + timedelta(days=20)).date(), "Cooking on Saturdays with two others from college.",
        ),
    )  # fmt: skip
    return {"action": made[0].id, "decision": _decide(case_id, actor=joan, at=at)}


def _decide(case_id: UUID, *, actor: Any, at: datetime) -> UUID:
    """Keep a decision with the one agency that takes part, and return its id."""
    from alongside.casework.marm.commands.deciding import keep_decision
    from alongside.casework.marm.queries.decisions import to_decide
    from alongside.casework.marm.rules.decisions import Decided, Option, Position, Protects, Stance

    agencies = to_decide(actor=actor, case_id=case_id).agencies
    made = keep_decision(
        actor=actor,
        at=at,
        case_id=case_id,
        decided=Decided(
            question="Where does she sleep until the room is ready?",
            own_view="Not with strangers again. I know where I am safe and I tell you when I am not.",
            level="I would rather have a sofa I chose than a bed you chose.",
            no_view_why="",
            support="Joan drew the choices on paper, and she took it away for a night.",
            options=(
                Option(
                    "She stays with her friend's mother, and Joan visits there.",
                    "She chose it, and goes to college from there.",
                    "It could end any day, perhaps late in the evening.",
                    "She stays where the older man pays.", least_restrictive=True, chosen=True,
                ),
                Option(
                    "A bed in emergency accommodation tonight.", "A door that locks, and staff at night.",
                    "It is two buses from college, and she said she would not stay.",
                    "Nobody knows where she sleeps.",
                ),
            ),
            decided="She stays with her friend's mother; Joan visits on Tuesdays and Fridays.",
            speaks_for="She keeps going to college, and says where she is.",
            speaks_against="Nobody is there on Wednesdays.",
            reasons="She keeps to what she chose. The other bed would have been empty by Friday.",
            protects=frozenset({Protects.PERSON}),
            levers=("mca_principles", "homelessness"),
            review_on=(at + timedelta(days=14)).date(),
            positions=tuple(Position(each, "Joan Adeyemi", Stance.AGREES) for each, _name in agencies),
        ),
    )  # fmt: skip
    return made.id
