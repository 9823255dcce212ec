"""Deciding about sharing on pages: each step kept, what stands in the way shown, and the others' side."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.sharing.asking import ask
from tests.casework.sharing.sharing_told import chosen, decided, told
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.sharing.commands.choices import take_back_choice
from alongside.casework.sharing.models import Advice, ShareDraft, SharingChoice
from alongside.casework.sharing.presenters.today import told_apart
from alongside.casework.sharing.rules.choices import Answer

ITEM = {
    "topic": "home", "words": "The stairs are hard for her.", "kind": "observation", "as_at-day": "1",
    "as_at-month": "11", "as_at-year": "2026", "source": "Seen on a visit", "data_class": "ordinary",
    **dict.fromkeys(("accurate", "valid", "reliable", "timely", "relevant", "complete"), "yes"),
}  # fmt: skip
TELLING = {
    "channel": "In Alongside", "onward": "For the stairs alone", "told": "will_be",
    "told_how": "On Friday's visit",
}  # fmt: skip


@pytest.fixture
def bee(riverside: Universe) -> UUID:
    return riverside.people["Bee"]


def basis(confidence: str = "direct_care") -> dict[str, str]:
    return {
        "article_6": "6_e", "article_6_words": "Care Act 2014 section 2", "confidence": confidence,
        "confidence_words": "She asked for help with the stairs.",
        "necessity": "The landlord mends the stairs.",
        "proportionality": "Nothing of her health is told.",
    }  # fmt: skip


def override(**other: str) -> dict[str, str]:
    return {
        "refusal": "Don't you dare.", "first": "The neighbours", "second": "The stairs may burn",
        "alternatives": "Asked twice", "harm": "Trust; the visit stands", **_day("review_on", 7),
    } | other  # fmt: skip


def key_of(page: str) -> str:
    """The key of the first thing on the page of what is to be told."""
    found = re.search(r'name="remove" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def _day(name: str, days: int) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


class Deciding:
    """Somebody's browser on the way through the steps."""

    def __init__(self, browser: Client, riverside: Universe) -> None:
        self.browser, self.riverside = browser, riverside
        begun = browser.post(f"/people/{riverside.people['Bee']}/sharing/decide/")
        self.draft = re.sub(r"to/$", "", begun["Location"])

    def step(self, name: str, answers: Mapping[str, Any], *, status: int = 302) -> str:
        """Send a step; return the page it led to, or the page that says what is wrong."""
        shown = self.browser.get(f"{self.draft}{name}/")
        assert shown.status_code == 200, name
        answer = self.browser.post(f"{self.draft}{name}/", answers)
        assert answer.status_code == status, answer.content.decode()[:20_000]
        return answer["Location"] if status == 302 else answer.content.decode()

    def begin(self, *known: str, outcome: str = "share") -> str:
        homes = str(self.riverside.organisations["riverside_homes"].id)
        self.step("to", {"recipients": [homes], "purpose": "early_help", "who": "Bee, born 4 March 1951"})
        self.step("told/add", ITEM)
        self.step("told", {"on": "1"})
        self.step("known", {"known": list(known)})
        return self.step("outcome", {"outcome": outcome})

    def decide(self, *, status: int = 302) -> str:
        answer = self.browser.post(self.draft, {"decide": "1"})
        assert answer.status_code == status
        return answer["Location"] if status == 302 else answer.content.decode()


@pytest.fixture
def asha(riverside: Universe) -> Client:
    return browser_of(riverside.members["Asha Patel"].user)


