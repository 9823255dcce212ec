"""Two people changed one thing at once: what each of them wrote, side by side, so that neither is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words


@dataclass(frozen=True)
class Clash:
    """One field that two people changed at once: what each of them wrote."""

    label: str
    theirs: str
    yours: str


def labels_of(form: type[Form]) -> dict[str, str]:
    """Return what each box of a form is called, by its name; hidden ones are nobody's words."""
    return {
        name: str(field.label or name.capitalize())
        for name, field in form.base_fields.items()
        if not field.widget.is_hidden
    }


def clashes_between(
    labels: Mapping[str, object], theirs: Mapping[str, Any], yours: Mapping[str, Any]
) -> list[Clash]:
    """Return every field in which two versions differ, in words."""
    return [
        Clash(str(label), _said(theirs.get(name)), _said(yours.get(name)))
        for name, label in labels.items()
        if _said(theirs.get(name)) != _said(yours.get(name))
    ]


def _said(value: Any) -> str:
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case date():
            return day_in_words(value)
        case list() | tuple():
            return ", ".join(map(str, value)) or _("Nothing")
        case None | "":
            return _("Nothing")
        case _:
            return str(value)
