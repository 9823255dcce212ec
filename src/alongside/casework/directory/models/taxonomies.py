"""What services are for: lists of terms, and which terms apply to which service."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.directory.models.feeds import Feed
from alongside.casework.directory.models.services import Service

OWN = "What people need help with"
"""Name of the partnership's own list."""


class Taxonomy(models.Model):
    """A list of terms: the partnership's own (no feed), or one that a feed uses."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    feed = models.ForeignKey(Feed, models.PROTECT, null=True, blank=True, related_name="taxonomies")
    name = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    uri = models.CharField(max_length=500, blank=True)
    version = models.CharField(max_length=100, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "feed", "name", "description", "uri", "version"], Privacy.OPERATIONAL
    )

    def __str__(self) -> str:
        return self.name

    # Factories

    @classmethod
    def own(cls) -> "Taxonomy":
        """Return the partnership's own list, made the first time it is asked for."""
        made, _ = cls.objects.get_or_create(
            feed=None, name=OWN, defaults={"description": "The partnership's own words for needs"}
        )
        return made


class TaxonomyTerm(models.Model):
    """One term of a list, such as *food bank*; the standard asks for a description."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    taxonomy = models.ForeignKey(Taxonomy, models.CASCADE, related_name="terms")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    code = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    term_uri = models.CharField(max_length=500, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "taxonomy", "parent", "code", "name", "description", "term_uri"], Privacy.OPERATIONAL
    )

    def __str__(self) -> str:
        return self.name

    # Factories

    @classmethod
    def add(cls, *, name: str, description: str, parent: "TaxonomyTerm | None" = None) -> "TaxonomyTerm":
        """Add a term to the partnership's own list."""
        return cls.objects.create(taxonomy=Taxonomy.own(), name=name, description=description, parent=parent)


class Attribute(models.Model):
    """A term applies to a service."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="attributes")
    term = models.ForeignKey(TaxonomyTerm, models.CASCADE, related_name="attributes")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(["id", "service", "term"], Privacy.OPERATIONAL)

    class Meta:
        """A term applies to a service only once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["service", "term"], name="directory_attribute_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
