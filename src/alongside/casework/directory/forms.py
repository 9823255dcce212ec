"""What people ask the directory and tell it. Forms validate and never save."""

import re
from dataclasses import replace
from datetime import time
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.clashes import ChangeableForm
from alongside.casework.design.dates import ClockField, DateField
from alongside.casework.design.offering import offer
from alongside.casework.directory.days import DAY_WORDS, DAYS
from alongside.casework.directory.queries.published import Asked
from alongside.casework.directory.rules import Entry, Hours, Place, Status

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""As the standard lets others ask for them."""
TRUTH = (("true", "true"), ("false", "false"))
OLDEST = 150


class AskedForm(forms.Form):
    """The standard's parameters, each with its limits."""

    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    per_page = forms.IntegerField(required=False, min_value=1, max_value=100)
    search = forms.CharField(required=False, max_length=200)
    taxonomy_term_id = forms.UUIDField(required=False)
    taxonomy_id = forms.UUIDField(required=False)
    minimum_age = forms.IntegerField(required=False, min_value=0, max_value=OLDEST)
    maximum_age = forms.IntegerField(required=False, min_value=0, max_value=OLDEST)
    start_time = forms.TimeField(required=False)
    end_time = forms.TimeField(required=False)
    day = forms.CharField(required=False, max_length=9)
    postcode = forms.CharField(required=False, max_length=10)
    proximity = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    minimal = forms.ChoiceField(required=False, choices=TRUTH)
    full = forms.ChoiceField(required=False, choices=TRUTH)
    full_service = forms.ChoiceField(required=False, choices=TRUTH)
    modified_after = forms.DateTimeField(required=False)
    organization_id = forms.UUIDField(required=False)
    format = forms.ChoiceField(required=False, choices=[("json", "json"), ("ndjson", "ndjson")])

    def clean_day(self) -> str:
        """Take ``MO`` and ``Monday``, in upper or lower case."""
        told = str(self.cleaned_data["day"])
        for short, name in zip(DAYS, DAY_NAMES, strict=True):
            if told.upper() in (short, name.upper()):
                return short
        if told:
            raise ValidationError(_("Use one of MO, TU, WE, TH, FR, SA and SU."))
        return ""

    def clean_modified_after(self) -> Any:
        """Refuse dates that are too far in the past or the future."""
        moment = self.cleaned_data["modified_after"]
        if moment is not None and not 1970 <= moment.year <= 9000:
            raise ValidationError(_("Enter a date from 1970 onwards."))
        return moment

    def asked(self) -> Asked:
        """Return what was asked for."""
        told = self.cleaned_data
        return Asked(
            page=told["page"] or 1,
            per_page=told["per_page"] or 50,
            search=told["search"],
            taxonomy_term_id=told["taxonomy_term_id"],
            taxonomy_id=told["taxonomy_id"],
            minimum_age=told["minimum_age"],
            maximum_age=told["maximum_age"],
            start_time=told["start_time"],
            end_time=told["end_time"],
            day=told["day"],
            postcode=told["postcode"],
            proximity=told["proximity"],
            modified_after=told["modified_after"],
            organization_id=told["organization_id"],
            minimal=told["minimal"] == "true",
            full="true" in (told["full"], told["full_service"]),
        )


