"""What stands in the way of deleting a record: the list, each line and whoever confirms count the same."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.rights.conftest import everything
from tests.casework.rights.test_keeping import AFTER_CONTACT, YEARS, listed
from tests.casework.rights.test_wishes import answered, noted, shared
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.people.models import Involvement
from alongside.casework.rights.commands import keeping
from alongside.casework.rights.commands.requests import close_request
from alongside.casework.rights.models import Disposal
from alongside.casework.rights.presenters.keeping import listed_line
from alongside.casework.rights.queries.in_the_way import in_the_way
from alongside.casework.rights.queries.keeping import disposal_list, disposal_page, marked_lines
from alongside.casework.rights.rules.wishes import Wish


def counts_alike(actor: Actor, lines: Iterable[UUID], at: datetime, *, held: bool) -> None:
    """The list, the page of each line and whoever confirms say the same of these lines."""
    shown = {each.disposal.id: each.held for each in disposal_list(actor=actor, at=at).lines}
    confirmed = {each.disposal.id: each.held for each in marked_lines(actor=actor, at=at)}
    for line in lines:
        page = disposal_page(actor=actor, disposal_id=line, at=at)
        assert (shown[line], confirmed[line], page.in_the_way.anything) == (held, held, held)


def test_who_has_not_confirmed_an_erasure_holds_it_on_the_list_as_on_the_page_that_confirms_it(
    riverside: Universe, asha: Actor, iris: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    shared(riverside, asha, at)
    close_request(actor=iris, at=at, request_id=riverside.access_requests["Bee"], why="Taken back.")
    answered(iris, at, noted(asha, at, bee, Wish.ERASE), "erased", changed="All of it is erased.")
    everything()
    line = Disposal.objects.get(row=str(bee)).id
    counts_alike(iris, [line], at, held=True)
    (shown,) = [each for each in disposal_list(actor=iris, at=at).lines if each.disposal.id == line]
    assert listed_line(shown).stands.words == "Held"
    counts_alike(iris, [line], at + timedelta(days=14), held=False)


def test_what_somebody_worked_with_again_is_held_on_the_list_as_on_the_page_that_confirms_it(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina, later = riverside.people["Amina"], at + YEARS
    line = listed(amina, later, rule=AFTER_CONTACT)
    keeping.mark_to_go(actor=iris, at=later, disposal_id=line)
    counts_alike(iris, [line], later, held=False)
    everything()
    assert Involvement.objects.filter(person=riverside.people["Bee"], until=None).update(person=amina)
    counts_alike(iris, [line], later, held=True)


def test_what_is_in_the_way_of_many_lines_takes_no_more_queries_than_of_one(
    riverside: Universe, at: datetime
) -> None:
    for person_id in riverside.people.values():
        listed(person_id, at)
    lines = list(Disposal.objects.all())
    assert len(lines) > 2

    def asked(several: list[Disposal]) -> int:
        with CaptureQueriesContext(connection) as captured:
            found = in_the_way(several, at)
        assert found.keys() == {each.id for each in several}
        return len(captured)

    assert asked(lines) == asked(lines[:1])
