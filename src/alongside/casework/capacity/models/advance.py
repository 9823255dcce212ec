"""What a person wished in case they could not decide later; kept as it was, and theirs to take back."""

from typing import ClassVar

from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.capacity.models.kept import WORDS, Kept, one_of
from alongside.casework.capacity.rules.advance import Kind


class AdvanceStatement(Kept):
    """What somebody wishes, in their words; or that an advance decision, attorney or deputy exists."""

    kind = models.CharField(max_length=12, choices=one_of(Kind))
    words = models.TextField(max_length=10_000)
    made_on = models.DateField(null=True, blank=True)
    """None if nobody knows."""
    held_by = models.TextField(max_length=WORDS)
    """Who has a copy, or the document itself."""
    seen_by = models.CharField(max_length=200, blank=True)
    """Who saw the document; empty if nobody has yet."""

    privacy: ClassVar[dict[str, Privacy]] = {
        **Kept.whose,
        **dict.fromkeys(["words", "held_by"], Privacy.FREE_TEXT),
        **dict.fromkeys(["kind", "made_on"], Privacy.SENSITIVE),
        "seen_by": Privacy.STAFF,
    }


class AdvanceWithdrawal(Kept):
    """The person took back what they had made in advance. It stays readable but no longer applies."""

    statement = models.OneToOneField(AdvanceStatement, models.PROTECT, related_name="withdrawal")
    words = models.TextField(max_length=WORDS)
    said_on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **Kept.whose,
        "words": Privacy.FREE_TEXT,
        "said_on": Privacy.SENSITIVE,
        "statement": Privacy.OPERATIONAL,
    }
