"""Which account at a council's own provider is whose, and what is recorded about it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import events, permissions
from alongside.casework.accounts.commands.helping import account_of, said
from alongside.casework.accounts.models import BoundSubject, User
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations import command


@command
def bind_subject(*, actor: Actor, at: datetime, issuer: str, subject: str, provider: str) -> User:
    """From now on, recognise the actor's account by what their provider calls them.

    If they have not used the one-time password they were given, it stops working: they do not need it, and
    whoever gave it to them still knows it.

    Args:
        actor: whose account it is, found by its e-mail address just this once.
        at: when.
        issuer: the provider's address.
        subject: what it calls them.
        provider: its name, as on the button.

    Returns:
        The account.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        AlreadyDoneError: the account, or this subject, has been bound in the meantime.
    """
    require(permissions.may_sign_in(actor))
    user = User.objects.select_for_update(no_key=True).get(id=actor.account)
    meanwhile = _("You were signed in elsewhere at the same moment. Sign in again.")
    of_provider = BoundSubject.objects.filter(issuer=issuer)
    if of_provider.filter(user=user).exists() or of_provider.filter(subject=subject).exists():
        raise AlreadyDoneError(meanwhile)
    try:
        with transaction.atomic():
            BoundSubject.bind(user=user, issuer=issuer, subject=subject, at=at)
    except IntegrityError:  # another account was bound to this subject since we looked
        raise AlreadyDoneError(meanwhile) from None
    record(events.SIGN_ON_BOUND, actor=actor, provider=provider)
    if user.password_is_one_time:
        user.drop_password()
        record(events.PASSWORD_DROPPED, actor=actor, provider=provider)
    return user


@command
def note_sign_on_of_another(*, actor: Actor, at: datetime, user_id: UUID, provider: str) -> None:
    """Record that a provider says an account's address is now somebody else's. Nobody was let in.

    Raises:
        NotAllowedError: the actor is not the system.
        NotFoundError: the account is gone.
    """
    require(permissions.may_set_up(actor))
    user = User.objects.filter(id=user_id).first()
    if user is None:
        raise NotFoundError(_("There is no such account."))
    about = ("account", str(user.id))
    record(events.SIGN_ON_OF_ANOTHER, actor=actor, about=about, member=user.name, provider=provider)


@command
def forget_sign_on_by_hand(*, actor: Actor, at: datetime, email: str, how_sure: str) -> User:
    """Let an account be recognised by its e-mail address at its next sign-on.

    For members whom the provider now calls something else. All their sessions end.

    Args:
        actor: the system, in the name of whoever runs the server.
        at: when.
        email: the account's.
        how_sure: how they checked that the address is still the same member's; it is recorded.

    Raises:
        NotAllowedError: the actor is not the system.
        NotFoundError: no open account has this address.
        NotSureError: it does not say how it was checked.
        AlreadyDoneError: it is already recognised by its address.
    """
    require(permissions.may_set_up(actor))
    user = account_of(email)
    sure = said(how_sure)
    if not BoundSubject.objects.filter(user=user).exists():
        raise AlreadyDoneError(_("%(name)s is already recognised by e-mail address.") % {"name": user.name})
    BoundSubject.objects.filter(user=user).delete()
    user.end_sessions()
    record(
        events.SIGN_ON_FORGOTTEN,
        actor=actor,
        about=("account", str(user.id)),
        member=user.name,
        how_sure=sure,
    )
    return user
