"""What each paper is called, and who it is for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.marm.rules.papers import Paper

TITLES: dict[Paper, Promise] = {
    Paper.GUIDANCE: _("Agencies coming together: guidance for staff"),
    Paper.FLOWCHART: _("Agencies coming together: flowchart"),
    Paper.WHAT_TO_EXPECT: _("What to expect"),
    Paper.CHAIRS_GUIDE: _("Agencies coming together: chair's guide"),
    Paper.AGENCY_REPORT: _("Agency report"),
    Paper.CONFIDENTIALITY: _("Confidentiality statement"),
    Paper.RECORD: _("Record of the meeting"),
    Paper.ACTION_PLAN: _("Action plan"),
}
FOR: dict[Paper, Promise] = {
    Paper.GUIDANCE: _("When agencies come together, how, how soon, and how it ends."),
    Paper.FLOWCHART: _("The same as steps, drawn and in words."),
    Paper.WHAT_TO_EXPECT: _("For the person, in easy words."),
    Paper.CHAIRS_GUIDE: _("For the chair: before, during and after a meeting."),
    Paper.AGENCY_REPORT: _("What each agency knows, before a meeting."),
    Paper.CONFIDENTIALITY: _("Who takes part, and what they all keep to."),
    Paper.RECORD: _("Minutes, who came, what was decided and what will be done."),
    Paper.ACTION_PLAN: _("Who does what by when, and what the person wants from it."),
}
