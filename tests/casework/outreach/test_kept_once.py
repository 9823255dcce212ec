"""What is kept where a conversation was cut off is theirs, is kept once, and is by whoever wrote it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.outreach.conftest import acting, everything, flag_for, member
from tests.casework.outreach.test_half_way import PENSION, found, on_page, says, taken_back
from tests.casework.outreach.test_released_again import release_of

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import begin_absence
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.accounts.queries import actor_of
from alongside.casework.audit.models import AuditEvent
from alongside.casework.outreach.commands.signposting import keep_ending
from alongside.casework.outreach.commands.talking import autosave_answer
from alongside.casework.outreach.commands.working import record_attempt
from alongside.casework.outreach.models import Conversation
from alongside.casework.outreach.rules import Result
from alongside.casework.people.models import AboutMe
from alongside.casework.sources.commands.flags import withdraw_flag

pytestmark = pytest.mark.django_db
BANK = "I ring the bank."
HOUR = timedelta(hours=1)
__all__ = ["found"]


def steps(talk: Conversation, actor: Actor, at: datetime, words: str = BANK) -> None:
    keep_ending(actor=actor, at=at, conversation_id=talk.id, told={"next_steps": words})


def wrong(talk: Conversation, actor: Actor, at: datetime) -> None:
    record_attempt(
        actor=actor, at=at, item_id=talk.item_id, result=Result.WRONG_PERSON, note="I spoke to her neighbour."
    )


def test_what_somebody_else_said_is_not_kept_as_hers(
    found: Conversation, council: Organisation, worker: Actor, peer: Actor, at: datetime
) -> None:
    says(found, worker, at)
    steps(found, worker, at)
    wrong(found, worker, at + HOUR)
    taken_back(found, council, at + 2 * HOUR)
    assert on_page(peer, found.item.person, at + 2 * HOUR) == []
    everything()
    assert not AuditEvent.objects.filter(code="outreach.words_kept").exists()


def test_what_she_said_herself_once_she_was_found_is_kept(
    found: Conversation, council: Organisation, worker: Actor, peer: Actor, at: datetime
) -> None:
    says(found, worker, at)
    wrong(found, worker, at + HOUR)
    later = at + 2 * HOUR
    autosave_answer(actor=worker, at=later, conversation_id=found.id, prompt="hardest", words="The dark.")
    steps(found, worker, later)
    taken_back(found, council, at + 3 * HOUR)
    assert sorted(on_page(peer, found.item.person, at + 3 * HOUR)) == [BANK, "The dark."]


def test_another_organisation_that_is_cut_off_later_writes_none_of_it_again(
    found: Conversation, council: Organisation, charity: Organisation, worker: Actor, peer: Actor,
    at: datetime,
) -> None:  # fmt: skip
    lou, later = found.item.person, at + timedelta(weeks=3)
    says(found, worker, at)
    steps(found, worker, at)
    taken_back(found, council, at + HOUR)
    everything()
    flag = flag_for(lou, charity, release_of(charity, later), later)
    approver = acting(member(charity, "Ravi Been", "approver"))
    everything()
    withdraw_flag(
        actor=approver, at=later, release_id=flag.release_id, tier=flag.tier, rank=flag.rank, why="Moved."
    )
    assert sorted(on_page(peer, lou, later)) == [PENSION, BANK]
    everything()
    assert set(AboutMe.objects.values_list("said_on", flat=True)) == {timezone.localdate(at)}
    assert [each.organisation_name for each in AuditEvent.objects.filter(code="outreach.words_kept")] == [
        council.name
    ]


def test_it_is_by_whoever_wrote_it_while_they_covered(
    found: Conversation, council: Organisation, asha: Membership, manager: Actor, at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(timezone, "now", lambda: at)
    ben, day = member(council, "Ben Okoro", "practitioner"), timezone.localdate(at)
    begin_absence(actor=manager, at=at, membership_id=asha.id, on=day, cover_id=ben.id)
    covers = actor_of(ben.user, ben.id, "early_help", day)
    says(found, covers, at)
    steps(found, covers, at)
    taken_back(found, council, at + HOUR)
    everything()
    assert set(AboutMe.objects.values_list("written_down_by", flat=True)) == {"Ben Okoro"}
