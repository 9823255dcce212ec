"""The pages of outreach: words first, everything escaped, nothing lost, no script needed."""

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import admit, everything, flag_for

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Absence, Membership, Organisation, Team
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.commands.distributing import distribute_flags, raise_item
from alongside.casework.outreach.commands.giving import assign_item, offer_item
from alongside.casework.outreach.jobs import expire_nightly
from alongside.casework.outreach.models import Answer, Conversation, Judgement, Referral, WorkItem
from alongside.casework.outreach.queries.lists import agreement_rates, my_list
from alongside.casework.outreach.rules import (
    Priority,
    State,
)
from alongside.casework.outreach.views import asking, conversations, endings, items, lists, referrals
from alongside.casework.people.commands.records import write_down_words
from alongside.casework.people.models import Person
from alongside.casework.people.rules import Section
from alongside.casework.sources.models import Flag, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
NASTY = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.fixture
def talk(ask: Ask, judged: WorkItem) -> Conversation:
    ask(conversations.begin, {}, item_id=judged.id)
    everything()
    begun = Conversation.objects.get()
    ask(conversations.danger, {"danger": "no"}, conversation_id=begun.id)
    return begun


@pytest.mark.proves("ENABLE-23")
def test_an_item_shows_own_words_first_then_reasons_with_source_and_date_then_what_is_not_known(
    ask: Ask, item: WorkItem, person: Person, worker: Actor, at: datetime
) -> None:
    write_down_words(
        actor=worker, at=at, person_id=person.id, section=Section.MATTERS, words=NASTY, said_on=at.date()
    )
    text = ask(items.item, item_id=item.id)
    order = [
        ESCAPED, "Rent is in arrears", "Rent accounts, Riverside Homes, true on 20 October 2026",
        "Whether the home is warm", "What do you know that these sources do not?",
        f"it is number {item.flag.rank} in “Soon”", "Say what you think of the flag",
    ]  # fmt: skip
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert NASTY not in text
    assert "I tried to get in touch" not in text
    assert AuditEvent.objects.filter(code="outreach.item_seen", person_id=person.id).count() == 1


def test_a_tier_and_an_organisation_are_called_what_the_pack_calls_them_and_a_broken_pack_closes_no_page(
    ask: Ask, item: WorkItem, settings: Settings, tmp_path: Path
) -> None:
    everything()
    Flag.objects.filter(id=item.flag_id).update(policy="early_help/4", tier="this_week")
    title = "Turned away or said no, and strain in two or more parts of life, place 1"
    for page in (ask(items.item, item_id=item.id), ask(lists.mine)):
        assert title in page
    settings.AREA_FOLDER = tmp_path
    page = ask(items.item, item_id=item.id)
    assert "This week, place 1" in page
    assert "Rent accounts, Riverside homes, true on" in page


def test_the_page_of_somebody_elses_item_is_not_there(ask: Ask, item: WorkItem, peer: Actor) -> None:
    with pytest.raises(NotFoundError):
        ask(items.item, item_id=item.id, actor=peer)


def test_judging_says_why_it_was_refused_and_keeps_what_was_written(
    ask: Ask, item: WorkItem, manager: Actor, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    sent = {"verdict": "agree", "why": "I wrote all this."}
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(weeks=7))
    text = ask(items.judge, sent, item_id=item.id)
    assert "no longer in force" in text
    assert "I wrote all this." in text
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert ask(items.judge, sent, item_id=item.id) == reverse("outreach:item", args=[item.id])
    text = ask(items.judge, sent, item_id=item.id, actor=manager)
    assert "Asha Patel has already judged this flag" in text
    everything()
    assert Judgement.objects.count() == 1


