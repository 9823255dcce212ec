"""Who could be round the table; the person's own page; and how they describe themself before any label."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, everything, flag_for, member

from alongside.casework.access.actors import Actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership, Organisation, Team
from alongside.casework.audit.models import AuditEvent
from alongside.casework.directory.commands import publish_service
from alongside.casework.directory.commands.needs import add_need
from alongside.casework.directory.rules import Entry
from alongside.casework.outreach.commands.distributing import distribute_flags
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.talking import (
    Came,
    begin_conversation,
    finish_conversation,
    note_danger,
)
from alongside.casework.outreach.commands.working import judge_item
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.presenters.person import own_shown, table_shown
from alongside.casework.outreach.queries.person import own_page, table_page
from alongside.casework.outreach.rules import (
    OutcomeKind,
    Verdict,
    in_short,
    safe_on_paper,
)
from alongside.casework.outreach.rules.inviting import (
    InviteAs,
    Proposed,
    needs_meant,
    round_the_table,
)
from alongside.casework.outreach.views import conversations, items, lists
from alongside.casework.outreach.views import person as views
from alongside.casework.people.commands.involvement import (
    add_to_chronology,
    answer_whether_known,
    ask_whether_known,
    note_involvement,
)
from alongside.casework.people.commands.records import change_person, note_contact, write_down_words
from alongside.casework.people.models import Person
from alongside.casework.people.rules import Section
from alongside.casework.sources.models import Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
DESCRIBES = "A retired seamstress, a cat's landlady, nobody's case."
SHOWN = "A retired seamstress, a cat&#39;s landlady, nobody&#39;s case."


FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))


def test_each_is_proposed_once_by_the_first_reason_that_holds_and_who_does_most_comes_first() -> None:
    proposed = [
        Proposed(InviteAs.COULD_HELP, FIRST, meets=3),
        Proposed(InviteAs.COULD_HELP, THIRD, meets=1),
        Proposed(InviteAs.NOT_ANSWERED, SECOND),
        Proposed(InviteAs.IN_TOUCH, FIRST, strength=1),
        Proposed(InviteAs.SAID_KNOWN, SECOND),
        Proposed(InviteAs.IN_TOUCH, UUID(int=4), strength=3),
    ]
    assert [(each.how, each.key.int) for each in round_the_table(proposed)] == [
        (InviteAs.IN_TOUCH, 4), (InviteAs.IN_TOUCH, 1), (InviteAs.SAID_KNOWN, 2), (InviteAs.COULD_HELP, 3),
    ]  # fmt: skip
    assert round_the_table([]) == []


@pytest.mark.parametrize(
    ("titles", "meant"),
    [
        (["Advice on money and debt"], ["Money"]),
        (["Food support"], ["Food bank"]),
        (["Help and support"], []),
        ([], []),
    ],
)
def test_a_need_is_meant_where_a_response_speaks_of_it(titles: list[str], meant: list[str]) -> None:
    needs = {uuid4(): name for name in ("Money", "Food bank", "Somebody to talk to: support")}
    assert [needs[each] for each in needs_meant(titles, needs)] == meant


@pytest.mark.parametrize(
    ("part", "guarded", "kind", "safe"),
    [
        ("matters", False, "", True), ("worries", False, "", False), ("people", False, "", False),
        ("agency", False, "charity", True), ("agency", False, "police", False),
        ("matters", True, "", False), ("steps", True, "", False), ("agency", True, "charity", False),
    ],
)  # fmt: skip
def test_what_could_give_somebody_away_is_not_ticked_before_they_are_asked(
    part: str, guarded: bool, kind: str, safe: bool
) -> None:
    assert safe_on_paper(part, guarded=guarded, kind=kind) is safe


def around(person: Person, worker: Actor, peer: Actor, charity: Organisation, at: datetime) -> None:
    """The charity is in touch, the police have not answered, a sister may be asked and a son may not."""
    police = Organisation.join(code="police", name="Valley Police", kind="police")
    for asked_of in (charity, police):
        question = ask_whether_known(actor=worker, at=at, person_id=person.id, asked_of=asked_of, why="?")
        if asked_of == charity:
            answer_whether_known(actor=peer, at=at, question_id=question.id, answer="open")
    note_involvement(
        actor=peer, at=at, person_id=person.id, worker_name="Dee Marsh", how_often="Thursdays",
        intensity="intensive",
    )  # fmt: skip
    for name, relationship, permission in (("Nuala", "sister", "yes"), ("Ed", "son", "no")):
        note_contact(
            actor=worker, at=at, person_id=person.id, name=name, relationship=relationship,
            permission=permission,
        )  # fmt: skip


def offered(name: str, need: UUID, organisation: Organisation, at: datetime, **more: Any) -> None:
    editor = replace(
        acting(member(organisation, f"Editor of {name}", "directory_editor")),
        permissions=frozenset(Permission),
    )
    entry = Entry(name=name, description=f"{name} for anybody", needs=frozenset({need}), **more)
    publish_service(actor=editor, at=at, entry=entry)


@pytest.fixture
def needs(anybody: Actor, at: datetime) -> dict[str, UUID]:
    return {
        name: add_need(actor=anybody, at=at, name=name, description=name).id
        for name in ("Food", "Money", "Company")
    }


@pytest.mark.proves("MARM-25")
def test_whom_to_invite_is_proposed_from_who_is_in_touch_who_is_in_their_life_and_the_directory(
    person: Person, worker: Actor, manager: Actor, peer: Actor, charity: Organisation, council: Organisation,
    release: Release, asha: Membership, needs: dict[str, UUID], at: datetime,
) -> None:  # fmt: skip
    around(person, worker, peer, charity, at)
    pantry = Organisation.join(code="pantry", name="The Pantry", kind="charity")
    offered("Food parcels", needs["Food"], pantry, at)
    offered("Debt clinic", needs["Money"], pantry, at)
    offered("A walk", needs["Food"], charity, at)
    offered("Choir", needs["Company"], Organisation.join(code="choir", name="Choir", kind="charity"), at)
    flag = flag_for(person, council, release, at, responses=[{"response": "food", "title": "Food support"}])
    distribute_flags(actor=manager, at=at, release_id=flag.release_id)
    everything()
    assign_item(actor=manager, at=at, item_id=WorkItem.objects.get(flag=flag).id, member_id=asha.id)
    page = table_page(actor=worker, person_id=person.id, at=at)
    told = [(heading, [seat.who for seat in seats]) for heading, seats in table_shown(page).groups]
    assert told == [
        ("In touch now", ["Dee Marsh, Been There"]),
        ("Asked, and no answer yet: phone them", ["Valley Police"]),
        ("People in their life, as they allow", ["Nuala (sister)"]),
        ("Could help", ["Food parcels, The Pantry"]),
    ], "each once: the charity is there already, and nobody spoke of money or company"
    assert table_shown(page).not_proposed.startswith("1 person in their life is not")
    chosen = table_page(actor=worker, person_id=person.id, at=at, chosen=[needs["Company"]])
    assert table_shown(chosen).groups[-1][1][0].who == "Choir, Choir"
    assert AuditEvent.objects.filter(code="outreach.table_seen", person_id=person.id).count() == 2


def test_a_service_for_another_age_is_not_proposed(
    person: Person, worker: Actor, needs: dict[str, UUID], at: datetime
) -> None:
    change_person(
        actor=worker, at=at, person_id=person.id, opened_version=1,
        changed={"date_of_birth": datetime(1951, 3, 4).date()},
    )  # fmt: skip
    pantry = Organisation.join(code="pantry", name="The Pantry", kind="charity")
    offered("Youth club", needs["Company"], pantry, at, maximum_age=18)
    offered("Lunch club", needs["Company"], pantry, at, minimum_age=60)
    page = table_page(actor=worker, person_id=person.id, at=at, chosen=[needs["Company"], uuid4()])
    assert [each.name for each in page.services] == ["Lunch club"]


def test_the_page_takes_needs_by_post_and_bears_nonsense(
    ask: Ask, person: Person, needs: dict[str, UUID], at: datetime
) -> None:
    page = ask(views.table, person_id=person.id)
    assert "There in person, or through their own words." in page
    assert "Company" in page
    assert "There is a problem" in ask(views.table, {"needs": "garbage"}, person_id=person.id)
    assert "There is a problem" in ask(views.table, {"needs": str(uuid4())}, person_id=person.id)


@pytest.fixture
def talked(
    person: Person, item: WorkItem, worker: Actor, charity: Organisation, guide: dict[str, Any], at: datetime
) -> WorkItem:
    """A talk that came to steps, a signpost for paper and one that is not, a referral and a concern."""
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="Her neighbour told me.")
    talk = begin_conversation(actor=worker, at=at, item_id=item.id, guide="first_call/1", guide_words=guide)
    note_danger(actor=worker, at=at, conversation_id=talk.id, danger=False)
    came = [
        Came(OutcomeKind.SIGNPOST, service_name="Food club", service_telephone="01632 960001", on_paper=True),
        Came(OutcomeKind.SIGNPOST, service_name="Safe house", on_paper=False),
        Came(OutcomeKind.CONCERN, words="Her son takes her money.", on_paper=True),
        Came(
            OutcomeKind.REFERRAL, words="Low mood, lives in clutter.", organisation_id=charity.id,
            person_agrees="yes",
        ),
    ]  # fmt: skip
    steps = "I ring my sister on Sunday.\nI ask for large print."
    finish_conversation(actor=worker, at=at, conversation_id=talk.id, came=came, next_steps=steps)
    return item


def said(person: Person, worker: Actor, section: Section, words: str, at: datetime) -> None:
    write_down_words(
        actor=worker, at=at, person_id=person.id, section=section, words=words, said_on=at.date()
    )


@pytest.mark.proves("ENABLE-24")
def test_the_persons_own_page_is_theirs_in_plain_words_and_holds_nothing_that_could_endanger(
    ask: Ask, person: Person, worker: Actor, talked: WorkItem, council: Organisation, at: datetime
) -> None:
    council.describe(
        remit="", thresholds="", how_we_work="", what_we_can_offer="Somebody who comes by", telephone=""
    )
    change_person(
        actor=worker, at=at, person_id=person.id, opened_version=1, changed={"self_description": DESCRIBES}
    )
    said(person, worker, Section.MATTERS, "My cat.", at)
    said(person, worker, Section.WORRIES, "My son shouts.", at)
    note_involvement(
        actor=worker, at=at, person_id=person.id, worker_name="Asha Patel", how_often="Every two weeks"
    )
    note_contact(actor=worker, at=at, person_id=person.id, name="Ed", relationship="son", permission="no")
    add_to_chronology(
        actor=worker, at=at, person_id=person.id, happened_on=at.date(), kind="concern", words="A smell."
    )
    parts = own_shown(own_page(actor=worker, person_id=person.id, parts=0)).parts
    ticked = [each.code for each in parts if each.ticked]
    assert "worries" not in ticked
    assert {"describes", "matters", "agreed", "steps"} <= set(ticked)
    page = ask(views.own_page, {"parts": ticked}, person_id=person.id)
    places = [
        page.index(words)
        for words in (
            "My page", SHOWN, "My cat.", "Who is in touch with me, and why", "Asha Patel, Riverside Council.",
            "They can help with: Somebody who comes by", "What I agreed", "Food club, 01632 960001",
            "Been There was asked to help me.", "My next steps", "I ring my sister on Sunday.",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    for kept_off in (
        "My son shouts.", "Ed", "takes her money", "Safe house", "A smell.", "Low mood", "Rent is in arrears",
        "Printed by", "/lists/",
    ):  # fmt: skip
        assert kept_off not in page, kept_off
    assert "Exit this page" in page
    assert AuditEvent.objects.filter(code="outreach.own_page_seen", person_id=person.id).count() == 2


def test_where_others_may_be_looking_nothing_is_ticked_before_the_person_says_so(
    ask: Ask, person: Person, worker: Actor, talked: WorkItem, at: datetime
) -> None:
    change_person(
        actor=worker, at=at, person_id=person.id, opened_version=1,
        changed={"safe_contact": "Text only.", "self_description": DESCRIBES},
    )  # fmt: skip
    said(person, worker, Section.MATTERS, "A door I can lock.", at)
    choosing = ask(views.own_page, person_id=person.id)
    assert "nothing is ticked yet" in choosing
    assert " checked" not in choosing
    bare = ask(views.own_page, {"parts": "steps"}, person_id=person.id)
    assert "I ask for large print." in bare
    for kept_off in ("A door I can lock.", SHOWN, "Text only.", "Food club"):
        assert kept_off not in bare, kept_off
    assert "There is a problem" in ask(views.own_page, {"parts": "concerns"}, person_id=person.id)


@pytest.mark.parametrize(
    ("team_has", "told"),
    [("01632 960555", "Asha Patel, 01632 960555"), ("", "Asha Patel, 01632 960001")],
)
def test_whom_they_can_call_has_a_number_the_teams_or_else_the_organisations(
    person: Person, worker: Actor, talked: WorkItem, council: Organisation, team: Team, team_has: str,
    told: str,
) -> None:  # fmt: skip
    Team.objects.filter(id=team.id).update(telephone=team_has)
    Organisation.objects.filter(id=council.id).update(telephone="01632 960001")
    parts = own_shown(own_page(actor=worker, person_id=person.id, parts=0)).parts
    assert [each.lines for each in parts if each.code == "call"] == [[told]]


@pytest.mark.parametrize(
    ("words", "short"),
    [("", ""), ("A  seamstress,\nnobody's case.", "A seamstress, nobody's case.")],
)
def test_a_short_description_is_whole_on_a_list(words: str, short: str) -> None:
    assert in_short(words) == short


def test_a_long_description_ends_after_a_whole_word_and_says_that_there_is_more() -> None:
    short = in_short("wonderful " * 40)
    assert len(short) <= 140
    assert short.endswith("wonderful…")


@pytest.mark.proves("ENABLE-25")
def test_how_a_person_describes_themself_stands_before_every_label(
    ask: Ask, person: Person, item: WorkItem, worker: Actor, guide: dict[str, Any], at: datetime
) -> None:
    change_person(
        actor=worker, at=at, person_id=person.id, opened_version=1, changed={"self_description": DESCRIBES}
    )
    said(person, worker, Section.MATTERS, "My cat.", at)
    on_the_list = ask(lists.mine)
    to_judge = "Flag to be judged"
    assert on_the_list.index(SHOWN) < on_the_list.index(to_judge) < on_the_list.index("Soon, place 1")
    on_the_item = ask(items.item, item_id=item.id)
    places = [on_the_item.index(each) for each in (SHOWN, to_judge, "My cat.", "Rent is in arrears")]
    assert places == sorted(places)
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="Her neighbour told me.")
    talk = begin_conversation(actor=worker, at=at, item_id=item.id, guide="first_call/1", guide_words=guide)
    at_the_door = ask(conversations.danger, conversation_id=talk.id)
    assert at_the_door.index(SHOWN) < at_the_door.index("Before you begin")
    own = ask(views.own_page, {"parts": ["matters", "describes"]}, person_id=person.id)
    assert own.index(SHOWN) < own.index("My cat.")
