"""The table of cases that were looked into, as the person is told of them."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

LEARNING: dict[str, Table] = {
    "marm.SampledFrom": Table(
        title=_("That agencies looked into how they worked with you, to learn"),
        about=_(
            "Your case was one of several that were drawn at random. Whoever looked saw a number and counts, "
            "and not your name unless they took part already"
        ),
        columns={"sampled": _("What was counted, and what was seen")},
        made="drawn_at",
        left_out=("id", "case"),
    ),
    "marm.SampledCase": Table(
        title=_("What was counted of cases that agencies looked into"),
        about=_("By a number and without a name"),
        unread=_("What was counted is shown with the entry that says your case was looked into."),
    ),
    "marm.AuditAnswer": Table(
        title=_("What whoever looked into cases saw"),
        about=_("By a number and without a name"),
        unread=_("What was seen in your case is told with that it was looked into."),
    ),
}
