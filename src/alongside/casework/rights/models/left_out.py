"""Who objected to being found and is held no longer: nothing by which anybody could say who that is."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from alongside.casework.access.privacy import Privacy


class LeftOut(models.Model):
    """That somebody is not to be found again who objected and was erased (ADR 0022). Never changed."""

    digest = models.CharField(primary_key=True, max_length=64)
    """Of what tells them from others, with the secret key: nobody without it can try names against it."""
    since = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = {"digest": Privacy.IDENTIFYING, "since": Privacy.OPERATIONAL}

    # Factories

    @classmethod
    def keep(cls, traits: Iterable[str], *, since: date) -> None:
        """Keep that whoever has one of these traits objected."""
        made = [LeftOut(digest=_digest(each, settings.SECRET_KEY), since=since) for each in traits]
        LeftOut.objects.bulk_create(made, ignore_conflicts=True)

    # Queries

    @staticmethod
    def digests(trait: str) -> list[str]:
        """Return how a trait may stand here: by the key of now, or one of before that is still named."""
        return [_digest(trait, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _digest(trait: str, key: str) -> str:
    return salted_hmac("alongside:left-out", trait, secret=key, algorithm="sha256").hexdigest()
