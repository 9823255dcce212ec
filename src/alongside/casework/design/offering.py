"""What is known only when a form is shown: choices, and that a question names somebody."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator


class _AsTheyAre(BaseChoiceIterator):
    """Choices as a form offers them. A list Django looks through twice, which takes long over hundreds."""

    def __init__(self, choices: list[tuple[str, Any]]) -> None:
        self._choices = choices

    def __len__(self) -> int:
        return len(self._choices)  # where there are none, a page says so

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self._choices)


def offer(
    form: forms.Form, field: str, choices: Iterable[tuple[str, Any]], *, for_everybody: bool = False
) -> None:
    """Let a field of a form offer these choices: what is kept, and what is read.

    Args:
        form: the form.
        field: which of its fields.
        choices: for this form.
        for_everybody: whether they say nothing of a person, so that how they look may be kept.

    Raises:
        TypeError: the field offers no choice; it is a fault of whoever wrote the form.
    """
    offered = form.fields[field]
    if not isinstance(offered, forms.ChoiceField):
        raise TypeError(f"{field} offers no choice")
    offered.choices = _AsTheyAre(list(choices))
    vars(offered)["for_everybody"] = for_everybody


def names_somebody(form: forms.Form, *fields: str) -> None:
    """Say that what is asked by these fields names somebody, so that how they look is not kept."""
    for each in fields:
        vars(form.fields[each])["for_everybody"] = False
