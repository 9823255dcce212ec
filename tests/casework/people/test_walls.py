"""Nobody sees a person outside their reach: not by queries, not by raw SQL, not by guessing."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DataError, connection, transaction
from tests.casework.people.conftest import somebody_at

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.emergencies import (
    ReasonTooShortError,
    open_in_emergency,
    review_emergency,
)
from alongside.casework.people.commands.involvement import (
    NotYetError,
    add_to_chronology,
    answer_whether_known,
    ask_whether_known,
    end_involvement,
    note_involvement,
)
from alongside.casework.people.models import KnownTo, Person
from alongside.casework.people.queries import person_page, search_people
from alongside.casework.people.queries.emergencies import emergency_people_of

pytestmark = pytest.mark.django_db
TABLES = ("person", "aboutme", "contact", "involvement", "chronologyentry", "reach")
REASON = "She has not been seen for four days and the neighbours hear her call."


def raw(actor: Actor | None, table: str) -> int:
    """What SQL of one's own on the application's connection sees."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('alongside.reach', '', true)")
        if actor:
            tell_database(actor)
        cursor.execute(f"select count(*) from people_{table}")
        return int(cursor.fetchone()[0])


@pytest.fixture
def full(person: Person, practitioner: Actor, at: datetime) -> Person:
    add_to_chronology(
        actor=practitioner,
        at=at,
        person_id=person.id,
        happened_on=at.date(),
        kind="contact",
        words="A cup of tea.",
    )
    note_involvement(actor=practitioner, at=at, person_id=person.id, how_often="weekly")
    return person


def test_raw_sql_sees_only_people_within_reach_and_nobody_when_no_reach_is_told(
    full: Person, practitioner: Actor, peer: Actor
) -> None:
    assert [raw(practitioner, table) for table in TABLES] == [1, 0, 0, 1, 1, 2]
    assert [raw(peer, table) for table in TABLES] == [0] * len(TABLES)
    assert [raw(None, table) for table in TABLES] == [0] * len(TABLES)
    assert raw(system_actor("nightly check"), "person") == 1


def test_another_organisations_person_and_a_missing_one_are_answered_alike(
    full: Person, peer: Actor, at: datetime
) -> None:
    answers = set()
    for person_id in (full.id, uuid4()):
        with pytest.raises(NotFoundError) as answer:
            person_page(actor=peer, person_id=person_id, at=at)
        answers.add(str(answer.value))
    assert len(answers) == 1
    assert search_people(actor=peer, words="Beatrice Murchu").people == []


def test_a_role_without_people_sees_none_even_of_its_own_organisation(
    full: Person, council: Organisation, at: datetime
) -> None:
    with pytest.raises(NotAllowedError):
        person_page(actor=somebody_at(council, "approver"), person_id=full.id, at=at)


def test_an_involvement_gives_reach_and_takes_it_again(
    full: Person, practitioner: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    question = ask_whether_known(
        actor=practitioner, at=at, person_id=full.id, asked_of=charity, why="She spoke of you."
    )
    assert raw(peer, "person") == 0
    answer_whether_known(actor=peer, at=at, question_id=question.id, answer=KnownTo.Answer.OPEN)
    assert person_page(actor=peer, person_id=full.id, at=at).person == full
    noted = note_involvement(actor=peer, at=at, person_id=full.id, since=date(2024, 11, 1))
    with pytest.raises(NotYetError):
        end_involvement(actor=peer, at=at, involvement_id=noted.id, on=at.date() + timedelta(days=1))
    end_involvement(actor=peer, at=at, involvement_id=noted.id, on=at.date())
    assert raw(peer, "person") == 1, "the answer still stands"


def test_an_answer_of_no_shows_nothing_of_the_person(
    full: Person, practitioner: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    question = ask_whether_known(actor=practitioner, at=at, person_id=full.id, asked_of=charity, why="?")
    answer_whether_known(actor=peer, at=at, question_id=question.id, answer=KnownTo.Answer.NO)
    assert raw(peer, "person") == 0


def test_an_emergency_opens_one_person_for_a_day_is_recorded_and_reviewed_by_another(
    full: Person, peer: Actor, council: Organisation, charity: Organisation, at: datetime
) -> None:
    access = open_in_emergency(
        actor=peer, at=at, surname="O Murchu", date_of_birth=date(1951, 3, 4), reason=REASON
    )
    opened = emergency_people_of(
        user_id=peer.account, organisation_id=peer.member_of, at=at + timedelta(hours=23)
    )
    assert opened == {full.id}
    assert (
        emergency_people_of(user_id=peer.account, organisation_id=peer.member_of, at=at + timedelta(hours=24))
        == frozenset()
    )
    now = replace(peer, emergency_people=opened)
    page = person_page(actor=now, person_id=full.id, at=at)
    assert page.person == full
    assert raw(now, "person") == 1
    assert AuditEvent.objects.filter(code="person.emergency_opened", person_id=full.id).exists()
    lead = somebody_at(council, "governance_lead", name="Iris Lead")
    own = replace(lead, user_id=peer.user_id)
    with pytest.raises(NotAllowedError, match="Somebody else"):
        review_emergency(actor=own, at=at, access_id=access.id, verdict="justified", note="")
    seen = review_emergency(actor=lead, at=at, access_id=access.id, verdict="justified", note="Life at risk.")
    assert seen.verdict == "justified"


@pytest.mark.parametrize(
    ("surname", "born", "reason", "refusal"),
    [
        ("O Murchu", date(1951, 3, 4), "urgent", ReasonTooShortError),
        ("O Murchu", date(1951, 3, 5), REASON, NotFoundError),
        ("", date(1951, 3, 4), REASON, NotFoundError),
        ("Other", date(1951, 3, 4), REASON, NotFoundError),
    ],
)
def test_an_emergency_needs_a_reason_and_the_exact_person(
    full: Person, peer: Actor, at: datetime, surname: str, born: date, reason: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        open_in_emergency(actor=peer, at=at, surname=surname, date_of_birth=born, reason=reason)
    assert not AuditEvent.objects.filter(code="person.emergency_opened").exists()


def test_who_may_not_review_is_told_the_same_of_any_emergency_access(
    full: Person, peer: Actor, practitioner: Actor, at: datetime
) -> None:
    access = open_in_emergency(
        actor=peer, at=at, surname="O Murchu", date_of_birth=date(1951, 3, 4), reason=REASON
    )
    for access_id in (access.id, uuid4()):
        with pytest.raises(NotAllowedError):
            review_emergency(actor=practitioner, at=at, access_id=access_id, verdict="justified", note="")


@pytest.mark.parametrize("reach", ["garbage", "**", " *", "%", "{*}", "*'; --", str(UUID(int=0))])
@pytest.mark.parametrize("table", TABLES)
def test_a_reach_that_is_none_shows_nobody(full: Person, reach: str, table: str) -> None:
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute("select set_config('alongside.reach', %s, true)", [reach])
                cursor.execute(f"select count(*) from people_{table}")
                seen = int(cursor.fetchone()[0])
        except DataError:
            seen = 0
    assert seen == 0


def test_a_temporary_table_of_the_same_name_opens_nobody(full: Person, peer: Actor) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(peer)
        cursor.execute(
            "create temporary table people_reach as select * from public.people_reach with no data"
        )
        cursor.execute(
            "insert into pg_temp.people_reach (id, person_id, organisation_id, why, purpose, since) "
            "values (gen_random_uuid(), %s, %s, 'involved', '', now())",
            [full.id, peer.member_of],
        )
        cursor.execute("select count(*) from people_person")
        assert cursor.fetchone() == (0,)
        transaction.set_rollback(True)
