"""The tables of case audits, in words for the person."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

LEARNING: dict[str, Table] = {
    "marm.SampledFrom": Table(
        title=_("When agencies looked at how they worked with you, to learn"),
        about=_(
            "Your case was one of several picked at random. Whoever looked saw a number and counts, and not "
            "your name, unless they were already taking part"
        ),
        columns={"sampled": _("What was counted, and what was seen")},
        made="drawn_at",
        left_out=("id", "case"),
    ),
    "marm.SampledCase": Table(
        title=_("What was counted in cases that agencies looked at"),
        about=_("By a number and without a name"),
        unread=_("What was counted is shown with the entry that says your case was looked at."),
    ),
    "marm.AuditAnswer": Table(
        title=_("What was seen in cases that agencies looked at"),
        about=_("By a number and without a name"),
        unread=_("What was seen in your case is shown with the entry that says it was looked at."),
    ),
}
