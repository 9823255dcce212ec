"""Whether a case has what most cases do not: read with the case, so its page asks only for what is there."""

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from alongside.casework.kernel.composed import among
from alongside.casework.marm.models import DeclineReview, DisputeRung, FamilyRisk, HarmNoted, Onward
from alongside.casework.people.models import Person

Row = TypeVar("Row", bound=Model)


def there_is() -> dict[str, Exists]:
    """Return what to read about a case together with it; each is true or false in its row, by these names."""
    case = OuterRef("id")
    return {
        "any_harm": Exists(HarmNoted.objects.filter(case=case)),
        "any_dispute": Exists(DisputeRung.objects.filter(dispute__case=case, came="")),
        "any_family": Exists(FamilyRisk.objects.filter(case=case)),
        "any_onward": Exists(_about_the_person(Onward.objects.all())),
        "any_review": Exists(_about_the_person(DeclineReview.objects.all())),
    }


def _about_the_person(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Return those about the person the case is about, by any of their records."""
    return rows.filter(among("person_id", Person.objects.all_of_whom("person_id")))
