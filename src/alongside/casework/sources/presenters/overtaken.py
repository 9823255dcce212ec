"""What is said of a run that a newer one overtook, wherever it could be released from."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.sources.models import Run
from alongside.casework.sources.rules import overtaken_in_words


@dataclass(frozen=True)
class OvertakenShown:
    """Why nothing is released from a run, and the run to release from instead."""

    sentence: str
    newer_id: UUID
    newer: str


def overtaken(newer: Run | None) -> OvertakenShown | None:
    """Say that this run is newer; None where none is."""
    if newer is None:
        return None
    named = _("Run as at %(day)s") % {"day": day_in_words(newer.as_at)}
    return OvertakenShown(overtaken_in_words(newer.as_at), newer.id, named)


def chosen_before(form: forms.Form) -> list[tuple[str, str]]:
    """Return what was chosen and typed meanwhile, whole or not, by what was asked: none of it is kept.

    Args:
        form: what was sent; whether it is valid does not matter.
    """
    said = []
    for each in form:
        sent = each.data if isinstance(each.data, list) else [each.data]
        names = dict(getattr(each.field, "choices", ()))
        found = [str(names.get(one, "")) if names else str(one or "").strip() for one in sent]
        if answer := "; ".join(filter(None, found)):
            said.append((str(each.label), answer))
    return said
