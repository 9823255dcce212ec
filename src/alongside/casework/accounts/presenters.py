"""The finished words of pages about organisations and members."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote, urlencode
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.main import QRCode

from alongside.area.models import Purpose
from alongside.casework.access.actors import Actor
from alongside.casework.access.permissions import Permission
from alongside.casework.access.roles import ROLES
from alongside.casework.accounts.models import Absence, Membership, Organisation, SecondFactor, Training, User
from alongside.casework.accounts.permissions import may_give_roles, may_note_absence, may_note_training
from alongside.casework.accounts.rules import (
    CONTACT_TEAM,
    PROFILE,
    Covering,
    may_stand_in,
    profile_lacks,
    training_holds,
    training_runs_out,
)
from alongside.casework.accounts.sign_on.provider import OWN_ACCOUNT
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.secrets import SealedWithAnotherKeyError

NOT_SAID = gettext_lazy("Not filled in yet")


@dataclass(frozen=True)
class Profile:
    """An organisation's profile: its name, its kind, and what it says under each heading."""

    id: UUID
    name: str
    kind: str
    said: list[tuple[str, str]]
    missing: str


@dataclass(frozen=True)
class MemberLine:
    """One member, as the list of members shows them."""

    id: UUID
    name: str
    job_title: str
    team: str
    manager: str
    skills: str
    roles: str
    training: str
    training_wanted: bool
    away: str
    can_note_training: bool
    can_note_absence: bool
    can_give_password: bool
    can_take_off_second_factor: bool
    can_end: bool
    can_change: bool
    leaves: str


@dataclass(frozen=True)
class AbsenceLine:
    """One absence, as its owner reads it, or whoever looks after members."""

    id: UUID
    days: str
    cover: str
    button: str


@dataclass(frozen=True)
class Offered:
    """A demonstration member on the sign-in page."""

    id: UUID
    name: str
    organisation: str
    roles: str


def profile(organisation: Organisation) -> Profile:
    """Return an organisation's profile."""
    said = [
        (_("What we do, and for whom"), organisation.remit),
        (_("When we can act"), organisation.thresholds),
        (_("How we work"), organisation.how_we_work),
        (_("What we can offer"), organisation.what_we_can_offer),
        (_("Telephone"), organisation.telephone),
    ]
    headings = dict(zip(PROFILE, (heading for heading, _ in said), strict=True))
    missing = profile_lacks({name: getattr(organisation, name) for name in PROFILE})
    return Profile(
        id=organisation.id,
        name=organisation.name,
        kind=organisation.get_kind_display(),
        said=[(heading, text or str(NOT_SAID)) for heading, text in said],
        missing="; ".join(headings[name] for name in missing),
    )


