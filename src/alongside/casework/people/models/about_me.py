"""The person's own words, and the people around them, as far as they wish."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.people.models.person import Person
from alongside.casework.people.rules import Section

AT_ONCE = ("-said_on", "-recorded_at")
"""What is the same in these was said at once, such as every answer of a conversation; the newest is first."""
NEWEST_FIRST = (*AT_ONCE, "place", "id")


class AboutMe(models.Model):
    """What the person said, word for word. Nobody can change it; newer words are shown above older ones."""

    class Pen(models.TextChoices):
        """Who held the pen."""

        PERSON = "person", _("The person")
        STAFF = "staff", _("Somebody at work, as the person said it")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="about_me")
    section = models.CharField(max_length=20, choices=[(each, each) for each in Section])
    words = models.TextField(max_length=10_000)
    said_on = models.DateField()
    how = models.CharField(max_length=200, blank=True)
    """How it was said: in person, in writing, through an interpreter or advocate, by signs."""
    pen = models.CharField(max_length=10, choices=Pen, default=Pen.STAFF)
    written_down_by = models.CharField(max_length=200)
    """Who wrote it down or, if the person held the pen, whose device it was."""
    written_down_for = models.UUIDField()
    recorded_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField(default=0)
    """Among what was said in one conversation, in the order it was asked; all of that is recorded at once."""

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        "words": Privacy.FREE_TEXT,
        "how": Privacy.SENSITIVE,
        "written_down_by": Privacy.STAFF,
        **dict.fromkeys(
            ["id", "section", "said_on", "pen", "written_down_for", "recorded_at", "place"],
            Privacy.OPERATIONAL,
        ),
    }

    # Factories

    @classmethod
    def write_down(
        cls,
        *,
        person: Person,
        section: Section,
        words: str,
        said_on: date,
        how: str,
        by: str,
        organisation_id: UUID,
        at: datetime,
        pen: str = Pen.STAFF,
        place: int = 0,
    ) -> "AboutMe":
        """Write down what the person said."""
        said = cls(
            person=person,
            section=section,
            words=words,
            said_on=said_on,
            how=how,
            pen=pen,
            written_down_by=by,
            written_down_for=organisation_id,
            recorded_at=at,
            place=place,
        )
        said.full_clean()
        said.save(force_insert=True)
        return said


class Contact(models.Model):
    """Somebody in the person's life, and whether the person lets us speak with them."""

    class Permission(models.TextChoices):
        """What the person said about us speaking with them."""

        YES = "yes", _("Yes")
        NO = "no", _("No")
        ONLY_IF = "only_if", _("Only if")
        NOT_ASKED = "not_asked", _("Not asked yet")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    relationship = models.CharField(max_length=100)
    how_to_reach = models.CharField(max_length=200, blank=True)
    permission = models.CharField(max_length=10, choices=Permission, default=Permission.NOT_ASKED)
    permission_words = models.TextField(blank=True)
    poses_risk = models.BooleanField(default=False)
    noted_by = models.CharField(max_length=200)
    noted_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["person", "name", "how_to_reach"], Privacy.IDENTIFYING),
        **dict.fromkeys(["relationship", "permission", "poses_risk"], Privacy.SENSITIVE),
        "permission_words": Privacy.FREE_TEXT,
        "noted_by": Privacy.STAFF,
        **dict.fromkeys(["id", "noted_at", "left_at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def note(
        cls,
        *,
        person: Person,
        name: str,
        relationship: str,
        how_to_reach: str,
        permission: str,
        permission_words: str,
        poses_risk: bool,
        by: str,
        at: datetime,
    ) -> "Contact":
        """Note somebody in the person's life."""
        contact = cls(
            person=person,
            name=name,
            relationship=relationship,
            how_to_reach=how_to_reach,
            permission=permission,
            permission_words=permission_words,
            poses_risk=poses_risk,
            noted_by=by,
            noted_at=at,
        )
        contact.full_clean()
        contact.save(force_insert=True)
        return contact

    # Mutators

    def leave(self, *, at: datetime) -> None:
        """Remove them from the network, keeping that they were on it."""
        self.left_at = at
        self.save(update_fields=["left_at"])
