"""What is held up to a moment: nothing that came later, nor what hangs on that; and the desk says so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from tests.casework.marm.conftest import asked as asked_for
from tests.casework.rights.conftest import everything
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.marm.commands.asking import ask_for_case
from alongside.casework.marm.models import Invited
from alongside.casework.people.models import Person
from alongside.casework.rights.commands.withholding import bring_up_to_date
from alongside.casework.rights.queries.bundle import bundle_of
from alongside.casework.rights.queries.lines import lines_of
from alongside.casework.rights.queries.ways import dated_by, tables_about_people, told_of
from alongside.casework.rights.rules.tables import TABLES

HANGING = ("marm.Case", "marm.CriterionAnswer", "marm.CaseAgency")


@pytest.fixture
def case(riverside: Universe, who: Callable[[str], Actor], at: datetime) -> None:
    """A case that came to be after the moment of Bee's answer."""
    ask_for_case(
        actor=who("Asha Patel"), at=at + timedelta(minutes=9), person_id=riverside.people["Bee"],
        asked=asked_for(),
    )  # fmt: skip


@pytest.mark.parametrize("label", [each for each in tables_about_people() if not TABLES[each].unread])
def test_every_table_that_is_told_has_a_time_of_its_own_or_hangs_on_a_row_that_has(label: str) -> None:
    """Name the column as ``made`` in ``rights/rules/tables``: else no answer's moment counts for its rows."""
    way = dated_by(label)
    assert way, "its rows would be in every answer, whenever they were written"
    model = tables_about_people()[label][0]
    for step in way[:-1]:
        model = model._meta.get_field(step).related_model
    assert way[-1] == told_of(model).made
    assert not model._meta.get_field(way[-1]).null, "a row without its time would be in every answer"


@pytest.mark.proves("MARM-27")
@pytest.mark.usefixtures("case")
def test_what_hangs_on_a_row_that_came_later_is_not_in_the_answer_either(
    iris: Actor, asked: UUID, later: datetime
) -> None:
    bundle = bundle_of(actor=iris, request_id=asked)
    assert {label: len(bundle.tables.get(label, ())) for label in HANGING} == dict.fromkeys(HANGING, 0)
    bring_up_to_date(actor=iris, at=later + timedelta(minutes=9), request_id=asked)
    bundle = bundle_of(actor=iris, request_id=asked)
    assert all(bundle.tables[label] for label in HANGING)


@pytest.mark.django_db
def test_at_no_moment_is_anything_held_that_hangs_on_what_is_not(riverside: Universe, at: datetime) -> None:
    everything()
    compared = 0
    for person in Person.objects.all():
        moments = {person.admitted_at, at - timedelta(days=60), at - timedelta(days=3), at}
        for moment in moments:
            held = lines_of(frozenset({person.id}), until=moment)
            keys = {each.row for lines in held.values() for each in lines}
            for label, lines in held.items():
                way = dated_by(label) if label in tables_about_people() else ()
                for each in lines if len(way) > 1 else ():
                    row = apps.get_model(label)._default_manager.get(pk=each.row)
                    assert str(getattr(row, f"{way[0]}_id")) in keys, f"{label} hangs on nothing"
                    compared += 1
    assert compared > 10


@pytest.mark.django_db
def test_who_was_invited_and_has_not_answered_is_held_too(riverside: Universe, at: datetime) -> None:
    everything()
    waits = Invited.objects.filter(answered_at=None).select_related("meeting__case").first()
    assert waits is not None
    lines = lines_of(frozenset({waits.meeting.case.person_id}), until=at)["marm.Invited"]
    assert str(waits.pk) in {each.row for each in lines}


@pytest.mark.usefixtures("case")
def test_the_desk_says_that_something_was_written_since_and_refuses_nothing(
    riverside: Universe, iris: Actor, asked: UUID, later: datetime
) -> None:
    lead = browser_of(riverside.members["Iris Okafor"].user)
    page = lead.get(f"/rights/{asked}/bundle/").text
    assert "Something has been written since" in page
    assert page.count("/bundle/up-to-date/") == 1
    assert bundle_of(actor=iris, request_id=asked).later
    bring_up_to_date(actor=iris, at=later + timedelta(minutes=9), request_id=asked)
    assert not bundle_of(actor=iris, request_id=asked).later
    assert "Something has been written since" not in lead.get(f"/rights/{asked}/bundle/").text
