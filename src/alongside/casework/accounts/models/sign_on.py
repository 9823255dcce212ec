"""Which account here belongs to which of a provider's accounts."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models.users import User


class BoundSubject(models.Model):
    """What a provider calls a member: never changed or given to somebody else, as an e-mail address may be.

    OpenID Connect Core 1.0, section 5.7: only issuer and subject together say who somebody is.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="bound_subjects")
    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "user", "issuer", "subject", "bound_at"], Privacy.STAFF
    )

    class Meta:
        """One account for each subject at a provider, and one subject for each account."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="subject_is_one_account"),
            models.UniqueConstraint(fields=["issuer", "user"], name="account_is_one_subject"),
        ]

    # Factories

    @classmethod
    def bind(cls, *, user: User, issuer: str, subject: str, at: datetime) -> "BoundSubject":
        """From now on, recognise an account by what the provider calls its owner."""
        return cls.objects.create(user=user, issuer=issuer, subject=subject, bound_at=at)
