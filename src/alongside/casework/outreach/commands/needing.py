"""What whoever contacts somebody must be able to do, such as speaking their language."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.operations import command
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.commands.distributing import ItemClosedError
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.queries.doors import lock_item
from alongside.casework.outreach.rules import OPEN


@command
def say_skills_needed(
    *,
    actor: Actor,
    at: datetime,
    item_id: UUID,
    skills: Iterable[str],
) -> WorkItem:
    """Say which skills whoever contacts the person must have: only those who have them all are given it.

    Whoever has it already keeps it. Whoever covers for them is told on their list what they lack.

    Raises:
        NotFoundError: there is no such item.
        ItemClosedError: it has ended.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_raise(actor))
    if item.state not in OPEN:
        raise ItemClosedError(_("This item has ended. Put the person on the list again if you are worried."))
    item.need(sorted(set(skills)))
    record(events.ITEM_SKILLS, actor=actor, person_id=item.person_id, about=("work_item", item.id))
    return item
