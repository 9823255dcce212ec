"""Decisions about sharing in finished words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.people.presenters.words import NOT_SAFE
from alongside.casework.sharing.models import (
    Disclosure,
    InformationRequest,
    LookedAgain,
    SecondLook,
    ShareDecision,
    SharedItem,
)
from alongside.casework.sharing.presenters.choices import TOPICS
from alongside.casework.sharing.rules.basis import Known, Layer
from alongside.casework.sharing.rules.choices import State, Topic
from alongside.casework.sharing.rules.decisions import Outcome, Told, title_of_basis, why_not_reviewed
from alongside.casework.sharing.rules.items import Element, FactKind, Stated
from alongside.casework.sharing.rules.overrides import ASKS, Ground, may_be_told_of

KINDS = {
    FactKind.FACT: gettext_lazy("Fact"),
    FactKind.OBSERVATION: gettext_lazy("Something we saw or heard ourselves"),
    FactKind.OPINION: gettext_lazy("Professional opinion"),
    FactKind.ALLEGATION: gettext_lazy("Allegation: nobody has shown that it is true"),
    FactKind.SELF_REPORT: gettext_lazy("What the person says about themselves"),
    FactKind.THIRD_PARTY_REPORT: gettext_lazy("What somebody else told us"),
}
ELEMENTS = {
    Element.ACCURATE: gettext_lazy("Accurate: it is right"),
    Element.VALID: gettext_lazy("Valid: it was gathered in the usual way for such things"),
    Element.RELIABLE: gettext_lazy("Reliable: asked again, the answer would be the same"),
    Element.TIMELY: gettext_lazy("Timely: it still holds"),
    Element.RELEVANT: gettext_lazy("Relevant: they need it for this purpose"),
    Element.COMPLETE: gettext_lazy("Complete: nothing has been left out that would change its meaning"),
}
STATED = {
    Stated.YES: gettext_lazy("Yes"),
    Stated.NO: gettext_lazy("No"),
    Stated.NOT_KNOWN: gettext_lazy("Not known"),
}
KNOWN = {
    Known.DIRECT_CARE: gettext_lazy("It is for their own care or support, among those who give it"),
    Known.CARE_AND_SUPPORT_NEEDS: gettext_lazy("They need care and support"),
    Known.AT_RISK: gettext_lazy("They are suffering neglect or harm, or are at risk of it"),
    Known.UNABLE_TO_PROTECT: gettext_lazy("Because of their needs they cannot protect themselves"),
    Known.CONSENT_CANNOT_BE_HAD: gettext_lazy(
        "Consent cannot be given, cannot reasonably be obtained, or asking would undo the protection"
    ),
    Known.LIFE_IN_DANGER: gettext_lazy("A life is in danger"),
    Known.CANNOT_CONSENT: gettext_lazy(
        "They cannot say yes or no now, for example because they are unconscious"
    ),
    Known.RISK_TO_OTHERS: gettext_lazy("Somebody else is at risk"),
    Known.CRIME: gettext_lazy("It is to prevent or detect a crime"),
    Known.CONTROLLED: gettext_lazy("Somebody may control or coerce them"),
    Known.REQUESTED_FOR_PUBLIC_TASK: gettext_lazy(
        "A public authority asked for it, and stated its task and its power"
    ),
    Known.EMERGENCY: gettext_lazy("It is an emergency"),
}
GROUNDS = {
    Ground.LACKS_CAPACITY: gettext_lazy(
        "They lack capacity to decide about this concern, and sharing is in their best interests"
    ),
    Ground.RISK_TO_OTHERS: gettext_lazy("There is a risk to others"),
    Ground.CRIME: gettext_lazy("To prevent or detect a crime"),
    Ground.PUBLIC_INTEREST: gettext_lazy("The public interest outweighs their wishes"),
    Ground.COERCION: gettext_lazy("They may be controlled or coerced"),
    Ground.LIFE: gettext_lazy("A life is in danger"),
    Ground.STATUTE: gettext_lazy("A duty in law"),
    Ground.COURT: gettext_lazy("A court ordered it"),
}
TOLD = {
    Told.TOLD: gettext_lazy("Yes, they know"),
    Told.WILL_BE: gettext_lazy("Not yet: they will be told"),
    Told.NOT_SAFE: gettext_lazy("No: it is not safe for them to know"),
}
WISHES = {
    State.AGREES: gettext_lazy("The person agreed to exactly this."),
    State.REFUSES: gettext_lazy("The person asked for this not to be shared."),
    State.NOT_SAID: gettext_lazy("The person had not said whether this may be shared."),
}
LAYERS = {
    Layer.ARTICLE_6: gettext_lazy("Basis in law (Article 6)"),
    Layer.CONDITION: gettext_lazy("Condition for special category or criminal offence data"),
    Layer.CONFIDENCE: gettext_lazy("Ground for passing on what was said in confidence"),
}


@dataclass(frozen=True)
class ItemShown:
    """One thing that is shared, in words."""

    topic: str
    words: str
    kind: str
    facts: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class DecisionShown:
    """A decision, in words."""

    id: str
    title: str
    stands: Tag
    warning: str
    emergency: bool
    when: str
    to: list[str]
    rows: list[tuple[str, list[str]]]
    items: list[ItemShown]
    against: list[tuple[str, list[str]]]
    second: str
    later_views: list[tuple[str, str]]
    looked_again: list[tuple[str, str]]
    not_due: str
    corrected_by: list[str]
    person_id: str


def purpose_in_words(code: str) -> str:
    """Return what something was decided for; its code if the partnership no longer has that purpose."""
    title = title_of(code)
    gone = _("%(code)s: the partnership no longer has this purpose, and its name is not kept")
    return gone % {"code": code} if title == code else title


def item_shown(item: SharedItem) -> ItemShown:
    """Return one thing that is shared, in words."""
    quality = [
        f"{ELEMENTS[element]}: {STATED[Stated(item.quality[element.value])]}"
        for element in Element
        if element.value in item.quality
    ]
    facts = [
        (_("As at"), [day_in_words(item.as_at)]),
        (_("Where it comes from"), [item.source]),
        (_("Checked by"), [item.verified_by or _("Nobody")]),
        (_("Where it falls short"), [item.limits]),
        (_("Quality"), quality),
    ]
    return ItemShown(
        topic=str(TOPICS[Topic(item.topic)]),
        words=item.words,
        kind=str(KINDS[FactKind(item.kind)]),
        facts=[(key, lines) for key, lines in facts if any(lines)],
    )


def standing(decision: ShareDecision) -> Tag:
    """Return where a decision stands."""
    if decision.outcome == Outcome.DO_NOT_SHARE:
        return Tag(_("Not shared"), "grey")
    override = getattr(decision, "override", None)
    look = getattr(decision, "second_look", None)
    if override is None:
        return Tag(_("Shared"), "green")
    if override.emergency:
        if look is None:
            by = day_in_words(override.look_by) if override.look_by else ""
            return Tag(
                _("Shared in an emergency: somebody else must look at it by %(day)s") % {"day": by}, "yellow"
            )
        return (
            Tag(_("Shared in an emergency, and it was right"), "green")
            if look.answer == SecondLook.Answer.AGREED
            else Tag(_("Shared in an emergency, and it was not right"), "red")
        )
    if look is None and decision.corrections.all():
        return Tag(_("Corrected before somebody else agreed: nobody was told"), "grey")
    if look is None:
        return Tag(_("Waiting for somebody else to agree: nobody has been told"), "yellow")
    return (
        Tag(_("Shared: somebody else agreed"), "green")
        if look.answer == SecondLook.Answer.AGREED
        else Tag(_("Somebody else did not agree: nobody was told"), "red")
    )


def decision_shown(decision: ShareDecision, *, advised_since: bool = False) -> DecisionShown:
    """Return a decision in words, all of it; it is to be looked at once advice came after it was made."""
    to = [each.organisation.name for each in decision.recipients.all()]
    override = getattr(decision, "override", None)
    shared = decision.outcome == Outcome.SHARE
    return DecisionShown(
        id=str(decision.id),
        title=(_("To %(names)s") if shared else _("Not to %(names)s")) % {"names": ", ".join(to)},
        stands=standing(decision),
        warning="" if may_be_told_of(override, decision.told) else str(NOT_SAFE),
        emergency=override is not None and override.emergency,
        when=_("%(who)s, %(organisation)s, %(when)s")
        % {
            "who": decision.decided_by,
            "organisation": decision.organisation.name,
            "when": moment_in_words(decision.decided_at),
        },
        to=to,
        rows=_rows(decision),
        items=[item_shown(each) for each in decision.items.all()],
        against=_against(decision),
        second=_second(decision),
        later_views=[
            (each.words, _("Said on %(day)s") % {"day": day_in_words(each.said_on)})
            for each in decision.later_views.all()
        ],
        looked_again=[(each.words, _looked(each)) for each in decision.looked_again.all()],
        not_due=why_not_reviewed(
            due=advised_since or decision.look_again_on is not None,
            corrected=bool(decision.corrections.all()),
        ),
        corrected_by=[str(each.id) for each in decision.corrections.all()],
        person_id=str(decision.person_id),
    )


@dataclass(frozen=True)
class RequestLine:
    """A request that a decision can answer."""

    id: str
    sentence: str


def request_line(request: InformationRequest) -> RequestLine:
    """Return a request that a decision can answer, in a sentence."""
    said = {"asker": request.asked_by.name, "who": request.who, "day": day_in_words(request.due)}
    return RequestLine(str(request.id), _("%(asker)s asked about %(who)s; due on %(day)s") % said)


def _rows(decision: ShareDecision) -> list[tuple[str, list[str]]]:
    agreements = [each.agreement.reference for each in decision.recipients.all() if each.agreement]
    bases = [
        (str(LAYERS[layer]), [title_of_basis(code), getattr(decision, f"{layer.value}_words")])
        for layer in Layer
        if (code := getattr(decision, layer.value))
    ]
    shared = decision.outcome == Outcome.SHARE
    told = [str(TOLD[Told(decision.told)]), _day(decision.told_on), decision.told_how, decision.told_why_not]
    rows = [
        (_("When they were told"), [_arrival(each) for each in decision.disclosures.all()]),
        (_("What for"), [purpose_in_words(decision.purpose)]),
        (_("Who in particular"), [decision.named]),
        (_("Who it is about, as they were told"), [decision.who]),
        (_("What the person wanted"), [str(WISHES[State(decision.wish)])]),
        *bases,
        (_("Agreement"), [*agreements, decision.without_agreement]),
        (_("Why it is needed"), [decision.necessity]),
        (_("Why sharing less would not be enough"), [decision.proportionality]),
        (_("Does the person know?"), told if shared or decision.told == Told.NOT_SAFE else []),
        (_("How it is sent"), [decision.channel]),
        (_("What they may do with it"), [decision.onward]),
        (_("Kept until"), [_day(decision.keep_until)]),
        (_("Why it is not shared"), [decision.reason]),
        (_("What could happen if it is not shared"), [decision.risk]),
        (_("To be reviewed on"), [_day(decision.review_on)]),
        (_("What was wrong with the earlier decision"), [decision.corrected_why]),
    ]
    return _filled(rows)


def _arrival(told: Disclosure) -> str:
    said = {"who": told.organisation.name, "when": moment_in_words(told.at)}
    if told.opened_at is None:
        return _("%(who)s, %(when)s. Nobody there has confirmed it yet.") % said
    confirmed = {"by": told.opened_by, "then": moment_in_words(told.opened_at)}
    return _("%(who)s, %(when)s. %(by)s confirmed it, %(then)s.") % (said | confirmed)


def _against(decision: ShareDecision) -> list[tuple[str, list[str]]]:
    override = getattr(decision, "override", None)
    if override is None:
        return []
    first, second = ASKS[Ground(override.ground)]
    return _filled(
        [
            (_("What they said"), [f"“{override.refusal}”"]),
            (_("Ground"), [str(GROUNDS[Ground(override.ground)])]),
            (str(first), [override.first]),
            (str(second), [override.second]),
            (_("What else was tried or considered"), [override.alternatives]),
            (_("How sharing it could affect them"), [override.harm]),
            (_("Advice"), [override.advice]),
            (_("Why it could not wait"), [override.emergency_why]),
            (_("To be reviewed on"), [day_in_words(override.review_on)]),
        ]
    )


def _second(decision: ShareDecision) -> str:
    look = getattr(decision, "second_look", None)
    if look is None:
        return ""
    said = _("%(who)s, %(when)s: “%(words)s”") % {
        "who": look.by,
        "when": moment_in_words(look.at),
        "words": look.words,
    }
    by = decision.override.look_by
    if by is None or localdate(look.at) <= by:
        return said
    return _("%(said)s This was late: it should have been looked at by %(day)s.") % {
        "said": said,
        "day": day_in_words(by),
    }


def _looked(look: LookedAgain) -> str:
    said = {"who": look.by, "when": moment_in_words(look.at)}
    if look.again_on is None:
        return _("%(who)s reviewed it, %(when)s: it stands.") % said
    return _("%(who)s reviewed it, %(when)s: it stands, and is to be reviewed again on %(day)s.") % (
        said | {"day": day_in_words(look.again_on)}
    )


def _filled(rows: Iterable[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    kept = [(key, [line for line in lines if line]) for key, lines in rows]
    return [(key, lines) for key, lines in kept if lines]


def _day(day: date | None) -> str:
    return day_in_words(day) if day else ""
