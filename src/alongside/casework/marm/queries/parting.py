"""What goes with a record that is parted from another: concerns, and what came of them. Asked seeing all."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, UUIDField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.marm.models import Case, Concern, Onward, Screening
from alongside.casework.marm.rules.stages import STANDING
from alongside.casework.people.models.parting import Going
from alongside.casework.people.queries.parting import Named, left_by

GOES: dict[type[Concern] | type[Screening] | type[Onward], str] = {
    Concern: "raised_at",
    Screening: "at",
    Onward: "sent_at",
}
"""The tables whose rows go, and their times."""


WORDS = {
    Concern: gettext_lazy("concerns"),
    Screening: gettext_lazy("checks of other processes"),
    Onward: gettext_lazy("what it sent to other processes"),
}


def rows_going(going: Going) -> list[QuerySet[Concern] | QuerySet[Screening] | QuerySet[Onward]]:
    """Return what organisations that saw only the absorbed record wrote meanwhile, by table.

    What was sent on from a case goes where the case is, whoever sent it: it is about the same person.
    """
    return [model._default_manager.filter(_goes(model, going), person__in=going.staying) for model in GOES]


def gives(going: Going) -> QuerySet[Any, UUID]:
    """Return the ids of cases about the absorbed record."""
    return Case.objects.filter(person__in=going.theirs).order_by().values_list("id", flat=True)


def stays(going: Going, organisations: Collection[UUID]) -> list[QuerySet[Any, tuple[str, UUID]]]:
    """Return what of these organisations stays, and they will no longer see."""
    cases = Case.objects.filter(person__in=going.staying, taking_part__overlap=list(organisations))
    taking_part = Func(F("taking_part"), function="unnest", output_field=UUIDField())
    return [
        left_by(cases, _("cases"), organisation=taking_part),
        *(
            left_by(
                model._default_manager.filter(
                    ~_goes(model, going),
                    person__in=going.staying,
                    organisation__in=organisations,
                    **{f"{at}__gt": going.since},
                ),
                str(WORDS[model]),
            )
            for model, at in GOES.items()
        ),
    ]


def named(going: Going) -> list[Named]:
    """Return the cases that the reader sees, and that were asked for meanwhile or are not over."""
    here = Case.objects.filter(
        Q(asked_at__gt=going.since) | Q(stage__in=STANDING), person__in=going.staying | going.theirs
    )
    if_other = _(
        "If it is about the other person: once the records are separate, ask for a case on their record, and "
        "bring this one to an end with that reason."
    )
    return [Named(here, "asked_at", _("The case that %(organisation)s asked for on %(day)s"), if_other)]


def _goes(model: type[Concern] | type[Screening] | type[Onward], going: Going) -> Q:
    wrote = Q(organisation__in=going.of, **{f"{GOES[model]}__gt": going.since})
    if model is not Onward:
        return wrote
    of_their_case = Exists(Case.objects.filter(id=OuterRef("case_id"), person__in=going.theirs))
    return Q(of_their_case) | (wrote & Q(case=None))
