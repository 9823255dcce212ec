"""Who of a person's network a case is about as well: what may come from each, and to each."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.casework.hostile.test_queries import MOST, NOT_ASKED
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.asking import ask_for_case, decline_case
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.family import end_family_risk, note_family_risk
from alongside.casework.marm.commands.minutes import RiskFromThemError, hear_family
from alongside.casework.marm.models import Case, FamilyRisk, Meeting
from alongside.casework.marm.presenters.cases import CaseShown, case_shown
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.family import family_risk_to_end, who_of_the_network
from alongside.casework.marm.queries.meetings import could_come
from alongside.casework.marm.queries.minutes import minutes_to_write
from alongside.casework.marm.rules.criteria import Answer, Answered
from alongside.casework.marm.rules.family import FamilyRiskSaid, wrong_with_family
from alongside.casework.notices.models import Notice
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.records import note_contact, take_off_network
from alongside.casework.people.models import Contact

SAID = FamilyRiskSaid(
    from_them="He takes her post.", to_them="He has nowhere else to go.", says="Bee, to Dee on Thursday."
)
FAMILY = {
    "care_and_support_needs": Answered(Answer.MET, "She cannot wash alone"),
    "harm_in_the_family": Answered(Answer.MET, "The nephew"),
}


@pytest.fixture
def nephew(who: AnActor, bee: UUID, now: datetime) -> Contact:
    """Somebody of Bee's network, of whom no risk is noted there."""
    return note_contact(
        actor=who("Asha Patel"), at=now, person_id=bee, name="Lee", relationship="nephew",
        permission="only_if", permission_words="Only when Dee is with you.",
    )  # fmt: skip


@pytest.fixture
def noted(who: AnActor, opened: Case, nephew: Contact, now: datetime) -> FamilyRisk:
    return note_family_risk(
        actor=who("Asha Patel"), at=now, case_id=opened.id, contact_id=nephew.id, said=SAID
    )


def shown(who: AnActor, case: Case, now: datetime, name: str = "Asha Patel") -> CaseShown:
    return case_shown(case_page(actor=who(name), case_id=case.id), now)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        (SAID, set()),
        (FamilyRiskSaid("", "He has nowhere to go.", "Bee"), set()),
        (FamilyRiskSaid("He takes her post.", "", "Bee"), set()),
        (FamilyRiskSaid(" ", "", "Bee"), {"from_them"}),
        (FamilyRiskSaid("He takes her post.", "", " "), {"says"}),
    ],
)
def test_from_them_or_to_them_is_said_and_who_says_so(said: FamilyRiskSaid, missing: set[str]) -> None:
    assert set(wrong_with_family(said)) == missing


@pytest.mark.django_db
@pytest.mark.proves("MARM-11")
def test_the_family_is_a_way_in_of_its_own_and_asks_whom_it_is_about(
    who: AnActor, bee: UUID, nephew: Contact, now: datetime
) -> None:
    case = ask_for_case(actor=who("Asha Patel"), at=now, person_id=bee, asked=asked(answers=FAMILY))
    assert (case.fits, shown(who, case, now).family_asked) == ("yes", True)
    note_family_risk(actor=who("Asha Patel"), at=now, case_id=case.id, contact_id=nephew.id, said=SAID)
    page = shown(who, case, now)
    assert not page.family_asked
    (line,) = page.family
    assert (line.who, line.from_them, line.to_them) == ("Lee, nephew", SAID.from_them, SAID.to_them)
    assert line.says.startswith("Bee, to Dee on Thursday. (written down by Asha Patel, Riverside Council")
    assert line.wish == "Only if: “Only when Dee is with you.”"


@pytest.mark.django_db
def test_a_case_asked_for_otherwise_asks_for_no_family(who: AnActor, opened: Case, now: datetime) -> None:
    assert not shown(who, opened, now).family_asked


