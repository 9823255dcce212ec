"""A browser of somebody who has signed in and said what they are working for."""

from django.test import Client

from alongside.casework.accounts.middleware import PURPOSE
from alongside.casework.accounts.models import User


def browser_of(user: User, *, purpose: str = "early_help") -> Client:
    """Sign in past the page that asks for a password, and the one that asks for a purpose."""
    client = Client()
    client.force_login(user, "alongside.casework.accounts.passwords.ByPassword")
    session = client.session
    session[PURPOSE] = purpose
    session.save()
    return client
