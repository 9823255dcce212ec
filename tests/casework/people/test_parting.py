"""Two records that turn out to be two people: what was written meanwhile goes to the one it is about."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, models, transaction
from django.utils import timezone
from tests.casework.people.conftest import somebody_at
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import AskedTwiceError, merge_people, part_people
from alongside.casework.people.commands.involvement import (
    AlreadyAskedError,
    add_to_chronology,
    answer_whether_known,
    ask_whether_known,
    correct_entry,
    note_involvement,
)
from alongside.casework.people.commands.records import admit_person, note_contact, write_down_words
from alongside.casework.people.models import (
    AboutMe,
    ChronologyEntry,
    Contact,
    Involvement,
    KnownTo,
    Person,
    PersonMerge,
    Reach,
)
from alongside.casework.people.queries import PersonPage, person_page
from alongside.casework.people.queries.parting import parting_page
from alongside.casework.people.rules import ReachWhy, Section

WHY = "The same name and birthday."


def admitted(actor: Actor, at: datetime, known_as: str) -> Person:
    return admit_person(actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": known_as})


@pytest.fixture
def ours(practitioner: Actor, at: datetime) -> Person:
    return admitted(practitioner, at, "Ann")


@pytest.fixture
def theirs(peer: Actor, at: datetime) -> Person:
    """Of another person, whom only the charity knows."""
    return admitted(peer, at, "Anne")


@pytest.fixture
def joined(ours: Person, theirs: Person, manager: Actor, at: datetime) -> PersonMerge:
    """As a manager joins them wrongly, whose organisation came to see both."""
    tell_database(system_actor("tests"))
    for each in (ours, theirs):
        Reach.give(person_id=each.id, organisation_id=manager.member_of, why=ReachWhy.REFERRED, at=at)
    return merge_people(
        actor=manager, at=at + timedelta(hours=1), kept_id=ours.id, absorbed_id=theirs.id, reason=WHY
    )


@pytest.fixture
def meanwhile(at: datetime) -> datetime:
    return at + timedelta(hours=2)


@pytest.fixture
def later(at: datetime) -> datetime:
    return at + timedelta(days=1)


def write(actor: Actor, person: Person, at: datetime) -> None:
    """Everything that may be written about a person, but a question."""
    write_down_words(
        actor=actor, at=at, person_id=person.id, section=Section.WORRIES, words="My brother hits me.",
        said_on=at.date(),
    )  # fmt: skip
    note_contact(actor=actor, at=at, person_id=person.id, name="Tom", relationship="Brother", poses_risk=True)
    add_to_chronology(
        actor=actor, at=at, person_id=person.id, happened_on=at.date(), kind="event", words="Bruises.",
        readers="own",
    )  # fmt: skip
    note_involvement(actor=actor, at=at, person_id=person.id)


def seen(actor: Actor, person: Person, at: datetime) -> PersonPage:
    return person_page(actor=actor, person_id=person.id, at=at)


def held(page: PersonPage) -> list[int]:
    return [
        sum(map(len, page.about_me.values())), len(page.contacts), len(page.chronology),
        len(page.involvements), len(page.known_to),
    ]  # fmt: skip


def test_what_an_organisation_wrote_of_its_own_person_meanwhile_goes_back_to_them(
    ours: Person, theirs: Person, joined: PersonMerge, practitioner: Actor, manager: Actor, peer: Actor,
    meanwhile: datetime, later: datetime,
) -> None:  # fmt: skip
    write(peer, ours, meanwhile)
    part_people(actor=manager, at=later, merge_id=joined.id, why="Two birthdays.")
    assert held(seen(peer, theirs, later)) == [1, 1, 1, 1, 0]
    assert held(seen(practitioner, ours, later)) == [0, 0, 0, 0, 0]
    with pytest.raises(NotFoundError):
        seen(peer, ours, later)
    event = AuditEvent.objects.get(code="person.written_given_back")
    assert (event.person_id, event.details["moved"]) == (theirs.id, 4)


def test_what_the_others_wrote_stays_with_the_kept_record(
    ours: Person, theirs: Person, joined: PersonMerge, practitioner: Actor, manager: Actor, peer: Actor,
    meanwhile: datetime, later: datetime,
) -> None:  # fmt: skip
    write(practitioner, ours, meanwhile)
    part_people(actor=manager, at=later, merge_id=joined.id, why="Two birthdays.")
    assert held(seen(practitioner, ours, later)) == [1, 1, 1, 1, 0]
    assert held(seen(peer, theirs, later)) == [0, 0, 0, 0, 0]
    assert not AuditEvent.objects.filter(code="person.written_given_back").exists()


def test_the_page_lists_what_was_written_by_whom_and_when_and_who_no_longer_sees_which(
    ours: Person, joined: PersonMerge, manager: Actor, peer: Actor, meanwhile: datetime
) -> None:
    write(peer, ours, meanwhile)
    page = parting_page(actor=manager, person_id=ours.id, merge_id=joined.id)
    # what the charity keeps to itself is not shown to the council's manager
    assert [(type(each.row), each.by, each.organisation, each.at, each.goes) for each in page.added] == [
        (AboutMe, "Sam Boateng", "Been There", meanwhile, True),
        (Contact, "Sam Boateng", "Been There", meanwhile, True),
        (Involvement, "", "Been There", meanwhile, True),
    ]
    assert page.no_longer_see_kept == ("Been There",)
    assert page.no_longer_see_absorbed == ()


def test_each_thing_goes_where_the_manager_says(
    ours: Person, theirs: Person, joined: PersonMerge, practitioner: Actor, manager: Actor, peer: Actor,
    meanwhile: datetime, later: datetime,
) -> None:  # fmt: skip
    write(peer, ours, meanwhile)
    write(practitioner, ours, meanwhile)
    page = parting_page(actor=manager, person_id=ours.id, merge_id=joined.id)
    other_way = {each.row.id: ours.id if each.goes else theirs.id for each in page.added}
    part_people(actor=manager, at=later, merge_id=joined.id, why="Two birthdays.", belongs=other_way)
    assert [each.organisation.name for each in seen(practitioner, ours, later).involvements] == ["Been There"]
    assert held(seen(manager, theirs, later)) == [1, 1, 1, 1, 0]
    assert held(seen(peer, theirs, later))[2] == 1, "what it keeps to itself, nobody else could decide about"
    assert held(seen(peer, ours, later))[3] == 1, "its involvement stayed, and lets it see the kept record"


def test_a_correction_goes_with_what_it_corrects_even_if_that_was_written_before(
    ours: Person, theirs: Person, manager: Actor, peer: Actor, at: datetime, later: datetime,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    entry = add_to_chronology(
        actor=peer, at=at, person_id=theirs.id, happened_on=at.date(), kind="event", words="On Monday."
    )
    joined: PersonMerge = request.getfixturevalue("joined")
    correct_entry(
        actor=peer, at=later, person_id=ours.id, entry_id=entry.id, happened_on=at.date(), words="Tuesday.",
        why="The diary.",
    )  # fmt: skip
    part_people(actor=manager, at=later + timedelta(days=1), merge_id=joined.id, why="Two birthdays.")
    assert [each.words for each in seen(peer, theirs, later).corrections[entry.id]] == ["Tuesday."]


def test_an_answer_that_somebody_is_known_goes_with_what_it_lets_the_organisation_see(
    ours: Person, theirs: Person, joined: PersonMerge, practitioner: Actor, manager: Actor, peer: Actor,
    meanwhile: datetime, later: datetime,
) -> None:  # fmt: skip
    police = Organisation.join(code="riverside-police", name="Riverside Police", kind="police")
    officer = somebody_at(police, "manager", name="Owen Price")
    question = ask_whether_known(actor=peer, at=meanwhile, person_id=ours.id, asked_of=police, why="?")
    answer_whether_known(actor=officer, at=meanwhile, question_id=question.id, answer=KnownTo.Answer.OPEN)
    part_people(actor=manager, at=later, merge_id=joined.id, why="Two birthdays.")
    assert held(seen(officer, theirs, later)) == [0, 0, 0, 0, 1]
    assert held(seen(peer, theirs, later)) == [0, 0, 0, 0, 1]
    with pytest.raises(NotFoundError):
        seen(officer, ours, later)


def asked_before_that_was_refused(
    asker: Actor, asked_of: Organisation, person: Person, at: datetime
) -> KnownTo:
    """A question as an older version kept it, which looked at one record of several."""
    return KnownTo.ask(
        person=person, who="Ann", asked_by_id=asker.member_of, asked_by_name=asker.name, asked_of=asked_of,
        why="?", why_not_safe="", purpose=asker.purpose, at=at,
    )  # fmt: skip


def test_an_open_question_that_the_other_record_already_asks_stays(
    ours: Person, theirs: Person, manager: Actor, peer: Actor, at: datetime, meanwhile: datetime,
    later: datetime, request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    police = Organisation.join(code="riverside-police", name="Riverside Police", kind="police")
    ask_whether_known(actor=peer, at=at, person_id=theirs.id, asked_of=police, why="?")
    joined: PersonMerge = request.getfixturevalue("joined")
    again = asked_before_that_was_refused(peer, police, ours, meanwhile)
    given = {"actor": manager, "at": later, "merge_id": joined.id, "why": "Two birthdays."}
    with pytest.raises(AskedTwiceError, match="Riverside Police"):
        part_people(**given, belongs={again.id: theirs.id})
    part_people(**given)
    assert held(seen(peer, theirs, later)) == [0, 0, 0, 0, 1]


def test_of_two_open_questions_that_would_go_to_one_record_the_later_stays(
    ours: Person, theirs: Person, joined: PersonMerge, practitioner: Actor, manager: Actor, peer: Actor,
    meanwhile: datetime, later: datetime,
) -> None:  # fmt: skip
    police = Organisation.join(code="riverside-police", name="Riverside Police", kind="police")
    first = ask_whether_known(actor=peer, at=meanwhile, person_id=ours.id, asked_of=police, why="?")
    outer = admitted(practitioner, meanwhile, "Annie")
    merge_people(actor=manager, at=later, kept_id=outer.id, absorbed_id=ours.id, reason=WHY)
    second = asked_before_that_was_refused(peer, police, outer, later + timedelta(hours=1))
    page = parting_page(actor=manager, person_id=outer.id, merge_id=joined.id)
    assert [(each.row.id, each.goes) for each in page.added] == [(first.id, True), (second.id, False)]
    given = {
        "actor": manager, "at": later + timedelta(days=1), "merge_id": joined.id, "why": "Two birthdays."
    }  # fmt: skip
    with pytest.raises(AskedTwiceError, match="Riverside Police"):
        part_people(**given, belongs={second.id: theirs.id})
    part_people(**given)
    assert [each.id for each in seen(peer, theirs, later).known_to] == [first.id]


def test_an_open_question_is_not_asked_again_on_another_record_of_the_person(
    ours: Person, theirs: Person, manager: Actor, peer: Actor, at: datetime, meanwhile: datetime,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    police = Organisation.join(code="riverside-police", name="Riverside Police", kind="police")
    ask_whether_known(actor=peer, at=at, person_id=theirs.id, asked_of=police, why="?")
    request.getfixturevalue("joined")
    with pytest.raises(AlreadyAskedError, match="Riverside Police has already been asked"):
        ask_whether_known(actor=peer, at=meanwhile, person_id=ours.id, asked_of=police, why="?")


def test_what_was_written_on_a_record_that_this_one_was_joined_to_in_turn_is_listed_too(
    ours: Person, theirs: Person, joined: PersonMerge, practitioner: Actor, manager: Actor, peer: Actor,
    meanwhile: datetime, later: datetime,
) -> None:  # fmt: skip
    outer = admitted(practitioner, meanwhile, "Annie")
    write(practitioner, outer, meanwhile)  # while it stood alone: about nobody else
    merge_people(actor=manager, at=later, kept_id=outer.id, absorbed_id=ours.id, reason=WHY)
    write(peer, ours, later + timedelta(hours=1))
    page = parting_page(actor=manager, person_id=outer.id, merge_id=joined.id)
    assert {each.organisation for each in page.added} == {"Been There"}
    part_people(actor=manager, at=later + timedelta(days=1), merge_id=joined.id, why="Two birthdays.")
    assert held(seen(peer, theirs, later)) == [1, 1, 1, 1, 0]
    assert held(seen(practitioner, outer, later)) == [1, 1, 1, 1, 0]
    with pytest.raises(NotFoundError):
        seen(peer, outer, later)


def test_words_still_never_change_nor_whose_they_are_but_by_parting(
    ours: Person, theirs: Person, joined: PersonMerge, peer: Actor, meanwhile: datetime
) -> None:
    write(peer, ours, meanwhile)
    tell_database(system_actor("tests"))
    with connection.cursor() as cursor:
        for parting in ("off", "on"):
            cursor.execute("select set_config('alongside.parting', %s, true)", [parting])
            for change in ({"person": theirs}, {"words": "All is well."}):
                for model in (AboutMe, ChronologyEntry):
                    with pytest.raises(ProgrammingError, match="kept as it was"), transaction.atomic():
                        model.objects.update(**change)
        joined.undo(by=peer.account, at=meanwhile + timedelta(days=1), why="Two birthdays.")
        with pytest.raises(ProgrammingError, match="kept as it was"), transaction.atomic():
            AboutMe.objects.update(person=theirs, words="All is well.")
        cursor.execute("select set_config('alongside.parting', 'off', true)")
        with pytest.raises(ProgrammingError, match="kept as it was"), transaction.atomic():
            AboutMe.objects.update(person=theirs)
    assert Contact.objects.get().person == ours
    assert Involvement.objects.get().person == ours


def test_the_page_asks_about_each_thing_and_puts_it_where_that_says(riverside_now: Universe) -> None:
    bee, gwen = riverside_now.people["Bee"], browser_of(riverside_now.members["Gwen Hughes"].user)
    others = [each for name, each in riverside_now.people.items() if name != "Bee"]
    sent = {"reason": "One person."}
    other = next(
        each
        for each in others
        if gwen.post(f"/people/{bee}/merge/", {**sent, "other": each}).status_code == 302
    )
    merge, asha = _only(PersonMerge), browser_of(riverside_now.members["Asha Patel"].user)
    today = timezone.localdate()
    said_on = {"said_on-day": today.day, "said_on-month": today.month, "said_on-year": today.year}
    kept = asha.post(
        f"/people/{bee}/words/", {"section": "worries", "words": "My brother hits me.", **said_on}
    )
    assert kept.status_code == 302
    said = _only(AboutMe, words="My brother hits me.")
    address, name = f"/people/{bee}/merge/{merge.id}/part/", f"belongs_{said.id}"
    page = gwen.get(address).text
    assert "Their own words: “My brother hits me.”" in page
    assert "Written by Asha Patel, Riverside Council on" in page
    assert "stays with the record that was kept" in page
    refused = gwen.post(address, {"why": "Two sisters."})
    assert (refused.status_code, "Choose which record this belongs to" in refused.text) == (422, True)
    assert gwen.post(address, {"why": "Two sisters.", name: str(other)}).status_code == 302
    assert _only(AboutMe, id=said.id).person_id == other


def _only(model: type[models.Model], **which: Any) -> Any:
    with transaction.atomic():
        tell_database(system_actor("a test"))
        return model._default_manager.get(**which)
