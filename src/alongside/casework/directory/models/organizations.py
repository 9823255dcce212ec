"""Who provides services. The standard spells it with a z, and so does everything that is published."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.directory.models.feeds import Feed


class DirectoryOrganization(models.Model):
    """A provider: a member of the partnership that keeps its own entries, or one from a feed.

    ``description`` is what a feed says. What a member does is in its profile, which it may fill in or change
    long after its first entry; a copy here would keep saying what the profile said on that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    member = models.OneToOneField(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    feed = models.ForeignKey(Feed, models.PROTECT, null=True, blank=True, related_name="organizations")
    name = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPERATIONAL,
        "member": Privacy.OPERATIONAL,
        "feed": Privacy.OPERATIONAL,
        "name": Privacy.OPERATIONAL,
        "description": Privacy.FREE_TEXT,
        "url": Privacy.OPERATIONAL,
    }

    class Meta:
        """It is kept by a member or comes from a feed, never both."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(member=None, feed__isnull=False) | Q(member__isnull=False, feed=None),
                name="directory_organization_one_origin",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    # Factories

    @classmethod
    def of_member(cls, member: Organisation) -> "DirectoryOrganization":
        """Return a member of the partnership as a provider, made the first time it is asked for."""
        made, _ = cls.objects.get_or_create(member=member, defaults={"name": member.name})
        return made

    # Queries

    @property
    def remit(self) -> str:
        """What it does, and for whom: by its profile or, from a feed, as the feed says it."""
        return self.member.remit if self.member else self.description
