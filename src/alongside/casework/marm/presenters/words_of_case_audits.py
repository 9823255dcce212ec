"""What each code of a case audit is called."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from alongside.casework.marm.models import AuditAnswer
from alongside.casework.marm.rules.case_audits import Fact, SoMany, Verdict

VERDICT: dict[Verdict, Promise] = {
    Verdict.MET: _("Met"),
    Verdict.PARTLY: _("Partly"),
    Verdict.NOT_MET: _("Not met"),
    Verdict.CANNOT_TELL: _("Cannot tell"),
}
FACT: dict[Fact, Any] = {
    Fact.TOOK_PART: ngettext_lazy(
        "%(done)s of %(of)s meeting with closed minutes",
        "%(done)s of %(of)s meetings with closed minutes",
        "of",
    ),
    Fact.LED: ngettext_lazy(
        "%(done)s of %(of)s day on which somebody had agreed to lead",
        "%(done)s of %(of)s days on which somebody had agreed to lead",
        "of",
    ),
    Fact.IN_TIME: ngettext_lazy(
        "%(done)s of %(of)s action that is done or late",
        "%(done)s of %(of)s actions that are done or late",
        "of",
    ),
    Fact.REPORTS: ngettext_lazy(
        "%(done)s of %(of)s invited agency, across all meetings",
        "%(done)s of %(of)s invited agencies, across all meetings",
        "of",
    ),
    Fact.OWN_VIEW: ngettext_lazy("%(done)s of %(of)s decision", "%(done)s of %(of)s decisions", "of"),
    Fact.POSITIONS: ngettext_lazy(
        "%(done)s of %(of)s decision in which two agencies or more wrote what they think",
        "%(done)s of %(of)s decisions in which two agencies or more wrote what they think",
        "of",
    ),
    Fact.CHECKED_BACK: ngettext_lazy(
        "%(done)s of %(of)s ending after which it was time to ask how things were going",
        "%(done)s of %(of)s endings after which it was time to ask how things were going",
        "of",
    ),
}
"""How many out of how many: each says how it was counted."""


def count_in_words(fact: Fact, counts: SoMany) -> str:
    """Say what was counted, what it says, and how it was counted."""
    if not counts.of:
        return gettext("Nothing to count: the record does not say")
    return f"{VERDICT[counts.verdict]}. {FACT[fact] % {'done': counts.done, 'of': counts.of}}"


def answer_in_words(answer: AuditAnswer) -> str:
    """Say what the member looking sees."""
    said = str(VERDICT[Verdict(answer.verdict)])
    return f"{said}. {answer.words}" if answer.words else said
