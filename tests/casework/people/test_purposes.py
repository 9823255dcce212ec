"""Everything about a person is for a purpose; what was released for one is not opened for another."""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import ALLOWED, NotAllowedError, require
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.recorder import record
from alongside.casework.operations import query
from alongside.casework.operations.running import tell_database
from alongside.casework.people import events
from alongside.casework.people.commands.emergencies import open_in_emergency, review_emergency
from alongside.casework.people.commands.involvement import note_involvement
from alongside.casework.people.commands.records import admit_person, write_down_words
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.queries import get_person, people_visible_to, person_page, search_people
from alongside.casework.people.queries.emergencies import emergency_people_of
from alongside.casework.people.queries.forms import record_to_change
from alongside.casework.people.rules import ReachWhy, Section

pytestmark = pytest.mark.django_db
ABOUT_A_PERSON = """insert into audit_auditevent (sequence, at, code, actor_name, organisation_name, purpose,
    person_id, about_kind, about_id, details, request_id, previous_hash, hash)
  values (0, now(), 'person.viewed', 'Asha Patel', '', %s, gen_random_uuid(), '', '', '{}', '', '', '')"""


@pytest.fixture
def given(person: Person, peer: Actor, at: datetime) -> Person:
    """A person whom the peer-support group has by a release to keep homes warm, and by nothing else."""
    Reach.give(
        person_id=person.id, organisation_id=peer.member_of, why=ReachWhy.RELEASED, at=at, about=uuid4(),
        purpose="cold_homes",
    )  # fmt: skip
    return person


def without_a_purpose(actor: Actor) -> Actor:
    return replace(actor, purpose="")


def test_nothing_about_a_person_is_recorded_without_a_purpose(practitioner: Actor, person: Person) -> None:
    with pytest.raises(NotAllowedError, match="choose what you are working for"):
        record(events.PERSON_VIEWED, actor=without_a_purpose(practitioner), person_id=person.id)
    with pytest.raises(NotAllowedError, match="choose what you are working for"):
        person_page(actor=without_a_purpose(practitioner), person_id=person.id, at=person.admitted_at)
    with pytest.raises(NotAllowedError, match="choose what you are working for"):
        write_down_words(
            actor=without_a_purpose(practitioner), at=person.admitted_at, person_id=person.id,
            section=Section.WISHES, words="A garden.", said_on=date(2026, 11, 1),
        )  # fmt: skip
    tell_database(practitioner)
    assert not person.about_me.exists()


def test_a_search_without_a_purpose_shows_nobody_and_the_refusal_is_recorded(
    practitioner: Actor, person: Person
) -> None:
    with pytest.raises(NotAllowedError, match="choose what you are working for"):
        search_people(actor=without_a_purpose(practitioner), words="Bee")
    assert not AuditEvent.objects.filter(code="person.searched").exists()
    assert AuditEvent.objects.get(code="access.refused").details["reason"] == "no_purpose"


def test_a_query_that_shows_people_and_names_none_needs_a_purpose_too(practitioner: Actor) -> None:
    @query(records=True)
    def look(*, actor: Actor) -> str:
        require(ALLOWED)
        record(events.PEOPLE_SEARCHED, actor=actor, found=3)
        return "seen"

    assert look(actor=practitioner) == "seen"
    with pytest.raises(NotAllowedError, match="choose what you are working for"):
        look(actor=without_a_purpose(practitioner))


def test_the_database_takes_no_event_about_a_person_without_a_purpose(person: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ABOUT_A_PERSON, ["early_help"])
        with pytest.raises(IntegrityError, match="about_a_person_for_a_purpose"), transaction.atomic():
            cursor.execute(ABOUT_A_PERSON, [""])


