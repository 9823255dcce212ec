"""Columns of multi-agency work that hold codes from the area pack, in words for the person."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.models import (
    Case,
    CaseDecision,
    CriterionAnswer,
    DeclineReview,
    Ending,
    SampledFrom,
    Screening,
)
from alongside.casework.marm.presenters.words import item_in_words
from alongside.casework.marm.presenters.words_of_case_audits import answer_in_words, count_in_words
from alongside.casework.marm.queries.pack import NoApproachError, forum_of, forum_title, marm_pack, tool_of
from alongside.casework.marm.rules.criteria import criteria_of

SAID = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No"), "not_known": gettext_lazy("Not known")}
ASKED = {
    "needs": gettext_lazy("Do you need care and support, or might you?"),
    "abuse": gettext_lazy("Are you being abused or neglected, or at risk of it?"),
    "cannot_protect": gettext_lazy("Do those needs mean you cannot protect yourself?"),
    "count": gettext_lazy("How many answers were yes in the risk checklist"),
    "judgement": gettext_lazy("A professional judges the risk to be high"),
    "events": gettext_lazy("How many times something happened in the last year"),
    "since_marac": gettext_lazy("Something happened after a meeting about the risk"),
}


def forum(row: Any) -> str:
    """Say which process it is about."""
    return _in_words(forum_title, row.forum)


def route(case: Case | DeclineReview) -> str:
    """Say where it could go instead."""
    return _in_words(forum_title, case.route) if case.route else ""


def answers(screening: Screening) -> str:
    """Say what was asked and answered."""
    questions = {code: str(words) for code, words in ASKED.items()} | _questions(screening.forum)
    return "\n".join(
        f"{questions.get(code, _plain(code))}: {_answer(given)}"
        for code, given in screening.answers.items()
        if given is not None
    )


def because(screening: Screening) -> str:
    """Say which answers led to it."""
    known = {
        "limbs": _("Somebody suspected abuse or neglect of a person who may need care"),
        "count": _("The number of yes answers in the risk checklist"),
        "judgement": _("A professional judged the risk to be high"),
        "escalation": _("It happened more and more often"),
        "repeat": _("Something happened again after a meeting about the risk"),
    }
    return ", ".join(known.get(code, _plain(code)) for code in screening.because)


def criterion(answer: CriterionAnswer) -> str:
    """Say what was asked, if the area pack still has that version of the criteria."""
    try:
        sets = marm_pack().criteria_sets
    except NoApproachError:
        return _plain(answer.code)
    asked = {
        each.code: each.ask
        for known in sets
        if known.set == answer.case.criteria_set
        for each in criteria_of(known)
    }
    return asked.get(answer.code, _plain(answer.code))


def ticked(answer: CriterionAnswer) -> str:
    """Say what was ticked in a criterion's list."""
    return ", ".join(item_in_words(each) for each in answer.items)


def criteria(case: Case) -> str:
    """Say which criteria it was judged by, and their version."""
    try:
        titles = {each.set: each.title for each in marm_pack().criteria_sets}
    except NoApproachError:
        titles = {}
    name, _slash, version = case.criteria_set.partition("/")
    title = titles.get(case.criteria_set, _plain(name))
    return _("%(title)s, version %(version)s") % {"title": title, "version": version}


def needs(ending: Ending) -> str:
    """Say what a reason to end requires, and what was written."""
    return "\n".join(f"{need}: {words}" for need, words in ending.needs.items())


def levers(decision: CaseDecision) -> str:
    """Say which law and guidance a decision referred to."""
    try:
        titles = {each.code: each.title for each in marm_pack().legal_levers}
    except NoApproachError:
        titles = {}
    return "\n".join(titles.get(code, _plain(code)) for code in decision.levers)


def looked_into(row: SampledFrom) -> str:
    """Say what was counted in the case, and what those who looked said about it."""
    sampled = row.sampled
    asks = {each["code"]: each["ask"] for each in sampled.audit.questions}
    counts = {fact: count_in_words(fact, count) for fact, count in sampled.counts.items()}
    counted = [
        f"{each['ask']} {counts[each['fact']]}" for each in sampled.audit.questions if each["fact"] in counts
    ]
    answered = [
        f"{asks.get(each.question, _plain(each.question))} {answer_in_words(each)}"
        for each in sampled.answers.order_by("question", "at")
    ]
    return "\n".join([*counted, *answered])


MARM_FORMATS: dict[tuple[str, str], Callable[[Any], str]] = {
    ("marm.Screening", "forum"): forum,
    ("marm.Screening", "answers"): answers,
    ("marm.Screening", "because"): because,
    ("marm.Onward", "forum"): forum,
    ("marm.Case", "route"): route,
    ("marm.DeclineReview", "route"): route,
    ("marm.Case", "criteria_set"): criteria,
    ("marm.CriterionAnswer", "code"): criterion,
    ("marm.CriterionAnswer", "items"): ticked,
    ("marm.Ending", "needs"): needs,
    ("marm.SampledFrom", "sampled"): looked_into,
    ("marm.CaseDecision", "levers"): levers,
}


def _in_words(title: Callable[[str], str], code: str) -> str:
    try:
        return _plain(title(code))
    except NoApproachError:
        return _plain(code)


def _questions(code: str) -> dict[str, str]:
    try:
        return {each.code: each.ask for each in tool_of(forum_of(code)).questions}
    except (NoApproachError, NotFoundError):
        return {}


def _answer(given: object) -> str:
    if isinstance(given, bool):
        return _("Yes") if given else _("No")
    return str(SAID.get(str(given), given))


def _plain(code: str) -> str:
    return code.replace("_", " ")
