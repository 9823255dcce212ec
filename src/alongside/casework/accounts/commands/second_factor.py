"""Setting up second factors of one's own, signing in with one, and taking one off."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import events, permissions, rules
from alongside.casework.accounts.ceremony import Answer, PasskeyRefusedError, check_made, check_used
from alongside.casework.accounts.models import SecondFactor, User
from alongside.casework.accounts.models.second_factor import step_of
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.kernel.secrets import SealedWithAnotherKeyError
from alongside.casework.operations import command


class WrongCodeError(CaseworkError):
    """A code is not the one that the app shows now, nor an unused recovery code."""


class UnreadableCodesError(CaseworkError):
    """Codes cannot be checked, because the key that seals them was changed: nobody guessed wrongly."""


class NotConfirmedError(CaseworkError):
    """Somebody who has a second factor did not show just now, with it, that it is they."""


class NameTakenError(CaseworkError):
    """Another passkey of the same member has the name."""


@command
def set_up_second_factor(
    *, actor: Actor, at: datetime, secret: str, code: str, confirmed_at: datetime | None = None
) -> list[str]:
    """Ask for an authenticator app's code at every sign-in from now on; other sessions of theirs end.

    Args:
        actor: whose.
        at: when.
        secret: what the app was given.
        code: what the app shows now, which proves that it has it.
        confirmed_at: when they last showed by a second factor that it is they; who has none needs not.

    Returns:
        The recovery codes, if this is the first second factor: else those that are there hold.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: the account is gone.
        AlreadyDoneError: there is an app; it is taken off first.
        NotConfirmedError: they have another second factor, and did not show it just now.
        WrongCodeError: the app does not show this code.
    """
    require(permissions.may_sign_in(actor))
    user, factors = _locked(actor)
    if any(each.is_app for each in factors):
        raise AlreadyDoneError(_("You have a second factor already. Take it off before you set up another."))
    must_be_confirmed(factors, confirmed_at, at)
    step = step_of(secret, code, at)
    if step is None:
        raise WrongCodeError(_("This is not the code that the app shows now. Enter the newest one."))
    codes = SecondFactor.set_up(user=user, secret=secret, step=step, at=at)
    user.gain_second_factor()
    record(events.SECOND_FACTOR_SET_UP, actor=actor)
    return codes


@command
def add_passkey(
    *, actor: Actor, at: datetime, name: str, answer: Answer, confirmed_at: datetime | None = None
) -> list[str]:
    """Take a passkey as a second factor from now on; other sessions of theirs end.

    Args:
        actor: whose.
        at: when.
        name: what they call it, to tell it from others of theirs.
        answer: the browser's, to what it was asked by ``ceremony.ask_to_make``.
        confirmed_at: when they last showed by a second factor that it is they; who has none needs not.

    Returns:
        The recovery codes, if this is the first second factor: else those that are there hold.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: the account is gone.
        NotConfirmedError: they have a second factor, and did not show it just now.
        NameTakenError: they have one of that name.
        AlreadyDoneError: they have as many as one may, or this very one.
        PasskeyRefusedError: the answer does not hold.
    """
    require(permissions.may_sign_in(actor))
    user, factors = _locked(actor)
    must_be_confirmed(factors, confirmed_at, at)
    passkeys = [each for each in factors if each.is_passkey]
    if any(each.name.casefold() == name.casefold() for each in passkeys):
        raise NameTakenError(_("You have a passkey of this name. Choose another name."))
    if len(passkeys) >= rules.MOST_PASSKEYS:
        raise AlreadyDoneError(
            _("You have the most passkeys that one account can have. Remove one that you do not use.")
        )
    made = check_made(answer, at=at)
    if any(each.credential.credential_id == made.credential_id for each in passkeys):
        raise AlreadyDoneError(_("You have added this passkey already."))
    codes = SecondFactor.add_passkey(user=user, name=name, credential=answer.credential)
    user.gain_second_factor()
    record(events.PASSKEY_ADDED, actor=actor)
    return codes


@command
def sign_in_with_second_factor(*, actor: Actor, at: datetime, proof: str | Answer) -> None:
    """Take what is asked for after the password, and record that somebody signed in.

    Args:
        actor: who gave the password.
        at: when.
        proof: a code of the app, a recovery code, or what the browser answered with a passkey.

    Raises:
        NotAllowedError: the actor is a part of the system, which signs in nowhere.
        NotFoundError: they have no second factor.
        WrongCodeError: it is not the app's code of now, was used before, or is no unused recovery code.
        PasskeyRefusedError: the passkey is none of theirs, or the answer does not hold.
        UnreadableCodesError: codes cannot be checked with the keys that there are.
    """
    require(permissions.may_sign_in(actor))
    _take(actor, proof, at)
    how = "password and passkey" if isinstance(proof, Answer) else "password and code"
    record(events.SIGNED_IN, actor=actor, how=how)


@command
def confirm_it_is_you(*, actor: Actor, at: datetime, proof: str | Answer) -> None:
    """Take what shows that whoever changes how somebody signs in is who they are; it holds for five minutes.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: they have no second factor.
        WrongCodeError: it is not the app's code of now, was used before, or is no unused recovery code.
        PasskeyRefusedError: the passkey is none of theirs, or the answer does not hold.
        UnreadableCodesError: codes cannot be checked with the keys that there are.
    """
    require(permissions.may_sign_in(actor))
    _take(actor, proof, at)
    record(events.IDENTITY_CONFIRMED, actor=actor)


@command
def take_off_app(*, actor: Actor, at: datetime, confirmed_at: datetime | None) -> None:
    """Ask for no code of the app any more; other sessions of theirs end. Recovery codes go with the last.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: they have none.
        NotConfirmedError: they did not show just now that it is they.
    """
    require(permissions.may_sign_in(actor))
    user, factors = _locked(actor)
    app = next((each for each in factors if each.is_app), None)
    if app is None:
        raise NotFoundError(_("You have no second factor."))
    must_be_confirmed(factors, confirmed_at, at)
    app.take_off()
    user.end_sessions()
    record(events.SECOND_FACTOR_TAKEN_OFF, actor=actor)


@command
def remove_passkey(*, actor: Actor, at: datetime, passkey_id: int, confirmed_at: datetime | None) -> None:
    """Take a passkey for nothing any more; other sessions of theirs end. Recovery codes go with the last.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: they have no such passkey.
        NotConfirmedError: they did not show just now that it is they.
    """
    require(permissions.may_sign_in(actor))
    user, factors = _locked(actor)
    passkey = next((each for each in factors if each.is_passkey and each.id == passkey_id), None)
    if passkey is None:
        raise NotFoundError(_("You have no such passkey."))
    must_be_confirmed(factors, confirmed_at, at)
    passkey.take_off()
    user.end_sessions()
    record(events.PASSKEY_REMOVED, actor=actor)


def _locked(actor: Actor) -> tuple[User, list[SecondFactor]]:
    """The actor's account and second factors, held: of two changes at once, one waits for the other."""
    user = User.objects.select_for_update(no_key=True).filter(id=actor.account, is_active=True).first()
    if user is None:
        raise NotFoundError(_("There is no such account."))
    return user, list(SecondFactor.objects.select_for_update(no_key=True).filter(user=user).order_by("id"))


