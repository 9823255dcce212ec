"""How a case ends: with a reason from the area pack, the person's own view, and what remains, in words.

Not engaging is no reason (a pack with one is refused): it means reaching out in another way, or saying what
remains, who knows about it, what would reopen the case and who would notice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.area.marm_models import ClosureReason


class Met(StrEnum):
    """Whether what the person wanted happened, in their own view (Making Safeguarding Personal)."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"
    NOT_SAID = "not_said"
    """They were not asked, or did not say: with the reason."""


class Agreed(StrEnum):
    """What an agency says about what remains. The strings are stored in the database."""

    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    """With the reason: it never holds up the ending, and is shown beside it."""


class Risk(StrEnum):
    """What became of the risk."""

    REMOVED = "removed"
    REDUCED = "reduced"
    REMAINS = "remains"


@dataclass(frozen=True)
class Becomes:
    """What becomes of an action that is still to do when a case ends.

    Attributes:
        goes_on: whether it goes on; otherwise it stops.
        words: who will make sure it happens, or why it stops.
    """

    goes_on: bool
    words: str


@dataclass(frozen=True)
class Closing:
    """What is said when a case ends.

    Attributes:
        reason: code of a reason in the area pack.
        needs: what was written for each thing that reason asks for.
        met: whether what the person wanted happened, in their view.
        own_view: what they say about it, in their words.
        no_view_why: why there is nothing in their own words.
        risk: what became of the risk.
        who_knows: who knows about what remains.
        reopens: what would reopen the case.
        who_notices: who would notice, by name and agency.
        actions: what becomes of each action that is still to do.
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
    actions: Mapping[UUID, Becomes] = field(default_factory=dict)


def wrong_with(closing: Closing, reason: ClosureReason) -> dict[str, str]:
    """Return what is missing, by the name of the part; for what a reason needs, ``need_`` and its place.

    What remains is always needed, unless the risk has gone: then there is nothing for anybody to notice, and
    nothing that a reason could have agencies sign for.
    """
    wrong = {}
    if not closing.own_view.strip() and not closing.no_view_why.strip():
        wrong["own_view"] = _("Write what they say about it, or why there is nothing in their own words")
    if closing.met is Met.NOT_SAID and not closing.no_view_why.strip():
        wrong["no_view_why"] = _("Say why they were not asked, or did not say")
    if reason.remains and closing.risk is Risk.REMOVED:
        wrong["risk"] = _("Choose another reason if no risk remains: agencies are asked to sign for this one")
    if closing.risk is not Risk.REMOVED:
        owed = {
            "who_knows": _("Say who knows about the risk that remains"),
            "reopens": _("Say what would reopen the case"),
            "who_notices": _("Say who would notice, by name and agency"),
        }
        wrong |= {name: said for name, said in owed.items() if not getattr(closing, name).strip()}
    for place, need in enumerate(reason.needs):
        if not closing.needs.get(need, "").strip():
            wrong[f"need_{place}"] = _("Enter this: %(need)s") % {"need": need}
    return wrong


def wrong_with_actions(closing: Closing, to_do: Iterable[UUID]) -> dict[str, str]:
    """Return what is missing about actions still to do, by ``action_``, its id and ``_words``.

    None is forgotten: each goes on with somebody, or stops for a reason.
    """
    wrong = {}
    for key in to_do:
        said = closing.actions.get(key)
        if said is None or not said.words.strip():
            wrong[f"action_{key}_words"] = (
                _("Say who will make sure it goes on")
                if said is not None and said.goes_on
                else _("Say what happens to it: who will see to it, or why it stops")
            )
    return wrong
