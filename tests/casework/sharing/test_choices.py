"""Choices: who writes them down, what is kept, and that nobody changes them, by raw SQL neither."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.sharing.commands.choices import NoChoiceError, record_choices, take_back_choice
from alongside.casework.sharing.models import SharingChoice
from alongside.casework.sharing.queries.choices import choices_page, wishes
from alongside.casework.sharing.rules.choices import Answer, State, Statement, Topic

DAY = date(2026, 11, 2)


@pytest.fixture
def asha(riverside: Universe) -> Actor:
    return actor_for(riverside, "Asha Patel", on=DAY)


@pytest.fixture
def bee(riverside: Universe) -> UUID:
    return riverside.people["Bee"]


@pytest.fixture
def browser(riverside: Universe) -> Client:
    return browser_of(riverside.members["Asha Patel"].user)


def said(riverside: Universe, **other: Any) -> Statement:
    given: dict[str, Any] = {
        "answer": Answer.AGREES, "topics": (Topic.HOME, Topic.CARE),
        "recipients": frozenset({riverside.organisations["riverside_homes"].id}),
        "exactly": "That the stairs are hard for her.", "said_on": DAY, "capacity": "assumed",
        "method": "spoken", "purpose": "early_help", "expires_on": date(2027, 5, 1),
        "free": "Nothing changes if she says no, and she knows.", "words": "Tell the landlord.",
    }  # fmt: skip
    return Statement(**(given | other))


def write_down(actor: Actor, at: datetime, riverside: Universe, **other: Any) -> list[SharingChoice]:
    person_id = other.pop("person_id", riverside.people["Bee"])
    return record_choices(actor=actor, at=at, person_id=person_id, said=said(riverside, **other))


def state(actor: Actor, riverside: Universe, *topics: Topic, code: str = "riverside_homes") -> State:
    homes = riverside.organisations[code].id
    given = {"topics": topics, "recipients": [homes], "purpose": "early_help", "day": DAY}
    return wishes(actor=actor, person_id=riverside.people["Bee"], **given)[homes].state  # type: ignore[arg-type]


@pytest.mark.proves("MARM-28")
def test_a_choice_is_kept_for_each_topic_and_that_is_recorded(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    made = write_down(asha, at, riverside)
    assert [each.topic for each in made] == ["home", "care"]
    last = AuditEvent.objects.order_by("sequence").last()
    assert last is not None
    assert (last.code, last.person_id, last.details["choices"]) == (
        "sharing.choice_agreed",
        riverside.people["Bee"],
        2,
    )
    assert "landlord" not in str(last.details)
    assert state(asha, riverside, Topic.HOME, Topic.CARE) is State.AGREES
    assert state(asha, riverside, Topic.MONEY) is State.NOT_SAID


@pytest.mark.proves("MARM-26", "MARM-29")
def test_whoever_sees_the_person_takes_a_choice_back_for_them_and_it_is_then_a_no(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    made = write_down(asha, at, riverside)[0]
    taken: dict[str, Any] = {
        "person_id": made.person_id, "choice_id": made.id, "on": DAY, "how": "spoken",
        "words": "I changed my mind.",
        "effect_told": "Nothing more is told; what they know they may be asked to forget.",
    }  # fmt: skip
    with pytest.raises(NoChoiceError):
        take_back_choice(actor=asha, at=at, **(taken | {"on": DAY + timedelta(days=1)}))
    with pytest.raises(NoChoiceError):
        take_back_choice(actor=asha, at=at, **(taken | {"effect_told": " "}))
    take_back_choice(actor=asha, at=at, **taken)
    assert state(asha, riverside, Topic.HOME) is State.REFUSES
    assert state(asha, riverside, Topic.CARE) is State.AGREES
    with pytest.raises(AlreadyDoneError):
        take_back_choice(actor=asha, at=at, **taken)
    with pytest.raises(NotFoundError):
        take_back_choice(actor=asha, at=at, **(taken | {"choice_id": uuid4()}))


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"expires_on": None}, NoChoiceError),
        ({"capacity": "lacks"}, NoChoiceError),
        ({"topics": ()}, NoChoiceError),
        ({"exactly": " "}, NoChoiceError),
        ({"recipients": frozenset()}, NoChoiceError),
        ({"recipients": frozenset({uuid4()})}, NotFoundError),
        ({"purpose": "selling"}, NotFoundError),
        ({"person_id": uuid4()}, NotFoundError),
    ],
)
def test_what_is_no_choice_is_refused_and_nothing_is_kept(
    riverside: Universe, asha: Actor, at: datetime, other: dict[str, Any], error: type[Exception]
) -> None:
    before = SharingChoice.objects.count()
    with pytest.raises(error):
        write_down(asha, at, riverside, **other)
    assert SharingChoice.objects.count() == before


def test_an_organisation_without_reach_neither_reads_nor_writes_choices(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    write_down(asha, at, riverside)
    kit = actor_for(riverside, "Kit Lowe", on=DAY)
    with pytest.raises(NotFoundError):
        choices_page(actor=kit, person_id=riverside.people["Bee"])
    with pytest.raises(NotFoundError):
        write_down(kit, at, riverside)
    with pytest.raises(NotAllowedError):
        write_down(actor_for(riverside, "Iris Okafor", on=DAY), at, riverside)
    with transaction.atomic():
        tell_database(kit)
        assert not SharingChoice.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "update sharing_sharingchoice set answer = 'agrees'",
        "update sharing_sharingchoice set expires_on = '2030-01-01'",
        "update sharing_sharingchoice set withdrawn_recorded_at = now(), words = 'other'",
        "delete from sharing_sharingchoice",
    ],
)
def test_raw_sql_neither_changes_nor_removes_a_choice(
    riverside: Universe, asha: Actor, at: datetime, statement: str
) -> None:
    write_down(asha, at, riverside)
    with transaction.atomic():
        tell_database(asha)
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_pages_write_a_choice_down_show_it_and_take_it_back(
    riverside: Universe, browser: Client, bee: UUID
) -> None:
    page = f"/people/{bee}/sharing/"
    empty = browser.post(f"{page}agrees/", {"words": ""})
    assert empty.status_code == 422
    assert "Choose who may be told" in empty.content.decode()
    sent: dict[str, Any] = {
        "topics": ["home"], "recipients": [str(riverside.organisations["riverside_homes"].id)],
        "exactly": "The stairs", "words": "Yes, tell them.", "said_on-day": 1, "said_on-month": 11,
        "said_on-year": 2026, "method": "spoken", "capacity": "assumed", "purpose": "early_help",
        "free": "Yes", "expires_on-day": 1, "expires_on-month": 5, "expires_on-year": 2027,
    }  # fmt: skip
    assert browser.post(f"{page}agrees/", sent | {"capacity": "lacks"}).status_code == 422
    assert browser.post(f"{page}agrees/", sent).status_code == 302
    shown = browser.get(page).content.decode()
    assert "Yes, tell them." in shown
    assert "In an emergency it is shared at once, and a manager looks afterwards" in shown
    choice = SharingChoice.objects.latest("recorded_at")
    assert browser.get(f"{page}{choice.id}/take-back/").status_code == 200
    taken = {
        "on-day": 2, "on-month": 11, "on-year": 2026, "how": "spoken", "effect_told": "That it stops."
    }  # fmt: skip
    assert browser.post(f"{page}{choice.id}/take-back/", taken).status_code == 302
    again = browser.post(f"{page}{choice.id}/take-back/", taken | {"words": "Not any more."})
    assert again.status_code == 422
    assert "They have already taken this back." in again.content.decode()
    assert "Not any more." in again.content.decode(), "what was typed is kept"
    assert "Taken back on 2 November 2026" in browser.get(page).content.decode()
    refusal = {name: value for name, value in sent.items() if name not in ("purpose", "free", "recipients")}
    assert browser.post(f"{page}refuses/", refusal).status_code == 302
    assert "Any organisation" in browser.get(page).content.decode()
