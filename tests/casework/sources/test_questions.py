"""Data questions: put to whoever owns the source, by post and telephone, and naming nobody."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests.casework.people.conftest import somebody_at
from tests.casework.sources.conftest import POLICY, WHY, joined

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.sources import jobs
from alongside.casework.sources.commands.questions import (
    NamesSomebodyError,
    NothingSaidError,
    OwnerNotHereError,
    QuestionSettledError,
    ask_data_question,
    say_in_thread,
    settle_data_question,
)
from alongside.casework.sources.models import DataQuestion, DataQuestionMessage, Flag, Run
from alongside.casework.sources.queries import list_questions, question_thread
from alongside.casework.sources.rules import names_somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(runs: object, db: None) -> Organisation:
    return joined("riverside_homes", "Riverside Homes", "housing")


@pytest.fixture
def landlord(homes: Organisation) -> Actor:
    return somebody_at(homes, "data_analyst", name="Sam Boateng")


def ask(actor: Actor, at: datetime, **asked: object) -> DataQuestion:
    given = {"source": "housing_rent", "title": "Weeks of arrears", "words": "Is 0 a zero, or not known?"}
    return ask_data_question(actor=actor, at=at, pack=area_pack(), **given | asked)  # type: ignore[arg-type]


@pytest.mark.proves("FIND-22")
def test_a_question_goes_to_the_owner_with_a_post_and_a_telephone_and_is_talked_over_and_settled(
    analyst: Actor, landlord: Actor, at: datetime
) -> None:
    question = ask(analyst, at)
    assert (question.owner.code, question.owner_name, question.owner_telephone) == (
        "riverside_homes",
        "Income team manager",
        "01632 960103",
    )
    assert [each.id for each in list_questions(actor=landlord)] == [question.id]
    say_in_thread(
        actor=landlord,
        at=at + timedelta(minutes=1),
        question_id=question.id,
        words="A zero is a zero.",
    )
    settle_data_question(actor=analyst, at=at, question_id=question.id, outcome="0 means no arrears.")
    thread = question_thread(actor=landlord, question_id=question.id, at=at)
    assert [(each.by, each.words) for each in thread.messages] == [
        ("Dewi Pryce", "Is 0 a zero, or not known?"),
        ("Sam Boateng", "A zero is a zero."),
    ]
    assert thread.question.outcome == "0 means no arrears."
    with pytest.raises(QuestionSettledError):
        say_in_thread(actor=landlord, at=at, question_id=question.id, words="One more thing.")
    assert AuditEvent.objects.filter(code__startswith="sources.question").count() == 3


def test_a_thread_is_between_those_who_asked_and_those_who_own_the_data(
    analyst: Actor, landlord: Actor, together: Organisation, council: Organisation, at: datetime
) -> None:
    question = ask(analyst, at)
    other = somebody_at(together, "practitioner")
    assert list_questions(actor=other) == []
    with pytest.raises(NotFoundError):
        question_thread(actor=other, question_id=question.id, at=at)
    with pytest.raises(NotFoundError):
        say_in_thread(actor=other, at=at, question_id=question.id, words="Hello?")
    with pytest.raises(NotFoundError):
        settle_data_question(actor=other, at=at, question_id=uuid4(), outcome="Done.")
    with pytest.raises(NotAllowedError):
        ask(somebody_at(council, "approver"), at)
    assert DataQuestionMessage.objects.count() == 1


def test_a_source_that_is_not_there_and_an_owner_that_is_not_here_are_told(
    analyst: Actor, homes: Organisation, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        ask(analyst, at, source="library_cards")
    with pytest.raises(NotFoundError):
        ask(analyst, at, factor="shoe_size")
    with pytest.raises(OwnerNotHereError, match="Phone"):
        ask(analyst, at, source="police")


@pytest.mark.parametrize("words", ["999 123 4567 is wrong", "About Ósé-Quill, why?", "What of BEE?"])
def test_a_thread_beside_a_flag_names_no_person(
    words: str, opened: Run, approver: Actor, together: Organisation, homes: Organisation, at: datetime
) -> None:
    flag = a_flag(opened, approver, together, at, known_as="Bee", surname="Ose-Quill")
    worker = somebody_at(together, "practitioner")
    tell_database(worker)
    with pytest.raises(NamesSomebodyError):
        ask(worker, at, flag_id=flag.id, words=words)
    with pytest.raises(NamesSomebodyError):
        ask(worker, at, flag_id=flag.id, title=words)
    question = ask(worker, at, flag_id=flag.id, words="Is this tenancy still open?")
    with pytest.raises(NamesSomebodyError):
        say_in_thread(actor=somebody_at(homes, "practitioner"), at=at, question_id=question.id, words=words)
    with pytest.raises(NamesSomebodyError):
        settle_data_question(actor=worker, at=at, question_id=question.id, outcome=words)


def test_who_owns_the_data_is_not_shown_a_flag_that_is_not_theirs_nor_can_anybody_ask_beside_one(
    opened: Run, approver: Actor, together: Organisation, landlord: Actor, at: datetime
) -> None:
    flag = a_flag(opened, approver, together, at)
    worker = somebody_at(together, "practitioner")
    question = ask(worker, at, flag_id=flag.id)
    assert question_thread(actor=worker, question_id=question.id, at=at).flag_is_seen
    assert not question_thread(actor=landlord, question_id=question.id, at=at).flag_is_seen
    with pytest.raises(NotFoundError):
        ask(landlord, at, flag_id=flag.id)


def test_an_empty_question_or_answer_is_refused(analyst: Actor, homes: Organisation, at: datetime) -> None:
    for empty in ({"title": " "}, {"words": ""}):
        with pytest.raises(NothingSaidError):
            ask(analyst, at, **empty)
    question = ask(analyst, at)
    with pytest.raises(NothingSaidError):
        settle_data_question(actor=analyst, at=at, question_id=question.id, outcome=" ")


def test_what_is_not_settled_comes_before_what_is(analyst: Actor, landlord: Actor, at: datetime) -> None:
    settled, still_open = ask(analyst, at), ask(analyst, at - timedelta(days=1), title="Former tenants")
    settle_data_question(actor=landlord, at=at, question_id=settled.id, outcome="It is a zero.")
    assert [each.id for each in list_questions(actor=analyst)] == [still_open.id, settled.id]


def test_names_are_found_as_words_and_whatever_their_accents() -> None:
    assert names_somebody("Is Siân there?", ["Sian"])
    assert not names_somebody("A sianate is a salt", ["Sian"])
    assert not names_somebody("Arrears of 12 weeks, 2026-09-14 to 2026-10-14; call 01632 960103", ["Sian"])
    assert names_somebody("999-123-4567?")
    assert names_somebody("What of QQ 12 34 56 C?")


def a_flag(opened: Run, approver: Actor, together: Organisation, at: datetime, **known: str) -> Flag:
    from alongside.casework.access.actors import system_actor

    jobs.release_cohort(
        actor=approver, at=at, run_id=opened.id, policy=POLICY, tiers=["this_week"],
        organisation_ids=[together.id], reason=WHY,
    )  # fmt: skip
    tell_database(system_actor("the test"))
    flag = Flag.objects.select_related("person")[0]
    if known:
        flag.person.tell(**known)
    return flag
