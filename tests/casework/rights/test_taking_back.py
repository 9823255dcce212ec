"""An objection that was upheld is taken back by whose it is; a hold is placed whenever one is needed."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.casework.rights.conftest import everything
from tests.casework.rights.test_wishes import answered, noted
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.people.models import Person
from alongside.casework.rights.commands import keeping, wishes
from alongside.casework.rights.commands.disputes import NoAnswerError, WrongDisputeError
from alongside.casework.rights.models import Dispute, LeftOut, LegalHold
from alongside.casework.rights.presenters.statement import statement_shown
from alongside.casework.rights.queries.left_out import traits_of_records
from alongside.casework.rights.queries.statement import statement_of
from alongside.casework.rights.rules.wishes import Wish
from alongside.casework.sources.queries.objecting import who_objects


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def asha(who: Callable[[str], Actor]) -> Actor:
    return who("Asha Patel")


@pytest.fixture
def bee(riverside: Universe) -> UUID:
    return riverside.people["Bee"]


def day(name: str, on: date) -> dict[str, Any]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def took_back(actor: Actor, at: datetime, objection: UUID, **other: Any) -> Dispute:
    given = {"words": "Put me back on.", "said_on": at.date(), "how": "talking"} | other
    return wishes.take_back_wish(actor=actor, at=at, dispute_id=objection, **given)


def on_lists(asha: Actor, bee: UUID) -> str:
    """What the person's own statement says of lists."""
    shown = statement_shown(statement_of(actor=asha, person_id=bee))
    (lists,) = [each for each in shown.sections if each.title == "Lists with your name"]
    return " ".join(said.words for entry in lists.entries for said in entry.sentences)


@pytest.mark.proves("FIND-18")
def test_who_takes_an_objection_back_is_found_again_and_reads_that(
    asha: Actor, iris: Actor, bee: UUID, at: datetime
) -> None:
    made = noted(asha, at, bee)
    answered(iris, at, made, "upheld")
    assert "Lists leave your name out." in on_lists(asha, bee)
    everything()
    assert bee in who_objects()
    LeftOut.keep(traits_of_records([bee]), since=at.date())
    took_back(asha, at, made)
    everything()
    assert bee not in who_objects()
    assert not LeftOut.objects.exists()
    said = AuditEvent.objects.filter(code="rights.wish_taken_back").get()
    assert (said.person_id, said.details) == (bee, {"wish": "not_found"})
    assert "You took it back on 2 November 2026." in on_lists(asha, bee)
    with pytest.raises(AlreadyDoneError):
        took_back(asha, at, made)
    noted(asha, at, bee)
    everything()
    assert bee in who_objects(), "and may object again"


def test_nothing_is_taken_back_but_what_was_upheld_by_who_sees_the_person_and_as_it_was_said(
    who: Callable[[str], Actor], asha: Actor, iris: Actor, riverside: Universe, bee: UUID, at: datetime
) -> None:
    made, refused = noted(iris, at, bee), noted(iris, at, bee, Wish.NOT_USED)
    with pytest.raises(NotFoundError):
        took_back(asha, at, made)
    answered(iris, at, made, "upheld")
    answered(iris, at, refused, "refused", ground="compelling", why="Her life is in danger.")
    with pytest.raises(NotFoundError):
        took_back(iris, at, refused)
    for wrong in ({"words": " "}, {"said_on": date(2026, 11, 3)}, {"said_on": date(2026, 11, 1)}):
        with pytest.raises(WrongDisputeError):
            took_back(iris, at, made, **wrong)
    elsewhere = noted(iris, at, riverside.people["Amina"])
    answered(iris, at, elsewhere, "upheld")
    with pytest.raises(NotFoundError):
        took_back(who("Tom Reilly"), at, elsewhere)
    everything()
    for change in (
        "taken_back_on = now()",
        """why = 'x', taken_back_on = now(), taken_back_words = 'x', taken_back_how = 'letter',
        taken_back_noted_by = 'x', taken_back_noted_at = now()""",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"update rights_dispute set {change} where outcome = 'upheld'")


