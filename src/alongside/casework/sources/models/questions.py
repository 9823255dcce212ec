"""Questions about data, put to its owner, with their name and phone number: it is quicker to talk."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation


class DataQuestionQuerySet(models.QuerySet["DataQuestion"]):
    """Questions, by what they are asked for."""

    def between(self, organisation_id: UUID) -> "DataQuestionQuerySet":
        """Those an organisation asked or is asked."""
        return self.filter(Q(asked_by_organisation_id=organisation_id) | Q(owner_id=organisation_id))


class DataQuestion(models.Model):
    """A thread beside a source or one of its facts. It names no person: the fact is named by its factor."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.CharField(max_length=80)
    factor = models.CharField(max_length=80, blank=True)
    flag_id = models.UUIDField(null=True, blank=True)
    """The flag it was asked about; whoever answers sees it only if they can see the person."""
    title = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=200)
    asked_by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=200, blank=True)
    owner_telephone = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    objects = DataQuestionQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["title", "outcome"], Privacy.FREE_TEXT),
        **dict.fromkeys(["asked_by", "owner_name", "owner_telephone"], Privacy.STAFF),
        **dict.fromkeys(
            [
                "id", "source", "factor", "flag_id", "asked_by_organisation", "owner", "asked_at",
                "settled_at",
            ],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    # Factories

    @classmethod
    def ask(
        cls,
        *,
        source: str,
        factor: str,
        flag_id: UUID | None,
        title: str,
        asked_by: str,
        asked_by_organisation_id: UUID,
        owner: Organisation,
        owner_name: str,
        owner_telephone: str,
        at: datetime,
    ) -> "DataQuestion":
        """Ask."""
        return cls.objects.create(
            source=source,
            factor=factor,
            flag_id=flag_id,
            title=title,
            asked_by=asked_by,
            asked_by_organisation_id=asked_by_organisation_id,
            owner=owner,
            owner_name=owner_name,
            owner_telephone=owner_telephone,
            asked_at=at,
        )

    # Mutators

    def settle(self, *, outcome: str, at: datetime) -> None:
        """Say how it was settled."""
        self.outcome, self.settled_at = outcome, at
        self.save(update_fields=["outcome", "settled_at"])


class DataQuestionMessage(models.Model):
    """One message of a thread."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    question = models.ForeignKey(DataQuestion, models.CASCADE, related_name="messages")
    words = models.TextField(max_length=5_000)
    by = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "words": Privacy.FREE_TEXT,
        "by": Privacy.STAFF,
        **dict.fromkeys(["id", "question", "organisation", "at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def say(
        cls, *, question: DataQuestion, words: str, by: str, organisation_id: UUID, at: datetime
    ) -> "DataQuestionMessage":
        """Say something in a thread."""
        return cls.objects.create(
            question=question, words=words, by=by, organisation_id=organisation_id, at=at
        )
