"""Items that are on somebody's list because they cover for a colleague."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.presenters import Card, card


def own_card(item: WorkItem, at: datetime, reader: Actor) -> Card:
    """Return an item as a card of the reader's list: it says for whom, if they cover for a colleague."""
    made = card(item, at, purpose=reader.purpose)
    if item.assigned_to is None or item.assigned_to_id not in reader.covers:
        return made
    said = _("Covering for %(name)s") % {"name": item.assigned_to.user.name}
    return replace(made, covering=said)