@pytest.mark.proves("MARM-49", "MARM-55")
def test_something_is_shared_step_by_step_and_the_others_confirm_that_it_arrived(
    riverside: Universe, asha: Client
) -> None:
    way = Deciding(asha, riverside)
    assert way.begin("direct_care").endswith("/basis/")
    page = way.step("basis", basis() | {"confidence": "consent"}, status=422)
    assert "What is not open to you" in page
    assert "No consent to exactly this" in page
    assert way.step("basis", basis()).endswith("/telling/")
    assert way.step("telling", TELLING) == way.draft
    assert "Check before you decide" in asha.get(way.draft).content.decode()
    made = asha.get(way.decide()).content.decode()
    assert "It has been shared" in made
    assert "ISA-RIV-007" in made
    assert "Article 6(1)(e)" in made
    assert "Care Act 2014 section 2" in made
    assert not ShareDraft.objects.filter(person=riverside.people["Bee"]).exists()
    tom = browser_of(riverside.members["Tom Reilly"].user)
    assert "Riverside Council shared something with us" in tom.get("/").content.decode()
    disclosure = told(riverside).get()
    shown = tom.get(f"/shared-with-us/{disclosure.id}/").content.decode()
    assert "The stairs are hard for her." in shown
    assert "For the stairs alone" in shown
    assert tom.post(f"/shared-with-us/{disclosure.id}/confirm/").status_code == 302
    second = tom.post(f"/shared-with-us/{disclosure.id}/confirm/", follow=True)
    assert second.redirect_chain == [(f"/shared-with-us/{disclosure.id}/", 302)]
    assert "Tom Reilly has already confirmed this." in second.text
    assert "confirmed it" in tom.get("/shared-with-us/").content.decode()
    kit = browser_of(riverside.members["Kit Lowe"].user)
    assert kit.get(f"/shared-with-us/{disclosure.id}/").status_code == 404


def test_a_refusal_is_respected(riverside: Universe, asha: Client, bee: UUID, at: datetime) -> None:
    chosen(actor_for(riverside, "Asha Patel", on=timezone.localdate()), riverside, at)
    way = Deciding(asha, riverside)
    assert way.begin("direct_care", outcome="do_not_share").endswith("/not/")
    assert "asked for this not to be shared" in asha.get(f"{way.draft}outcome/").content.decode()
    way.step("not", {"reason": ""}, status=422)
    way.step(
        "not", {"reason": "She said no.", "risk": "She may fall.", "safe": "yes", **_day("review_on", 14)}
    )
    assert "Not shared" in asha.get(way.decide()).content.decode()
    assert not told(riverside).exists()


def test_against_a_refusal_a_ground_is_asked_for_and_a_manager_agrees_or_not(
    riverside: Universe, asha: Client, at: datetime
) -> None:
    chosen(actor_for(riverside, "Asha Patel", on=timezone.localdate()), riverside, at)
    way = Deciding(asha, riverside)
    assert way.begin("risk_to_others").endswith("/ground/")
    assert way.step("ground", {"ground": "risk_to_others"}).endswith("/override/")
    assert "Who else is at risk?" in way.step("override", override(first=""), status=422)
    assert way.step("override", override()).endswith("/basis/")
    way.step("basis", basis("public_interest"))
    way.step("telling", TELLING)
    made = way.decide()
    assert "Waiting for somebody else" in asha.get(made).content.decode()
    assert asha.post(f"{made}second/", {"agreed": "yes", "words": "Yes"}).status_code == 403
    gwen = browser_of(riverside.members["Gwen Hughes"].user)
    assert "do you agree?" in gwen.get("/").content.decode()
    assert gwen.post(f"{made}second/", {"agreed": "yes"}).status_code == 422
    assert gwen.post(f"{made}second/", {"agreed": "yes", "words": "I agree."}).status_code == 302
    assert told(riverside).count() == 1
    said = {"words": "I see why.", **_day("said_on", 0)}
    assert asha.post(f"{made}later/", said).status_code == 302
    assert "I see why." in asha.get(made).content.decode()


@pytest.mark.proves("MARM-37")
def test_whoever_is_unsure_asks_and_the_answer_is_kept_with_the_decision(
    riverside: Universe, asha: Client
) -> None:
    way = Deciding(asha, riverside)
    assert way.begin("direct_care", outcome="unsure").endswith("/advice/")
    assert "you can decide without one" in asha.get(f"{way.draft}advice/").text
    assert asha.post(f"{way.draft}advice/", {"question": ""}).status_code == 422
    assert asha.post(f"{way.draft}advice/", {"question": "May the landlord know?"}).status_code == 302
    assert "Nobody has answered yet" in asha.get(way.draft).content.decode()
    gwen = browser_of(riverside.members["Gwen Hughes"].user)
    question = Advice.objects.get(person=riverside.people["Bee"])
    page = f"/sharing/advice/{question.id}/"
    assert page in gwen.get("/").content.decode()
    asked = gwen.post(f"{page}lawyer/", {"lawyer": "Legal services", **_day("on", 0)})
    assert asked.status_code == 302
    assert gwen.post(page, {"answer": "Yes."}).status_code == 422
    assert gwen.post(page, {"answer": "Yes, the stairs.", "lawyer_said": "Fine."}).status_code == 302
    assert "Yes, the stairs." in asha.get(way.draft).content.decode()
    assert way.step("outcome", {"outcome": "share"}).endswith("/basis/")
    way.step("basis", basis())
    way.step("telling", TELLING)
    way.decide()
    assert decided(riverside).get().advice_id is not None


