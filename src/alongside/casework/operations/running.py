"""What commands and queries share: one transaction, the actor's reach, and a ledger that is checked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from time import sleep
from typing import Any, TypeVar

from django.db import InternalError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from psycopg.errors import DeadlockDetected

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.recorder import record_refusal
from alongside.casework.kernel import ledger

Returned = TypeVar("Returned")
_ACTING: ContextVar[Actor | None] = ContextVar("acting", default=None)
_REFUSALS: ContextVar[dict[int, tuple[NotAllowedError, Actor, str]]] = ContextVar("refusals")
"""What the outermost command or query records at the end, even refusals after which another carried on."""


@dataclass
class _Told:
    """Which actor the database was last told of while the outermost operation runs, in which savepoint."""

    actor: Actor | None = None
    within: tuple[str | None, ...] = ()

    def stands(self, actor: Actor) -> bool:
        """Whether it still knows of the actor: what it was told in a savepoint is undone with it."""
        return self.actor is actor and self.within == tuple(connection.savepoint_ids[: len(self.within)])


_TOLD: ContextVar[_Told | None] = ContextVar("told", default=None)
_LAST: ContextVar[list[Callable[[], None]] | None] = ContextVar("last", default=None)
"""What the outermost command does last, before it commits."""
TRIES = 3
"""If two wait for each other, PostgreSQL ends one, which is undone and may start again."""
PAUSE = 0.1
"""Seconds before it starts again, and twice that before the last time: begun at once it could take, before
the other has woken, what that one was waiting for, and the two would wait for each other again."""


class ForgottenCheckError(AssertionError):
    """It ended without a permission check, or without an audit event it had to record: none of it stays."""


def run_checked(
    function: Callable[..., Returned],
    args: tuple[Any, ...],
    given: dict[str, Any],
    *,
    must_record: bool,
    shows_people: bool = False,
) -> Returned:
    """Run a command or query as its actor; see ``command`` and ``query``.

    If the database ends one because it and another were waiting for each other, it is run again, since none
    of it stayed; but not if it was given something that can only be read once.

    Raises:
        ForgottenCheckError: it made no check, or owes an event; an event recorded in an inner transaction,
            which may be undone separately, does not count.
        NotAllowedError: it refused the actor, or shows people to an actor who has not said what they are
            working for; that is recorded after the rollback, and so survives it.
    """
    run = partial(_run, function, args, given, must_record=must_record, shows_people=shows_people)
    if not connection.in_atomic_block and not any(isinstance(each, Iterator) for each in given.values()):
        for tried in range(1, TRIES):
            try:
                return run()
            except OperationalError as error:
                if not isinstance(error.__cause__, DeadlockDetected):
                    raise
            sleep(PAUSE * tried)
    return run()


def last_of_all(task: Callable[[], None]) -> None:
    """Do something as the outermost command's last step, in its transaction; outside of one, do it at once.

    For rows that many commands write, such as who has something waiting: holding one and then waiting for the
    audit chain, while another does it the other way round, would be a deadlock.
    """
    if (tasks := _LAST.get()) is None:
        task()
    else:
        tasks.append(task)


def _run(
    function: Callable[..., Returned],
    args: tuple[Any, ...],
    given: dict[str, Any],
    *,
    must_record: bool,
    shows_people: bool,
) -> Returned:
    name = f"{function.__module__}.{function.__qualname__}"
    actor: Actor = given["actor"]
    outer = _ACTING.get()
    refusals = {} if outer is None else _REFUSALS.get()
    told = _Told() if outer is None else _TOLD.get() or _Told()
    tasks = _LAST.get()
    if outer is None or tasks is None:
        tasks = []
    tokens = (_ACTING.set(actor), _REFUSALS.set(refusals), _TOLD.set(told), _LAST.set(tasks))
    known, asked_before = told.stands(actor), len(tasks)
    try:
        # a query inside another by the same actor has nothing to undo, and nothing new to tell the database
        with nullcontext() if known and not must_record else transaction.atomic():
            if not known:
                tell_database(actor)
            with ledger.opened(name, depth=len(connection.savepoint_ids)) as kept:
                returned = function(*args, **given)
            if not kept.checks:
                raise ForgottenCheckError(f"{name} checked no permission")
            if must_record and not kept.events:
                raise ForgottenCheckError(f"{name} recorded no event")
            if shows_people:
                actor.must_have_purpose()
            if outer is not None and not told.stands(outer):
                tell_database(outer)
            if outer is None:
                for task in tasks:
                    task()
            return returned
    except BaseException as error:
        del tasks[asked_before:]  # what was undone needs no last steps
        if isinstance(error, NotAllowedError):
            refusals[id(error)] = (error, actor, name)  # one that passes through several counts once
        raise
    finally:
        _ACTING.reset(tokens[0])
        _REFUSALS.reset(tokens[1])
        _TOLD.reset(tokens[2])
        _LAST.reset(tokens[3])
        if outer is None:
            for each, refused_actor, refused_name in refusals.values():
                record_refusal(refused_actor, refused_name, each.decision.code)
                each.recorded = True


def tell_database(actor: Actor) -> None:
    """Tell row-level security the actor's reach until the transaction ends; without it, nobody is visible.

    Also what they are working for, so that the database knows which of a person's choices apply. The settings
    are local to the transaction, since a pooled connection would keep any others for the next user.
    """
    told = _TOLD.get() or _Told()
    told.actor = None
    opened = ",".join(sorted(str(each) for each in actor.emergency_people))
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('alongside.reach', %s, true), set_config('alongside.emergency', %s, true), "
            "set_config('alongside.purpose', %s, true)",
            [actor.reach, "{" + opened + "}", actor.purpose],
        )
    told.actor, told.within = actor, tuple(connection.savepoint_ids)


@contextmanager
def beyond_reach(actor: Actor) -> Iterator[None]:
    """Let one step of a command or query see all rows, as the system does; then return to the actor's reach.

    For what no actor's own reach can answer, such as whether a record exists already. What is seen inside
    must not be revealed to the actor, unless the command records that it was.
    """
    tell_database(system_actor(actor.name))
    try:
        yield
    finally:
        # a failed transaction shows nobody anything until it is rolled back; report its own error
        with suppress(InternalError, TransactionManagementError):
            tell_database(actor)
