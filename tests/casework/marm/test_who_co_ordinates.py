"""Whose co-ordinator answers a request for a case: nobody is told of a person for want of a colleague."""

from datetime import datetime
from uuid import UUID

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.marm.test_invitations import not_to
from tools.universe import Universe

from alongside.casework.accounts.models import Membership
from alongside.casework.marm.commands.asking import ask_for_case
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.people.models import Reach
from alongside.casework.sharing.commands.choices import record_choices

pytestmark = pytest.mark.django_db


def co_ordinate(*names: str) -> None:
    """Let these be the only co-ordinators."""
    see_all()
    for each in Membership.objects.filter(roles__contains=["co_ordinator"]):
        Membership.objects.filter(id=each.id).update(roles=["practitioner"])
    Membership.objects.filter(user__name__in=names).update(roles=["practitioner", "co_ordinator"])


@pytest.mark.parametrize("refuses", [False, True], ids=["", "they are not to be told"])
def test_the_only_one_of_their_own_organisation_tells_no_other_and_it_opens_at_once(
    who: AnActor, riverside_now: Universe, bee: UUID, now: datetime, refuses: bool
) -> None:
    co_ordinate("Mair Pugh", "Kit Lowe")
    mair, kit = who("Mair Pugh"), who("Kit Lowe")
    if refuses:
        said = not_to(riverside_now.organisations["valley_police"].id, timezone.localdate(now))
        record_choices(actor=who("Asha Patel"), at=now, person_id=bee, said=said)
    case = ask_for_case(actor=mair, at=now, person_id=bee, asked=asked())
    assert (case.stage, case.coordinating_id) == (Stage.OPEN, mair.member_of)
    see_all()
    assert not Reach.objects.filter(person=bee, organisation_id=kit.member_of, until=None).exists()


def test_of_others_one_answers_that_may_be_told(
    who: AnActor, riverside_now: Universe, bee: UUID, now: datetime
) -> None:
    co_ordinate("Kit Lowe", "Gwen Hughes")
    council = riverside_now.organisations["riverside_council"]
    tom = who("Tom Reilly")
    record_choices(actor=tom, at=now, person_id=bee, said=not_to(council.id, timezone.localdate(now)))
    case = ask_for_case(actor=tom, at=now, person_id=bee, asked=asked())
    assert (case.stage, case.coordinating_id) == (Stage.ASKED, who("Kit Lowe").member_of)