class SearchForm(forms.Form):
    """What a practitioner looks for."""

    words = forms.CharField(label=gettext_lazy("What is needed"), required=False, max_length=200)
    need = forms.ChoiceField(label=gettext_lazy("Kind of help"), required=False)
    place = forms.CharField(label=gettext_lazy("Postcode, town or area"), required=False, max_length=100)
    age = forms.IntegerField(
        label=gettext_lazy("Age of the person"), required=False, min_value=0, max_value=OLDEST
    )
    language = forms.CharField(label=gettext_lazy("Language"), required=False, max_length=100)
    running_on = DateField(label=gettext_lazy("Open on this day"), required=False)
    running_at = ClockField(
        label=gettext_lazy("Open at this time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )

    def __init__(self, *given: Any, needs: tuple[tuple[UUID, str], ...], **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [("", _("Any")), *((str(term), name) for term, name in needs)]
        offer(self, "need", choices)

    def asked(self) -> dict[str, Any]:
        """Return what the search takes."""
        told = self.cleaned_data
        return told | {"need": UUID(told["need"]) if told["need"] else None}


class PageForm(forms.Form):
    """Which page of results, from the buttons below them."""

    page = forms.IntegerField(required=False, min_value=1, max_value=1000)

    def asked(self) -> int:
        """Return the page; the first if none, or nonsense, was asked for."""
        return (self.is_valid() and self.cleaned_data["page"]) or 1


class EntryForm(ChangeableForm):
    """Everything in an own entry; weekly hours, the same on each day that is ticked."""

    STATUSES: ClassVar = [
        (Status.ACTIVE, gettext_lazy("Running")),
        (Status.TEMPORARILY_CLOSED, gettext_lazy("Closed for now")),
        (Status.INACTIVE, gettext_lazy("Not running, and not shown in searches")),
    ]

    name = forms.CharField(label=gettext_lazy("Name of the service"), max_length=250)
    description = forms.CharField(
        label=gettext_lazy("What you do, and for whom"), max_length=5000, widget=forms.Textarea
    )
    status = forms.ChoiceField(label=gettext_lazy("Is it running?"), choices=STATUSES)
    alert = forms.CharField(
        label=gettext_lazy("Anything people should know at the moment"), required=False, max_length=500,
        help_text=gettext_lazy("For example: closed for repairs until Friday."),
    )  # fmt: skip
    telephone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=40)
    contact_role = forms.CharField(
        label=gettext_lazy("Who to ask for"), required=False, max_length=150,
        help_text=gettext_lazy("A role, such as duty worker. Never a name: entries are published."),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("The service's address, not one person's."),
    )
    url = forms.URLField(label=gettext_lazy("Website"), required=False, max_length=500, assume_scheme="https")
    address_1 = forms.CharField(label=gettext_lazy("Building and street"), required=False, max_length=250)
    city = forms.CharField(label=gettext_lazy("Town"), required=False, max_length=150)
    postal_code = forms.CharField(label=gettext_lazy("Postcode"), required=False, max_length=10)
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days you are open"),
        required=False,
        choices=tuple(DAY_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = ClockField(
        label=gettext_lazy("Opens at"), required=False, help_text=gettext_lazy("For example 09:30")
    )
    closes_at = ClockField(
        label=gettext_lazy("Closes at"), required=False, help_text=gettext_lazy("For example 17:00")
    )
    fees = forms.CharField(label=gettext_lazy("What it costs"), required=False, max_length=500)
    minimum_age = forms.IntegerField(
        label=gettext_lazy("Youngest age"), required=False, min_value=0, max_value=OLDEST
    )
    maximum_age = forms.IntegerField(
        label=gettext_lazy("Oldest age"), required=False, min_value=0, max_value=OLDEST
    )
    languages = forms.CharField(
        label=gettext_lazy("Languages"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Put commas between them."),
    )
    areas = forms.CharField(
        label=gettext_lazy("Areas you serve"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Put commas between them."),
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What you help with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *given: Any, needs: tuple[tuple[UUID, str], ...], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "needs", [(str(term), name) for term, name in needs], for_everybody=True)

    def clean_languages(self) -> str:
        """Refuse a name of a language that is too long to be one."""
        return _each_at_most(100, self.cleaned_data["languages"])

    def clean_areas(self) -> str:
        """Refuse a name of an area that is too long to be one."""
        return _each_at_most(250, self.cleaned_data["areas"])

    def clean(self) -> dict[str, Any]:
        """Check the fields that belong together."""
        told = super().clean() or {}
        places, times = ("address_1", "city", "postal_code"), ("opens_at", "closes_at")
        address = [told.get(name) for name in places]
        # of what was entered and is wrong in itself, only that is said
        if any(address) and not all(address) and self.errors.keys().isdisjoint(places):
            self.add_error("address_1", _("Enter building and street, town and postcode, or none of them."))
        youngest, oldest = told.get("minimum_age"), told.get("maximum_age")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("minimum_age", _("The youngest age must not be higher than the oldest."))
        if (told.get("opens_at") or told.get("closes_at")) and not told.get("days"):
            self.add_error("days", _("Choose the days when you are open at these times."))
        one_of_two = bool(told.get("opens_at")) != bool(told.get("closes_at"))
        if one_of_two and self.errors.keys().isdisjoint(times):
            self.add_error("opens_at", _("Enter both when you open and when you close, or neither."))
        return told

    def entry(self, *, before: Entry | None = None) -> Entry:
        """Return the entry as the form has it.

        Args:
            before: the entry as it was. What this form cannot show is kept from it: fortnightly and monthly
                hours and, if the address is the same, where it is on the map.
        """
        told = self.cleaned_data
        place = Place(told["address_1"], told["city"], told["postal_code"].upper()) if told["city"] else None
        if before and before.place and place == replace(before.place, latitude=None, longitude=None):
            place = before.place
        kept = hours_the_form_cannot_show(before) if before else ()
        weekly = Hours(
            freq="WEEKLY",
            byday=",".join(told["days"]),
            opens_at=told["opens_at"],
            closes_at=told["closes_at"],
        )
        return Entry(
            place=place,
            hours=((weekly,) if told["days"] else ()) + kept,
            languages=_listed(told["languages"]),
            areas=_listed(told["areas"]),
            needs=frozenset(UUID(each) for each in told["needs"]),
            status=Status(told["status"]),
            **{
                name: told[name]
                for name in (
                    "name", "description", "url", "email", "telephone", "contact_role", "fees",
                    "minimum_age", "maximum_age", "alert",
                )
            },
        )  # fmt: skip


def begun_with(entry: Entry, seen: str) -> dict[str, Any]:
    """Return the initial values of an entry's form."""
    weekly = next((hours for hours in entry.hours if is_plain(hours)), Hours())
    place = entry.place
    return vars(entry) | {
        "address_1": place.address_1 if place else "",
        "city": place.city if place else "",
        "postal_code": place.postal_code if place else "",
        "days": weekly.byday.split(",") if weekly.byday else [],
        "opens_at": _shown(weekly.opens_at),
        "closes_at": _shown(weekly.closes_at),
        "languages": ", ".join(entry.languages),
        "areas": ", ".join(entry.areas),
        "needs": [str(each) for each in entry.needs],
        "seen": seen,
    }


def hours_the_form_cannot_show(entry: Entry) -> tuple[Hours, ...]:
    """Return the hours that stay as they are when the form is sent."""
    plain = [hours for hours in entry.hours if is_plain(hours)]
    return tuple(hours for hours in entry.hours if not is_plain(hours) or hours not in plain[:1])


def is_plain(hours: Hours) -> bool:
    """Whether hours are of the kind the form shows: every week, from and to."""
    return hours == Hours(
        freq="WEEKLY", byday=hours.byday, opens_at=hours.opens_at, closes_at=hours.closes_at
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(sorted({part.strip() for part in re.split("[,;\r\n]", text) if part.strip()}))


def _each_at_most(most: int, text: str) -> str:
    """Refuse a list with a name for which there is no room: mostly it is several names in one."""
    if any(len(part) > most for part in _listed(text)):
        raise ValidationError(
            _("One of these is longer than %(most)s characters. Put commas between them.") % {"most": most}
        )
    return text


def _shown(clock: time | None) -> str:
    return clock.strftime("%H:%M") if clock else ""
