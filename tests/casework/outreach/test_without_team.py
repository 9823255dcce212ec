"""Who is put on the list by a member without a team is seen by somebody, whether or not anybody manages."""

from datetime import datetime

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, admit, everything, member

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation, Team
from alongside.casework.outreach.commands.distributing import OnTheListAlreadyError, raise_item
from alongside.casework.outreach.commands.giving import assign_item, take_item
from alongside.casework.outreach.commands.working import NobodyWouldSeeItError, put_back
from alongside.casework.outreach.models import Note, WorkItem
from alongside.casework.outreach.queries.lists import manager_page, my_list
from alongside.casework.outreach.rules import Priority, State
from alongside.casework.outreach.views import items, lists
from alongside.casework.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
SENT = {"priority": "1", "why": "Nobody has seen her since Friday."}


@pytest.fixture
def bee(peer: Actor, at: datetime) -> Person:
    return admit(peer, at, known_as="Bee")


def test_where_nobody_manages_it_is_with_whoever_put_them_on_the_list(
    ask: Ask, bee: Person, peer: Actor, at: datetime
) -> None:
    to = ask(lists.put_on_list, SENT, actor=peer, person_id=bee.id)
    (made,) = my_list(actor=peer, at=at).items
    assert to == f"/lists/item/{made.id}/"
    assert "I tried to get in touch" in ask(items.item, actor=peer, item_id=made.id)


def test_where_somebody_manages_it_is_theirs_to_give_and_whoever_raised_it_is_told_so(
    ask: Ask, bee: Person, peer: Actor, charity: Organisation, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(lists.messages, "success", lambda _request, words, **_how: said.append(words))
    dee = member(charity, "Dee Marsh", "manager")
    assert ask(lists.put_on_list, SENT, actor=peer, person_id=bee.id) == "/lists/"
    assert said == ["Bee is on your organisation's list, but on no team's: a manager will see it."]
    (made,) = manager_page(actor=acting(dee), at=at).without_team
    assert made.person == bee
    again = ask(lists.put_on_list, SENT, actor=peer, person_id=bee.id)
    assert "Ask a manager to give it to you" in again
    assert "Say how soon there" not in again
    kim = member(charity, "Kim Ode", "practitioner")
    assign_item(actor=acting(dee), at=at, item_id=made.id, member_id=kim.id)
    assert "Kim Ode has it" in ask(lists.put_on_list, SENT, actor=peer, person_id=bee.id)


def test_a_manager_without_a_team_sees_what_they_put_on_the_list(
    ask: Ask, bee: Person, charity: Organisation, peer: Actor
) -> None:
    dee = acting(member(charity, "Dee Marsh", "practitioner", "manager"))
    assert ask(lists.put_on_list, SENT, actor=dee, person_id=bee.id).startswith("/lists/item/")


def test_what_nobody_could_see_is_theirs_who_puts_the_same_person_on_the_list_again(
    ask: Ask, bee: Person, peer: Actor, charity: Organisation, at: datetime
) -> None:
    """The only manager left while it waited."""
    dee = member(charity, "Dee Marsh", "manager")
    made = raise_item(
        actor=peer, at=at, person_id=bee.id, team_id=None, priority=Priority.ROUTINE, why="Company."
    )
    dee.end(on=at.date())
    assert ask(lists.put_on_list, SENT, actor=peer, person_id=bee.id) == f"/lists/item/{made.id}/"
    everything()
    kept = WorkItem.objects.get()
    assert (kept.priority, kept.raised_why, kept.state) == (Priority.TODAY, "Company.", State.ASSIGNED)
    assert Note.objects.get().words == SENT["why"]
    with pytest.raises(OnTheListAlreadyError, match="Say how soon there"):
        raise_item(
            actor=peer, at=at, person_id=bee.id, team_id=None, priority=Priority.ROUTINE, why="Company."
        )


def test_nothing_is_put_back_to_where_nobody_would_see_it(
    bee: Person, peer: Actor, charity: Organisation, at: datetime
) -> None:
    made = raise_item(
        actor=peer, at=at, person_id=bee.id, team_id=None, priority=Priority.ROUTINE, why="Company."
    )
    with pytest.raises(NobodyWouldSeeItError, match="Hand it over"):
        put_back(actor=peer, at=at, item_id=made.id, why="She is my aunt.")
    member(charity, "Dee Marsh", "manager")
    assert put_back(actor=peer, at=at, item_id=made.id, why="She is my aunt.").state == State.PUT_BACK


def test_what_is_on_a_teams_list_is_put_back_to_the_team(
    person: Person, worker: Actor, team: Team, at: datetime
) -> None:
    made = raise_item(
        actor=worker, at=at, person_id=person.id, team_id=None, priority=Priority.ROUTINE, why="Company."
    )
    assert (made.team, made.assigned_to) == (team, None)
    take_item(actor=worker, at=at, item_id=made.id)
    assert put_back(actor=worker, at=at, item_id=made.id, why="She is my aunt.").state == State.PUT_BACK
