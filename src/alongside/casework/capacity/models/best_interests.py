"""What was decided for a person who could not decide it, and what had been considered."""

from typing import ClassVar

from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.capacity.models.kept import WORDS, Kept, one_of
from alongside.casework.capacity.models.records import CapacityRecord
from alongside.casework.capacity.rules.best_interests import Imca, Regain, Serious


class BestInterests(Kept):
    """A decision made for a person (Mental Capacity Act 2005 s.4). Never changed; newer ones come first."""

    record = models.ForeignKey(CapacityRecord, models.PROTECT, related_name="best_interests")
    past_wishes = models.TextField(max_length=WORDS)
    present_wishes = models.TextField(max_length=WORDS)
    beliefs = models.TextField(max_length=WORDS)
    consulted = models.TextField(max_length=WORDS, blank=True)
    nobody_to_consult = models.BooleanField()
    regain = models.CharField(max_length=12, choices=one_of(Regain))
    can_wait = models.BooleanField()
    regain_words = models.TextField(max_length=WORDS)
    options = models.TextField(max_length=WORDS)
    less_restrictive = models.TextField(max_length=WORDS)
    serious = models.CharField(max_length=12, choices=one_of(Serious))
    imca = models.CharField(max_length=12, choices=one_of(Imca))
    imca_words = models.TextField(max_length=WORDS, blank=True)
    decision = models.TextField(max_length=WORDS)
    why = models.TextField(max_length=WORDS)
    decided_by = models.CharField(max_length=200)
    decided_on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **Kept.whose,
        **dict.fromkeys(
            [
                "past_wishes", "present_wishes", "beliefs", "consulted", "regain_words", "options",
                "less_restrictive", "imca_words", "decision", "why",
            ],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(
            [
                "nobody_to_consult", "regain", "can_wait", "serious", "imca", "decided_on",
            ],
            Privacy.SENSITIVE,
        ),
        "decided_by": Privacy.STAFF,
        "record": Privacy.OPERATIONAL,
    }  # fmt: skip
