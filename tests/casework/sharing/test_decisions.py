"""Decisions: that nobody is told anything without one, by whichever way; and that they stay as they were."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.casework.sharing.sharing_told import DAY, against, chosen, decided, item, proposal, told
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.capacity.queries import lacks_for
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.sharing.commands.agreements import change_agreement
from alongside.casework.sharing.commands.choices import take_back_choice
from alongside.casework.sharing.commands.decisions import (
    NoDecisionError,
    confirm_receipt,
    decide,
    look_second,
    write_down_later_view,
)
from alongside.casework.sharing.commands.drafts import begin_draft
from alongside.casework.sharing.models import Agreement, SharingChoice
from alongside.casework.sharing.queries import decisions
from alongside.casework.sharing.queries.decisions import (
    decision_page,
    told_page,
    told_us,
)
from alongside.casework.sharing.queries.waiting import waiting
from alongside.casework.sharing.rules.basis import Layer
from alongside.casework.sharing.rules.choices import Answer
from alongside.casework.sharing.rules.decisions import Basis, Outcome, Proposal
from alongside.casework.sharing.rules.overrides import Ground


@pytest.fixture
def asha(riverside: Universe) -> Actor:
    return actor_for(riverside, "Asha Patel", on=DAY)


@pytest.fixture
def gwen(riverside: Universe) -> Actor:
    return actor_for(riverside, "Gwen Hughes", on=DAY)


@pytest.fixture
def landlord(riverside: Universe) -> Actor:
    return actor_for(riverside, "Tom Reilly", on=DAY)


@pytest.fixture
def police(riverside: Universe) -> Actor:
    """Nobody there sees Bee's record."""
    return actor_for(riverside, "Kit Lowe", on=DAY)


@pytest.fixture
def bee(riverside: Universe) -> UUID:
    return riverside.people["Bee"]


def last() -> AuditEvent:
    found = AuditEvent.objects.order_by("sequence").last()
    assert found is not None
    return found


@pytest.mark.proves("MARM-27", "MARM-35", "MARM-36", "MARM-38")
def test_what_is_shared_reaches_the_other_organisation_with_its_quality_and_nothing_else_of_the_person(
    riverside: Universe, asha: Actor, landlord: Actor, police: Actor, bee: UUID, at: datetime
) -> None:
    made = decide(actor=asha, at=at, person_id=bee, proposal=proposal(riverside, to="valley_police"))
    assert (last().code, last().person_id) == ("sharing.shared", bee)
    assert made.recipients.get().agreement.reference == "ISA-RIV-007"  # type: ignore[union-attr]
    (told,) = told_us(actor=police).rows
    page = told_page(actor=police, disclosure_id=told.id)
    assert [each.words for each in page.decision.items.all()] == ["The stairs are hard for her."]
    assert page.person is None
    confirm_receipt(actor=police, at=at, disclosure_id=told.id)
    assert told.id not in {each.id for each in waiting(actor=police, day=DAY)}
    with pytest.raises(AlreadyDoneError):
        confirm_receipt(actor=police, at=at, disclosure_id=told.id)
    with pytest.raises(NotFoundError):
        told_page(actor=landlord, disclosure_id=told.id)
    with pytest.raises(NotFoundError):
        decision_page(actor=police, decision_id=made.id)


