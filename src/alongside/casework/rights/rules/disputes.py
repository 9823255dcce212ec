"""Disputes about something held: what may be disputed, and what the outcome may be. Pure.

UK GDPR Articles 16 (rectification), 17 (erasure), 18 (restriction meanwhile) and 12(3) and (4) (one month,
with reasons and how to complain where it is refused).
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Outcome(StrEnum):
    """The outcome of a dispute."""

    CORRECTED = "corrected"
    KEPT = "kept"
    ERASED = "erased"
    REFUSED = "refused"
    UPHELD = "upheld"


DISPUTABLE: tuple[str, ...] = (
    "people.ChronologyEntry",
    "people.Contact",
    "people.Involvement",
    "sharing.SharedItem",
    "sources.Flag",
    "marm.Concern",
    "offers.Offer",
    "offers.NotOffered",
    "capacity.CapacityRecord",
    "marm.AgencyReport",
    "marm.Minutes",
    "marm.CaseDecision",
)
"""Tables whose rows may be disputed. A person's own words are not among them: they can say something new."""
MARKED = {
    **dict.fromkeys(
        ("people.ChronologyEntry", "people.Contact", "people.Involvement"),
        _("While we look into it, it is marked as disputed on their own page."),
    ),
    "sharing.SharedItem": _("While we look into it, it is marked as disputed for those who were told it."),
    "sources.Flag": _(
        "While we look into it, it is marked as disputed where contact teams read why they are on a list."
    ),
    "marm.Concern": _("While we look into it, it is marked as disputed among the concerns about them."),
    **dict.fromkeys(
        ("offers.Offer", "offers.NotOffered"),
        _("While we look into it, it is marked as disputed where what they were offered is listed."),
    ),
    "capacity.CapacityRecord": _(
        "While we look into it, it is marked as disputed on the record, in print too, and in the list of "
        "their decisions."
    ),
    "marm.AgencyReport": _(
        "While we look into it, it is marked as disputed where agencies read what each of them knows, and on "
        "paper."
    ),
    "marm.Minutes": _("While we look into it, it is marked as disputed on the minutes, and on paper."),
    "marm.CaseDecision": _(
        "While we look into it, it is marked as disputed on the decision, in the list of decisions, and on "
        "paper."
    ),
}
"""Where the rows of each table are marked. A person may be told this, so it says no more than is true."""
ERASABLE = frozenset({"people.ChronologyEntry", "people.Contact", "people.Involvement", "sharing.SharedItem"})
"""Tables from which a single row may be deleted without taking others' work with it."""
OF_A_ROW = (Outcome.CORRECTED, Outcome.KEPT, Outcome.ERASED, Outcome.REFUSED)
"""The possible outcomes of a dispute about one row."""
OUTCOMES = {
    Outcome.CORRECTED: _("It was put right"),
    Outcome.KEPT: _("It stays, with what the person says beside it"),
    Outcome.ERASED: _("It is to be erased"),
    Outcome.REFUSED: _("It stays: the request is refused, with reasons"),
    Outcome.UPHELD: _("It is upheld: lists leave them out from now on"),
}


def held_back() -> str:
    """Say why nothing can be erased that is held for a claim, an inquest or similar: it is evidence."""
    return str(
        _("A legal hold covers everything about them, so nothing can be erased. Lift it first, or refuse.")
    )


def kept_back(kept: Collection[str]) -> str:
    """Say that somebody decided to keep something until a day that has not passed, so it is not erased."""
    told = str(
        _(
            "It is kept, so it cannot be erased yet. %(kept)s. First decide about that among the records "
            "past their time, or refuse."
        )
    )
    return told % {"kept": "; ".join(each.rstrip(".") for each in kept)}


def hangs_on_it(what: Collection[str]) -> str:
    """Say that something else would be deleted with a row: a risk that a case notes from a contact, say."""
    told = str(_("This would be deleted with it, and others rely on it: %(what)s."))
    return told % {"what": ", ".join(what)}


def lacks(
    outcome: Outcome,
    *,
    table: str,
    why: str,
    statement: str,
    changed: str,
    told: Collection[object],
    holds: Collection[str] = (),
    hanging: Collection[str] = (),
    kept: Collection[str] = (),
) -> Mapping[str, str]:
    """Return, by field, what an answer still lacks; empty where it is complete.

    Args:
        outcome: the outcome.
        table: the table of the row that is disputed.
        why: the reasons.
        statement: what the person says, kept beside the row.
        changed: what changed, for those who were told it before.
        told: those who are to be told.
        holds: reasons, of ``HoldReason``, for which nothing about the person may be deleted.
        hanging: what else was written and would be deleted with the row, in words.
        kept: until when and why somebody decided to keep it, in words.
    """
    found: dict[str, str] = {}
    if outcome not in OF_A_ROW:
        found["outcome"] = str(_("Choose the outcome"))
    if not why.strip():
        found["why"] = str(_("Enter the reason: the person and anybody who looks at this later will read it"))
    if outcome is Outcome.KEPT and not statement.strip():
        found["statement"] = str(_("Enter what the person says: it is shown beside it from now on"))
    if outcome is Outcome.ERASED and table not in ERASABLE:
        found["outcome"] = str(
            _("One row of this cannot be erased on its own. Put it right, or keep both views")
        )
    elif outcome is Outcome.ERASED and holds:
        found["outcome"] = held_back()
    elif outcome is Outcome.ERASED and kept:
        found["outcome"] = kept_back(kept)
    elif outcome is Outcome.ERASED and hanging:
        found["outcome"] = f"{hangs_on_it(hanging)} {_('Put it right, or keep both views')}"
    if (outcome in (Outcome.CORRECTED, Outcome.ERASED) or told) and not changed.strip():
        found["changed"] = str(_("Enter what has changed, for those who were told it before"))
    return found


def lacks_telling(told_on: date, told_how: str, *, since: date, today: date) -> Mapping[str, str]:
    """Return, by field, what is wrong with how and when the person was told the answer.

    Args:
        told_on: the day.
        told_how: how.
        since: the day they asked.
        today: the day it is answered.
    """
    found: dict[str, str] = {}
    if not since <= told_on <= today:
        found["told_on"] = str(_("Enter the day they were told: not before they asked, nor in the future"))
    if not told_how.strip():
        found["told_how"] = str(_("Say how they were told"))
    return found
