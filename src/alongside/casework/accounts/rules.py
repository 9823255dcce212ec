"""What is decided about members without looking anything up."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.utils.text import slugify

from alongside.area.models import Purpose
from alongside.casework.access.permissions import Permission
from alongside.casework.access.roles import ROLES, permissions_of
from alongside.errors import AskedWronglyError

NEEDED = "information_governance"
"""The training everybody needs before they see people: how to handle what they read here."""


@dataclass(frozen=True)
class Covering:
    """The work of a colleague that a member covers while they are away.

    Attributes:
        membership_id: of whoever is away.
        name: theirs.
        since: the first day away.
        until: the first day back; None if nobody knows yet.
    """

    membership_id: UUID
    name: str
    since: date
    until: date | None

    def is_over_on(self, day: date) -> bool:
        """Whether somebody else covers by a day, or was named before it began."""
        return self.until is not None and self.until <= max(day, self.since)


COVERED_LATELY = timedelta(days=7)
"""For how long a member reads that they no longer cover for a colleague."""


def training_holds(valid_to: date | None, *, on: date) -> bool:
    """Whether training that is valid to a day (exclusive; None: it does not expire) is valid on another."""
    return valid_to is None or on < valid_to


REMINDED_BEFORE = timedelta(days=42)
"""Six weeks: long enough to find a course, and a day to go to it."""


def training_runs_out(valid_to: date | None, *, on: date) -> bool:
    """Whether training that is valid on a day expires soon enough to say so."""
    return valid_to is not None and on < valid_to <= on + REMINDED_BEFORE


Days = tuple[date, date | None]
"""A stretch of days: the first, and the first after it; None if it has no end that anybody knows."""


def days_in_both(these: Iterable[Days], those: Days) -> list[Days]:
    """Return the days of some stretches that are also in another, earliest first, none of them twice."""
    first, end = those[0], those[1] or date.max
    clipped = sorted((max(begin, first), min(until or date.max, end)) for begin, until in these)
    found: list[tuple[date, date]] = []
    for begin, until in clipped:
        if until <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(until, found[-1][1]))
        else:
            found.append((begin, until))
    return [(begin, None if until == date.max else until) for begin, until in found]


COVERED = frozenset(
    {Permission.PERSON_READ, Permission.WORKLIST_WORK, Permission.CASE_WORK, Permission.CASE_COORDINATE}
)
"""What of somebody's work cannot wait until they are back: people on their list, and cases."""


def may_stand_in(roles: Iterable[str], *, away: Iterable[str]) -> bool:
    """Whether somebody with these roles may do the work with people of somebody away, who has those roles.

    Otherwise work would go to somebody who cannot open it, and would no longer count as waiting.
    """
    return COVERED & permissions_of(frozenset(away)) <= permissions_of(frozenset(roles))


CONTACT_TEAM = "contact_team"
"""What a team does that contacts people nobody works with yet: a route of the pack, and no service of it."""


PROFILE = ("remit", "thresholds", "how_we_work", "what_we_can_offer", "telephone")
"""What an organisation says about itself, in the order of its page."""


def profile_lacks(said: Mapping[str, str]) -> list[str]:
    """Return the parts of its profile an organisation has not filled in yet, by the names in ``PROFILE``."""
    return [each for each in PROFILE if not said.get(each, "").strip()]


WITHOUT_PEOPLE = frozenset(
    {
        Permission.RELEASE_READ, Permission.RELEASE_APPROVE, Permission.LINK_REVIEW, Permission.DATA_QUESTION,
        Permission.DIRECTORY_READ, Permission.DIRECTORY_EDIT, Permission.DIRECTORY_IMPORT,
        Permission.TEAM_MANAGE, Permission.ORGANISATION_MANAGE, Permission.AGREEMENT_RATE_READ,
        Permission.BREAK_GLASS_REVIEW, Permission.AUDIT_READ, Permission.SCHEDULE_READ,
        Permission.AGREEMENT_READ, Permission.AGREEMENT_KEEP, Permission.OFFER_REPORT,
        Permission.OFFER_REPORT_ALL, Permission.REQUEST_COUNT, Permission.RIGHTS_HANDLE,
        Permission.CASE_AUDIT_READ,
    }
)  # fmt: skip
"""What does not show people in somebody's work. All else, new permissions too, waits for the training."""
TEAM_ROLES = frozenset({"practitioner", "contact_worker", "directory_editor"})
"""Roles that somebody who manages a team may give; only the organisation's lead may give the others."""


