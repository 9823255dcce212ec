"""Who else can read something about a person, or would come to see them, in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.people.presenters.words import day
from alongside.casework.people.queries import Found
from alongside.casework.people.queries.readers import Readers


def choice_of(found: Found, seen: Readers, *, chosen: str | None) -> dict[str, object]:
    """Return a record that was found as a radio item, saying who would see more if it is chosen."""
    text = ", ".join(
        filter(None, [found.known_as, found.full_name, day(found.date_of_birth, ""), found.postcode])
    )
    return {
        "value": str(found.id),
        "text": text,
        "hint": {"text": _by_joining(seen)},
        "checked": str(found.id) == chosen,
    }


def _by_joining(seen: Readers) -> str:
    if not seen.names:
        return _("No other organisation will see more than it does now.")
    comes = _(
        "If you join them, both records can be seen by: %(names)s. Each can see only one of them now."
    ) % {"names": ", ".join(seen.names)}
    if not seen.objected:
        return comes
    stopped = _(
        "The person objects to sharing with: %(names)s. While that stands, you cannot join the records."
    )
    return f"{comes} {stopped % {'names': ', '.join(seen.objected)}}"


def told_by_noting(readers: Readers) -> list[str]:
    """Return who reads that the member's agency is in touch, and which of them the person objects to."""
    if not readers.names:
        return [_("No other organisation sees this record now. Any that comes to see it will read this.")]
    count = len(readers.names)
    told = ngettext(
        "%(count)s other organisation sees this record, and will read this: %(names)s.",
        "%(count)s other organisations see this record, and will read this: %(names)s.",
        count,
    ) % {"count": count, "names": ", ".join(readers.names)}
    if not readers.objected:
        return [told]
    objected = ngettext(
        "The person asks us not to tell this organisation about them: %(names)s. Ask the person before you "
        "save this, and leave empty what would tell it why you are in touch.",
        "The person asks us not to tell these organisations about them: %(names)s. Ask the person before you "
        "save this, and leave empty what would tell them why you are in touch.",
        len(readers.objected),
    ) % {"names": ", ".join(readers.objected)}
    return [told, objected]


def told_by_correcting(readers: Readers) -> list[str]:
    """Return who is told about a correction, and which of them the person now objects to."""
    if not readers.names:
        return [_("No other organisation reads this entry.")]
    count = len(readers.names)
    told = ngettext(
        "%(count)s other organisation may have read this entry, and will read the correction: %(names)s.",
        "%(count)s other organisations may have read this entry, and will read the correction: %(names)s.",
        count,
    ) % {"count": count, "names": ", ".join(readers.names)}
    if not readers.objected:
        return [told]
    objected = ngettext(
        "The person now asks us not to tell this organisation about them: %(names)s. It is told only that "
        "what it read was wrong, and what is right. Write nothing more than that.",
        "The person now asks us not to tell these organisations about them: %(names)s. They are told only "
        "that what they read was wrong, and what is right. Write nothing more than that.",
        len(readers.objected),
    ) % {"names": ", ".join(readers.objected)}
    return [told, objected]