def what_teams_do(services: Iterable[tuple[str, str]], has: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return what a team may be said to do: the services of the pack, and contacting those nobody is with.

    Args:
        services: code and title of each service that the pack says its organisation provides.
        has: codes of what it does already; what the pack no longer has can still be taken away.
    """
    offered = [*services, (CONTACT_TEAM, _("Contact people whom nobody works with yet"))]
    known = {code for code, _title in offered}
    gone = _("%(code)s, which the area pack no longer has")
    return [*offered, *((code, gone % {"code": code}) for code in has if code not in known)]


def member_lines(memberships: Iterable[Membership], *, on: date, reader: Actor) -> list[MemberLine]:
    """Return the members of an organisation on a day, as the reader sees them."""
    return [_member_line(each, on, reader) for each in memberships]


def absence_lines(absences: Iterable[Absence], *, on: date, own: bool = True) -> list[AbsenceLine]:
    """Return absences on a day as their owner reads them, or else whoever looks after members."""
    return [
        AbsenceLine(
            id=each.id,
            days=days_away(each.active_from, each.active_to),
            cover=_cover(each, on, own=own),
            button=_button(each, on, own=own),
        )
        for each in absences
    ]


def _button(absence: Absence, on: date, *, own: bool) -> str:
    if absence.active_from > on:
        return _("Cancel this absence")
    return _("I am back") if own else _("Back now")


def _cover(absence: Absence, on: date, *, own: bool) -> str:
    if absence.cover is None:
        return _("Nobody yet")
    # they may have left, gone away or been given other roles since
    begun, name = absence.active_from <= on, {"name": absence.cover.user.name}
    if absence.cover.is_over_on(max(on, absence.active_from)) or (begun and not vars(absence)["covered"]):
        return _("Nobody. %(name)s, who was to cover, is not at work either. Ask somebody else.") % name
    if may_stand_in(absence.cover.roles, away=absence.membership.roles):
        return absence.cover.user.name
    if own:
        return _("%(name)s, who may not do all of your work. Ask somebody else.") % name
    return _("%(name)s, who may not do all of this work. Ask somebody else.") % name


def covers(covering: Covering, *, on: date) -> str:
    """Say to whoever covers for whom they do, and until when."""
    told = {"name": covering.name, "first": day_in_words(covering.since)}
    if covering.until is None:
        if covering.since > on:
            return _("You cover for %(name)s from %(first)s until they are back") % told
        return _("You cover for %(name)s until they are back") % told
    told["last"] = day_in_words(covering.until - timedelta(days=1))
    if covering.since > on:
        return _("You cover for %(name)s from %(first)s to %(last)s") % told
    return _("You cover for %(name)s until %(last)s") % told


def may_do_meanwhile(actor: Actor) -> str:
    """Say what whoever covers may do for the time being, as far as their own role lets them."""
    said = []
    if actor.may(Permission.WORKLIST_WORK).allowed:
        said.append(_("What is on their list is on yours too."))
    if actor.may(Permission.CASE_WORK).allowed:
        said.append(_("In cases that they lead, you may do what a lead does."))
    return " ".join([*said, _("It is recorded as done by you.")]) if said else ""


def offered(memberships: Iterable[Membership]) -> list[Offered]:
    """Return the members that a demonstration lets you sign in as."""
    return [
        Offered(
            id=each.id,
            name=each.user.name,
            organisation=each.organisation.name,
            roles=_role_names(each.roles),
        )
        for each in memberships
    ]


def closed_purposes(declared: Iterable[Purpose], *, was: str, on: date, actor: Actor) -> list[str]:
    """Say which purposes nobody may work for now, and what happened to the one somebody was working for.

    Args:
        declared: the area pack's.
        was: the purpose they last chose.
        on: the day.
        actor: who is asking.
    """
    known = list(declared)
    said_so = [
        _("“%(title)s” was due for review by %(day)s. It will open again once %(owner)s has reviewed it.")
        % {"title": each.title, "day": day_in_words(each.review_date), "owner": each.owner}
        for each in known
        if each.review_date < on
    ]
    is_told = any(each.code == was and each.review_date < on for each in known)
    if was and was not in actor.purposes and not is_told:
        said_so.insert(0, _("The purpose you were working for is no longer open to your organisation."))
    return said_so


def days_away(first: date, back: date | None) -> str:
    """Say the days of an absence; ``back`` is the first day back."""
    if back is None:
        return _("From %(day)s, first day back not known yet") % {"day": day_in_words(first)}
    last = back - timedelta(days=1)
    if last == first:
        return _("%(day)s only") % {"day": day_in_words(first)}
    return _("%(first)s to %(last)s") % {"first": day_in_words(first), "last": day_in_words(last)}


def _member_line(membership: Membership, on: date, reader: Actor) -> MemberLine:
    home, whose = membership.organisation_id, membership.user_id
    gives = may_give_roles(reader, home, membership.roles).allowed
    another = whose != reader.account
    managed_by = membership.manager if membership.manager and not membership.manager.is_over_on(on) else None
    away: list[Absence] = getattr(membership, "away", [])
    trainings = getattr(membership.user, "needed_trainings", [])
    trained = any(each.done_on <= on and training_holds(each.valid_to, on=on) for each in trainings)
    training = _("Done") if trained else _("Expired") if trainings else _("Not done")
    if ends := runs_out([each.valid_to for each in trainings if each.done_on <= on], on=on):
        training = _("Expires on {day}").format(day=day_in_words(ends))
    return MemberLine(
        id=membership.id,
        name=membership.user.name,
        job_title=membership.job_title,
        team=membership.team.name if membership.team else "",
        manager=managed_by.user.name if managed_by else "",
        skills=", ".join(membership.skills),
        roles=_role_names(membership.roles),
        training=training,
        training_wanted=not trained,
        away=_away(away[0], membership) if away else "",
        can_note_training=may_note_training(reader, home, whose).allowed,
        can_note_absence=another and may_note_absence(reader, home, whose).allowed,
        can_give_password=gives and another,
        can_take_off_second_factor=gives and another and getattr(membership, "has_second_factor", False),
        can_end=gives,
        can_change=gives,
        leaves=_leaves(membership) if gives else "",
    )


def _leaves(membership: Membership) -> str:
    if membership.active_to is None:
        return ""
    return _("No longer works here from %(day)s") % {"day": day_in_words(membership.active_to)}


def _away(absence: Absence, membership: Membership) -> str:
    back = {"day": day_in_words(absence.active_to)} if absence.active_to else {}
    if absence.cover is None:
        return _("Back on %(day)s, nobody covering") % back if back else _("Away for now, nobody covering")
    named = back | {"name": absence.cover.user.name}
    if not vars(absence)["covered"]:
        said = (
            _("Back on %(day)s, nobody covering: %(name)s, who was to cover, is not at work either")
            if back
            else _("Away for now, nobody covering: %(name)s, who was to cover, is not at work either")
        )
        return said % named
    if not may_stand_in(absence.cover.roles, away=membership.roles):
        said = (
            _("Back on %(day)s. %(name)s, who was to cover, may not do all of this work")
            if back
            else _("Away for now. %(name)s, who was to cover, may not do all of this work")
        )
        return said % named
    if back:
        return _("Back on %(day)s, %(name)s is covering") % named
    return _("Away for now, %(name)s is covering") % named


def runs_out(trained_to: Iterable[date | None], *, on: date) -> date | None:
    """Return the day on which somebody's training expires, if that is soon and nothing follows it.

    Args:
        trained_to: the days on which the training they did expires; None if it does not.
        on: the day.
    """
    ends = [each for each in trained_to if training_holds(each, on=on)]
    if not ends or None in ends:
        return None
    last = max(each for each in ends if each)
    return last if training_runs_out(last, on=on) else None


def _role_names(codes: Iterable[str]) -> str:
    return ", ".join(ROLES[code].name for code in codes if code in ROLES)


@dataclass(frozen=True)
class Setup:
    """What to give an authenticator app: the secret to type, and a QR code to scan."""

    secret: str
    size: int
    path: str


def setup(*, secret: str, account: str, issuer: str) -> Setup:
    """Return the setup for an account, named as the app will show it."""
    label = quote(f"{issuer}:{account}")
    address = f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
    code = QRCode(border=4)
    code.add_data(address)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return Setup(secret=spaced, size=len(rows), path=path)


def spaced_codes(codes: Iterable[str]) -> list[str]:
    """Return recovery codes spaced so that they are easy to copy by hand."""
    return [f"{code[:4]} {code[4:]}" for code in codes]


@dataclass(frozen=True)
class PasskeyLine:
    """A passkey, as shown to the member whose it is."""

    id: int
    name: str
    said: str


@dataclass(frozen=True)
class Security:
    """What somebody signs in with besides their password."""

    app: str
    passkeys: list[PasskeyLine]
    recovery_codes: str

    @property
    def has_one(self) -> bool:
        """Whether they have any second factor."""
        return bool(self.app or self.passkeys)


def security(factors: Iterable[SecondFactor]) -> Security:
    """Return what to show of somebody's second factors and recovery codes."""
    app, passkeys, recovery_codes = "", [], ""
    for each in factors:
        since = day_in_words(timezone.localdate(each.created_at))
        if each.is_app:
            app = _("Set up on %(day)s") % {"day": since}
        elif each.is_passkey:
            passkeys.append(PasskeyLine(each.id, each.name, _added_and_used(each, since)))
        else:
            recovery_codes = _recovery_codes(each)
    return Security(app, passkeys, recovery_codes)


def _added_and_used(passkey: SecondFactor, since: str) -> str:
    if passkey.last_used_at is None:
        return _("Added on %(day)s, not used yet") % {"day": since}
    used = day_in_words(timezone.localdate(passkey.last_used_at))
    return _("Added on %(day)s, last used on %(used)s") % {"day": since, "used": used}


def _recovery_codes(factor: SecondFactor) -> str:
    try:
        return _("Unused recovery codes: %(left)s.") % {"left": factor.recovery_codes_left()}
    except SealedWithAnotherKeyError:
        return _(
            "Your recovery codes cannot be read, because the key that protects them was changed on the "
            "Alongside server. Tell your organisation lead."
        )


def taken_off(user: User) -> str:
    """Say who removed somebody's second factor, and when; empty if nobody did or they have another."""
    if user.second_factor_taken_off_at is None:
        return ""
    local = timezone.localtime(user.second_factor_taken_off_at)
    return _(
        "%(name)s removed your second factor on %(day)s at %(time)s, because somebody asked for it in your "
        "name. Set up a new one before you continue."
    ) % {"name": user.second_factor_taken_off_by, "day": day_in_words(local.date()), "time": f"{local:%H:%M}"}


def password_given(user: User) -> str:
    """Say who gave somebody the password they signed in with, and when; empty if they chose it."""
    if user.password_given_at is None or not user.password_is_one_time:
        return ""
    local = timezone.localtime(user.password_given_at)
    return _(
        "%(name)s gave you this password on %(day)s at %(time)s, because somebody asked for it in your name. "
        "It works only once: choose your own before you continue."
    ) % {"name": user.password_given_by, "day": day_in_words(local.date()), "time": f"{local:%H:%M}"}


def password_last_given(user: User) -> str:
    """Say who last gave somebody a password, and when, even if they have chosen another since; or nothing."""
    if user.password_given_at is None:
        return ""
    local = timezone.localtime(user.password_given_at)
    return _(
        "%(name)s gave you a password on %(day)s at %(time)s, because somebody asked for it in your name."
    ) % {"name": user.password_given_by, "day": day_in_words(local.date()), "time": f"{local:%H:%M}"}


def provider_named(name: str) -> str:
    """Return the name of a council's own sign-on, as its button shows it."""
    return _("your organisation's own account") if name == OWN_ACCOUNT else name


@dataclass(frozen=True)
class TrainingLine:
    """Training that is recorded: its id, when it was done, and when it expires."""

    id: str
    done: str
    expires: str


def training_lines(trainings: Iterable[Training]) -> list[TrainingLine]:
    """Return training that is recorded for a member, in words."""
    return [
        TrainingLine(
            str(each.id),
            day_in_words(each.done_on),
            _("expires on {day}").format(day=day_in_words(each.valid_to))
            if each.valid_to
            else _("does not expire"),
        )
        for each in trainings
    ]
