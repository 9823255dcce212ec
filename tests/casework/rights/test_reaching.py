"""Before anybody reaches whoever asks what is held: how that is safe, and who around them may be asking."""

from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.rights.conftest import everything, released
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.marm.models import Case, FamilyRisk
from alongside.casework.marm.rules.family import FamilyRiskSaid
from alongside.casework.people.models import Contact, Person
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.presenters.statement import before_giving
from alongside.casework.rights.queries.statement import statement_of
from alongside.casework.rights.rules.asking import may_be

NEVER_BY_POST = "Never by post: Mark opens it."


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Views read the clock; here it stands."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def lead(riverside: Universe) -> Client:
    return browser_of(riverside.members["Iris Okafor"].user)


@pytest.fixture
def mark(bee: UUID, at: datetime) -> Contact:
    """Whoever a risk was noted from; her record says that what comes by post is opened."""
    everything()
    Person.objects.filter(id=bee).update(safe_contact=NEVER_BY_POST, interpreter="Polish")
    return Contact.note(
        person=Person.objects.get(id=bee), name="Mark Doyle", relationship="Partner", how_to_reach="",
        permission="no", permission_words="", poses_risk=True, by="Asha Patel", at=at,
    )  # fmt: skip


def asks_for_her(request_id: UUID, name: str) -> None:
    everything()
    AccessRequest.objects.filter(id=request_id).update(
        asked_by="for_them", asked_by_name=name, authority="A letter."
    )


@pytest.mark.usefixtures("mark")
@pytest.mark.parametrize(
    "address", ["", "identity/asked/", "identity/", "asked/", "longer/", "close/", "given/"]
)
def test_whoever_handles_it_reads_how_it_is_safe_to_reach_them(
    lead: Client, iris: Actor, ada: Actor, asked: UUID, at: datetime, address: str
) -> None:
    if address == "given/":
        released(iris, ada, asked, at)
    page = lead.get(f"/rights/{asked}/{address}").text
    assert f"Before you give or send it: {NEVER_BY_POST}" in page
    assert "A risk was noted from: Mark Doyle." in page
    assert "An interpreter is needed: Polish" in page
    assert "who asks for them" not in page


@pytest.mark.usefixtures("mark")
def test_another_record_of_the_same_person_says_it_too(
    riverside: Universe, lead: Client, bee: UUID, asked: UUID
) -> None:
    everything()
    other = riverside.people["Amina"]
    Person.objects.filter(id=other).update(merged_into=bee, safe_contact="Ring the shop first.")
    assert "Ring the shop first." in lead.get(f"/rights/{asked}/").text


@pytest.mark.usefixtures("mark")
@pytest.mark.parametrize("address", ["", "identity/", "given/"])
def test_somebody_from_whom_a_risk_was_noted_asking_for_them_is_named(
    lead: Client, iris: Actor, ada: Actor, asked: UUID, at: datetime, address: str
) -> None:
    asks_for_her(asked, "Mr M. Doyle")
    if address == "given/":
        released(iris, ada, asked, at)
    page = lead.get(f"/rights/{asked}/{address}").text
    assert "Mr M. Doyle, who asks for them, may be Mark Doyle, from whom a risk was noted." in page


def test_nor_does_it_help_to_have_left_their_life(
    lead: Client, mark: Contact, asked: UUID, at: datetime
) -> None:
    everything()
    mark.leave(at=at)
    asks_for_her(asked, "Mark Doyle")
    page = lead.get(f"/rights/{asked}/").text
    assert "may be Mark Doyle, from whom a risk was noted" in page


@pytest.fixture
def lee(bee: UUID, riverside: Universe, at: datetime) -> Contact:
    """Whoever a risk was noted from in a case, and not in the network."""
    everything()
    found = Contact.note(
        person=Person.objects.get(id=bee), name="Lee Ash", relationship="Nephew", how_to_reach="",
        permission="no", permission_words="", poses_risk=False, by="Asha Patel", at=at,
    )  # fmt: skip
    FamilyRisk.note(
        case=Case.objects.get(id=riverside.cases["case"]), contact=found,
        organisation_id=riverside.organisations["riverside_council"].id,
        said=FamilyRiskSaid(from_them="He hits her.", to_them="", says="Bee, to Dee."), by="Asha Patel",
        at=at,
    )  # fmt: skip
    return found


@pytest.mark.parametrize("address", ["", "identity/", "given/"])
def test_a_risk_that_a_case_notes_is_warned_of_too(
    lead: Client, iris: Actor, ada: Actor, lee: Contact, asked: UUID, at: datetime, address: str
) -> None:
    asks_for_her(asked, "Lee Ash")
    if address == "given/":
        released(iris, ada, asked, at)
    page = lead.get(f"/rights/{asked}/{address}").text
    assert "A risk was noted from: Lee Ash." in page
    assert "Lee Ash, who asks for them, may be Lee Ash, from whom a risk was noted." in page
    assert "He hits her." not in page


def test_a_risk_that_a_case_notes_is_warned_of_before_a_statement_is_given(
    asha: Actor, bee: UUID, lee: Contact
) -> None:
    warned = "A risk was noted from: Lee Ash. Do not give it where they could read it."
    assert warned in before_giving(statement_of(actor=asha, person_id=bee)).warnings


def test_another_row_of_the_same_name_is_warned_of_and_one_whose_risk_ended_is_not(
    lead: Client, asha: Actor, bee: UUID, lee: Contact, asked: UUID, at: datetime
) -> None:
    lee.leave(at=at)
    assert "A risk was noted from" not in lead.get(f"/rights/{asked}/").text
    everything()
    Contact.note(
        person=lee.person, name="LEE ASH", relationship="Nephew", how_to_reach="", permission="yes",
        permission_words="", poses_risk=False, by="Asha Patel", at=at,
    )  # fmt: skip
    assert "A risk was noted from: LEE ASH." in lead.get(f"/rights/{asked}/").text
    everything()
    FamilyRisk.objects.get(contact=lee).end(why="He has moved away.", by="Asha Patel", at=at)
    assert "A risk was noted from" not in lead.get(f"/rights/{asked}/").text
    warnings = before_giving(statement_of(actor=asha, person_id=bee)).warnings
    assert not [each for each in warnings if "risk" in each]


@pytest.mark.usefixtures("mark")
def test_somebody_else_asking_for_them_is_not(lead: Client, asked: UUID) -> None:
    asks_for_her(asked, "Anne Doyle")
    assert "who asks for them" not in lead.get(f"/rights/{asked}/").text


@pytest.mark.parametrize(
    ("asks", "known", "same"),
    [
        ("Mark Doyle", "Mark Doyle", True),
        ("MARK  DOYLE", "mark doyle", True),
        ("Mark Doyle", "Mark", True),
        ("Mr Doyle", "Mark Doyle", True),
        ("M Doyle", "Mark Doyle", True),
        ("Doyle, Mark", "Mark Doyle", True),
        ("Mark John Doyle", "Mark Doyle", True),
        ("Zoë Doyle", "Zoe Doyle", True),
        ("Anne Doyle", "Mark Doyle", False),
        ("Mr Doyle", "Mr Hill", False),
        ("Marks Solicitors", "Mark Doyle", False),
        ("Mr", "Mr", False),
        ("", "Mark", False),
        ("Mark", "", False),
    ],
)
def test_two_names_may_be_one_person(asks: str, known: str, same: bool) -> None:
    assert may_be(asks, known) is same
