"""How a case ends: with a reason of the area pack, the person's own view, and what remains in words.

Not engaging is no reason (the pack refuses one): it means reaching out in another way, or saying what
remains, who knows of it, what would open the case again and who would notice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from alongside.area.marm_models import ClosureReason


class Met(StrEnum):
    """Whether what the person wanted came of it, in their own view (Making Safeguarding Personal)."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"
    NOT_SAID = "not_said"
    """They were not asked, or did not say: with the reason."""


class Risk(StrEnum):
    """What became of the risk."""

    REMOVED = "removed"
    REDUCED = "reduced"
    REMAINS = "remains"


@dataclass(frozen=True)
class Closing:
    """What is said when a case ends.

    Attributes:
        reason: code of a reason of the area pack.
        needs: what that reason asks for, to what was written.
        met: whether what the person wanted came of it, in their view.
        own_view: what they say of it, in their words.
        no_view_why: why there are no words of theirs.
        risk: what became of the risk.
        who_knows: of what remains, who knows of it.
        reopens: what would open the case again.
        who_notices: who would notice, by name and agency.
    """

    reason: str
    needs: Mapping[str, str] = field(default_factory=dict)
    met: Met = Met.NOT_SAID
    own_view: str = ""
    no_view_why: str = ""
    risk: Risk = Risk.REMAINS
    who_knows: str = ""
    reopens: str = ""
    who_notices: str = ""


def wrong_with(closing: Closing, reason: ClosureReason) -> dict[str, str]:
    """Return what is missing, by the name of the part; what a reason needs by ``need_`` and its place.

    What remains is said in any case but one: where the risk is gone nobody need notice it.
    """
    wrong = {}
    if not closing.own_view.strip() and not closing.no_view_why.strip():
        wrong["own_view"] = _("Write what the person says of it, or why there are no words of theirs")
    if closing.met is Met.NOT_SAID and not closing.no_view_why.strip():
        wrong["no_view_why"] = _("Say why they were not asked, or did not say")
    if closing.risk is not Risk.REMOVED:
        owed = {
            "who_knows": _("Say who knows of the risk that remains"),
            "reopens": _("Say what would open the case again"),
            "who_notices": _("Say who would notice, by name and agency"),
        }
        wrong |= {name: said for name, said in owed.items() if not getattr(closing, name).strip()}
    for place, need in enumerate(reason.needs):
        if not closing.needs.get(need, "").strip():
            wrong[f"need_{place}"] = _("Say it: %(need)s") % {"need": need}
    return wrong
