"""The tables of what was asked for and declined, in words for the person."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

WAITING: dict[str, Table] = {
    "marm.DeclineReview": Table(
        title=_("When somebody looked again at why agencies did not come together around you"),
        about=_("What somebody else said, after it had been declined more than once"),
        columns={
            "outcome": _("What came of it"),
            "why": _("Why"),
            "advice": _("Advice, or what more was asked for"),
            "route": _("Where it could go instead"),
        },
        made="raised_at",
        organisation="organisation",
        by=("answered_by",),
        left_out=(
            "id",
            "person",
            "case",
            "declined",
            "taking_part",
            "asked_by_ids",
            "declined_by_ids",
            "answered_by_id",
            "answered_at",
        ),
        values={
            "outcome": {
                "upheld": _("The answers stood, and another way forward was given"),
                "opened": _("Agencies came together after all"),
                "more": _("More was asked for"),
            }
        },
    ),
    "marm.MeetingAsked": Table(
        title=_("When agencies asked for a meeting about you"),
        about=_("Which agencies, how soon, and why"),
        columns={
            "urgency": _("How soon"),
            "why": _("Why"),
            "met_at": _("A meeting was arranged on"),
            "declined_why": _("Why none was arranged"),
            "stands_why": _("Why that decision stood"),
        },
        made="asked_at",
        organisation="organisation",
        by=("asked_by", "declined_by", "stands_by"),
        left_out=("id", "case", "asked_by_id", "meeting", "declined_at", "stands_at"),
        values={"urgency": {"high": _("Serious harm may come within days"), "other": _("Not within days")}},
    ),
}
