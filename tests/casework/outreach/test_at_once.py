"""Two people at one item in the same moment: one of them is told, and nothing is kept twice."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from tests.casework.at_once import at_once
from tests.casework.outreach.conftest import admit, everything, flag_for
from tests.casework.outreach.test_against_their_wish import refuses
from tests.casework.outreach.test_released_again import released_again

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.commands.distributing import distribute_released, raise_item
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
from alongside.casework.outreach.rules import OutcomeKind, Priority, Verdict
from alongside.casework.people.models import Person
from alongside.casework.people.queries.telling import ToldAgainstTheirWishError
from alongside.casework.sources.models import Flag

pytestmark = pytest.mark.django_db(transaction=True)


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


@pytest.fixture
def flag_there(request: pytest.FixtureRequest) -> Flag:
    """A flag that is on no list yet, with a team that could take it."""
    with transaction.atomic():
        request.getfixturevalue("team")
        flag: Flag = request.getfixturevalue("flag")
    return flag


def test_a_manager_and_the_night_distribute_at_once_and_each_flag_is_on_a_list_once(
    flag_there: Flag, worker: Actor, manager: Actor, at: datetime
) -> None:
    with transaction.atomic():
        for rank in range(2, 32):
            everything()
            another = admit(worker, at, known_as=f"Person {rank}")
            everything()
            flag_for(another, flag_there.organisation, flag_there.release, at, rank=rank)
    became = at_once(
        lambda: distribute_released(actor=manager, at=at),
        lambda: distribute_released(actor=system_actor("night"), at=at),
    )
    assert became in (["kept", "kept"], ["kept", "told"])
    assert count(WorkItem) == 31


def test_who_raises_somebody_while_their_flag_is_distributed_finds_them_on_the_list(
    flag_there: Flag, person: Person, worker: Actor, at: datetime
) -> None:
    raising, became = threading.Event(), []

    def put_on_list() -> None:
        raising.wait()
        became.extend(
            at_once(
                lambda: raise_item(
                    actor=worker,
                    at=at,
                    person_id=person.id,
                    team_id=None,
                    priority=Priority.TODAY,
                    why="Stairs",
                )
            )
        )

    other = threading.Thread(target=put_on_list)
    other.start()
    with transaction.atomic():
        distribute_released(actor=system_actor("night"), at=at)
        raising.set()
        other.join(timeout=1)
        assert other.is_alive(), "it waits until the flag is on the list"
    other.join()
    assert became == ["told"]
    assert count(WorkItem) == 1


def test_a_later_flag_waits_for_nobody_who_is_writing_on_the_item_and_counts_the_next_time(
    item_there: WorkItem, at: datetime
) -> None:
    flag = item_there.flag
    assert flag is not None
    night, later = system_actor("night"), at + timedelta(days=7)
    with transaction.atomic():
        everything()
        again = released_again(item_there.person, flag.organisation, later)
    became: list[str] = []
    with transaction.atomic():
        everything()
        WorkItem.objects.select_for_update(of=("self",), no_key=True).get(id=item_there.id)
        became += at_once(lambda: distribute_released(actor=night, at=later))
    became += at_once(lambda: distribute_released(actor=night, at=later))
    assert became == ["told", "kept"]
    with transaction.atomic():
        everything()
        assert WorkItem.objects.get().later_flag == again
