"""What is withheld stays so; nothing goes out unlooked at, by one person alone, or to somebody else."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from tests.casework.rights.conftest import BORN, everything, line_with, looked_at, released, row
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.involvement import add_to_chronology
from alongside.casework.people.models import Person
from alongside.casework.rights.commands.giving import (
    NotInOrderError,
    NotThisPersonError,
    hand_over_bundle,
    release_bundle,
    send_bundle_back,
)
from alongside.casework.rights.commands.withholding import (
    NotInLineError,
    NotLookedAtError,
    WrongGroundError,
    bring_up_to_date,
    look_at_line,
    make_ready,
    take_withholding_back,
    withhold,
)
from alongside.casework.rights.presenters.bundle import as_data, bundle_shown
from alongside.casework.rights.queries.bundle import OtherThanReleasedError, bundle_of, released_bundle
from alongside.casework.rights.queries.desk import NotPutTogetherError
from alongside.casework.rights.rules.withholding import Ground, Reasoned

SISTER = Reasoned(Ground.THIRD_PARTY, "Her sister was asked and does not agree.")


def line_key(iris: Actor, asked: UUID, words: str) -> str:
    return line_with(bundle_of(actor=iris, request_id=asked), words).line.key


def given_text(iris: Actor, asked: UUID) -> str:
    shown = bundle_shown(bundle_of(actor=iris, request_id=asked))
    return "\n".join(
        piece.words
        for section in shown.sections
        for line in section.lines
        for said in line.said
        for piece in said.pieces
    ) + "\n".join(line.withheld for section in shown.sections for line in section.lines)


def test_a_whole_line_is_withheld_and_stays_so_when_the_bundle_is_made_again(
    riverside: Universe, iris: Actor, asked: UUID, at: datetime
) -> None:
    key = line_key(iris, asked, "sister")
    withhold(actor=iris, at=at, request_id=asked, line=key, reasoned=SISTER)
    bring_up_to_date(actor=iris, at=at + timedelta(hours=1), request_id=asked)
    text = given_text(iris, asked)
    assert "Nuala" not in text
    assert "Withheld: It is about somebody else" in text
    assert not bundle_of(actor=iris, request_id=asked).line(key).waits, "nothing of it goes out"
    with pytest.raises(AlreadyDoneError):
        withhold(actor=iris, at=at, request_id=asked, line=key, reasoned=SISTER)


def test_words_are_withheld_wherever_they_stand_in_their_line_on_page_and_in_data(
    riverside: Universe, iris: Actor, asked: UUID
) -> None:
    text = given_text(iris, asked)  # withheld when Riverside was made
    assert "neighbour below" not in text
    assert "Rubbish bags on the landing; " in text
    data = json.dumps(as_data(bundle_of(actor=iris, request_id=asked)), ensure_ascii=False)
    assert "neighbour below" not in data
    assert "[Withheld: It is about somebody else]" in data


def test_a_name_that_is_withheld_waits_for_nobody_and_the_rest_of_the_line_does(
    riverside: Universe, iris: Actor, asked: UUID, at: datetime
) -> None:
    assert not line_with(bundle_of(actor=iris, request_id=asked), "Rubbish bags").waits
    line = line_with(bundle_of(actor=iris, request_id=asked), "man upstairs")
    assert [each.words for each in line.open_marks] == ["landlady", "man upstairs"]
    withhold(
        actor=iris, at=at, request_id=asked, line=line.line.key, words="the man upstairs", reasoned=SISTER
    )
    left = bundle_of(actor=iris, request_id=asked).line(line.line.key)
    assert ([each.words for each in left.open_marks], left.waits) == (["landlady"], True)


def test_the_ground_is_not_named_where_that_would_give_it_away(
    riverside: Universe, iris: Actor, asked: UUID, at: datetime
) -> None:
    crime = Reasoned(Ground.CRIME, "It would warn him.", named=False)
    key = line_key(iris, asked, "Gas safety")
    withhold(actor=iris, at=at, request_id=asked, line=key, reasoned=crime)
    text = given_text(iris, asked)
    assert "crime" not in text
    assert "Withheld" in text.splitlines()
    assert "crime" not in " ".join(bundle_shown(bundle_of(actor=iris, request_id=asked)).grounds)


def test_harm_to_health_needs_an_opinion_and_words_must_stand_in_the_line(
    riverside: Universe, iris: Actor, asked: UUID, at: datetime
) -> None:
    key = line_key(iris, asked, "Gas safety")
    harm = Reasoned(Ground.HARM_HEALTH, "She would harm herself.")
    with pytest.raises(WrongGroundError, match="health professional"):
        withhold(actor=iris, at=at, request_id=asked, line=key, reasoned=harm)
    with pytest.raises(NotInLineError):
        withhold(actor=iris, at=at, request_id=asked, line=key, words="her brother", reasoned=SISTER)
    with pytest.raises(NotFoundError):
        withhold(actor=iris, at=at, request_id=asked, line="people.AboutMe:7", reasoned=SISTER)


def test_what_was_withheld_can_be_given_after_all_and_that_it_was_is_kept(
    riverside: Universe, iris: Actor, asked: UUID, at: datetime
) -> None:
    key = line_key(iris, asked, "sister")
    made = withhold(actor=iris, at=at, request_id=asked, line=key, reasoned=SISTER)
    take_withholding_back(actor=iris, at=at, request_id=asked, withheld_id=made.id)
    assert "Nuala" in given_text(iris, asked)
    with pytest.raises(NotFoundError):
        take_withholding_back(actor=iris, at=at, request_id=asked, withheld_id=made.id)
    assert row(asked).withheld.filter(id=made.id, undone_by=iris.user_id).exists()


def test_nothing_is_ready_or_released_while_something_marked_was_not_looked_at(
    riverside: Universe, iris: Actor, ada: Actor, asked: UUID, at: datetime
) -> None:
    with pytest.raises(NotLookedAtError):
        make_ready(actor=iris, at=at, request_id=asked)
    looked_at(iris, asked, at)
    make_ready(actor=iris, at=at, request_id=asked)
    everything()
    bee = Person.objects.get(id=riverside.people["Bee"])
    bee.tell(safe_contact="Do not ring while my brother is there.")
    with pytest.raises(NotLookedAtError):
        release_bundle(actor=ada, at=at, request_id=asked, typed=BORN)
    assert row(asked).state == "ready"


def test_a_line_that_says_something_else_now_is_looked_at_again_and_lost_words_are_told(
    riverside: Universe, iris: Actor, asked: UUID, at: datetime
) -> None:
    looked_at(iris, asked, at)
    key = line_key(iris, asked, "let it ring")
    withhold(
        actor=iris, at=at, request_id=asked, line=key, words="the man upstairs",
        reasoned=Reasoned(Ground.THIRD_PARTY, "He would be known by it."),
    )  # fmt: skip
    everything()
    bee = Person.objects.get(id=riverside.people["Bee"])
    bee.tell(safe_contact="Telephone, let it ring.")
    line = bundle_of(actor=iris, request_id=asked).line(key)
    assert (line.lost, line.waits) == (("the man upstairs",), True)
    look_at_line(actor=iris, at=at, request_id=asked, line=key, note_of="He moved out.")
    assert not bundle_of(actor=iris, request_id=asked).line(key).waits
    with pytest.raises(AlreadyDoneError):
        look_at_line(actor=iris, at=at, request_id=asked, line=key)


def test_one_who_worked_on_it_does_not_release_it(
    riverside: Universe, iris: Actor, ada: Actor, asked: UUID, at: datetime
) -> None:
    looked_at(iris, asked, at)
    make_ready(actor=ada, at=at, request_id=asked)
    for one in (iris, ada):
        with pytest.raises(NotAllowedError, match="Somebody else must check it"):
            release_bundle(actor=one, at=at, request_id=asked, typed=BORN)
    assert row(asked).state == "ready"


@pytest.mark.parametrize("typed", [date(1948, 11, 30), "AR-0000-0000", ""])
def test_a_bundle_is_not_released_for_somebody_else(
    riverside: Universe, iris: Actor, ada: Actor, asked: UUID, at: datetime, typed: date | str
) -> None:
    looked_at(iris, asked, at)
    make_ready(actor=iris, at=at, request_id=asked)
    with pytest.raises(NotThisPersonError):
        release_bundle(actor=ada, at=at, request_id=asked, typed=typed)
    release_bundle(actor=ada, at=at, request_id=asked, typed=row(asked).reference)
    assert row(asked).state == "released"


def test_nothing_can_be_had_before_it_is_released_and_after_it_was_given(
    riverside: Universe, iris: Actor, ada: Actor, asked: UUID, at: datetime
) -> None:
    with pytest.raises(NotPutTogetherError):
        released_bundle(actor=iris, request_id=asked, form="pdf")
    with pytest.raises(AlreadyDoneError):
        hand_over_bundle(
            actor=iris, at=at, request_id=asked, on=at.date(), to="Bee", how="in_person", form="paper"
        )
    assert bundle_shown(bundle_of(actor=iris, request_id=asked)).fingerprint == "", "it is no answer yet"
    released(iris, ada, asked, at)
    bundle = released_bundle(actor=iris, request_id=asked, form="pdf")
    assert bundle.print == row(asked).released_print
    assert bundle_shown(bundle).fingerprint == bundle.print[:16]
    for day in (at.date() + timedelta(days=1), at.date() - timedelta(days=1)):
        with pytest.raises(NotInOrderError):
            hand_over_bundle(
                actor=iris, at=at, request_id=asked, on=day, to="Bee", how="in_person", form="paper"
            )
    given = hand_over_bundle(
        actor=iris, at=at, request_id=asked, on=at.date(), to="Bee", how="in_person", form="paper"
    )
    assert given.fingerprint == row(asked).released_print
    assert row(asked).state == "given"
    last = AuditEvent.objects.order_by("sequence").last()
    assert last is not None
    assert last.code == "rights.handed_over"
    for read in (
        lambda: released_bundle(actor=iris, request_id=asked, form="pdf"),
        lambda: bundle_of(actor=iris, request_id=asked),
    ):
        with pytest.raises(NotPutTogetherError):
            read()


def test_what_changed_after_it_was_released_is_not_given_until_somebody_looked_again(
    riverside: Universe, iris: Actor, ada: Actor, asked: UUID, at: datetime, later: datetime
) -> None:
    released(iris, ada, asked, at)
    everything()
    Person.objects.get(id=riverside.people["Bee"]).tell(telephone="01632 960156")
    with pytest.raises(OtherThanReleasedError):
        released_bundle(actor=iris, request_id=asked, form="pdf")
    with pytest.raises(OtherThanReleasedError):
        hand_over_bundle(
            actor=iris, at=at, request_id=asked, on=at.date(), to="Bee", how="in_person", form="paper"
        )
    send_bundle_back(actor=iris, at=later, request_id=asked)
    assert (row(asked).state, row(asked).released_by, row(asked).released_print) == ("open", None, "")
    released(iris, ada, asked, later)
    assert released_bundle(actor=iris, request_id=asked, form="pdf").print == row(asked).released_print


def test_what_comes_to_be_after_its_moment_does_not_change_what_was_released(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, ada: Actor, asked: UUID, at: datetime
) -> None:
    released(iris, ada, asked, at)
    add_to_chronology(
        actor=who("Asha Patel"), at=at + timedelta(minutes=1), person_id=riverside.people["Bee"],
        happened_on=at.date(), kind="contact", words="Another visit.",
    )  # fmt: skip
    assert released_bundle(actor=iris, request_id=asked, form="pdf").print == row(asked).released_print


def test_nothing_is_decided_on_a_bundle_that_waits_for_its_release(
    riverside: Universe, iris: Actor, asked: UUID, at: datetime
) -> None:
    key = line_key(iris, asked, "Gas safety")
    looked_at(iris, asked, at)
    make_ready(actor=iris, at=at, request_id=asked)
    for tried in (
        lambda: withhold(actor=iris, at=at, request_id=asked, line=key, reasoned=SISTER),
        lambda: bring_up_to_date(actor=iris, at=at, request_id=asked),
        lambda: make_ready(actor=iris, at=at, request_id=asked),
    ):
        with pytest.raises(AlreadyDoneError):
            tried()


CHANGES = (
    ("given", "update rights_given set \"to\" = 'Kit'"),
    ("given", "delete from rights_given"),
    ("look", "update rights_look set line = 'another'"),
    ("look", "delete from rights_look"),
    ("withheld", "update rights_withheld set why = 'because'"),
    ("withheld", "update rights_withheld set words = ''"),
    ("withheld", "delete from rights_withheld"),
)


def test_raw_sql_changes_nothing_of_what_was_decided_or_given(
    riverside: Universe, iris: Actor, ada: Actor, asked: UUID, at: datetime
) -> None:
    released(iris, ada, asked, at)
    hand_over_bundle(
        actor=iris, at=at, request_id=asked, on=at.date(), to="Bee", how="in_person", form="paper"
    )
    everything()
    for table, change in CHANGES:
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from rights_{table}")
            assert cursor.fetchone()[0] > 0
        with pytest.raises((InternalError, ProgrammingError), match="only ever added"), transaction.atomic():
            connection.cursor().execute(change)


def test_no_organisation_sees_what_is_withheld_and_whoever_sees_the_person_that_they_asked(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, asked: UUID
) -> None:
    def seen(name: str, table: str) -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            tell_database(who(name))
            cursor.execute(f"select count(*) from rights_{table}")
            return int(cursor.fetchone()[0])

    bees = f"accessrequest where person_id = '{riverside.people['Bee']}'"
    assert seen("Asha Patel", bees) == 1
    assert seen("Kit Lowe", "accessrequest") == 0
    assert {seen(name, "withheld") for name in ("Asha Patel", "Iris Okafor", "Tom Reilly")} == {0}


def test_the_documents_hold_what_is_given_and_neither_what_is_withheld_nor_a_number_of_the_persons(
    riverside: Universe, iris: Actor, ada: Actor, asked: UUID, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdf

    released(iris, ada, asked, at)
    browser, reference = browser_of(riverside.members["Iris Okafor"].user), row(asked).reference
    document = browser.get(f"/rights/{asked}/document/")
    assert document["Content-Type"] == "application/pdf"
    opened = pypdf.PdfReader(io.BytesIO(document.content))
    sheets = [each.extract_text() for each in opened.pages]
    assert all(reference in each for each in sheets)
    text = " ".join(" ".join(sheets).split())
    assert "My cat, my machine by the window" in text
    assert "neighbour below" not in text
    assert b"neighbour below" not in document.content
    assert "Information Commissioner" in sheets[0]
    assert sheets[0].count("999") == 0
    assert bool(opened.trailer["/Root"]["/MarkInfo"]["/Marked"])
    assert reference in document["Content-Disposition"]
    data = browser.get(f"/rights/{asked}/data/")
    with zipfile.ZipFile(io.BytesIO(data.content)) as archive:
        (name,) = archive.namelist()
        told = json.loads(archive.read(name))
    assert (name, told["reference"]) == (f"{reference}.json", reference)
    assert told["held"]["people.Person"][0]["says"]["known_as"] == "Bee"
    assert "neighbour below" not in json.dumps(told)
    paper = browser.get(f"/rights/{asked}/paper/")
    assert "has not been released yet" not in paper.text
    assert "neighbour below" not in paper.text
    assert browser.get(f"/rights/{asked}/data/").content == data.content, "the same is the same bytes"
