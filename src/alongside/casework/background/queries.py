"""The automatic jobs, and how each went the last time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.jobs import Status

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.reading import first_event_at
from alongside.casework.background import permissions
from alongside.casework.background.models import LastRun
from alongside.casework.background.schedule import SCHEDULE, Scheduled
from alongside.casework.operations import query


@dataclass(frozen=True)
class WhatRuns:
    """The schedule, each line with its last run, and when a background worker was last heard from.

    Attributes:
        lines: each line, and its last run; None if it has never run.
        worker_heard_at: None if there has never been a background worker.
        in_use_since: the earliest moment at which Alongside is known to have been in use here: a line that
            has never run should have run since then. None if nothing is known.
        being_done: the codes of those lines that the queue says are being done now.
    """

    lines: list[tuple[Scheduled, LastRun | None]]
    worker_heard_at: datetime | None
    in_use_since: datetime | None
    being_done: frozenset[str]


@query()
def what_runs(*, actor: Actor) -> WhatRuns:
    """Return the schedule in order of title.

    Raises:
        NotAllowedError: the actor's role does not let them see it.
    """
    require(permissions.may_read_schedule(actor))
    last = LastRun.objects.in_bulk()
    heard = ProcrastinateWorker.objects.aggregate(at=Max("last_heartbeat"))["at"]
    lines = sorted(SCHEDULE.values(), key=lambda line: line.title())
    # a background worker may have run before a partnership was set up, which is the first event
    known = [first_event_at(), *(each.began_at for each in last.values())]
    in_use_since = min((each for each in known if each), default=None)
    # a line's lock in the queue is its code
    doing = ProcrastinateJob.objects.filter(status=Status.DOING.value, lock__in=list(SCHEDULE))
    being_done = frozenset(doing.values_list("lock", flat=True))
    return WhatRuns([(line, last.get(line.code)) for line in lines], heard, in_use_since, being_done)
