"""Whether a case has what most cases do not: read with the case, so its page asks only for what is there."""

from typing import TypeVar

from django.db.models import Exists, Func, Model, OuterRef, Q, QuerySet

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
        "any_family": Exists(
            FamilyRisk.objects.filter(Q(case=case) | Q(_of_them("case__person_id"), ended_at=None))
        ),
        "any_onward": Exists(_about_the_person(Onward.objects.all())),
        "any_review": Exists(_about_the_person(DeclineReview.objects.all())),
    }


def _about_the_person(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Return those about the person the case is about, by any of their records."""
    return rows.filter(_of_them("person_id"))


def _of_them(path: str) -> Func:
    return among(path, Person.objects.all_of_whom("person_id"))
