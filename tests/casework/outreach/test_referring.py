"""Whom one refers to is seen first: what they do, for whom, what they need, and which services they have."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from tests.casework.directory.conftest import FOOD_BANK
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, everything, member

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.directory import commands as directory
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.models import Conversation, Referral, WorkItem
from alongside.casework.outreach.views import asking, conversations, endings
from alongside.casework.people.queries.telling import ToldAgainstTheirWishError
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
PROFILE = {
    "remit": "Company for people who are alone.",
    "thresholds": "Anybody over 18; we need to know how they like to be reached.",
    "how_we_work": "In pairs, at their pace.",
    "what_we_can_offer": "A walk, a meal, a listening ear.",
    "telephone": "01632 960003",
}
SENT = {"why": "<b>Company</b> on Fridays.", "person_agrees": "yes", "safe": "yes"}


@pytest.fixture
def peers(charity: Organisation, at: datetime) -> Organisation:
    charity.describe(**PROFILE)
    editor = acting(member(charity, "Ola Finch", "directory_editor"))
    directory.publish_service(actor=editor, at=at, entry=FOOD_BANK)
    return charity


@pytest.mark.proves("CARE-06", "CARE-09")
def test_what_an_organisation_does_and_how_to_reach_it_is_shown_before_anything_is_written_or_sent(
    ask: Ask, judged: WorkItem, peers: Organisation
) -> None:
    choices = ask(asking.refer, item_id=judged.id)
    assert "Been There" in choices
    assert "Company for people who are alone." in choices
    given = {"item_id": judged.id, "organisation_id": peers.id}
    form = ask(asking.refer_to, **given)
    for told in (*PROFILE.values(), "Riverside Food Bank", "Not open now"):
        assert told in form
    assert form.index("A walk, a meal") < form.index("<textarea"), "what they do comes before one's words"
    check = ask(asking.refer_to, SENT, **given)
    assert "Check your referral before it is sent" in check
    assert "&lt;b&gt;Company&lt;/b&gt; on Fridays." in check
    assert "01632 960003" in check
    everything()
    assert not Referral.objects.exists(), "a look at it sends nothing"
    back = ask(asking.refer_to, SENT | {"change": "yes"}, **given)
    assert "&lt;b&gt;Company&lt;/b&gt; on Fridays." in back
    sent = ask(asking.refer_to, SENT | {"confirmed": "yes"}, **given)
    assert sent == reverse("outreach:item", args=[judged.id])
    everything()
    assert Referral.objects.get().why == SENT["why"]


@pytest.mark.proves("CARE-09")
def test_what_an_organisation_has_not_said_is_told_with_what_to_do_about_it(
    ask: Ask, judged: WorkItem, charity: Organisation
) -> None:
    form = ask(asking.refer_to, item_id=judged.id, organisation_id=charity.id)
    assert "Not filled in yet" in form
    assert "phone them before you refer" in form


def test_a_referral_that_is_not_whole_is_sent_back_with_all_that_was_written(
    ask: Ask, judged: WorkItem, peers: Organisation
) -> None:
    given = {"item_id": judged.id, "organisation_id": peers.id}
    text = ask(asking.refer_to, {"why": "Half a thought", "confirmed": "yes"}, **given)
    assert "Half a thought" in text
    assert "A walk, a meal" in text
    ask(asking.refer_to, SENT | {"confirmed": "yes"}, **given)
    assert "already has a referral about this" in ask(asking.refer_to, SENT | {"confirmed": "yes"}, **given)
    everything()
    assert Referral.objects.count() == 1


@pytest.mark.proves("CARE-06")
@pytest.mark.parametrize(
    ("said", "told"),
    [("yes", "They agree"), ("no", "They do not agree"), ("", "They have not been asked yet")],
)
def test_the_last_look_at_a_referral_out_of_a_conversation_says_what_the_person_said_about_it(
    ask: Ask, judged: WorkItem, peers: Organisation, said: str, told: str
) -> None:
    ask(conversations.begin, {}, item_id=judged.id)
    everything()
    talk = Conversation.objects.get()
    ask(conversations.danger, {"danger": "no"}, conversation_id=talk.id)
    sent = {"refer_to": str(peers.id), "refer_why": "Company.", "person_agrees": said, "safe": "yes"}
    ask(endings.end, sent, conversation_id=talk.id)
    check = ask(endings.end_check, conversation_id=talk.id)
    assert "What the person said about it" in check
    assert told in check


@pytest.mark.proves("CARE-06")
def test_a_referral_out_of_a_conversation_shows_what_they_do_before_it_is_sent_too(
    ask: Ask, judged: WorkItem, peers: Organisation
) -> None:
    ask(conversations.begin, {}, item_id=judged.id)
    everything()
    talk = Conversation.objects.get()
    ask(conversations.danger, {"danger": "no"}, conversation_id=talk.id)
    sent: dict[str, Any] = {
        "next_steps": "We try.", "refer_to": str(peers.id), "refer_why": "Company.", "person_agrees": "yes",
        "safe": "yes",
    }  # fmt: skip
    where = reverse("outreach:end_check", args=[talk.id])
    assert ask(endings.end, sent, conversation_id=talk.id) == where
    everything()
    assert not Referral.objects.exists()
    check = ask(endings.end_check, conversation_id=talk.id)
    for told in ("Company.", *PROFILE.values()):
        assert told in check
    ask(endings.end_check, {}, conversation_id=talk.id)
    everything()
    made = Referral.objects.get()
    assert (made.why, made.person_agrees) == ("Company.", "yes")
    again = ask(endings.end_check, {}, conversation_id=talk.id)
    assert again == reverse("outreach:end", args=[talk.id]), "there is nothing left to send"


def test_an_organisation_that_is_none_and_an_item_of_others_are_not_there(
    ask: Ask, judged: WorkItem, peers: Organisation, peer: Actor
) -> None:
    with pytest.raises(NotFoundError):
        ask(asking.refer_to, item_id=judged.id, organisation_id=judged.id)
    with pytest.raises(NotFoundError):
        ask(asking.refer_to, item_id=judged.id, organisation_id=peers.id, actor=peer)


@pytest.mark.proves("MARM-29")
def test_nobody_is_referred_to_an_organisation_that_the_person_asked_not_to_tell(
    judged: WorkItem, worker: Actor, charity: Organisation, at: datetime
) -> None:
    said = Statement(
        answer=Answer.REFUSES, topics=(Topic.EVERYTHING,), recipients=frozenset({charity.id}),
        exactly="Anything", said_on=at.date(), capacity="assumed", method="spoken",
    )  # fmt: skip
    record_choices(actor=worker, at=at, person_id=judged.person_id, said=said)
    with pytest.raises(ToldAgainstTheirWishError):
        make_referral(
            actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="A visit",
            person_agrees="yes",
        )  # fmt: skip
    assert not judged.referrals.exists()
