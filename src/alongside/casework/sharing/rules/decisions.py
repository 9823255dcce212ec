"""What a decision about sharing must say to be a decision, whether to share or not to share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.sharing.rules.basis import (
    BASES,
    Circumstances,
    DataClass,
    Known,
    Layer,
    Option,
    bases_for,
)
from alongside.casework.sharing.rules.choices import State, Topic, Wish
from alongside.casework.sharing.rules.items import Item, higher_of, what_an_item_lacks
from alongside.casework.sharing.rules.overrides import Ground, Override, what_an_override_lacks


class Outcome(StrEnum):
    """What was decided."""

    SHARE = "share"
    DO_NOT_SHARE = "do_not_share"


class Told(StrEnum):
    """Whether the person knows."""

    TOLD = "told"
    WILL_BE = "will_be"
    NOT_SAFE = "not_safe"


FOUND_OUT = frozenset({Known.AGREES, Known.REFUSES, Known.LACKS_CAPACITY, Known.ADULT})
"""What is looked up in the records and never ticked by whoever shares."""
_DEMANDED = frozenset({"6_c", "6_d", "6_ea_emergency", "statute", "court_order"})


_SAID_BY_GROUND: Mapping[Ground, set[Known]] = {
    Ground.RISK_TO_OTHERS: {Known.RISK_TO_OTHERS},
    Ground.CRIME: {Known.CRIME},
    Ground.COERCION: {Known.CONTROLLED},
    Ground.LIFE: {Known.LIFE_IN_DANGER},
}
"""What somebody has already said by explaining a ground, so that they are not asked again."""


@dataclass(frozen=True)
class Basis:
    """A basis in law that was chosen, and in words why it holds here."""

    code: str
    words: str


@dataclass(frozen=True)
class Proposal:
    """What somebody means to decide.

    Attributes:
        outcome: to share or not to.
        purpose: code of the purpose.
        recipients: ids of the organisations that are told, or would have been.
        named: who in particular, by name or post.
        who: name and date of birth, as the recipients are told them.
        items: what is shared, or was asked for.
        known: what is said about the person and the purpose; see ``FOUND_OUT``.
        bases: the basis of each layer.
        necessity: why it is needed.
        proportionality: why sharing less would not be enough.
        told: whether the person knows.
        told_on: when they were told.
        told_how: how, or how and when they will be.
        told_why_not: why it is not safe for them to know (or to know that it is not shared).
        onward: what the recipients may do with it.
        keep_until: until when they may keep it.
        channel: how it is sent.
        without_agreement: why it is shared although no agreement covers it.
        override: the ground, if the person asked for it not to be shared.
        reason: why it is not shared.
        risk: what could happen if it is not shared.
        review_on: when the decision not to share will be reviewed.
    """

    outcome: Outcome
    purpose: str
    recipients: frozenset[UUID]
    items: tuple[Item, ...] = ()
    named: str = ""
    who: str = ""
    known: frozenset[Known] = frozenset()
    bases: Mapping[Layer, Basis] = field(default_factory=dict)
    necessity: str = ""
    proportionality: str = ""
    told: Told = Told.WILL_BE
    told_on: date | None = None
    told_how: str = ""
    told_why_not: str = ""
    onward: str = ""
    keep_until: date | None = None
    channel: str = ""
    without_agreement: str = ""
    override: Override | None = None
    reason: str = ""
    risk: str = ""
    review_on: date | None = None

    @property
    def topics(self) -> frozenset[Topic]:
        """What it is about."""
        return frozenset(each.topic for each in self.items)

    @property
    def data(self) -> DataClass:
        """The highest class of data among the items."""
        classes = [higher_of(each.data, each.topic) for each in self.items]
        return max(classes, key=list(DataClass).index, default=DataClass.ORDINARY)


@dataclass(frozen=True)
class Looked:
    """What the records say on the day of the decision.

    Attributes:
        day: the day.
        organisation_kind: the kind of the organisation that shares.
        wish: what the person wants about telling these recipients of these topics for this purpose.
        found: what else was found out: whether they are an adult, and lack capacity about this.
        uncovered: by recipient's name, why no agreement covers telling them.
        capacity_stands: the capacity record and best-interests decision that the override names are this
            person's, and hold today.
    """

    day: date
    organisation_kind: str
    wish: Wish
    found: frozenset[Known] = frozenset()
    uncovered: Mapping[str, str] = field(default_factory=dict)
    capacity_stands: bool = True


def wish_of_all(wishes: Mapping[UUID, Wish]) -> Wish:
    """Return what a person wants about telling several: one no is a no; only a yes to all is a yes."""
    for state in (State.REFUSES, State.NOT_SAID):
        for wish in wishes.values():
            if wish.state is state:
                return wish
    return next(iter(wishes.values()), Wish(State.NOT_SAID))


def options(proposal: Proposal, looked: Looked) -> list[Option]:
    """Return the bases that are open for a proposal, and why the others are not."""
    of_wish = {State.AGREES: {Known.AGREES}, State.REFUSES: {Known.REFUSES}}.get(looked.wish.state, set())
    of_ground = _SAID_BY_GROUND.get(proposal.override.ground, set()) if proposal.override else set()
    known = (proposal.known - FOUND_OUT) | looked.found | of_wish | of_ground
    return bases_for(Circumstances(looked.organisation_kind, proposal.data, known))


def what_is_wrong(proposal: Proposal, looked: Looked) -> dict[str, str]:
    """Return what stops a proposal being a decision, by the name of the field."""
    if not proposal.recipients:
        return {"recipients": _("Choose who would be told")}
    if not proposal.purpose:
        return {"purpose": _("Choose what it is for: nothing was chosen, or it is no longer a purpose here")}
    if proposal.outcome is Outcome.DO_NOT_SHARE:
        return _not_shared(proposal, looked.day)
    wrong = _told(proposal, looked.day) | _bases(proposal, looked)
    if not proposal.items:
        wrong["items"] = _("Add what will be shared")
    if any(what_an_item_lacks(each, looked.day) for each in proposal.items):
        wrong["items"] = _("Something to be shared is not complete: check each one")
    for name, why in (
        ("who", _("Enter who it is about, as the recipient will be told")),
        ("necessity", _("Say why it is needed")),
        ("proportionality", _("Say why sharing less would not be enough")),
        ("channel", _("Say how it will be sent")),
        ("onward", _("Say what they may do with it")),
    ):
        if not getattr(proposal, name).strip():
            wrong[name] = why
    if proposal.keep_until is not None and proposal.keep_until < looked.day:
        wrong["keep_until"] = _("The day must be today or in the future")
    return wrong | _against_their_wish(proposal, looked) | _uncovered(proposal, looked)


def needs_a_second(override: Override | None) -> bool:
    """Say whether a second person must agree first: against a refusal, unless in an emergency."""
    return override is not None and not override.emergency


def _not_shared(proposal: Proposal, day: date) -> dict[str, str]:
    wrong = {}
    if not proposal.reason.strip():
        wrong["reason"] = _("Say why it is not shared")
    if not proposal.risk.strip():
        wrong["risk"] = _("Say what could happen if it is not shared, even if you think nothing would")
    if proposal.review_on is None:
        wrong["review_on"] = _("Enter the day on which this will be reviewed")
    elif proposal.review_on < day:
        wrong["review_on"] = _("The day must be today or in the future")
    if proposal.told is Told.NOT_SAFE and not proposal.told_why_not.strip():
        wrong["why_not_safe"] = _("Enter why it is not safe for them to know")
    return wrong


def _told(proposal: Proposal, day: date) -> dict[str, str]:
    match proposal.told:
        case Told.TOLD:
            if proposal.told_on is None:
                return {"told_on": _("Enter the day on which they were told")}
            if proposal.told_on > day:
                return {"told_on": _("The day must be today or in the past")}
            return {} if proposal.told_how.strip() else {"told_how": _("Say how they were told")}
        case Told.WILL_BE:
            return {} if proposal.told_how.strip() else {"told_how": _("Say how and when they will be told")}
        case Told.NOT_SAFE:
            missing = {"told_why_not": _("Enter why it is not safe for them to know")}
            return {} if proposal.told_why_not.strip() else missing


def _bases(proposal: Proposal, looked: Looked) -> dict[str, str]:
    wrong = {}
    offered = {each.basis.code: each for each in options(proposal, looked)}
    for layer in {each.basis.layer for each in offered.values()}:
        chosen = proposal.bases.get(layer)
        option = offered.get(chosen.code) if chosen else None
        if chosen is None or option is None or option.basis.layer is not layer:
            wrong[layer.value] = _("Choose one. If you are unsure, ask for advice")
        elif not option.open:
            wrong[layer.value] = option.why_not
        elif not chosen.words.strip():
            wrong[f"{layer.value}_words"] = _("Not answered yet: %(question)s") % {
                "question": option.basis.says
            }
    return wrong


def _against_their_wish(proposal: Proposal, looked: Looked) -> dict[str, str]:
    override = proposal.override
    if looked.wish.state is not State.REFUSES:
        unneeded = _("Nothing on record says no: there is nothing to override")
        return {} if override is None else {"ground": unneeded}
    if override is None:
        return {
            "ground": _("%(why)s Respect that and decide not to share, or say on which ground you must")
            % {"why": looked.wish.why}
        }
    wrong = what_an_override_lacks(override, looked.day)
    if override.capacity_record and override.best_interests and not looked.capacity_stands:
        wrong["capacity_record"] = _(
            "This capacity record is not about this person, or no longer holds: assess capacity again"
        )
    return wrong


def _uncovered(proposal: Proposal, looked: Looked) -> dict[str, str]:
    """No agreement, no sharing, unless the law demands it or a ground overrides."""
    if not looked.uncovered:
        return {}
    demanded = any(each.code in _DEMANDED for each in proposal.bases.values())
    if not demanded and proposal.override is None:
        why = "; ".join(f"{name}: {reason}" for name, reason in looked.uncovered.items())
        return {"recipients": _("No agreement covers this. %(why)s") % {"why": why}}
    if not proposal.without_agreement.strip():
        return {"without_agreement": _("Say why it must be shared although no agreement covers it")}
    return {}


def title_of_basis(code: str) -> str:
    """Return what a basis is called."""
    return str(BASES[code].title) if code in BASES else code


def why_not_reviewed(*, due: bool, corrected: bool) -> str:
    """Return why a decision is not reviewed now; empty if it is due.

    Args:
        due: whether it has a day to be reviewed, or advice came after it.
        corrected: whether a later decision corrects it.
    """
    if corrected:
        return _("A later decision corrects this one: look at that one.")
    if not due:
        return _("It is not due for review: somebody has already reviewed it, or no day was set.")
    return ""
