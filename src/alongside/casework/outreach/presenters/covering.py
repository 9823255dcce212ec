"""Items that are on somebody's list because they cover for a colleague."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.presenters import Card, card
from alongside.casework.outreach.rules.week import skills_lacking


def own_card(item: WorkItem, at: datetime, reader: Actor) -> Card:
    """Return an item as a card of the reader's list: it says for whom, if they cover for a colleague."""
    made = card(item, at, purpose=reader.purpose)
    if item.assigned_to is None or item.assigned_to_id not in reader.covers:
        return made
    said = _("Covering for %(name)s") % {"name": item.assigned_to.user.name}
    return replace(made, covering=said, lacking="" if made.died else lacking(item, reader))


def lacking(item: WorkItem, reader: Actor) -> str:
    """Say which skills an item needs that the reader lacks, who was not given it but covers for a colleague.

    They may work on it all the same: what somebody already heard or did must be written down.
    """
    lacks = skills_lacking(item.skills, reader.skills) if item.assigned_to_id in reader.covers else []
    if not lacks:
        return ""
    return _("This needs %(skills)s, which you do not have: ask somebody who does to take it over") % {
        "skills": ", ".join(lacks)
    }
