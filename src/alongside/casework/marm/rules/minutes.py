"""When minutes can be closed: never without the person there, or what they think and want (source 002)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _


class TookPart(StrEnum):
    """How the person, or what they think and want, was there."""

    NOT_YET = "not_yet"
    """Not written yet: the minutes stay open."""
    IN_PERSON = "in_person"
    REMOTE = "remote"
    ADVOCATE = "advocate"
    WRITTEN = "written"
    TRUSTED_WORKER = "trusted_worker"
    DECLINED = "declined"
    """They did not want to, and why."""


PRESENT = (TookPart.IN_PERSON, TookPart.REMOTE)


class Attended(StrEnum):
    """Whether an invitee came."""

    NOT_YET = "not_yet"
    PRESENT = "present"
    REMOTE = "remote"
    APOLOGY = "apology"
    ABSENT = "absent"


CAME = (Attended.PRESENT, Attended.REMOTE)


@dataclass(frozen=True)
class Attendance:
    """Whether an invitee came and, if not, why not."""

    attended: Attended
    why: str = ""


@dataclass(frozen=True)
class Written:
    """What minutes say, in the order in which a meeting goes: the person first.

    Attributes:
        took_part: how the person was there.
        views: what they said about it themself, or who it came through.
        declined_why: why they did not want to.
        story: their story, what is strong and what matters.
        person_risk: what they think of the risks.
        missing: who is not there and should be.
        known: what each agency knows.
        gaps: what nobody knows, and what agencies see differently.
        agencies_risk: what the agencies think of the risks.
        next_time: when agencies meet again, and what would bring it forward.
        attendance: whether each invitee came, by their id.
    """

    took_part: TookPart
    views: str = ""
    declined_why: str = ""
    story: str = ""
    person_risk: str = ""
    missing: str = ""
    known: str = ""
    gaps: str = ""
    agencies_risk: str = ""
    next_time: str = ""
    attendance: Mapping[UUID, Attendance] = field(default_factory=dict)


def keeps_from_closing(written: Written, *, begins_at: datetime, now: datetime) -> dict[str, str]:
    """Return what keeps minutes from being closed, by the name of the field."""
    wrong: dict[str, str] = {}
    if written.took_part is TookPart.NOT_YET:
        wrong["took_part"] = _("Say how the person took part, or why they did not want to")
    elif written.took_part is TookPart.DECLINED:
        if not written.declined_why.strip():
            wrong["declined_why"] = _("Say why they did not want to, in their words")
    elif written.took_part not in PRESENT and not written.views.strip():
        wrong["views"] = _("Write what the person thinks and wants")
    owed = {
        "story": _("Write the person's story and what matters to them"),
        "known": _("Write what each agency knows"),
    }
    wrong |= {name: said for name, said in owed.items() if not getattr(written, name).strip()}
    if any(
        each.attended is Attended.NOT_YET or (each.attended not in CAME and not each.why.strip())
        for each in written.attendance.values()
    ):
        wrong["attendance"] = _("For everybody invited, say whether they came and, if not, why not")
    if begins_at > now:
        wrong["close"] = _("The meeting has not started yet")
    return wrong
