"""The schedule: what is on it, what is remembered of each time, and the page and the command that say so."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app as queue

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.commands import begin_partnership
from alongside.casework.audit.models import AuditEvent
from alongside.casework.background import presenters, queries
from alongside.casework.background.models import LastRun
from alongside.casework.background.rules import Outcome, Went, every
from alongside.casework.background.schedule import SCHEDULE, Scheduled, schedule
from alongside.casework.background.worker import run_line
from alongside.casework.kernel.errors import CaseworkError

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
WORDS = {"title": lambda: "Count the sheep", "what": lambda: "Counts them."}


def line(job: Any) -> Scheduled:
    return Scheduled(code="sheep", rhythm=every(minutes=5), job=job, **WORDS)


@pytest.fixture
def sheep() -> Iterator[Scheduled]:
    """A line of the tests' own on the schedule."""
    schedule(made := line(lambda *, at: Outcome(f"Counted at {at:%H:%M}.")))
    yield made
    del SCHEDULE["sheep"]


def forty(*, at: datetime) -> Outcome:
    return Outcome("Forty.")


def clock() -> datetime:
    return AT


def test_what_must_run_by_itself_is_on_the_schedule_and_known_to_the_queue() -> None:
    assert {"expiry", "feeds", "drop_folder", "notices", "clear_away"} <= set(SCHEDULE)
    periodic = {
        name: (task.cron, task.configure_kwargs)
        for (name, _), task in queue.periodic_registry.periodic_tasks.items()
    }
    assert {name: cron for name, (cron, _) in periodic.items()} == {
        f"alongside.{code}": each.rhythm.cron for code, each in SCHEDULE.items()
    }
    for code in SCHEDULE:
        task = queue.tasks[f"alongside.{code}"]
        assert (task.lock, task.queueing_lock) == (code, code), "it may run twice at once"


def test_a_line_is_on_the_schedule_once(sheep: Scheduled) -> None:
    with pytest.raises(ValueError, match="twice"):
        schedule(sheep)


def test_what_came_of_it_is_remembered() -> None:
    run_line(line(forty), clock=clock)
    last = LastRun.objects.get()
    assert (last.code, last.went, last.words, last.well_at) == ("sheep", Went.WELL, "Forty.", AT)


def test_one_that_could_not_be_done_says_why_and_when_it_last_went_well() -> None:
    def refuse(*, at: datetime) -> Outcome:
        raise CaseworkError("The gate is shut.")

    run_line(line(forty), clock=lambda: AT - timedelta(days=1))
    assert run_line(line(refuse), clock=clock).went == Went.BADLY
    last = LastRun.objects.get()
    assert (last.words, last.well_at) == ("The gate is shut.", AT - timedelta(days=1))


def test_one_that_breaks_is_remembered_without_the_words_of_the_error_which_may_quote_somebody() -> None:
    def break_off(*, at: datetime) -> Outcome:
        raise ValueError("Beatrice")

    with pytest.raises(ValueError, match="Beatrice"):
        run_line(line(break_off), clock=clock)
    last = LastRun.objects.get()
    assert last.went == Went.BADLY
    assert "ValueError" in last.words
    assert "Beatrice" not in last.words


def test_who_may_not_see_it_is_refused(anybody: Actor) -> None:
    stranger = Actor("A", anybody.user_id, anybody.organisation_id, "B")
    with pytest.raises(NotAllowedError):
        queries.what_runs(actor=stranger)


@pytest.fixture
def manager() -> Client:
    """Somebody signed in who manages a team."""
    from alongside.casework.accounts.models import Membership, Organisation, User

    user = User.enrol(email="gwen@example.org", name="Gwen Hughes")
    council = Organisation.join(code="council", name="Riverside Council", kind="council")
    Membership.begin(user=user, organisation=council, roles=["manager"], on=datetime(2026, 1, 1).date())
    client = Client()
    client.force_login(user, "alongside.casework.accounts.passwords.ByPassword")
    return client


def page(client: Client) -> str:
    return client.get("/what-runs-by-itself/").content.decode()


def test_the_page_says_that_no_worker_is_there_and_what_has_not_run(manager: Client) -> None:
    text = page(manager)
    assert "No background worker is running." in text
    assert "Has not run yet" in text
    assert "Every 5 minutes" in text


def test_the_page_says_when_it_ran_how_it_went_and_that_a_worker_is_there(
    manager: Client, sheep: Scheduled
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")
    run_line(sheep)
    text = page(manager)
    assert "The background worker is running." in text
    assert "Counted at" in text
    assert "Succeeded" in text


def test_a_worker_that_fell_silent_and_what_it_left_undone_are_told(
    manager: Client, sheep: Scheduled
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 day')")
    LastRun.begin("sheep", at=AT)
    text = page(manager)
    assert "has not been heard from since" in text
    assert "Interrupted" in text


def tags(*, at: datetime) -> dict[str, str]:
    """What the page says of each line, by its title."""
    found = queries.what_runs(actor=system_actor("Installation"))
    return {each.title: each.tag.words for each in presenters.page(found, at=at).lines}


def test_what_has_never_run_is_overdue_once_it_should_have_since_the_partnership_was_set_up(
    sheep: Scheduled,
) -> None:
    begin_partnership(
        actor=system_actor("Installation"), at=AT, name="Riverside", organisation_code="council",
        organisation_name="Riverside Council", kind="council",
    )  # fmt: skip
    begun = AuditEvent.objects.get().at
    assert set(tags(at=begun).values()) == {"Has not run yet"}
    late = tags(at=begun + timedelta(minutes=20))
    assert late.pop("Count the sheep") == "Overdue"
    assert "Has not run yet" in late.values(), "what runs at night is not late after twenty minutes"
    assert set(tags(at=begun + timedelta(days=2)).values()) == {"Overdue"}


def test_what_has_never_run_is_overdue_where_another_has_run_long_ago(sheep: Scheduled) -> None:
    run_line(line(forty), clock=clock)
    assert set(tags(at=AT + timedelta(days=2)).values()) == {"Overdue"}


def test_what_has_never_run_is_never_overdue_where_nothing_says_since_when_it_should(
    sheep: Scheduled,
) -> None:
    assert set(tags(at=AT + timedelta(days=900)).values()) == {"Has not run yet"}


def test_the_command_says_the_same_on_a_terminal(sheep: Scheduled) -> None:
    run_line(sheep, clock=clock)
    said = StringIO()
    call_command("schedule", stdout=said)
    assert "No background worker is running." in said.getvalue()
    assert "Count the sheep: overdue" in said.getvalue()
    assert "Result: Counted at 09:30." in said.getvalue()
