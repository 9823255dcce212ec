"""The pages and documents of a person's own statement, and that nothing held back gets out by any of them."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.casework.rights.conftest import everything
from tests.casework.signed_in import browser_of
from tools.statement import make_statement
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.rights.commands.statement import NotYetError, note_statement_given
from alongside.casework.rights.models import StatementGiven
from alongside.casework.rights.queries.statement import statement_of

BETRAYS = ("pension card", "upstairs is said", "Valley Police", "not safe")
"""Nothing of these stands on anything that Bee is given: the police were asked, and told, about him."""


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Views read the clock; here it stands."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def bee(riverside: Universe, who: Callable[[str], Actor], at: datetime) -> UUID:
    """Bee, of whom something was shared, something was not, and something is held back."""
    found = riverside.people["Bee"]
    make_statement(worker=who("Asha Patel"), organisations=riverside.organisations, person_id=found, at=at)
    return found


@pytest.fixture
def asha(riverside: Universe) -> Client:
    return browser_of(riverside.members["Asha Patel"].user)


def words_of(document: bytes) -> str:
    import pypdf

    return " ".join(
        " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages).split()
    )


def read_on_the_device(asha: Client, bee: UUID) -> str:
    asha.post(f"/people/{bee}/your-information/read/")
    return asha.get("/your-information/").text


@pytest.mark.proves("MARM-26", "MARM-27", "MARM-34")
def test_nothing_that_is_held_back_gets_out_by_page_paper_or_document(asha: Client, bee: UUID) -> None:
    address = f"/people/{bee}/your-information"
    given = {
        "paper": asha.get(f"{address}/paper/").text.split("<main")[1],
        "pdf": words_of(asha.get(f"{address}/document/").content),
        "easy read": words_of(asha.get(f"{address}/easy-read/").content),
        "device": read_on_the_device(asha, bee).split("<main")[1],
    }
    for way, words in given.items():
        assert "banister" in words, way
        assert not [each for each in BETRAYS if each in words], way
        assert "held back" not in words, way


@pytest.mark.proves("MARM-27")
def test_it_says_when_why_by_whom_and_with_whom(asha: Client, bee: UUID) -> None:
    page = read_on_the_device(asha, bee)
    for words in (
        "Riverside Council told Riverside Homes about you.",
        "This was on 2 November 2026.",
        "It was decided by Asha Patel.",
        "It was about: your home.",
        "Why they are allowed to: It is part of their job by law.",
        "Somebody saw or heard this themselves.",
        "Riverside Council decided not to tell Riverside Homes about you.",
        "You said yes. Riverside Homes may be told about: your home.",
        "Tell them about the stairs. Not about me.",
        "Riverside Council asked Riverside Homes for information about you.",
        "Ring Riverside Council: 01632 960100.",
        "0303 123 1113",
        "Wycliffe House",
    ):
        assert words in page, words


def test_the_workers_page_says_what_is_held_back_why_and_when_somebody_looks_again(
    asha: Client, bee: UUID
) -> None:
    page = asha.get(f"/people/{bee}/your-information/").text
    assert "What was shared about you, 2 November 2026" in page
    assert "it is not safe for them to know" in page
    assert "23 November 2026" in page
    assert "Do not speak to the man upstairs about me." in page


def test_another_organisation_is_not_told_that_anything_is_held_back(riverside: Universe, bee: UUID) -> None:
    page = browser_of(riverside.members["Tom Reilly"].user).get(f"/people/{bee}/your-information/").text
    assert "Your organisation holds nothing back." in page
    assert not [each for each in BETRAYS if each in page]


def test_what_others_told_each_other_is_shown_by_its_topics_alone(riverside: Universe, bee: UUID) -> None:
    page = browser_of(riverside.members["Dee Marsh"].user).get(f"/people/{bee}/your-information/").text
    assert "It was about: your home." in page
    assert "Ask Riverside Council for the exact words." in page
    assert "banister" not in page


def test_the_device_opens_nothing_else_and_names_nobody(asha: Client, bee: UUID) -> None:
    page = read_on_the_device(asha, bee)
    assert page.count("<h1") == 1
    assert "Exit this page" in page
    assert str(bee) not in page
    for address in ("/", f"/people/{bee}/", f"/people/{bee}/your-information/", reverse("people:own_words")):
        assert asha.get(address)["Location"] == "/your-information/"
    assert AuditEvent.objects.filter(code="rights.statement_read").exists()


def test_no_device_that_was_not_handed_over_shows_anything(asha: Client) -> None:
    assert asha.get("/your-information/").status_code == 404


@pytest.mark.parametrize(("way", "title"), [("document", "Your information"), ("easy-read", "Easy Read")])
def test_the_documents_are_tagged_titled_and_say_their_language(
    asha: Client, bee: UUID, way: str, title: str
) -> None:
    import pypdf

    answer = asha.get(f"/people/{bee}/your-information/{way}/")
    assert answer["Content-Type"] == "application/pdf"
    assert "Bee" not in answer["Content-Disposition"]
    opened = pypdf.PdfReader(io.BytesIO(answer.content))
    root: Any = opened.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"].startswith("en")
    assert title in str(opened.metadata and opened.metadata.title)
    assert opened.pages[0].mediabox.width == pytest.approx(595.28, abs=1), "A4"
    figures = [each for each in kinds(root["/StructTreeRoot"]) if each["/S"] == "/Figure"]
    assert all(each.get("/Alt") for each in figures)
    assert bool(figures) == (way == "easy-read")


def kinds(element: Any) -> list[Any]:
    """Every element of a document's structure."""
    found, waiting = [], [element]
    while waiting:
        one = waiting.pop().get_object()
        if not isinstance(one, dict):
            continue
        if "/S" in one:
            found.append(one)
        inner = one.get("/K", [])
        inner = inner.get_object() if hasattr(inner, "get_object") else inner
        waiting += [
            each for each in (inner if isinstance(inner, list) else [inner]) if hasattr(each, "get_object")
        ]
    return found


