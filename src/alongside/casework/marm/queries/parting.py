"""What goes with a record that is parted from another: concerns, and what came of them. Asked seeing all."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import F, Func, QuerySet, UUIDField
from django.utils.translation import gettext as _

from alongside.casework.marm.models import Case, Concern, Onward, Screening
from alongside.casework.people.models.parting import Going
from alongside.casework.people.queries.parting import left_by

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


def gives(going: Going) -> QuerySet[Any, UUID]:
    """Return the ids of cases about the absorbed record."""
    return Case.objects.filter(person__in=going.theirs).order_by().values_list("id", flat=True)


def stays(going: Going, organisations: Collection[UUID]) -> list[QuerySet[Any, tuple[str, UUID]]]:
    """Return what of these organisations stays, and they will no longer see."""
    words = {
        Concern: _("concerns"),
        Screening: _("checks of other processes"),
        Onward: _("what it sent to other processes"),
    }
    others = [each for each in organisations if each not in going.of]
    cases = Case.objects.filter(person__in=going.staying, taking_part__overlap=list(organisations))
    taking_part = Func(F("taking_part"), function="unnest", output_field=UUIDField())
    return [
        left_by(cases, _("cases"), organisation=taking_part),
        *(
            left_by(
                model._default_manager.filter(
                    person__in=going.staying, organisation__in=others, **{f"{at}__gt": going.since}
                ),
                words[model],
            )
            for model, at in GOES.items()
        ),
    ]
