"""Two people at one item in the same moment: one of them is told, and nothing is kept twice."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from tests.casework.outreach.conftest import everything
from tests.casework.outreach.test_against_their_wish import refuses

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.commands.talking import (
    Came,
    autosave_answer,
    begin_conversation,
    finish_conversation,
    note_danger,
)
from alongside.casework.outreach.commands.working import judge_item
from alongside.casework.outreach.models import Answer, Judgement, Outcome, Referral, WorkItem
from alongside.casework.outreach.rules import (
    OutcomeKind,
    Verdict,
)
from alongside.casework.people.queries.telling import ToldAgainstTheirWishError

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks: Callable[[], Any]) -> list[str]:
    """Run tasks in threads that start together; return what became of each, sorted."""
    start, became = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], Any]) -> None:
        start.wait()
        try:
            task()
            became.append("kept")
        except AlreadyDoneError:
            became.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(became)


def count(model: Any) -> int:
    with transaction.atomic():
        everything()
        return int(model.objects.count())


@pytest.fixture
def item_there(request: pytest.FixtureRequest) -> WorkItem:
    """The item, made inside a transaction: reach is told to the database for no longer than one."""
    with transaction.atomic():
        item: WorkItem = request.getfixturevalue("item")
    return item


def test_two_judge_one_flag_at_once_and_one_judgement_stands(
    item_there: WorkItem, worker: Actor, manager: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"at": at, "item_id": item_there.id, "why": "I know her."}
    became = at_once(
        lambda: judge_item(actor=worker, verdict=Verdict.AGREE, **given),
        lambda: judge_item(actor=manager, verdict=Verdict.DISAGREE, **given),
    )
    assert became == ["kept", "told"]
    assert count(Judgement) == 1


@pytest.mark.proves("MARM-29")
def test_who_refers_while_the_person_objects_waits_for_what_they_say(
    item_there: WorkItem, worker: Actor, charity: Organisation, at: datetime
) -> None:
    judge_item(actor=worker, at=at, item_id=item_there.id, verdict=Verdict.AGREE, why="I know her.")
    objecting, became = threading.Event(), []

    def refer() -> None:
        objecting.wait()
        try:
            make_referral(
                actor=worker, at=at, item_id=item_there.id, to_organisation_id=charity.id, why="The stairs"
            )
        except ToldAgainstTheirWishError as refused:
            became.append(refused)
        finally:
            connection.close()

    referring = threading.Thread(target=refer)
    referring.start()
    with transaction.atomic():
        everything(worker)
        refuses(worker, item_there.person, charity, at)
        objecting.set()
        referring.join(timeout=1)
        assert referring.is_alive(), "it waits until what they said is kept"
    referring.join()
    assert len(became) == 1
    assert count(Referral) == 0


def test_two_devices_save_and_finish_one_conversation_at_once(
    item_there: WorkItem, worker: Actor, at: datetime, guide: dict[str, Any]
) -> None:
    judge_item(actor=worker, at=at, item_id=item_there.id, verdict=Verdict.AGREE, why="I know her.")
    talk = begin_conversation(
        actor=worker, at=at, item_id=item_there.id, guide="first_call/2", guide_words=guide
    )
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": talk.id}
    note_danger(**given, danger=False)
    became = at_once(
        *(
            lambda words=words: autosave_answer(**given, prompt="good_day", words=words)  # type: ignore[misc]
            for words in ("Sun", "Rain", "Snow", "Wind")
        )
    )
    assert became == ["kept"] * 4
    assert count(Answer) == 4
    advice = Came(OutcomeKind.ADVICE, words="Told her of the warm rooms.")
    became = at_once(*[lambda: finish_conversation(**given, came=[advice])] * 2)
    assert became == ["kept", "told"]
    assert count(Outcome) == 1
