"""What goes with a record that is parted from another: concerns, and what came of them. Asked seeing all."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.marm.models import Case, Concern, Onward, Screening
from alongside.casework.people.models.parting import Going

GOES: dict[type[Concern] | type[Screening] | type[Onward], str] = {
    Concern: "raised_at",
    Screening: "at",
    Onward: "sent_at",
}
"""The tables whose rows go, and their times."""


def rows_going(going: Going) -> list[QuerySet[Concern] | QuerySet[Screening] | QuerySet[Onward]]:
    """Return what organisations that saw only the absorbed record wrote meanwhile, by table."""
    return [
        model._default_manager.filter(
            person__in=going.staying, organisation__in=going.of, **{f"{at}__gt": going.since}
        )
        for model, at in GOES.items()
    ]


def gives(going: Going) -> set[UUID]:
    """Return the ids of cases about the absorbed record."""
    return set(Case.objects.filter(person__in=going.theirs).values_list("id", flat=True))


def stays(going: Going, organisations: Collection[UUID]) -> dict[str, set[UUID]]:
    """Return which of these organisations have what stays, and will no longer see it."""
    words = {
        Concern: _("concerns"),
        Screening: _("checks of other processes"),
        Onward: _("what it sent to other processes"),
    }
    others = [each for each in organisations if each not in going.of]
    found = {
        words[model]: set(
            model._default_manager.filter(
                person__in=going.staying, organisation__in=others, **{f"{at}__gt": going.since}
            ).values_list("organisation", flat=True)
        )
        for model, at in GOES.items()
    }
    cases = Case.objects.filter(person__in=going.staying, taking_part__overlap=list(organisations))
    found[_("cases")] = {each for case in cases for each in case.taking_part if each in organisations}
    return found
