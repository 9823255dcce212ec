"""What was asked or held while two records were joined may be either person's, once they are separated."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.access.actors import system_actor
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.people.models.parting import Going
from alongside.casework.rights import events
from alongside.casework.rights.models import Disposal, Dispute, LegalHold
from alongside.casework.rights.queries.disputes import ABOUT, PERSON
from alongside.casework.rights.queries.separated import COUNTS, holds_since, requests_since, wishes_since
from alongside.casework.rights.rules.retention import ERASURE, Standing
from alongside.casework.rights.rules.wishes import Wish


def count_for_both(going: Going, at: datetime) -> list[str]:
    """Let objections and holds count for both people, and nobody be erased until it is known who wished it.

    While two records are joined, all of it can only be noted on the main one: whose it is, nobody knows. An
    objection or a hold too many harms nobody, one too few may. Those who handle rights are told, and find it
    on their day. Part of a command that has checked who asks, sees all rows and parts records.

    Args:
        going: the records it is on, and whose it may be.
        at: when.

    Returns:
        nothing went: it stays where it is as well.
    """
    separating = system_actor("Alongside")
    wishes, holds = list(wishes_since(going)), list(holds_since(going))
    for wish in wishes:
        if wish.wish is Wish.ERASE:
            _list_again(wish)
        if not Dispute.objects.filter(COUNTS, person__in=going.theirs, says=wish.says).exists():
            made = wish.repeat_for(going.to)
            record(
                events.WISH_NOTED, actor=separating, person_id=going.to.id, about=(ABOUT, made.id),
                wish=made.says,
            )  # fmt: skip
    for hold in holds:
        words = _("Placed while this record was joined with another, and kept on both: %(words)s") % {
            "words": hold.words or hold.get_placed_after_display()
        }
        kept = LegalHold.place(
            person_id=going.to.id, reason=hold.reason, words=words[:2_000], by=hold.placed_by,
            at=hold.placed_at,
        )  # fmt: skip
        record(
            events.HOLD_PLACED, actor=separating, person_id=going.to.id, about=("hold", kept.id),
            reason=kept.reason,
        )  # fmt: skip
    if wishes or holds or requests_since(going).exists():
        tell_those_who_may(Permission.RIGHTS_HANDLE, actor=separating, at=at)
    return []


def _list_again(wish: Dispute) -> None:
    """Take back that everything is to be deleted: somebody looks whose wish it was, and marks it again."""
    marked = Disposal.objects.filter(table=PERSON, row=wish.row, rule=ERASURE, standing=Standing.MARKED)
    for line in marked.select_for_update(no_key=True):
        line.list_again()
        record(
            events.DISPOSAL_LISTED_AGAIN, actor=system_actor("Alongside"), person_id=line.record_id,
            about=("disposal", line.id),
        )  # fmt: skip
