"""What an event says to a reader of the trail, in their language and in words rather than codes."""

import re
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.registry import EVENT_TYPES, REFUSED, Details

UNSAID = "…"
"""Shown for a detail that was not recorded, was erased, or that the reader may not know."""
_CODES = re.compile(r"[a-z0-9_]+(, [a-z0-9_]+)*")


def told(event: AuditEvent, *, in_full: bool) -> str:
    """Return the sentence of an event.

    Args:
        event: which.
        in_full: with all its details. Otherwise, such as for a person whom the reader may not see, only
            with those that would stay if the person's data were erased: they say nothing about anybody.
    """
    kind = EVENT_TYPES.get(event.code)
    if kind is None:
        return _("%(actor)s did something that this version no longer knows (%(code)s)") % {
            "actor": event.actor_name,
            "code": event.code,
        }
    details = event.details if in_full else kind.shredder(event.details)
    if kind is REFUSED:
        return _refused(event.actor_name, details)
    plain = _Plain({name: _in_words(value) for name, value in details.items()}, actor=event.actor_name)
    return gettext(kind.sentence).format_map(plain)


def kind_in_words(code: str) -> str:
    """Return what events of a type say, without who did it and without the details."""
    return gettext(EVENT_TYPES[code].sentence).format_map(_Plain())


class _Plain(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return UNSAID


def _in_words(value: object) -> str:
    text = str(value)
    return text.replace("_", " ") if _CODES.fullmatch(text) else text


def _refused(actor: str, details: Details) -> str:
    """Say what somebody tried, by the last part of its name, and in words why it was refused."""
    tried = re.split(r"[.:]", str(details.get("operation", UNSAID)))[-1].replace("_", " ").strip()
    reason = str(details.get("reason", ""))
    said = {"actor": actor, "tried": tried}
    match reason.partition(":")[0]:
        case "no_permission":
            return _("%(actor)s was refused “%(tried)s”: their role does not allow it") % said
        case "withheld":
            return (
                _("%(actor)s was refused “%(tried)s”: their training is not recorded, or no purpose is open")
                % said
            )
        case "no_purpose":
            return _("%(actor)s was refused “%(tried)s”: they had not said what they were working for") % said
        case "given_for_another_purpose":
            return (
                _("%(actor)s was refused “%(tried)s”: the person was released for a different purpose") % said
            )
        case other:
            why = _in_words(other) or UNSAID
            return _("%(actor)s was refused “%(tried)s” (%(why)s)") % (said | {"why": why})
