"""The background worker: one process that runs the schedule, from the queue that PostgreSQL keeps.

A job that a killed process left unfinished was in a transaction, so none of it remains; whichever worker
comes next starts it again. If the database is down, the worker waits, and goes on when it is back.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import procrastinate
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import override
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status

from alongside.casework.background.models import LastRun
from alongside.casework.background.rules import LONGEST_MISSED, Outcome, Went
from alongside.casework.background.schedule import SCHEDULE, Scheduled
from alongside.casework.kernel.connections import let_go
from alongside.errors import AlongsideError

AT_ONCE = 3
"""Jobs at the same time. A run of finding may take an hour, and notices must not wait for it."""
MOST_TRIES = 5
"""A job that has killed its worker this often is abandoned, or it would do so for ever."""
TRY_AGAIN = 3.0
"""Seconds between tries, if the database is down."""
ONCE_MORE = timedelta(minutes=1)
"""How long after the database broke a job off it is tried again, once: for the most part it was restarted."""
FINISHES_WITHIN = 10.0
"""Seconds that a job has to finish when the worker is stopped; otherwise the next worker starts it again."""
_LOG = logging.getLogger(__name__)


def register(app: procrastinate.App) -> None:
    """Make the schedule known to the queue; called once every app is ready."""
    app.periodic_defaults["max_delay"] = LONGEST_MISSED
    for line in SCHEDULE.values():
        # lock: never two at once; queueing lock: never two waiting
        task = app.task(name=_name(line.code), lock=line.code, queueing_lock=line.code)(_task(line))
        app.periodic(cron=line.rhythm.cron)(task)


def run_soon(code: str, *, at: datetime, after: timedelta, again: bool = False) -> None:
    """Run a line of the schedule out of turn, once, however often it is asked for meanwhile.

    Args:
        code: of the line.
        at: now.
        after: how long from now.
        again: as ``run_line``.
    """
    waiting = queue.configure_task(
        _name(code), lock=code, queueing_lock=code, schedule_in={"seconds": int(after.total_seconds())}
    )
    with suppress(AlreadyEnqueued):
        waiting.defer(timestamp=int(at.timestamp()), again=again)


def run_line(
    line: Scheduled, *, clock: Callable[[], datetime] = timezone.now, again: bool = False
) -> Outcome:
    """Run a line of the schedule now, and remember how it went.

    Args:
        line: what is run.
        clock: tells the time.
        again: this is the second try after the database broke off the first; there is no third.

    Raises:
        OperationalError, InterfaceError: the database broke it off, after that has been remembered and a
            second try put into the queue.
        Exception: any defect of ours, after it has been remembered that the job failed.
    """
    with override("en-gb"):  # the words are stored, and we do not know yet who will read them
        try:
            LastRun.begin(line.code, at=clock())
            outcome = line.job(at=clock())
        except AlongsideError as error:
            outcome = Outcome(str(error), Went.BADLY)
        except (OperationalError, InterfaceError):
            words = "It was not done: the database ended it, or could not be reached."
            if not again:
                words = f"{words} It is tried once more a minute later."
            _remember(line, Outcome(words, Went.BADLY), at=clock())
            if not again:
                run_soon(line.code, at=clock(), after=ONCE_MORE, again=True)
            raise
        except Exception as error:
            kind = type(error).__name__
            words = f"It failed, and that is our fault ({kind}). The background worker's log says where."
            _remember(line, Outcome(words, Went.BADLY), at=clock())
            raise
    _remember(line, outcome, at=clock())
    return outcome


def _remember(line: Scheduled, outcome: Outcome, *, at: datetime) -> None:
    let_go()  # the job's own may have been cut, and would be used again
    LastRun.end(line.code, outcome, at=at)


def work_until_stopped(*, heartbeat: float = 10.0, stalled_after: float = 30.0) -> None:
    """Run the schedule until this process is told to end.

    Args:
        heartbeat: seconds between two signs of life.
        stalled_after: seconds without one after which a worker counts as dead, and what it was doing is
            started again.
    """
    ended_in_time = asyncio.run(_work(heartbeat, stalled_after))
    if not ended_in_time:
        logging.shutdown()
        os._exit(0)  # a thread cannot be stopped; ending the process rolls back what it was doing


async def _work(heartbeat: float, stalled_after: float) -> bool:
    stopping = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    working = asyncio.create_task(_work_on(stopping, heartbeat, stalled_after))
    await stopping.wait()
    working.cancel()
    done, _ = await asyncio.wait({working}, timeout=FINISHES_WITHIN)
    return bool(done)


async def _work_on(stopping: asyncio.Event, heartbeat: float, stalled_after: float) -> None:
    """Work; if it is interrupted, usually because the database went down, begin again."""
    while not stopping.is_set():
        try:
            # a new connector each time: a pool that waits longer after each try would come back too late
            with queue.replace_connector(queue.connector.get_worker_connector()):  # type: ignore[attr-defined]
                async with queue.open_async():
                    taking_up = asyncio.create_task(_take_up_again(heartbeat, stalled_after))
                    try:
                        await queue.run_worker_async(
                            concurrency=AT_ONCE,
                            install_signal_handlers=False,
                            update_heartbeat_interval=heartbeat,
                            stalled_worker_timeout=stalled_after,
                        )
                    finally:
                        taking_up.cancel()
        except Exception as error:
            _LOG.warning(
                "the background worker was interrupted (%s); it tries again every %s seconds until it can",
                type(error).__name__, TRY_AGAIN,
            )  # fmt: skip
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), TRY_AGAIN)


async def _take_up_again(pause: float, stalled_after: float) -> None:
    while True:
        await take_up(stalled_after)
        await asyncio.sleep(pause)


async def take_up(stalled_after: float) -> None:
    """Put back into the queue what dead workers were doing."""
    for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after):
        if job.attempts + 1 >= MOST_TRIES:
            _LOG.error("job %s is abandoned: its worker died in it %s times", job.task_name, MOST_TRIES)
            await queue.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            _LOG.warning("job %s is started again: its worker died in it", job.task_name)
            try:
                await queue.job_manager.retry_job(job)
            except UniqueViolation:  # the same waits already, and would wait for ever for this one's lock
                await queue.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)


def _task(line: Scheduled) -> Callable[..., str]:
    def run(timestamp: int, *, again: bool = False) -> str:  # noqa: ARG001 - a job is told the time now
        return run_line(line, again=again).went

    run.__doc__ = f"Run {line.code}; ``timestamp`` is when the queue says it was due."
    return run


def _name(code: str) -> str:
    return f"alongside.{code}"
