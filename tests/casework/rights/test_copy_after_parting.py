"""Nobody is given, unseen, what is about the person their record was once joined with by mistake."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests.casework.rights.conftest import everything, line_with

from alongside.casework.access.actors import Actor
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands.keeping import place_hold
from alongside.casework.rights.commands.requests import take_request
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.presenters.reaching import before_reaching
from alongside.casework.rights.queries.bundle import bundle_of
from alongside.casework.rights.queries.requests import request_page
from alongside.casework.rights.rules.marking import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def parted(
    asha: Actor, iris: Actor, who: Callable[[str], Actor], bee: UUID, at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> UUID:  # fmt: skip
    """Somebody whose record was joined with Bee's by mistake; Bee's request is being answered."""
    monkeypatch.setattr(timezone, "now", lambda: at)
    gwen, began = who("Gwen Hughes"), at - timedelta(hours=4)
    known = {"known_as": "Beattie"}
    other = admit_person(actor=asha, at=began, why=ReachWhy.INVOLVED, known=known).id
    merge = merge_people(
        actor=gwen, at=began + timedelta(minutes=1), kept_id=bee, absorbed_id=other, reason="One birthday."
    )
    meanwhile = began + timedelta(minutes=2)
    place_hold(actor=iris, at=meanwhile, person_id=bee, reason="litigation", words="A claim.")
    take_request(
        actor=asha, at=meanwhile, person_id=bee, asked_by="person", received_on=meanwhile.date(),
        how="talking",
    )  # fmt: skip
    part_people(
        actor=gwen, at=began + timedelta(minutes=3), merge_id=merge.id, why="Beattie is in the refuge."
    )
    return other


@pytest.mark.usefixtures("parted")
def test_why_records_were_joined_and_separated_is_looked_at_before_it_is_given(
    iris: Actor, asked: UUID
) -> None:
    line = line_with(bundle_of(actor=iris, request_id=asked), "in the refuge", "people.PersonMerge")
    assert Kind.WHOLE in {each.kind for each in line.marks}
    assert line.waits


@pytest.mark.usefixtures("parted")
def test_and_so_is_what_was_held_while_they_were_joined(iris: Actor, asked: UUID) -> None:
    line = line_with(bundle_of(actor=iris, request_id=asked), "A claim.", "rights.LegalHold")
    assert Kind.WHOLE in {each.kind for each in line.marks}
    assert line.waits


@pytest.mark.usefixtures("parted")
def test_whoever_answers_is_told_first_that_the_other_may_have_asked(
    iris: Actor, asked: UUID, bee: UUID
) -> None:
    everything()
    between = AccessRequest.objects.filter(person=bee).exclude(id=asked).latest("taken_at")
    page = request_page(actor=iris, request_id=between.id)
    first, *_others = before_reaching(page.request, page.reaching)
    assert "the other may have asked" in first
    page = request_page(actor=iris, request_id=asked)
    assert not any(
        "the other may have asked" in each for each in before_reaching(page.request, page.reaching)
    )
