"""Two who act at one moment, on a real database: nothing is left as neither of them wanted it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.casework.accounts.conftest import build

from alongside.casework.accounts import commands
from alongside.casework.accounts.models import Membership
from alongside.casework.kernel.errors import CaseworkError


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_end_each_others_membership_do_not_leave_an_organisation_without_one() -> None:
    at = timezone.now()
    partnership = build(at)
    other = commands.add_member(
        actor=partnership.actor(partnership.lead), at=at, organisation_id=partnership.council.id,
        email="second@example.org", name="Sian Lloyd", roles=["organisation_lead"],
    )  # fmt: skip
    pair = [partnership.lead, other]
    actors = {each.id: partnership.actor(each) for each in pair}
    together, answers = threading.Barrier(2), []

    def end(who: Membership, whose: Membership) -> None:
        try:
            together.wait()
            commands.end_membership(
                actor=actors[who.id], at=at, membership_id=whose.id, on=at.date() + timedelta(days=2)
            )
            answers.append("ended")
        except CaseworkError as error:
            answers.append(type(error).__name__)
        finally:
            connection.close()

    for _ in range(12):
        threads = [threading.Thread(target=end, args=each) for each in (pair, pair[::-1])]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert sorted(answers) == ["LastLeadError", "ended"]
        answers.clear()
        Membership.objects.filter(id__in=[each.id for each in pair]).update(active_to=None)
