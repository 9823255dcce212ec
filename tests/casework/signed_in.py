"""A browser of somebody who has signed in and said what they are working for."""

from django.test import Client

from alongside.casework.accounts.middleware import MEMBERSHIP, PURPOSE
from alongside.casework.accounts.models import Membership, User


def with_password(user: User) -> User:
    """The same account with a password that its owner chose: a demonstration gives nobody one."""
    own = User.objects.get(id=user.id)  # the one that other tests share stays as it is
    own.choose_password("copper lantern meadow seven")
    return own


def browser_of(user: User, *, purpose: str = "early_help") -> Client:
    """Sign in past the page that asks for a password, and the one that asks for a purpose."""
    client = Client()
    client.force_login(user, "alongside.casework.accounts.passwords.ByPassword")
    session = client.session
    session[PURPOSE] = purpose
    belongs = Membership.objects.filter(user=user).values_list("id", flat=True)
    if len(belongs) == 1:  # as those pages do
        session[MEMBERSHIP] = str(belongs[0])
    session.save()
    return client
