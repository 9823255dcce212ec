"""Recording that somebody signed in or out; choosing a purpose, and a password."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import events, permissions
from alongside.casework.accounts.models import User
from alongside.casework.accounts.telling import tell_of_own_account
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import command


@command
def note_sign_in(*, actor: Actor, at: datetime, how: str) -> None:
    """Record that somebody signed in, and how: ``password`` or ``demonstration``.

    Raises:
        NotAllowedError: the actor is a part of the system, which signs in nowhere.
    """
    require(permissions.may_sign_in(actor))
    record(events.SIGNED_IN, actor=actor, how=how)


@command
def note_sign_in_through_provider(*, actor: Actor, at: datetime, provider: str) -> None:
    """Record that somebody signed in through their council's own provider, as named on the button.

    Raises:
        NotAllowedError: the actor is a part of the system, which signs in nowhere.
    """
    require(permissions.may_sign_in(actor))
    record(events.SIGNED_IN_THROUGH_PROVIDER, actor=actor, provider=provider)


@command
def note_sign_out(*, actor: Actor, at: datetime) -> None:
    """Record that somebody signed out.

    Raises:
        NotAllowedError: the actor is a part of the system, which signs in nowhere.
    """
    require(permissions.may_sign_in(actor))
    record(events.SIGNED_OUT, actor=actor)


@command
def choose_purpose(*, actor: Actor, at: datetime, purpose: str) -> str:
    """Record what somebody is working for from now on, and return it for the session to remember.

    Raises:
        NotAllowedError: they do not work with people's records, or the purpose is not open to them.
    """
    require(permissions.may_work_for(actor, purpose))
    record(
        events.PURPOSE_CHOSEN,
        actor=actor.working_for(purpose),
        chosen=purpose,
        before=actor.purpose or "none",
    )
    return purpose


@command
def choose_password(*, actor: Actor, at: datetime, password: str) -> User:
    """Take the password that the actor chose for their own account, in place of the one they have.

    If that is a one-time one, which somebody else knows too, the account's owner is told.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account; or has no password.
        NotFoundError: the account is gone.
    """
    require(permissions.may_sign_in(actor))
    user = User.objects.select_for_update(no_key=True).filter(id=actor.account, is_active=True).first()
    if user is None:
        raise NotFoundError(_("There is no such account."))
    require(permissions.may_choose_password(actor, has_one=user.has_usable_password()))
    was_given = user.password_is_one_time
    user.choose_password(password)
    if was_given:
        tell_of_own_account(user.id, at=at)
    record(events.PASSWORD_CHOSEN, actor=actor)
    return user
