"""What else a service says: when it is open, how to reach it, its languages, area and cost."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.directory.models.services import Service
from alongside.casework.directory.rules import Hours


class Phone(models.Model):
    """A phone number of a service. Its description is a role (*duty desk*), never a name."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="phones")
    place = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=40)
    description = models.CharField(max_length=250, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPERATIONAL,
        "service": Privacy.OPERATIONAL,
        "place": Privacy.OPERATIONAL,
        "number": Privacy.STAFF,
        "description": Privacy.FREE_TEXT,
    }

    def __str__(self) -> str:
        return self.number


class Schedule(models.Model):
    """When a service is open, as the standard writes it: a rule in the style of RFC 5545."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="schedules")
    place = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    freq = models.CharField(max_length=10, blank=True)
    interval = models.PositiveSmallIntegerField(default=1)
    byday = models.CharField(max_length=100, blank=True)
    bymonthday = models.CharField(max_length=150, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    notes = models.TextField(blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        [
            "id", "service", "place", "valid_from", "valid_to", "dtstart", "freq", "interval", "byday",
            "bymonthday", "opens_at", "closes_at",
        ],
        Privacy.OPERATIONAL,
    ) | {"notes": Privacy.FREE_TEXT}  # fmt: skip

    def __str__(self) -> str:
        return f"{self.byday or self.bymonthday} {self.opens_at} to {self.closes_at}"

    @property
    def hours(self) -> Hours:
        """The rule, without the table."""
        return Hours(
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            dtstart=self.dtstart,
            freq=self.freq,
            interval=self.interval,
            byday=self.byday,
            bymonthday=self.bymonthday,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            notes=self.notes,
        )


class ServiceArea(models.Model):
    """Who a service is for, by where they live."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="service_areas")
    place = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=250)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "service", "place", "name"], Privacy.OPERATIONAL
    )

    def __str__(self) -> str:
        return self.name


class Language(models.Model):
    """A language that a service can be used in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="languages")
    place = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=100)
    code = models.CharField(max_length=20, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "service", "place", "name", "code"], Privacy.OPERATIONAL
    )

    def __str__(self) -> str:
        return self.name


class CostOption(models.Model):
    """One price of a service."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="cost_options")
    place = models.PositiveSmallIntegerField(default=0)
    option = models.CharField(max_length=250, blank=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    amount_description = models.TextField(blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "service", "place", "option", "amount", "currency", "amount_description"], Privacy.OPERATIONAL
    )

    def __str__(self) -> str:
        return self.option or self.amount_description
