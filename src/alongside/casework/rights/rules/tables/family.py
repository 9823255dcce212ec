"""The table of risks from and to people in the person's life, in words for the person."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

FAMILY: dict[str, Table] = {
    "marm.FamilyRisk": Table(
        title=_("What was said about people in your life"),
        about=_("The risk they may pose, the risk they may face, and who said so"),
        columns={
            "name": _("Who"),
            "relationship": _("Who they are to you"),
            "from_them": _("The risk they may pose"),
            "to_them": _("The risk they may face"),
            "says": _("Who said so"),
            "ended_at": _("Ended on"),
            "ended_why": _("Why it ended"),
        },
        made="noted_at",
        organisation="organisation",
        by=("noted_by", "ended_by"),
        left_out=("id", "case", "contact"),
        of_others=True,
    ),
}