@pytest.mark.proves("MARM-37")
def test_whoever_is_unsure_at_the_end_has_decided_nothing(riverside: Universe, asha: Client) -> None:
    way = Deciding(asha, riverside)
    way.begin("direct_care")
    way.step("basis", basis())
    way.step("telling", TELLING)
    assert way.step("outcome", {"outcome": "unsure"}).endswith("/advice/")
    assert "Check before you decide" not in asha.get(way.draft).content.decode()
    assert "Choose whether to share it" in way.decide(status=422)
    assert not decided(riverside).exists()


def test_a_consent_that_ended_since_the_form_was_opened_is_said_when_it_is_sent(
    riverside: Universe, asha: Client, at: datetime
) -> None:
    today = timezone.localdate()
    actor = actor_for(riverside, "Asha Patel", on=timezone.localdate())
    chosen(
        actor, riverside, timezone.now(), Answer.AGREES, said_on=today, expires_on=today + timedelta(days=9)
    )
    way = Deciding(asha, riverside)
    way.begin()
    way.step("basis", basis("consent"))
    way.step("telling", TELLING)
    chosen(actor, riverside, timezone.now(), said_on=today)
    page = way.decide(status=422)
    assert "asked for this not to be shared" in page
    assert not decided(riverside).exists()


def test_a_wrong_decision_is_corrected_by_a_new_one_and_a_draft_can_be_thrown_away(
    riverside: Universe, asha: Client, bee: UUID
) -> None:
    way = Deciding(asha, riverside)
    way.begin("direct_care")
    way.step("basis", basis())
    way.step("telling", TELLING)
    first = way.decide()
    again = Deciding.__new__(Deciding)
    again.browser, again.riverside = asha, riverside
    again.draft = re.sub(r"to/$", "", asha.post(f"{first}correct/")["Location"])
    again.begin("direct_care")
    again.step("basis", basis())
    again.step("telling", TELLING)
    assert asha.post(again.draft, {"corrected_why": ""}).status_code == 422
    assert asha.post(again.draft, {"corrected_why": "It was the other stairs."}).status_code == 302
    assert "A later decision corrects this one" in asha.get(first).content.decode()
    tom = browser_of(riverside.members["Tom Reilly"].user)
    old = told(riverside).get(decision__corrections__isnull=False)
    assert "This has since been corrected" in tom.get(f"/shared-with-us/{old.id}/").content.decode()
    third = Deciding(asha, riverside)
    assert "Continue with a draft" in asha.get(f"/people/{bee}/sharing/decisions/").content.decode()
    assert asha.post(f"{third.draft}discard/").status_code == 302
    assert asha.get(third.draft).status_code == 404


def test_something_taken_out_again_is_not_told_and_an_allegation_needs_its_limits(
    riverside: Universe, asha: Client
) -> None:
    way = Deciding(asha, riverside)
    way.step("told/add", ITEM | {"kind": "allegation"}, status=422)
    way.step("told/add", ITEM)
    way.step("told", {"remove": key_of(asha.get(f"{way.draft}told/").content.decode())})
    assert "Nothing yet." in asha.get(f"{way.draft}told/").content.decode()
    assert asha.get(f"{way.draft}basis/").status_code == 404
    gwen = browser_of(riverside.members["Gwen Hughes"].user)
    assert gwen.get(way.draft).status_code == 404


