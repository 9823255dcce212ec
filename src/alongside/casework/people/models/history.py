"""Who is in touch with the person, who was asked, and what happened when, from all agencies."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.people.models.person import Person


class Involvement(models.Model):
    """An agency's involvement with a person: since when, how often, how much. Not what it holds."""

    class Intensity(models.TextChoices):
        """How much an agency does, in words that can be compared across agencies."""

        LIGHT = "light", _("Light: in touch now and then")
        REGULAR = "regular", _("Regular: a visit or call every week or month")
        INTENSIVE = "intensive", _("Intensive: several times a week")
        NOT_KNOWN = "not_known", _("Not known")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.SET_NULL, related_name="+", null=True, blank=True)
    worker_name = models.CharField(max_length=200, blank=True)
    service = models.CharField(max_length=100, blank=True)
    since = models.DateField(null=True, blank=True)
    how_often = models.CharField(max_length=100, blank=True)
    intensity = models.CharField(max_length=10, choices=Intensity, default=Intensity.NOT_KNOWN)
    until = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(
            ["organisation", "service", "since", "how_often", "intensity", "until"], Privacy.SENSITIVE
        ),
        **dict.fromkeys(["worker", "worker_name"], Privacy.STAFF),
        **dict.fromkeys(["id", "noted_at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def note(
        cls,
        *,
        person: Person,
        organisation_id: UUID,
        at: datetime,
        worker: Membership | None = None,
        worker_name: str = "",
        service: str = "",
        since: date | None = None,
        how_often: str = "",
        intensity: str = "not_known",
    ) -> "Involvement":
        """Note that an agency is in touch."""
        return cls.objects.create(
            person=person,
            organisation_id=organisation_id,
            worker=worker,
            worker_name=worker_name,
            service=service,
            since=since,
            how_often=how_often,
            intensity=intensity,
            noted_at=at,
        )

    # Mutators

    def end(self, *, on: date) -> None:
        """Say that the agency is no longer in touch."""
        self.until = on
        self.save(update_fields=["until"])


class KnownTo(models.Model):
    """Whether a person is known to another agency: the question, and its answer. Existence, not content."""

    class Answer(models.TextChoices):
        """What an agency may answer."""

        OPEN = "open", _("Yes, open to us now")
        BEFORE = "before", _("Yes, known before, not open now")
        NO = "no", _("No")
        CANNOT_SAY = "cannot_say", _("We may not say; talk to us")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="known_to")
    who = models.CharField(max_length=400)
    """Name and date of birth as the asker gave them: the agency asked does not see the person's record."""
    asked_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    asked_of = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    why = models.TextField()
    why_not_safe = models.TextField(max_length=2_000, blank=True)
    """Why it is not safe for the person to know about the question; empty if it is."""
    purpose = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    answer_note = models.TextField(blank=True)
    worker_name = models.CharField(max_length=200, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["person", "who"], Privacy.IDENTIFYING),
        **dict.fromkeys(["asked_of", "answer"], Privacy.SENSITIVE),
        **dict.fromkeys(["why", "why_not_safe", "answer_note"], Privacy.FREE_TEXT),
        **dict.fromkeys(["asked_by_name", "worker_name", "answered_by_name"], Privacy.STAFF),
        **dict.fromkeys(["id", "asked_by", "purpose", "asked_at", "answered_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """An answer has a time; one open question to an agency about a person at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_when",
            ),
            models.UniqueConstraint(
                fields=["person", "asked_by", "asked_of"], condition=Q(answered_at=None), name="asked_once"
            ),
        ]

    # Factories

    @classmethod
    def ask(
        cls,
        *,
        person: Person,
        who: str,
        asked_by_id: UUID,
        asked_by_name: str,
        asked_of: Organisation,
        why: str,
        why_not_safe: str,
        purpose: str,
        at: datetime,
    ) -> "KnownTo":
        """Ask an agency."""
        return cls.objects.create(
            person=person,
            who=who,
            asked_by_id=asked_by_id,
            asked_by_name=asked_by_name,
            asked_of=asked_of,
            why=why,
            why_not_safe=why_not_safe,
            purpose=purpose,
            asked_at=at,
        )

    # Mutators

    def tell(self, *, answer: str, note: str, worker_name: str, by: str, at: datetime) -> None:
        """Answer."""
        self.answer, self.answer_note, self.worker_name = answer, note, worker_name
        self.answered_by_name, self.answered_at = by, at
        self.full_clean(exclude=["person"])
        self.save(update_fields=["answer", "answer_note", "worker_name", "answered_by_name", "answered_at"])


