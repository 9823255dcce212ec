"""Fields that several of these forms have."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Choice = TypeVar("Choice", bound=str)


def choices_of(words: Mapping[Choice, Promise]) -> list[tuple[str, Promise]]:
    """Return the choices of a field, in the order of the words."""
    return [(str(code), said) for code, said in words.items()]


def words_field(
    label: Any, *, owed: Any = "", hint: Any = "", longest: int = 5_000, lines: int = 3, by_rule: bool = False
) -> forms.CharField:
    """A few lines of text.

    Args:
        label: the question.
        owed: what to say if it is left empty but required; empty if it is optional.
        hint: what helps to answer.
        longest: how many characters at most.
        lines: how many lines high the box is.
        by_rule: whether a rule sometimes requires it, so that it is not called optional.
    """
    field = forms.CharField(
        label=label, help_text=hint, max_length=longest, required=bool(owed),
        error_messages={"required": owed}, widget=forms.Textarea(attrs={"rows": lines}),
    )  # fmt: skip
    field.owed_by_rule = by_rule  # type: ignore[attr-defined]
    return field


def one_of(label: Any, words: Mapping[Choice, Promise], owed: Any, hint: Any = "") -> forms.ChoiceField:
    """Return a field in which one is chosen; ``owed`` is what to say if none is."""
    return forms.ChoiceField(
        label=label, help_text=hint, choices=choices_of(words), widget=forms.RadioSelect,
        error_messages={"required": owed},
    )  # fmt: skip


def has_been(day: date, today: date) -> date:
    """Return a day; refuse one that is still to come."""
    if day > today:
        raise forms.ValidationError(_("The day must be today or in the past"))
    return day
