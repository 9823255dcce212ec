"""What Bee may read about herself: something shared, something that was not, and something held back.

Her landlord was told about the stairs, but not about her money; the police were told what she must not be
seen to have said, and no page of hers shows that.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID


def make_statement(
    *, worker: Any, organisations: Mapping[str, Any], person_id: UUID, at: datetime
) -> dict[str, UUID]:
    """Record choices and decisions, by commands; return the ids of the decisions by what they are.

    Args:
        worker: who works with the person and decides.
        organisations: those of the partnership by code.
        person_id: the person it is about.
        at: when.
    """
    from alongside.casework.sharing.commands.choices import record_choices
    from alongside.casework.sharing.commands.decisions import decide
    from alongside.casework.sharing.rules.basis import Known, Layer
    from alongside.casework.sharing.rules.choices import Answer, Statement, Topic
    from alongside.casework.sharing.rules.decisions import Basis, Outcome, Proposal, Told
    from alongside.casework.sharing.rules.items import Element, FactKind, Item, Stated

    asha, bee, day = worker, person_id, at.date()
    homes, police = organisations["riverside_homes"], organisations["valley_police"]

    def item(topic: Topic, words: str, kind: FactKind, source: str, limits: str = "") -> Item:
        return Item(
            topic=topic, words=words, kind=kind, as_at=day - timedelta(days=3), source=source,
            quality=dict.fromkeys(Element, Stated.YES), limits=limits,
        )  # fmt: skip

    record_choices(
        actor=asha, at=at, person_id=bee,
        said=Statement(
            answer=Answer.AGREES, topics=(Topic.HOME,), recipients=frozenset({homes.id}),
            exactly="What the stairs and the heating are like, so that the landlord mends them.",
            said_on=day - timedelta(days=3), capacity="assumed", method="spoken", purpose="early_help",
            expires_on=day + timedelta(days=180), free="Nothing changes if she says no.",
            words="Tell them about the stairs. Not about me.", explained=("spoken",),
        ),
    )  # fmt: skip
    stairs = Proposal(
        outcome=Outcome.SHARE, purpose="early_help", recipients=frozenset({homes.id}),
        items=(
            item(
                Topic.HOME, "The banister on the second landing is loose.", FactKind.OBSERVATION,
                "Seen on a visit",
            ),
        ),
        who="Bee, born 4 March 1951", known=frozenset({Known.DIRECT_CARE}),
        bases={
            Layer.ARTICLE_6: Basis("6_e", "Care Act 2014 section 2"),
            Layer.CONFIDENCE: Basis("direct_care", "She asked us to help with the stairs."),
        },
        necessity="The landlord mends the stairs.", proportionality="Nothing about her health is shared.",
        told=Told.TOLD, told_on=day, told_how="On the visit", onward="Not to be passed on",
        channel="In Alongside",
    )  # fmt: skip
    shared = decide(actor=asha, at=at, person_id=bee, proposal=stairs)
    unsafe = replace(
        stairs, recipients=frozenset({police.id}),
        items=(
            item(
                Topic.SAFETY, "Somebody upstairs is said to take her pension card.", FactKind.ALLEGATION,
                "Told to us on a visit", "She said so herself; nobody has looked into it.",
            ),
        ),
        necessity="The police find out whether she is safe.",
        proportionality="Only what was said about the card.",
        told=Told.NOT_SAFE, told_on=None, told_how="",
        told_why_not="He opens her post and listens when we call.",
        without_agreement="No agreement covers this yet: she may be in danger.",
        review_on=day + timedelta(days=21),
    )  # fmt: skip
    held = decide(actor=asha, at=at, person_id=bee, proposal=unsafe)
    kept = decide(
        actor=asha, at=at, person_id=bee,
        proposal=replace(
            stairs, outcome=Outcome.DO_NOT_SHARE, bases={},
            items=(item(Topic.MONEY, "What she owes the gas company.", FactKind.SELF_REPORT, "She said so"),),
            reason="She asked us to wait, and the landlord does not need it.",
            risk="A letter about arrears may come.", review_on=day + timedelta(days=30),
        ),
    )  # fmt: skip
    return {"shared": shared.id, "held": held.id, "kept": kept.id}