class ChronologyQuerySet(models.QuerySet["ChronologyEntry"]):
    """Entries, with the filters that are used often."""

    def read_by(self, actor: Actor) -> "ChronologyQuerySet":
        """Those the actor may read, of people they see; row-level security enforces the same again."""
        if actor.reach == EVERYBODY:
            return self
        return self.read_in(actor.organisation_id, Q(person__in=actor.emergency_people))

    def read_in(self, organisation: UUID | None, opened_in_emergency: Any) -> "ChronologyQuerySet":
        """Those an organisation may read, and all those about people its member has open in an emergency."""
        return self.filter(
            Q(readers=ChronologyEntry.Readers.EVERYBODY)
            | Q(organisation_id=organisation)
            | Q(opened_in_emergency)
        )


class ChronologyEntry(models.Model):
    """One thing that happened, as one agency wrote it, beside the others' entries. Never changed."""

    class Kind(models.TextChoices):
        """What sort of thing happened."""

        CONTACT = "contact", _("We were in touch")
        TRIED = "tried", _("We tried to be in touch")
        EVENT = "event", _("Something happened")
        CONCERN = "concern", _("Somebody was worried")
        STRENGTH = "strength", _("Something went well")
        OFFER = "offer", _("Help was offered")
        CORRECTION = "correction", _("A correction of what was written")

    class Readers(models.TextChoices):
        """Who can read it. This is chosen when it is written and stays: what was read cannot be unread."""

        EVERYBODY = "everybody", _("Every organisation that sees this record")
        OWN = "own", _("My organisation alone")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="chronology")
    happened_on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind)
    words = models.TextField(max_length=10_000)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    readers = models.CharField(max_length=10, choices=Readers, default=Readers.EVERYBODY)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    corrects = models.ForeignKey("self", models.PROTECT, related_name="corrections", null=True, blank=True)
    corrected_why = models.TextField(max_length=1_000, blank=True)
    """Why the entry it corrects was wrong; only corrections have this."""

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["happened_on", "kind", "organisation"], Privacy.SENSITIVE),
        **dict.fromkeys(["words", "corrected_why"], Privacy.FREE_TEXT),
        "recorded_by": Privacy.STAFF,
        **dict.fromkeys(["id", "readers", "recorded_at", "corrects"], Privacy.OPERATIONAL),
    }

    objects = ChronologyQuerySet.as_manager()

    class Meta:
        """Read newest first; a correction says what it corrects, and why."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-happened_on"], name="chronology_of_person"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(kind="correction", corrects__isnull=False) & ~Q(corrected_why=""))
                | (~Q(kind="correction") & Q(corrects=None, corrected_why="")),
                name="a_correction_of_what_and_why",
            ),
        ]

    # Factories

    @classmethod
    def add(
        cls,
        *,
        person: Person,
        happened_on: date,
        kind: str,
        words: str,
        organisation_id: UUID,
        readers: str,
        by: str,
        at: datetime,
        corrects: "ChronologyEntry | None" = None,
        why: str = "",
    ) -> "ChronologyEntry":
        """Add what happened; or the correct version of an entry, and why the entry was wrong."""
        entry = cls(
            person=person,
            happened_on=happened_on,
            kind=kind,
            words=words,
            organisation_id=organisation_id,
            readers=readers,
            recorded_by=by,
            recorded_at=at,
            corrects=corrects,
            corrected_why=why,
        )
        entry.full_clean()
        entry.save(force_insert=True)
        return entry
