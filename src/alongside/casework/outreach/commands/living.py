"""Nobody begins to get in touch with somebody who has died, though a page was open before it was known."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.errors import CaseworkError
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.outreach.models import Note, WorkItem
from alongside.casework.outreach.rules import AGREES
from alongside.casework.people.models import Person
from alongside.casework.people.queries.whole import whole


class PersonDiedError(CaseworkError):
    """One of the person's records says that they have died."""


def must_be_living(person: Person, otherwise: str) -> None:
    """Refuse what only makes sense for somebody who lives.

    Args:
        person: by any of their records.
        otherwise: what was not done then, and what to do instead: a whole sentence or more.

    Raises:
        PersonDiedError: one of their records says that they died.
    """
    if whole(person).has_died:
        raise PersonDiedError(otherwise)


def keep_unasked(
    *,
    actor: Actor,
    at: datetime,
    item: WorkItem,
    of: UUID | None,
    words: str,
    person_agrees: str,
    why_not_safe: str,
) -> None:
    """Keep what another organisation would have been asked for somebody, had they not died.

    It is a note on the item; or a worry, where it was not safe for the person to know of it: whoever finds
    that the record of the death is wrong must not let them read it. It may be half written: nobody chose
    who would be asked, or nobody wrote for what.
    """
    asked = Organisation.objects.filter(id=of).first() if of else None
    said = {"words": words.strip() or _("nobody wrote what for.")}
    if asked:
        kept = _(
            "Not sent, as it is recorded that the person has died. It was for %(organisation)s: %(words)s"
        )
        kept %= said | {"organisation": asked.name}
    else:
        kept = _("Not sent, as it is recorded that the person has died. Nobody was chosen for it: %(words)s")
        kept %= said
    kept = f"{kept}\n{AGREES[person_agrees]}."
    if why_not_safe.strip():
        raise_concern(actor=actor, at=at, person_id=item.person_id, words=kept, why_not_safe=why_not_safe)
    else:
        Note.add(item=item, words=kept, by_name=actor.name, at=at)
