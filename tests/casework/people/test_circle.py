"""Who is around a person: the register of agencies in touch, each agency's part, and the picture."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise

import pytest
from django.test import Client
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.people.commands.involvement import (
    answer_whether_known,
    ask_whether_known,
    end_involvement,
    note_involvement,
)
from alongside.casework.people.commands.records import note_contact
from alongside.casework.people.models import Involvement, Person
from alongside.casework.people.presenters import network, parts, person_view
from alongside.casework.people.presenters.network import Network
from alongside.casework.people.queries import person_page
from alongside.casework.people.queries.circle import circle_of
from alongside.casework.people.rules import may_be_drawn, months_unknown

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture
def shared(person: Person, practitioner: Actor, peer: Actor, charity: Organisation, at: datetime) -> Person:
    """The council asked the charity, which is in touch too."""
    question = ask_whether_known(
        actor=practitioner, at=at, person_id=person.id, asked_of=charity, why="She spoke of you."
    )
    answer_whether_known(actor=peer, at=at, question_id=question.id, answer="open", note="Ring Dee.")
    note_involvement(
        actor=practitioner, at=at, person_id=person.id, worker_name="Asha Patel", service="Adult social care",
        since=date(2026, 9, 1), how_often="Every two weeks", intensity="regular",
    )  # fmt: skip
    note_involvement(
        actor=peer, at=at, person_id=person.id, worker_name="Dee Marsh", since=date(2024, 10, 3),
        how_often="Thursdays", intensity="intensive",
    )  # fmt: skip
    return person


@pytest.mark.proves("MARM-64")
def test_the_register_says_which_agency_since_when_how_often_how_much_and_who_and_not_what_it_holds(
    shared: Person, practitioner: Actor, peer: Actor, at: datetime
) -> None:
    for actor in (practitioner, peer):
        page = person_page(actor=actor, person_id=shared.id, at=at)
        rows = person_view(page, today=at.date()).involvements
        assert [[cell.get("text", "") for cell in row[:5]] for row in rows] == [
            [
                "Been There", "Dee Marsh", "3 October 2024. Noted here on 2 November 2026, 2 years later.",
                "Thursdays", "Intensive",
            ],
            ["Riverside Council, Adult social care", "Asha Patel", "1 September 2026", "Every two weeks",
             "Regular"],
        ]  # fmt: skip
    columns = {field.name for field in Involvement._meta.get_fields()}
    assert columns == {
        "id", "person", "organisation", "worker", "worker_name", "service", "since", "how_often", "intensity",
        "until", "noted_at",
    }, "no room for what an agency holds"  # fmt: skip
    ours = Involvement.objects.get(worker_name="Dee Marsh")
    end_involvement(actor=peer, at=at, involvement_id=ours.id, on=at.date())
    left = person_page(actor=practitioner, person_id=shared.id, at=at).involvements
    assert [each.worker_name for each in left] == ["Asha Patel"]


@pytest.mark.proves("MARM-39")
def test_each_agencys_part_stands_beside_what_it_says_it_does(
    shared: Person, practitioner: Actor, charity: Organisation, at: datetime
) -> None:
    charity.describe(
        remit="Adults in Riverside", thresholds="Anybody who asks", how_we_work="We listen first",
        what_we_can_offer="A walk on Thursdays", telephone="01632 960111",
    )  # fmt: skip
    police = Organisation.join(code="police", name="Valley Police", kind="police")
    ask_whether_known(actor=practitioner, at=at, person_id=shared.id, asked_of=police, why="Seen often.")
    told = parts(circle_of(actor=practitioner, person_id=shared.id))
    assert [each.name for each in told] == ["Been There", "Riverside Council", "Valley Police"]
    peers, council, waits = told
    (does,) = peers.does
    assert does.startswith("Dee Marsh. Since: 3 October 2024. How often: Thursdays. How much: intensive.")
    assert does.endswith("Noted here on 2 November 2026, 2 years later.")
    said = {each["key"]["text"]: each["value"]["text"] for each in peers.says}
    assert (said["What we can offer"], peers.not_said) == ("A walk on Thursdays", "")
    assert (council.says, council.not_said.split("; ")[-1]) == ([], "Telephone")
    assert (waits.does, waits.waits) == ([], "Asked on 2 November 2026, and no answer yet: phone them.")
    assert AuditEvent.objects.filter(code="person.circle_seen", person_id=shared.id).count() == 1


@pytest.mark.parametrize(
    ("permission", "poses_risk", "drawn"),
    [
        ("yes", False, True), ("only_if", False, True), ("no", False, False), ("not_asked", False, False),
        ("yes", True, False),
    ],
)  # fmt: skip
def test_somebody_is_drawn_as_far_as_the_person_allows(
    permission: str, poses_risk: bool, drawn: bool
) -> None:
    assert may_be_drawn(permission, poses_risk=poses_risk) is drawn


@pytest.mark.parametrize(
    ("since", "months"),
    [
        (None, 0), (date(2026, 11, 2), 0), (date(2026, 8, 3), 0), (date(2026, 8, 2), 3),
        (date(2024, 11, 3), 23), (date(2024, 11, 2), 24),
    ],
)  # fmt: skip
def test_it_is_told_for_how_long_an_agency_was_in_touch_before_it_was_noted(
    since: date | None, months: int
) -> None:
    assert months_unknown(since, date(2026, 11, 2)) == months


def drawn(person: Person, actor: Actor, at: datetime) -> Network | None:
    page = person_page(actor=actor, person_id=person.id, at=at)
    return network(page.person, page.contacts, page.involvements)


@pytest.mark.proves("MARM-45")
def test_the_network_is_drawn_as_far_as_the_person_allows_and_the_tie_says_how_much(
    shared: Person, practitioner: Actor, at: datetime
) -> None:
    for name, permission, risk in (
        ("Nuala", "only_if", False), ("Rose", "yes", False), ("Ed", "no", False), ("Al", "not_asked", False),
        ("Vic", "yes", True),
    ):  # fmt: skip
        note_contact(
            actor=practitioner, at=at, person_id=shared.id, name=name, relationship="kin",
            permission=permission, permission_words="In hospital", poses_risk=risk,
        )  # fmt: skip
    picture = drawn(shared, practitioner, at)
    assert picture is not None
    words = {" ".join(line for _, _, line in each.lines): each for each in picture.around}
    assert list(words) == ["Nuala (kin)", "Rose (kin)", "Been There", "Riverside Council"]
    assert words["Nuala (kin)"].dashed
    assert not words["Rose (kin)"].dashed
    assert words["Been There"].tie > words["Riverside Council"].tie
    assert picture.left_out == "3 people are not shown: the table says why."
    for kept_out in ("Ed", "Al ", "Vic"):
        assert kept_out not in picture.said
    assert "Been There: intensive" in picture.said


def test_boxes_stand_apart_inside_the_picture_whatever_the_names(
    shared: Person, practitioner: Actor, at: datetime
) -> None:
    for number in range(7):
        note_contact(
            actor=practitioner, at=at, person_id=shared.id, name=f"{number} Llanfairpwllgwyngyllgogerych",
            relationship="a friend from the choir that meets on Tuesdays at six", permission="yes",
        )  # fmt: skip
    picture = drawn(shared, practitioner, at)
    assert picture is not None
    for column in ("contact", "agency"):
        boxes = [each for each in picture.around if each.kind == column]
        for above, below in pairwise(boxes):
            assert above.y + above.high < below.y
        assert all(each.y >= 0 and each.y + each.high <= picture.high for each in boxes)
        assert all(len(line) <= 15 for each in boxes for _, _, line in each.lines)


def test_nobody_around_is_no_picture(person: Person, practitioner: Actor, at: datetime) -> None:
    note_contact(
        actor=practitioner, at=at, person_id=person.id, name="Ed", relationship="son", permission="no"
    )
    assert drawn(person, practitioner, at) is None


@pytest.fixture
def universe(riverside_now: Universe) -> Universe:
    return riverside_now


def client_of(universe: Universe, name: str) -> Client:
    return browser_of(universe.members[name].user)


@pytest.mark.proves("ENABLE-05")
def test_a_person_fits_on_one_page_words_network_agencies_and_circumstances(universe: Universe) -> None:
    page = client_of(universe, "Asha Patel").get(f"/people/{universe.people['Bee']}/").content.decode()
    for part, told in (
        ("who she is", "a cat&#39;s landlady"),
        ("her own words", "My cat, my machine"),
        ("how to communicate", "Speak to my left ear"),
        ("where she lives", "4 Alder Court"),
        ("her network", "Nuala (sister)"),
        ("as far as she allows", "Only if I am in hospital"),
        ("who is in touch", "Dee Marsh"),
        ("since when", "3 October 2024"),
        ("what happened", "Gas safety visit"),
        ("what she said no to", "A key to my own door"),
    ):
        assert told in page, part
    assert page.count('<svg class="app-network__drawing"') == 1
    assert 'role="img" aria-labelledby="network-title network-words"' in page


def test_a_name_in_the_picture_is_text(universe: Universe) -> None:
    client, bee = client_of(universe, "Asha Patel"), universe.people["Bee"]
    client.post(f"/people/{bee}/network/", {"name": "<b>x</b>", "relationship": "kin", "permission": "yes"})
    page = client.get(f"/people/{bee}/").content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in page.split("<svg class")[1].split("</svg>")[0]
    assert "<b>x</b>" not in page


def test_the_page_of_agencies_is_for_who_sees_the_person(universe: Universe) -> None:
    bee = universe.people["Bee"]
    page = client_of(universe, "Tom Reilly").get(f"/people/{bee}/agencies/").content.decode()
    assert "Been There (peer support)" in page
    assert client_of(universe, "Kit Lowe").get(f"/people/{bee}/agencies/").status_code == 404
