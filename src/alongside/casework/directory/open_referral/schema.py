"""The standard's objects, as far as we import them. Rows that do not fit them are left out."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from alongside.casework.directory.rules import Status

LARGEST_EXTRA = 2_000
MOST = 200
"""The most of anything within one service."""
NORTHWARDS, EASTWARDS = (49.0, 61.5), (-9.0, 2.5)
"""Between which degrees the United Kingdom is, with its islands."""
NEVER_KEPT = frozenset({"contacts", "assurer_email", "contact", "assurer"})
"""Fields of the standard that name people: we do not import them."""


def _none_is_empty(value: Any) -> Any:
    return "" if value is None else value


def _storable(value: str) -> str:
    """Refuse what no database can hold: NUL, and halves of characters."""
    if "\x00" in value or any("\ud800" <= each <= "\udfff" for each in value):
        raise ValueError("a character that cannot be kept")
    return value.strip()


def _web(value: str) -> str:
    """Leave out an address that would do anything but open a page, such as run a script."""
    return value if value.lower().startswith(("http://", "https://")) else ""


def _mail(value: str) -> str:
    return value if value.count("@") == 1 and not any(each in value for each in " <>\"'?&\n") else ""


def _clock(value: Any) -> Any:
    """Leave out a zone that the standard allows and Python does not read, such as ``-05``."""
    return _ZONE.sub("", value.strip()) or None if isinstance(value, str) else value


def _on_the_wall(value: time | None) -> time | None:
    """Take the time as it was meant locally: ``09:00Z`` is nine by the clock on the wall."""
    return value and value.replace(tzinfo=None)


def _moment(value: datetime | None) -> datetime | None:
    """Count a year that cannot be meant as not told: a zone shifts it out of what Python can read back."""
    return value if value and _FIRST_YEAR <= value.year <= _LAST_YEAR else None


_ZONE = re.compile(r"\s*([Zz]|[+-]\d\d(:?\d\d)?)$")
_FIRST_YEAR, _LAST_YEAR = 1970, 9000

Text = Annotated[str, BeforeValidator(_none_is_empty), AfterValidator(_storable)]
Line = Annotated[Text, Field(max_length=250)]
Long = Annotated[Text, Field(max_length=20_000)]
Needed = Annotated[str, AfterValidator(_storable), Field(min_length=1, max_length=250)]
Web = Annotated[Text, Field(max_length=500), AfterValidator(_web)]
Clock = Annotated[time | None, BeforeValidator(_clock), AfterValidator(_on_the_wall)]
Moment = Annotated[datetime | None, AfterValidator(_moment)]
Age = Annotated[float | None, Field(ge=0, le=150)]


class _Told(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)


class Organization(_Told):
    """Who provides it."""

    id: UUID
    name: Needed
    description: Long = ""
    url: Web = ""


class Phone(_Told):
    """A number; names of people next to it in ``contacts`` are not imported."""

    number: Annotated[Needed, Field(max_length=40)]
    description: Line = ""


class Schedule(_Told):
    """When it is open."""

    valid_from: date | None = None
    valid_to: date | None = None
    dtstart: date | None = None
    freq: Literal["WEEKLY", "MONTHLY", "", None] = ""
    interval: Annotated[int | None, Field(ge=1, le=1000)] = 1
    byday: Annotated[Text, Field(max_length=100)] = ""
    bymonthday: Annotated[Text, Field(max_length=150)] = ""
    opens_at: Clock = None
    closes_at: Clock = None
    notes: Long = ""


class Area(_Told):
    """Who it is for, by where they live."""

    name: Line = ""


class Language(_Told):
    """A language it can be used in."""

    name: Annotated[Text, Field(max_length=100)] = ""
    code: Annotated[Text, Field(max_length=20)] = ""


class Cost(_Told):
    """One price."""

    option: Line = ""
    amount: Annotated[Decimal | None, Field(ge=0, lt=10_000_000, decimal_places=2)] = None
    currency: Annotated[Text, Field(max_length=3)] = "GBP"
    amount_description: Long = ""


class Address(_Told):
    """Where the post goes."""

    address_1: Line
    address_2: Line = ""
    city: Annotated[Text, Field(max_length=150)] = ""
    state_province: Annotated[Text, Field(max_length=150)] = ""
    postal_code: Annotated[Text, Field(max_length=20)] = ""
    country: Annotated[Text, Field(max_length=2)] = "GB"
    address_type: Annotated[Text, Field(max_length=10)] = "physical"


class Location(_Told):
    """A place. One outside the United Kingdom, such as 0, 0 for "unknown", is kept as not on the map."""

    location_type: Literal["physical", "postal", "virtual"] = "physical"
    name: Line = ""
    latitude: Annotated[float | None, Field(ge=-90, le=90)] = None
    longitude: Annotated[float | None, Field(ge=-180, le=180)] = None
    addresses: Annotated[list[Address], Field(max_length=MOST)] = []

    @model_validator(mode="after")
    def _both_or_none(self) -> "Location":
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude belong together")
        if self.latitude is not None and self.longitude is not None:
            north, east = NORTHWARDS, EASTWARDS
            if not (north[0] <= self.latitude <= north[1] and east[0] <= self.longitude <= east[1]):
                self.latitude = self.longitude = None
        return self


class AtLocation(_Told):
    """It is offered at a place."""

    description: Long = ""
    location: Location | None = None


class Taxonomy(_Told):
    """A list of terms."""

    id: UUID
    name: Line = ""


class Term(_Told):
    """A term of a list."""

    id: UUID
    name: Needed
    description: Long = ""
    code: Annotated[Text, Field(max_length=100)] = ""
    term_uri: Annotated[Text, Field(max_length=500)] = ""
    taxonomy: Annotated[Line | Taxonomy, Field(union_mode="left_to_right")] = ""
    taxonomy_detail: Taxonomy | None = None


class Attribute(_Told):
    """A term applies to it."""

    taxonomy_term: Term | None = None


class Service(_Told):
    """A service with everything the feed says about it.

    Web and e-mail addresses that are not real ones are left out; so is anything that names a person. Fields
    that are not in the standard are kept in ``extra`` if they are plain and short.
    """

    id: UUID
    name: Needed
    status: Status
    organization: Organization
    description: Long = ""
    url: Web = ""
    email: Annotated[Text, Field(max_length=254), AfterValidator(_mail)] = ""
    fees: Long = ""
    minimum_age: Age = None
    maximum_age: Age = None
    assured_date: date | None = None
    last_modified: Moment = None
    alert: Long = ""
    phones: Annotated[list[Phone], Field(max_length=MOST)] = []
    schedules: Annotated[list[Schedule], Field(max_length=MOST)] = []
    service_areas: Annotated[list[Area], Field(max_length=MOST)] = []
    languages: Annotated[list[Language], Field(max_length=MOST)] = []
    cost_options: Annotated[list[Cost], Field(max_length=MOST)] = []
    service_at_locations: Annotated[list[AtLocation], Field(max_length=MOST)] = []
    attributes: Annotated[list[Attribute], Field(max_length=MOST)] = []
    extra: dict[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _lists_and_extra(cls, told: Any) -> Any:
        if not isinstance(told, dict):
            raise ValueError("not an object")
        known = set(cls.model_fields)
        local = {
            name: value
            for name, value in told.items()
            if name not in known | NEVER_KEPT and isinstance(value, str | bool) and plain(name, value)
        }
        if sum(len(name) + len(str(value)) for name, value in local.items()) > LARGEST_EXTRA:
            local = {}
        # null for an empty list is common, and harmless
        some = {name: value for name, value in told.items() if value is not None}
        return some | {"extra": local}

    @model_validator(mode="after")
    def _ages_in_order(self) -> "Service":
        ages = [age for age in (self.minimum_age, self.maximum_age) if age is not None]
        if ages != sorted(ages):
            raise ValueError("the youngest age is above the oldest")
        return self


def plain(*texts: Any) -> bool:
    """Whether all these can be kept in a database, and name nobody's mailbox."""
    said = "".join(str(each) for each in texts)
    return "\x00" not in said and "@" not in said and not any("\ud800" <= each <= "\udfff" for each in said)
