"""A form whose answers must hold together."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms


class SoundForm(forms.Form):
    """A form whose answers must hold together, by a rule that names what does not."""

    day: date
    """The day on which it is filled in."""

    def __init__(self, *given: Any, day: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.day = day

    def tell(self, wrong: Mapping[str, str]) -> None:
        """Show each error once beside its field; errors about no field of this form go at the top."""
        for name, told in wrong.items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, told)
