"""Conversations keep every version, ask about danger first, end once; no referral is left in the air."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from tests.casework.outreach.conftest import everything

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.commands.half_way import TalkUnfinishedError
from alongside.casework.outreach.commands.referring import (
    ReferralAnsweredError,
    ReferralNeedsWordsError,
    ReferralNotAcceptedError,
    ReferredAlreadyError,
    ReferredToOneselfError,
    accept_referral,
    complete_referral,
    decline_referral,
    make_referral,
)
from alongside.casework.outreach.commands.talking import (
    AnswerTooLongError,
    Came,
    ConversationFinishedError,
    ConversationOpenError,
    DangerNotAskedError,
    NotAnAnswerError,
    NothingCameOfItError,
    NothingNewError,
    OutcomeIncompleteError,
    autosave_answer,
    begin_conversation,
    finish_conversation,
    note_danger,
)
from alongside.casework.outreach.commands.working import (
    ReferralUnansweredError,
    finish_item,
)
from alongside.casework.outreach.models import Answer, Conversation, Outcome, Referral, WorkItem
from alongside.casework.outreach.rules import (
    OutcomeKind,
    ReferralState,
    State,
)
from alongside.casework.people.models import AboutMe, Person
from alongside.casework.people.queries import person_page

pytestmark = pytest.mark.django_db
ADVICE = Came(OutcomeKind.ADVICE, words="Told her of the warm rooms.")
HOSTILE = "<script>alert(1)</script> My garden & “cat”.\n  "


@pytest.fixture
def begun(judged: WorkItem, worker: Actor, at: datetime, guide: dict[str, Any]) -> Conversation:
    return begin_conversation(actor=worker, at=at, item_id=judged.id, guide="first_call/2", guide_words=guide)


@pytest.fixture
def talk(begun: Conversation, worker: Actor, at: datetime) -> Conversation:
    return note_danger(actor=worker, at=at, conversation_id=begun.id, danger=False)


def test_a_worry_of_others_is_not_repeated_where_every_organisation_reads_it(
    judged: WorkItem, worker: Actor, at: datetime, guide: dict[str, Any]
) -> None:
    WorkItem.objects.filter(id=judged.id).update(
        raised_by="Asha Patel", raised_why="Dave hits her, the neighbour told us."
    )
    begun = begin_conversation(
        actor=worker, at=at, item_id=judged.id, guide="first_call/2", guide_words=guide
    )
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": begun.id}
    note_danger(**given, danger=False)
    asked = [
        each["code"]
        for section in begun.guide_words["sections"]
        for each in section["prompts"]
        if "neighbour" in each["say"]
    ]
    autosave_answer(**given, prompt=asked[0], words="I am fine.")
    finish_conversation(**given, came=[ADVICE])
    everything()
    said = AboutMe.objects.get(words="I am fine.")
    assert "neighbour" not in said.how
    assert said.how.endswith("asked how they see something that others are worried about")


def test_nothing_written_in_a_conversation_is_left_behind_when_its_item_is_finished(
    talk: Conversation, judged: WorkItem, worker: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": talk.id}
    autosave_answer(**given, prompt="good_day", words="Sun.")
    with pytest.raises(TalkUnfinishedError):
        finish_item(actor=worker, at=at, item_id=judged.id, words="All well.")
    finish_conversation(**given, came=[ADVICE])
    finish_item(actor=worker, at=at, item_id=judged.id, words="All well.")
    everything()
    assert AboutMe.objects.filter(words="Sun.").exists()


def test_an_item_whose_conversation_has_nothing_in_it_can_be_finished(
    begun: Conversation, judged: WorkItem, worker: Actor, at: datetime
) -> None:
    finish_item(actor=worker, at=at, item_id=judged.id, words="Begun by mistake; she has moved away.")
    everything()
    assert not AboutMe.objects.exists()


def test_danger_is_asked_first_and_a_yes_is_a_concern_at_once(
    begun: Conversation, worker: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": begun.id}
    with pytest.raises(DangerNotAskedError):
        autosave_answer(**given, prompt="good_day", words="Sun.")
    with pytest.raises(DangerNotAskedError):
        finish_conversation(**given, came=[ADVICE])
    note_danger(**given, danger=True)
    everything()
    concern = Concern.objects.get()
    assert concern.immediate_danger
    assert concern.why_not_safe.startswith("Nobody has asked yet"), "so nobody reads it out unlooked at"


@pytest.mark.proves("FIND-14")
def test_the_guide_is_kept_as_it_was_with_strengths_before_worries(talk: Conversation) -> None:
    about = [section["about"] for section in talk.guide_words["sections"]]
    assert about.index("strengths") < about.index("worries")
    assert talk.guide == "first_call/2"


def test_every_version_of_an_answer_is_kept_whichever_device_it_comes_from(
    talk: Conversation, worker: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": talk.id, "prompt": "good_day"}
    for words in ("Sun", "Sun and tea", "From the other telephone", ""):
        autosave_answer(**given, words=words)
    with pytest.raises(NothingNewError):
        autosave_answer(**given, words="")
    everything()
    kept = Answer.objects.order_by("version").values_list("words", flat=True)
    assert list(kept) == ["Sun", "Sun and tea", "From the other telephone", ""]
    with pytest.raises(DatabaseError, match="kept as it was"):
        Answer.objects.update(words="x")


@pytest.mark.parametrize(
    ("prompt", "words", "refusal"),
    [
        ("good_day", "a" * 1_000_000, AnswerTooLongError),
        ("good_day", "a\x00b", NotAnAnswerError),
        ("why_i_call", "Perhaps", NotAnAnswerError),
        ("who_i_am", "It is me", NotFoundError),
        ("no_such_prompt", "Hello", NotFoundError),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused_and_the_one_before_stands(
    talk: Conversation, worker: Actor, at: datetime, prompt: str, words: str, refusal: type[Exception]
) -> None:
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": talk.id}
    autosave_answer(**given, prompt="good_day", words="Sun")
    with pytest.raises(refusal) as why:
        autosave_answer(**given, prompt=prompt, words=words)
    assert len(str(why.value)) < 300
    everything()
    assert Answer.objects.get().words == "Sun"


@pytest.mark.proves("FIND-14", "ENABLE-23")
def test_words_about_strengths_go_to_the_persons_page_exactly_as_said(
    talk: Conversation, worker: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": talk.id}
    autosave_answer(**given, prompt="good_day", words=HOSTILE)
    autosave_answer(**given, prompt="who_matters", words="My sister.")
    autosave_answer(**given, prompt="offer", words="Yes")
    finish_conversation(**given, came=[], next_steps="I ring my sister on Sunday.")
    everything()
    assert {(said.section, said.words) for said in AboutMe.objects.all()} == {
        ("working", HOSTILE), ("people", "My sister."),
    }  # fmt: skip


@pytest.mark.proves("FIND-12")
def test_signposts_advice_referrals_and_concerns_are_kept_each_as_what_it_is(
    talk: Conversation, charity: Organisation, worker: Actor, at: datetime
) -> None:
    came = [
        ADVICE,
        Came(OutcomeKind.SIGNPOST, service_name="Food club", service_telephone="01632 960001", on_paper=True),
        Came(OutcomeKind.CONCERN, words="Her son takes her money."),
        Came(
            OutcomeKind.REFERRAL, words="She would like company.", organisation_id=charity.id,
            person_agrees="yes",
        ),
    ]  # fmt: skip
    finish_conversation(actor=worker, at=at, conversation_id=talk.id, came=came)
    everything()
    assert sorted(Outcome.objects.values_list("kind", flat=True)) == [
        "advice", "concern", "referral", "signpost",
    ]  # fmt: skip
    assert Concern.objects.get().words == "Her son takes her money."
    assert Referral.objects.get().to_organisation == charity


def test_a_conversation_is_finished_once_and_only_with_something(
    talk: Conversation, judged: WorkItem, worker: Actor, at: datetime, guide: dict[str, Any]
) -> None:
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": talk.id}
    with pytest.raises(ConversationOpenError):
        begin_conversation(actor=worker, at=at, item_id=judged.id, guide="first_call/2", guide_words=guide)
    with pytest.raises(NothingCameOfItError):
        finish_conversation(**given, came=[])
    finish_conversation(**given, came=[ADVICE])
    for again in (
        lambda: finish_conversation(**given, came=[ADVICE]),
        lambda: autosave_answer(**given, prompt="good_day", words="Sun"),
        lambda: note_danger(**given, danger=False),
    ):
        with pytest.raises(ConversationFinishedError, match="Asha Patel finished"):
            again()
    everything()
    assert Outcome.objects.count() == 1


def test_an_outcome_that_lacks_something_undoes_the_whole_ending(
    talk: Conversation, worker: Actor, at: datetime
) -> None:
    for wanting in (
        Came(OutcomeKind.SIGNPOST),
        Came(OutcomeKind.CONCERN),
        Came(OutcomeKind.REFERRAL, words="x"),
    ):
        with pytest.raises(OutcomeIncompleteError):
            finish_conversation(actor=worker, at=at, conversation_id=talk.id, came=[ADVICE, wanting])
    everything()
    assert not Outcome.objects.exists()
    assert Conversation.objects.get().finished_at is None


def refer(worker: Actor, at: datetime, item: WorkItem, to: Organisation, **other: Any) -> Referral:
    return make_referral(
        actor=worker, at=at, item_id=item.id, to_organisation_id=to.id,
        **{"why": "She would like company.", "person_agrees": "yes"} | other,
    )  # fmt: skip


@pytest.mark.proves("ENABLE-11")
def test_who_is_asked_sees_the_person_only_once_they_accept_and_says_what_was_done(
    judged: WorkItem, person: Person, charity: Organisation, worker: Actor, peer: Actor, at: datetime
) -> None:
    made = refer(worker, at, judged, charity)
    with pytest.raises(NotFoundError):
        person_page(actor=peer, person_id=person.id, at=at)
    with pytest.raises(ReferralNotAcceptedError):
        complete_referral(actor=peer, at=at, referral_id=made.id, words="We walk on Fridays.")
    with pytest.raises(NotAllowedError):
        accept_referral(actor=worker, at=at, referral_id=made.id)
    theirs = accept_referral(actor=peer, at=at, referral_id=made.id)
    assert (theirs.organisation, theirs.raised_why) == (charity, "She would like company.")
    assert person_page(actor=peer, person_id=person.id, at=at).person == person
    with pytest.raises(ReferralAnsweredError):
        decline_referral(actor=peer, at=at, referral_id=made.id, why="x", other_route="y")
    complete_referral(actor=peer, at=at, referral_id=made.id, words="We walk on Fridays.")
    with pytest.raises(NotFoundError):
        person_page(actor=peer, person_id=person.id, at=at)
    everything()
    assert Referral.objects.get().done_words == "We walk on Fridays."
    assert {"person.reach_gained", "person.reach_ended"} <= set(
        AuditEvent.objects.values_list("code", flat=True)
    )


def test_a_no_has_a_reason_and_another_way_and_the_item_does_not_end_before_that_is_followed(
    judged: WorkItem, charity: Organisation, worker: Actor, peer: Actor, at: datetime
) -> None:
    made = refer(worker, at, judged, charity)
    given: dict[str, Any] = {"actor": worker, "at": at + timedelta(days=1), "item_id": judged.id}
    with pytest.raises(ReferralUnansweredError, match="has not answered"):
        finish_item(**given, words="Referred.")
    for why, route in (("", "The library"), ("We are full.", " ")):
        with pytest.raises(ReferralNeedsWordsError):
            decline_referral(actor=peer, at=at, referral_id=made.id, why=why, other_route=route)
    decline_referral(
        actor=peer, at=at, referral_id=made.id, why="We are full.", other_route="The library's club"
    )
    with pytest.raises(ReferralUnansweredError, match="The library's club"):
        finish_item(**given, words="Referred.")
    homes = Organisation.join(code="riverside-homes", name="Riverside Homes", kind="housing")
    second = refer(worker, at + timedelta(hours=1), judged, homes)
    everything()
    Referral.objects.filter(id=second.id).update(state="accepted", answered_at=at, answered_by="Jo")
    assert finish_item(**given, words="Riverside Homes sees her.").state == State.DONE


def test_a_whole_item_stays_here_until_the_other_organisation_takes_it(
    judged: WorkItem, charity: Organisation, council: Organisation, worker: Actor, peer: Actor, at: datetime
) -> None:
    with pytest.raises(ReferredToOneselfError):
        refer(worker, at, judged, council)
    made = refer(worker, at, judged, charity, hands_over=True)
    with pytest.raises(ReferredAlreadyError):
        refer(worker, at, judged, charity)
    everything()
    assert WorkItem.objects.get(id=judged.id).state == State.JUDGED
    accept_referral(actor=peer, at=at, referral_id=made.id)
    everything()
    assert WorkItem.objects.get(id=judged.id).state == State.HANDED_OVER
    assert Referral.objects.get().state == ReferralState.ACCEPTED


def test_a_referral_between_others_is_answered_like_a_missing_one(
    judged: WorkItem, charity: Organisation, worker: Actor, peer: Actor, at: datetime
) -> None:
    from uuid import uuid4

    from tests.casework.outreach.conftest import acting, member

    made = refer(worker, at, judged, charity)
    homes = Organisation.join(code="riverside-homes", name="Riverside Homes", kind="housing")
    other = acting(member(homes, "Jo Third", "practitioner"))
    said = set()
    for referral_id in (made.id, uuid4()):
        with pytest.raises(NotFoundError) as answer:
            accept_referral(actor=other, at=at, referral_id=referral_id)
        said.add(str(answer.value))
    assert len(said) == 1


def test_a_referral_of_a_record_merged_since_lets_the_person_be_seen(
    judged: WorkItem, person: Person, charity: Organisation, worker: Actor, manager: Actor, peer: Actor,
    at: datetime,
) -> None:  # fmt: skip
    from tests.casework.outreach.conftest import admit

    from alongside.casework.people.commands.identity import merge_people

    made = refer(worker, at, judged, charity)
    kept = admit(manager, at, known_as="Beatrice")
    merge_people(actor=manager, at=at, kept_id=kept.id, absorbed_id=person.id, reason="One birthday.")
    theirs = accept_referral(actor=peer, at=at, referral_id=made.id)
    assert theirs.person == person, "whom it is about, should the records be parted again"
    assert person_page(actor=peer, person_id=person.id, at=at).person == kept
