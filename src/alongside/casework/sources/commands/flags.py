"""Take flags back: one that was wrong, or all those of a person who objected."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.commands.leaving import keep_what_was_cut_off
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sources import events, permissions
from alongside.casework.sources.models import Flag, Run
from alongside.casework.sources.models.releases import FlagQuerySet
from alongside.casework.sources.queries.withdrawing import flags_numbered
from alongside.casework.sources.rules import ReasonTooShortError, list_of


@command
def withdraw_flag(
    *, actor: Actor, at: datetime, release_id: UUID, tier: str, rank: int, why: str
) -> list[Flag]:
    """Take back what a release says about one person, and what agencies could see of them because of it.

    An approver sees no people of a release: whoever has the flag tells them its tier and its number there.

    Raises:
        NotFoundError: there is no such release, or nobody has this number in this tier of it.
        FlagsOfSeveralError: more than one person has it.
        ReasonTooShortError: no reason is given.
        WithdrawnAlreadyError: it was already withdrawn.
    """
    require(permissions.may_release(actor))
    if not why.strip():
        raise ReasonTooShortError(_("Say why you are withdrawing the flag: those who have it will ask."))
    with beyond_reach(actor):
        standing = flags_numbered(
            Flag.objects.select_for_update(of=("self",), no_key=True),
            release_id=release_id,
            tier=tier,
            rank=rank,
        )
        for flag in standing:
            _take_back(flag, why=why.strip(), at=at)
    for flag in standing:
        _note(flag, actor, why=why.strip())
    keep_what_was_cut_off(actor=actor, at=at, people={flag.person_id for flag in standing})
    return standing


def take_back_flags(*, actor: Actor, at: datetime, person_id: UUID, why: str) -> int:
    """Take back every standing flag of a person, on any of their records; part of a command that checked.

    Args:
        actor: who.
        at: when.
        person_id: whose.
        why: the reason, for those who have the flag to read.

    Returns:
        How many.
    """
    with beyond_reach(actor):
        records = Person.objects.records_of(person_id) | {person_id}
        flags = _standing(at).filter(person__in=records)
    return _take_all_back(flags, actor=actor, at=at, why=why)


def take_back_flags_of(
    insight_ids: list[str], *, run: Run, policies: Collection[str], actor: Actor, at: datetime, why: str
) -> int:
    """Take back the standing flags that this run or an earlier one gave of several people; as above.

    Args:
        insight_ids: their pseudonyms; those who are not here have no flags.
        run: what later ones gave stands: they knew better.
        policies: those whose flags are taken back, with or without a version.
        actor: who.
        at: when.
        why: the reason.

    Returns:
        How many.
    """
    theirs = Person.objects.filter(insight_id__in=insight_ids).whole().values("id")
    flags = _standing(at).filter(person__in=theirs, release__run__as_at__lte=run.as_at)
    of_policies = flags.of_lists({list_of(each) for each in policies})
    return _take_all_back(of_policies, actor=actor, at=at, why=why)


def _standing(at: datetime) -> FlagQuerySet:
    return (
        Flag.objects.select_for_update(of=("self",), no_key=True)
        .standing_at(at)
        .select_related("release")
        .order_by("released_at", "id")
    )


def _take_all_back(flags: FlagQuerySet, *, actor: Actor, at: datetime, why: str) -> int:
    with beyond_reach(actor):
        found = list(flags)
        for flag in found:
            _take_back(flag, why=why, at=at)
    for flag in found:
        _note(flag, actor, why=why)
    keep_what_was_cut_off(actor=actor, at=at, people={flag.person_id for flag in found})
    return len(found)


def _take_back(flag: Flag, *, why: str, at: datetime) -> None:
    flag.withdraw(why=why, at=at)
    _let_earlier_hold_again(flag)
    Reach.end_one(
        person_id=flag.person_id, organisation_id=flag.organisation_id, about=flag.release_id, at=at
    )


def _let_earlier_hold_again(flag: Flag) -> None:
    """Let those that it overtook count again, unless the agency no longer sees the person because of them."""
    ended = Reach.objects.filter(
        why=ReachWhy.RELEASED,
        person_id=OuterRef("person_id"),
        organisation_id=OuterRef("organisation_id"),
        about=OuterRef("release_id"),
        until__isnull=False,
    )
    Flag.objects.overtaken_by(flag).filter(~Exists(ended)).update(overtaken_at=None)


def _note(flag: Flag, actor: Actor, *, why: str) -> None:
    record(
        events.FLAG_WITHDRAWN,
        actor=actor.working_for(flag.release.purpose),
        person_id=flag.person_id,
        about=("flag", flag.id),
        why=why,
    )
