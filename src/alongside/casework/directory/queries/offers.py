"""What could be offered for some needs; in few statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.directory import permissions
from alongside.casework.directory.models import Service, TaxonomyTerm
from alongside.casework.operations import query

MOST_OFFERED = 30


@dataclass(frozen=True)
class Offered:
    """An entry that meets needs.

    Attributes:
        service_id: the entry.
        name: of the service.
        provider: who provides it.
        member_id: the organisation in the partnership that does, if it is one.
        needs: names of the needs it meets, among those asked for.
    """

    service_id: UUID
    name: str
    provider: str
    member_id: UUID | None
    needs: tuple[str, ...]


@query()
def services_meeting(*, actor: Actor, needs: Iterable[UUID], age: int | None = None) -> tuple[Offered, ...]:
    """Return what can be offered for any of some needs, starting with what meets most of them.

    Args:
        actor: who is looking.
        needs: terms of the partnership's list; entries under any term of the same name are meant.
        age: of the person it is for, if that is known.

    Raises:
        NotAllowedError: the actor may not read the directory.
    """
    require(permissions.may_search(actor))
    asked = set(needs)
    if not asked:
        return ()
    names = set(TaxonomyTerm.objects.filter(id__in=asked).values_list("name", flat=True))
    services = Service.objects.offered().filter(
        id__in=Service.objects.filter(attributes__term__name__in=names).values("id")
    )
    if age is not None:
        services = services.for_age(age)
    found = (
        services.select_related("organization").prefetch_related("attributes__term").order_by("name", "id")
    )
    offered = [
        Offered(
            service_id=service.id,
            name=service.name,
            provider=service.organization.name,
            member_id=service.organization.member_id,
            needs=tuple(sorted({each.term.name for each in service.attributes.all()} & names)),
        )
        for service in found
    ]
    return tuple(sorted(offered, key=lambda each: -len(each.needs))[:MOST_OFFERED])
