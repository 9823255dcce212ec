"""What tests of sharing share: a proposal that says all it must, and who decides."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.models import Disclosure, ShareDecision
from alongside.casework.sharing.rules.basis import Known, Layer
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic
from alongside.casework.sharing.rules.decisions import Basis, Outcome, Proposal, Told
from alongside.casework.sharing.rules.items import Element, FactKind, Item, Stated
from alongside.casework.sharing.rules.overrides import Ground, Override

DAY = date(2026, 11, 2)


def decided(riverside: Universe) -> Any:
    """What was decided about Bee: the demonstration has decisions about others."""
    return ShareDecision.objects.filter(person=riverside.people["Bee"])


def told(riverside: Universe) -> Any:
    """Who was told of Bee."""
    return Disclosure.objects.filter(decision__person=riverside.people["Bee"])


def item(**other: Any) -> Item:
    plain = Item(
        topic=Topic.HOME, words="The stairs are hard for her.", kind=FactKind.OBSERVATION, as_at=DAY,
        source="Seen on a visit", quality=dict.fromkeys(Element, Stated.YES),
    )  # fmt: skip
    return replace(plain, **other)


def proposal(riverside: Universe, *, to: str = "riverside_homes", **other: Any) -> Proposal:
    plain = Proposal(
        outcome=Outcome.SHARE,
        purpose="early_help",
        recipients=frozenset({riverside.organisations[to].id}),
        items=(item(),),
        who="Bee, born 4 March 1951",
        known=frozenset({Known.DIRECT_CARE}),
        bases={
            Layer.ARTICLE_6: Basis("6_e", "Care Act 2014 section 2"),
            Layer.CONFIDENCE: Basis("direct_care", "She asked us to help with the stairs."),
        },
        necessity="The landlord mends the stairs.",
        proportionality="Nothing of her health is told.",
        told=Told.TOLD,
        told_on=DAY,
        told_how="On the visit",
        onward="Not to be passed on",
        channel="In Alongside",
    )
    return replace(plain, **other)


def against(riverside: Universe, *, ground: Ground = Ground.RISK_TO_OTHERS, **other: Any) -> Proposal:
    """The same, against a refusal; ``other`` is of the override."""
    override = Override(
        ground=ground,
        refusal="Don't you dare tell the landlord.",
        first="Her neighbours",
        second="The stairs may burn",
        alternatives="Asked her twice; offered to come along",
        harm="She may trust us less; the visit on Friday stands",
        review_on=DAY,
    )
    plain = proposal(riverside)
    return replace(
        plain,
        known=frozenset({Known.RISK_TO_OTHERS}),
        bases=dict(plain.bases) | {Layer.CONFIDENCE: Basis("public_interest", "The neighbours may be hurt")},
        override=replace(override, **other),
    )


def chosen(
    actor: Actor, riverside: Universe, at: datetime, answer: Answer = Answer.REFUSES, **other: Any
) -> None:
    """Bee chose about her home and Riverside Homes."""
    given: dict[str, Any] = {
        "answer": answer, "topics": (Topic.HOME,),
        "recipients": frozenset({riverside.organisations["riverside_homes"].id}), "exactly": "The stairs",
        "said_on": DAY, "capacity": "assumed", "method": "spoken", "purpose": "early_help",
        "expires_on": date(2027, 5, 1), "free": "Nothing changes if she says no.",
    }  # fmt: skip
    said = Statement(**(given | other))
    record_choices(actor=actor, at=at, person_id=riverside.people["Bee"], said=said)
