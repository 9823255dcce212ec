"""Agreeing as the second person: what came between the decision and the telling is looked at again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.casework.sharing.asking import ask
from tests.casework.sharing.sharing_told import DAY, against, chosen, told
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Reach
from alongside.casework.sharing.commands.agreements import change_agreement
from alongside.casework.sharing.commands.decisions import NoDecisionError, decide, look_second
from alongside.casework.sharing.commands.requests import withdraw_request
from alongside.casework.sharing.models import ShareDecision
from alongside.casework.sharing.queries.waiting import waiting
from alongside.casework.sharing.rules.requests import State


@pytest.fixture
def gwen(riverside: Universe) -> Actor:
    return actor_for(riverside, "Gwen Hughes", on=DAY)


@pytest.fixture
def waits(riverside: Universe, asha: Actor, at: datetime) -> ShareDecision:
    """What Asha means to tell Riverside Homes against Bee's no."""
    chosen(asha, riverside, at)
    return decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=against(riverside))


@pytest.mark.proves("MARM-29", "MARM-51")
def test_nobody_agrees_to_what_was_corrected_since(
    riverside: Universe, asha: Actor, gwen: Actor, waits: ShareDecision, at: datetime
) -> None:
    less = against(riverside, first="The man below")
    new = decide(
        actor=asha, at=at, person_id=waits.person_id, proposal=less, corrects=waits.id,
        corrected_why="It is the man below.",
    )  # fmt: skip
    asked = {each.id for each in waiting(actor=gwen, day=DAY) if each.why == "second"}
    assert new.id in asked
    assert waits.id not in asked
    with pytest.raises(NoDecisionError, match="A later decision corrects this one"):
        look_second(actor=gwen, at=at, decision_id=waits.id, agreed=True, words="I agree.")
    page = browser_of(riverside.members["Gwen Hughes"].user).get(f"/sharing/decisions/{waits.id}/")
    assert "Corrected before somebody else agreed" in page.content.decode()
    assert "Give your view as the second person" not in page.content.decode()
    tell_database(gwen)
    made = {"by": gwen.account, "id": waits.id}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into sharing_secondlook (id, answer, words, by_id, by, at, decision_id) "
            "values (gen_random_uuid(), 'agreed', 'Yes', %(by)s, 'Gwen', now(), %(id)s)",
            made,
        )
        with pytest.raises(DatabaseError, match="without a decision that stands"), transaction.atomic():
            cursor.execute(
                "insert into sharing_disclosure (id, at, opened_by, decision_id, from_organisation_id, "
                "organisation_id) select gen_random_uuid(), now(), '', decision_id, %(us)s, organisation_id "
                "from sharing_recipient where decision_id = %(id)s",
                made | {"us": gwen.organisation_id},
            )
    assert not told(riverside).exists()


@pytest.mark.proves("MARM-38")
@pytest.mark.parametrize("without", ["", "The neighbours cannot wait for one."])
def test_an_agreement_that_ended_meanwhile_carries_nothing_unless_it_is_said_why_it_needs_none(
    riverside: Universe, asha: Actor, gwen: Actor, at: datetime, without: str
) -> None:
    chosen(asha, riverside, at)
    meant = replace(against(riverside), without_agreement=without)
    made = decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=meant)
    agreement = made.recipients.get().agreement
    assert agreement is not None
    change_agreement(
        actor=actor_for(riverside, "Iris Okafor", on=DAY), at=at, agreement_id=agreement.id,
        opened_version=1, title=agreement.title, owner=agreement.owner,
        terms=replace(agreement.terms, ends=DAY, review=DAY),
    )  # fmt: skip
    later = at + timedelta(days=1)
    if not without:
        with pytest.raises(NoDecisionError, match="No agreement covers this any more"):
            look_second(actor=gwen, at=later, decision_id=made.id, agreed=True, words="I agree.")
        return
    look_second(actor=gwen, at=later, decision_id=made.id, agreed=True, words="I agree.")
    assert told(riverside).count() == 1


def test_where_the_organisation_does_not_see_the_person_any_more_nobody_agrees_and_a_no_can_be_said(
    riverside: Universe, gwen: Actor, waits: ShareDecision, at: datetime
) -> None:
    tell_database(system_actor("tests"))
    Reach.objects.filter(person=waits.person_id, organisation_id=gwen.organisation_id).update(until=at)
    browser = browser_of(riverside.members["Gwen Hughes"].user)
    sent = {"agreed": "yes", "words": "I agree."}
    page = browser.post(f"/sharing/decisions/{waits.id}/second/", sent)
    assert page.status_code == 422
    assert "can no longer see this person&#39;s record" in page.content.decode()
    look_second(actor=gwen, at=at, decision_id=waits.id, agreed=False, words="It is not ours now.")
    assert not told(riverside).exists()


def test_what_a_request_asked_for_is_told_though_the_request_ended_meanwhile(
    riverside: Universe, asha: Actor, gwen: Actor, tom: Actor, at: datetime
) -> None:
    asked = ask(riverside, tom, at, of="riverside_council", power=None, power_words="")
    chosen(asha, riverside, at)
    made = decide(
        actor=asha, at=at, person_id=riverside.people["Bee"], proposal=against(riverside),
        request_id=asked.id,
    )  # fmt: skip
    withdraw_request(actor=tom, at=at, request_id=asked.id, words="We know it now.")
    look_second(actor=gwen, at=at, decision_id=made.id, agreed=True, words="I agree.")
    assert told(riverside).count() == 1
    tell_database(tom)
    asked.refresh_from_db()
    assert (asked.state, asked.decision_id) == (State.WITHDRAWN, None)
