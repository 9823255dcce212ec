"""A background worker killed in the middle of the nightly expiry: nothing is half done, all is in the end."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.casework.outreach.conftest import admit, everything, flag_for
from tests.casework.processes import background_worker, environment, wait_until

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.background.models import LastRun
from alongside.casework.outreach.commands.distributing import distribute_flags
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.rules import State
from alongside.casework.sources.models import Release

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def expired(request: pytest.FixtureRequest) -> int:
    """Three people on a list whose flags ran out yesterday."""
    at = timezone.now()
    with transaction.atomic():
        manager: Actor = request.getfixturevalue("manager")
        council: Organisation = request.getfixturevalue("council")
        request.getfixturevalue("team")
        release: Release = request.getfixturevalue("release")
        for name in ("Bee", "Stan", "Amina"):
            person = admit(manager, at - timedelta(days=60), known_as=name)
            flag_for(person, council, release, at - timedelta(days=50), expires_at=at - timedelta(days=1))
        distribute_flags(actor=manager, at=at - timedelta(days=40), release_id=release.id)
    return 3


def states() -> list[str]:
    with transaction.atomic():
        everything()
        return sorted(WorkItem.objects.values_list("state", flat=True))


def jobs() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select status::text, attempts from procrastinate_jobs where task_name = 'alongside.expiry'"
        )
        return list(cursor.fetchall())


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select from pg_locks join pg_stat_activity using (pid) "
            "where not granted and datname = current_database()"
        )
        return bool(cursor.fetchall())


@pytest.fixture(autouse=True)
def no_jobs_of_others(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_periodic_defers; delete from procrastinate_jobs")
        cursor.execute("delete from procrastinate_workers")


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done_and_the_next_one_does_it(
    expired: int, tmp_path: Path
) -> None:
    given = environment(tmp_path, ALONGSIDE_DROP=str(tmp_path / "none"))
    here = connection.settings_dict
    with psycopg.connect(
        host=here["HOST"],
        port=here["PORT"],
        dbname=here["NAME"],
        user=here["USER"],
        password=here["PASSWORD"],
    ) as holding:
        # whoever holds the head of the audit chain lets a job do its work and stops it before it is recorded
        holding.execute("select from audit_audithead for update")
        with background_worker(given) as first:
            wait_until(somebody_waits, "the job stands in the middle of its work")
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
        assert jobs() == [("doing", 0)]
    assert State.EXPIRED not in states()
    assert not AuditEvent.objects.filter(code="outreach.item_expired").exists()
    with background_worker(given) as second:
        wait_until(lambda: states() == [State.EXPIRED] * expired, "the next worker took it up")
        wait_until(lambda: jobs() == [("succeeded", 2)], "it is done, at the second try")
        os.kill(second.pid, signal.SIGTERM)
        assert second.wait(timeout=15) == 0
    assert AuditEvent.objects.filter(code="outreach.item_expired").count() == expired
    assert LastRun.objects.get(code="expiry").words.endswith(": 3. Managers see how many.")


def test_a_worker_ends_with_whoever_started_it(tmp_path: Path) -> None:
    given = environment(tmp_path, ALONGSIDE_DROP=str(tmp_path / "none"))
    with background_worker(given, "--until-input-ends") as worker:
        wait_until(lambda: LastRun.objects.filter(ended_at__isnull=False).exists(), "it works")
        assert worker.stdin
        worker.stdin.close()
        worker.stdin = None
        assert worker.wait(timeout=15) == 0
