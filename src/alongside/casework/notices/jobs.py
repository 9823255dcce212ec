"""What the background worker does with notices."""

from datetime import datetime

from django.conf import settings

from alongside.casework.background.rules import Outcome, Went
from alongside.casework.notices.commands import send_due_notices


def send_notices(*, at: datetime) -> Outcome:
    """Send what is due, and say how many.

    Raises:
        MailServerError: the server could not be used.
    """
    if settings.MAIL is None:
        return Outcome("No mail server is set up, so nothing is sent.")
    done = send_due_notices(at=at)
    if done.refused:
        words = f"{done.sent} sent; the mail server refused {done.refused} addresses."
        return Outcome(words, Went.PARTLY)
    return Outcome(f"{done.sent} sent." if done.sent else "Nobody had to be told anything.")
