"""Agencies look into cases drawn at random, by numbers and without names, and learn together."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pydantic import ValidationError
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.area.marm_models import CaseAudits
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.design.spreadsheets import spreadsheet
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.auditing_cases import (
    CannotDrawError,
    answer_case_audit,
    begin_case_audit,
    close_case_audit,
)
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import AuditAnswer, CaseAudit, SampledCase, SampledFrom
from alongside.casework.marm.presenters.case_audits import count_rows
from alongside.casework.marm.queries.case_audits import audit_page, case_audits, sampled_page
from alongside.casework.marm.queries.case_facts import cases_of_period
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.case_audits import (
    Fact,
    Learnt,
    Said,
    SoMany,
    Verdict,
    counted,
    days_led,
    drawn,
    wrong_with_answers,
    wrong_with_period,
)
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.queries.formats import FORMATS

NAMES = ("Ottoline", "Peregrine", "Quilla", "Rosamund", "Sholto", "Tamsin")
LOOKERS = ("Asha Patel", "Dee Marsh")
DAY = date(2026, 5, 1)


def test_the_same_seed_draws_the_same_cases_in_whatever_order_they_come() -> None:
    cases = [uuid4() for _each in range(40)]
    sample = drawn(cases, size=6, seed=7)
    assert drawn(reversed(cases), size=6, seed=7) == sample
    assert len(set(sample)) == 6
    assert drawn(cases, size=6, seed=8) != sample


def test_no_case_is_drawn_more_often_than_another() -> None:
    cases = [UUID(int=each) for each in range(10)]
    times = dict.fromkeys(cases, 0)
    for seed in range(2_000):
        for each in drawn(cases, size=3, seed=seed):
            times[each] += 1
    assert all(500 < each < 700 for each in times.values())


def test_what_is_counted_says_met_partly_or_not_and_of_nothing_that_one_cannot_tell() -> None:
    assert SoMany(3, 3).verdict is Verdict.MET
    assert SoMany(1, 3).verdict is Verdict.PARTLY
    assert SoMany(0, 3).verdict is Verdict.NOT_MET
    assert SoMany(0, 0).verdict is Verdict.CANNOT_TELL


def test_days_with_somebody_who_leads_count_once_and_only_while_the_case_was_open() -> None:
    led = [(DAY - timedelta(9), DAY + timedelta(1)), (DAY + timedelta(1), DAY + timedelta(2)), (DAY, DAY)]
    assert days_led(led, first=DAY, last=DAY + timedelta(9)) == SoMany(3, 10)
    assert days_led([(DAY, None)], first=DAY, last=DAY + timedelta(9)) == SoMany(10, 10)
    assert days_led([(DAY - timedelta(5), DAY - timedelta(2))], first=DAY, last=DAY) == SoMany(0, 1)


def test_answers_about_too_few_cases_are_held_back_whoever_gave_how_many() -> None:
    few = [("alone", number, Verdict.MET) for number in (1, 2, 3, 4)] * 3
    enough = [("known", number, Verdict.PARTLY) for number in (1, 2, 3, 4, 5)]
    found = counted([*few, *enough], questions=["alone", "known", "never"], at_least=5)
    assert found["alone"].of_verdict is None
    assert found["never"].of_verdict is None
    assert found["known"].of_verdict is not None
    assert found["known"].of_verdict[Verdict.PARTLY] == 5


def test_a_period_is_over_and_a_sample_is_never_too_small() -> None:
    assert wrong_with_period(DAY, DAY, size=5, at_least=5, today=DAY) == {}
    assert set(wrong_with_period(DAY, DAY, size=4, at_least=5, today=DAY)) == {"size"}
    assert set(wrong_with_period(DAY, DAY + timedelta(1), size=5, at_least=5, today=DAY)) == {"last"}
    assert set(wrong_with_period(DAY, DAY - timedelta(1), size=5, at_least=5, today=DAY)) == {"last"}


def test_what_falls_short_is_said_in_words() -> None:
    said = {"a": Said(Verdict.MET), "b": Said(Verdict.PARTLY), "c": Said(Verdict.CANNOT_TELL)}
    assert set(wrong_with_answers(said, "abcd")) == {"b", "d"}


def test_an_area_pack_cannot_make_a_sample_smaller_nor_ask_the_same_twice() -> None:
    question = {"code": "alone", "ask": "Was nobody left alone with it?"}
    assert CaseAudits.model_validate({"questions": [question]}).at_least == 5
    with pytest.raises(ValidationError):
        CaseAudits.model_validate({"at_least": 4})
    with pytest.raises(ValidationError, match="twice"):
        CaseAudits.model_validate({"questions": [question, question]})


@pytest.fixture
def cases(who: AnActor, now: datetime) -> list[UUID]:
    """Six open cases about people whom the council alone knows."""
    found = []
    for name in NAMES:
        person = admit_person(
            actor=who("Asha Patel"), at=now, why=ReachWhy.RAISED_CONCERN,
            known={"known_as": name, "surname": "Verney"},
        )  # fmt: skip
        case = ask_for_case(
            actor=who("Asha Patel"), at=now, person_id=person.id, asked=asked(strengths=f"{name} sings.")
        )
        open_case(actor=who("Mair Pugh"), at=now, case_id=case.id, why=f"{name} is alone with it.")
        found.append(case.id)
    return found


@pytest.fixture
def begin(riverside_now: Universe, who: AnActor, cases: list[UUID], now: datetime) -> Any:
    day = timezone.localdate(now)

    def begun(**other: Any) -> CaseAudit:
        given = {
            "actor": who("Mair Pugh"), "at": now, "first": day, "last": day, "size": 5,
            "members": [riverside_now.members[name].id for name in LOOKERS],
        }  # fmt: skip
        return begin_case_audit(**given | other)

    return begun


@pytest.fixture
def audit(begin: Any) -> CaseAudit:
    made: CaseAudit = begin()
    return made


def answers(**other: Said) -> dict[str, Said]:
    asked = [each.code for each in marm_pack().case_audits.questions if each.fact is None]
    return dict.fromkeys(asked, Said(Verdict.MET)) | other


@pytest.fixture
def learnt(riverside_now: Universe, now: datetime) -> Learnt:
    owner = riverside_now.members["Dee Marsh"].id
    return Learnt("We ring too late.", "One list of numbers.", owner, timezone.localdate(now) + timedelta(30))


def number_of_ours(audit: CaseAudit, cases: list[UUID]) -> int:
    """A number of the sample that stands for a case made here: those of the universe are further on."""
    see_all()
    return SampledFrom.objects.filter(sampled__audit=audit, case_id__in=cases).values_list(
        "sampled__number", flat=True
    )[0]


def answered_by(who: AnActor, audit: CaseAudit, now: datetime, *names: str) -> None:
    alone = Said(Verdict.PARTLY, "One waited for months.")
    for name in names:
        for number in range(1, audit.size + 1):
            answer_case_audit(
                actor=who(name), at=now, audit_id=audit.id, number=number, said=answers(alone=alone)
            )


@pytest.mark.django_db
@pytest.mark.proves("MARM-62")
def test_cases_are_drawn_over_all_of_the_partnership_and_the_same_again_from_the_seed(
    audit: CaseAudit, cases: list[UUID], who: AnActor
) -> None:
    see_all()
    sample = list(SampledFrom.objects.order_by("sampled__number").values_list("case_id", flat=True))
    everything = cases_of_period(audit.first_on, audit.last_on)
    assert audit.of_cases == len(everything) >= 6
    assert sample == drawn(everything, size=5, seed=audit.seed)
    assert audit_page(actor=who("Mair Pugh"), audit_id=audit.id).same_again
    counts = SampledCase.objects.get(audit=audit, number=number_of_ours(audit, cases)).counts
    assert counts[Fact.LED] == SoMany(0, 1)
    assert counts[Fact.OWN_VIEW].verdict is Verdict.CANNOT_TELL


@pytest.mark.django_db
def test_another_case_in_the_period_is_told_where_the_draw_comes_out_otherwise(
    audit: CaseAudit, who: AnActor
) -> None:
    see_all()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('alongside.disposal', 'on', true)")
        SampledFrom.objects.filter(sampled__number=1).delete()
        cursor.execute("select set_config('alongside.disposal', '', true)")
    assert not audit_page(actor=who("Mair Pugh"), audit_id=audit.id).same_again
    assert SampledCase.objects.filter(audit=audit).count() == 5


@pytest.mark.django_db
def test_too_few_cases_or_agencies_and_whoever_does_not_co_ordinate_draw_none(
    begin: Any, who: AnActor, riverside_now: Universe
) -> None:
    asha = riverside_now.members["Asha Patel"].id
    with pytest.raises(CannotDrawError):
        begin(size=4)
    with pytest.raises(CannotDrawError):
        begin(size=400)
    with pytest.raises(CannotDrawError):
        begin(members=[asha])
    with pytest.raises(NotFoundError):
        begin(members=[asha, uuid4()])
    with pytest.raises(NotAllowedError):
        begin(actor=who("Asha Patel"))
    assert not CaseAudit.objects.exists()


@pytest.mark.django_db
@pytest.mark.proves("MARM-62")
def test_whoever_looks_reads_a_number_and_no_name_on_any_page(
    audit: CaseAudit, riverside_now: Universe, who: AnActor, django_assert_max_num_queries: Any
) -> None:
    browser = browser_of(riverside_now.members["Dee Marsh"].user)
    pages = ["/cases/audits/", f"/cases/audits/{audit.id}/", f"/cases/audits/{audit.id}/counts.csv"]
    pages += [f"/cases/audits/{audit.id}/cases/{number}/" for number in range(1, 6)]
    see_all()
    hidden = [str(each.case_id) for each in SampledFrom.objects.all()]
    for address in pages:
        with django_assert_max_num_queries(15):
            answer = browser.get(address)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert not [each for each in (*NAMES, *hidden, "Verney", "Asha Patel") if each in text]
    tell_database(who("Dee Marsh"))
    assert not SampledFrom.objects.exists()
    assert SampledCase.objects.count() == 5


@pytest.mark.django_db
def test_the_case_itself_is_opened_by_who_takes_part_in_it_alone(
    audit: CaseAudit, cases: list[UUID], who: AnActor
) -> None:
    one: dict[str, Any] = {"audit_id": audit.id, "number": number_of_ours(audit, cases)}
    assert sampled_page(actor=who("Asha Patel"), **one).case_id is not None
    assert sampled_page(actor=who("Dee Marsh"), **one).case_id is None
    for name in ("Tom Reilly", "Mair Pugh"):  # named by nobody; one of them began it
        with pytest.raises(NotFoundError):
            sampled_page(actor=who(name), **one)
    with pytest.raises(NotFoundError):
        audit_page(actor=who("Tom Reilly"), audit_id=audit.id)
    assert case_audits(actor=who("Tom Reilly")) == []


@pytest.mark.django_db
def test_one_who_looks_answers_each_case_once_with_words_where_it_falls_short(
    audit: CaseAudit, who: AnActor, now: datetime
) -> None:
    dee = who("Dee Marsh")
    given: dict[str, Any] = {"actor": dee, "at": now, "audit_id": audit.id, "number": 2}
    with pytest.raises(UnsaidError):
        answer_case_audit(**given, said=answers(alone=Said(Verdict.NOT_MET)))
    with pytest.raises(UnsaidError):
        answer_case_audit(**given, said={})
    assert not AuditAnswer.objects.exists()
    answer_case_audit(**given, said=answers())
    with pytest.raises(AlreadyDoneError):
        answer_case_audit(**given, said=answers())
    with pytest.raises(NotFoundError):
        answer_case_audit(**given | {"number": 99}, said=answers())
    with pytest.raises(NotFoundError):
        answer_case_audit(**given | {"actor": who("Tom Reilly")}, said=answers())
    assert audit_page(actor=dee, audit_id=audit.id).numbers == {
        1: False,
        2: True,
        3: False,
        4: False,
        5: False,
    }


@pytest.mark.django_db
@pytest.mark.proves("MARM-62")
def test_what_was_learnt_is_closed_with_an_owner_and_read_in_numbers_by_no_name(
    audit: CaseAudit, who: AnActor, now: datetime, learnt: Learnt
) -> None:
    mair = who("Mair Pugh")
    given: dict[str, Any] = {"actor": mair, "at": now, "audit_id": audit.id}
    with pytest.raises(UnsaidError):
        close_case_audit(**given, learnt=learnt)  # nobody has looked
    answer_case_audit(
        actor=who("Dee Marsh"), at=now, audit_id=audit.id, number=1,
        said=answers(known=Said(Verdict.NOT_MET, "Only one.")),
    )  # fmt: skip
    assert audit_page(actor=mair, audit_id=audit.id).counted["known"].of_verdict is None
    answered_by(who, audit, now, "Asha Patel")
    page = audit_page(actor=mair, audit_id=audit.id)
    assert page.counted["alone"].of_verdict == {
        Verdict.MET: 1, Verdict.PARTLY: 5, Verdict.NOT_MET: 0, Verdict.CANNOT_TELL: 0,
    }  # fmt: skip
    assert page.missing == {}
    assert page.may_close
    with pytest.raises(UnsaidError):
        close_case_audit(**given, learnt=replace(learnt, change=" "))
    with pytest.raises(NotFoundError):
        close_case_audit(**given, learnt=replace(learnt, owner_id=uuid4()))
    with pytest.raises(NotAllowedError):
        close_case_audit(**given | {"actor": who("Asha Patel")}, learnt=learnt)
    closed = close_case_audit(**given, learnt=learnt)
    assert (closed.owner_id, closed.closed_by) == (learnt.owner_id, "Mair Pugh")
    with pytest.raises(AlreadyDoneError):
        close_case_audit(**given, learnt=learnt)
    with pytest.raises(AlreadyDoneError):
        answer_case_audit(actor=who("Dee Marsh"), at=now, audit_id=audit.id, number=2, said=answers())
    governance = audit_page(actor=who("Iris Okafor"), audit_id=audit.id)
    assert governance.missing["alone"] == ["One waited for months."]
    assert not governance.may_close
    last = AuditEvent.objects.order_by("sequence").last()
    assert last is not None
    assert last.code == "marm.case_audit_seen"


@pytest.mark.django_db
def test_no_cell_of_the_file_is_taken_for_a_formula(audit: CaseAudit, who: AnActor) -> None:
    page = audit_page(actor=who("Mair Pugh"), audit_id=audit.id)
    page.audit.questions[0]["ask"] = "=1+1"
    rows = list(count_rows(page))
    text = spreadsheet(rows, name="counts.csv").text
    assert "\r\n'=1+1," in text
    assert {len(each) for each in rows} == {7}


@pytest.mark.django_db
def test_whoever_it_is_about_is_told_what_was_counted_and_seen(
    audit: CaseAudit, cases: list[UUID], who: AnActor, now: datetime
) -> None:
    answered_by(who, audit, now, "Asha Patel")
    number = number_of_ours(audit, cases)
    row = SampledFrom.objects.select_related("sampled__audit").get(sampled__number=number)
    told = FORMATS["marm.SampledFrom", "sampled"](row)
    assert "Did somebody lead every day? Not met. 0 of 1 day on which" in told
    assert "Was nobody left holding the risk alone? Partly. One waited for months." in told
    assert "Asha" not in told


@pytest.mark.django_db
def test_raw_sql_changes_nothing_of_what_was_drawn_said_or_learnt(
    audit: CaseAudit, who: AnActor, now: datetime, learnt: Learnt
) -> None:
    answered_by(who, audit, now, "Asha Patel")
    statements = [
        "update marm_caseaudit set seed = 1",
        "update marm_sampledcase set facts = '{}'",
        "update marm_sampledfrom set drawn_at = now()",
        "update marm_auditanswer set verdict = 'met'",
        "delete from marm_auditanswer",
        "delete from marm_sampledfrom",
        "delete from marm_auditlooker",
        "delete from marm_caseaudit",
    ]
    for statement in statements:
        _refused(who, statement)
    close_case_audit(actor=who("Mair Pugh"), at=now, audit_id=audit.id, learnt=learnt)
    _refused(who, "update marm_caseaudit set learnt = 'Nothing'")


def _refused(who: AnActor, statement: str) -> None:
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_forms_keep_what_was_typed(riverside_now: Universe, audit: CaseAudit) -> None:
    mair, dee = (browser_of(riverside_now.members[name].user) for name in ("Mair Pugh", "Dee Marsh"))
    again = mair.post("/cases/audits/new/", {"size": "3", "first_0": "1", "first_1": "5", "first_2": "2026"})
    assert again.status_code == 422
    assert 'value="3"' in again.content.decode()
    look = dee.post(
        f"/cases/audits/{audit.id}/cases/1/", {"alone": "partly", "alone_words": "", "known_words": "Late"}
    )
    assert look.status_code == 422
    assert "Late" in look.content.decode()
    close = mair.post(f"/cases/audits/{audit.id}/close/", {"learnt": "We ring too late."})
    assert close.status_code == 422
    assert "We ring too late." in close.content.decode()
