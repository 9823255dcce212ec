"""Agencies differ: it is said early, settled step by step with a time for each, and the case goes on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_actions import written
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.area import load_area
from alongside.area.marm_models import LadderStep
from alongside.casework.access.actors import system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.background.schedule import SCHEDULE
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.disputes import (
    NoLadderError,
    NothingLateError,
    raise_dispute,
    settle_dispute,
    take_dispute_up,
    tell_of_late_rungs,
)
from alongside.casework.marm.commands.invitations import accept_invitation, invite_agency
from alongside.casework.marm.models import Case, CaseDispute, DisputeRung
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.disputes import dispute_page, disputes_page, to_raise
from alongside.casework.marm.queries.today import waiting_in_cases
from alongside.casework.marm.rules.clocks import last_day
from alongside.casework.marm.rules.disputes import About, CameOf, Differs, rung_at, wrong_with_dispute
from alongside.casework.notices.models import Notice
from alongside.casework.operations.running import tell_database

WHOLE = Differs(
    About.ACTION,
    "The lock was promised for Monday. We ask for a day.",
    "Dee stays until nine each evening.",
    "Dee Marsh, Been There; Wes Tanner, council",
)
Waiting = Callable[[str, date], list[UUID]]


@pytest.fixture
def council_id(riverside_now: Universe) -> UUID:
    return UUID(str(riverside_now.organisations["riverside_council"].id))


@pytest.fixture
def dispute(who: AnActor, joined: Case, council_id: UUID, now: datetime) -> CaseDispute:
    """Been There differs with the council."""
    return raise_dispute(
        actor=who("Dee Marsh"), at=now, case_id=joined.id, against_id=council_id, differs=WHOLE
    )


@pytest.fixture
def on_the_day(who: AnActor) -> Waiting:
    """Ids of late ones about Bee: the demonstration has one about Amina."""
    return lambda name, day: [
        each.dispute_id
        for each in waiting_in_cases(actor=who(name), day=day).disputes
        if each.known_as == "Bee" and each.late
    ]


def up(actor: Any, at: datetime, dispute: CaseDispute, rung: int) -> DisputeRung:
    return take_dispute_up(
        actor=actor, at=at, case_dispute_id=dispute.id, opened_rung=rung, why="No day was named.",
        who="Gwen Hughes, council; the manager of Been There",
    )  # fmt: skip


@pytest.mark.parametrize("owed", ["words", "meanwhile", "who"])
def test_what_who_and_what_happens_meanwhile_are_owed(owed: str) -> None:
    assert wrong_with_dispute(WHOLE) == {}
    assert set(wrong_with_dispute(replace(WHOLE, **{owed: " "}))) == {owed}


@pytest.mark.proves("MARM-61")
def test_the_ladder_that_ships_has_four_steps_each_with_a_name_and_its_own_time() -> None:
    pack = load_area(Path(__file__).parents[3] / "area").marm
    assert pack is not None
    monday = timezone.make_aware(datetime(2026, 11, 9, 9))
    rungs = [rung_at(pack.dispute_ladder, number, at=monday) for number in range(6)]
    assert [rung is None for rung in rungs] == [True, False, False, False, False, True]
    days = [(each.title, last_day(each.due_at)) for each in rungs if each]
    assert days == [
        ("The two workers speak", date(2026, 11, 11)),
        ("Their managers speak", date(2026, 11, 12)),
        ("Senior leads speak", date(2026, 11, 16)),
        ("The chair of the board decides", date(2026, 11, 23)),
    ]
    assert rung_at([LadderStep(title="Only", within="4 hours")], 2, at=monday) is None


@pytest.mark.django_db
@pytest.mark.proves("MARM-60", "MARM-61")
def test_an_agency_differs_at_the_lowest_step_and_the_case_goes_on(
    who: AnActor, riverside_now: Universe, joined: Case, council_id: UUID, dispute: CaseDispute, now: datetime
) -> None:
    page = dispute_page(actor=who("Asha Patel"), case_dispute_id=dispute.id)
    assert page.now is not None
    assert (page.now.number, page.now.title) == (1, "The two workers speak")
    assert (page.next_title, page.may_answer) == ("Their managers speak", True)
    shown = case_page(actor=who("Asha Patel"), case_id=joined.id).holding.rungs
    assert [each.dispute.meanwhile for each in shown] == [WHOLE.meanwhile]
    written(who, riverside_now, joined, now)  # nothing else waits for it
    with pytest.raises(AlreadyDoneError):
        raise_dispute(actor=who("Dee Marsh"), at=now, case_id=joined.id, against_id=council_id, differs=WHOLE)


@pytest.mark.django_db
def test_nobody_differs_with_themselves_with_a_stranger_or_without_saying_what_happens_meanwhile(
    who: AnActor, riverside_now: Universe, joined: Case, council_id: UUID, now: datetime
) -> None:
    given: dict[str, Any] = {
        "actor": who("Dee Marsh"), "at": now, "case_id": joined.id, "against_id": council_id,
        "differs": WHOLE,
    }  # fmt: skip
    for wrong, error in (
        ({"against_id": riverside_now.organisations["been_there"].id}, NotFoundError),
        ({"against_id": riverside_now.organisations["valley_police"].id}, NotFoundError),
        ({"actor": who("Tom Reilly")}, NotFoundError),
        ({"actor": who("Lena Novak")}, NotAllowedError),
        ({"action_id": joined.id}, NotFoundError),
        ({"differs": replace(WHOLE, meanwhile="")}, UnsaidError),
    ):
        with pytest.raises(error):
            raise_dispute(**given | wrong)
    see_all()
    assert not CaseDispute.objects.filter(case=joined).exists()


@pytest.mark.django_db
def test_an_agency_that_was_invited_and_will_not_come_can_be_the_matter(
    who: AnActor, joined: Case, now: datetime
) -> None:
    names = [name for _key, name in to_raise(actor=who("Asha Patel"), case_id=joined.id).others]
    assert names == ["Been There (peer support)"]


@pytest.mark.django_db
@pytest.mark.proves("MARM-61")
def test_it_goes_from_step_to_step_by_name_and_the_last_decides(
    who: AnActor, joined: Case, dispute: CaseDispute, now: datetime
) -> None:
    dee, asha, mair = who("Dee Marsh"), who("Asha Patel"), who("Mair Pugh")
    with pytest.raises(UnsaidError):  # a lower step never decides
        settle_dispute(
            actor=mair, at=now, case_dispute_id=dispute.id, opened_rung=1, came=CameOf.DECIDED, words="So"
        )
    with pytest.raises(UnsaidError):
        take_dispute_up(actor=dee, at=now, case_dispute_id=dispute.id, opened_rung=1, why="No day", who=" ")
    for number, actor in ((1, dee), (2, asha), (3, mair)):
        assert up(actor, now, dispute, number).number == number + 1
    with pytest.raises(NoLadderError):
        up(dee, now, dispute, 4)
    settle_dispute(
        actor=mair, at=now, case_dispute_id=dispute.id, opened_rung=4, came=CameOf.DECIDED,
        words="The council fits it by Friday.",
    )  # fmt: skip
    page = dispute_page(actor=dee, case_dispute_id=dispute.id)
    assert (page.now, page.may_answer) == (None, False)
    assert [each.came for each in page.rungs] == ["taken_up", "taken_up", "taken_up", "decided"]
    assert page.rungs[-1].came_by == "Mair Pugh"
    assert case_page(actor=dee, case_id=joined.id).holding.rungs == []
    with pytest.raises(AlreadyDoneError):
        up(dee, now, dispute, 4)
    assert AuditEvent.objects.filter(code="marm.dispute_over").count() == 1


@pytest.mark.django_db
def test_only_the_two_agencies_who_leads_and_the_co_ordinator_say_how_it_is_settled(
    who: AnActor, riverside_now: Universe, joined: Case, dispute: CaseDispute, now: datetime
) -> None:
    given: dict[str, Any] = {
        "at": now, "case_dispute_id": dispute.id, "opened_rung": 1, "came": CameOf.SETTLED, "words": "Friday",
    }  # fmt: skip
    with pytest.raises(NotFoundError):
        settle_dispute(actor=who("Tom Reilly"), **given)
    invitation = invite_agency(
        actor=who("Asha Patel"), at=now, case_id=joined.id, why="His tenancy team",
        organisation_id=riverside_now.organisations["riverside_homes"].id,
    )  # fmt: skip
    accept_invitation(actor=who("Tom Reilly"), at=now, invitation_id=invitation.id)
    assert not dispute_page(actor=who("Tom Reilly"), case_dispute_id=dispute.id).may_answer
    with pytest.raises(NotAllowedError):
        settle_dispute(actor=who("Tom Reilly"), **given)
    with pytest.raises(UnsaidError):
        settle_dispute(actor=who("Wes Tanner"), **given | {"words": " "})
    assert settle_dispute(actor=who("Wes Tanner"), **given).came == CameOf.SETTLED


@pytest.mark.django_db
def test_of_two_at_once_one_wins_and_the_other_is_told_and_loses_nothing(
    who: AnActor, riverside_now: Universe, dispute: CaseDispute, now: datetime
) -> None:
    up(who("Asha Patel"), now, dispute, 1)
    with pytest.raises(StaleError):
        up(who("Dee Marsh"), now, dispute, 1)
    dee: Client = browser_of(riverside_now.members["Dee Marsh"].user)
    typed = "We agreed on Friday, and the sister has the key."
    address = reverse("marm:settle_dispute", args=[dispute.id])
    stale = dee.post(address, {"opened_rung": 1, "words": typed})
    assert stale.status_code == 409
    page = stale.content.decode()
    assert typed in page
    assert "Somebody took this to another step" in page
    settle_dispute(
        actor=who("Asha Patel"), at=now, case_dispute_id=dispute.id, opened_rung=2, came=CameOf.SETTLED,
        words="Thursday",
    )  # fmt: skip
    over = dee.post(address, {"opened_rung": 2, "came": "settled", "words": typed})
    assert over.status_code == 409
    assert typed in over.content.decode()
    assert "already been settled or decided" in over.content.decode()


@pytest.mark.django_db
def test_a_late_step_is_on_the_day_of_who_raised_it_who_leads_and_the_co_ordinator_and_told_once(
    who: AnActor,
    riverside_now: Universe,
    dispute: CaseDispute,
    on_the_day: Waiting,
    settings: Settings,
    now: datetime,
) -> None:
    see_all()
    rung = DisputeRung.objects.get(dispute=dispute)
    last, night = last_day(rung.due_at), system_actor("tests")
    concerned = ("Dee Marsh", "Asha Patel", "Mair Pugh")
    assert [on_the_day(name, last) for name in concerned] == [[], [], []]
    assert [on_the_day(name, last + timedelta(days=1)) for name in concerned] == [[dispute.id]] * 3
    with pytest.raises(NotAllowedError):
        tell_of_late_rungs(actor=who("Mair Pugh"), at=rung.due_at)
    with pytest.raises(NothingLateError):
        tell_of_late_rungs(actor=night, at=rung.due_at - timedelta(minutes=1))
    settings.MAIL = settings.MAIL or object()
    Notice.objects.all().delete()
    assert tell_of_late_rungs(actor=night, at=rung.due_at) == 2  # and that of the demonstration
    told = set(Notice.objects.values_list("user__name", flat=True))
    assert told == {*concerned, "Joan Adeyemi", "Elin Rees"}
    with pytest.raises(NothingLateError):
        tell_of_late_rungs(actor=night, at=rung.due_at + timedelta(days=1))
    job = SCHEDULE["late-disputes"]
    assert "nobody to tell" in job.job(at=rung.due_at).words


@pytest.mark.django_db
def test_the_agency_with_which_another_differs_finds_it_on_its_day_at_once(
    who: AnActor, dispute: CaseDispute, now: datetime
) -> None:
    def waiting(name: str) -> list[tuple[UUID, bool]]:
        found = waiting_in_cases(actor=who(name), day=timezone.localdate(now)).disputes
        return [(each.dispute_id, each.late) for each in found if each.known_as == "Bee"]

    assert waiting("Wes Tanner") == [(dispute.id, False)]
    assert waiting("Dee Marsh") == []  # who raised it is told once it is late
    assert waiting("Mair Pugh") == [(dispute.id, False)]  # who co-ordinates is told of it when it is raised
    settle_dispute(
        actor=who("Wes Tanner"), at=now, case_dispute_id=dispute.id, opened_rung=1, came=CameOf.SETTLED,
        words="Friday",
    )  # fmt: skip
    assert waiting("Wes Tanner") == [], "who settled it knows"
    others = waiting_in_cases(actor=who("Mair Pugh"), day=timezone.localdate(now)).disputes
    assert [each.over_at for each in others if each.dispute_id == dispute.id] == [now]
    later = waiting_in_cases(
        actor=who("Mair Pugh"), day=timezone.localdate(now) + timedelta(days=15)
    ).disputes
    assert dispute.id not in {each.dispute_id for each in later}


@pytest.mark.django_db
def test_a_late_action_leads_to_the_form_filled_with_it(
    who: AnActor, riverside_now: Universe, joined: Case, council_id: UUID, now: datetime
) -> None:
    action = written(who, riverside_now, joined, now)
    dee = browser_of(riverside_now.members["Dee Marsh"].user)
    address = reverse("marm:raise_dispute", args=[joined.id]) + f"?action={action.id}"
    page = dee.get(address).content.decode()
    assert action.words in page
    assert f'value="{council_id}" selected' in page
    kept = dee.post(
        address,
        {
            "against": str(council_id), "about": "action", "words": WHOLE.words, "who": WHOLE.who,
            "meanwhile": WHOLE.meanwhile,
        },
    )  # fmt: skip
    assert kept.status_code == 302
    (made,) = disputes_page(actor=who("Dee Marsh"), case_id=joined.id).disputes
    assert made.action_id == action.id
    with pytest.raises(AlreadyDoneError):  # of one action one at a time, whatever the words
        raise_dispute(
            actor=who("Dee Marsh"), at=now, case_id=joined.id, against_id=council_id, action_id=action.id,
            differs=replace(WHOLE, words="Once more"),
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update marm_casedispute set words = 'All is well'",
        "delete from marm_casedispute",
        "update marm_disputerung set who = 'Nobody'",
        "update marm_disputerung set came_words = 'Never' where came_at is not null",
        "update marm_disputerung set came = 'settled'",
        "delete from marm_disputerung",
    ],
)
def test_raw_sql_changes_nothing_of_what_agencies_differed_about(
    statement: str, who: AnActor, dispute: CaseDispute, now: datetime
) -> None:
    up(who("Asha Patel"), now, dispute, 1)
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_an_agency_that_takes_no_part_sees_no_row_of_it(who: AnActor, dispute: CaseDispute) -> None:
    for name, count in (("Dee Marsh", 1), ("Tom Reilly", 0)):
        tell_database(who(name))
        seen = CaseDispute.objects.filter(id=dispute.id), DisputeRung.objects.filter(dispute=dispute)
        assert [each.count() for each in seen] == [count, count]
