"""The table of audit events and the head of their chain. ``recorder`` adds rows, which never change."""

from typing import ClassVar

from django.db import models

from alongside.casework.access.privacy import Privacy


class AuditEvent(models.Model):
    """One thing somebody did or looked at. The database numbers it and chains it to the one before."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    code = models.CharField(max_length=80)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    organisation_id = models.UUIDField(null=True)
    organisation_name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=80)
    person_id = models.UUIDField(null=True)
    about_kind = models.CharField(max_length=80)
    about_id = models.CharField(max_length=80)
    details = models.JSONField()
    request_id = models.CharField(max_length=80)
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "sequence": Privacy.OPERATIONAL,
        "at": Privacy.OPERATIONAL,
        "code": Privacy.OPERATIONAL,
        "actor_id": Privacy.STAFF,
        "actor_name": Privacy.STAFF,
        "organisation_id": Privacy.OPERATIONAL,
        "organisation_name": Privacy.OPERATIONAL,
        "purpose": Privacy.OPERATIONAL,
        "person_id": Privacy.IDENTIFYING,
        "about_kind": Privacy.OPERATIONAL,
        "about_id": Privacy.OPERATIONAL,
        "details": Privacy.SENSITIVE,
        "request_id": Privacy.OPERATIONAL,
        "previous_hash": Privacy.OPERATIONAL,
        "hash": Privacy.OPERATIONAL,
    }

    class Meta:
        """Found by person, actor, kind and time; about a person only for a purpose."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(person_id=None) | ~models.Q(purpose=""),
                name="about_a_person_for_a_purpose",
            ),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="numbered_from_one"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person_id", "sequence"], name="audit_event_person"),
            models.Index(fields=["actor_id", "sequence"], name="audit_event_actor"),
            models.Index(fields=["code", "sequence"], name="audit_event_code"),
            models.Index(fields=["at"], name="audit_event_at"),
        ]


class AuditHead(models.Model):
    """The last link of the chain: one row, so that it shows if events are cut off at the end."""

    id = models.SmallIntegerField(primary_key=True)
    sequence = models.BigIntegerField()
    hash = models.BinaryField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPERATIONAL,
        "sequence": Privacy.OPERATIONAL,
        "hash": Privacy.OPERATIONAL,
    }
