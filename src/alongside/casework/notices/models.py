"""Who wants notices, who has something waiting, and when each was last told."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import User
from alongside.casework.notices.rules import AT_MOST_EVERY, TRIED_FOR


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, by the questions we ask about them."""

    def due(self, at: datetime) -> "NoticeQuerySet":
        """Notices for members who have something waiting and were not told recently.

        News that somebody else changed what they sign in with does not wait for the hour to pass; if their
        address was refused, it is tried again every hour, for as long as mail servers usually try.
        """
        long_ago = Q(sent_at=None) | Q(sent_at__lte=at - AT_MOST_EVERY)
        waits = Q(wanted=True, waiting_since__isnull=False)
        not_tried = Q(sent_at=None) | Q(sent_at__lt=F("account_changed_at"))
        news = Q(account_changed_at__gt=at - TRIED_FOR) & (not_tried | long_ago)
        return self.filter(news | (long_ago & waits), user__is_active=True)


class Notice(models.Model):
    """A member's notices: a row for each account that had something waiting, or said it wants none.

    That somebody else changed what they sign in with is told to everybody, even those who want no notices.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="notice")
    wanted = models.BooleanField(default=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    account_changed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["user", "wanted", "waiting_since", "sent_at", "account_changed_at"], Privacy.STAFF
    )

    # Factories and mutators

    @classmethod
    def something_waits(cls, user_ids: Iterable[UUID], *, at: datetime) -> None:
        """Note that something is waiting for these accounts.

        If something already is, its time stays, unless they have signed in since: they saw that one, and
        would not be told of this one.
        """
        ids = sorted(set(user_ids))
        Notice.objects.bulk_create([Notice(user_id=each) for each in ids], ignore_conflicts=True)
        seen = Exists(User.objects.filter(id=OuterRef("user_id"), last_login__gt=OuterRef("waiting_since")))
        free = Q(waiting_since=None) | seen
        cls.objects.filter(free, user_id__in=ids, wanted=True).update(waiting_since=at)

    @classmethod
    def account_changed(cls, user_id: UUID, *, at: datetime) -> None:
        """Note that somebody else changed what this account signs in with."""
        cls.objects.update_or_create(user_id=user_id, defaults={"account_changed_at": at})

    @classmethod
    def choose(cls, user_id: UUID, *, wanted: bool) -> None:
        """Note what a member says; if they want none, whatever was waiting is forgotten."""
        choice: dict[str, object] = {"wanted": wanted} if wanted else {"wanted": False, "waiting_since": None}
        cls.objects.update_or_create(user_id=user_id, defaults=choice)

    def note_sent(self, *, at: datetime) -> None:
        """Note that it was sent."""
        self.waiting_since, self.sent_at = None, at
        self.save(update_fields=["waiting_since", "sent_at"])

    def note_account_told(self, *, at: datetime) -> None:
        """Note that the one about the account was sent; anything else goes on waiting."""
        self.account_changed_at, self.sent_at = None, at
        self.save(update_fields=["account_changed_at", "sent_at"])

    def note_refused(self, *, at: datetime) -> None:
        """Note that its address was refused; it goes on waiting, and is tried again when it is next due."""
        self.sent_at = at
        self.save(update_fields=["sent_at"])

    def note_seen(self) -> None:
        """Note that it need not be sent any more."""
        self.waiting_since = None
        self.save(update_fields=["waiting_since"])
