"""Death or serious harm: others first; records are held, and somebody says whether a review is asked for."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.marm.test_ending import WHOLE
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.asking import ask_for_case
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.ending import end_case
from alongside.casework.marm.commands.harm import NotedAlreadyError, SentToReview, answer_harm, note_harm
from alongside.casework.marm.models import Case, HarmNoted, Onward
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.harm import harm_page
from alongside.casework.marm.queries.today import Waits, waiting_in_cases
from alongside.casework.marm.rules.harm import Happened, Harm, InDanger, wrong_with_harm
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Person
from alongside.casework.rights.models import LegalHold
from alongside.casework.rights.queries.keeping import records_held
from alongside.casework.rights.queries.wishes import open_holds
from alongside.casework.rights.rules.retention import HoldReason

FORUM = "safeguarding_review"


def happened(at: datetime, **other: Any) -> Happened:
    """What is written down, whole."""
    day = timezone.localdate(at)
    given: dict[str, Any] = {
        "others": InDanger.NO, "others_words": "", "harm": Harm.SERIOUS, "words": "She fell and lay a night.",
        "happened_on": day - timedelta(days=1), "learned_on": day, "learned_from": "The ward",
    }  # fmt: skip
    return Happened(**given | other)


@pytest.fixture
def noted(who: AnActor, joined: Case, now: datetime) -> HarmNoted:
    return note_harm(actor=who("Dee Marsh"), at=now, case_id=joined.id, happened=happened(now))


def waits(who: AnActor, name: str, case: Case, at: datetime) -> list[Waits]:
    waiting = waiting_in_cases(actor=who(name), day=timezone.localdate(at)).cases
    return [each.waits for each in waiting if each.case_id == case.id]


def test_danger_to_others_what_happened_and_who_told_are_owed_and_no_day_is_still_to_come(
    now: datetime,
) -> None:
    day = timezone.localdate(now)
    whole = happened(now)
    assert wrong_with_harm(whole, day=day) == {}
    assert wrong_with_harm(replace(whole, happened_on=None), day=day) == {}
    for wrong in (
        {"others": InDanger.YES}, {"words": " "}, {"learned_from": ""},
        {"learned_on": day + timedelta(days=1)}, {"happened_on": day + timedelta(days=1)},
    ):  # fmt: skip
        owed = "others_words" if "others" in wrong else next(iter(wrong))
        assert set(wrong_with_harm(replace(whole, **wrong), day=day)) == {owed}  # type: ignore[arg-type]
    assert wrong_with_harm(replace(whole, others=InDanger.YES, others_words="Her cat"), day=day) == {}


@pytest.mark.django_db
def test_the_records_are_held_once_whoever_notes_it(
    who: AnActor, joined: Case, noted: HarmNoted, now: datetime
) -> None:
    see_all()
    (hold,) = LegalHold.objects.filter(person_id=joined.person_id)
    assert (hold.reason, hold.lifted_at, hold.placed_by) == (HoldReason.REVIEW, None, "Dee Marsh")
    assert [each.id for each in open_holds(records_held(joined.person_id))] == [hold.id]
    codes = set(AuditEvent.objects.order_by("-sequence").values_list("code", flat=True)[:3])
    assert {"marm.harm_noted", "rights.hold_placed"} <= codes
    died = happened(now, harm=Harm.DIED)
    note_harm(actor=who("Asha Patel"), at=now, case_id=joined.id, happened=died)
    see_all()
    assert LegalHold.objects.filter(person_id=joined.person_id).count() == 1
    with pytest.raises(AlreadyDoneError):
        note_harm(actor=who("Mair Pugh"), at=now, case_id=joined.id, happened=died)


@pytest.mark.django_db
def test_a_person_dies_once_whatever_day_and_in_whichever_case_an_agency_learns_of_it(
    who: AnActor, joined: Case, now: datetime
) -> None:
    day, died = timezone.localdate(now), happened(now, harm=Harm.DIED)
    earlier = replace(died, happened_on=None, learned_on=day - timedelta(days=3))
    first = note_harm(actor=who("Dee Marsh"), at=now, case_id=joined.id, happened=earlier)
    end_case(actor=who("Asha Patel"), at=now, case_id=joined.id, closing=WHOLE)
    another = ask_for_case(actor=who("Asha Patel"), at=now, person_id=joined.person_id, asked=asked())
    for case in (joined, another):
        with pytest.raises(NotedAlreadyError, match="already written down that the person died") as again:
            note_harm(actor=who("Asha Patel"), at=now, case_id=case.id, happened=died)
        assert again.value.noted == first.id
    note_harm(actor=who("Asha Patel"), at=now, case_id=another.id, happened=happened(now))  # no death
    see_all()
    assert HarmNoted.objects.filter(harm=Harm.DIED).count() == 1


@pytest.mark.django_db
def test_who_takes_no_part_or_says_too_little_notes_nothing_and_nothing_is_held(
    who: AnActor, joined: Case, now: datetime
) -> None:
    given: dict[str, Any] = {"at": now, "case_id": joined.id}
    with pytest.raises(NotFoundError):
        note_harm(actor=who("Tom Reilly"), happened=happened(now), **given)
    with pytest.raises(NotAllowedError):
        note_harm(actor=who("Lena Novak"), happened=happened(now), **given)
    with pytest.raises(UnsaidError):
        note_harm(actor=who("Dee Marsh"), happened=happened(now, others=InDanger.YES), **given)
    see_all()
    assert not HarmNoted.objects.filter(case=joined).exists()
    assert not LegalHold.objects.filter(person_id=joined.person_id).exists()


@pytest.mark.django_db
def test_it_waits_for_who_leads_and_co_ordinates_until_somebody_says_whether_a_review_is_asked_for(
    who: AnActor, joined: Case, noted: HarmNoted, now: datetime
) -> None:
    asha, day = who("Asha Patel"), timezone.localdate(now)
    assert waits(who, "Asha Patel", joined, now) == [Waits.HARM]
    assert waits(who, "Mair Pugh", joined, now) == [Waits.HARM]
    assert waits(who, "Dee Marsh", joined, now) == [Waits.HARM]  # who noted it
    assert waits(who, "Wes Tanner", joined, now) == []
    page = harm_page(actor=asha, harm_id=noted.id)
    assert [each.code for each in page.forums] == [FORUM]
    sent = SentToReview(FORUM, "The board's manager", day, "SAR-7")
    given: dict[str, Any] = {"at": now, "harm_id": noted.id, "why": "Three of us knew a part."}
    with pytest.raises(NotAllowedError):
        answer_harm(actor=who("Wes Tanner"), sent=sent, **given)
    for wrong, error in (
        ({"why": " "}, UnsaidError),
        ({"sent": replace(sent, sent_to=" ")}, UnsaidError),
        ({"sent": replace(sent, sent_on=day + timedelta(days=1))}, UnsaidError),
        ({"sent": replace(sent, forum="marac")}, NotFoundError),
    ):
        with pytest.raises(error):
            answer_harm(**{"actor": asha, "sent": sent} | given | wrong)
    answer_harm(actor=asha, sent=sent, **given)
    with pytest.raises(AlreadyDoneError):
        answer_harm(actor=who("Dee Marsh"), sent=None, **given)
    see_all()
    onward = Onward.objects.get(case=joined, forum=FORUM)
    assert (onward.sent_to, onward.reference, onward.came) == ("The board's manager", "SAR-7", "")
    assert Waits.HARM not in waits(who, "Asha Patel", joined, now)
    assert [each.review_id for each in case_page(actor=asha, case_id=joined.id).holding.harm] == [onward.id]


@pytest.mark.django_db
def test_whoever_noted_it_may_say_that_none_is_asked_for_and_why(
    who: AnActor, joined: Case, noted: HarmNoted, now: datetime
) -> None:
    answer_harm(
        actor=who("Dee Marsh"), at=now, harm_id=noted.id, sent=None, why="A fall on ice; she says so too."
    )
    see_all()
    assert not Onward.objects.filter(case=joined, forum=FORUM).exists()


@pytest.mark.django_db
def test_its_pages_ask_others_first_and_lose_nothing_typed(
    who: AnActor, riverside_now: Universe, joined: Case, now: datetime
) -> None:
    dee = browser_of(riverside_now.members["Dee Marsh"].user)
    address, day = reverse("marm:note_harm", args=[joined.id]), timezone.localdate(now)
    page = dee.get(address).content.decode()
    assert page.index("Is anybody else in danger?") < page.index("What happened?")
    given = {
        "others": "no", "harm": "died", "words": "In her sleep.", "learned_from": "Her sister",
        "learned_on-day": day.day, "learned_on-month": day.month, "learned_on-year": day.year,
    }  # fmt: skip
    kept = dee.post(address, given)
    assert kept.status_code == 302
    twice = dee.post(address, given | {"words": "In her sleep, at night."})
    assert twice.status_code == 409
    assert "In her sleep, at night." in twice.content.decode()
    assert f'href="{kept["Location"]}"' in twice.text
    review = kept["Location"] + "review/"
    wrong = dee.post(review, {"asks": FORUM, "why": "We all knew a part."})
    assert wrong.status_code == 422
    assert "Say who it was sent to" in wrong.content.decode()
    assert dee.post(review, {"asks": "none", "why": "It was her heart."}).status_code == 302
    assert dee.post(review, {"asks": "none", "why": "Once more."}).status_code == 409


@pytest.mark.django_db
def test_a_death_leads_to_the_record_that_has_no_date_of_it(
    who: AnActor, riverside_now: Universe, joined: Case, noted: HarmNoted, now: datetime
) -> None:
    died = note_harm(
        actor=who("Dee Marsh"), at=now, case_id=joined.id, happened=happened(now, harm=Harm.DIED)
    )
    asha, mair = (browser_of(riverside_now.members[name].user) for name in ("Asha Patel", "Mair Pugh"))
    change, page = reverse("people:change", args=[joined.person_id]), reverse("marm:harm", args=[died.id])
    assert change in asha.get(page).text
    assert change not in mair.get(page).text, "a co-ordinator writes nothing in anybody's record"
    assert change not in asha.get(reverse("marm:harm", args=[noted.id])).text
    see_all()
    Person.objects.filter(id=joined.person_id).update(died_on=timezone.localdate(now))
    assert change not in asha.get(page).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update marm_harmnoted set words = 'Nothing'",
        "update marm_harmnoted set review_why = 'Never' where answered_at is not null",
        "delete from marm_harmnoted",
    ],
)
def test_raw_sql_changes_nothing_of_what_was_noted(
    statement: str, who: AnActor, noted: HarmNoted, now: datetime
) -> None:
    answer_harm(actor=who("Dee Marsh"), at=now, harm_id=noted.id, sent=None, why="Her heart")
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
