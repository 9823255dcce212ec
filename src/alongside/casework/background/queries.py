"""The automatic jobs, and how each went the last time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateWorker

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.background import permissions
from alongside.casework.background.models import LastRun
from alongside.casework.background.schedule import SCHEDULE, Scheduled
from alongside.casework.operations import query


@dataclass(frozen=True)
class WhatRuns:
    """The schedule, each line with its last run, and when a background worker was last heard from."""

    lines: list[tuple[Scheduled, LastRun | None]]
    worker_heard_at: datetime | None


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
    return WhatRuns([(line, last.get(line.code)) for line in lines], heard)
