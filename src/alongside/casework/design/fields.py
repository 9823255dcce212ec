"""Fields that forms use again and again: sentences, a few words, one of several, any of several."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django import forms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"
Asked = TypeVar("Asked", bound=forms.Field)


LONGEST = 4_000
"""Characters in a box for sentences, unless it says otherwise."""
Choices: TypeAlias = Mapping[Any, Any] | Iterable[tuple[Any, Any]]


def sentences(
    label: Words, missing: Words = "", *, hint: Words = "", rows: int = 3, most: int = LONGEST
) -> forms.CharField:
    """Return a box for sentences; if it must not be left empty, ``missing`` says so."""
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=most,
        required=bool(missing),
        error_messages={"required": missing} if missing else None,
    )


def short(label: Words, *, hint: Words = "", missing: Words = "") -> forms.CharField:
    """Return a box for a few words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=200,
        required=bool(missing),
        error_messages={"required": missing} if missing else None,
    )


def one(label: Words, choices: Choices, missing: Words, *, hint: Words = "") -> forms.ChoiceField:
    """Return radios, of which one must be chosen."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=_pairs(choices),
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


def several(label: Words, choices: Choices, *, hint: Words = "") -> forms.MultipleChoiceField:
    """Return tick boxes, of which any may be ticked."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        choices=_pairs(choices),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def by_rule(field: Asked) -> Asked:
    """Return a field that a rule may require: it is not labelled optional; its hint says when."""
    field.owed_by_rule = True  # type: ignore[attr-defined]
    return field


def no_opens(field: Asked) -> Asked:
    """Return radios whose choice ``no`` opens the next field in the form."""
    field.no_opens = True  # type: ignore[attr-defined]
    return field


def _pairs(choices: Choices) -> list[tuple[str, Any]]:
    pairs = choices.items() if isinstance(choices, Mapping) else choices
    return [(str(code), told) for code, told in pairs]
