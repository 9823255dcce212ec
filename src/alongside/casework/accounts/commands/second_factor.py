"""Setting up second factors, signing in with one, and removing one."""

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
    """A code is neither the one that the app shows now nor an unused recovery code."""


class UnreadableCodesError(CaseworkError):
    """Codes cannot be checked because the key that seals them was changed: nobody guessed wrongly."""


class NotConfirmedError(CaseworkError):
    """Somebody who has a second factor has not just used it to confirm who they are."""


class NameTakenError(CaseworkError):
    """Another passkey of the same member already has this name."""


@command
def set_up_second_factor(
    *, actor: Actor, at: datetime, secret: str, code: str, confirmed_at: datetime | None = None
) -> list[str]:
    """Ask for an authenticator app's code at every sign-in from now on; other sessions of theirs end.

    Args:
        actor: whose.
        at: when.
        secret: the secret the app was given.
        code: what the app shows now, which proves that it has it.
        confirmed_at: when they last used a second factor; not needed if they have none.

    Returns:
        The recovery codes, if this is the first second factor; otherwise none: existing ones stay valid.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: the account is gone.
        AlreadyDoneError: there is already an app, which must be removed first.
        NotConfirmedError: they have another second factor, and have not just used it.
        WrongCodeError: the app does not show this code.
    """
    require(permissions.may_sign_in(actor))
    user, factors = _locked(actor)
    if any(each.is_app for each in factors):
        raise AlreadyDoneError(
            _("You already have an authenticator app. Remove it before you set up another.")
        )
    must_be_confirmed(factors, confirmed_at, at)
    step = step_of(secret, code, at)
    if step is None:
        raise WrongCodeError(_("This is not the code that the app is showing now. Enter the latest one."))
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
        answer: the browser's answer to ``ceremony.ask_to_make``.
        confirmed_at: when they last used a second factor; not needed if they have none.

    Returns:
        The recovery codes, if this is the first second factor; otherwise none: existing ones stay valid.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: the account is gone.
        NotConfirmedError: they have a second factor, and have not just used it.
        NameTakenError: they already have one with that name.
        AlreadyDoneError: they have as many as are allowed, or this very one.
        PasskeyRefusedError: the answer is not valid.
    """
    require(permissions.may_sign_in(actor))
    user, factors = _locked(actor)
    must_be_confirmed(factors, confirmed_at, at)
    passkeys = [each for each in factors if each.is_passkey]
    if any(each.name.casefold() == name.casefold() for each in passkeys):
        raise NameTakenError(_("You already have a passkey with this name. Choose another name."))
    if len(passkeys) >= rules.MOST_PASSKEYS:
        raise AlreadyDoneError(
            _("You have as many passkeys as an account can have. Remove one that you do not use.")
        )
    made = check_made(answer, at=at)
    if any(each.credential.credential_id == made.credential_id for each in passkeys):
        raise AlreadyDoneError(_("You have already added this passkey."))
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
        proof: a code from the app, a recovery code, or the browser's answer with a passkey.

    Raises:
        NotAllowedError: the actor is a part of the system, which signs in nowhere.
        NotFoundError: they have no second factor.
        WrongCodeError: it is not the app's current code, was used before, or is not an unused recovery code.
        PasskeyRefusedError: the passkey is not one of theirs, or the answer is not valid.
        UnreadableCodesError: codes cannot be checked with the present keys.
    """
    require(permissions.may_sign_in(actor))
    _take(actor, proof, at)
    how = "password and passkey" if isinstance(proof, Answer) else "password and code"
    record(events.SIGNED_IN, actor=actor, how=how)


@command
def confirm_it_is_you(*, actor: Actor, at: datetime, proof: str | Answer) -> None:
    """Take proof of who somebody is before they change how anybody signs in; it is valid for five minutes.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: they have no second factor.
        WrongCodeError: it is not the app's current code, was used before, or is not an unused recovery code.
        PasskeyRefusedError: the passkey is not one of theirs, or the answer is not valid.
        UnreadableCodesError: codes cannot be checked with the present keys.
    """
    require(permissions.may_sign_in(actor))
    _take(actor, proof, at)
    record(events.IDENTITY_CONFIRMED, actor=actor)


@command
def take_off_app(*, actor: Actor, at: datetime, confirmed_at: datetime | None) -> None:
    """Stop asking for the app's code; their other sessions end. Recovery codes go with the last factor.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: they have none.
        NotConfirmedError: they have not just confirmed who they are.
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
    """Stop accepting a passkey; their other sessions end. Recovery codes go with the last factor.

    Raises:
        NotAllowedError: the actor is a part of the system, which has no account.
        NotFoundError: they have no such passkey.
        NotConfirmedError: they have not just confirmed who they are.
    """
    require(permissions.may_sign_in(actor))
    user, factors = _locked(actor)
    passkey = next((each for each in factors if each.is_passkey and each.id == passkey_id), None)
    if passkey is None:
        raise NotFoundError(_("You do not have this passkey."))
    must_be_confirmed(factors, confirmed_at, at)
    passkey.take_off()
    user.end_sessions()
    record(events.PASSKEY_REMOVED, actor=actor)


def _locked(actor: Actor) -> tuple[User, list[SecondFactor]]:
    """The actor's account and second factors, locked: if two changes come at once, one waits."""
    user = User.objects.select_for_update(no_key=True).filter(id=actor.account, is_active=True).first()
    if user is None:
        raise NotFoundError(_("There is no such account."))
    return user, list(SecondFactor.objects.select_for_update(no_key=True).filter(user=user).order_by("id"))


def must_be_confirmed(factors: Sequence[SecondFactor], confirmed_at: datetime | None, at: datetime) -> None:
    """Go on only if they have just used a second factor, or have none.

    Raises:
        NotConfirmedError: they did not.
    """
    if factors and not rules.confirmation_holds(confirmed_at, at=at):
        raise NotConfirmedError(_("First confirm that it is you, with your second factor."))


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
    """Take a code from the app or a recovery code; say that one cannot be opened only if none matches."""
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
                "Codes cannot be checked, because the key that protects them was changed on the Alongside "
                "server. Nothing is wrong with your app. Tell your organisation lead, who can have the "
                "earlier key put back, or remove your second factor so that you can set up a new one."
            )
        )
    raise WrongCodeError(
        _("The code is not correct or was used before. Wait for the app's next one, or use a recovery code.")
    )


def _seal_anew(factors: Iterable[SecondFactor]) -> None:
    """Reseal with the newest key whatever an older one seals, so that the older can be dropped one day."""
    for factor in factors:
        try:
            factor.seal_anew()
        except SealedWithAnotherKeyError:
            continue  # this is said when a code is given