@pytest.mark.proves("MARM-35")
def test_a_request_is_answered_by_a_decision_and_whoever_asked_reads_it(riverside: Universe) -> None:
    """Riverside Homes asks the council; who and what for stand there already."""
    tom = actor_for(riverside, "Tom Reilly", on=timezone.localdate())
    asked = ask(riverside, tom, timezone.now(), of="riverside_council", power=None, power_words="", due=None)
    asha = browser_of(riverside.members["Asha Patel"].user)
    page = asha.get(f"/requests/{asked.id}/").content.decode()
    assert "Decide what to share" in page
    assert str(asked.id) in asha.get(f"/people/{asked.person_id}/sharing/decisions/").content.decode()
    of_another = asha.get(f"/people/{riverside.people['Amina']}/sharing/decisions/").content.decode()
    assert "What was shared about them" in of_another
    assert str(asked.id) not in of_another
    begun = asha.post(f"/people/{asked.person_id}/sharing/decide/", {"request": str(asked.id)})
    way = Deciding.__new__(Deciding)
    way.browser, way.riverside = asha, riverside
    way.draft = re.sub(r"to/$", "", begun["Location"])
    assert f'value="{asked.asked_by_id}" checked' in asha.get(f"{way.draft}to/").content.decode()
    way.step("told/add", ITEM)
    way.step("known", {"known": ["direct_care"]})
    way.step("outcome", {"outcome": "share"})
    way.step("basis", basis())
    way.step("telling", TELLING)
    way.decide()
    asked.refresh_from_db()
    assert asked.state == "answered"
    assert asked.decision_id == decided(riverside).latest("decided_at").id
    shown = browser_of(riverside.members["Tom Reilly"].user).get(f"/requests/{asked.id}/")
    assert f"/shared-with-us/{told(riverside).get().id}/" in shown.content.decode()


def test_of_two_tabs_neither_takes_out_what_the_other_did_nor_loses_what_it_added(
    riverside: Universe, asha: Client
) -> None:
    way = Deciding(asha, riverside)
    way.step("told/add", ITEM)
    way.step("told/add", ITEM | {"words": "The lamp is out."})
    opened = key_of(asha.get(f"{way.draft}told/").content.decode())
    way.step("told", {"remove": opened})
    left = asha.get(f"{way.draft}told/").content.decode()
    assert "The lamp is out." in left
    assert "The stairs are hard" not in left
    gone = asha.post(f"{way.draft}told/", {"remove": opened}, follow=True).content.decode()
    assert "It has already been removed. Nothing else was changed." in gone
    assert "The lamp is out." in gone
    asha.post(f"{way.draft}told/add/", ITEM | {"key": key_of(left)})
    both = asha.get(f"{way.draft}told/").content.decode()
    assert both.count('name="remove"') == 2
    assert both.count(key_of(left)) == 1


@pytest.mark.proves("MARM-30")
def test_what_was_about_to_be_told_goes_along_into_the_draft(
    riverside: Universe, asha: Client, bee: UUID
) -> None:
    begin = f"/people/{bee}/sharing/decide/"
    words = "Her son takes her money."
    begun = asha.post(begin, {"to": str(riverside.organisations["been_there"].id), "words": words})
    item = asha.get(begun["Location"])
    assert begun["Location"].endswith("/told/add/")
    assert words in item.content.decode()
    draft = begun["Location"].removesuffix("told/add/")
    to = asha.get(f"{draft}to/").content.decode()
    assert re.search(r'value="[^"]+"[^>]*checked[^>]*>\s*<label[^>]*>\s*Been There', to)
    asha.post(begun["Location"], ITEM | {"words": words})
    assert words not in asha.get(begun["Location"]).content.decode(), "a second thing begins empty"
    for other in ("no id", str(riverside.organisations["riverside_council"].id), str(bee)):
        assert asha.post(begin, {"to": other, "words": words}).status_code == 404


def about_to_override(way: Deciding, **other: str) -> None:
    """Answer all that is asked against a refusal."""
    way.begin("risk_to_others")
    way.step("ground", {"ground": "risk_to_others"})
    way.step("override", override(**other))
    way.step("basis", basis("public_interest"))
    way.step("telling", TELLING)


@pytest.fixture
def refused(riverside: Universe, at: datetime) -> None:
    chosen(actor_for(riverside, "Asha Patel", on=timezone.localdate()), riverside, at)


@pytest.mark.usefixtures("refused")
def test_what_is_decided_is_shown_whole_before_it_is(riverside: Universe, asha: Client) -> None:
    way = Deciding(asha, riverside)
    about_to_override(way)
    page = asha.get(way.draft).content.decode().split("Check before you decide")[1]
    for shown in (
        "Riverside Homes", "There is a risk to others", "The stairs may burn", "A manager must agree first.",
        "Not yet: they will be told", "For the stairs alone", "In Alongside",
    ):  # fmt: skip
        assert shown in page


