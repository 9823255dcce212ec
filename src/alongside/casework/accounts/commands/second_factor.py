"""Setting up a second factor, signing in with it, and taking it off."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import events, permissions
from alongside.casework.accounts.models import SecondFactor, User
from alongside.casework.accounts.models.second_factor import step_of
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.operations import command


class WrongCodeError(CaseworkError):
    """A code is not the one that the app shows now, nor an unused recovery code."""


@command
def set_up_second_factor(*, actor: Actor, at: datetime, secret: str, code: str) -> list[str]:
    """Ask for an authenticator app's code at every sign-in from now on, and return the recovery codes.

    Args:
        actor: whose.
        at: when.
        secret: what the app was given.
        code: what the app shows now, which proves that it has it.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: the account is gone.
        AlreadyDoneError: there is one; it is taken off first.
        WrongCodeError: the app does not show this code.
    """
    require(permissions.may_sign_in(actor))
    user = User.objects.select_for_update().filter(id=actor.account, is_active=True).first()
    if user is None:
        raise NotFoundError(_("There is no such account."))
    if SecondFactor.objects.apps().filter(user=user).exists():
        raise AlreadyDoneError(_("You have a second factor already. Take it off before you set up another."))
    step = step_of(secret, code, at)
    if step is None:
        raise WrongCodeError(_("This is not the code that the app shows now. Enter the newest one."))
    codes = SecondFactor.set_up(user=user, secret=secret, step=step, at=at)
    record(events.SECOND_FACTOR_SET_UP, actor=actor)
    return codes


@command
def sign_in_with_code(*, actor: Actor, at: datetime, code: str) -> None:
    """Take the code that is asked for after the password, and record that somebody signed in.

    Raises:
        NotAllowedError: the actor is a part of the system, which signs in nowhere.
        NotFoundError: they have no second factor.
        WrongCodeError: it is not the app's code of now, was used before, or is no unused recovery code.
    """
    require(permissions.may_sign_in(actor))
    _take_code(_own(actor), actor, code, at)
    record(events.SIGNED_IN, actor=actor, how="password and code")


@command
def take_off_second_factor(*, actor: Actor, at: datetime, code: str) -> None:
    """Ask for no code any more; the recovery codes are gone with it.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: they have no second factor.
        WrongCodeError: it is not the app's code of now, was used before, or is no unused recovery code.
    """
    require(permissions.may_sign_in(actor))
    factor = _own(actor)
    _take_code(factor, actor, code, at)
    factor.take_off()
    record(events.SECOND_FACTOR_TAKEN_OFF, actor=actor)


def _own(actor: Actor) -> SecondFactor:
    factor = SecondFactor.objects.apps().select_for_update().filter(user_id=actor.account).first()
    if factor is None:
        raise NotFoundError(_("You have no second factor."))
    return factor


def _take_code(factor: SecondFactor, actor: Actor, code: str, at: datetime) -> None:
    if factor.take_code(code, at=at):
        return
    left = factor.take_recovery_code(code)
    if left is None:
        raise WrongCodeError(
            _(
                "The code is not right, or was used before. Wait for the app's next one, or use a "
                "recovery code."
            )
        )
    record(events.RECOVERY_CODE_USED, actor=actor, left=left)