def on(day: date) -> dict[str, str]:
    """When to try next, as the three boxes send it."""
    return {f"try_next_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def test_a_day_to_try_next_that_there_is_not_is_refused_in_words(ask: Ask, judged: WorkItem) -> None:
    unreal = {"try_next_on-day": "31", "try_next_on-month": "11", "try_next_on-year": "2026"}
    text = ask(items.attempt, {"result": "not_reached", **unreal}, item_id=judged.id)
    assert "Enter a real date" in text
    assert 'name="try_next_on-day" type="text" value="31"' in text


@pytest.mark.proves("FIND-13", "FIND-05")
def test_todays_list_says_where_each_comes_from_and_puts_what_is_for_later_last(
    ask: Ask, judged: WorkItem, asha: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    ask(items.attempt, {"result": "not_reached", **on(at + timedelta(days=1))}, item_id=judged.id)
    from tests.casework.outreach.conftest import admit

    second = raise_item(
        actor=worker, at=at, person_id=admit(worker, at, known_as="Cy").id, team_id=None,
        priority=Priority.ROUTINE, why="Worried.",
    )  # fmt: skip
    assign_item(actor=manager, at=at, item_id=second.id, member_id=asha.id)
    text = ask(lists.mine)
    assert text.index("From: A professional") < text.index("From: The data")
    assert "Try again on 3 November 2026" in text
    with pytest.raises(NotAllowedError):
        ask(lists.manager)


def test_a_team_sees_where_its_week_ends_and_others_do_not_see_the_list(
    ask: Ask, item: WorkItem, team: Team, peer: Actor
) -> None:
    team.capacity_per_week = 0
    team.save()
    assert "From here on, it is more than the team can take on" in ask(lists.team, team_id=team.id)
    with pytest.raises(NotFoundError):
        ask(lists.team, team_id=team.id, actor=peer)


@pytest.mark.parametrize("what", ["note", "put_back", "finish", "prioritise", "offer"])
def test_every_form_of_an_item_can_be_opened(ask: Ask, judged: WorkItem, what: str) -> None:
    assert "<form" in ask(getattr(items, what), item_id=judged.id)


def test_a_note_a_refusal_and_an_ending_go_through_the_pages(ask: Ask, judged: WorkItem) -> None:
    where = reverse("outreach:item", args=[judged.id])
    assert ask(items.note, {"words": NASTY}, item_id=judged.id) == where
    refused = {"result": "spoke_declined_now"}
    assert "what you will offer instead" in ask(items.attempt, refused, item_id=judged.id)
    more = {"next_offer": "A peer calls", **on(date(2026, 11, 5))}
    assert ask(items.attempt, refused | more, item_id=judged.id) == where
    assert "not a reason to stop looking" in ask(items.finish, {"words": "Said no."}, item_id=judged.id)
    text = ask(items.item, item_id=judged.id)
    assert "Said no once" in text
    assert ESCAPED in text
    assert ask(items.put_back, {"words": "I am away."}, item_id=judged.id) == reverse("outreach:mine")


def test_handing_over_goes_through_the_pages(
    ask: Ask, judged: WorkItem, ben: Membership, worker: Actor, at: datetime
) -> None:
    from tests.casework.outreach.conftest import acting

    ask(items.offer, {"member": str(ben.id), "why": "He knows her."}, item_id=judged.id)
    bens = acting(ben)
    assert "You have been asked to take over" in ask(lists.mine, actor=bens)
    ask(items.answer_offer, {"accepted": "yes", "why": ""}, item_id=judged.id, actor=bens)
    assert [each.id for each in my_list(actor=bens, at=at).items] == [judged.id]
    with pytest.raises(NotFoundError):
        ask(items.answer_offer, {"accepted": "yes"}, item_id=judged.id, actor=bens)
    again = offer_item(actor=bens, at=at, item_id=judged.id, member_id=judged.assigned_to_id, why="Back.")  # type: ignore[arg-type]
    assert again.accepted is None


@pytest.mark.proves("FIND-02")
def test_a_manager_moves_everything_of_somebody_away(
    ask: Ask, item: WorkItem, asha: Membership, ben: Membership, manager: Actor, at: datetime
) -> None:
    Absence.begin(membership=asha, on=at.date(), until=None, cover=None)
    assert "Asha Patel: 1 open, <strong>away</strong>" in ask(lists.manager, actor=manager)
    sent = {"away": str(asha.id), "to": str(ben.id)}
    assert ask(lists.cover, sent, actor=manager) == reverse("outreach:manager")
    everything()
    assert WorkItem.objects.get().assigned_to == ben


def test_whose_items_cannot_be_moved_and_which_skill_is_lacking_is_told(
    ask: Ask,
    item: WorkItem,
    asha: Membership,
    ben: Membership,
    gwen: Membership,
    manager: Actor,
    at: datetime,
) -> None:
    for name, skills in (("Cy", ["welsh"]), (f"Dee {NASTY}", ["welsh", "signing"])):
        made = raise_item(
            actor=manager, at=at + timedelta(seconds=len(skills)), team_id=None,
            person_id=admit(manager, at, known_as=name).id, priority=Priority.TODAY,
            why="We need to understand each other.", skills=skills,
        )  # fmt: skip
        everything()
        Membership.objects.filter(id=ben.id).update(skills=["welsh", "signing"])
        assign_item(actor=manager, at=at, item_id=made.id, member_id=ben.id)
    assign_item(actor=manager, at=at, item_id=item.id, member_id=ben.id)
    Membership.objects.filter(id=asha.id).update(skills=["signing"])
    text = ask(lists.cover, {"away": str(ben.id), "to": str(asha.id)}, actor=manager)
    assert f"people need: Cy (needs welsh); Dee {ESCAPED} (needs welsh). Give these to somebody" in text
    assert "Bee" not in text, "anybody can take hers"
    seen = AuditEvent.objects.filter(code="outreach.list_seen", details={"items": 2})
    assert seen.count() == 1, "a look at two people's names"
    text = ask(lists.cover, {"away": str(ben.id), "to": str(gwen.id)}, actor=manager)
    assert f"Cy (needs welsh); Dee {ESCAPED} (needs signing, welsh)" in text
    everything()
    assert {each.assigned_to for each in WorkItem.objects.all()} == {ben}


def test_what_expired_is_told_to_the_manager(
    ask: Ask, item: WorkItem, manager: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = at + timedelta(weeks=6, days=1)
    assert expire_nightly(at=at).words == "No flag had ended."
    assert expire_nightly(at=later).words.endswith(": 1. Managers see how many.")
    monkeypatch.setattr(timezone, "now", lambda: later)
    told = ask(lists.manager, actor=manager).split("Expired before anybody acted")[1]
    assert "Contact team: 1" in told
    assert "Bee" not in told, "whom it was about can no longer be seen"
    everything()
    assert WorkItem.objects.get().state == State.EXPIRED


@pytest.mark.proves("FIND-14", "ENABLE-10")
def test_a_conversation_goes_theme_by_theme_without_a_script_and_danger_is_one_tap_away(
    ask: Ask, talk: Conversation
) -> None:
    code, seen = talk.guide_words["sections"][0]["code"], []
    while code:
        text = ask(conversations.theme, conversation_id=talk.id, code=code)
        assert "Somebody is in danger now" in text
        seen.append(code)
        to = ask(conversations.theme, {"answer-good_day": NASTY}, conversation_id=talk.id, code=code)
        code = to.rstrip("/").split("/")[-1] if "/theme/" in to else ""
    assert seen == ["hello", "talking", "strengths", "people", "worries", "next_step"]
    everything()
    assert [kept.words for kept in Answer.objects.all()] == [NASTY], "only on the theme it belongs to, once"
    text = ask(conversations.theme, conversation_id=talk.id, code="strengths")
    assert ESCAPED in text
    assert NASTY not in text


def test_an_answer_too_long_is_refused_with_all_of_it_still_in_the_box(ask: Ask, talk: Conversation) -> None:
    long = "a" * 1_000_000
    text = ask(conversations.theme, {"answer-good_day": long}, conversation_id=talk.id, code="strengths")
    assert "at most 10,000 characters, and this has 1,000,000" in text
    assert long in text
    told = json.loads(
        ask(conversations.answer, {"prompt": "good_day", "words": long}, conversation_id=talk.id)
    )
    assert told["kept"] is False
    told = json.loads(
        ask(conversations.answer, {"prompt": "good_day", "words": "Sun"}, conversation_id=talk.id)
    )
    assert told == {"kept": True, "said": "Saved"}


def test_whoever_writes_is_told_when_their_words_were_not_sent(ask: Ask, talk: Conversation) -> None:
    for page in (
        ask(conversations.theme, conversation_id=talk.id, code="strengths"),
        ask(endings.end, conversation_id=talk.id),
    ):
        assert 'data-autosave-held="Not sent: the connection was lost' in page
        assert 'data-autosave-lost="Not sent, and this device cannot hold it' in page


@pytest.mark.proves("FIND-15")
def test_the_page_the_person_keeps_has_their_words_and_only_what_they_want_on_it(
    ask: Ask, talk: Conversation, judged: WorkItem, charity: Organisation
) -> None:
    sent = {
        "next_steps": "I ring my sister.\n<b>Sunday</b>", "service_name": "A refuge", "advice": "Keep a bag.",
        "refer_to": str(charity.id), "refer_why": "Company.", "person_agrees": "yes", "safe": "yes",
        "concern": "Her son takes her money.", "worry_safe": "yes",
    }  # fmt: skip
    to_check = reverse("outreach:end_check", args=[talk.id])
    assert ask(endings.end, sent, conversation_id=talk.id) == to_check
    done = ask(endings.end_check, {}, conversation_id=talk.id)
    assert done == reverse("outreach:item", args=[judged.id])
    text = ask(conversations.next_steps, conversation_id=talk.id)
    assert "I ring my sister." in text
    assert "&lt;b&gt;Sunday" in text
    for hidden in ("A refuge", "Keep a bag", "son", "Rent", "Company", "flag"):
        assert hidden not in text
    again = {"next_steps": "Once more."}
    assert "finished this conversation" in ask(endings.end, again, conversation_id=talk.id)


def test_danger_shows_whom_to_call_at_once_and_a_page_loaded_again_raises_nothing_more(
    ask: Ask, talk: Conversation
) -> None:
    where = reverse("outreach:call_now", args=[talk.id])
    assert ask(conversations.danger, {"danger": "yes"}, conversation_id=talk.id) == where
    raised = "A concern has been raised in your name."
    assert raised in ask(conversations.call_now, conversation_id=talk.id)
    for _ in range(2):
        assert 'href="tel:999"' in ask(conversations.call_now, conversation_id=talk.id)
    everything()
    assert Concern.objects.count() == 1


def test_whoever_calls_for_help_sees_where_the_person_lives_unless_that_is_protected(
    ask: Ask, talk: Conversation, person: Person
) -> None:
    page = ask(conversations.call_now, conversation_id=talk.id)
    assert "No address is known." in page
    assert "A concern has been raised" not in page  # nobody has answered yet whether there is danger
    assert f'"govuk-caption-xl">{person.full_name}<' in page
    everything()
    Person.objects.filter(id=person.id).update(address="4 Mill Row", postcode="RV1 1AA")
    assert "4 Mill Row, RV1 1AA" in ask(conversations.call_now, conversation_id=talk.id)
    everything()
    Person.objects.filter(id=person.id).update(address_protected=True)
    page = ask(conversations.call_now, conversation_id=talk.id)
    assert "The address is protected" in page
    assert "Mill Row" not in page


def test_a_referral_is_declined_with_another_way_on_the_pages_and_shown_to_who_referred(
    ask: Ask, judged: WorkItem, charity: Organisation, peer: Actor
) -> None:
    sent = {"why": "Company.", "person_agrees": "not_asked", "safe": "yes", "confirmed": "yes"}
    ask(asking.refer_to, sent, item_id=judged.id, organisation_id=charity.id)
    everything()
    made = Referral.objects.get()
    assert "Beatrice" in ask(referrals.referrals, actor=peer)
    ask(referrals.decline, {"why": "Full.", "other_route": "The library"}, referral_id=made.id, actor=peer)
    assert "Full. Instead: The library" in ask(referrals.referrals)
    with pytest.raises(NotFoundError):
        ask(items.item, item_id=judged.id, actor=peer)


def test_rates_of_agreement_hold_small_numbers_back(
    ask: Ask, judged: WorkItem, manager: Actor, worker: Actor
) -> None:
    rates = agreement_rates(actor=manager)
    assert [rate.judged for _, rate in rates.members] == [None]
    assert "Fewer than 5" in ask(lists.manager, actor=manager)
    with pytest.raises(NotAllowedError):
        agreement_rates(actor=worker)


def test_a_long_list_says_how_long_it_is_and_goes_on_where_a_page_ends(
    ask: Ask, release: Release, council: Organisation, team: Team, manager: Actor, worker: Actor, at: datetime
) -> None:
    team.capacity_per_week = 52
    team.save()
    for number in range(53):
        somebody = admit(worker, at, known_as=f"Zeta {number:02}", surname="Quill")
        flag_for(somebody, council, release, at, rank=number)
    distribute_flags(actor=manager, at=at, release_id=release.id)
    pages = [
        ask(lists.team, actor=manager, query=query, team_id=team.id) for query in ("", "?from=25", "?from=50")
    ]
    assert ["53 on the list" in page for page in pages] == [True, True, True]
    assert [re.findall(r"Zeta \d\d", page)[:1] for page in pages] == [["Zeta 00"], ["Zeta 25"], ["Zeta 50"]]
    assert ["?from=25" in pages[0], "?from=25" in pages[2], "?from=75" in pages[2]] == [True, True, False]
    past_the_end = ask(lists.team, actor=manager, query="?from=53", team_id=team.id)
    assert "Zeta 00" in past_the_end, "what was on the last page may be done by now"
    more = "more than the team can take on in a week"
    assert more not in pages[0] + pages[1]
    assert pages[2].index("Zeta 51") < pages[2].index(more) < pages[2].index("Zeta 52")
