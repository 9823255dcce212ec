"""What each code of a case audit is called."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.casework.marm.models import AuditAnswer
from alongside.casework.marm.rules.case_audits import Fact, SoMany, Verdict

VERDICT: dict[Verdict, Promise] = {
    Verdict.MET: _("Met"),
    Verdict.PARTLY: _("Partly"),
    Verdict.NOT_MET: _("Not met"),
    Verdict.CANNOT_TELL: _("Cannot tell"),
}
FACT: dict[Fact, Promise] = {
    Fact.TOOK_PART: _("%(done)s of %(of)s meetings with closed minutes"),
    Fact.LED: _("%(done)s of %(of)s days on which somebody had agreed to lead"),
    Fact.IN_TIME: _("%(done)s of %(of)s actions that are done or late"),
    Fact.REPORTS: _("%(done)s of %(of)s invited agencies, across all meetings"),
    Fact.OWN_VIEW: _("%(done)s of %(of)s decisions"),
    Fact.POSITIONS: _("%(done)s of %(of)s decisions in which two agencies or more wrote what they think"),
    Fact.CHECKED_BACK: _("%(done)s of %(of)s endings after which it was time to ask how things were going"),
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
