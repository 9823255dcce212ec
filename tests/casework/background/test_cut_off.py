"""An automatic job that is cut off from its database: that is known at once, and it is tried once more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from asgiref.sync import async_to_sync
from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.casework.processes import background_worker, environment, wait_until

from alongside.casework.access.actors import system_actor
from alongside.casework.background import presenters, queries
from alongside.casework.background.models import LastRun
from alongside.casework.background.rules import Outcome, Went, every
from alongside.casework.background.schedule import SCHEDULE, Scheduled, schedule
from alongside.casework.background.worker import run_line, take_up

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def cut() -> None:
    """End this connection, as a restart of PostgreSQL does."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")


def cut_off(*, at: datetime) -> Outcome:
    cut()
    return Outcome("Never reached.")


def cut_and_not_noticed(*, at: datetime) -> Outcome:
    with pytest.raises(OperationalError):
        cut()
    return Outcome("Counted.")


@pytest.fixture(autouse=True)
def no_jobs_of_others(transactional_db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_periodic_defers; delete from procrastinate_jobs")
        cursor.execute("delete from procrastinate_workers")
    yield
    connection.close()  # a test that fails may leave one that was cut


def line(job: object) -> Scheduled:
    return Scheduled("sheep", every(minutes=5), job, lambda: "Count the sheep", lambda: "Counts.")  # type: ignore[arg-type]


def waiting() -> list[tuple[str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select lock, (args->>'again')::boolean from procrastinate_jobs where status = 'todo' "
            "and scheduled_at > now()"
        )
        return list(cursor.fetchall())


def test_it_is_remembered_that_it_was_cut_off_and_it_is_tried_once_more_and_no_oftener() -> None:
    with pytest.raises(OperationalError):
        run_line(line(cut_off))
    last = LastRun.objects.get()
    assert last.ended_at is not None
    assert (last.went, "once more a minute later" in last.words) == (Went.BADLY, True)
    assert waiting() == [("sheep", True)]
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    with pytest.raises(OperationalError):
        run_line(line(cut_off), again=True)
    assert "once more" not in LastRun.objects.get().words
    assert waiting() == []


def test_one_that_waits_already_is_enough() -> None:
    for _twice in range(2):
        with pytest.raises(OperationalError):
            run_line(line(cut_off))
    assert waiting() == [("sheep", True)]


def test_what_went_well_is_remembered_over_another_connection() -> None:
    assert run_line(line(cut_and_not_noticed)).went == Went.WELL
    assert (last := LastRun.objects.get()).words == "Counted."
    assert last.ended_at is not None


@pytest.fixture
def sheep() -> Iterator[None]:
    schedule(line(cut_off))
    yield
    del SCHEDULE["sheep"]


def tag() -> str:
    found = queries.what_runs(actor=system_actor("Installation"))
    lines = presenters.page(found, at=timezone.now()).lines
    return next(each.tag.words for each in lines if each.title == "Count the sheep")


@pytest.mark.usefixtures("sheep")
def test_only_what_the_queue_says_is_being_done_is_running() -> None:
    LastRun.begin("sheep", at=timezone.now() - timedelta(minutes=1))
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")
    assert tag() == "Interrupted"
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status) "
            "values ('default', 'alongside.sheep', 'sheep', 'sheep', '{}', 'doing')"
        )
    assert ProcrastinateJob.objects.count() == 1
    assert tag() == "Running"


def test_what_a_dead_worker_was_doing_gives_way_where_the_same_waits_already() -> None:
    """Or its lock would keep that one waiting for ever."""
    insert = (
        "insert into procrastinate_jobs "
        "(queue_name, task_name, lock, queueing_lock, args, status, worker_id) values "
        "('default', 'alongside.' || %(code)s, %(code)s, %(code)s, '{}', %(status)s, %(worker)s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) "
            "values (now() - interval '1 hour') returning id"
        )
        worker = cursor.fetchone()[0]
        for code, status in (("sheep", "doing"), ("sheep", "todo"), ("goats", "doing")):
            by = worker if status == "doing" else None
            cursor.execute(insert, {"code": code, "status": status, "worker": by})
    async_to_sync(take_up)(stalled_after=30)
    stand = ProcrastinateJob.objects.order_by("id").values_list("lock", "status")
    assert list(stand) == [("sheep", "failed"), ("sheep", "todo"), ("goats", "todo")]


def test_a_real_worker_goes_on_and_puts_it_into_the_queue_again(tmp_path: Path) -> None:
    given = environment(tmp_path, ALONGSIDE_DROP=str(tmp_path / "none"))
    for code in SCHEDULE:
        LastRun.begin(code, at=AT)
    here = connection.settings_dict
    held = psycopg.connect(
        host=here["HOST"], port=here["PORT"], dbname=here["NAME"], user=here["USER"],
        password=here["PASSWORD"],
    )  # fmt: skip
    with held as holding, background_worker(given):
        holding.execute("lock table background_lastrun in exclusive mode")
        wait_until(lambda: cut_whoever_waits() > 0, "a job was cut off")
        holding.rollback()
        wait_until(waiting, "it is in the queue again")
    assert all(again for _, again in waiting())
    told = LastRun.objects.filter(code__in=[code for code, _ in waiting()], ended_at__isnull=False)
    assert "once more" in told[0].words


def cut_whoever_waits() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid) "
            "where not granted and datname = current_database()"
        )
        return len(cursor.fetchall())
