"""People who objected to being found and have been erased, kept so that nobody can tell who they are."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from alongside.casework.access.privacy import Privacy


class LeftOut(models.Model):
    """A mark that somebody who objected and was erased is not to be found again (ADR 0022). Never changed."""

    digest = models.CharField(primary_key=True, max_length=64)
    """Made from what identifies them, with the secret key: without that, nobody can test names against it."""
    since = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = {"digest": Privacy.IDENTIFYING, "since": Privacy.OPERATIONAL}

    # Factories

    @classmethod
    def keep(cls, traits: Iterable[str], *, since: date) -> None:
        """Record that the person with any of these traits objected."""
        made = [LeftOut(digest=_digest(each, settings.SECRET_KEY), since=since) for each in traits]
        LeftOut.objects.bulk_create(made, ignore_conflicts=True)

    # Queries

    @staticmethod
    def digests(trait: str) -> list[str]:
        """Return the digests a trait may have here: with the current key, and with each fallback key."""
        return [_digest(trait, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _digest(trait: str, key: str) -> str:
    return salted_hmac("alongside:left-out", trait, secret=key, algorithm="sha256").hexdigest()
