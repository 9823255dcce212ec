"""How long what is held is kept, what holds it, and that one person goes whole and nobody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as some
from tests.casework.rights.conftest import everything
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.assurance.held import HELD
from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import StaleError
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.models import Involvement, Person, PersonName
from alongside.casework.rights.commands import keeping
from alongside.casework.rights.commands.requests import close_request
from alongside.casework.rights.models import Disposal
from alongside.casework.rights.queries.facts import facts_of_drafts, facts_of_everybody, facts_of_people
from alongside.casework.rights.queries.keeping import disposal_list, rows_with
from alongside.casework.rights.rules.retention import (
    ERASURE,
    Facts,
    Kind,
    Period,
    Since,
    Standing,
    due_for_disposal,
    kept_until,
)
from alongside.casework.sharing.commands.drafts import begin_draft
from alongside.casework.sharing.models import ShareDraft

EIGHT = Period("contact", Kind.PERSON, Since.LAST_CONTACT, "8 years")
DEATH = Period("death", Kind.PERSON, Since.DEATH, "10 years")
DAYS = some.dates(date(1990, 1, 1), date(2080, 1, 1))


@given(DAYS, DAYS)
def test_a_record_is_due_the_day_after_its_time_and_never_before(contact: date, day: date) -> None:
    due = due_for_disposal(Facts(Kind.PERSON, {Since.LAST_CONTACT: contact}), [EIGHT], day)
    assert (due is not None) == (day > kept_until(contact, "8 years"))


@given(DAYS, DAYS, DAYS)
def test_of_several_periods_the_longest_counts(contact: date, died: date, day: date) -> None:
    facts = Facts(Kind.PERSON, {Since.LAST_CONTACT: contact, Since.DEATH: died})
    due = due_for_disposal(facts, [EIGHT, DEATH], day)
    last = max(kept_until(contact, "8 years"), kept_until(died, "10 years"))
    assert (due.on if due else None) == (last if day > last else None)


@given(DAYS, DAYS, some.booleans())
def test_what_is_held_or_in_use_is_never_due(contact: date, day: date, held: bool) -> None:
    facts = Facts(Kind.PERSON, {Since.LAST_CONTACT: contact}, in_use=not held, held=held)
    assert due_for_disposal(facts, [EIGHT], day) is None


def test_what_no_period_speaks_of_is_never_due() -> None:
    facts = Facts(Kind.SHARE_DRAFT, {Since.LAST_CHANGE: date(1990, 1, 1)})
    assert due_for_disposal(facts, [EIGHT, DEATH], date(2080, 1, 1)) is None


def test_a_time_that_is_none_is_refused_with_what_would_be_right() -> None:
    with pytest.raises(ValueError, match="write such as 8 years"):
        kept_until(date(2026, 1, 1), "a while")


def listed(person_id: UUID, at: datetime, rule: str = ERASURE) -> UUID:
    everything()
    line = Disposal.put_on_list(
        kind=Kind.PERSON,
        record_id=person_id,
        table="people.Person",
        row=str(person_id),
        rule=rule,
        due_on=at.date(),
        at=at,
    )
    return line.id


def released_of_requests(riverside: Universe, iris: Actor, at: datetime, name: str) -> None:
    """Close what the person asks for, which would hold their record."""
    close_request(actor=iris, at=at, request_id=riverside.access_requests[name], why="Taken back.")


def counted(person_id: UUID) -> dict[str, int]:
    """How many rows of a person there are in each table."""
    everything()
    records = Person.objects.records_of(person_id) | {person_id}
    return {model._meta.label: len(keys) for model, keys in rows_with(Person, records).items()}


def all_rows() -> dict[str, int]:
    everything()
    return {
        label: apps.get_model(label)._default_manager.count() for label in HELD if label != "audit.AuditEvent"
    }


def test_letting_go_leaves_no_row_of_the_person_in_any_table_and_touches_nobody_else(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    released_of_requests(riverside, iris, at, "Bee")
    others = {name: counted(each) for name, each in riverside.people.items() if each != bee}
    theirs, before = counted(bee), all_rows()
    names = PersonName.objects.filter(person=bee).count()
    assert len(theirs) > 10
    line = listed(bee, at)
    keeping.mark_to_go(actor=iris, at=at, disposal_id=line)
    assert counted(bee) == theirs, "nothing is deleted before it is confirmed"
    gone = keeping.let_go(actor=iris, at=at, disposals=[line])
    assert gone == sum(theirs.values())
    everything()
    assert not Person.objects.filter(id=bee).exists()
    assert rows_with(Person, [bee]).keys() == {Person}
    assert {name: counted(each) for name, each in riverside.people.items() if each != bee} == others
    after = all_rows()
    for label in set(before) - {"rights.Disposal", "people.NameWord"}:
        went = names if label == "people.PersonName" else theirs.get(label, 0)
        assert before[label] - after[label] == went, label
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_what_is_left_is_that_it_was_and_cannot_be_changed(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina = riverside.people["Amina"]
    line = listed(amina, at)
    keeping.mark_to_go(actor=iris, at=at, disposal_id=line)
    keeping.let_go(actor=iris, at=at, disposals=[line])
    everything()
    left = Disposal.objects.get(id=line)
    assert (left.standing, left.gone_by, left.why) == (Standing.GONE, iris.name, "")
    said = AuditEvent.objects.filter(code="rights.disposed").get()
    assert (said.person_id, said.details["rule"]) == (amina, ERASURE)
    for statement in ("update rights_disposal set gone_by = 'x'", "delete from rights_disposal"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            connection.cursor().execute(statement)


def test_kept_records_give_way_to_disposal_alone(riverside: Universe) -> None:
    for table in ("capacity_capacityrecord", "offers_offer", "rights_withheld", "sharing_informationrequest"):
        everything()
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0], table
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"delete from {table}")


def test_a_hold_stops_it_until_it_is_lifted(riverside: Universe, iris: Actor, at: datetime) -> None:
    line = listed(riverside.people["Amina"], at)
    keeping.mark_to_go(actor=iris, at=at, disposal_id=line)
    hold = keeping.place_hold(
        actor=iris, at=at, person_id=riverside.people["Amina"], reason="inquest", words="Coroner, ref 12."
    )
    with pytest.raises(keeping.HeldError, match="An inquest"):
        keeping.let_go(actor=iris, at=at, disposals=[line])
    everything()
    assert Person.objects.filter(id=riverside.people["Amina"]).exists()
    with pytest.raises(keeping.NoReasonError):
        keeping.lift_hold(actor=iris, at=at, hold_id=hold.id, why=" ")
    keeping.lift_hold(actor=iris, at=at, hold_id=hold.id, why="It is concluded.")
    assert keeping.let_go(actor=iris, at=at, disposals=[line]) > 0


def test_an_open_request_of_the_person_holds_it_too(riverside: Universe, iris: Actor, at: datetime) -> None:
    line = listed(riverside.people["Bee"], at)
    with pytest.raises(keeping.HeldError, match="waiting for the answer"):
        keeping.mark_to_go(actor=iris, at=at, disposal_id=line)


def test_only_what_was_shown_is_let_go_of(riverside: Universe, iris: Actor, at: datetime) -> None:
    one, other = (listed(riverside.people[name], at) for name in ("Amina", "Stan"))
    released_of_requests(riverside, iris, at, "Stan")
    keeping.mark_to_go(actor=iris, at=at, disposal_id=one)
    seen = [one]
    keeping.mark_to_go(actor=iris, at=at, disposal_id=other)
    with pytest.raises(StaleError):
        keeping.let_go(actor=iris, at=at, disposals=seen)
    assert len(disposal_list(actor=iris, at=at).lines) == 2


def test_the_night_lists_what_is_due_and_lets_go_of_nothing(riverside: Universe, at: datetime) -> None:
    later, night = at + timedelta(days=365 * 20), system_actor("night")
    before = all_rows()
    count = keeping.list_what_is_due(actor=night, at=later)
    assert count > 0
    with pytest.raises(keeping.NothingDueError):
        keeping.list_what_is_due(actor=night, at=later)
    after = all_rows()
    assert after.pop("rights.Disposal") - before.pop("rights.Disposal") == count
    assert after == before
    everything()
    on_list = set(Disposal.objects.values_list("record_id", flat=True))
    assert riverside.people["Bee"] not in on_list, "she waits for an answer"


def test_kept_longer_it_comes_back_on_its_day(riverside: Universe, iris: Actor, at: datetime) -> None:
    line = listed(riverside.people["Amina"], at)
    with pytest.raises(keeping.NoReasonError):
        keeping.keep_longer(actor=iris, at=at, disposal_id=line, until=at.date(), why="Her son may ask.")
    keeping.keep_longer(
        actor=iris, at=at, disposal_id=line, until=at.date() + timedelta(days=9), why="Her son may ask."
    )
    keeping.list_what_is_due(actor=system_actor("night"), at=at + timedelta(days=10))
    everything()
    assert Disposal.objects.get(id=line).standing == Standing.LISTED


def test_whoever_works_with_people_lets_go_of_nothing(
    riverside: Universe, who: Callable[[str], Actor], at: datetime
) -> None:
    line = listed(riverside.people["Amina"], at)
    with pytest.raises(NotAllowedError):
        keeping.mark_to_go(actor=who("Asha Patel"), at=at, disposal_id=line)


def test_the_pages_ask_twice_and_say_how_many(riverside: Universe, at: datetime) -> None:
    lead: Any = browser_of(riverside.members["Iris Okafor"].user)
    line = listed(riverside.people["Amina"], at)
    page = lead.get("/rights/letting-go/").text
    assert "They asked for it, and it was agreed" in page
    assert "Amina" not in page
    assert "Amina" in lead.get(f"/rights/letting-go/{line}/").text
    marked = lead.post(f"/rights/letting-go/{line}/may-go/", follow=True).text
    assert "Confirm what will be deleted (1)" in marked
    assert "1 item is marked for deletion" in lead.get("/rights/letting-go/confirm/").text
    assert lead.post("/rights/letting-go/confirm/", {"marked": str(line)}).status_code == 422
    done = lead.post("/rights/letting-go/confirm/", {"marked": str(line), "sure": "on"}, follow=True).text
    assert "entries were deleted" in done
    assert "Iris Okafor" in done


AFTER_CONTACT = "record_after_last_contact"
YEARS = timedelta(days=365 * 20)


def test_what_somebody_worked_with_again_may_go_no_longer(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina, later = riverside.people["Amina"], at + YEARS
    line = listed(amina, later, rule=AFTER_CONTACT)
    keeping.mark_to_go(actor=iris, at=later, disposal_id=line)
    everything()
    assert Involvement.objects.filter(person=riverside.people["Bee"], until=None).update(person=amina)
    with pytest.raises(keeping.HeldError, match="no longer past its time"):
        keeping.let_go(actor=iris, at=later, disposals=[line])
    everything()
    assert Person.objects.filter(id=amina).exists()
    keeping.list_what_is_due(actor=system_actor("night"), at=later)
    everything()
    assert not Disposal.objects.filter(id=line).exists(), "the night takes it off the list"


def test_a_dormant_record_that_was_joined_with_one_in_use_may_not_go(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, at: datetime
) -> None:
    amina, bee, later = riverside.people["Amina"], riverside.people["Bee"], at + YEARS
    released_of_requests(riverside, iris, at, "Bee")
    line = listed(amina, later, rule=AFTER_CONTACT)
    merge_people(actor=who("Gwen Hughes"), at=at, kept_id=bee, absorbed_id=amina, reason="The same, as told.")
    with pytest.raises(keeping.HeldError, match="no longer past its time"):
        keeping.mark_to_go(actor=iris, at=later, disposal_id=line)


def test_what_they_asked_to_have_erased_goes_though_its_time_has_not_come(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina = riverside.people["Amina"]
    line = listed(amina, at, rule=AFTER_CONTACT)
    everything()
    keeping.mark_by_request(
        kind=Kind.PERSON, record_id=amina, table="people.Person", row=str(amina), why="Asked.", by="I", at=at
    )
    assert keeping.let_go(actor=iris, at=at, disposals=[line]) > 0


def test_a_hold_is_not_being_in_touch(riverside: Universe, iris: Actor, at: datetime) -> None:
    amina, later = riverside.people["Amina"], at + YEARS
    line = listed(amina, later, rule=AFTER_CONTACT)
    hold = keeping.place_hold(actor=iris, at=later, person_id=amina, reason="inquest", words="Ref 12.")
    keeping.lift_hold(actor=iris, at=later, hold_id=hold.id, why="It is concluded.")
    keeping.mark_to_go(actor=iris, at=later, disposal_id=line)
    everything()
    assert Disposal.objects.get(id=line).standing == Standing.MARKED


def test_what_must_wait_stops_nothing_else_that_is_marked(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina, bee = riverside.people["Amina"], riverside.people["Bee"]
    released_of_requests(riverside, iris, at, "Bee")
    held, free = listed(amina, at), listed(bee, at)
    for line in (held, free):
        keeping.mark_to_go(actor=iris, at=at, disposal_id=line)
    keeping.place_hold(actor=iris, at=at, person_id=amina, reason="inquest", words="Ref 12.")
    lead: Any = browser_of(riverside.members["Iris Okafor"].user)
    page = lead.get("/rights/letting-go/confirm/").text
    assert "1 item is marked but must wait" in page
    assert "1 item is marked for deletion" in page
    assert f'value="{free}"' in page
    with pytest.raises(keeping.HeldError):
        keeping.let_go(actor=iris, at=at, disposals=[held, free])
    with pytest.raises(StaleError):
        keeping.let_go(actor=iris, at=at, disposals=[])
    assert keeping.let_go(actor=iris, at=at, disposals=[free]) > 0
    everything()
    left = Person.objects.filter(id__in=[amina, bee]).values_list("id", flat=True)
    assert list(left) == [amina]
    assert "1 item is marked but must wait" in lead.get("/rights/letting-go/confirm/").text


def test_a_hold_of_either_of_two_records_that_were_joined_holds_what_the_other_says(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, at: datetime
) -> None:
    amina, bee = riverside.people["Amina"], riverside.people["Bee"]
    released_of_requests(riverside, iris, at, "Bee")
    draft = begin_draft(actor=who("Asha Patel"), at=at, person_id=bee)
    everything()
    assert not facts_of_drafts()[draft.id][1].held
    line = listed(bee, at)
    merge_people(actor=who("Gwen Hughes"), at=at, kept_id=amina, absorbed_id=bee, reason="The same, as told.")
    keeping.place_hold(actor=iris, at=at, person_id=amina, reason="inquest", words="Ref 12.")
    everything()
    assert facts_of_drafts()[draft.id][1].held
    assert [each.held for each in disposal_list(actor=iris, at=at).lines if each.disposal.id == line] == [
        True
    ]


def test_a_draft_that_was_worked_on_again_may_go_no_longer(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, at: datetime
) -> None:
    bee, later = riverside.people["Bee"], at + YEARS
    released_of_requests(riverside, iris, at, "Bee")
    draft = begin_draft(actor=who("Asha Patel"), at=at, person_id=bee)
    everything()
    line = Disposal.put_on_list(
        kind=Kind.SHARE_DRAFT, record_id=bee, table="sharing.ShareDraft", row=str(draft.id),
        rule="share_draft", due_on=later.date(), at=later,
    )  # fmt: skip
    keeping.mark_to_go(actor=iris, at=later, disposal_id=line.id)
    everything()
    ShareDraft.objects.filter(id=draft.id).update(updated_at=later)
    with pytest.raises(keeping.HeldError, match="no longer past its time"):
        keeping.let_go(actor=iris, at=later, disposals=[line.id])


def test_what_else_of_a_person_is_on_the_list_is_settled_when_all_of_them_goes(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina, line = riverside.people["Amina"], listed(riverside.people["Amina"], at)
    everything()
    entry = Disposal.put_on_list(
        kind=Kind.ROW, record_id=amina, table="people.ChronologyEntry", row="0", rule=ERASURE,
        due_on=at.date(), at=at,
    )  # fmt: skip
    keeping.mark_to_go(actor=iris, at=at, disposal_id=line)
    keeping.let_go(actor=iris, at=at, disposals=[line])
    everything()
    settled = Disposal.objects.get(id=entry.id)
    assert (settled.standing, settled.rows_gone, settled.decided_by) == (Standing.GONE, 0, iris.name)
    assert amina not in {each.disposal.record_id for each in disposal_list(actor=iris, at=at).lines}


@pytest.mark.django_db
@pytest.mark.usefixtures("riverside")
def test_what_the_time_of_one_person_is_counted_from_is_the_same_by_the_tables_with_rows_of_theirs() -> None:
    everything()
    known = facts_of_everybody()
    assert len(known) > 2
    for person_id, facts in known.items():
        records = Person.objects.records_of(person_id)
        there = {model._meta.label for model in rows_with(Person, records)}
        for tables in (there, None):
            assert facts_of_people(records, tables) == {person_id: replace(facts, held=False)}
