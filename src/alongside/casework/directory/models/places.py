"""Where services are."""

from statistics import median
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.directory.models.services import Service


class Location(models.Model):
    """A place: a building, an address for letters, or somewhere on the phone or the web."""

    class Kind(models.TextChoices):
        """The standard's ``location_type``."""

        PHYSICAL = "physical", _("A place to go to")
        POSTAL = "postal", _("An address for letters")
        VIRTUAL = "virtual", _("On the telephone or online")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PHYSICAL)
    name = models.CharField(max_length=250, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "kind", "name", "latitude", "longitude"], Privacy.OPERATIONAL
    )

    class Meta:
        """Both coordinates or neither."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    # a check that compares with NULL passes, so require both to be there as well
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="directory_location_on_the_globe",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["latitude", "longitude"], name="directory_location_box")
        ]

    def __str__(self) -> str:
        return self.name or self.kind


class AddressQuerySet(models.QuerySet["Address"]):
    """Queries about addresses."""

    def middle(self, pattern: str) -> tuple[float, float] | None:
        """The latitude and longitude in the middle of places to go to whose postcode fits a pattern.

        Half of them are on either side of it: so one that is put far off by mistake does not move it.
        """
        there = self.filter(postal_code__iregex=pattern, location__kind=Location.Kind.PHYSICAL)
        found = [
            (latitude, longitude)
            for latitude, longitude in there.values_list("location__latitude", "location__longitude")
            if latitude is not None and longitude is not None
        ]
        if not found:
            return None
        return median(latitude for latitude, _ in found), median(longitude for _, longitude in found)


class Address(models.Model):
    """The address of a place, in the standard's fields."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    location = models.ForeignKey(Location, models.CASCADE, related_name="addresses")
    address_1 = models.CharField(max_length=250)
    address_2 = models.CharField(max_length=250, blank=True)
    city = models.CharField(max_length=150)
    state_province = models.CharField(max_length=150, blank=True)
    postal_code = models.CharField(max_length=20, db_index=True)
    country = models.CharField(max_length=2, default="GB")
    address_type = models.CharField(max_length=10, default="physical")

    objects = AddressQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        [
            "id", "location", "address_1", "address_2", "city", "state_province", "postal_code", "country",
            "address_type",
        ],
        Privacy.OPERATIONAL,
    )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.address_1}, {self.city} {self.postal_code}"


class ServiceAtLocation(models.Model):
    """A service is offered at a place."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="service_at_locations")
    location = models.ForeignKey(Location, models.CASCADE, related_name="service_at_locations")
    description = models.TextField(blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPERATIONAL,
        "service": Privacy.OPERATIONAL,
        "location": Privacy.OPERATIONAL,
        "description": Privacy.FREE_TEXT,
    }

    def __str__(self) -> str:
        return str(self.id)
