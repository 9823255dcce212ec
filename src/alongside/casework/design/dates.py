"""A date as three boxes: day, month, year. Nobody has to look for a birthday in a calendar.

And a day, or a moment, in words.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.dates import MONTHS
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PARTS = (
    ("day", gettext_lazy("Day"), "2"),
    ("month", gettext_lazy("Month"), "2"),
    ("year", gettext_lazy("Year"), "4"),
)
MUST_INCLUDE = {
    ("day",): gettext_lazy("The date must include a day"),
    ("month",): gettext_lazy("The date must include a month"),
    ("year",): gettext_lazy("The date must include a year"),
    ("day", "month"): gettext_lazy("The date must include a day and a month"),
    ("day", "year"): gettext_lazy("The date must include a day and a year"),
    ("month", "year"): gettext_lazy("The date must include a month and a year"),
}
"""What to say, by the boxes that are empty: whole sentences, since other languages inflect these words."""

FIRST_YEAR = 1900
"""Of any date that is asked for: nobody alive was born before, so an earlier year is a slip."""

WRONG_DATES = ("incomplete", "year", "unreal", "clock")
"""The error codes of a date or time whose sentence does not name the field."""


def day_in_words(day: date) -> str:
    """Say a day in the reader's language, such as 2 November 2026; for a moment, the local day."""
    on_the_wall = localtime(day) if isinstance(day, datetime) else day
    # Django's own format takes ten times as long, and a page may show a hundred dates
    return f"{on_the_wall.day} {MONTHS[on_the_wall.month]} {on_the_wall.year}"


def moment_in_words(moment: datetime) -> str:
    """Say a day and the local time, such as 2 November 2026 at 09:30."""
    on_the_wall = localtime(moment)
    return _("%(day)s at %(time)s") % {"day": day_in_words(moment), "time": f"{on_the_wall:%H:%M}"}


def day_or_moment(when: date) -> str:
    """Say a moment with its time, and a day without."""
    return moment_in_words(when) if isinstance(when, datetime) else day_in_words(when)


class DateBoxes(forms.Widget):
    """Three boxes, named ``<field>-day``, ``<field>-month`` and ``<field>-year``."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ARG002
        """Return what is in the boxes, or None if all are empty."""
        written = tuple(str(data.get(f"{name}-{part}") or "").strip() for part, _label, _width in PARTS)
        return written if any(written) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        """Say whether the submitted form had no such boxes."""
        return not any(f"{name}-{part}" in data for part, _label, _width in PARTS)

    def boxes(self, field: BoundField, value: Any) -> list[dict[str, Any]]:
        """Return the three boxes, as the component wants them."""
        written = (value.day, value.month, value.year) if isinstance(value, date) else value or ("", "", "")
        wrong = " govuk-input--error" if field.errors else ""
        return [
            {
                "id": f"{field.auto_id}-{part}",
                "name": f"{field.html_name}-{part}",
                "label": str(label),
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
            ValidationError: the boxes do not hold a real day.
        """
        if value in self.empty_values or isinstance(value, date):
            return value or None
        day, month, year = value
        missing = tuple(part for (part, _label, _width), each in zip(PARTS, value, strict=True) if not each)
        if missing:
            raise ValidationError(MUST_INCLUDE[missing], code="incomplete")
        try:
            if len(year) != 4:
                raise ValidationError(_("The year must have 4 digits, such as 2026"), code="year")
            entered = date(int(year), int(month), int(day))
        except ValueError as error:
            raise ValidationError(_("Enter a real date, such as 27 3 2026"), code="unreal") from error
        if entered.year < FIRST_YEAR:
            told = _("The year must be %(first)s or later: check what you entered") % {"first": FIRST_YEAR}
            raise ValidationError(told, code="year")
        return entered


_CLOCK = re.compile(r"(\d{1,2})(?:[:. ]?(\d{2}))?(?::00)?\s*(?:([ap])\.?\s*m\.?)?", re.IGNORECASE)


class ClockField(forms.TimeField):
    """A time of day, as people write it: 14:30, 14.30, 1430, 2.30pm, 2:30 pm, 2pm."""

    default_error_messages: ClassVar = {"invalid": gettext_lazy("Enter a time, such as 14:30 or 2.30pm")}

    def to_python(self, value: Any) -> time | None:
        """Return the time.

        Raises:
            ValidationError: there is no such time.
        """
        if value in self.empty_values or isinstance(value, time):
            return value or None
        found = _CLOCK.fullmatch(str(value).strip())
        hour, minutes, half = found.groups() if found else ("", "", "")
        if not hour or not (minutes or half):
            raise ValidationError(self.error_messages["invalid"], code="clock")
        number = int(hour)
        if half and not 1 <= number <= 12:
            raise ValidationError(self.error_messages["invalid"], code="clock")
        if half:
            number = number % 12 + (12 if half.lower() == "p" else 0)
        try:
            return time(number, int(minutes or 0))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="clock") from error
