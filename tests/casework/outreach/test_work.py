"""A judgement before anything else, refusals that end nothing, data questions, and putting back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from tests.casework.outreach.conftest import acting, admit, everything, member

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.outreach.commands.distributing import ItemClosedError, raise_item
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.talking import begin_conversation
from alongside.casework.outreach.commands.working import (
    FlagExpiredError,
    JudgedAlreadyError,
    JudgementFirstError,
    NoFlagError,
    NotAssignedError,
    RefusalIsNoEndError,
    SomethingOwedError,
    add_note,
    finish_item,
    judge_item,
    put_back,
    record_attempt,
)
from alongside.casework.outreach.models import Attempt, Judgement, Note, WorkItem
from alongside.casework.outreach.rules import (
    Priority,
    Result,
    State,
    Verdict,
)
from alongside.casework.people.models import Person
from alongside.casework.sources.models import DataQuestion

pytestmark = pytest.mark.django_db


def test_nothing_is_recorded_before_a_professional_has_judged_the_flag(
    item: WorkItem, worker: Actor, at: datetime, guide: dict[str, Any]
) -> None:
    given: dict[str, Any] = {"actor": worker, "at": at, "item_id": item.id}
    for tried in (
        lambda: record_attempt(**given, result=Result.SPOKE),
        lambda: add_note(**given, words="She likes cats."),
        lambda: finish_item(**given, words="All is well."),
        lambda: begin_conversation(**given, guide="first_call/2", guide_words=guide),
    ):
        with pytest.raises(JudgementFirstError, match="agree with the flag, disagree or are unsure"):
            tried()
    everything()
    assert not Attempt.objects.exists()
    assert not Note.objects.exists()
    assert WorkItem.objects.get().state == State.ASSIGNED
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.DISAGREE, why="She moved away.")
    add_note(**given, words="She likes cats.")
    assert record_attempt(**given, result=Result.SPOKE).result == Result.SPOKE


def test_a_judgement_needs_a_reason_stays_as_given_and_is_made_once(
    item: WorkItem, ben: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    with pytest.raises(SomethingOwedError):
        judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="  ")
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="I saw it.")
    with pytest.raises(JudgedAlreadyError, match="Asha Patel has already judged this flag: agree, “I saw it"):
        judge_item(actor=manager, at=at, item_id=item.id, verdict=Verdict.DISAGREE, why="I did not.")
    everything()
    assert Judgement.objects.get().verdict == Verdict.AGREE
    with pytest.raises(DatabaseError, match="kept as it was"):
        Judgement.objects.update(verdict=Verdict.UNSURE)


def test_only_whose_item_it_is_or_a_manager_works_on_it(
    item: WorkItem, ben: Membership, manager: Actor, at: datetime
) -> None:
    with pytest.raises(NotAllowedError, match="not on your list"):
        judge_item(actor=acting(ben), at=at, item_id=item.id, verdict=Verdict.AGREE, why="Yes.")
    judge_item(actor=manager, at=at, item_id=item.id, verdict=Verdict.AGREE, why="Yes.")


def test_a_flag_that_expires_while_the_page_is_open_is_not_judged_and_nothing_written_is_lost(
    item: WorkItem, worker: Actor, at: datetime
) -> None:
    with pytest.raises(FlagExpiredError, match="What you wrote is still below"):
        judge_item(
            actor=worker, at=at + timedelta(weeks=6), item_id=item.id, verdict=Verdict.AGREE, why="Yes."
        )


@pytest.mark.proves("FIND-08")
def test_what_a_professional_raised_has_no_flag_to_judge(
    person: Person, asha: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    made = raise_item(
        actor=worker, at=at, person_id=person.id, team_id=None, priority=Priority.TODAY, why="Worried."
    )
    with pytest.raises(NotAllowedError):
        record_attempt(actor=worker, at=at, item_id=made.id, result=Result.SPOKE)
    with pytest.raises(NotAssignedError):
        record_attempt(actor=manager, at=at, item_id=made.id, result=Result.SPOKE)
    assign_item(actor=manager, at=at, item_id=made.id, member_id=asha.id)
    with pytest.raises(NoFlagError):
        judge_item(actor=worker, at=at, item_id=made.id, verdict=Verdict.AGREE, why="Yes.")
    record_attempt(actor=worker, at=at, item_id=made.id, result=Result.SPOKE)
    everything()
    assert WorkItem.objects.get().state == State.IN_HAND


@pytest.mark.proves("FIND-13")
def test_a_refusal_ends_nothing_and_needs_another_offer_and_a_day_for_it(
    judged: WorkItem, worker: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"actor": worker, "at": at, "item_id": judged.id}
    with pytest.raises(SomethingOwedError, match="what you will offer instead and when you will try again"):
        record_attempt(**given, result=Result.DECLINED_NOW)
    record_attempt(
        **given, result=Result.DECLINED_NOW, next_offer="A peer calls instead", try_next_on=at.date()
    )
    with pytest.raises(RefusalIsNoEndError):
        finish_item(**given, words="She said no.")
    everything()
    kept = WorkItem.objects.get()
    assert (kept.refusals, kept.state) == (1, State.IN_HAND)
    record_attempt(**given | {"at": at + timedelta(hours=1)}, result=Result.SPOKE)
    assert finish_item(**given, words="She is glad of Sam's calls.").state == State.DONE
    with pytest.raises(ItemClosedError):
        add_note(**given, words="More.")


@pytest.mark.parametrize(
    ("result", "said", "owed"),
    [
        (Result.NOT_REACHED, {}, "when you will try again"),
        (Result.LEFT_SAFE_MESSAGE, {}, "when you will try again"),
        (Result.UNSAFE, {}, "what happened"),
        (Result.NOT_REACHED, {"try_next_on": datetime(2026, 11, 1).date()}, "has passed"),
    ],
)
def test_a_try_that_did_not_reach_the_person_says_what_next(
    judged: WorkItem, worker: Actor, at: datetime, result: Result, said: dict[str, Any], owed: str
) -> None:
    with pytest.raises(SomethingOwedError, match=owed):
        record_attempt(actor=worker, at=at, item_id=judged.id, result=result, **said)


@pytest.mark.parametrize("code", ["riverside-homes", "riverside_homes"])
def test_a_wrong_person_is_asked_about_where_the_record_came_from_and_nobody_is_named(
    judged: WorkItem, council: Organisation, worker: Actor, at: datetime, code: str
) -> None:
    homes = Organisation.join(code=code, name="Riverside Homes", kind="housing")
    member(homes, "Dewi Pryce", "data_analyst")
    record_attempt(actor=worker, at=at, item_id=judged.id, result=Result.WRONG_PERSON, note="A man answered.")
    asked = DataQuestion.objects.get()
    assert (asked.owner, asked.source, asked.factor) == (homes, "housing_rent", "rent_arrears")
    assert "Bee" not in asked.title
    assert AuditEvent.objects.filter(code="outreach.data_questioned").count() == 1


def test_what_is_put_back_keeps_what_was_done_on_it(
    judged: WorkItem, asha: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    with pytest.raises(SomethingOwedError):
        put_back(actor=worker, at=at, item_id=judged.id, why="")
    back = put_back(actor=worker, at=at, item_id=judged.id, why="I am her cousin.")
    assert (back.state, back.assigned_to) == (State.PUT_BACK, None)
    again = assign_item(actor=manager, at=at, item_id=judged.id, member_id=asha.id)
    assert again.state == State.JUDGED


def test_an_item_whose_person_was_merged_into_another_is_worked_on_as_before(
    judged: WorkItem, person: Person, worker: Actor, manager: Actor, at: datetime
) -> None:
    from alongside.casework.people.commands.identity import merge_people

    kept = admit(manager, at, known_as="Beatrice")
    merge_people(actor=manager, at=at, kept_id=kept.id, absorbed_id=person.id, reason="One birthday.")
    record_attempt(actor=worker, at=at, item_id=judged.id, result=Result.SPOKE)
    everything()
    assert [each.result for each in judged.attempts.all()] == [Result.SPOKE]


def test_who_left_the_team_no_longer_finds_the_item(
    judged: WorkItem, council: Organisation, at: datetime
) -> None:
    from alongside.casework.kernel.errors import NotFoundError

    elsewhere = acting(member(council, "Lee Other", "practitioner"))
    with pytest.raises(NotFoundError):
        add_note(actor=elsewhere, at=at, item_id=judged.id, words="Hello.")


def test_a_row_of_another_organisation_is_hidden_from_raw_sql(
    judged: WorkItem, worker: Actor, peer: Actor, at: datetime
) -> None:
    add_note(actor=worker, at=at, item_id=judged.id, words="She likes cats.")
    for table in ("workitem", "judgement", "note"):
        for actor, seen in ((worker, 1), (peer, 0)):
            with transaction.atomic(), connections["default"].cursor() as cursor:
                everything(actor)
                cursor.execute(f"select count(*) from outreach_{table}")
                assert cursor.fetchone() == (seen,), table
