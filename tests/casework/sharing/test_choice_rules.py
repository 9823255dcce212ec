"""What a person's choices mean for one piece of sharing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.casework.sharing.rules.choices import (
    Answer,
    Choice,
    State,
    Statement,
    Topic,
    data_of,
    why_no_choice,
    wish_about,
)

DAY = date(2026, 11, 2)


def said(answer: str = "agrees", topic: str = "health", **other: Any) -> Choice:
    given_: dict[str, Any] = {
        "recipient": "police", "said_on": date(2026, 10, 1), "purpose": "early_help",
        "expires_on": date(2027, 9, 30),
    } | other  # fmt: skip
    if answer == "refuses":
        given_ |= {"purpose": "", "expires_on": None}
    return Choice(answer=Answer(answer), topic=Topic(topic), **given_)


def state(*choices: Choice, topics: Any = ("health",), recipient: str = "police", day: date = DAY) -> State:
    return wish_about(
        choices, topics=[Topic(each) for each in topics], recipient=recipient, purpose="early_help", day=day
    ).state


@pytest.mark.proves("MARM-26")
def test_what_is_agreed_with_one_agency_about_one_topic_says_nothing_of_another() -> None:
    assert state(said()) is State.AGREES
    assert state(said(), recipient="landlord") is State.NOT_SAID
    assert state(said(), topics=["money"]) is State.NOT_SAID
    assert state(said(purpose="multi_agency")) is State.NOT_SAID
    assert state(said(), topics=["health", "money"]) is State.NOT_SAID


@pytest.mark.proves("MARM-29")
def test_an_objection_stands_in_the_way_whatever_it_was_narrower_or_wider_than() -> None:
    assert state(said("refuses")) is State.REFUSES
    assert state(said("refuses", recipient="")) is State.REFUSES
    assert state(said("refuses", topic="everything")) is State.REFUSES
    assert state(said("refuses"), topics=["everything"]) is State.REFUSES
    assert state(said("refuses"), said(topic="money"), topics=["health", "money"]) is State.REFUSES


def test_what_was_said_last_counts() -> None:
    later = {"said_on": date(2026, 10, 20)}
    assert state(said("refuses"), said(**later)) is State.AGREES
    assert state(said(), said("refuses", **later)) is State.REFUSES
    assert state(said(order=1), said("refuses", order=2)) is State.REFUSES
    assert state(said("refuses", order=1), said(order=2)) is State.AGREES


def test_an_agreement_ends_on_its_day_and_one_taken_back_is_a_no() -> None:
    until = said(expires_on=DAY)
    assert state(until) is State.AGREES
    assert state(until, day=DAY + timedelta(days=1)) is State.NOT_SAID
    assert (
        "expired"
        in wish_about(
            [until],
            topics=[Topic.HEALTH],
            recipient="police",
            purpose="early_help",
            day=DAY + timedelta(days=1),
        ).why
    )
    assert state(said(withdrawn_on=DAY)) is State.REFUSES
    about = {"topics": [Topic.HEALTH], "recipient": "police", "purpose": "early_help", "day": DAY}
    assert "took it back" in wish_about([said(withdrawn_on=DAY)], **about).why
    assert "took it back" not in wish_about([said("refuses")], **about).why
    assert state(said(withdrawn_on=DAY + timedelta(days=1))) is State.AGREES


def test_a_refusal_taken_back_is_as_if_nothing_had_been_said_and_what_was_said_before_counts_again() -> None:
    over = said("refuses", withdrawn_on=DAY, said_on=date(2026, 10, 20))
    assert state(over) is State.NOT_SAID
    assert state(said(), over) is State.AGREES


@pytest.mark.proves("MARM-29")
def test_an_agreement_that_expired_leaves_an_older_no_standing() -> None:
    expired = said(said_on=date(2026, 9, 1), expires_on=date(2026, 10, 1))
    old = {"said_on": date(2026, 8, 1)}
    assert state(said("refuses", **old), expired) is State.REFUSES
    assert state(said("refuses", withdrawn_on=DAY, **old), expired) is State.NOT_SAID
    assert state(said(withdrawn_on=date(2026, 8, 9), **old), expired) is State.REFUSES
    assert state(said(**old), expired) is State.NOT_SAID


@pytest.mark.proves("MARM-29")
def test_taking_something_back_is_said_on_the_day_of_it_not_when_the_agreement_was_given() -> None:
    between = said(said_on=date(2026, 10, 9))
    assert state(said(withdrawn_on=date(2026, 10, 20)), between) is State.REFUSES
    assert state(said(withdrawn_on=date(2026, 10, 5)), between) is State.AGREES
    same_day = said(withdrawn_on=date(2026, 10, 9), withdrawn_order=2)
    assert state(same_day, replace(between, order=1)) is State.REFUSES
    assert state(same_day, replace(between, order=3)) is State.AGREES


@given(
    st.lists(
        st.builds(
            said,
            st.sampled_from(["agrees", "refuses"]),
            st.sampled_from(list(Topic)),
            recipient=st.sampled_from(["", "police", "landlord"]),
            order=st.integers(0, 5),
        ),
        max_size=6,
    ),
    st.sets(st.sampled_from(list(Topic)), min_size=1),
)
def test_nobody_agrees_to_anything_without_having_said_yes_to_each_topic_of_it(
    choices: list[Choice], topics: set[Topic]
) -> None:
    wish = wish_about(choices, topics=topics, recipient="police", purpose="early_help", day=DAY)
    if wish.state is State.AGREES:
        for topic in topics:
            assert any(
                each.answer is Answer.AGREES and each.topic in (topic, Topic.EVERYTHING) for each in choices
            )


def test_nothing_shared_is_nothing_agreed() -> None:
    assert state(said(), topics=[]) is State.NOT_SAID


@pytest.mark.proves("MARM-28")
@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({}, set()),
        ({"said_on": DAY + timedelta(days=1), "expires_on": DAY + timedelta(days=30)}, {"said_on"}),
        ({"expires_on": None}, {"expires_on"}),
        ({"expires_on": date(2027, 11, 4)}, {"expires_on"}),
        ({"expires_on": DAY - timedelta(days=1), "said_on": date(2026, 10, 1)}, {"expires_on"}),
        ({"free": " "}, {"free"}),
        ({"capacity": "lacks"}, {"capacity"}),
        ({"capacity": "in_doubt"}, {"capacity"}),
        ({"topics": ()}, {"topics"}),
        ({"exactly": " "}, {"exactly"}),
        ({"recipients": frozenset()}, {"recipients"}),
        ({"answer": Answer.REFUSES, "recipients": frozenset()}, set()),
        ({"answer": Answer.REFUSES, "free": "", "capacity": "lacks", "expires_on": None}, set()),
    ],
)
def test_an_agreement_has_an_end_is_freely_given_and_by_somebody_who_can_decide_it_and_a_no_needs_none(
    other: dict[str, Any], wrong: set[str]
) -> None:
    said = Statement(
        answer=Answer.AGREES, topics=(Topic.HOME,), recipients=frozenset({UUID(int=1)}), exactly="The stairs",
        said_on=DAY, capacity="assumed", method="spoken", expires_on=DAY + timedelta(days=366), free="Yes",
    )  # fmt: skip
    assert set(why_no_choice(replace(said, **other), DAY)) == wrong


def test_health_is_special_data_offences_are_criminal_data_and_a_tenancy_is_neither() -> None:
    assert [data_of(each) for each in (Topic.HEALTH, Topic.OFFENCES, Topic.HOME)] == [
        "special",
        "criminal",
        "ordinary",
    ]


@pytest.mark.proves("MARM-29")
def test_an_objection_to_being_known_at_all_stands_in_the_way_of_whatever_is_told() -> None:
    assert state(said(), said("refuses", topic="known")) is State.REFUSES
    assert state(said(), said(topic="known", withdrawn_on=DAY)) is State.REFUSES
    assert state(said(), said("refuses", topic="known", recipient="landlord")) is State.AGREES
    assert state(said(), said(topic="known", expires_on=date(2026, 10, 2))) is State.AGREES
    assert state(topics=[]) is State.NOT_SAID
