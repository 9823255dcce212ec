"""The person holds the pen: what they write stays as written, and their hands open nothing else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.own_words import write_own_words
from alongside.casework.people.commands.records import write_down_words
from alongside.casework.people.models import AboutMe, Person
from alongside.casework.people.queries import person_page
from alongside.casework.people.rules import Section

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PASSWORD = "three words nobody joins"  # noqa: S105 - made up, here and nowhere else
WROTE = "I am <b>not</b> a hoarder.\n\nI keep things  that were hers. "


@pytest.mark.proves("SAFE-22")
def test_what_the_person_wrote_stays_word_for_word_and_who_held_the_pen_is_kept(
    person: Person, practitioner: Actor, at: datetime
) -> None:
    write_down_words(
        actor=practitioner, at=at, person_id=person.id, section=Section.MATTERS, words="Her cat.",
        said_on=at.date(),
    )  # fmt: skip
    write_own_words(actor=practitioner, at=at, person_id=person.id, section=Section.WISHES, words=WROTE)
    said = person_page(actor=practitioner, person_id=person.id, at=at).about_me
    (own,), (told,) = said[Section.WISHES], said[Section.MATTERS]
    assert (own.words, own.pen, own.said_on) == (WROTE, AboutMe.Pen.PERSON, at.date())
    assert told.pen == AboutMe.Pen.STAFF
    kept = AuditEvent.objects.filter(code="person.words_kept").order_by("sequence")
    assert [each.details["pen"] for each in kept] == ["staff", "person"]
    tell_database(practitioner)
    for change in ("words = 'I am a hoarder.'", "pen = 'staff'"):
        with pytest.raises(DatabaseError, match="kept as it was"):
            by_sql(f"update people_aboutme set {change}")


def by_sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def universe(riverside_now: Universe) -> Universe:
    return riverside_now


@pytest.fixture
def asha(universe: Universe) -> Client:
    user = universe.members["Asha Patel"].user
    user.set_password(PASSWORD)
    user.save()
    return browser_of(user)


@pytest.mark.proves("SAFE-22")
def test_a_device_that_is_handed_over_opens_one_plain_page_until_the_password_is_given(
    universe: Universe, asha: Client
) -> None:
    bee = universe.people["Bee"]
    assert asha.post(f"/people/{bee}/hand-over/").headers["Location"] == "/people/own-words/"
    page = asha.get("/people/own-words/").content.decode()
    for hidden in ("Bee", "Asha", "My cat, my machine", "Dee Marsh", "/lists/", 'href="/people/"'):
        assert hidden not in page, hidden
    assert "Exit this page" in page
    for elsewhere in ("/", f"/people/{bee}/", "/people/", "/lists/", "/my-security/", "/nowhere/"):
        assert asha.get(elsewhere).headers["Location"] == "/people/own-words/", elsewhere
    assert asha.post(f"/people/{bee}/words/", {"words": "x"}).headers["Location"] == "/people/own-words/"
    wrote = {"section": "wishes", "words": WROTE}
    kept = asha.post("/people/own-words/", wrote, follow=True).content.decode()
    assert "Your words are saved" in kept
    assert "hoarder" not in kept, "whoever takes the device next does not read it"
    wrong = asha.post("/people/own-words/back/", {"password": "guess"}).content.decode()
    assert "The password is not correct" in wrong
    assert asha.get("/").status_code == 302
    back = asha.post("/people/own-words/back/", {"password": PASSWORD}, follow=True).content.decode()
    assert "They wrote this themself, on Asha Patel&#39;s device." in back
    assert "I am &lt;b&gt;not&lt;/b&gt; a hoarder." in back
    assert asha.get("/people/own-words/").status_code == 404


@pytest.mark.parametrize("page", ["hand-over", "your-information/read"])
def test_how_to_have_the_device_back_is_said_as_it_will_be(
    universe: Universe, asha: Client, page: str
) -> None:
    address = f"/people/{universe.people['Bee']}/{page}/"
    by_password, by_signing_in = "until you enter your password", "until you sign out and sign in again"
    told = asha.get(address).text
    assert (by_password in told, by_signing_in in told) == (True, False)
    user = universe.members["Asha Patel"].user
    user.set_unusable_password()
    user.save()
    told = browser_of(user).get(address).text
    assert (by_password in told, by_signing_in in told) == (False, True)


def test_whoever_has_no_password_here_signs_out_and_nobody_guesses_for_long(
    universe: Universe, asha: Client
) -> None:
    bee = universe.people["Bee"]
    asha.post(f"/people/{bee}/hand-over/")
    statuses = [
        asha.post("/people/own-words/back/", {"password": f"guess {n}"}).status_code for n in range(6)
    ]
    assert statuses[-1] == 429
    assert asha.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert asha.get("/people/own-words/").headers["Location"].startswith("/sign-in/")


def test_what_the_person_forgot_is_asked_for_and_nothing_they_wrote_is_lost(
    universe: Universe, asha: Client
) -> None:
    asha.post(f"/people/{universe.people['Bee']}/hand-over/")
    page = asha.post("/people/own-words/", {"words": "Only the garden."}).content.decode()
    assert "Choose what it is about" in page
    assert "Only the garden." in page


def test_nobody_hands_over_a_person_they_may_not_see(universe: Universe) -> None:
    client = browser_of(universe.members["Kit Lowe"].user)
    assert client.post(f"/people/{universe.people['Amina']}/hand-over/").status_code == 404
    assert client.get("/").status_code == 200