def test_whoever_was_released_for_one_purpose_is_opened_for_that_one_alone(
    given: Person, peer: Actor, at: datetime
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        person_page(actor=peer, person_id=given.id, at=at)
    assert "given to your organisation for “Prevent harm from cold and damp homes”" in str(refused.value)
    assert "you are working for “Offer early help to families before things get worse”" in str(refused.value)
    event = AuditEvent.objects.get(code="access.refused")
    assert (event.purpose, event.details["reason"]) == ("early_help", "given_for_another_purpose")
    assert person_page(actor=peer.working_for("cold_homes"), person_id=given.id, at=at).person == given
    assert AuditEvent.objects.get(code="person.viewed").purpose == "cold_homes"


def test_nothing_is_written_for_another_purpose_either(given: Person, peer: Actor, at: datetime) -> None:
    with pytest.raises(NotAllowedError, match="given to your organisation for"):
        write_down_words(
            actor=peer, at=at, person_id=given.id, section=Section.WISHES, words="A garden.",
            said_on=date(2026, 11, 1),
        )  # fmt: skip


def test_they_are_found_all_the_same_so_that_nobody_makes_a_second_record(given: Person, peer: Actor) -> None:
    assert [each.id for each in search_people(actor=peer, words="Murchu").people] == [given.id]


def test_an_organisation_with_a_reason_of_its_own_on_a_joined_record_opens_them_for_another_purpose(
    given: Person, practitioner: Actor, peer: Actor, at: datetime
) -> None:
    own = admit_person(actor=peer, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Beattie"})
    _join(given, own, at)
    for each in (given, own):
        page = person_page(actor=peer, person_id=each.id, at=at)
        assert page.person == given
        assert len(page.whole.records) == 2
    assert get_person(actor=peer, person_id=own.id) == given


def test_what_came_with_a_join_is_no_reason_of_its_own(
    given: Person, practitioner: Actor, peer: Actor, at: datetime
) -> None:
    other = admit_person(actor=practitioner, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "B"})
    _join(given, other, at)
    with pytest.raises(NotAllowedError, match="given to your organisation for"):
        person_page(actor=peer, person_id=given.id, at=at)


def _join(kept: Person, absorbed: Person, at: datetime) -> None:
    """Join two records, as a manager does who sees both."""
    tell_database(system_actor("tests"))
    Person.objects.filter(id=absorbed.id).update(merged_into=kept)
    Reach.share(person_id=kept.id, at=at)


def test_an_organisation_that_is_involved_opens_them_for_another_purpose_and_both_are_said(
    given: Person, peer: Actor, at: datetime
) -> None:
    note_involvement(actor=peer.working_for("cold_homes"), at=at, person_id=given.id)
    assert person_page(actor=peer, person_id=given.id, at=at).given_for == ["cold_homes"]
    event = AuditEvent.objects.get(code="person.viewed")
    assert (event.purpose, event.details) == ("early_help", {"given_for": "cold_homes"})
    record_to_change(actor=peer, person_id=given.id)
    both = AuditEvent.objects.filter(code="person.viewed").values_list("details", flat=True)
    assert list(both) == [event.details] * 2, "the form to change it shows the record too"
    note_involvement(actor=peer, at=at, person_id=given.id)
    assert person_page(actor=peer, person_id=given.id, at=at).given_for == []
    assert AuditEvent.objects.order_by("sequence").filter(code="person.viewed").last().details == {}  # type: ignore[union-attr]


def test_an_emergency_opens_whom_the_purpose_closes_and_is_reviewed_as_what_it_was_for(
    given: Person, peer: Actor, manager: Actor, at: datetime
) -> None:
    access = open_in_emergency(
        actor=peer, at=at, surname="Ó Murchú", date_of_birth=date(1951, 3, 4),
        reason="She is on the bridge and will not come down.",
    )  # fmt: skip
    opened = emergency_people_of(user_id=peer.account, organisation_id=peer.member_of, at=at)
    page = person_page(actor=replace(peer, emergency_people=opened), person_id=given.id, at=at)
    assert page.person == given
    lead = replace(manager, purpose="", permissions=system_actor("a test").permissions)
    review_emergency(actor=lead, at=at, access_id=access.id, verdict="justified", note="A life.")
    assert AuditEvent.objects.get(code="person.emergency_reviewed").purpose == "early_help"


def test_a_part_of_the_system_works_for_every_purpose(given: Person) -> None:
    tell_database(system_actor("a test"))
    assert people_visible_to(system_actor("a test")).filter(id=given.id).exists()


def test_the_page_says_plainly_that_the_purpose_is_another(riverside: Universe) -> None:
    asha = riverside.members["Asha Patel"]
    address = f"/people/{riverside.people['Bee']}/"

    def page(purpose: str) -> str:
        client: Client = browser_of(asha.user, purpose=purpose)
        return client.get(address).text

    assert "Your organisation was given this record for" not in page("early_help")
    told = page("cold_homes")
    assert "Your organisation was given this record for “Offer early help to families" in told
    assert "You are working for “Prevent harm from cold and damp homes”" in told


def test_whatever_the_pages_record_of_a_person_has_a_purpose_of_the_pack(
    riverside: Universe,
) -> None:
    for name in ("Asha Patel", "Gwen Hughes", "Kit Lowe", "Lena Novak", "Iris Okafor"):
        client = browser_of(riverside.members[name].user, purpose="multi_agency")
        client.post("/people/", {"words": "Murchu"}, follow=True)
        for address in (f"/people/{riverside.people['Bee']}/", "/lists/", "/lists/referrals/", "/links/"):
            client.get(address)
    by_members = AuditEvent.objects.exclude(actor_id=None)
    assert by_members.exclude(person_id=None).filter(purpose="multi_agency").exists()
    looked = by_members.filter(code__in=["person.searched", "outreach.list_seen", "outreach.referrals_seen"])
    assert looked.count() > 5
    for seen in (by_members.exclude(person_id=None), looked):
        of_none = seen.exclude(purpose__in=["early_help", "multi_agency"])
        # whoever answers a request for access works for the person's right, which is no purpose of the pack
        assert not of_none.exclude(code__startswith="rights.", purpose="rights").exists()
