"""What is waiting for a member to do with sharing, in finished words that name no person."""

from collections import Counter
from datetime import date

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.sharing.presenters.requests import silence_since
from alongside.casework.sharing.queries.waiting import Late, Waiting, Waits


def waits(each: Waiting) -> str:
    """Say what is waiting."""
    said = {"organisation": each.name, "day": day_in_words(each.day)}
    match each.why:
        case Waits.CHANGED:
            return _("Something that %(organisation)s shared with us has changed") % said
        case Waits.TOLD:
            return _("%(organisation)s shared something with us") % said
        case Waits.SECOND:
            return _("To be shared against a person's wishes: do you agree?")
        case Waits.EMERGENCY:
            return _("Shared in an emergency against a person's wishes: was it right?")
        case Waits.ADVICE:
            return _("Somebody is unsure whether something may be shared")
        case Waits.ADVISED:
            return _("Advice about sharing came after you decided: does the decision still stand?")
        case Waits.AGAIN:
            return _("Review a decision about sharing")
        case Waits.KNOWN:
            return _("Is this person known to us? %(organisation)s asks") % said
        case Waits.ASKED:
            return _("%(organisation)s asks for information by %(day)s") % said
        case Waits.SILENT:
            return _("%(organisation)s should have answered by %(day)s") % said
        case Waits.LAST_DAY:
            return _("%(organisation)s has until today to answer you") % said
        case Waits.REPLIED:
            return _("%(organisation)s has answered what you asked for") % said
        case Waits.KNOWN_OR_NOT:
            return _("%(organisation)s has said whether it knows somebody") % said


def not_looked_at(late: Late) -> str:
    """Say that nobody has looked at an emergency, and where; the reader phones the manager there."""
    return _("%(organisation)s: ask a manager to look at what was shared in an emergency") % {
        "organisation": late.organisation
    }


def look_was_due(late: Late) -> str:
    """Say by when somebody should have looked."""
    return _("Late: it should have been looked at by %(day)s") % {"day": day_in_words(late.look_by)}


def told_apart(sentences: list[str]) -> list[str]:
    """Return sentences of which no two are alike, so that links can be told apart when heard alone.

    They may hold no name and no words of a person, so equal ones are numbered.
    """
    of, seen = Counter(sentences), Counter[str]()
    apart = []
    for each in sentences:
        seen[each] += 1
        numbered = {"sentence": each, "number": seen[each], "all": of[each]}
        apart.append(_("%(sentence)s (%(number)s of %(all)s)") % numbered if of[each] > 1 else each)
    return apart


def since(each: Waiting, day: date) -> str:
    """Say since when it has waited, by when it is due, or how long a request has had no answer."""
    if each.why in (Waits.EMERGENCY, Waits.AGAIN):
        late = each.day < day
        said = (
            _("Late: it should have been looked at by %(day)s") if late else _("To be looked at by %(day)s")
        )
        return said % {"day": day_in_words(each.day)}
    if each.why not in (Waits.ASKED, Waits.SILENT):
        return day_in_words(each.day)
    return silence_since(each.day, day)