def waits_for_training(permissions: frozenset[Permission]) -> frozenset[Permission]:
    """Return those that let somebody see a person, even if only to answer them."""
    return _that_show_people(permissions) | (permissions & {Permission.RIGHTS_HANDLE})


def shows_people(permissions: frozenset[Permission]) -> frozenset[Permission]:
    """Return those that need a purpose: they show people, or who two people of a doubtful pair are.

    Answering a person who asks for what is held about them is not done for one of the pack's purposes.
    """
    return _that_show_people(permissions) | (permissions & {Permission.LINK_REVIEW})


def _that_show_people(permissions: frozenset[Permission]) -> frozenset[Permission]:
    return permissions - WITHOUT_PEOPLE


def pack_code(code: str) -> str:
    """Return what the area pack would call an organisation that has this code here.

    Codes here may have hyphens or capitals and cannot be changed; the pack has underscores and small letters.
    """
    return code.lower().replace("-", "_")


def code_by_name(name: str, in_pack: Iterable[tuple[str, str]]) -> str:
    """Return the code for an organisation of a name: the pack's if that has one of this name, or else a slug.

    Args:
        name: as people call it.
        in_pack: code and name of each organisation of the area pack.
    """
    same = (code for code, known in in_pack if known.casefold() == name.strip().casefold())
    return next(same, slugify(name).replace("-", "_"))


def open_purposes(declared: Iterable[Purpose], *, organisation: str, on: date) -> list[Purpose]:
    """Return the purposes that the members of an organisation may work for on a day.

    A purpose past its review date is open to nobody: no run is released for it either
    (``sources.rules.basis_of``). A purpose that names organisations is open only to those.

    Args:
        declared: the area pack's.
        organisation: its code here.
        on: the day.
    """
    code = pack_code(organisation)
    return [
        each
        for each in declared
        if each.review_date >= on and (not each.organisations or code in each.organisations)
    ]


def purpose_taken(wanted: str, open_now: Sequence[Purpose], *, with_people: bool) -> str:
    """Return the code of what somebody is working for, or an empty string if they must say.

    Args:
        wanted: what they last chose; it stands for as long as it is open to them.
        open_now: what is open to them.
        with_people: whether they work with people. If only one purpose is open, it is theirs without asking.
    """
    codes = [each.code for each in open_now]
    if wanted in codes:
        return wanted
    return codes[0] if with_people and len(codes) == 1 else ""


OPENS_MUCH = (
    Permission.AUDIT_READ,
    Permission.LINK_REVIEW,
    Permission.TEAM_MANAGE,
    Permission.ORGANISATION_MANAGE,
)
"""The audit trail says who was looked at, and a doubtful pair says who two people are. Those who look after
members let others in, and remove the second factor of somebody who has lost it."""


CONFIRMATION_LASTS = timedelta(minutes=5)
MOST_PASSKEYS = 10
"""More than anybody has devices; every one is checked whenever its member signs in."""


def confirmation_holds(confirmed_at: datetime | None, *, at: datetime) -> bool:
    """Whether somebody has just confirmed who they are: a session left open must not be enough."""
    return confirmed_at is not None and timedelta(0) <= at - confirmed_at <= CONFIRMATION_LASTS


WATCHES = (Permission.AUDIT_READ, Permission.BREAK_GLASS_REVIEW)
"""What lets somebody oversee others: the people they oversee must not be able to weaken their account."""


def roles_that_need_a_second_factor(named: str | None) -> frozenset[str]:
    """Return the codes of the roles that must have a second factor.

    Args:
        named: codes separated by commas; no role if it is empty. None: every role that sees people or the
            audit trail, or looks after members.

    Raises:
        AskedWronglyError: a code is not a role: a typing mistake must not let a role in without one.
    """
    if named is None:
        return frozenset(
            role.code
            for role in ROLES.values()
            if role.permissions.intersection(OPENS_MUCH) or _that_show_people(role.permissions)
        )
    codes = frozenset(code.strip() for code in named.split(",") if code.strip())
    if unknown := codes - set(ROLES):
        raise AskedWronglyError(
            f"ALONGSIDE_SECOND_FACTOR_FOR names {', '.join(sorted(unknown))}, which is not a role; choose "
            f"from {', '.join(ROLES)}."
        )
    return codes


def fingerprint(said: Mapping[str, object]) -> str:
    """Return a fingerprint of what is said, to see whether they have changed since they were opened."""
    return sha256(json.dumps(dict(sorted(said.items()))).encode()).hexdigest()