@pytest.mark.django_db
@pytest.mark.proves("MARM-11")
def test_from_whom_something_may_come_is_marked_and_to_whom_alone_is_not(
    who: AnActor, opened: Case, nephew: Contact, now: datetime
) -> None:
    asha = who("Asha Patel")
    only_to = FamilyRiskSaid("", "He has nowhere to go.", "Bee")
    note_family_risk(actor=asha, at=now, case_id=opened.id, contact_id=nephew.id, said=only_to)
    assert [each.risk_noted for each in shown(who, opened, now).family] == [False]
    later = now + timedelta(minutes=1)
    note_family_risk(actor=asha, at=later, case_id=opened.id, contact_id=nephew.id, said=SAID)
    assert [each.risk_noted for each in shown(who, opened, now).family] == [False, True]
    see_all()
    Contact.objects.filter(id=nephew.id).update(poses_risk=True)
    assert [each.risk_noted for each in shown(who, opened, now).family] == [True, True]


@pytest.mark.django_db
def test_wherever_somebody_of_their_life_is_offered_it_says_on_what_condition(
    riverside_now: Universe, opened: Case, meeting: Meeting, nephew: Contact
) -> None:
    see_all()
    Contact.objects.filter(id=nephew.id).update(
        permission="only_if", permission_words="Only if I am in hospital"
    )
    asha = browser_of(riverside_now.members["Asha Patel"].user)
    case, minutes = f"/cases/{opened.id}", f"/meetings/{meeting.id}/minutes"
    said = "May you speak with them? Only if: “Only if I am in hospital”"
    for page in (f"{case}/meetings/set/", f"{minutes}/family/", f"{case}/family/new/"):
        assert f"Lee (nephew). {said}" in asha.get(page).text, page


@pytest.mark.django_db
def test_from_whom_something_may_come_is_neither_invited_nor_heard_while_that_stands(
    who: AnActor, opened: Case, meeting: Meeting, nephew: Contact, noted: FamilyRisk, now: datetime
) -> None:
    asha = who("Asha Patel")
    hear = {"actor": asha, "at": now, "meeting_id": meeting.id, "contact_id": nephew.id, "words": "Hello"}
    tell_database(asha)
    assert "Lee" not in [each.name for each in could_come(opened, asha)[0]]
    assert "Lee" not in [each.name for each in minutes_to_write(actor=asha, meeting_id=meeting.id).contacts]
    with pytest.raises(RiskFromThemError):
        hear_family(**hear)
    end_family_risk(actor=asha, at=now, family_risk_id=noted.id, why="He has a flat of his own.")
    assert "Lee" in [each.name for each in could_come(opened, asha)[0]]
    assert hear_family(**hear).words == "Hello"


@pytest.mark.django_db
def test_it_ends_once_with_a_reason_and_stays_to_be_read(
    who: AnActor, opened: Case, noted: FamilyRisk, now: datetime
) -> None:
    asha = who("Asha Patel")
    with pytest.raises(UnsaidError):
        end_family_risk(actor=asha, at=now, family_risk_id=noted.id, why=" ")
    end_family_risk(actor=asha, at=now, family_risk_id=noted.id, why="He has a flat of his own.")
    page = shown(who, opened, now)
    assert (page.family, page.family_asked) == ([], False)
    assert page.family_ended[0].from_them == SAID.from_them
    assert page.family_ended[0].ended.endswith("He has a flat of his own.")
    for again in (
        lambda: end_family_risk(actor=asha, at=now, family_risk_id=noted.id, why="Again"),
        lambda: family_risk_to_end(actor=asha, family_risk_id=noted.id),
    ):
        with pytest.raises(AlreadyDoneError):
            again()


@pytest.mark.django_db
def test_nothing_is_kept_twice_of_nobody_unsaid_or_in_a_case_that_is_over(
    who: AnActor, case: Case, nephew: Contact, now: datetime
) -> None:
    asha = who("Asha Patel")
    note = {"actor": asha, "at": now, "case_id": case.id, "contact_id": nephew.id, "said": SAID}
    noted = note_family_risk(**note)
    with pytest.raises(AlreadyDoneError):
        note_family_risk(**note)
    with pytest.raises(NotFoundError):
        note_family_risk(**note | {"contact_id": uuid4()})
    with pytest.raises(UnsaidError):
        note_family_risk(**note | {"said": FamilyRiskSaid("", "", "Bee")})
    take_off_network(actor=asha, at=now, person_id=case.person_id, contact_id=nephew.id)
    with pytest.raises(NotFoundError):
        note_family_risk(**note | {"said": FamilyRiskSaid("More", "", "Bee")})
    decline_case(
        actor=who("Mair Pugh"), at=now, case_id=case.id, why="One can", advice="Ring", route="homelessness"
    )
    for over in (
        lambda: note_family_risk(**note),
        lambda: end_family_risk(actor=asha, at=now, family_risk_id=noted.id, why="Over"),
        lambda: who_of_the_network(actor=asha, case_id=case.id),
    ):
        with pytest.raises(AlreadyDoneError):
            over()


