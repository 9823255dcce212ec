"""Drafts of decisions in finished words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.purposes import title_of
from alongside.casework.capacity.queries import Lacking
from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.people.models import Person
from alongside.casework.sharing.forms.proposals import item_of
from alongside.casework.sharing.models import Advice, ShareDecision
from alongside.casework.sharing.presenters.choices import TOPICS
from alongside.casework.sharing.presenters.decisions import GROUNDS, KINDS, LAYERS, TOLD, standing
from alongside.casework.sharing.queries.drafts import DraftPage
from alongside.casework.sharing.rules.decisions import (
    Looked,
    Outcome,
    Proposal,
    Told,
    options,
    title_of_basis,
)
from alongside.casework.sharing.rules.items import Item, what_an_item_lacks
from alongside.casework.sharing.rules.overrides import ASKS, Ground, Override
from alongside.casework.sharing.rules.steps import UNFINISHED, Step, step_of

TITLES = {
    Step.TO: gettext_lazy("Who would be told, and what for"),
    Step.ITEMS: gettext_lazy("What would be shared"),
    Step.KNOWN: gettext_lazy("What is known about the person"),
    Step.OUTCOME: gettext_lazy("What you decide"),
    Step.NOT: gettext_lazy("Why it is not shared"),
    Step.GROUND: gettext_lazy("Against their wishes: the ground"),
    Step.OVERRIDE: gettext_lazy("Against their wishes: what the ground needs"),
    Step.BASIS: gettext_lazy("Basis in law, and why it is needed"),
    Step.TELLING: gettext_lazy("How it is shared, and what the person knows"),
}


@dataclass(frozen=True)
class StepLine:
    """One step of a draft, as the list of all shows it."""

    title: str
    href: str
    done: bool
    begun: bool
    wrong: list[str]


@dataclass(frozen=True)
class AdviceShown:
    """A question for advice, in words."""

    id: str
    question: str
    asked: str
    lawyer: str
    answer: str
    answered: str


@dataclass(frozen=True)
class DraftShown:
    """A draft, in words."""

    id: str
    person_id: str
    known_as: str
    steps: list[StepLine]
    advice: list[AdviceShown]
    respect: str
    """If a refusal stands in the way: the address at which it can be respected."""


@dataclass(frozen=True)
class StepShown:
    """A step, with what whoever answers it must know from the records."""

    title: str
    wish: str
    refuses: bool
    uncovered: list[str]
    closed: list[tuple[str, str, str]]
    rests_on_agreements: bool
    person_id: str
    nothing_lacking: bool
    """Whether the ground is lack of capacity, and no record says that they cannot decide this."""


def draft_shown(
    page: DraftPage,
    answers: Mapping[str, Any],
    steps: list[Step],
    wrong: Mapping[str, str],
    *,
    stopped: bool = False,
) -> DraftShown:
    """Return a draft, with what is missing beside the step where it is asked.

    What has not been answered yet is not wrong, unless somebody was ``stopped`` when they decided. That a
    ground is needed is said at once, and no longer once one is chosen.
    """
    missing: dict[Step, list[str]] = {}
    for name, why in wrong.items():
        missing.setdefault(step_of(name, steps), []).append(why)
    return DraftShown(
        id=str(page.draft.id),
        person_id=str(page.person.id),
        known_as=page.person.known_as,
        steps=[
            StepLine(
                title=str(TITLES[each]),
                href=address_of("sharing:step", args=[page.draft.id, each]),
                done=each in answers,
                begun=each in answers.get(UNFINISHED, {}),
                wrong=missing.get(each, [])
                if stopped or (each in answers) is not (each is Step.GROUND)
                else [],
            )
            for each in steps
        ],
        advice=[advice_shown(each) for each in page.advice],
        respect=address_of("sharing:step", args=[page.draft.id, Step.OUTCOME]) if "ground" in wrong else "",
    )


def advice_shown(advice: Advice) -> AdviceShown:
    """Return a question for advice in words."""
    lawyer = ""
    if advice.lawyer:
        lawyer = _("%(who)s was asked on %(day)s. %(said)s") % {
            "who": advice.lawyer,
            "day": day_in_words(advice.lawyer_asked_on) if advice.lawyer_asked_on else "",
            "said": advice.lawyer_said,
        }
    return AdviceShown(
        id=str(advice.id),
        question=advice.question,
        asked=_("%(who)s asked, %(when)s")
        % {"who": advice.asked_by, "when": moment_in_words(advice.asked_at)},
        lawyer=lawyer,
        answer=advice.answer,
        answered=_("%(who)s, %(when)s")
        % {"who": advice.answered_by, "when": moment_in_words(advice.answered_at)}
        if advice.answered_at
        else "",
    )


def decided_before_advice(decision: ShareDecision) -> tuple[str, str]:
    """Say that whoever asked for advice has decided, and how; and where that is."""
    said = {
        "who": decision.decided_by, "when": moment_in_words(decision.decided_at),
        "stands": standing(decision).words,
    }  # fmt: skip
    words = _("%(who)s has decided meanwhile, %(when)s. %(stands)s.") % said
    return words, address_of("sharing:decision", args=[decision.id])


def step_shown(step: Step, page: DraftPage, proposal: Proposal, looked: Looked) -> StepShown:
    """Return what is shown beside the questions of a step."""
    ground = page.draft.answers.get(Step.GROUND, {}).get("ground")
    deciding = step in (Step.OUTCOME, Step.GROUND, Step.OVERRIDE, Step.BASIS)
    closed = [
        (str(LAYERS[each.basis.layer]), str(each.basis.title), each.why_not)
        for each in (options(proposal, looked) if step is Step.BASIS else [])
        if not each.open
    ]
    return StepShown(
        title=str(TITLES[step]),
        wish=looked.wish.why if deciding and proposal.items else "",
        refuses=looked.wish.state == "refuses",
        uncovered=[f"{name}: {why}" for name, why in looked.uncovered.items()] if deciding else [],
        closed=closed,
        rests_on_agreements=step is Step.BASIS,
        person_id=str(page.person.id),
        nothing_lacking=step is Step.OVERRIDE
        and ground == [Ground.LACKS_CAPACITY]
        and not capacity_choices(page.lacking),
    )


def proposal_shown(page: DraftPage, proposal: Proposal, looked: Looked) -> list[tuple[str, list[str]]]:
    """Return all the answers, to be checked once more before deciding."""
    share = proposal.outcome is Outcome.SHARE
    names = [each.name for each in page.organisations if each.id in proposal.recipients]
    bases = [
        (str(LAYERS[layer]), [title_of_basis(basis.code), basis.words])
        for layer, basis in proposal.bases.items()
    ]
    rows = [
        (_("Who is told") if share else _("Who is not told"), [*names, proposal.named]),
        (_("What for"), [title_of(proposal.purpose) if proposal.purpose else ""]),
        (_("Who it is about"), [proposal.who]),
        (_("What is shared") if share else _("What is not shared"), [each.words for each in proposal.items]),
        (_("What the person wants"), [looked.wish.why if proposal.items else ""]),
        *(_against(proposal.override) if proposal.override else []),
        *(bases if share else []),
        *(_telling(proposal) if share else []),
        *([] if share else _unsafe(proposal)),
        (_("Why it is not shared"), [proposal.reason]),
        (_("What could happen if it is not shared"), [proposal.risk]),
        (_("To be reviewed on"), [day_in_words(proposal.review_on) if proposal.review_on else ""]),
    ]
    kept = [(key, [line for line in lines if line]) for key, lines in rows]
    return [(key, lines) for key, lines in kept if lines]


def _against(override: Override) -> list[tuple[str, list[str]]]:
    first, second = ASKS[override.ground]
    waits = _("A manager must agree first. Until then nobody is told.")
    at_once = _("They are told at once. A manager must look at it within one working day.")
    return [
        (_("Ground"), [str(GROUNDS[override.ground])]),
        (str(first), [override.first]),
        (str(second), [override.second]),
        (_("When they are told"), [at_once if override.emergency else waits, override.emergency_why]),
    ]


def _telling(proposal: Proposal) -> list[tuple[str, list[str]]]:
    told_on = day_in_words(proposal.told_on) if proposal.told_on else ""
    return [
        (_("Why it is needed"), [proposal.necessity]),
        (_("Why sharing less would not be enough"), [proposal.proportionality]),
        (_("Why it is shared without an agreement"), [proposal.without_agreement]),
        (
            _("Does the person know?"),
            [str(TOLD[proposal.told]), told_on, proposal.told_how, proposal.told_why_not],
        ),
        (_("How it is sent"), [proposal.channel]),
        (_("What they may do with it"), [proposal.onward]),
        (_("Kept until"), [day_in_words(proposal.keep_until) if proposal.keep_until else ""]),
    ]


def _unsafe(proposal: Proposal) -> list[tuple[str, list[str]]]:
    if proposal.told is not Told.NOT_SAFE:
        return []
    return [(_("Does the person know?"), [str(TOLD[proposal.told]), proposal.told_why_not])]


def items_shown(items: list[tuple[str, Item]]) -> list[tuple[str, str, str, str]]:
    """Return what is to be shared: its key, what it is about, the words, and what kind of statement it is."""
    return [(key, str(TOPICS[each.topic]), each.words, str(KINDS[each.kind])) for key, each in items]


def item_lacks(form: forms.Form, day: date) -> bool:
    """Say whether anything is missing from one thing to be shared, and show it beside its fields."""
    lacks = what_an_item_lacks(item_of(form.cleaned_data), day)
    for name, why in lacks.items():
        form.add_error(name, why)
    return bool(lacks)


def who_in_words(person: Person) -> str:
    """Return who a piece of sharing is about: name and date of birth, and no more."""
    name = " ".join(each for each in (person.forename, person.surname) if each) or person.known_as
    if person.date_of_birth is None:
        return name
    return _("%(name)s, born %(day)s") % {"name": name, "day": day_in_words(person.date_of_birth)}


def capacity_choices(lacking: list[Lacking]) -> list[tuple[str, str]]:
    """Return the capacity records that the ground of capacity can rest on."""
    return [
        (f"{each.record.id}/{each.best_interests.id}", each.record.decision)
        for each in lacking
        if each.best_interests is not None
    ]