@pytest.mark.proves("MARM-35")
def test_a_decision_not_to_share_is_kept_as_well_and_tells_nobody(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    no = replace(
        proposal(riverside), outcome=Outcome.DO_NOT_SHARE, reason="She said no", risk="None", review_on=DAY
    )
    made = decide(actor=asha, at=at, person_id=bee, proposal=no)
    assert last().code == "sharing.not_shared"
    assert not made.disclosures.exists()


@pytest.mark.proves("MARM-29", "MARM-30", "MARM-50")
def test_against_a_refusal_nobody_is_told_until_another_member_agrees(
    riverside: Universe, asha: Actor, gwen: Actor, landlord: Actor, bee: UUID, at: datetime
) -> None:
    chosen(asha, riverside, at)
    with pytest.raises(NoDecisionError) as stopped:
        decide(actor=asha, at=at, person_id=bee, proposal=proposal(riverside))
    assert "ground" in stopped.value.wrong
    made = decide(actor=asha, at=at, person_id=bee, proposal=against(riverside))
    assert last().code == "sharing.share_proposed"
    assert told_us(actor=landlord).rows == []
    with pytest.raises(NotAllowedError):
        look_second(actor=asha, at=at, decision_id=made.id, agreed=True, words="Fine")
    assert ("second", made.id) in [(each.why, each.id) for each in waiting(actor=gwen, day=DAY)]
    with pytest.raises(NoDecisionError):
        look_second(actor=gwen, at=at, decision_id=made.id, agreed=True, words=" ")
    look_second(actor=gwen, at=at, decision_id=made.id, agreed=True, words="I read it all and agree.")
    assert len(told_us(actor=landlord).rows) == 1
    with pytest.raises(AlreadyDoneError):
        look_second(actor=gwen, at=at, decision_id=made.id, agreed=False, words="No")


def test_a_manager_who_decides_does_not_agree_with_themself(
    riverside: Universe, gwen: Actor, asha: Actor, bee: UUID, at: datetime
) -> None:
    chosen(asha, riverside, at)
    made = decide(actor=gwen, at=at, person_id=bee, proposal=against(riverside))
    assert [each.why for each in waiting(actor=gwen, day=DAY) if each.id == made.id] == ["again"]
    with pytest.raises(NotAllowedError, match="Somebody else"):
        look_second(actor=gwen, at=at, decision_id=made.id, agreed=True, words="I agree with me.")


def test_where_the_second_person_does_not_agree_nobody_is_told(
    riverside: Universe, asha: Actor, gwen: Actor, landlord: Actor, bee: UUID, at: datetime
) -> None:
    chosen(asha, riverside, at)
    made = decide(actor=asha, at=at, person_id=bee, proposal=against(riverside))
    look_second(actor=gwen, at=at, decision_id=made.id, agreed=False, words="Ask her a third time.")
    assert told_us(actor=landlord).rows == []


@pytest.mark.proves("MARM-30")
def test_in_an_emergency_it_is_told_at_once_and_looked_at_within_a_working_day(
    riverside: Universe, asha: Actor, gwen: Actor, landlord: Actor, bee: UUID, at: datetime
) -> None:
    chosen(asha, riverside, at)
    urgent = against(riverside, emergency=True, emergency_why="There is smoke")
    made = decide(actor=asha, at=at, person_id=bee, proposal=urgent)
    assert last().code == "sharing.shared_in_emergency"
    assert len(told_us(actor=landlord).rows) == 1
    assert made.override.look_by == date(2026, 11, 3)
    look_second(actor=gwen, at=at, decision_id=made.id, agreed=False, words="It could have waited.")
    assert len(told_us(actor=landlord).rows) == 1
    write_down_later_view(actor=asha, at=at, decision_id=made.id, words="I am still cross.", said_on=DAY)
    assert [each.words for each in made.later_views.all()] == ["I am still cross."]
    with pytest.raises(NoDecisionError):
        write_down_later_view(
            actor=asha, at=at, decision_id=made.id, words="Later", said_on=DAY + timedelta(days=1)
        )
    with pytest.raises(NoDecisionError) as before:
        write_down_later_view(
            actor=asha, at=at, decision_id=made.id, words="Before", said_on=DAY - timedelta(days=1)
        )
    assert before.value.wrong == {"said_on": "The day must not be before the day of the decision"}


def test_what_nobody_has_confirmed_comes_first_among_what_was_shared_and_the_rest_is_a_page_on(
    riverside: Universe, asha: Actor, police: Actor, bee: UUID, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "TOLD_AT_ONCE", 2)
    before = told_us(actor=police).count
    for hours in range(3):
        when = at + timedelta(hours=hours)
        decide(actor=asha, at=when, person_id=bee, proposal=proposal(riverside, to="valley_police"))
    newest, _middle = told_us(actor=police).rows
    confirm_receipt(actor=police, at=at + timedelta(hours=4), disclosure_id=newest.id)
    page = told_us(actor=police)
    assert [each.opened_at for each in page.rows] == [None, None]
    assert page.count == before + 3
    assert newest in told_us(actor=police, begins=2).rows


@pytest.mark.proves("MARM-31")
def test_on_the_ground_of_capacity_it_rests_on_a_record_about_the_concern_that_still_holds(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    chosen(asha, riverside, at)
    (lacking,) = lacks_for(bee, day=DAY)
    assert lacking.best_interests is not None
    plain = against(
        riverside,
        ground=Ground.LACKS_CAPACITY,
        capacity_record=lacking.record.id,
        best_interests=lacking.best_interests.id,
    )
    by_it = replace(
        plain,
        bases=dict(plain.bases) | {Layer.CONFIDENCE: Basis("best_interests", "Dee was asked: tell them.")},
    )
    made = decide(actor=asha, at=at, person_id=bee, proposal=by_it)
    assert made.override.capacity_record == lacking.record.id
    for other in ({"capacity_record": uuid4()}, {"best_interests": uuid4()}):
        with pytest.raises(NoDecisionError) as stopped:
            decide(actor=asha, at=at, person_id=bee, proposal=_overridden(by_it, **other))
        assert "no longer holds" in stopped.value.wrong["capacity_record"]
        assert "confidence" in stopped.value.wrong
    later = at + timedelta(days=30)
    with pytest.raises(NoDecisionError) as stopped:
        decide(actor=asha, at=later, person_id=bee, proposal=_overridden(by_it, review_on=later.date()))
    assert "capacity_record" in stopped.value.wrong


@pytest.mark.proves("MARM-31")
def test_a_second_person_cannot_agree_once_the_capacity_record_holds_no_longer(
    riverside: Universe, asha: Actor, gwen: Actor, bee: UUID, at: datetime
) -> None:
    chosen(asha, riverside, at)
    (lacking,) = lacks_for(bee, day=DAY)
    assert lacking.best_interests is not None
    plain = against(
        riverside,
        ground=Ground.LACKS_CAPACITY,
        capacity_record=lacking.record.id,
        best_interests=lacking.best_interests.id,
    )
    made = decide(actor=asha, at=at, person_id=bee, proposal=plain)
    later = at + timedelta(days=30)
    with pytest.raises(NoDecisionError, match="assessed again"):
        look_second(actor=gwen, at=later, decision_id=made.id, agreed=True, words="I agree.")
    assert not told(riverside).exists()
    look_second(actor=gwen, at=later, decision_id=made.id, agreed=False, words="Assess it again.")


def test_a_draft_that_is_sent_twice_at_once_is_decided_once(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    draft = begin_draft(actor=asha, at=at, person_id=bee)
    decide(actor=asha, at=at, person_id=bee, proposal=proposal(riverside), draft_id=draft.id)
    with pytest.raises(AlreadyDoneError):
        decide(actor=asha, at=at, person_id=bee, proposal=proposal(riverside), draft_id=draft.id)
    assert decided(riverside).count() == 1


def _overridden(plain: Proposal, **other: Any) -> Proposal:
    assert plain.override is not None
    return replace(plain, override=replace(plain.override, **other))


@pytest.mark.proves("MARM-28")
def test_a_consent_that_expires_between_opening_the_form_and_sending_it_no_longer_carries_it(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    chosen(asha, riverside, at, Answer.AGREES, expires_on=DAY)
    plain = proposal(riverside)
    by_consent = replace(
        plain, bases=dict(plain.bases) | {Layer.CONFIDENCE: Basis("consent", "She said: tell them.")}
    )
    with pytest.raises(NoDecisionError) as stopped:
        decide(actor=asha, at=at + timedelta(days=1), person_id=bee, proposal=by_consent)
    assert "in force today" in stopped.value.wrong["confidence"]
    decide(actor=asha, at=at, person_id=bee, proposal=by_consent)


def test_a_withdrawal_during_a_meeting_stops_what_was_about_to_be_shared(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    chosen(asha, riverside, at, Answer.AGREES)
    choice = SharingChoice.objects.get(person=bee)
    taken: dict[str, Any] = {"on": DAY, "how": "spoken", "effect_told": "It stops now."}
    take_back_choice(actor=asha, at=at, person_id=bee, choice_id=choice.id, **taken)
    with pytest.raises(NoDecisionError) as stopped:
        decide(actor=asha, at=at, person_id=bee, proposal=proposal(riverside))
    assert "ground" in stopped.value.wrong


@pytest.mark.proves("MARM-38")
def test_an_agreement_that_ended_stops_new_sharing_and_what_was_shared_stays(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    decide(actor=asha, at=at, person_id=bee, proposal=proposal(riverside))
    agreement = Agreement.objects.get(reference="ISA-RIV-007")
    terms = replace(agreement.terms, ends=DAY, review=DAY)
    keeper = actor_for(riverside, "Iris Okafor", on=DAY)
    change_agreement(
        actor=keeper, at=at, agreement_id=agreement.id, opened_version=1, title=agreement.title,
        owner=agreement.owner, terms=terms,
    )  # fmt: skip
    with pytest.raises(NoDecisionError) as stopped:
        decide(actor=asha, at=at + timedelta(days=1), person_id=bee, proposal=proposal(riverside))
    assert "ended" in stopped.value.wrong["recipients"]
    assert told(riverside).count() == 1


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"recipients": frozenset({uuid4()})}, NotFoundError),
        ({"purpose": "selling"}, NotFoundError),
        ({"items": (item(source=""),)}, NoDecisionError),
        ({"bases": {}}, NoDecisionError),
    ],
)
def test_what_is_no_decision_leaves_nothing_behind(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime, other: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        decide(actor=asha, at=at, person_id=bee, proposal=replace(proposal(riverside), **other))
    assert not decided(riverside).exists()


def test_nobody_decides_for_people_beyond_their_reach_to_themselves_or_without_the_role(
    riverside: Universe, asha: Actor, police: Actor, bee: UUID, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        decide(actor=police, at=at, person_id=bee, proposal=proposal(riverside))
    with pytest.raises(NotFoundError):
        decide(actor=asha, at=at, person_id=bee, proposal=proposal(riverside, to="riverside_council"))
    sam = actor_for(riverside, "Sam Boateng", on=DAY)
    with pytest.raises(NotAllowedError):
        decide(actor=sam, at=at, person_id=bee, proposal=proposal(riverside))


@pytest.mark.proves("MARM-35", "MARM-49", "MARM-51")
def test_a_wrong_decision_stays_and_a_new_one_points_to_it(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    old = decide(actor=asha, at=at, person_id=bee, proposal=proposal(riverside))
    better = proposal(riverside, items=(item(words="The stairs are hard for her at night."),))
    with pytest.raises(NoDecisionError):
        decide(actor=asha, at=at, person_id=bee, proposal=better, corrects=old.id)
    new = decide(
        actor=asha, at=at, person_id=bee, proposal=better, corrects=old.id, corrected_why="Only at night."
    )
    assert [each.id for each in old.corrections.all()] == [new.id]
    assert old.items.get().words == "The stairs are hard for her."


TRIES = {
    "telling somebody by a row alone": "insert into sharing_disclosure "
    "(id, at, opened_by, decision_id, from_organisation_id, organisation_id) "
    "values (gen_random_uuid(), now(), '', gen_random_uuid(), %(council)s, %(landlord)s)",
    "telling the police what was decided for the landlord": "insert into sharing_disclosure "
    "(id, at, opened_by, decision_id, from_organisation_id, organisation_id) "
    "select gen_random_uuid(), now(), '', id, organisation_id, %(police)s "
    "from sharing_sharedecision where person_id = %(bee)s",
    "telling what waits for a second person": "insert into sharing_disclosure "
    "(id, at, opened_by, decision_id, from_organisation_id, organisation_id) "
    "select gen_random_uuid(), now(), '', id, organisation_id, %(landlord)s "
    "from sharing_sharedecision where person_id = %(bee)s",
    "making oneself the second person": "insert into sharing_secondlook "
    "(id, answer, words, by_id, by, at, decision_id) select gen_random_uuid(), 'agreed', 'Me', "
    "decided_by_id, decided_by, now(), id "
    "from sharing_sharedecision where person_id = %(bee)s",
    "adding a recipient afterwards": "insert into sharing_recipient (id, decision_id, organisation_id) "
    "select gen_random_uuid(), id, %(police)s "
    "from sharing_sharedecision where person_id = %(bee)s",
    "adding something to tell afterwards": "insert into sharing_shareditem (id, position, topic, data, "
    "words, kind, as_at, source, verified_by, limits, quality, decision_id) select gen_random_uuid(), 9, "
    "topic, data, 'More', kind, as_at, source, '', '', quality, decision_id from sharing_shareditem",
    "changing what was told": "update sharing_shareditem set words = 'Other'",
    "changing whom it was told": "update sharing_recipient set organisation_id = %(police)s",
    "changing why": "update sharing_sharedecision set necessity = 'Other'",
    "forgetting that she said no": "update sharing_sharedecision set wish = 'not_said'",
    "making an emergency of it": "update sharing_refusaloverride set emergency = true",
    "taking the refusal away": "delete from sharing_refusaloverride",
    "taking the decision away": "delete from sharing_sharedecision where person_id = %(bee)s",
}


@pytest.mark.parametrize("statement", TRIES.values(), ids=TRIES.keys())
@pytest.mark.django_db(transaction=True)
def test_raw_sql_on_the_applications_connection_tells_nobody_and_changes_no_decision(
    riverside: Universe, at: datetime, statement: str
) -> None:
    asha = actor_for(riverside, "Asha Patel", on=DAY)
    chosen(asha, riverside, at)
    decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=against(riverside))
    ids = {
        name: riverside.organisations[code].id
        for name, code in (
            ("landlord", "riverside_homes"), ("police", "valley_police"), ("council", "riverside_council"),
        )
    }  # fmt: skip
    ids["bee"] = riverside.people["Bee"]
    with transaction.atomic():
        tell_database(asha)
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            connection.cursor().execute(statement, ids)
        assert getattr(refused.value.__cause__, "sqlstate", "") == "42501"  # by a guard, no slip
    with transaction.atomic():
        tell_database(asha)
        assert not told(riverside).exists()
