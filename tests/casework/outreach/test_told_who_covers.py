"""Whoever covers for a colleague is told what that colleague would find only when they are back."""

from datetime import datetime, timedelta

import pytest
from tests.casework.outreach.conftest import acting, everything, member
from tests.casework.outreach.test_told import mail, told

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Absence, Membership, Organisation
from alongside.casework.notices.commands import tell_holders
from alongside.casework.outreach.commands.referring import accept_referral, complete_referral, make_referral
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.commands.involvement import note_involvement
from alongside.casework.people.models import Person

__all__ = ["mail"]
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_referral_for_today_on_an_item_of_somebody_away_is_told_to_whoever_covers(
    judged: WorkItem, person: Person, worker: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    # given a person who is on Sam's list, while Dora covers for him
    first = make_referral(
        actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="Company."
    )
    accept_referral(actor=peer, at=at, referral_id=first.id, take=True)
    note_involvement(actor=peer, at=at, person_id=person.id)
    complete_referral(actor=peer, at=at, referral_id=first.id, words="Sam visits.")
    sam, dora = Membership.objects.get(user=peer.user_id), member(charity, "Dora Reed", "practitioner")
    Absence.begin(membership=sam, on=at.date(), until=None, cover=dora)
    # when a colleague accepts what must be done today
    again = make_referral(
        actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="He threatened her.",
        priority=Priority.TODAY,
    )  # fmt: skip
    dee = acting(member(charity, "Dee Marsh", "practitioner"))
    everything()
    told()
    own = accept_referral(actor=dee, at=at, referral_id=again.id)
    # then it is Sam's still, and both hear of it
    assert own.assigned_to_id == sam.id
    everything()
    assert told() == {"Asha Patel", "Sam Boateng", "Dora Reed"}


def test_who_is_there_alone_is_told_and_nobody_who_covers_and_is_away_or_has_left(
    asha: Membership, ben: Membership, gwen: Membership, at: datetime
) -> None:
    system, today = system_actor("tests"), at.date()
    everything()

    def heard(day: datetime = at) -> set[str]:
        tell_holders([asha.id, None], actor=system, at=day)
        return told()

    absence = Absence.begin(membership=asha, on=today + DAY, until=today + 3 * DAY, cover=ben)
    assert heard() == {"Asha Patel"}, "she goes tomorrow"
    assert heard(at + DAY) == {"Asha Patel", "Ben Okoro"}
    assert heard(at + 3 * DAY) == {"Asha Patel"}, "she is back"
    away_too = Absence.begin(membership=ben, on=today, until=None, cover=gwen)
    assert heard(at + DAY) == {"Asha Patel"}, "nobody covers for whoever covers"
    away_too.end(on=today)
    ben.end(on=today)
    assert heard(at + DAY) == {"Asha Patel"}
    absence.end(on=today + DAY)
