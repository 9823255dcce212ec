"""What is only known when a form is shown: choices, and that a question names somebody."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator


class _AsTheyAre(BaseChoiceIterator):
    """Choices as a form offers them. Django would go through a list twice, which is slow for hundreds."""

    def __init__(self, choices: list[tuple[str, Any]]) -> None:
        self._choices = choices

    def __len__(self) -> int:
        return len(self._choices)  # if there are none, a page says so

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self._choices)


def offer(
    form: forms.Form, field: str, choices: Iterable[tuple[str, Any]], *, for_everybody: bool = False
) -> None:
    """Let a field of a form offer these choices, each a stored value and its words.

    Args:
        form: the form.
        field: which of its fields.
        choices: for this form.
        for_everybody: whether they say nothing about a person, so that the rendered field may be cached.

    Raises:
        TypeError: the field offers no choice, which is a mistake in the form.
    """
    offered = form.fields[field]
    if not isinstance(offered, forms.ChoiceField):
        raise TypeError(f"{field} offers no choice")
    offered.choices = _AsTheyAre(list(choices))
    vars(offered)["for_everybody"] = for_everybody


def names_somebody(form: forms.Form, *fields: str) -> None:
    """Say that what these fields ask names somebody, so that the rendered fields are not cached."""
    for each in fields:
        vars(form.fields[each])["for_everybody"] = False
