"""What meetings ask of a day, ready to show."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words, day_or_moment, moment_in_words
from alongside.casework.design.today import Line
from alongside.casework.marm.queries.today_meetings import MeetingToday, Meets
from alongside.casework.marm.rules.clocks import until

SAID: dict[Meets, Promise] = {
    Meets.TO_REVIEW: gettext_lazy("%(name)s: declined again, look at it once more"),
    Meets.TO_SET: gettext_lazy("%(name)s: a meeting has been asked for"),
    Meets.TO_SET_AFTER_ALL: gettext_lazy(
        "%(name)s: an urgent meeting has been asked for, and the lead declined it"
    ),
    Meets.TO_ANSWER: gettext_lazy("%(name)s: say whether your agency is coming to a meeting"),
    Meets.REPORT_OWED: gettext_lazy("%(name)s: say what your agency knows, before a meeting"),
    Meets.CHAIR_GONE: gettext_lazy("%(name)s: choose somebody else to chair a meeting"),
    Meets.CANNOT_COME: gettext_lazy("%(name)s: not everybody can come to a meeting"),
    Meets.CANCELLED: gettext_lazy("%(name)s: a meeting was cancelled"),
    Meets.NEXT: gettext_lazy("%(name)s: a meeting"),
    Meets.SET: gettext_lazy("%(name)s: the meeting you asked for is set"),
    Meets.NOT_SET: gettext_lazy("%(name)s: why there will be no meeting"),
    Meets.REVIEWED: gettext_lazy("%(name)s: what you asked for has been looked at again"),
}
PAGE: dict[Meets, str] = {
    Meets.TO_REVIEW: "marm:review",
    Meets.REVIEWED: "marm:review",
    Meets.TO_SET: "marm:meetings",
    Meets.TO_SET_AFTER_ALL: "marm:meetings",
    Meets.NOT_SET: "marm:meetings",
    Meets.REPORT_OWED: "marm:send_report",
    Meets.TO_ANSWER: "marm:answer_meeting",
    Meets.CHAIR_GONE: "marm:meeting",
    Meets.CANNOT_COME: "marm:meeting",
    Meets.CANCELLED: "marm:meeting",
    Meets.NEXT: "marm:meeting",
    Meets.SET: "marm:meeting",
}

BEGIN = frozenset(
    {
        Meets.NEXT, Meets.SET, Meets.TO_ANSWER, Meets.CHAIR_GONE, Meets.CANNOT_COME, Meets.CANCELLED,
    }
)  # fmt: skip
"""About a meeting that has a time."""


def meeting_line(meeting: MeetingToday, now: datetime) -> Line:
    """Say who it is about, what there is to do, and by when."""
    if meeting.meets is Meets.CALLED_OFF:
        told = _("A meeting on %(when)s was cancelled") % {"when": moment_in_words(meeting.when)}
        return Line(told, "", _("Your agency no longer sees the case."), begins=meeting.when)
    text = str(SAID[meeting.meets]) % {"name": meeting.known_as}
    address, hint = address_of(PAGE[meeting.meets], args=[meeting.about]), _when(meeting, now)
    if meeting.meets in BEGIN:
        return Line(text, address, hint, begins=meeting.when)
    return Line(text, address, hint, due=until(meeting.by) if meeting.by else None)


def _when(meeting: MeetingToday, now: datetime) -> str:
    if meeting.meets in BEGIN - {Meets.CANNOT_COME}:
        return _("%(when)s.") % {"when": moment_in_words(meeting.when)}
    if meeting.meets is Meets.CANNOT_COME:
        names = ", ".join(meeting.names)
        return _("%(when)s: %(names)s.") % {"when": moment_in_words(meeting.when), "names": names}
    if meeting.by is None:
        return _("Asked for on %(day)s.") % {"day": day_in_words(meeting.when)}
    late = now >= meeting.by
    said = _("It was due by %(day)s.") if late else _("By %(day)s.")
    return said % {"day": day_or_moment(until(meeting.by))}
