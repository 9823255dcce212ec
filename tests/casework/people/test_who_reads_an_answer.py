"""Who reads whether somebody is known to an agency, and that it is in touch: all, two, or none of them."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.operations.running import tell_database
from alongside.casework.outreach.presenters.person import table_shown
from alongside.casework.outreach.queries.person import table_page
from alongside.casework.people.commands.involvement import answer_whether_known, ask_whether_known
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import KnownTo, Person, Reach
from alongside.casework.people.presenters import parts, person_view
from alongside.casework.people.queries import person_page
from alongside.casework.people.queries.circle import circle_of
from alongside.casework.people.queries.telling import AnsweredAgainstTheirWishError
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)
NOTE = "She hides money from her landlord: ring me."


@pytest.fixture
def asha(riverside: Universe) -> Actor:
    return actor_for(riverside, "Asha Patel", on=DAY)


@pytest.fixture
def tom(riverside: Universe) -> Actor:
    """Of the landlord."""
    return actor_for(riverside, "Tom Reilly", on=DAY)


@pytest.fixture
def dee(riverside: Universe) -> Actor:
    return actor_for(riverside, "Dee Marsh", on=DAY)


@pytest.fixture
def ann(asha: Actor, tom: Actor, at: datetime) -> Person:
    """Whose record the council and her landlord see."""
    made = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Ann"})
    Reach.give(person_id=made.id, organisation_id=tom.member_of, why=ReachWhy.REFERRED, at=at)
    return made


@pytest.fixture
def asked(riverside: Universe, asha: Actor, ann: Person, at: datetime) -> KnownTo:
    peers = riverside.organisations["been_there"]
    return ask_whether_known(actor=asha, at=at, person_id=ann.id, asked_of=peers, why="?")


@pytest.fixture
def objects(asha: Actor, tom: Actor, ann: Person, at: datetime) -> None:
    record_choices(
        actor=asha, at=at, person_id=ann.id,
        said=Statement(
            answer=Answer.REFUSES, topics=(Topic.KNOWN,), exactly="Me", said_on=DAY,
            recipients=frozenset({tom.member_of}), capacity="assumed", method="spoken",
        ),
    )  # fmt: skip


def read_by(actor: Actor, ann: Person, at: datetime) -> str:
    """Everything that three pages say to somebody of the answers about her."""
    tell_database(actor)
    view = person_view(person_page(actor=actor, person_id=ann.id, at=at), today=DAY)
    circle = parts(circle_of(actor=actor, person_id=ann.id))
    table = table_shown(table_page(actor=actor, person_id=ann.id, at=at))
    return f"{view.known_to} {[each.waits for each in circle]} {table.groups}"


@pytest.mark.proves("MARM-29")
def test_only_who_asked_and_who_was_asked_read_the_note_and_whom_to_talk_to(
    asha: Actor, tom: Actor, ann: Person, asked: KnownTo, dee: Actor, at: datetime
) -> None:
    answer_whether_known(
        actor=dee, at=at, question_id=asked.id, answer="before", note=NOTE, worker_name="Dee Marsh"
    )
    Reach.give(person_id=ann.id, organisation_id=dee.member_of, why=ReachWhy.REFERRED, at=at)
    told = read_by(asha, ann, at)
    assert told.count("Dee Marsh") == 3
    assert NOTE in told
    assert NOTE in read_by(dee, ann, at)
    told = read_by(tom, ann, at)
    assert told.count("Yes, known before, not open now") == 3, "that much all of them read, as the form says"
    assert "Dee" not in told
    assert NOTE not in told
    officer = replace(tom, emergency_people=frozenset({ann.id}))
    assert NOTE in read_by(officer, ann, at), "in an emergency all of it is read"


@pytest.mark.proves("MARM-29")
def test_nobody_answers_that_they_know_a_person_where_it_is_read_by_whom_they_objected_to(
    ann: Person, asked: KnownTo, objects: None, dee: Actor, tom: Actor, at: datetime
) -> None:
    for answer in ("open", "before"):
        with pytest.raises(AnsweredAgainstTheirWishError, match="which would read") as stopped:
            answer_whether_known(actor=dee, at=at, question_id=asked.id, answer=answer)
        assert "Riverside Homes" not in str(stopped.value), "who answers does not see who sees the record"
    answer_whether_known(actor=dee, at=at, question_id=asked.id, answer="cannot_say", note=NOTE)
    assert NOTE not in read_by(tom, ann, at)


def test_the_form_says_who_reads_the_answer_and_keeps_what_was_typed(
    riverside: Universe, asked: KnownTo, objects: None
) -> None:
    browser, address = browser_of(riverside.members["Dee Marsh"].user), f"/people/questions/{asked.id}/"
    page = browser.get(address).text
    assert "Every organisation that sees this record reads this answer." in page
    assert page.count("Only the organisation that asked and your own read this.") == 2
    refused = browser.post(address, {"answer": "open", "note": "Ring me."})
    assert refused.status_code == 422
    assert "which would read this answer is not told about them" in refused.text
    assert "Ring me." in refused.text


def test_whoever_notes_an_involvement_is_told_who_reads_it_and_whom_the_person_objects_to(
    riverside: Universe, ann: Person, at: datetime, request: pytest.FixtureRequest
) -> None:
    browser, address = browser_of(riverside.members["Asha Patel"].user), f"/people/{ann.id}/involvement/"
    page = browser.get(address).text
    assert "1 other organisation sees this record, and will read this: Riverside Homes." in page
    assert "not to tell" not in page
    request.getfixturevalue("objects")
    page = browser.get(address).text
    assert "not to tell this organisation about them: Riverside Homes." in page
