"""Two joined records are two people: why, and which of them each thing written meanwhile is about."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.offering import names_somebody
from alongside.casework.people.presenters.parting import ToDecide


class PartForm(forms.Form):
    """Why two records are two people after all."""

    why = forms.CharField(
        label=gettext_lazy("How you know that they are two people"),
        help_text=gettext_lazy("This stays with both records."),
        widget=forms.Textarea,
        max_length=1000,
    )

    def __init__(
        self, *args: Any, asked: Sequence[ToDecide], records: Sequence[tuple[UUID, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.asked = list(asked)
        for each in self.asked:
            self.fields[_name(each.id)] = forms.TypedChoiceField(
                label=each.what,
                help_text=each.source,
                choices=[(str(record), title) for record, title in records],
                initial=str(each.belongs),
                coerce=UUID,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose which record this belongs to: %(what)s") % vars(each)},
            )
            names_somebody(self, _name(each.id))

    @property
    def choices(self) -> list[str]:
        """The names of the fields that say where each thing belongs."""
        return [_name(each.id) for each in self.asked]

    def belongs(self) -> dict[UUID, UUID]:
        """Return which record each thing belongs to."""
        return {each.id: self.cleaned_data[_name(each.id)] for each in self.asked}


def _name(row: UUID) -> str:
    return f"belongs_{row}"
