"""What a person's page says about the case about them, ready to show."""

from django.utils.translation import gettext as _

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import moment_in_words
from alongside.casework.design.today import Line
from alongside.casework.marm.queries.about_person import CaseNow
from alongside.casework.marm.rules.stages import Stage


def lines_of_case(now: CaseNow) -> list[Line]:
    """Return the current case and who leads it, and the next meeting."""
    asked = now.case.stage == Stage.ASKED
    said = _("Agencies were asked to come together") if asked else _("A case is open")
    leads = _("%(name)s leads it.") % {"name": now.led_by} if now.led_by else _("Nobody leads it yet.")
    lines = [Line(said, address_of("marm:case", args=[now.case.id]), leads)]
    if now.meeting is not None:
        when = moment_in_words(now.meeting.begins_at)
        which = {"kind": now.meeting.kind, "number": now.meeting.number}
        title = _("Next meeting: %(kind)s %(number)s") % which
        lines.append(Line(title, address_of("marm:meeting", args=[now.meeting.id]), when))
    return lines
