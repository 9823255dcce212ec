"""Send the notices that are due."""

import smtplib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from alongside.casework.accounts.models import Membership
from alongside.casework.kernel.errors import CaseworkError
from alongside.casework.kernel.mail import Mail
from alongside.casework.notices.models import Notice
from alongside.casework.notices.rules import Message, account_message, message, was_seen

CLOSING = 421
"""What a mail server answers when it accepts nothing more from anybody (RFC 5321 4.2.2)."""


class MailServerError(CaseworkError):
    """The mail server cannot be reached, or accepts nothing from us; notices go on waiting."""


@dataclass(frozen=True)
class Sent:
    """How many notices were sent, and how many addresses the mail server refused."""

    sent: int = 0
    refused: int = 0


def send_due_notices(*, at: datetime) -> Sent:
    """Send a notice to each member who is due one and is at work; for a background worker, not for pages.

    Members are told that somebody else changed what they sign in with even if they are away or have signed
    in since: that may have been somebody else.

    Each is sent in its own transaction. A worker killed between sending and committing sends one twice, which
    is better than never.

    Raises:
        MailServerError: the server could not be used; the notices sent before that stay sent.
    """
    due = list(Notice.objects.due(at).order_by("waiting_since", "user_id"))
    if settings.MAIL is None or not due:
        return Sent()
    at_work = set(
        Membership.objects.present_on(timezone.localdate(at))
        .filter(user_id__in=[each.user_id for each in due])
        .values_list("user_id", flat=True)
    )
    to_tell = [each.user_id for each in due if each.user_id in at_work or each.account_changed_at]
    sent = refused = 0
    server = get_connection()
    try:
        server.open()
        for user_id in to_tell:
            with transaction.atomic():
                notice = (
                    Notice.objects.due(at)
                    .select_for_update(of=("self",), no_key=True, skip_locked=True)
                    .select_related("user")
                    .filter(user_id=user_id)
                    .first()
                )
                if notice is None or (notice.account_changed_at is None and _seen(notice)):
                    continue
                of_account = notice.account_changed_at is not None
                said = account_message() if of_account else message(settings.MAIL.address)
                if _send(said, notice.user.email, settings.MAIL, server):
                    notice.note_account_told(at=at) if of_account else notice.note_sent(at=at)
                    sent += 1
                else:
                    notice.note_refused(at=at)
                    refused += 1
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerError(
            f"The mail server could not be used ({type(error).__name__}). {sent} notices had been sent; "
            "the others wait. Check ALONGSIDE_MAIL, and that the server is running."
        ) from error
    finally:
        server.close()
    return Sent(sent, refused)


def _seen(notice: Notice) -> bool:
    since = notice.waiting_since
    seen = since is not None and was_seen(waiting_since=since, last_signed_in=notice.user.last_login)
    if seen:
        notice.note_seen()
    return seen


def _send(said: Message, to: str, mail: Mail, server: BaseEmailBackend) -> bool:
    """Send a notice; say whether the server accepted it for this address."""
    try:
        EmailMessage(
            said.title,
            said.words,
            mail.sender,
            [to],
            headers={"Auto-Submitted": "auto-generated"},
            connection=server,
        ).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refused:
        if isinstance(refused, smtplib.SMTPDataError) and refused.smtp_code == CLOSING:
            raise
        return False  # a full mailbox may only show when a message arrives; the others' still go
    return True
