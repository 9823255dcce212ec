"""The table of attempts to be in touch, in words for the person."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

TRIED = {
    "visit": _("A visit"),
    "telephone": _("By phone"),
    "message": _("A message or e-mail"),
    "letter": _("A letter"),
    "with_somebody": _("With somebody you trust"),
    "elsewhere": _("Somewhere you go anyway"),
}
CAME_OF_IT = {
    "spoke": _("You spoke with somebody"),
    "another_time": _("You asked for another time"),
    "declined": _("You declined"),
    "no_answer": _("Nobody answered"),
    "not_safe": _("It was not safe to go on"),
}
ENGAGEMENT: dict[str, Table] = {
    "marm.EngagementTry": Table(
        title=_("How agencies tried to be in touch with you"),
        about=_("What agencies that came together tried, what came of it, and what worked"),
        columns={
            "tried": _("How"),
            "words": _("What was done and said"),
            "came": _("What came of it"),
            "worked": _("What worked"),
        },
        values={"tried": TRIED, "came": CAME_OF_IT},
        on="on",
        made="noted_at",
        organisation="organisation",
        by=("noted_by",),
        left_out=("id", "case"),
    ),
}