@pytest.mark.parametrize(
    ("name", "leads"), [("Asha Patel", "/people/"), ("Iris Okafor", "/rights/disputes/")]
)
def test_it_is_taken_back_from_the_pages_of_worker_and_lead(
    riverside: Universe, asha: Actor, iris: Actor, bee: UUID, at: datetime, name: str, leads: str
) -> None:
    made = noted(asha, at, bee)
    answered(iris, at, made, "upheld")
    browser: Any = browser_of(riverside.members[name].user)
    path = f"/rights/disputes/{made}/taken-back/"
    before = f"/people/{bee}/rights/disputes/" if leads == "/people/" else f"/rights/disputes/{made}/"
    assert path in browser.get(before).text
    lacking = browser.post(path, {"words": "I changed my mind.", "how": "letter"})
    assert lacking.status_code == 422
    assert "I changed my mind." in lacking.text
    early = browser.post(
        path, {"words": "I changed my mind.", "how": "letter"} | day("said_on", date(2026, 10, 1))
    )
    assert "had not yet objected" in early.text
    done = browser.post(path, {"words": "I changed my mind.", "how": "letter"} | day("said_on", at.date()))
    assert done.status_code == 302
    assert done["Location"].startswith(leads)
    assert path not in browser.get(before).text
    if leads == "/rights/disputes/":
        assert "I changed my mind." in browser.get(before).text


def test_a_hold_is_placed_for_anybody_and_lifted_from_the_list_and_a_late_lift_loses_no_word(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    everything()
    amina = Person.objects.get(id=riverside.people["Amina"])
    Person.objects.filter(id=amina.id).update(date_of_birth=date(1980, 2, 3))
    lead: Any = browser_of(riverside.members["Iris Okafor"].user)
    said = {"reason": "inquest", "words": "Coroner, ref 12."} | day("date_of_birth", date(1980, 2, 3))
    assert 'href="/rights/holds/new/"' in lead.get("/rights/letting-go/").text
    asked = lead.get("/rights/holds/new/").text
    assert "Place a legal hold on everything about a person" in asked
    assert "about this person" not in asked  # nobody has said yet whom it is about
    nobody = lead.post("/rights/holds/new/", said | {"surname": "Nobody"})
    assert nobody.status_code == 422
    assert "Coroner, ref 12." in nobody.text
    assert lead.post("/rights/holds/new/", said | {"surname": amina.surname}).status_code == 302
    everything()
    hold = LegalHold.objects.get(person=amina, lifted_at=None)
    lift = f"/rights/holds/{hold.id}/lift/"
    assert lift in lead.get("/rights/letting-go/").text
    keeping.lift_hold(actor=iris, at=at, hold_id=hold.id, why="It is concluded.")
    late = lead.post(lift, {"why": "The coroner has written."})
    assert late.status_code == 422
    assert "The coroner has written." in late.text
    assert "has already been lifted" in late.text


@pytest.mark.django_db(transaction=True)
def test_who_agrees_to_erase_waits_for_who_is_just_placing_a_hold(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina = riverside.people["Amina"]
    made = noted(iris, at, amina, Wish.ERASE)
    answers: list[object] = []

    def answer() -> None:
        try:
            answered(iris, at, made, "erased", changed="It is erased.")
            answers.append("erased")
        except NoAnswerError as error:
            answers.append(set(error.fields))
        finally:
            connection.close()

    other = threading.Thread(target=answer)
    with transaction.atomic():
        keeping.place_hold(actor=iris, at=at, person_id=amina, reason="litigation", words="Claim RIV 12.")
        other.start()
        other.join(timeout=2)
        assert answers == [], "it waits"
    other.join()
    assert answers == [{"outcome"}]