def must_be_confirmed(factors: Sequence[SecondFactor], confirmed_at: datetime | None, at: datetime) -> None:
    """Go on only if whoever has second factors showed one just now; who has none cannot.

    Raises:
        NotConfirmedError: they did not.
    """
    if factors and not rules.confirmation_holds(confirmed_at, at=at):
        raise NotConfirmedError(_("Show first, with your second factor, that it is you."))


def _take(actor: Actor, proof: str | Answer, at: datetime) -> None:
    _user, factors = _locked(actor)
    if not factors:
        raise NotFoundError(_("You have no second factor."))
    if isinstance(proof, Answer):
        _take_answer(factors, proof, at)
    else:
        _take_code(factors, actor, proof, at)
    _seal_anew(factors)


def _take_answer(factors: list[SecondFactor], answer: Answer, at: datetime) -> None:
    by_id = {each.credential.credential_id: each for each in factors if each.is_passkey}
    used = check_used(answer, known=[each.credential for each in by_id.values()], at=at)
    if not by_id[used.credential_id].take_count(used.count, at=at):
        raise PasskeyRefusedError(
            _("Somebody may have a copy of this passkey. Use another, or a code, then remove this one.")
        )


def _take_code(factors: list[SecondFactor], actor: Actor, code: str, at: datetime) -> None:
    """Take a code of the app or a recovery code; that one cannot be opened is told only if none fits."""
    unreadable = False
    for factor in factors:
        if factor.is_passkey:
            continue
        try:
            if factor.is_app:
                if factor.take_code(code, at=at):
                    return
            elif (left := factor.take_recovery_code(code)) is not None:
                record(events.RECOVERY_CODE_USED, actor=actor, left=left)
                return
        except SealedWithAnotherKeyError:
            unreadable = True
    if unreadable:
        raise UnreadableCodesError(
            _(
                "Codes cannot be checked, because the key that keeps them safe was changed where Alongside "
                "is installed. Nothing is wrong with your app. Tell your organisation lead, who can have the "
                "key of before put back, or take your second factor off so that you set up a new one."
            )
        )
    raise WrongCodeError(
        _("The code is not right, or was used before. Wait for the app's next one, or use a recovery code.")
    )


def _seal_anew(factors: Iterable[SecondFactor]) -> None:
    """Whatever an older key seals is sealed with the newest, so that the older can be dropped one day."""
    for factor in factors:
        try:
            factor.seal_anew()
        except SealedWithAnotherKeyError:
            continue  # it is said when a code is given
