"""A date as three boxes: day, month, year. Nobody has to find a birthday in a calendar."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

PARTS = (("day", "Day", "2"), ("month", "Month", "2"), ("year", "Year", "4"))


class DateBoxes(forms.Widget):
    """Three boxes, named ``<field>-day``, ``<field>-month`` and ``<field>-year``."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ARG002
        """Return what stands in the boxes, or None if all are empty."""
        written = tuple(str(data.get(f"{name}-{part}") or "").strip() for part, _, _ in PARTS)
        return written if any(written) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        """Say whether the form that was sent had no such boxes."""
        return not any(f"{name}-{part}" in data for part, _, _ in PARTS)

    def boxes(self, field: BoundField, value: Any) -> list[dict[str, Any]]:
        """Return the three boxes, as the component wants them."""
        written = (value.day, value.month, value.year) if isinstance(value, date) else value or ("", "", "")
        wrong = " govuk-input--error" if field.errors else ""
        return [
            {
                "id": f"{field.auto_id}-{part}",
                "name": f"{field.html_name}-{part}",
                "label": label,
                "classes": f"govuk-input--width-{width}{wrong}",
                "value": str(each),
            }
            for (part, label, width), each in zip(PARTS, written, strict=True)
        ]


class DateField(forms.Field):
    """A day, as a date."""

    widget = DateBoxes

    def to_python(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: the boxes hold no day that there is.
        """
        if value in self.empty_values or isinstance(value, date):
            return value or None
        day, month, year = value
        missing = [part for (part, _, _), each in zip(PARTS, value, strict=True) if not each]
        if missing:
            raise ValidationError(f"The date must include a {' and a '.join(missing)}", code="incomplete")
        try:
            if len(year) != 4:
                raise ValidationError("The year must have four digits, as in 2026", code="year")
            return date(int(year), int(month), int(day))
        except ValueError as error:
            raise ValidationError("This must be a real date, as in 27 3 2026", code="unreal") from error
