"""Bringing an agency in: it is told only what may be told, answers with a reason, and may step back."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.invitations import (
    accept_invitation,
    decline_invitation,
    invite_agency,
)
from alongside.casework.marm.models import Case, Invitation
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.invitations import (
    agencies_page,
    invitation_to_us,
)
from alongside.casework.marm.queries.today import Invited, waiting_in_cases
from alongside.casework.marm.rules.invitations import Answered, WhyNot
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Reach
from alongside.casework.people.queries.telling import (
    ToldAgainstTheirWishError,
    WishedOtherwiseSinceError,
)
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.rules.choices import Answer as ChoiceAnswer
from alongside.casework.sharing.rules.choices import Statement, Topic

pytestmark = pytest.mark.django_db


def invited_to(actor: Actor) -> list[Invited]:
    return waiting_in_cases(actor=actor, day=timezone.localdate()).invitations


WHY = "They see her at the food shop each week."


@pytest.fixture
def invited(riverside_now: Universe, who: AnActor, opened: Case, now: datetime) -> Invitation:
    """Been There, invited by who acts."""
    return invite_agency(
        actor=who("Asha Patel"), at=now, case_id=opened.id, why=WHY,
        organisation_id=riverside_now.organisations["been_there"].id,
    )  # fmt: skip


def not_to(organisation: UUID, day: Any) -> Statement:
    return Statement(
        answer=ChoiceAnswer.REFUSES, topics=(Topic.EVERYTHING,), recipients=frozenset({organisation}),
        exactly="Not them.", said_on=day, capacity="assumed", method="spoken",
    )  # fmt: skip


@pytest.mark.proves("MARM-25", "MARM-14")
def test_who_is_invited_sees_who_is_meant_and_why_and_the_case_once_they_accept(
    who: AnActor, opened: Case, invited: Invitation, now: datetime
) -> None:
    dee = who("Dee Marsh")
    assert invited.id in {each.id for each in invited_to(dee)}
    asked = invitation_to_us(actor=dee, invitation_id=invited.id)
    assert (asked.who, asked.why) == (invited.who, WHY)
    with pytest.raises(NotFoundError):
        case_page(actor=dee, case_id=opened.id)
    accept_invitation(actor=dee, at=now, invitation_id=invited.id)
    assert case_page(actor=dee, case_id=opened.id).case == opened
    assert invited.id not in {each.id for each in invited_to(dee)}
    see_all()
    given = Reach.objects.get(person_id=opened.person_id, why=ReachWhy.CASE, about=opened.id, until=None)
    assert given.organisation_id == dee.organisation_id
    for again in (
        lambda: accept_invitation(actor=dee, at=now, invitation_id=invited.id),
        lambda: decline_invitation(
            actor=dee, at=now, invitation_id=invited.id, why_not=WhyNot.OTHER, words="No"
        ),
    ):
        with pytest.raises(AlreadyDoneError):
            again()


def test_only_who_steers_invites_with_a_reason_each_once_and_while_the_case_is_open(
    riverside_now: Universe, who: AnActor, opened: Case, now: datetime
) -> None:
    homes = riverside_now.organisations["riverside_homes"].id
    given: dict[str, Any] = {"at": now, "case_id": opened.id, "organisation_id": homes, "why": WHY}
    with pytest.raises(NotAllowedError):
        invite_agency(actor=who("Wes Tanner"), **given)
    with pytest.raises(UnsaidError):
        invite_agency(actor=who("Mair Pugh"), **given | {"why": " "})
    with pytest.raises(NotFoundError):
        invite_agency(actor=who("Mair Pugh"), **given | {"organisation_id": opened.id})
    with pytest.raises(AlreadyDoneError):
        invite_agency(actor=who("Mair Pugh"), **given | {"organisation_id": opened.coordinating_id})
    invite_agency(actor=who("Mair Pugh"), **given)
    with pytest.raises(AlreadyDoneError):
        invite_agency(actor=who("Asha Patel"), **given)


def test_nobody_is_invited_into_a_case_that_is_not_open(
    riverside_now: Universe, who: AnActor, case: Case, now: datetime
) -> None:
    with pytest.raises(AlreadyDoneError):
        invite_agency(
            actor=who("Asha Patel"), at=now, case_id=case.id, why=WHY,
            organisation_id=riverside_now.organisations["been_there"].id,
        )  # fmt: skip


@pytest.mark.proves("SAFE-13")
def test_an_agency_declines_with_a_reason_that_is_kept_with_its_name(
    who: AnActor, opened: Case, invited: Invitation, now: datetime
) -> None:
    dee = who("Dee Marsh")
    given: dict[str, Any] = {"at": now, "invitation_id": invited.id, "why_not": WhyNot.TOO_HIGH_RISK}
    with pytest.raises(UnsaidError):
        decline_invitation(actor=dee, words=" ", **given)
    with pytest.raises(NotFoundError):
        decline_invitation(actor=who("Tom Reilly"), words="Not ours", **given)
    decline_invitation(actor=dee, words="Nobody of us goes there alone.", **given)
    (kept,) = agencies_page(actor=who("Mair Pugh"), case_id=opened.id).invitations
    assert (kept.organisation.name, kept.state, kept.why_not) == (
        "Been There (peer support)",
        Answered.DECLINED,
        WhyNot.TOO_HIGH_RISK,
    )
    with pytest.raises(NotFoundError):
        case_page(actor=dee, case_id=opened.id)


@pytest.mark.proves("MARM-29")
def test_nobody_is_invited_whom_the_person_asked_not_to_tell_and_a_later_wish_counts_too(
    riverside_now: Universe, who: AnActor, opened: Case, invited: Invitation, now: datetime
) -> None:
    asha, day = who("Asha Patel"), timezone.localdate(now)
    homes, been = (riverside_now.organisations[name].id for name in ("riverside_homes", "been_there"))
    record_choices(actor=asha, at=now, person_id=opened.person_id, said=not_to(homes, day))
    for name in ("Asha Patel", "Mair Pugh"):
        with pytest.raises(ToldAgainstTheirWishError):
            invite_agency(actor=who(name), at=now, case_id=opened.id, organisation_id=homes, why=WHY)
    record_choices(actor=asha, at=now, person_id=opened.person_id, said=not_to(been, day))
    with pytest.raises(WishedOtherwiseSinceError):
        accept_invitation(actor=who("Dee Marsh"), at=now, invitation_id=invited.id)
    with pytest.raises(NotFoundError):
        case_page(actor=who("Dee Marsh"), case_id=opened.id)


@pytest.mark.parametrize(
    "statement",
    [
        "update marm_invitation set why = 'Another reason'",
        "update marm_invitation set state = 'declined', answered_at = now()",
        "update marm_invitation set state = 'accepted'",
    ],
)
def test_raw_sql_changes_no_invitation_and_declines_none_without_a_reason(
    statement: str, who: AnActor, invited: Invitation
) -> None:
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_answer_is_kept_as_it_was_given_and_others_see_no_invitation(
    who: AnActor, invited: Invitation, now: datetime
) -> None:
    decline_invitation(
        actor=who("Dee Marsh"), at=now, invitation_id=invited.id, why_not=WhyNot.NO_CAPACITY, words="In May"
    )
    tell_database(who("Dee Marsh"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Invitation.objects.filter(id=invited.id).update(why_not=WhyNot.OTHER)
    tell_database(who("Tom Reilly"))
    assert not Invitation.objects.filter(id=invited.id).exists()
