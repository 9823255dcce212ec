"""What is withheld from a bundle and why, which lines somebody has looked at, and what was given.

The bundle itself is not kept: it is made each time from the rows that exist and from these.
"""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.rights.models.requests import AccessRequest
from alongside.casework.rights.rules.withholding import GROUNDS, Ground, Reasoned


class Withheld(models.Model):
    """A line, or words in a line, that are in no bundle that is given. It can be undone, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(AccessRequest, models.CASCADE, related_name="withheld")
    line = models.CharField(max_length=200)
    """Table and row, such as ``people.AboutMe:3b0c…``."""
    words = models.TextField(max_length=2_000, blank=True)
    """The stretch of words; empty where the whole line is withheld."""
    ground = models.CharField(max_length=12, choices=[(each, GROUNDS[each]) for each in Ground])
    why = models.TextField(max_length=2_000)
    professional = models.CharField(max_length=200, blank=True)
    """The health professional whose opinion on harm was asked."""
    opinion_on = models.DateField(null=True, blank=True)
    named = models.BooleanField(default=True)
    """Whether the bundle names the ground: naming it can give away what is withheld."""
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    undone_by = models.UUIDField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "line": Privacy.SENSITIVE,
        **dict.fromkeys(["words", "why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["professional", "by", "by_name", "undone_by"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "request", "ground", "opinion_on", "named", "at", "undone_at"], Privacy.OPERATIONAL
        ),
    }

    class Meta:
        """The same is withheld once; harm to health needs somebody's opinion; undoing says who did it."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["request", "line", "words"], condition=Q(undone_at=None), name="withheld_once"
            ),
            models.CheckConstraint(
                condition=~Q(ground=Ground.HARM_HEALTH) | (~Q(professional="") & Q(opinion_on__isnull=False)),
                name="harm_to_health_by_whose_opinion",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__gte=F("at"), undone_by__isnull=False),
                name="withholding_undone_when_and_by_whom",
            ),
        ]

    # Factories

    @classmethod
    def withhold(
        cls,
        *,
        request: AccessRequest,
        line: str,
        words: str,
        reasoned: Reasoned,
        by: UUID,
        by_name: str,
        at: datetime,
    ) -> "Withheld":
        """Withhold a line, or a stretch of words in it."""
        return cls.objects.create(
            request=request,
            line=line,
            words=words,
            ground=reasoned.ground,
            why=reasoned.why,
            professional=reasoned.professional,
            opinion_on=reasoned.opinion_on,
            named=reasoned.named,
            by=by,
            by_name=by_name,
            at=at,
        )

    # Mutators

    def undo(self, *, by: UUID, at: datetime) -> None:
        """Undo it. The fact that it was withheld, by whom and why, is kept."""
        self.undone_by, self.undone_at = by, at
        self.save(update_fields=["undone_by", "undone_at"])

    def lose_words(self) -> None:
        """Clear what it says about a deleted row; the fact that it was withheld, and the ground, stay."""
        self.line, self.words, self.why = _of_nothing(self.line, self.id), "", ""
        self.save(update_fields=["line", "words", "why"])


class Look(models.Model):
    """A record that somebody looked at what is marked in a line, as it was then. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(AccessRequest, models.CASCADE, related_name="looks")
    line = models.CharField(max_length=200)
    line_print = models.CharField(max_length=64)
    """Fingerprint of the line: if it says something else now, it has to be looked at again."""
    note = models.TextField(max_length=1_000, blank=True)
    """For example, that somebody who is named agreed to be named."""
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "line": Privacy.SENSITIVE,
        "note": Privacy.FREE_TEXT,
        **dict.fromkeys(["by", "by_name"], Privacy.STAFF),
        **dict.fromkeys(["id", "request", "line_print", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Found by request."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["request", "line"], name="looks_of")]

    # Factories

    @classmethod
    def note_down(
        cls,
        *,
        request: AccessRequest,
        line: str,
        line_print: str,
        note: str,
        by: UUID,
        by_name: str,
        at: datetime,
    ) -> "Look":
        """Note that somebody looked."""
        return cls.objects.create(
            request=request, line=line, line_print=line_print, note=note, by=by, by_name=by_name, at=at
        )

    # Mutators

    def lose_words(self) -> None:
        """Clear what it says about a deleted row; the fact that somebody looked stays."""
        self.line, self.line_print, self.note = _of_nothing(self.line, self.id), "", ""
        self.save(update_fields=["line", "line_print", "note"])


def _of_nothing(line: str, own: UUID) -> str:
    """Return only the table of a line, with a key that leads to no row."""
    return f"{line.partition(':')[0]}:gone-{own}"


class Given(models.Model):
    """What was given, to whom, when and how: a fingerprint, never the bundle. Only ever added."""

    class How(models.TextChoices):
        """The ways in which a bundle can reach one person and nobody else."""

        IN_PERSON = "in_person", _("Handed to them")
        POST = "post", _("By post that is signed for")
        EMAIL = "email", _("By e-mail that only they can open")
        READ_OUT = "read_out", _("Read out or explained to them")

    class Form(models.TextChoices):
        """In what format."""

        PAPER = "paper", _("On paper")
        PDF = "pdf", _("As a PDF")
        DATA = "data", _("As data that a machine can read")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(AccessRequest, models.CASCADE, related_name="given")
    on = models.DateField()
    to = models.CharField(max_length=200)
    how = models.CharField(max_length=10, choices=How)
    form = models.CharField(max_length=10, choices=Form)
    fingerprint = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "to": Privacy.IDENTIFYING,
        "by_name": Privacy.STAFF,
        **dict.fromkeys(["id", "request", "on", "how", "form", "fingerprint", "at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def note(
        cls, *, request: AccessRequest, on: date, to: str, how: str, form: str, by_name: str, at: datetime
    ) -> "Given":
        """Note that the released bundle was given."""
        return cls.objects.create(
            request=request,
            on=on,
            to=to,
            how=how,
            form=form,
            fingerprint=request.released_print,
            by_name=by_name,
            at=at,
        )
