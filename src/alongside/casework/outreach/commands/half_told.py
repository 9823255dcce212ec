"""What worried whoever wrote a conversation down half way, where nobody can finish it any more."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.models import Conversation
from alongside.casework.outreach.models.conversations import NOT_THEIRS
from alongside.casework.people.queries.whole import whole


def keep_worries(talk: Conversation, at: datetime) -> int:
    """Keep a worry, and what another organisation was about to be asked for; return how many were not yet.

    They are concerns of the organisation that wrote them: nobody has said that others are told, so others
    read them only in an emergency. Part of a command that sees all rows and has checked the actor.
    """
    person = whole(talk.item.person)
    ours = Concern.objects.filter(
        person__in=[each.id for each in person.records], organisation_id=talk.item.organisation_id
    )
    there = set(ours.filter(raised_at__gte=talk.begun_at).values_list("words", flat=True))
    kept = 0
    for words, why_not_safe in _half_told(talk):
        if words in there:
            continue
        Concern.raise_about(
            person_id=person.head.id,
            organisation_id=talk.item.organisation_id,
            words=words,
            immediate_danger=False,
            talked_through=talk.ending.get("talked_through") == "yes",
            why_not_safe=why_not_safe,
            by=talk.item.organisation.name,  # somebody who covers may have written it: who is not kept
            by_id=None,
            at=at,
        )
        kept += 1
    return kept


def _half_told(talk: Conversation) -> Iterator[tuple[str, str]]:
    """Words, and why it is not safe for the person to know: where nobody came to say, it is not."""
    # what was set aside is about somebody else, and is no text
    written = {name: words.strip() for name, words in talk.ending.items() if name != NOT_THEIRS}
    if worry := written.get("concern"):
        kept = _(
            "Half written in a conversation that %(name)s began, when this organisation could no longer see "
            "the person: %(words)s"
        )
        why = _why_not_safe(written, "worry_safe", "why_worry_not_safe")
        yield kept % {"name": talk.begun_by, "words": worry}, why
    if asks_for := written.get("refer_why"):
        kept = _(
            "Half written in a conversation that %(name)s began, and not sent, as this organisation could no "
            "longer see the person. It was for %(organisation)s: %(words)s"
        )
        said = {"name": talk.begun_by, "organisation": _whom(written), "words": asks_for}
        yield kept % said, _why_not_safe(written, "safe", "why_not_safe")


def _why_not_safe(written: dict[str, str], asked: str, why: str) -> str:
    if written.get(asked) == "yes":
        return ""
    return written.get(why) or _("Nobody wrote whether it is safe for them to know, or why it is not.")


def _whom(written: dict[str, str]) -> str:
    organisation = written.get("refer_to")
    chosen = Organisation.objects.filter(id=organisation).first() if organisation else None
    return chosen.name if chosen else _("nobody who was chosen yet")
