"""The audit trail on pages: for whom it is for, narrowed, naming nobody outside the reader's reach."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.outreach.conftest import everything
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.purposes import title_of
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.reading import EVENTS_AT_ONCE, Turned
from alongside.casework.audit.recorder import record
from alongside.casework.audit.verification import verify_chain
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.oversight.queries import Narrowed, person_trail, trail
from alongside.casework.people.commands.emergencies import open_in_emergency
from alongside.casework.people.models import Person
from alongside.casework.people.queries import person_page
from alongside.casework.sources.events import FLAG_WITHDRAWN

pytestmark = pytest.mark.django_db
REASON = "She rang from the bridge and said goodbye."


@pytest.fixture
def riverside(riverside_now: Universe) -> Universe:
    return riverside_now


def who(universe: Universe, name: str) -> Actor:
    actor: Actor = actor_for(universe, name, on=timezone.localdate())
    return actor


def page_of(universe: Universe, name: str, address: str) -> str:
    return browser_of(universe.members[name].user).get(address).content.decode()


@pytest.fixture
def lead(riverside: Universe) -> Client:
    return browser_of(riverside.members["Iris Okafor"].user)


def also_governs(universe: Universe, name: str) -> None:
    membership = universe.members[name]
    Membership.objects.filter(id=membership.id).update(roles=[*membership.roles, "governance_lead"])


def test_the_lead_reads_what_was_done_by_whom_for_whom_and_for_what(
    riverside: Universe, lead: Client
) -> None:
    person_page(actor=who(riverside, "Tom Reilly"), person_id=riverside.people["Bee"], at=timezone.now())
    page = lead.get("/audit-trail/").content.decode()
    assert "Tom Reilly opened the person&#39;s page" in page
    assert "Riverside Homes" in page
    assert title_of("early_help") in page
    assert "<title>Audit trail" in page


def test_whoever_is_outside_a_persons_reach_does_not_learn_their_name(
    riverside: Universe, lead: Client
) -> None:
    names = {"Bee", "Beatrice", "Murchú", "Amina", "Yusuf", "Stan", "Kowalczyk"}
    for address in ("/audit-trail/?kind=person.", f"/audit-trail/people/{riverside.people['Bee']}/"):
        page = lead.get(address).content.decode()
        assert "A person outside your reach" in page
        assert not [name for name in names if f"{name}<" in page or f"{name} " in page]


def test_a_reason_written_about_a_person_is_told_to_who_may_see_them_alone(riverside: Universe) -> None:
    also_governs(riverside, "Tom Reilly")
    for name in ("Bee", "Amina"):
        record(
            FLAG_WITHDRAWN, actor=who(riverside, "Asha Patel"), person_id=riverside.people[name],
            why=f"{name} rang from the bridge.",
        )  # fmt: skip
    pages = [
        page_of(riverside, name, "/audit-trail/?kind=sources.flag_withdrawn")
        for name in ("Iris Okafor", "Tom Reilly")
    ]
    assert all("Asha Patel withdrew a flag (…)" in page for page in pages)
    assert ["Bee rang" in page for page in pages] == [False, True]
    assert ["Amina rang" in page for page in pages] == [False, False]


def test_who_works_with_people_too_is_told_whom_they_may_see_and_no_others(riverside: Universe) -> None:
    also_governs(riverside, "Tom Reilly")
    page = page_of(riverside, "Tom Reilly", "/audit-trail/?kind=person.admitted")
    assert ">Bee<" in page
    assert "A person outside your reach" in page
    assert "Amina" not in page


def test_from_a_persons_page_who_may_opens_who_has_looked_at_it_and_others_are_not_offered_it(
    riverside: Universe,
) -> None:
    bee = riverside.people["Bee"]
    also_governs(riverside, "Tom Reilly")
    address = f"/audit-trail/people/{bee}/"
    assert f'href="{address}"' in page_of(riverside, "Tom Reilly", f"/people/{bee}/")
    assert "Who has looked" not in page_of(riverside, "Asha Patel", f"/people/{bee}/")
    page = page_of(riverside, "Tom Reilly", address)
    looks = [page.index(f"{name} opened the person&#39;s page") for name in ("Asha Patel", "Tom Reilly")]
    assert looks == sorted(looks), "the newest first"
    assert "Bee" in page
    assert "Bee" not in page[page.index("<title>") : page.index("</title>")]


def test_who_asks_who_looked_at_a_joined_record_is_told_of_all_its_records(riverside: Universe) -> None:
    everything()
    bee, stan = (Person.objects.get(id=riverside.people[name]) for name in ("Bee", "Stan"))
    stan.point_to(bee)
    found = person_trail(actor=who(riverside, "Iris Okafor"), person_id=bee.id, turned=Turned())
    assert {event.person_id for event in found.page.events} == {bee.id, stan.id}


def test_of_somebody_who_is_not_there_nothing_is_told_and_nothing_kept(riverside: Universe) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(NotFoundError):
        person_trail(actor=who(riverside, "Iris Okafor"), person_id=uuid4(), turned=Turned())
    assert AuditEvent.objects.count() == before


def test_that_the_trail_was_read_stands_in_the_trail(riverside: Universe) -> None:
    lead, bee = who(riverside, "Iris Okafor"), riverside.people["Bee"]
    narrowed = Narrowed(member=riverside.members["Asha Patel"].user_id, first=timezone.now())
    trail(actor=lead, narrowed=narrowed, turned=Turned())
    person_trail(actor=lead, person_id=bee, turned=Turned())
    whole, of_bee = AuditEvent.objects.order_by("-sequence")[:2][::-1]
    assert (whole.code, whole.person_id) == ("oversight.trail_read", None)
    assert whole.details["narrowed_by"] == "member, day"
    assert whole.details["looked_for"]["member"] == str(riverside.members["Asha Patel"].user_id)
    assert (of_bee.code, of_bee.person_id, of_bee.purpose) == (
        "oversight.person_trail_read", bee, "oversight",
    )  # fmt: skip
    assert verify_chain().problems == []


@pytest.mark.parametrize("name", ["Asha Patel", "Gwen Hughes", "Lena Novak", "Priya Shah", "Noor Aziz"])
def test_nobody_else_reads_it_and_that_they_tried_is_recorded(riverside: Universe, name: str) -> None:
    for read in (
        lambda: trail(actor=who(riverside, name), narrowed=Narrowed(), turned=Turned()),
        lambda: person_trail(actor=who(riverside, name), person_id=riverside.people["Bee"], turned=Turned()),
    ):
        with pytest.raises(NotAllowedError):
            read()
        assert AuditEvent.objects.order_by("sequence").last().code == "access.refused"  # type: ignore[union-attr]


def test_it_is_narrowed_by_member_kind_and_day_in_the_address(riverside: Universe, lead: Client) -> None:
    tom = riverside.members["Tom Reilly"].user_id
    page = lead.get(f"/audit-trail/?member={tom}").content.decode()
    table = page[page.index("<tbody") :]
    assert "Tom Reilly" in table
    assert "Asha Patel" not in table
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)

    def on(day: object, name: str) -> str:
        year, month, number = str(day).split("-")
        return f"{name}-day={number}&{name}-month={month}&{name}-year={year}"

    assert "<tbody" in lead.get(f"/audit-trail/?{on(today, 'first')}&{on(today, 'last')}").text
    assert "There are no such events" in lead.get(f"/audit-trail/?{on(tomorrow, 'first')}").text
    turned_round = lead.get(f"/audit-trail/?{on(tomorrow, 'first')}&{on(today, 'last')}")
    assert turned_round.status_code == 422
    assert "Enter an end date that is the same as or after the start date" in turned_round.text
    refusals = lead.get("/audit-trail/?kind=access.refused").text
    assert "There are no such events" in refusals


def test_a_refusal_is_shown_as_one(riverside: Universe, lead: Client) -> None:
    browser_of(riverside.members["Asha Patel"].user).get("/audit-trail/")
    page = lead.get("/audit-trail/?kind=access.refused").text
    assert "Asha Patel was refused “members”: their role does not allow it" in page
    assert "govuk-tag--red" in page


def test_so_many_are_on_a_page_and_older_ones_keep_what_was_narrowed(
    riverside: Universe, lead: Client
) -> None:
    page = lead.get("/audit-trail/?kind=person.").text
    assert page.count('<tr class="govuk-table__row"') <= EVENTS_AT_ONCE + 1
    page = lead.get("/audit-trail/").text
    assert page.count('<tr class="govuk-table__row"') == EVENTS_AT_ONCE + 1
    last = AuditEvent.objects.order_by("-sequence")[EVENTS_AT_ONCE].sequence
    assert f"?before={last}" in page
    older = lead.get(f"/audit-trail/?kind=accounts.&before={last}").text
    assert "kind=accounts.&amp;after=" in older
    assert lead.get("/audit-trail/?before=x&after=-1&member=y&kind=%00").status_code == 422
    assert lead.get("/audit-trail/?before=999999999999999999999&after=-1").status_code == 200


def test_what_was_done_in_an_emergency_is_marked(riverside: Universe, lead: Client) -> None:
    everything()
    amina = Person.objects.get(id=riverside.people["Amina"])
    kit = browser_of(riverside.members["Kit Lowe"].user)
    open_in_emergency(
        actor=who(riverside, "Kit Lowe"), at=timezone.now(), surname="Yusuf",
        date_of_birth=amina.date_of_birth, reason=REASON,
    )  # fmt: skip
    assert kit.get(f"/people/{amina.id}/").status_code == 200
    page = lead.get(f"/audit-trail/people/{amina.id}/").text
    newest = page[page.index("<tbody") :].split("</tr>")[0]
    assert "Kit Lowe opened the person&#39;s page" in newest
    assert "Emergency" in newest
