"""Two records that are one person: seen by all who see one of them, and by nobody longer than that."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from tests.casework.people.conftest import somebody_at
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.errors import CaseworkError, NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.emergencies import open_in_emergency
from alongside.casework.people.commands.identity import (
    JoinedAgainstTheirWishError,
    TwoNumbersError,
    merge_people,
    part_people,
)
from alongside.casework.people.commands.involvement import (
    add_to_chronology,
    answer_whether_known,
    ask_whether_known,
    correct_entry,
    end_involvement,
    note_involvement,
)
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import KnownTo, Person, Reach
from alongside.casework.people.queries import OnlyInEmergencyError, person_page
from alongside.casework.people.queries.emergencies import emergency_people_of
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic

WHY = "The same name, birthday and telephone; she told both of us so."
REASON = "She has not been seen for four days and the neighbours hear her call."


@pytest.fixture
def police(db: None) -> Organisation:
    return Organisation.join(code="riverside-police", name="Riverside Police", kind="police")


@pytest.fixture
def officer(police: Organisation) -> Actor:
    return somebody_at(police, "manager", name="Owen Price")


def one_of(actor: Actor, at: datetime, known_as: str) -> Person:
    made = admit_person(actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": known_as})
    add_to_chronology(
        actor=actor, at=at, person_id=made.id, happened_on=at.date(), kind="event", words=known_as
    )
    return made


def share(person: Person, asker: Actor, answerer: Actor, at: datetime) -> None:
    """Let the answerer's organisation see a person, by a question and its answer."""
    asked_of = Organisation.objects.get(id=answerer.member_of)
    question = ask_whether_known(actor=asker, at=at, person_id=person.id, asked_of=asked_of, why="?")
    answer_whether_known(actor=answerer, at=at, question_id=question.id, answer=KnownTo.Answer.OPEN)


def told(actor: Actor, person: Person, at: datetime) -> list[str]:
    """What the page tells, from all records."""
    page = person_page(actor=actor, person_id=person.id, at=at)
    return sorted(each.words for each in page.chronology)


def test_records_joined_one_after_another_are_one_page_and_come_apart_again(
    practitioner: Actor, manager: Actor, at: datetime
) -> None:
    first, second, third = (one_of(practitioner, at, name) for name in ("A", "B", "C"))
    inner = merge_people(actor=manager, at=at, kept_id=second.id, absorbed_id=first.id, reason=WHY)
    merge_people(actor=manager, at=at, kept_id=third.id, absorbed_id=second.id, reason=WHY)
    for each in (first, second, third):
        page = person_page(actor=practitioner, person_id=each.id, at=at)
        assert page.person == third
        assert len(page.merges) == 2
        assert told(practitioner, each, at) == ["A", "B", "C"]
    part_people(actor=manager, at=at + timedelta(days=1), merge_id=inner.id, why="Sisters.")
    assert told(practitioner, first, at) == ["A"]
    assert told(practitioner, second, at) == ["B", "C"]


def test_who_comes_to_see_one_record_later_sees_what_is_joined_with_it(
    practitioner: Actor, manager: Actor, peer: Actor, at: datetime
) -> None:
    first, second = one_of(practitioner, at, "A"), one_of(practitioner, at, "B")
    merge_people(actor=manager, at=at, kept_id=second.id, absorbed_id=first.id, reason=WHY)
    share(second, practitioner, peer, at)
    assert told(peer, second, at) == told(peer, first, at) == ["A", "B"]


def test_a_reach_that_ends_takes_along_what_came_with_it_by_a_merge(
    practitioner: Actor, manager: Actor, officer: Actor, at: datetime
) -> None:
    first, second = one_of(practitioner, at, "A"), one_of(practitioner, at, "B")
    share(first, practitioner, officer, at)
    noted = note_involvement(actor=officer, at=at, person_id=first.id)
    with connection.cursor() as cursor:  # all that is left of their reach is the involvement
        cursor.execute("set local alongside.reach = '*'")
        cursor.execute("update people_reach set until = since where why = 'asked_and_known'")
    merge_people(actor=manager, at=at, kept_id=second.id, absorbed_id=first.id, reason=WHY)
    assert told(officer, second, at) == ["A", "B"]
    end_involvement(actor=officer, at=at, involvement_id=noted.id, on=at.date())
    for each in (first, second):
        with pytest.raises(NotFoundError):
            person_page(actor=officer, person_id=each.id, at=at)


