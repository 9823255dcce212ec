"""Two who act at one moment, on a real database: nothing is left as neither of them wanted it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.casework.accounts.conftest import build
from tests.casework.processes import wait_until

from alongside.casework.accounts import commands
from alongside.casework.accounts.models import BoundSubject, Membership
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


@pytest.mark.django_db(transaction=True)
def test_two_accounts_that_bind_one_subject_at_one_moment_are_one_bound_and_one_told_to_sign_in_again() -> (
    None
):
    at = timezone.now()
    partnership = build(at)
    named = {"at": at, "issuer": "https://id.example.org", "subject": "w", "provider": "Riverside Council"}
    lead, answers = partnership.actor(partnership.lead), []

    def bind() -> None:
        try:
            commands.bind_subject(actor=lead, **named)
            answers.append("bound")
        except CaseworkError as error:
            answers.append(type(error).__name__)
        except Exception as error:
            answers.append(f"a fault of ours: {type(error).__name__}")
        finally:
            connection.close()

    def waits_for_us() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_locks"
                " where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))"
            )
            return bool(cursor.fetchone()[0])

    other = threading.Thread(target=bind)
    with transaction.atomic():
        BoundSubject.bind(user=partnership.worker.user, issuer=named["issuer"], subject="w", at=at)
        other.start()
        wait_until(waits_for_us, "the other is about to bind it too")
    other.join()
    assert answers == ["AlreadyDoneError"]
    assert BoundSubject.objects.get().user_id == partnership.worker.user_id
