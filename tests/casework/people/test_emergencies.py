"""A record opened in an emergency: quickly by who must, never quietly, and looked at by another in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.people.conftest import somebody_at
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError, StaleError
from alongside.casework.people.commands.emergencies import (
    NobodyNamedError,
    ReviewedAlreadyError,
    SeenAlreadyError,
    close_emergency,
    open_in_emergency,
    review_emergency,
)
from alongside.casework.people.commands.records import change_person
from alongside.casework.people.models import EmergencyAccess, Person
from alongside.casework.people.presenters import emergency_view
from alongside.casework.people.queries import person_page
from alongside.casework.people.queries.emergencies import (
    done_in_emergency,
    emergencies_to_review,
    emergency_people_of,
    opened_by_others,
)
from alongside.casework.people.rules import MOST_MISSES, review_due

pytestmark = pytest.mark.django_db
BORN = date(1951, 3, 4)
REASON = "She has not been seen for four days and the neighbours hear her call."
SignIn = Callable[[str], Client]


@pytest.fixture
def lead(council: Organisation) -> Actor:
    return somebody_at(council, "governance_lead", name="Iris Lead")


def opened(actor: Actor, at: datetime, **more: Any) -> EmergencyAccess:
    return open_in_emergency(
        actor=actor, at=at, surname="O Murchu", reason=REASON, **({"date_of_birth": BORN} | more)
    )


def with_emergencies(actor: Actor, at: datetime) -> Actor:
    seen = emergency_people_of(user_id=actor.account, organisation_id=actor.member_of, at=at)
    return replace(actor, emergency_people=seen)


def test_a_try_that_finds_nobody_is_recorded_and_after_a_few_no_more_are_taken(
    person: Person, peer: Actor, at: datetime
) -> None:
    for _ in range(MOST_MISSES):
        with pytest.raises(NobodyNamedError):
            opened(peer, at, date_of_birth=date(1951, 3, 5))
    assert AuditEvent.objects.filter(code="person.emergency_missed", person_id=None).count() == MOST_MISSES
    with pytest.raises(NotAllowedError, match="call 999"):
        opened(peer, at)
    assert AuditEvent.objects.filter(code="access.refused").exists()
    assert opened(peer, at + timedelta(minutes=61)).person_id == person.id, "an hour later it is taken again"


def test_who_does_not_know_the_birthday_gives_a_number_or_a_postcode(
    person: Person, practitioner: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    change_person(
        actor=practitioner, at=at, person_id=person.id, opened_version=1,
        changed={"nhs_number": "9990000018", "postcode": "ZX4 1AB"},
    )  # fmt: skip
    for more in ({"nhs_number": "9990000018"}, {"postcode": "zx41ab"}):
        somebody = somebody_at(charity, "practitioner")
        assert opened(somebody, at, date_of_birth=None, **more).person_id == person.id
    with pytest.raises(NobodyNamedError):
        opened(peer, at, date_of_birth=None, nhs_number="9990000026")
    with pytest.raises(NobodyNamedError):
        opened(peer, at, date_of_birth=None)


def test_a_guessed_postcode_tells_nobody_where_somebody_lives_who_hides(
    person: Person, practitioner: Actor, peer: Actor, at: datetime
) -> None:
    change_person(
        actor=practitioner, at=at, person_id=person.id, opened_version=1,
        changed={"postcode": "ZX4 1AB", "address_protected": True},
    )  # fmt: skip
    with pytest.raises(NobodyNamedError):
        opened(peer, at, date_of_birth=None, postcode="ZX4 1AB")
    with pytest.raises(NobodyNamedError):
        opened(peer, at, postcode="ZX4 1AB")


def test_nobody_opens_in_an_emergency_whom_they_see_anyhow(
    person: Person, practitioner: Actor, peer: Actor, at: datetime
) -> None:
    with pytest.raises(SeenAlreadyError) as seen:
        opened(practitioner, at)
    assert seen.value.person_id == person.id
    opened(peer, at)
    with pytest.raises(SeenAlreadyError):
        opened(with_emergencies(peer, at), at + timedelta(hours=1))
    assert (
        emergency_people_of(user_id=peer.account, organisation_id=peer.member_of, at=at + timedelta(hours=24))
        == frozenset()
    ), "nobody makes the day longer by opening once more"


def test_it_can_be_closed_before_the_day_is_over_by_whoever_opened_it(
    person: Person, peer: Actor, charity: Organisation, at: datetime
) -> None:
    access = opened(peer, at)
    now = with_emergencies(peer, at)
    with pytest.raises(NotFoundError):
        close_emergency(actor=somebody_at(charity, "practitioner"), at=at, access_id=access.id)
    later = at + timedelta(minutes=50)
    close_emergency(actor=now, at=later, access_id=access.id)
    assert with_emergencies(peer, later).emergency_people == frozenset()
    with pytest.raises(NotFoundError):
        person_page(actor=with_emergencies(peer, later), person_id=person.id, at=later)
    with pytest.raises(NotFoundError):
        close_emergency(actor=now, at=later, access_id=access.id)


def test_what_was_not_justified_closes_at_once(
    person: Person, peer: Actor, lead: Actor, at: datetime
) -> None:
    access = opened(peer, at)
    later = at + timedelta(hours=2)
    review_emergency(actor=lead, at=later, access_id=access.id, verdict="not_justified", note="No danger.")
    assert with_emergencies(peer, later).emergency_people == frozenset()


def test_who_cannot_tell_yet_leaves_it_waiting(
    person: Person, peer: Actor, lead: Actor, at: datetime
) -> None:
    access = opened(peer, at)
    review_emergency(actor=lead, at=at, access_id=access.id, verdict="unclear", note="I will telephone.")
    (waiting,) = emergencies_to_review(actor=lead)
    assert "I will telephone." in emergency_view(waiting, today=at.date())["review"]
    with pytest.raises(StaleError, match="Somebody else looked at this"):
        review_emergency(
            actor=lead, at=at, access_id=access.id, verdict="justified", note="At the same time."
        )
    done = review_emergency(
        actor=lead, at=at, access_id=access.id, verdict="justified", note="A life.", person_told="told",
        seen=waiting.last_looked,
    )  # fmt: skip
    assert done.review_note == (
        "A life. Before that, a colleague wrote on 2 November 2026: I will telephone."
    )
    assert emergencies_to_review(actor=lead) == []
    with pytest.raises(ReviewedAlreadyError):
        review_emergency(actor=lead, at=at, access_id=access.id, verdict="justified", note="Again.")


def test_the_next_reviewer_is_told_that_telling_the_person_is_not_safe(
    person: Person, peer: Actor, lead: Actor, at: datetime
) -> None:
    access = opened(peer, at)
    review_emergency(
        actor=lead, at=at, access_id=access.id, verdict="unclear", note="He is in the house.",
        person_told="not_safe",
    )  # fmt: skip
    said = "He is in the house. Does the person know? No: telling them would put somebody in danger."
    (waiting,) = emergencies_to_review(actor=lead)
    assert said in emergency_view(waiting, today=at.date())["review"]
    done = review_emergency(
        actor=lead, at=at, access_id=access.id, verdict="justified", note="He has gone.",
        person_told="will_be", seen=waiting.last_looked,
    )  # fmt: skip
    assert done.review_note.endswith(said)


def test_what_nobody_could_tell_is_late_all_the_same(
    person: Person, peer: Actor, lead: Actor, at: datetime
) -> None:
    access = opened(peer, at)
    seen = review_emergency(actor=lead, at=at, access_id=access.id, verdict="unclear", note="I will ring.")
    shown = emergency_view(seen, today=date(2026, 11, 4))
    assert shown["late"] == "yes"
    assert shown["review"] == (
        "Late: this should have been reviewed by 3 November 2026. Looked at on 2 November 2026: I will ring."
    )
    assert emergency_view(seen, today=date(2026, 11, 3))["late"] == ""


@pytest.mark.parametrize(
    ("opened_on", "due"),
    [
        (date(2026, 11, 2), date(2026, 11, 3)),  # a Monday
        (date(2026, 11, 6), date(2026, 11, 9)),  # a Friday
        (date(2026, 11, 7), date(2026, 11, 9)),  # a Saturday
        (
            date(2026, 12, 24),
            date(2026, 12, 29),
        ),  # Christmas Day, Boxing Day on a Saturday: Monday given for it
    ],
)
def test_another_looks_at_it_by_the_next_working_day(opened_on: date, due: date) -> None:
    assert review_due(opened_on) == due


def test_a_review_that_is_late_says_so(person: Person, peer: Actor, at: datetime) -> None:
    access = opened(peer, at)
    assert emergency_view(access, today=date(2026, 11, 3))["review"] == "To be reviewed by 3 November 2026"
    late = emergency_view(access, today=date(2026, 11, 4))
    assert (late["review"], late["late"]) == (
        "Late: this should have been reviewed by 3 November 2026",
        "yes",
    )


def test_the_agency_that_works_with_the_person_is_told_and_no_other_is(
    person: Person, practitioner: Actor, peer: Actor, at: datetime
) -> None:
    access = opened(peer, at)
    assert [each.id for each in opened_by_others(actor=practitioner, at=at)] == [access.id]
    elsewhere = somebody_at(Organisation.join(code="x", name="X", kind="nhs"), "practitioner")
    assert opened_by_others(actor=elsewhere, at=at) == []
    assert opened_by_others(actor=with_emergencies(peer, at), at=at) == [], "who opened it knows"
    assert opened_by_others(actor=practitioner, at=at + timedelta(days=15)) == []


@pytest.fixture
def universe(riverside_now: Universe) -> Universe:
    return riverside_now


@pytest.fixture
def signed_in(universe: Universe) -> SignIn:
    def sign_in(name: str) -> Client:
        return browser_of(universe.members[name].user)

    return sign_in


ASKED = {
    "surname": "Yusuf", "reason": "She texted that she is on the bridge and will not come down.",
    "date_of_birth-day": "19", "date_of_birth-month": "5", "date_of_birth-year": "2007",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"date_of_birth-year": "2008"}, "Check the spelling"),
        ({"reason": "help"}, "Say in a sentence"),
        ({"date_of_birth-day": "", "date_of_birth-month": "", "date_of_birth-year": ""}, "or the postcode"),
    ],
)
def test_a_slip_at_three_in_the_morning_loses_nothing_that_was_typed(
    universe: Universe, signed_in: SignIn, wrong: dict[str, str], told: str
) -> None:
    given = ASKED | wrong
    answer = signed_in("Kit Lowe").post("/people/emergency/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert 'value="Yusuf"' in page
    assert given["reason"] in page


def test_after_too_many_tries_what_the_emergency_is_stays_on_the_page(
    universe: Universe, signed_in: SignIn
) -> None:
    kit = signed_in("Kit Lowe")
    for _ in range(MOST_MISSES):
        kit.post("/people/emergency/", ASKED | {"surname": "Nobody"})
    page = kit.post("/people/emergency/", ASKED).text
    assert "you cannot try again until the hour is over" in page
    assert ASKED["reason"] in page


def test_the_banner_stands_above_every_page_and_closes_the_record(
    universe: Universe, signed_in: SignIn
) -> None:
    kit, amina = signed_in("Kit Lowe"), universe.people["Amina"]
    before = kit.get("/").content.decode()
    assert "in an emergency, until" not in before
    kit.post("/people/emergency/", ASKED)
    for address in ("/", "/people/", "/lists/", "/directory/", "/organisations/"):
        page = kit.get(address).content.decode()
        assert "You have a record open in an emergency, until" in page, address
        assert "Amina" not in page, "whoever looks over a shoulder reads no name"
    for address in (f"/people/{amina}/", f"/people/{amina}/words/", f"/people/{amina}/chronology/"):
        page = kit.get(address).content.decode()
        assert "You opened this record in an emergency. It closes at" in page, address
    close = page.split('action="/people/emergency/')[1].split('"')[0]
    kit.post(f"/people/emergency/{close}")
    assert kit.get(f"/people/{amina}/").status_code == 404
    assert "emergency, until" not in kit.get("/").content.decode()


def test_who_works_with_the_person_and_who_reviews_read_it_on_the_page_of_today(
    universe: Universe, signed_in: SignIn
) -> None:
    signed_in("Kit Lowe").post("/people/emergency/", ASKED)
    joan = signed_in("Joan Adeyemi")
    assert "The record of somebody you work with was opened" in joan.get("/").content.decode()
    assert "on the bridge" in joan.get("/people/emergency/opened/").content.decode()
    assert "The record of somebody" not in signed_in("Tom Reilly").get("/").content.decode()
    assert "To be reviewed by" in signed_in("Iris Okafor").get("/").content.decode()


def test_what_was_done_under_it_stands_before_whoever_reviews_it(
    person: Person, practitioner: Actor, peer: Actor, lead: Actor
) -> None:
    at = timezone.now()
    person_page(actor=practitioner, person_id=person.id, at=at)
    access = opened(peer, at)
    now = with_emergencies(peer, timezone.now())
    person_page(actor=now, person_id=person.id, at=timezone.now())
    close_emergency(actor=now, at=timezone.now(), access_id=access.id)
    done = done_in_emergency(actor=lead, access_id=access.id)
    assert [event.code for event in done.events] == [
        "person.emergency_opened", "person.viewed", "person.emergency_closed",
    ]  # fmt: skip
    assert {event.actor_id for event in done.events} == {peer.user_id}, "and nothing that others did"
    assert not done.more
    assert done.people.names == {}, "whoever reviews it does not learn who the person is"
    last = AuditEvent.objects.order_by("sequence").last()
    assert last is not None
    assert (last.code, last.actor_id, last.purpose) == (
        "person.emergency_looked_into", lead.user_id, access.purpose,
    )  # fmt: skip
    with pytest.raises(NotAllowedError):
        done_in_emergency(actor=practitioner, access_id=access.id)
    with pytest.raises(NotFoundError):
        done_in_emergency(actor=lead, access_id=person.id)


def test_what_was_done_after_it_had_ended_is_not_told_as_done_under_it(
    person: Person, practitioner: Actor, peer: Actor, lead: Actor
) -> None:
    at = timezone.now()
    access = opened(peer, at)
    close_emergency(actor=with_emergencies(peer, at), at=timezone.now(), access_id=access.id)
    share = replace(peer, emergency_people=frozenset({person.id}))
    person_page(actor=share, person_id=person.id, at=timezone.now())
    codes = [event.code for event in done_in_emergency(actor=lead, access_id=access.id).events]
    assert codes == ["person.emergency_opened", "person.emergency_closed"]


def test_the_page_of_the_review_shows_it_above_the_form(universe: Universe) -> None:
    kit, lead = (browser_of(universe.members[name].user) for name in ("Kit Lowe", "Iris Okafor"))
    born = {"date_of_birth-day": 19, "date_of_birth-month": 5, "date_of_birth-year": 2007}
    given = born | {"surname": "Yusuf", "reason": REASON}
    amina = universe.people["Amina"]
    assert kit.post("/people/emergency/", given).status_code == 302
    assert kit.get(f"/people/{amina}/").status_code == 200
    access = EmergencyAccess.objects.values_list("id", flat=True).first()
    page = lead.get(f"/people/emergency/reviews/{access}/").text
    assert page.index("Kit Lowe opened the person&#39;s page") < page.index('<form method="post" novalidate')
    assert f'href="/audit-trail/people/{amina}/"' in page
    assert "Amina" not in page