def test_parting_takes_back_what_came_by_way_of_the_record_that_leaves(
    practitioner: Actor, manager: Actor, peer: Actor, at: datetime
) -> None:
    theirs, ours, another = (one_of(practitioner, at, name) for name in ("A", "B", "D"))
    share(theirs, practitioner, peer, at)
    merge = merge_people(actor=manager, at=at, kept_id=ours.id, absorbed_id=theirs.id, reason=WHY)
    merge_people(actor=manager, at=at, kept_id=ours.id, absorbed_id=another.id, reason=WHY)
    assert told(peer, another, at) == ["A", "B", "D"]
    part_people(actor=manager, at=at + timedelta(days=1), merge_id=merge.id, why="Sisters.")
    assert told(peer, theirs, at) == ["A"]
    for each in (ours, another):
        with pytest.raises(NotFoundError):
            person_page(actor=peer, person_id=each.id, at=at)


def test_an_entry_of_a_joined_record_can_be_corrected(
    practitioner: Actor, manager: Actor, at: datetime
) -> None:
    first, second = one_of(practitioner, at, "A"), one_of(practitioner, at, "B")
    entry = person_page(actor=practitioner, person_id=first.id, at=at).chronology[0]
    merge_people(actor=manager, at=at, kept_id=second.id, absorbed_id=first.id, reason=WHY)
    correction = correct_entry(
        actor=practitioner, at=at, person_id=second.id, entry_id=entry.id, happened_on=at.date(),
        words="It was on Tuesday.", why="The diary says so.",
    )  # fmt: skip
    assert correction.corrects == entry


def in_an_emergency(actor: Actor, surname: str, at: datetime) -> Actor:
    open_in_emergency(actor=actor, at=at, surname=surname, date_of_birth=date(1951, 3, 4), reason=REASON)
    return replace(
        actor,
        emergency_people=emergency_people_of(user_id=actor.account, organisation_id=actor.member_of, at=at),
    )


def test_an_emergency_shows_all_records_of_the_person(
    person: Person, practitioner: Actor, manager: Actor, peer: Actor, at: datetime
) -> None:
    other = one_of(practitioner, at, "A")
    merge_people(actor=manager, at=at, kept_id=person.id, absorbed_id=other.id, reason=WHY)
    assert told(in_an_emergency(peer, "O Murchu", at), person, at) == ["A"]


def test_an_emergency_is_opened_for_one_organisation_and_not_for_another_of_the_same_member(
    person: Person, peer: Actor, police: Organisation, at: datetime
) -> None:
    assert in_an_emergency(peer, "O Murchu", at).emergency_people == {person.id}
    elsewhere = emergency_people_of(user_id=peer.account, organisation_id=police.id, at=at)
    assert elsewhere == frozenset()


def test_an_emergency_becomes_no_lasting_reach_by_involvement_or_merge(
    person: Person, officer: Actor, at: datetime
) -> None:
    own = one_of(officer, at, "Own")
    now = in_an_emergency(officer, "O Murchu", at)
    with pytest.raises(OnlyInEmergencyError, match="for a day"):
        note_involvement(actor=now, at=at, person_id=person.id)
    for kept, absorbed in ((own, person), (person, own)):
        with pytest.raises(OnlyInEmergencyError):
            merge_people(actor=now, at=at, kept_id=kept.id, absorbed_id=absorbed.id, reason=WHY)
    with pytest.raises(NotFoundError):
        person_page(actor=officer, person_id=person.id, at=at)


@pytest.mark.parametrize("guess", ["u", "mur", "beatrice", "bee", "o", "murchu beatrice"])
def test_an_emergency_takes_the_surname_and_no_part_of_it(
    person: Person, peer: Actor, at: datetime, guess: str
) -> None:
    with pytest.raises(NotFoundError):
        in_an_emergency(peer, guess, at)


@pytest.mark.django_db(transaction=True)
def test_two_who_join_the_same_records_the_other_way_round_make_no_ring(
    practitioner: Actor, manager: Actor, at: datetime
) -> None:
    first, second = one_of(practitioner, at, "A"), one_of(practitioner, at, "B")
    ready, answers = threading.Barrier(2), []

    def join(kept: Person, absorbed: Person) -> None:
        try:
            ready.wait()
            merge_people(actor=manager, at=at, kept_id=kept.id, absorbed_id=absorbed.id, reason=WHY)
            answers.append("joined")
        except Exception as error:
            answers.append("refused" if isinstance(error, CaseworkError) else repr(error))
        finally:
            connection.close()

    for _ in range(8):
        threads = [threading.Thread(target=join, args=pair) for pair in ((first, second), (second, first))]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert sorted(answers) == ["joined", "refused"]
        answers.clear()
        merge = person_page(actor=manager, person_id=first.id, at=at).merges[0]
        part_people(actor=manager, at=at + timedelta(days=1), merge_id=merge.id, why="Again.")


