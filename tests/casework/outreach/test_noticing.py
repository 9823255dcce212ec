"""Signs are noticed, ways of talking asked about, risks put to the person, and a worry needs few words."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, everything, member

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Membership, Organisation, Team
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.commands.talking import NotAnAnswerError, autosave_answer
from alongside.casework.outreach.models import Answer, Conversation, Referral, WorkItem
from alongside.casework.outreach.rules.risks import (
    code_of_raised,
    risks_behind,
    with_risks,
)
from alongside.casework.outreach.views import conversations, endings, items, referrals, worries
from alongside.casework.people.models import AboutMe, Person
from alongside.casework.people.queries import person_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
VISIT, CALL = "home_visit/1", "first_call/2"
RISK = "risk_rent_arrears"
WORRY = {
    "known_as": "The lady with the blue scarf", "words": "She sleeps in the laundry room.",
    "how_to_find": "Laundry, Alder Court, before seven", "priority": "1", "person_agrees": "not_asked",
    "safe": "yes",
}  # fmt: skip


def begun(ask: Ask, judged: WorkItem, guide: str) -> Conversation:
    ask(conversations.begin, {"guide": guide}, item_id=judged.id)
    everything()
    talk = Conversation.objects.get(finished_at=None)
    ask(conversations.danger, {"danger": "no"}, conversation_id=talk.id)
    return talk


@pytest.mark.proves("ENABLE-09")
def test_a_visit_has_signs_of_abuse_neglect_and_fraud_to_notice_and_what_was_noticed_is_kept(
    ask: Ask, judged: WorkItem, worker: Actor, at: datetime
) -> None:
    choice = ask(conversations.begin, item_id=judged.id)
    assert "A visit to somebody at home" in choice
    talk = begun(ask, judged, VISIT)
    where: dict[str, Any] = {"conversation_id": talk.id, "code": "noticed"}
    page = ask(conversations.theme, **where)
    for sign in (
        "Bruises, burns or marks", "Hardly any food", "Somebody else keeps the bank card",
        "answers for them", "may not leave",
    ):  # fmt: skip
        assert sign in page
    assert "One sign proves nothing" in page
    signs = {each["code"]: each["choices"] for each in _section(talk, "noticed")["prompts"]}
    two = [signs["signs_money"][1], signs["signs_money"][3]]
    ask(conversations.theme, {"answer-signs_money": two}, **where)
    everything()
    assert Answer.objects.get().words == "\n".join(two)
    assert ask(conversations.theme, **where).count("checked") == 2
    ending = ask(endings.end, conversation_id=talk.id)
    assert "You noticed signs of harm" in ending
    assert all(sign in ending for sign in two)
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": talk.id}
    with pytest.raises(NotAnAnswerError):
        autosave_answer(**given, prompt="signs_money", words=f"{two[0]}\nSomething of my own")
    ask(conversations.theme, {}, **where)
    everything()
    assert Answer.objects.order_by("-version")[0].words == "", "what nobody ticks any more is not noticed"
    assert "You noticed signs" not in ask(endings.end, conversation_id=talk.id)


@pytest.mark.proves("ENABLE-09")
def test_what_was_noticed_never_stands_on_the_page_they_keep_nor_among_their_own_words(
    ask: Ask, judged: WorkItem
) -> None:
    talk = begun(ask, judged, VISIT)
    sign = _section(talk, "noticed")["prompts"][0]["choices"][0]
    sent = {"answer-signs_person": [sign], "answer-what_exactly": "A mark on her wrist."}
    ask(conversations.theme, sent, conversation_id=talk.id, code="noticed")
    ask(endings.end, {"next_steps": "I ring my sister."}, conversation_id=talk.id)
    text = ask(conversations.next_steps, conversation_id=talk.id)
    assert "wrist" not in text
    assert "Bruises" not in text
    everything()
    assert not AboutMe.objects.exists()


def test_a_guide_that_the_area_has_not_is_not_there(ask: Ask, judged: WorkItem) -> None:
    with pytest.raises(NotFoundError):
        ask(conversations.begin, {"guide": "no_such/1"}, item_id=judged.id)


@pytest.mark.proves("ENABLE-12")
@pytest.mark.parametrize("guide", [VISIT, CALL])
def test_language_interpreter_culture_and_ways_of_talking_are_asked_before_anything_hard(
    ask: Ask, judged: WorkItem, person: Person, guide: str
) -> None:
    everything()
    Person.objects.filter(id=person.id).update(language="Polish", interpreter="A woman, please")
    talk = begun(ask, judged, guide)
    about = [section["about"] for section in talk.guide_words["sections"]]
    assert about.index("communication") < about.index("worries")
    page = ask(conversations.theme, conversation_id=talk.id, code="talking")
    for asked in ("language", "interpreter", "culture", "faith", "pictures", "Who would you like to have"):
        assert asked in page
    assert "Language: Polish" in page, "what the record says is not asked for anew"
    assert "Interpreter: A woman, please" in page
    said = {"answer-way_of_life": "No visits on Friday noon."}
    ask(conversations.theme, said, conversation_id=talk.id, code="talking")
    ask(endings.end, {"next_steps": "Tea."}, conversation_id=talk.id)
    everything()
    kept = AboutMe.objects.get()
    assert (kept.section, kept.words) == ("communicate", "No visits on Friday noon.")


@pytest.mark.proves("ENABLE-22")
def test_a_risk_nobody_talked_through_with_the_person_says_so_until_they_were_asked(
    ask: Ask, judged: WorkItem
) -> None:
    untold = "Not yet talked through with the person"
    text = ask(items.item, item_id=judged.id)
    assert text.index("Rent is in arrears") < text.index(untold)
    talk = begun(ask, judged, CALL)
    page = ask(conversations.theme, conversation_id=talk.id, code="worries")
    assert "Others are worried about this: Rent is in arrears. How do you see it?" in page
    assert "safe for them to hear" in page
    ask(conversations.theme, {f"answer-{RISK}": " "}, conversation_id=talk.id, code="worries")
    assert untold in ask(items.item, item_id=judged.id), "an empty answer is none"
    said = "It is the fridge they took."
    ask(conversations.theme, {f"answer-{RISK}": said}, conversation_id=talk.id, code="worries")
    text = ask(items.item, item_id=judged.id)
    assert untold not in text
    assert f"Talked through with them on 2 November 2026: “{said}”" in text
    ask(endings.end, {"next_steps": "Tea."}, conversation_id=talk.id)
    begun(ask, judged, CALL)
    assert said in ask(items.item, item_id=judged.id), "what was said in an earlier talk stands"
    everything()
    assert AboutMe.objects.get().words == said


@pytest.mark.proves("ENABLE-22")
@pytest.mark.parametrize(
    ("talked", "told"), [("yes", "Talked through with"), ("no", "Not yet talked through")]
)
def test_a_concern_says_whether_it_was_talked_through_with_the_person(
    ask: Ask, judged: WorkItem, talked: str, told: str
) -> None:
    talk = begun(ask, judged, CALL)
    sent = {"concern": "Her son takes her money.", "talked_through": talked, "next_steps": "Tea."}
    ask(endings.end, sent | {"worry_safe": "yes"}, conversation_id=talk.id)
    text = ask(items.item, item_id=judged.id)
    assert told in text[text.index("Her son takes her money.") :]


@pytest.mark.proves("ENABLE-22", "MARM-27")
def test_what_worries_somebody_after_a_talk_may_be_unsafe_to_know_though_a_referral_is_safe(
    ask: Ask, judged: WorkItem, charity: Organisation
) -> None:
    talk = begun(ask, judged, CALL)
    sent = {
        "concern": "Her son takes her money.", "refer_to": str(charity.id), "refer_why": "Company.",
        "person_agrees": "yes", "safe": "yes",
    }  # fmt: skip
    assert "Choose whether it is safe for the person to know" in ask(
        endings.end, sent, conversation_id=talk.id
    )
    assert "Enter why it is not safe for them to know" in ask(
        endings.end, sent | {"worry_safe": "no"}, conversation_id=talk.id
    )
    why = {"worry_safe": "no", "why_worry_not_safe": "He lives there."}
    assert ask(endings.end, sent | why, conversation_id=talk.id) == reverse(
        "outreach:end_check", args=[talk.id]
    )
    assert "He lives there." in ask(endings.end_check, conversation_id=talk.id)
    ask(endings.end_check, {}, conversation_id=talk.id)
    everything()
    assert Concern.objects.get().why_not_safe == "He lives there."
    assert Referral.objects.get().why_not_safe == ""


def test_a_guide_without_worries_gets_what_others_worry_about_before_its_end() -> None:
    guide = {"sections": [{"code": "a", "about": "hello"}, {"code": "z", "about": "next_step"}]}
    risks = risks_behind([{"factor": "f", "words": "Cold home"}, {"factor": "f", "words": "Cold"}], "Thin.")
    assert risks == {"risk_f": "Cold", code_of_raised(): "Thin."}
    codes = [each["code"] for each in with_risks(guide, risks)["sections"]]
    assert codes == ["a", "what_others_worry_about", "z"]
    assert with_risks(guide, {}) == guide
    assert [each["code"] for each in guide["sections"]] == ["a", "z"], "the guide itself is as it was"


@pytest.mark.proves("ENABLE-13")
def test_a_community_group_tells_a_worry_in_a_few_words_and_somebody_is_asked_to_look(
    ask: Ask, team: Team, council: Organisation, charity: Organisation, worker: Actor, at: datetime
) -> None:
    dee = acting(member(charity, "Dee Marsh", "practitioner"))
    page = ask(worries.raise_worry, actor=dee)
    assert "Riverside Council will read it and answer you" in page
    assert page.count("<textarea") + page.count('type="text"') == 4, (
        "three boxes to type in, and one under a no"
    )
    assert page.index("app-no-opens") < page.index('name="why_not_safe"')
    to = ask(worries.raise_worry, WORRY, actor=dee)
    everything()
    item, referral, concern = WorkItem.objects.get(), Referral.objects.get(), Concern.objects.get()
    assert to == reverse("outreach:item", args=[item.id])
    assert (item.organisation, item.assigned_to.user.name) == (charity, "Dee Marsh")  # type: ignore[union-attr]
    assert (referral.to_organisation, referral.person_agrees) == (council, "not_asked")
    assert "Laundry, Alder Court, before seven" in referral.why
    assert concern.talked_through is False
    assert "Not yet talked through with the person" in ask(items.item, item_id=item.id, actor=dee)
    with pytest.raises(NotFoundError):
        person_page(actor=worker, person_id=item.person_id, at=at)
    assert "The lady with the blue scarf" in ask(referrals.referrals), "the council is asked"
    sent = {"why": "We know her.", "other_route": "The night shelter"}
    ask(referrals.decline, sent, referral_id=referral.id)
    assert "The night shelter" in ask(items.item, item_id=item.id, actor=dee), "the answer comes back"


@pytest.mark.parametrize("agrees", ["yes", "no"])
def test_a_worry_they_know_is_told_is_not_talked_through_until_they_were_asked_how_they_see_it(
    ask: Ask, team: Team, charity: Organisation, agrees: str
) -> None:
    dee = acting(member(charity, "Dee Marsh", "practitioner"))
    ask(worries.raise_worry, WORRY | {"person_agrees": agrees}, actor=dee)
    everything()
    assert Concern.objects.get().talked_through is False
    text = ask(items.item, item_id=WorkItem.objects.get().id, actor=dee)
    concerns = text[text.index("Concerns</h2>") :]
    assert "Not yet talked through with the person" in concerns


@pytest.mark.proves("ENABLE-13")
def test_a_worry_that_says_too_little_is_sent_back_with_every_word_and_nothing_is_made(
    ask: Ask, team: Team, charity: Organisation
) -> None:
    dee = acting(member(charity, "Dee Marsh", "practitioner"))
    text = ask(worries.raise_worry, WORRY | {"known_as": ""}, actor=dee)
    assert "She sleeps in the laundry room." in text
    text = ask(worries.raise_worry, WORRY | {"words": "  "}, actor=dee)
    assert "Say what worries you" in text
    everything()
    assert not Person.objects.exists()


def test_where_several_contact_people_one_of_them_is_chosen(
    ask: Ask, team: Team, council: Organisation, charity: Organisation
) -> None:
    homes = Organisation.join(code="riverside-homes", name="Riverside Homes", kind="housing")
    Team.form(organisation=homes, name="Callers", services=["contact_team"])
    dee = acting(member(charity, "Dee Marsh", "practitioner"))
    text = ask(worries.raise_worry, WORRY, actor=dee)
    assert "Who should hear about it?" in text
    assert "The organisation you choose will read it and answer you" in text
    assert "Riverside Council, Riverside Homes" not in text, "the others do not read it"
    ask(worries.raise_worry, WORRY | {"to": str(homes.id)}, actor=dee)
    everything()
    assert Referral.objects.get().to_organisation == homes


def test_a_worry_of_those_who_contact_people_stays_on_their_own_list(
    ask: Ask, asha: Membership, worker: Actor
) -> None:
    assert "It will be on your own list" in ask(worries.raise_worry)
    ask(worries.raise_worry, WORRY)
    everything()
    assert WorkItem.objects.get().assigned_to == asha
    assert not Referral.objects.exists()


def test_who_makes_no_records_tells_no_worry_this_way(ask: Ask, council: Organisation, team: Team) -> None:
    with pytest.raises(NotAllowedError):
        ask(worries.raise_worry, WORRY, actor=acting(member(council, "Sam Boateng", "contact_worker")))


def _section(talk: Conversation, code: str) -> dict[str, Any]:
    return next(each for each in talk.guide_words["sections"] if each["code"] == code)


def test_the_areas_guides_ask_about_talking_in_the_same_words() -> None:
    guides = area_pack().conversations
    assert list(guides) == [CALL, VISIT], "a first call comes first"
    asked = [next(each for each in guide.sections if each.code == "talking") for guide in guides.values()]
    assert asked[0] == asked[1]