@pytest.mark.django_db
def test_who_takes_no_part_or_does_not_work_on_cases_writes_and_sees_nothing(
    who: AnActor, opened: Case, noted: FamilyRisk, nephew: Contact, now: datetime
) -> None:
    dee, mair = who("Dee Marsh"), who("Mair Pugh")
    for not_there in (
        lambda: note_family_risk(actor=dee, at=now, case_id=opened.id, contact_id=nephew.id, said=SAID),
        lambda: end_family_risk(actor=dee, at=now, family_risk_id=noted.id, why="Why"),
        lambda: family_risk_to_end(actor=dee, family_risk_id=noted.id),
        lambda: who_of_the_network(actor=dee, case_id=opened.id),
    ):
        with pytest.raises(NotFoundError):
            not_there()
    tell_database(dee)
    assert not FamilyRisk.objects.filter(id=noted.id).exists()  # also where a query forgot to ask
    assert shown(who, opened, now, "Mair Pugh").family
    with pytest.raises(NotAllowedError):
        note_family_risk(actor=mair, at=now, case_id=opened.id, contact_id=nephew.id, said=SAID)


@pytest.mark.django_db
def test_nobody_is_told_and_what_is_recorded_names_nobody_of_the_network(
    who: AnActor, noted: FamilyRisk, now: datetime
) -> None:
    see_all()
    before = Notice.objects.count()
    end_family_risk(actor=who("Asha Patel"), at=now, family_risk_id=noted.id, why="He has a flat.")
    see_all()
    assert Notice.objects.count() == before
    of_it = AuditEvent.objects.filter(code__startswith="marm.family_risk", about_id=noted.case_id)
    events = list(of_it.order_by("sequence"))
    assert [each.code for each in events] == ["marm.family_risk_noted", "marm.family_risk_ended"]
    assert "Lee" not in str([each.__dict__ for each in events])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("update marm_familyrisk set from_them = 'Nothing'", "kept as it was said"),
        ("update marm_familyrisk set ended_at = now()", "family_risk_ends_with_reason"),
        ("delete from marm_familyrisk", "kept as it was said"),
        (
            """insert into marm_familyrisk (id, name, relationship, from_them, to_them, says, noted_by,
            noted_at, ended_by, ended_why, case_id, contact_id, organisation_id) select gen_random_uuid(),
            name, relationship, '', '', says, noted_by, noted_at, '', '', case_id, contact_id, organisation_id
            from marm_familyrisk""",
            "family_risk_says_what",
        ),
    ],
)
def test_raw_sql_changes_nothing_that_was_said(
    statement: str, refused: str, who: AnActor, noted: FamilyRisk
) -> None:
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError, match=refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_page_of_a_case_asks_the_database_at_most_fifteen_times(
    riverside_now: Universe, opened: Case, noted: FamilyRisk
) -> None:
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    browser.get(f"/cases/{opened.id}/")
    with CaptureQueriesContext(connection) as asked_of_it:
        assert browser.get(f"/cases/{opened.id}/").status_code == 200
    said = [each["sql"] for each in asked_of_it if not each["sql"].startswith(NOT_ASKED)]
    assert len(said) <= MOST, "\n".join(each[:150] for each in said)


@pytest.mark.django_db
def test_raw_sql_changes_no_reason_of_what_has_ended(who: AnActor, noted: FamilyRisk, now: datetime) -> None:
    end_family_risk(actor=who("Asha Patel"), at=now, family_risk_id=noted.id, why="He has a flat.")
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError, match="ends once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update marm_familyrisk set ended_why = 'No' where ended_at is not null")