@pytest.mark.usefixtures("refused")
def test_a_day_to_look_again_that_is_over_when_it_is_decided_is_said_where_it_is_asked(
    riverside: Universe, asha: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = Deciding(asha, riverside)
    about_to_override(way, **_day("review_on", 0))
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    again = browser_of(riverside.members["Asha Patel"].user)
    page = again.post(way.draft, {"decide": "1"}).content.decode()
    assert "Nothing has been decided, and nobody has been told" in page
    assert "The day must be today or in the future" in page
    assert not decided(riverside).exists()


@pytest.mark.usefixtures("refused")
def test_where_the_no_was_taken_back_meanwhile_there_is_nothing_to_override_and_it_can_be_decided(
    riverside: Universe, asha: Client, bee: UUID
) -> None:
    way = Deciding(asha, riverside)
    about_to_override(way)
    actor = actor_for(riverside, "Asha Patel", on=timezone.localdate())
    no = SharingChoice.objects.get(person=bee)
    take_back_choice(
        actor=actor, at=timezone.now(), person_id=bee, choice_id=no.id, on=timezone.localdate(), how="spoken",
        effect_told="As if it had not been said.",
    )  # fmt: skip
    page = asha.get(way.draft).content.decode()
    assert "Against their wishes" not in page
    way.decide()
    assert not hasattr(decided(riverside).get(), "override")
    assert told(riverside).count() == 1


@pytest.mark.usefixtures("refused")
def test_what_lacks_something_is_kept_and_stands_there_when_one_comes_back(
    riverside: Universe, asha: Client
) -> None:
    way = Deciding(asha, riverside)
    way.begin("risk_to_others")
    way.step("ground", {"ground": "risk_to_others"})
    way.step("override", override(first="", harm="She may cry."), status=422)
    assert "Started" in asha.get(way.draft).content.decode()
    page = asha.get(f"{way.draft}override/").content.decode()
    assert "She may cry." in page
    assert "There is a problem" not in page
    assert way.decide(status=422)
    assert not decided(riverside).exists()


@pytest.mark.usefixtures("refused")
def test_what_a_step_alone_can_know_to_be_missing_is_said_there(riverside: Universe, asha: Client) -> None:
    way = Deciding(asha, riverside)
    way.begin("risk_to_others")
    way.step("ground", {"ground": "risk_to_others"})
    assert "Say why it cannot wait" in way.step("override", override(emergency="on"), status=422)
    way.step("override", override())
    way.step("basis", basis("public_interest"))
    unsafe = TELLING | {"told": "not_safe", "told_why_not": ""}
    assert "Enter why it is not safe" in way.step("telling", unsafe, status=422)


@pytest.mark.usefixtures("refused")
def test_after_an_emergency_the_manager_is_asked_whether_it_was_right_by_a_day(
    riverside: Universe, asha: Client
) -> None:
    way = Deciding(asha, riverside)
    about_to_override(way, emergency="on", emergency_why="There is smoke")
    assert "A manager must look at it by" in asha.get(way.decide()).content.decode()
    gwen = browser_of(riverside.members["Gwen Hughes"].user)
    today = gwen.get("/").content.decode()
    assert "Shared in an emergency against a person&#39;s wishes: was it right?" in today
    assert "To be looked at by" in today
    page = f"/sharing/decisions/{decided(riverside).get().id}/second/"
    assert "What has been shared cannot be taken back." in gwen.get(page).content.decode()


def test_two_things_that_wait_are_told_apart_and_name_nobody() -> None:
    assert told_apart(["Look", "Read", "Look"]) == ["Look (1 of 2)", "Read", "Look (2 of 2)"]


@pytest.mark.usefixtures("refused")
def test_whoever_shared_it_sees_that_it_has_arrived(riverside: Universe, asha: Client) -> None:
    way = Deciding(asha, riverside)
    about_to_override(way, emergency="on", emergency_why="There is smoke")
    made = way.decide()
    assert "Nobody there has confirmed it yet." in asha.get(made).content.decode()
    tom = browser_of(riverside.members["Tom Reilly"].user)
    tom.post(f"/shared-with-us/{told(riverside).get().id}/confirm/")
    assert "Tom Reilly confirmed it" in asha.get(made).content.decode()
