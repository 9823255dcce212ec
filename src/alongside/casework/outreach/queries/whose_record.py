"""Whose records put somebody on the list, and who can be asked whether they are about somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.accounts.queries.of_pack import organisation_of_pack
from alongside.casework.kernel.area import area_pack_if_whole
from alongside.casework.operations import query
from alongside.casework.outreach import permissions
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.queries.doors import get_item

NOBODYS = frozenset({"", "derived", "built_in"})
"""What a reason names as its source where it was worked out: it is no record, and nobody owns it."""


@dataclass(frozen=True)
class WhoseRecord:
    """A source behind a flag, and who answers for it."""

    source: str
    title: str
    factor: str
    organisation: str
    """Its code in the area pack."""
    owner: Organisation | None
    """None where nobody who may answer is here."""
    post: str
    telephone: str


@query()
def records_asked_about(*, actor: Actor, item_id: UUID, at: datetime) -> list[WhoseRecord]:
    """Return the sources behind the flag of an item, with who can be asked about each.

    Raises:
        NotFoundError: there is no such item, or it is not the actor's to see.
    """
    require(permissions.may_read_list(actor))
    return whose_records(get_item(actor=actor, item_id=item_id), at)


def whose_records(item: WorkItem, at: datetime) -> list[WhoseRecord]:
    """Return each source behind the flag of an item once, without reasons that were worked out."""
    reasons = item.flag.reasons if item.flag else []
    by_source = {str(each.get("source", "")): each for each in reasons}
    return [_whose(source, told, at) for source, told in by_source.items() if source not in NOBODYS]


def _whose(source: str, told: Mapping[str, Any], at: datetime) -> WhoseRecord:
    pack, named = area_pack_if_whole(), str(told.get("organisation", ""))
    described = pack.sources.get(source) if pack else None
    contact = described.contact if described else None
    owner = organisation_of_pack(named) or Organisation.objects.filter(name=named).first()
    if owner and not _somebody_may_answer(owner, at):
        owner = None
    return WhoseRecord(
        source=source,
        title=str(told.get("source_title", "")) or (described.title if described else source),
        factor=str(told.get("factor", "")),
        organisation=named,
        owner=owner,
        post=contact.post if contact else "",
        telephone=contact.phone if contact else owner.telephone if owner else "",
    )


def _somebody_may_answer(owner: Organisation, at: datetime) -> bool:
    there = Membership.objects.on(timezone.localdate(at)).filter(organisation=owner)
    return there.who_may(Permission.DATA_QUESTION).exists()
