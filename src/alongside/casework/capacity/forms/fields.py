"""Fields that the forms of capacity share."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django import forms

from alongside.casework.capacity.models.kept import WORDS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"
Asked = TypeVar("Asked", bound=forms.Field)


def sentences(
    label: Words, *, hint: Words = "", missing: Words = "", rows: int = 3, most: int = WORDS
) -> forms.CharField:
    """Return a box for sentences; one that must not stay empty has the sentence that says so."""
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


def one(label: Words, choices: Mapping[Any, Any], *, hint: Words = "", missing: Words) -> forms.ChoiceField:
    """Return radios of which one is to be chosen."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[(code.value, told) for code, told in choices.items()],
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


def several(label: Words, choices: Mapping[Any, Any], *, hint: Words = "") -> forms.MultipleChoiceField:
    """Return boxes of which any may be ticked."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        choices=[(code.value, told) for code, told in choices.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def by_rule(field: Asked) -> Asked:
    """Return a field that a rule may ask for: it is not called optional; its hint says when it is owed."""
    field.owed_by_rule = True  # type: ignore[attr-defined]
    return field


class SoundForm(forms.Form):
    """A form whose answers must hold together by a rule that names what does not."""

    day: date
    """On which it is filled in."""

    def __init__(self, *given: Any, day: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.day = day

    def tell(self, wrong: Mapping[str, str]) -> None:
        """Say beside each field what is wrong with it, once; what is about no field here, above them all."""
        for name, told in wrong.items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, told)
