"""A decision whose day has come waits until somebody says that it stands, also when whoever decided left."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.casework.sharing.sharing_told import DAY, proposal
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Membership
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.sharing.commands.decisions import NoDecisionError, decide
from alongside.casework.sharing.commands.looking import say_it_stands
from alongside.casework.sharing.models import LookedAgain, ShareDecision
from alongside.casework.sharing.presenters.today import since
from alongside.casework.sharing.queries.waiting import Waits, waiting
from alongside.casework.sharing.rules.decisions import Outcome

WEEK = timedelta(days=7)


@pytest.fixture
def gwen(riverside: Universe) -> Actor:
    return actor_for(riverside, "Gwen Hughes", on=DAY)


@pytest.fixture
def no(riverside: Universe, asha: Actor, at: datetime) -> ShareDecision:
    """Asha decided not to share, and looks at it again in a week."""
    meant = replace(
        proposal(riverside), outcome=Outcome.DO_NOT_SHARE, reason="She said no.", risk="She may fall.",
        review_on=DAY + WEEK,
    )  # fmt: skip
    return decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=meant)


def waits(actor: Actor, no: ShareDecision, weeks: int = 1) -> bool:
    tell_database(actor)
    found = waiting(actor=actor, day=DAY + weeks * WEEK)
    return no.id in {each.id for each in found if each.why is Waits.AGAIN}


def test_it_is_to_be_looked_at_by_the_day_that_was_set_and_not_by_the_day_of_deciding(
    asha: Actor, no: ShareDecision
) -> None:
    (found,) = [each for each in waiting(actor=asha, day=DAY + 2 * WEEK) if each.id == no.id]
    assert found.due == no.review_on == DAY + WEEK
    assert since(found, DAY + 2 * WEEK) == "Late: it should have been looked at by 9 November 2026"
    assert since(found, DAY + WEEK) == "To be looked at by 9 November 2026"


@pytest.mark.proves("MARM-27")
def test_it_waits_no_more_once_somebody_said_that_it_stands_and_until_the_next_day_they_set(
    asha: Actor, no: ShareDecision, at: datetime
) -> None:
    assert not waits(asha, no, weeks=0)
    assert waits(asha, no)
    say_it_stands(
        actor=asha, at=at + WEEK, decision_id=no.id, words="Still no.", again_on=DAY + 3 * WEEK
    )  # fmt: skip
    assert not waits(asha, no, weeks=2)
    assert waits(asha, no, weeks=3)
    say_it_stands(actor=asha, at=at + 3 * WEEK, decision_id=no.id, words="She moved away.")
    assert not waits(asha, no, weeks=300)
    with pytest.raises(AlreadyDoneError, match="not due for review"):
        say_it_stands(actor=asha, at=at + 3 * WEEK, decision_id=no.id, words="Once more.")


def test_it_says_why_the_next_day_lies_ahead_and_only_who_decides_there_may_say_it(
    asha: Actor, kit: Actor, no: ShareDecision, at: datetime
) -> None:
    with pytest.raises(NoDecisionError) as refused:
        say_it_stands(actor=asha, at=at, decision_id=no.id, words="  ", again_on=DAY)
    assert set(refused.value.wrong) == {"words", "again_on"}
    with pytest.raises(NotFoundError):
        say_it_stands(actor=kit, at=at, decision_id=no.id, words="It stands.")
    with pytest.raises(NotAllowedError):
        say_it_stands(
            actor=replace(asha, permissions=frozenset()), at=at, decision_id=no.id, words="It stands."
        )
    assert not LookedAgain.objects.exists()


def test_what_was_corrected_is_not_said_to_stand(
    riverside: Universe, asha: Actor, no: ShareDecision, at: datetime
) -> None:
    decide(
        actor=asha, at=at, person_id=no.person_id, proposal=proposal(riverside), corrects=no.id,
        corrected_why="She agrees now.",
    )  # fmt: skip
    with pytest.raises(AlreadyDoneError, match="A later decision corrects"):
        say_it_stands(actor=asha, at=at, decision_id=no.id, words="It stands.")
    browser = browser_of(riverside.members["Asha Patel"].user)
    opened = browser.get(f"/sharing/decisions/{no.id}/again/", follow=True)
    assert opened.redirect_chain == [(f"/sharing/decisions/{no.id}/", 302)]
    assert "A later decision corrects this one" in opened.content.decode()


def test_of_who_left_it_waits_with_their_team_and_the_managers(
    riverside: Universe, asha: Actor, gwen: Actor, no: ShareDecision, at: datetime
) -> None:
    wes = actor_for(riverside, "Wes Tanner", on=DAY)
    colleague = replace(wes, team_ids=asha.team_ids)
    everybody = (gwen, colleague, wes)
    assert [waits(each, no) for each in everybody] == [False, False, False]
    tell_database(system_actor("a test"))
    Membership.objects.get(user__name="Asha Patel").end(on=DAY + timedelta(days=1))
    assert [waits(each, no) for each in everybody] == [True, True, False]
    say_it_stands(actor=gwen, at=at, decision_id=no.id, words="Asha was right.")
    assert not waits(gwen, no)


@pytest.mark.parametrize(
    "statement",
    [
        "update sharing_lookedagain set words = 'Other'",
        "delete from sharing_lookedagain",
        (
            "insert into sharing_lookedagain (id, words, by_id, by, at, decision_id) "
            "select gen_random_uuid(), '', by_id, by, at, decision_id from sharing_lookedagain"
        ),
    ],
)
def test_raw_sql_changes_nothing_of_it(asha: Actor, no: ShareDecision, at: datetime, statement: str) -> None:
    say_it_stands(actor=asha, at=at, decision_id=no.id, words="Still no.")
    tell_database(asha)
    with pytest.raises(DatabaseError, match=r"written once|it_stands_because"), transaction.atomic():
        connection.cursor().execute(statement)


def test_another_organisation_that_was_told_does_not_read_it(
    riverside: Universe, asha: Actor, tom: Actor, at: datetime
) -> None:
    told = decide(
        actor=asha, at=at, person_id=riverside.people["Bee"],
        proposal=replace(proposal(riverside), review_on=DAY + WEEK),
    )  # fmt: skip
    say_it_stands(actor=asha, at=at, decision_id=told.id, words="It stands.")
    tell_database(tom)
    assert ShareDecision.objects.filter(id=told.id).exists(), "they were told"
    assert not LookedAgain.objects.exists()


def test_on_its_page_somebody_says_that_it_stands_and_reads_it_there(
    riverside: Universe, no: ShareDecision
) -> None:
    asha = browser_of(riverside.members["Asha Patel"].user)
    page = f"/sharing/decisions/{no.id}/"
    assert f"{page}again/" in asha.get(page).content.decode()
    wrong = asha.post(f"{page}again/", {"words": "Still no.", **_day("again_on", no)})
    assert wrong.status_code == 422
    assert "The day must be in the future" in wrong.content.decode()
    assert "Still no." in wrong.content.decode()
    assert asha.post(f"{page}again/", {"words": "Still no."})["Location"] == page
    shown = asha.get(page).content.decode()
    assert "Still no." in shown
    assert f"{page}again/" not in shown
    opened = asha.get(f"{page}again/", follow=True)
    assert opened.redirect_chain == [(page, 302)], "nothing can be typed that could not be saved"
    assert "It is not due for review" in opened.content.decode()
    late = asha.post(f"{page}again/", {"words": "Once more."})
    assert late.status_code == 422
    assert "Once more." in late.content.decode(), "what was typed before somebody else was first stays"
    kit = browser_of(riverside.members["Kit Lowe"].user)
    assert kit.get(f"{page}again/").status_code == 404


def _day(name: str, no: ShareDecision) -> dict[str, str]:
    on = no.decided_at.date()
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}
