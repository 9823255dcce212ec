"""A form whose answers must hold together by a rule."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms


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
