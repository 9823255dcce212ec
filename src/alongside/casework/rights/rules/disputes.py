"""That something held is said to be wrong: what may be said so of, and how it may end. Pure.

UK GDPR Articles 16 (rectification), 17 (erasure), 18 (restriction meanwhile) and 12(3) and (4) (one month,
with reasons and how to complain where it is refused).
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Outcome(StrEnum):
    """How a dispute ends."""

    CORRECTED = "corrected"
    KEPT = "kept"
    ERASED = "erased"
    REFUSED = "refused"


DISPUTABLE: tuple[str, ...] = (
    "people.ChronologyEntry",
    "people.Contact",
    "people.Involvement",
    "sharing.SharedItem",
    "sources.Flag",
    "outreach.Concern",
    "offers.Offer",
    "offers.NotOffered",
    "capacity.CapacityRecord",
)
"""Tables of which a row may be disputed. What a person said themself is theirs: they say it anew."""
ERASABLE = frozenset({"people.ChronologyEntry", "people.Contact", "people.Involvement", "sharing.SharedItem"})
"""Those of which one row may be let go of without taking others' work with it."""
OUTCOMES = {
    Outcome.CORRECTED: _("It was put right"),
    Outcome.KEPT: _("It stays, with what the person says beside it"),
    Outcome.ERASED: _("It is to be erased"),
    Outcome.REFUSED: _("It stays: the request is refused, with reasons"),
}


def lacks(
    outcome: Outcome, *, table: str, why: str, statement: str, changed: str, told: Collection[object]
) -> Mapping[str, str]:
    """Return by field what an answer lacks before it is one; empty where it lacks nothing.

    Args:
        outcome: how it ends.
        table: of the row that is disputed.
        why: the reasons.
        statement: what the person says, kept beside the row.
        changed: what changed, for whoever was told it before.
        told: those who are told.
    """
    found: dict[str, str] = {}
    if not why.strip():
        found["why"] = str(_("Say why: the person is told, and so is whoever looks at this later"))
    if outcome is Outcome.KEPT and not statement.strip():
        found["statement"] = str(_("Write down what the person says: it stands beside it from now on"))
    if outcome is Outcome.ERASED and table not in ERASABLE:
        found["outcome"] = str(_("One row of this cannot be erased alone. Put it right, or keep both views"))
    if (outcome in (Outcome.CORRECTED, Outcome.ERASED) or told) and not changed.strip():
        found["changed"] = str(_("Say what has changed, for whoever was told it before"))
    return found
