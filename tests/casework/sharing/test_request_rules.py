"""The letter word for word, which power is open between whom, and what the clock says. No database."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from alongside.casework.directory.days import working_days_after
from alongside.casework.sharing.rules.basis import PUBLIC_AUTHORITIES, DataClass
from alongside.casework.sharing.rules.letters import letter
from alongside.casework.sharing.rules.requests import (
    CLOCK,
    POWERS,
    Asked,
    Item,
    Power,
    Refusal,
    Step,
    Tally,
    Urgency,
    Wish,
    due_by_default,
    lacks,
    outside_section_7,
    silent_for,
    step_reached,
)

WISH = Wish(
    what_for="Assessing what care she may need.",
    power=Power.CARE_ACT_9,
    power_words="",
    kinds=frozenset({DataClass.ORDINARY}),
    items=(Item("The days of your visits.", "To know whether she opens.", "Since June 2026"),),
    person_knows=True,
    why_not_told="",
    urgency=Urgency.ORDINARY,
    due=None,
    how_to_answer="Telephone Asha Patel.",
)
FROM_COUNCIL = Asked(
    asker="Riverside Council",
    asker_kind="council",
    asked="Riverside Homes",
    asked_kind="housing",
    signed_by="Asha Patel",
    who="Beatrice Ó Murchú (known as Bee), born 4 March 1951",
    asked_on=date(2026, 11, 2),
    wish=WISH,
    agreements=("ISA-RIV-007",),
)
FROM_HOMES = replace(
    FROM_COUNCIL,
    asker="Riverside Homes",
    asker_kind="housing",
    asked="Riverside Council",
    asked_kind="council",
    wish=replace(WISH, power=None, what_for="Her rent is late."),
)
STATED = "for the purposes of carrying out processing described in Article 6(1)(e)"
"""What Annex 1, paragraph 1 of the UK GDPR has a request state."""
KINDS = (
    "council",
    "nhs",
    "police",
    "fire",
    "probation",
    "school",
    "housing",
    "charity",
    "peer_support",
    "other",
)


def wishing(it: Asked = FROM_COUNCIL, **other: Any) -> Asked:
    return replace(it, wish=replace(it.wish, **other))


# The letter


def test_the_letter_says_who_asks_whom_about_whom_for_what_and_until_when() -> None:
    words = letter(FROM_COUNCIL)
    for said in (
        "From Riverside Council to Riverside Homes, on 2 November 2026.",
        "Beatrice Ó Murchú (known as Bee), born 4 March 1951",
        "1. What: The days of your visits.\nWhy it is needed: To know whether she opens.",
        "To know whether she opens.\nPeriod: Since June 2026",
        "The person knows of this request.",
        "Please answer by 16 November 2026.",
        "How to answer us safely: Telephone Asha Patel.",
        "The agreement that covers this: ISA-RIV-007.",
        "If you will not share, tell us why in writing.",
        "Asha Patel, Riverside Council",
    ):
        assert said in words


@pytest.mark.proves("MARM-38")
@pytest.mark.parametrize("power", [each for each in Power if each is not Power.OTHER])
def test_the_letter_of_a_public_authority_states_task_power_and_what_that_means(power: Power) -> None:
    words = letter(wishing(power=power))
    assert (
        "We are a public authority. The task for which we need it: Assessing what care she may need." in words
    )
    assert f"The power under which we do this and ask you: {POWERS[power].title}." in words
    assert str(POWERS[power].means) in words


def test_another_power_is_stated_in_the_askers_words() -> None:
    words = letter(wishing(power=Power.OTHER, power_words="Children Act 1989, section 47"))
    assert "The power under which we do this and ask you: Children Act 1989, section 47." in words


@pytest.mark.proves("MARM-38")
@pytest.mark.parametrize("asker", KINDS)
@pytest.mark.parametrize("asked", KINDS)
def test_what_the_2025_act_wants_stated_stands_in_letters_of_public_authorities_to_others_alone(
    asker: str, asked: str
) -> None:
    base = FROM_COUNCIL if asker in PUBLIC_AUTHORITIES else FROM_HOMES
    words = letter(replace(base, asker_kind=asker, asked_kind=asked))
    applies = asker in PUBLIC_AUTHORITIES and asked not in PUBLIC_AUTHORITIES
    assert (STATED in words) is applies
    assert ("Article 6(1)(ea) and Annex 1, paragraph 1" in words) is applies


def test_whoever_is_no_public_authority_says_why_and_claims_no_task() -> None:
    words = letter(FROM_HOMES)
    assert "We are not a public authority and do not claim a public task" in words
    assert "section 70(2)(a)). We ask because: Her rent is late." in words
    assert "The power under which" not in words
    assert STATED not in words


def test_that_the_person_was_not_told_is_said_with_the_reason_and_that_no_agreement_covers_it() -> None:
    words = letter(replace(wishing(person_knows=False, why_not_told="He reads her post."), agreements=()))
    assert "The person does not know of this request. Why: He reads her post." in words
    assert "No agreement about sharing between us covers this today." in words


def test_the_letter_is_in_english_whatever_its_asker_reads() -> None:
    plain = letter(FROM_COUNCIL)
    with translation.override("cy"):
        assert letter(FROM_COUNCIL) == plain


# What keeps a request from being one


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"what_for": " "}, "what_for"),
        ({"power": None}, "power"),
        ({"power": Power.OTHER}, "power_words"),
        ({"kinds": frozenset()}, "kinds"),
        ({"items": ()}, "items"),
        ({"items": (Item("Visits", " ", "2026"),)}, "items"),
        ({"person_knows": False}, "why_not_told"),
        ({"due": date(2026, 11, 2)}, "due"),
        ({"due": date(2026, 11, 1)}, "due"),
        ({"how_to_answer": ""}, "how_to_answer"),
    ],
)
def test_what_a_request_lacks_is_said_by_the_field(other: dict[str, Any], field: str) -> None:
    assert set(lacks(wishing(**other))) == {field}


def test_a_whole_request_lacks_nothing() -> None:
    assert lacks(FROM_COUNCIL) == {}
    assert lacks(FROM_HOMES) == {}
    assert lacks(wishing(due=date(2026, 11, 3))) == {}


@pytest.mark.parametrize("power", Power)
@pytest.mark.parametrize("kind", sorted(set(KINDS) - PUBLIC_AUTHORITIES))
def test_whoever_is_no_public_authority_cannot_ask_by_any_power(kind: str, power: Power) -> None:
    it = wishing(replace(FROM_HOMES, asker_kind=kind), power=power, power_words="An Act")
    assert "you cannot claim a public task" in lacks(it)["power"]


@pytest.mark.parametrize(
    ("power", "asker", "asked", "open_"),
    [
        (Power.CARE_ACT_7, "council", "nhs", True),
        (Power.CARE_ACT_7, "council", "police", True),
        (Power.CARE_ACT_7, "council", "council", True),
        (Power.CARE_ACT_7, "nhs", "council", True),
        (Power.CARE_ACT_7, "nhs", "police", False),
        (Power.CARE_ACT_7, "council", "housing", False),
        (Power.CARE_ACT_7, "council", "charity", False),
        (Power.CARE_ACT_7, "fire", "council", False),
        (Power.CARE_ACT_9, "council", "housing", True),
        (Power.CARE_ACT_9, "nhs", "council", False),
        (Power.CRIME_115, "police", "housing", True),
        (Power.CRIME_115, "school", "police", False),
        (Power.CARE_ACT_6, "nhs", "council", True),
        (Power.CARE_ACT_6, "council", "charity", True),
        (Power.CARE_ACT_6, "nhs", "police", False),
        (Power.CARE_ACT_6, "school", "council", False),
        (Power.CARE_ACT_42, "council", "charity", True),
    ],
)
def test_which_power_is_open_depends_on_who_asks_whom(
    power: Power, asker: str, asked: str, open_: bool
) -> None:
    wrong = lacks(replace(wishing(power=power), asker_kind=asker, asked_kind=asked))
    assert (wrong == {}) is open_


def test_the_homelessness_duty_works_by_consent_alone() -> None:
    told = wishing(power=Power.HOUSING_213B)
    assert lacks(told) == {}
    assert "consent" in lacks(wishing(told, person_knows=False, why_not_told="Not seen yet."))["power"]


# Days


@pytest.mark.parametrize(
    ("asked_on", "urgency", "due"),
    [
        (date(2026, 11, 2), Urgency.ORDINARY, date(2026, 11, 16)),
        (date(2026, 11, 6), Urgency.URGENT, date(2026, 11, 9)),
        (date(2026, 12, 24), Urgency.URGENT, date(2026, 12, 29)),
    ],
)
def test_an_answer_is_asked_for_in_working_days(asked_on: date, urgency: Urgency, due: date) -> None:
    assert due_by_default(asked_on, urgency) == due


DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2032, 1, 1))


@given(DAYS, st.integers(min_value=0, max_value=30))
def test_so_many_working_days_later_is_never_sooner_and_one_more_is_later(day: date, number: int) -> None:
    assert working_days_after(day, number) >= day + timedelta(days=number)
    assert working_days_after(day, number + 1) > working_days_after(day, number)
    assert working_days_after(day, number + 1).weekday() < 5


@given(DAYS, st.integers(min_value=-5, max_value=40))
def test_night_by_night_each_step_of_the_clock_is_taken_once_and_in_order(due: date, first: int) -> None:
    taken: list[Step] = []
    for night in range(first, first + 30):
        if step := step_reached(due, due + timedelta(days=night), taken=taken):
            taken.append(step)
    order = [step for step, _ in CLOCK]
    assert taken == [step for step in order if step in taken]
    assert taken[-1:] == order[-1:] or first + 29 < 7


def test_on_the_day_the_asker_is_told_after_three_working_days_the_managers_after_seven_those_of_both() -> (
    None
):
    due = date(2026, 11, 5)
    assert step_reached(due, date(2026, 11, 4), taken=[]) is None
    assert step_reached(due, due, taken=[]) is Step.DUE
    assert step_reached(due, date(2026, 11, 9), taken=[Step.DUE]) is None
    assert step_reached(due, date(2026, 11, 10), taken=[Step.DUE]) is Step.MANAGERS
    assert step_reached(due, date(2026, 11, 16), taken=[Step.DUE, Step.MANAGERS]) is Step.BOTH
    assert step_reached(due, date(2027, 11, 16), taken=[Step.DUE, Step.MANAGERS, Step.BOTH]) is None


def test_silence_is_counted_from_the_day_it_was_due() -> None:
    assert silent_for(date(2026, 11, 5), date(2026, 11, 4)).days == 0
    assert silent_for(date(2026, 11, 5), date(2026, 11, 8)).days == 3


# Refusals


@pytest.mark.parametrize("refusal", Refusal)
def test_section_7_knows_two_reasons_and_other_powers_know_of_none(refusal: Refusal) -> None:
    two = refusal in (Refusal.INCOMPATIBLE, Refusal.HARMFUL)
    assert outside_section_7(Power.CARE_ACT_7, refusal) is not two
    assert not outside_section_7(Power.CARE_ACT_6, refusal)
    assert not outside_section_7(Power.CARE_ACT_7, "")


def test_what_is_counted_adds_up() -> None:
    tally = Tally("Valley Police", asked=10, in_time=3, late=1, refused=2, silent=1)
    assert tally.waiting == 3
