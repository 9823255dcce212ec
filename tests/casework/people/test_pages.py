"""Pages about people, as a browser asks for them: for whom they open, and what they say."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import system_actor
from alongside.casework.design.searches import KEPT
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Involvement, PersonMerge

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
OF_NO_TABLE = re.compile("SAVEPOINT|RELEASE|BEGIN|COMMIT|select set_config")


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


@pytest.fixture
def universe(riverside_now: Universe) -> Universe:
    return riverside_now


@pytest.fixture
def signed_in(universe: Universe) -> SignIn:
    def sign_in(name: str) -> Client:
        return browser_of(universe.members[name].user)

    return sign_in


@pytest.mark.proves("MARM-43")
def test_the_page_begins_with_the_persons_own_words(universe: Universe, signed_in: SignIn) -> None:
    page = signed_in("Asha Patel").get(f"/people/{universe.people['Bee']}/").content.decode()
    places = [
        page.index(words)
        for words in (
            "a cat&#39;s landlady",
            "My cat, my machine",
            "The stairs.",
            "NHS number",
            "What happened",
        )
    ]
    assert places == sorted(places)
    assert "999 000 0018" in page
    assert "<title>A person " in page, "no name in a title"


def test_words_and_names_are_shown_as_text_and_never_as_html(universe: Universe, signed_in: SignIn) -> None:
    client, bee = signed_in("Asha Patel"), universe.people["Bee"]
    nasty = "<script>alert(1)</script>"
    answer = client.post(
        f"/people/{bee}/words/",
        {
            "section": "matters",
            "words": nasty,
            "said_on-day": "1",
            "said_on-month": "11",
            "said_on-year": "2026",
        },
    )
    assert answer.status_code == 302
    page = client.get(f"/people/{bee}/").content.decode()
    assert nasty not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_a_search_finds_is_a_page_to_go_back_to_and_leaves_no_name_in_an_address(
    universe: Universe, signed_in: SignIn
) -> None:
    client = signed_in("Tom Reilly")
    sent = client.post("/people/", {"words": "stanislaw kowalcyk"})
    assert sent.status_code == 302
    other = client.post("/people/", {"words": "nobody-at-all"})
    for _ in ("at once", "when one comes back to it"):
        page = client.get(sent["Location"]).content.decode()
        assert "Stan" in page
        assert "1 person" in page
        assert 'value="stanislaw kowalcyk"' in page
    assert "Nobody was found" in client.get(other["Location"]).content.decode()
    assert "kowalcyk" not in sent["Location"]
    for address in ("/people/", "/people/?search=77", "/people/?search=kowalcyk"):
        page = client.get(address).content.decode()
        assert "1 person" not in page
        assert "Nobody was found" not in page
    assert any("kowalcyk" in str(each) for each in client.session["searches"].values())
    client.post("/sign-out/")
    assert "searches" not in client.session
    again = signed_in("Tom Reilly").get(sent["Location"]).content.decode()
    assert "Kowalczyk" not in again, "it was kept for that session, and went with it"


def test_no_more_searches_are_kept_than_one_goes_back_to(universe: Universe, signed_in: SignIn) -> None:
    client = signed_in("Tom Reilly")
    first = client.post("/people/", {"words": "Stan"})["Location"]
    for number in range(KEPT):
        client.post("/people/", {"words": f"Stan {number}"})
    assert len(client.session["searches"]) == KEPT
    assert "1 person" not in client.get(first).content.decode()


def test_a_person_of_another_agency_looks_like_one_who_is_not_there(
    universe: Universe, signed_in: SignIn
) -> None:
    client = signed_in("Kit Lowe")
    answers = {
        (answer.status_code, answer.content.decode().split("csrfmiddlewaretoken")[0])
        for person_id in (universe.people["Amina"], uuid4())
        for answer in [client.get(f"/people/{person_id}/")]
    }
    assert {status for status, _ in answers} == {404}
    for page in ("change", "words", "network", "involvement", "chronology", "ask", "merge"):
        assert client.get(f"/people/{universe.people['Amina']}/{page}/").status_code in (403, 404), page


def test_two_who_change_one_record_are_both_shown(universe: Universe, signed_in: SignIn) -> None:
    bee = universe.people["Bee"]
    asha, dee = signed_in("Asha Patel"), signed_in("Dee Marsh")
    given = {"known_as": "Bee", "forename": "Beatrice", "surname": "Ó Murchú", "opened_version": "1"}
    assert asha.post(f"/people/{bee}/change/", given | {"adjustments": "Very large print"}).status_code == 302
    answer = dee.post(f"/people/{bee}/change/", given | {"adjustments": "A chair by the window"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Very large print" in page
    assert page.count("A chair by the window") >= 2, "beside theirs, and still in the form"
    assert 'value="2"' in page, "sent again, it stands on theirs"


def test_making_a_record_warns_of_a_duplicate_first(universe: Universe, signed_in: SignIn) -> None:
    client = signed_in("Asha Patel")
    given = {
        "known_as": "Beattie", "forename": "Beatrice", "surname": "O Murchu",
        "date_of_birth-day": "4", "date_of_birth-month": "3", "date_of_birth-year": "1951",
    }  # fmt: skip
    warned = client.post("/people/new/", given)
    assert "may already have a record" in warned.content.decode()
    checked = {"checked": warned.text.split('name="checked" value="')[1].split('"')[0]}
    another = client.post("/people/new/", given | checked | {"forename": "Beatrix"})
    assert (another.status_code, "may already have a record" in another.text) == (200, True), (
        "whom nobody looked for yet is looked for first"
    )
    assert client.post("/people/new/", given | {"checked": "yes"}).status_code == 200
    assert client.post("/people/new/", given | checked).status_code == 302


def test_a_death_is_recorded_and_the_page_says_so_first(universe: Universe, signed_in: SignIn) -> None:
    client, bee = signed_in("Asha Patel"), f"/people/{universe.people['Bee']}/"
    given = {"known_as": "Bee", "forename": "Beatrice", "surname": "Ó Murchú", "opened_version": "1"}
    born = boxes("date_of_birth", date(1951, 3, 4))
    today = timezone.localdate()
    for day, told in (
        (today + timedelta(days=1), "must be today or in the past"),
        (date(1950, 1, 1), "must be on or after the date of birth"),
    ):
        wrong = client.post(f"{bee}change/", given | born | boxes("died_on", day))
        assert f"The date of death {told}" in wrong.text
    assert client.post(f"{bee}change/", given | born | boxes("died_on", today)).status_code == 302
    assert "Died on" in client.get(bee).text
    assert 'name="died_on-year"' in client.get(f"{bee}change/").text
    assert 'name="died_on-year"' not in client.get("/people/new/").text


def test_an_involvement_neither_begins_tomorrow_nor_ends_before_it_began(
    universe: Universe, signed_in: SignIn
) -> None:
    client, bee = signed_in("Asha Patel"), universe.people["Bee"]
    ended = client.post(link(client, bee, "end"), boxes("on", date(2019, 1, 1)))
    assert "Enter a day on or after" in ended.text
    said = {"service": "Housing options", "intensity": "regular"}
    today = timezone.localdate()
    told = client.post(f"/people/{bee}/involvement/", said | boxes("since", today + timedelta(days=1)))
    assert "Add the involvement once it has begun" in told.text
    assert "Housing options" in told.text, "nothing typed is lost"
    assert client.post(f"/people/{bee}/involvement/", said | boxes("since", today)).status_code == 302


def test_a_question_to_our_own_organisation_leads_to_answering_it(
    universe: Universe, signed_in: SignIn
) -> None:
    tom, bee = signed_in("Tom Reilly"), universe.people["Bee"]
    council = universe.organisations["riverside_council"].id
    given = {"asked_of": str(council), "why": "She has not been home.", "safe": "yes"}
    assert tom.post(f"/people/{bee}/ask/", given).status_code == 302
    theirs = "No answer yet: phone them"
    before = tom.get(f"/people/{bee}/").text.count(theirs)
    ours = signed_in("Asha Patel").get(f"/people/{bee}/").text
    assert "what Riverside Homes asks" in ours
    assert ours.count(theirs) == before - 1


def test_somebody_known_by_one_name_only_is_looked_for_too(universe: Universe, signed_in: SignIn) -> None:
    given = {
        "known_as": "Bee",
        "date_of_birth-day": "4", "date_of_birth-month": "3", "date_of_birth-year": "1951",
    }  # fmt: skip
    warned = signed_in("Asha Patel").post("/people/new/", given)
    assert "may already have a record" in warned.content.decode()


def test_a_form_full_of_nonsense_is_answered_in_words(universe: Universe, signed_in: SignIn) -> None:
    client, bee = signed_in("Asha Patel"), universe.people["Bee"]
    for page, given in (
        ("words", {"section": "nonsense", "words": "x" * 1_000_000, "said_on-day": "99"}),
        ("chronology", {"kind": "?", "words": "", "happened_on-year": "x"}),
        ("network", {"permission": "only_if"}),
        ("change", {"opened_version": "-1"}),
    ):
        answer = client.post(f"/people/{bee}/{page}/", given)
        assert answer.status_code in (200, 422), page
    assert client.get(f"/people/{bee}/?from=9999999999").status_code == 200
    assert client.get(f"/people/{bee}/?from=-1").status_code == 200


def test_an_emergency_opens_a_page_under_a_banner_and_waits_for_review(
    universe: Universe, signed_in: SignIn
) -> None:
    kit = signed_in("Kit Lowe")
    given = {
        "surname": "Yusuf", "reason": "She texted that she is on the bridge and will not come down.",
        "date_of_birth-day": "19", "date_of_birth-month": "5", "date_of_birth-year": "2007",
    }  # fmt: skip
    opened = kit.post("/people/emergency/", given, follow=True).content.decode()
    assert "You opened this record in an emergency" in opened
    assert "A door I can lock" in opened
    iris = signed_in("Iris Okafor")
    assert "Kit Lowe, Valley Police" in iris.get("/").content.decode()
    waiting = iris.get("/people/emergency/reviews/").content.decode()
    assert "on the bridge" in waiting


def test_somebody_is_taken_off_the_network_from_the_page_by_a_second_yes(
    universe: Universe, signed_in: SignIn
) -> None:
    client, bee = signed_in("Asha Patel"), universe.people["Bee"]
    off = link(client, bee, "off")
    asked = client.get(off).content.decode()
    assert "Remove Nuala from the network?" in asked
    assert "Nuala" not in asked[: asked.index("</title>")], "no name in a title"
    assert "Nuala" in client.get(f"/people/{bee}/").content.decode(), "asking changes nothing"
    page = client.post(off, follow=True).content.decode()
    assert "Nobody has been added." in page
    assert client.post(off).status_code == 404
    assert signed_in("Kit Lowe").post(off).status_code == 404


def test_an_agency_ends_its_own_involvement_from_the_page_and_no_others(
    universe: Universe, signed_in: SignIn
) -> None:
    client, bee = signed_in("Asha Patel"), universe.people["Bee"]
    end = link(client, bee, "end")
    told = {"on-day": "1", "on-month": "11", "on-year": "2099"}
    assert "in the future" in client.post(end, told).content.decode()
    assert signed_in("Dee Marsh").post(end, told | {"on-year": "2026"}).status_code == 404
    assert client.post(end, told | {"on-year": "2026"}).status_code == 302
    page = client.get(f"/people/{bee}/").content.decode()
    assert "/end/" not in page
    assert "Dee Marsh" in page, "another agency is still in touch"


def test_the_form_to_end_an_involvement_opens_for_ones_own_that_goes_on_and_for_no_other(
    universe: Universe, signed_in: SignIn
) -> None:
    client, bee = signed_in("Asha Patel"), universe.people["Bee"]
    own = link(client, bee, "end")
    with transaction.atomic():
        tell_database(system_actor("a test"))
        theirs = Involvement.objects.exclude(organisation__code="riverside_council").get(person=bee)
    missing = f"/people/{bee}/involvement/{uuid4()}/end/"
    of_another = own.replace(str(bee), str(universe.people["Stan"]))
    assert client.get(own).status_code == 200
    client.post(own, {"on-day": "1", "on-month": "11", "on-year": "2026"})
    for address in (own, missing, of_another, f"/people/{bee}/involvement/{theirs.id}/end/"):
        answers = client.get(address), client.post(address, {"on-day": "1"})
        assert [each.status_code for each in answers] == [404, 404], address


def link(client: Client, person_id: UUID, of: str) -> str:
    """The one link of this name on the page of a person."""
    page = client.get(f"/people/{person_id}/").content.decode()
    (found,) = re.findall(rf'href="(/people/[^"]+/{of}/)"', page)
    return str(found)


@pytest.mark.parametrize(("name", "answer"), [("Asha Patel", 200), ("Sam Boateng", 403)])
def test_a_form_is_linked_only_for_somebody_whom_it_does_not_refuse(
    universe: Universe, signed_in: SignIn, name: str, answer: int
) -> None:
    """A contact worker changes no record, makes none and opens none in an emergency."""
    client, bees = signed_in(name), f"/people/{universe.people['Bee']}/"
    forms = {"/people/new/": "/people/", "/people/emergency/": "/people/", f"{bees}change/": bees}
    for form, page in forms.items():
        assert client.get(form).status_code == answer
        assert (f'href="{form}"' in client.get(page).content.decode()) is (answer == 200), form


@pytest.mark.parametrize("name", ["Asha Patel", "Sam Boateng", "Gwen Hughes", "Iris Okafor", "Priya Shah"])
def test_no_page_asks_more_than_fifteen_queries(universe: Universe, signed_in: SignIn, name: str) -> None:
    """Sign-in and who asks among them; what only begins, ends or names a transaction is none."""
    client = signed_in(name)
    client.get("/")
    for address in (
        "/",
        "/people/",
        f"/people/{universe.people['Bee']}/",
        f"/people/{universe.people['Bee']}/agencies/",
        f"/people/{universe.people['Bee']}/hand-over/",
        f"/lists/table/{universe.people['Bee']}/",
        f"/lists/own-page/{universe.people['Bee']}/",
        "/people/emergency/opened/",
        "/people/emergency/reviews/",
        "/lists/",
        "/directory/",
        "/runs/",
    ):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        of_tables = [each["sql"] for each in asked.captured_queries if OF_NO_TABLE.match(each["sql"]) is None]
        assert len(of_tables) <= 15, (address, of_tables)


@pytest.mark.parametrize("skipped", ["²", "٣", "-1", "1e9", "0x10", ""])
def test_a_place_in_the_chronology_that_is_no_number_is_the_beginning(
    universe: Universe, signed_in: SignIn, skipped: str
) -> None:
    answer = signed_in("Asha Patel").get(f"/people/{universe.people['Bee']}/", {"from": skipped})
    assert answer.status_code == 200


def test_parting_asks_why_and_loses_nothing_typed(universe: Universe, signed_in: SignIn) -> None:
    bee, client = universe.people["Bee"], signed_in("Gwen Hughes")
    assert any(merged(client, bee, each) for name, each in universe.people.items() if name != "Bee")
    with transaction.atomic():
        tell_database(system_actor("a test"))
        made = PersonMerge.objects.get()
    address = f"/people/{bee}/merge/{made.id}/part/"
    assert f'href="{address}"' in client.get(f"/people/{bee}/").text
    assert "One person." in client.get(address).text
    for wrong in ("", "Two\x00 sisters.", "Two sisters. " * 100):
        refused = client.post(address, {"why": wrong})
        assert refused.status_code == 422
        assert wrong.replace("\x00", "\N{REPLACEMENT CHARACTER}") in refused.text or wrong in refused.text
    assert client.post(address, {"why": "Two sisters."}).status_code == 302
    assert client.get(address).status_code == 404
    with transaction.atomic():
        tell_database(system_actor("a test"))
        made.refresh_from_db()
    assert made.undone_why == "Two sisters."


def merged(client: Client, kept: UUID, absorbed: UUID) -> bool:
    answer = client.post(f"/people/{kept}/merge/", {"other": str(absorbed), "reason": "One person."})
    return answer.status_code == 302


@pytest.mark.parametrize("form", ["words", "network", "involvement", "chronology", "ask", "change"])
def test_a_form_about_somebody_that_is_sent_empty_is_not_answered_as_if_it_was_kept(
    universe: Universe, signed_in: SignIn, form: str
) -> None:
    refused_as_empty(signed_in("Asha Patel"), f"/people/{universe.people['Bee']}/{form}/")


@pytest.mark.parametrize("form", ["/people/new/", "/people/emergency/", "/lists/worry/"])
def test_nor_is_any_other_form(signed_in: SignIn, form: str) -> None:
    refused_as_empty(signed_in("Asha Patel"), form)


def refused_as_empty(client: Client, form: str) -> None:
    answer = client.post(form, {"nothing": "answered"})
    assert (answer.status_code, "There is a problem" in answer.text) == (422, True)
