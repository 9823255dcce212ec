"""How a case ended, and what was heard when somebody checked back."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.rules.ending import Closing, Met, Risk


class Ending(models.Model):
    """The end of a case: why, the person's view, and what remains. The check-back is noted once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="ending")
    reason = models.CharField(max_length=60)
    reason_title = models.CharField(max_length=200)
    """As the area pack had it that day."""
    needs = models.JSONField(default=dict)
    met = models.CharField(max_length=10, choices=[(each, each) for each in Met])
    own_view = models.TextField(max_length=10_000, blank=True)
    no_view_why = models.TextField(max_length=2_000, blank=True)
    risk = models.CharField(max_length=10, choices=[(each, each) for each in Risk])
    who_knows = models.TextField(max_length=5_000, blank=True)
    reopens = models.TextField(max_length=5_000, blank=True)
    who_notices = models.TextField(max_length=5_000, blank=True)
    check_back_on = models.DateField(null=True, blank=True)
    """None if the person had died."""
    ended_by = models.CharField(max_length=200)
    ended_by_id = models.UUIDField()
    ended_at = models.DateTimeField()
    checked_on = models.DateField(null=True, blank=True)
    checked_words = models.TextField(max_length=5_000, blank=True)
    checked_by = models.CharField(max_length=200, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(
            ["reason", "reason_title", "met", "risk", "check_back_on", "checked_on"], Privacy.SENSITIVE
        ),
        **dict.fromkeys(
            ["needs", "own_view", "no_view_why", "who_knows", "reopens", "who_notices", "checked_words"],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(["ended_by", "ended_by_id", "checked_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "case", "ended_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """The person's view or why there is none; what remains is complete unless the risk is gone."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(own_view="") | ~Q(no_view_why=""), name="ending_own_view_or_why"
            ),
            models.CheckConstraint(
                condition=Q(risk=Risk.REMOVED) | (~Q(who_knows="") & ~Q(reopens="") & ~Q(who_notices="")),
                name="ending_says_what_remains",
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None, checked_words="")
                | (Q(checked_on__isnull=False) & ~Q(checked_words="")),
                name="ending_checked_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"ending {self.id}"

    # Factories

    @classmethod
    def keep(
        cls,
        *,
        case: Case,
        closing: Closing,
        title: str,
        check_back_on: date | None,
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> "Ending":
        """Save how a case ended."""
        return cls.objects.create(
            case=case, reason=closing.reason, reason_title=title,
            needs={need: words.strip() for need, words in closing.needs.items()}, met=closing.met,
            own_view=closing.own_view.strip(), no_view_why=closing.no_view_why.strip(), risk=closing.risk,
            who_knows=closing.who_knows.strip(), reopens=closing.reopens.strip(),
            who_notices=closing.who_notices.strip(), check_back_on=check_back_on, ended_by=by,
            ended_by_id=by_id, ended_at=at,
        )  # fmt: skip

    # Mutators

    def note_check_back(self, *, on: date, words: str, by: str) -> None:
        """Save what was heard; once."""
        self.checked_on, self.checked_words, self.checked_by = on, words.strip(), by
        self.save(update_fields=["checked_on", "checked_words", "checked_by"])
