"""What an offer, a reply and a refused assessment must say; and when refusals add up."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st
from tests.casework.offers.conftest import DAY, made, refused, told

from alongside.casework.offers.rules.adding_up import (
    Given,
    Ground,
    Limits,
    adds_up,
    months_before,
    standing,
)
from alongside.casework.offers.rules.assessment import Duty, Known, Refused, duty_of, wrong_with_refused
from alongside.casework.offers.rules.not_offered import NotOfferedWhy, wrong_with_not_offered
from alongside.casework.offers.rules.offering import (
    Answer,
    Kind,
    PutOff,
    Understood,
    wrong_with_offer,
    wrong_with_reply,
)

OFFERED = date(2026, 10, 1)


def wrong(answer: Answer, kind: Kind = Kind.CARE, **other: object) -> set[str]:
    return set(wrong_with_reply(told(answer, **other), kind=kind, offered_on=OFFERED, today=DAY))


def test_an_offer_says_how_it_was_explained_and_how_one_knows_that_it_was_understood() -> None:
    assert wrong_with_offer(made(), today=DAY) == {}
    assert set(wrong_with_offer(made(explained=frozenset()), today=DAY)) == {"explained"}
    assert set(wrong_with_offer(made(understood_how=" "), today=DAY)) == {"understood_how"}
    assert wrong_with_offer(made(understood=Understood.NOT_KNOWN, understood_how=""), today=DAY) == {}
    assert set(wrong_with_offer(made(offered_on=DAY + timedelta(1)), today=DAY)) == {"offered_on"}
    assert set(wrong_with_offer(made(what=" "), today=DAY)) == {"what"}


@pytest.mark.proves("MARM-07")
def test_a_refusal_is_kept_in_the_persons_words_or_says_why_there_are_none() -> None:
    assert wrong(Answer.DECLINED) == set()
    assert wrong(Answer.DECLINED, own_words=" ") == {"own_words"}
    assert wrong(Answer.DECLINED, own_words="", no_words_why="He turned away.") == set()


@pytest.mark.parametrize("answer", [Answer.DECLINED, Answer.NOT_ACCESSIBLE])
@pytest.mark.parametrize("missing", ["next_step", "next_by", "next_on"])
def test_who_is_left_without_help_is_told_who_comes_back_and_when(answer: Answer, missing: str) -> None:
    assert wrong(answer, **{missing: None if missing == "next_on" else ""}) == {missing}
    assert wrong(Answer.ACCEPTED) == wrong(Answer.NOT_YET) == wrong(Answer.NOT_REACHED) == set()


def test_nobody_comes_back_before_the_answer_nor_answers_before_the_offer() -> None:
    assert wrong(Answer.DECLINED, next_on=date(2026, 10, 1)) == {"next_on"}
    assert wrong(Answer.ACCEPTED, on=OFFERED - timedelta(1)) == {"on"}
    assert wrong(Answer.ACCEPTED, on=DAY + timedelta(1)) == {"on"}


def test_what_else_and_why_not_accessible_are_said_in_words() -> None:
    assert wrong(Answer.DECLINED, put_off=frozenset({PutOff.OTHER})) == {"put_off_words"}
    assert wrong(Answer.NOT_ACCESSIBLE, not_accessible_why="") == {"not_accessible_why"}


def test_a_declined_needs_assessment_never_stands_alone() -> None:
    asked = {"lacks_capacity", "at_risk", "decided_by", "decided_on", "revisit_on"}
    assert wrong(Answer.DECLINED, Kind.NEEDS_ASSESSMENT) == asked
    assert wrong(Answer.DECLINED, Kind.NEEDS_ASSESSMENT, refused=refused()) == set()
    assert wrong(Answer.ACCEPTED, Kind.NEEDS_ASSESSMENT) == set()
    assert wrong(Answer.DECLINED, Kind.CARERS_ASSESSMENT) == set()  # section 11(5) has no such exception
    late = refused(revisit_on=date(2026, 10, 2))
    assert set(wrong_with_refused(late, today=DAY)) == {"revisit_on"}
    assert set(wrong_with_refused(refused(decided_on=DAY + timedelta(1)), today=DAY)) == {"decided_on"}


@pytest.mark.parametrize(
    ("lacks_capacity", "at_risk", "duty"),
    [
        (Known.YES, Known.NO, Duty.STANDS),
        (Known.NO, Known.YES, Duty.STANDS),
        (Known.NOT_KNOWN, Known.YES, Duty.STANDS),
        (Known.NO, Known.NOT_KNOWN, Duty.NOT_SETTLED),
        (Known.NOT_KNOWN, Known.NO, Duty.NOT_SETTLED),
        (Known.NO, Known.NO, Duty.RESTS),
    ],
)
def test_one_yes_and_the_duty_to_assess_stands_and_what_is_not_known_lifts_nothing(
    lacks_capacity: Known, at_risk: Known, duty: Duty
) -> None:
    assert duty_of(lacks_capacity, at_risk) is duty


def test_what_is_written_under_a_question_that_is_not_asked_is_not_kept() -> None:
    accepted = told(
        Answer.ACCEPTED, put_off=frozenset({PutOff.COST}), not_accessible_why="x", refused=refused()
    )
    kept = accepted.without_what_is_not_asked(Kind.NEEDS_ASSESSMENT)
    assert (kept.put_off, kept.not_accessible_why, kept.refused) == (frozenset(), "", Refused())
    declined = told(refused=refused()).without_what_is_not_asked(Kind.NEEDS_ASSESSMENT)
    assert declined.refused == refused()


def test_what_somebody_thought_says_who_thought_it() -> None:
    def missing(why: NotOfferedWhy, **other: str) -> set[str]:
        given = {"what": "Detox", "words": "No beds.", "thought_by": ""} | other
        return set(wrong_with_not_offered(why=why, decided_on=DAY, today=DAY, **given))

    assert missing(NotOfferedWhy.WAITING_LIST) == set()
    assert missing(NotOfferedWhy.WOULD_DECLINE) == missing(NotOfferedWhy.UNSUITABLE) == {"thought_by"}
    assert missing(NotOfferedWhy.UNSUITABLE, thought_by="The ward") == set()
    assert missing(NotOfferedWhy.OTHER, words=" ", what="") == {"words", "what"}
    tomorrow = DAY + timedelta(1)
    late = wrong_with_not_offered(
        what="x", why=NotOfferedWhy.OTHER, words="x", thought_by="", decided_on=tomorrow, today=DAY
    )
    assert set(late) == {"decided_on"}


# refusals that add up


def given(number: int, agency: str, answer: Answer = Answer.DECLINED, **other: object) -> Given:
    known: dict[str, object] = {
        "offer_id": UUID(int=number), "kind": Kind.CARE, "what": "Care", "urgent": False, "agency": agency,
        "answer": answer, "on": date(2026, 9, 1),
    }  # fmt: skip
    return Given(**known | other)  # type: ignore[arg-type]


def grounds(*all_of: Given, limits: Limits = Limits()) -> tuple[Ground, ...]:  # noqa: B008 - frozen
    found = adds_up(all_of, day=DAY, limits=limits)
    return found.grounds if found else ()


@pytest.mark.proves("MARM-07")
def test_two_refusals_of_essential_help_from_two_agencies_add_up() -> None:
    one, two = given(1, "Council"), given(2, "Homes", on=date(2026, 10, 1))
    assert grounds(one) == ()
    assert grounds(one, given(2, "Council")) == ()
    assert grounds(one, two) == (Ground.SEVERAL,)
    assert grounds(one, given(2, "Homes", kind=Kind.COMPANY)) == ()
    found = adds_up([one, two], day=DAY, limits=Limits())
    assert found is not None
    assert found.evidence == (two, one)
    assert found.agencies == ("Council", "Homes")


def test_one_refusal_of_urgent_help_or_one_under_control_is_enough() -> None:
    assert grounds(given(1, "Ambulance", urgent=True)) == (Ground.URGENT,)
    assert grounds(given(1, "Council", put_off=frozenset({PutOff.CONTROLLED}))) == (Ground.CONTROLLED,)
    assert grounds(given(1, "Club", kind=Kind.COMPANY, put_off=frozenset({PutOff.COST}))) == ()


def test_what_is_not_accessible_is_no_refusal_of_theirs() -> None:
    assert grounds(given(1, "Council"), given(2, "Homes", Answer.NOT_ACCESSIBLE)) == ()


def test_old_refusals_fade_and_an_area_sets_its_own_limits() -> None:
    one, two = given(1, "Council"), given(2, "Homes", on=date(2025, 11, 2))
    assert grounds(one, two) == ()
    assert grounds(one, given(2, "Homes", on=date(2025, 11, 3))) == (Ground.SEVERAL,)
    assert grounds(one, two, limits=Limits(months=24)) == (Ground.SEVERAL,)
    assert grounds(one, limits=Limits(declines=1, agencies=1)) == (Ground.SEVERAL,)
    assert grounds(one, given(2, "Homes"), limits=Limits(declines=3)) == ()


def test_whoever_changed_their_mind_no_longer_declines_and_silence_changes_no_mind() -> None:
    no, yes = given(1, "Council"), given(1, "Council", Answer.ACCEPTED)
    silent = given(1, "Council", Answer.NOT_REACHED)
    other = given(2, "Homes")
    assert grounds(no, yes, other) == ()
    assert grounds(no, silent, other) == (Ground.SEVERAL,)
    assert standing([silent]) is silent
    assert standing([yes, no, silent]) is no


@hypothesis_given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_months_before_is_a_day_of_that_month(day: date, months: int) -> None:
    before = months_before(day, months)
    assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == months
    assert before.day <= day.day