# What the person asked


@pytest.fixture
def apart(riverside: Universe, at: datetime) -> Person:
    """Bee by a second record, of which she asked that the landlord, who sees the first, is not told."""
    asha = actor_for(riverside, "Asha Patel", on=date(2026, 11, 2))
    known = {"known_as": "Beatrice", "surname": "Murchu"}
    twin = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known=known)
    landlord = riverside.organisations["riverside_homes"]
    refuses = Statement(
        answer=Answer.REFUSES, topics=(Topic.KNOWN,), recipients=frozenset({landlord.id}), exactly="Me",
        said_on=date(2026, 11, 2), capacity="assumed", method="spoken",
    )  # fmt: skip
    record_choices(actor=asha, at=at, person_id=twin.id, said=refuses)
    return twin


@pytest.mark.proves("MARM-29")
def test_records_are_not_joined_where_by_that_somebody_would_see_one_who_is_not_to_be_told(
    riverside: Universe, apart: Person, at: datetime
) -> None:
    bee, gwen = riverside.people["Bee"], actor_for(riverside, "Gwen Hughes", on=date(2026, 11, 2))
    for kept, absorbed in ((bee, apart.id), (apart.id, bee)):
        with pytest.raises(JoinedAgainstTheirWishError, match="sharing with: Riverside Homes"):
            merge_people(actor=gwen, at=at, kept_id=kept, absorbed_id=absorbed, reason=WHY)
    tell_database(system_actor("tests"))
    Reach.objects.filter(person=bee, organisation=riverside.organisations["riverside_homes"]).update(until=at)
    merge_people(actor=gwen, at=at, kept_id=bee, absorbed_id=apart.id, reason=WHY)


def test_one_person_has_one_nhs_number_however_many_records_are_joined(
    practitioner: Actor, manager: Actor, at: datetime
) -> None:
    def numbered(number: str) -> UUID:
        known = {"known_as": "Bee", **({"nhs_number": number} if number else {})}
        return admit_person(actor=practitioner, at=at, why=ReachWhy.RAISED_CONCERN, known=known).id

    kept, one, another = numbered(""), numbered("9991000013"), numbered("9991000021")
    merge_people(actor=manager, at=at, kept_id=kept, absorbed_id=one, reason=WHY)
    with pytest.raises(TwoNumbersError):
        merge_people(actor=manager, at=at, kept_id=kept, absorbed_id=another, reason=WHY)
    same = numbered("9991000013")
    merge_people(actor=manager, at=at, kept_id=kept, absorbed_id=same, reason=WHY)


@pytest.mark.proves("MARM-29")
def test_the_database_lets_nobody_see_a_joined_record_who_is_not_to_be_told(
    riverside: Universe, apart: Person, at: datetime
) -> None:
    bee, homes = riverside.people["Bee"], riverside.organisations["riverside_homes"]
    tell_database(system_actor("tests"))
    Person.objects.filter(id=apart.id).update(merged_into_id=bee)
    Reach.share(person_id=bee, at=at)
    came = Reach.objects.filter(person=apart, why=ReachWhy.MERGED, until=None)
    assert came.exists()
    assert not came.filter(organisation=homes).exists()


@pytest.mark.proves("MARM-29")
def test_the_page_that_joins_says_who_comes_to_see_what_and_keeps_what_was_typed(
    riverside: Universe, apart: Person
) -> None:
    browser = browser_of(riverside.members["Gwen Hughes"].user)
    path = f"/people/{riverside.people['Bee']}/merge/"
    page = browser.post(path, {"words": "Beatrice Murchu"}).content.decode()
    assert "There is a problem" not in page
    seen_by = page.partition("both records can be seen by: ")[2].partition(".")[0]
    assert {"Riverside Homes"} < set(seen_by.split(", "))
    assert "objects to sharing with: Riverside Homes. While that stands" in page
    sent = {"words": "Beatrice Murchu", "other": str(apart.id), "reason": "She told us so."}
    page = browser.post(path, sent).content.decode()
    assert "would see both if you joined them" in page
    assert "She told us so." in page
    assert f'value="{apart.id}" checked' in page