def test_nothing_of_easy_read_is_smaller_than_sixteen_points(asha: Client, bee: UUID) -> None:
    import pypdf

    sizes: set[float] = set()
    document = asha.get(f"/people/{bee}/your-information/easy-read/").content
    for page in pypdf.PdfReader(io.BytesIO(document)).pages:
        page.extract_text(
            visitor_text=lambda text, user, matrix, _font, size: (
                sizes.add(round(size * abs(matrix[0]) * abs(user[0]), 1)) if text.strip() else None
            )
        )
    assert min(sizes) >= 12, "points of the page are three quarters of those of its style"


def typed(at: datetime, **other: Any) -> dict[str, Any]:
    plain = {
        "safe": "on", "how": "together", "form": "screen", "language": "English and Irish",
        "explained_by": "Asha Patel", "said": "I did not know about the list.",
        "on-day": at.day, "on-month": at.month, "on-year": at.year,
    }  # fmt: skip
    return plain | other


def test_that_it_was_given_is_noted_only_after_a_look_at_how_it_is_safe(
    asha: Client, bee: UUID, at: datetime
) -> None:
    address = f"/people/{bee}/your-information/given/"
    wrong = asha.post(address, typed(at, safe=""))
    assert wrong.status_code == 422
    assert "First check how it is safe to reach them" in wrong.text
    assert "I did not know about the list." in wrong.text
    early = asha.post(address, typed(at, **{"on-year": 2030}))
    assert "The day must be today or earlier" in early.text
    page = asha.post(address, typed(at), follow=True).text
    assert (
        "2 November 2026: Read together, On a screen, in English and Irish. Explained by Asha Patel" in page
    )


@pytest.fixture
def given(who: Callable[[str], Actor], bee: UUID, at: datetime) -> StatementGiven:
    return note_statement_given(
        actor=who("Asha Patel"), at=at, person_id=bee, on=at.date(), how="together", form="screen",
        language="English", explained_by="Asha Patel",
    )  # fmt: skip


def test_noting_it_is_recorded_and_keeps_a_fingerprint_of_what_was_read(
    who: Callable[[str], Actor], given: StatementGiven, bee: UUID
) -> None:
    assert AuditEvent.objects.order_by("sequence").last().code == "rights.statement_given"  # type: ignore[union-attr]
    assert given.fingerprint == statement_of(actor=who("Asha Patel"), person_id=bee).print


def test_who_does_not_see_the_person_neither_reads_nor_notes_it(
    who: Callable[[str], Actor], bee: UUID, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        statement_of(actor=who("Kit Lowe"), person_id=bee)
    with pytest.raises(NotAllowedError):
        statement_of(actor=who("Iris Okafor"), person_id=bee)
    with pytest.raises(NotFoundError):
        note_statement_given(
            actor=who("Kit Lowe"), at=at, person_id=bee, on=at.date(), how="together", form="screen",
            language="English", explained_by="Kit",
        )  # fmt: skip
    with pytest.raises(NotYetError):
        note_statement_given(
            actor=who("Asha Patel"), at=at, person_id=bee, on=at.date().replace(year=2030), how="together",
            form="screen", language="English", explained_by="Asha",
        )  # fmt: skip
    everything()
    assert not StatementGiven.objects.exists()


@pytest.mark.parametrize(
    "change", ["update rights_statementgiven set language = 'x'", "delete from rights_statementgiven"]
)
def test_raw_sql_changes_nothing_of_what_was_given(given: StatementGiven, change: str) -> None:
    everything()
    with pytest.raises((InternalError, ProgrammingError), match="only ever added"), transaction.atomic():
        connection.cursor().execute(change)


def test_no_organisation_without_reach_sees_that_it_was_given(
    who: Callable[[str], Actor], given: StatementGiven
) -> None:
    def seen(name: str) -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            tell_database(who(name))
            cursor.execute("select count(*) from rights_statementgiven")
            return int(cursor.fetchone()[0])

    assert (seen("Asha Patel"), seen("Kit Lowe")) == (1, 0)


def test_the_page_costs_as_many_questions_however_much_was_shared(asha: Client, bee: UUID) -> None:
    asha.get("/")
    with CaptureQueriesContext(connection) as made:
        asha.get(f"/people/{bee}/your-information/")
    asked = [
        each for each in made if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "select set_config"))
    ]
    assert len(asked) <= 28, "it reads every table that tells of sharing once"
