"""The clock, the moves of a request, the grounds, and what is marked: decided without looking anything up."""

from datetime import date
from uuid import UUID

import pytest

from alongside.casework.rights.rules.clock import (
    Asked,
    Pause,
    clock,
    may_extend,
    months_after,
    working_day,
)
from alongside.casework.rights.rules.marking import Kind, Watched, marks
from alongside.casework.rights.rules.states import (
    MOVES,
    PUT_TOGETHER,
    UNDER_WAY,
    State,
    fits,
    may_be_released_by,
    may_move,
    new_reference,
)
from alongside.casework.rights.rules.tables import TABLES
from alongside.casework.rights.rules.withholding import (
    GROUNDS,
    HINTS,
    Ground,
    Reasoned,
    lacks,
    marked,
    pieces,
    stands_in,
)

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 2), 1, date(2026, 12, 2)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
    ],
)
def test_a_month_is_the_same_day_of_the_next_or_its_last(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    ("day", "then"),
    [
        (date(2026, 12, 2), date(2026, 12, 2)),
        (date(2026, 12, 5), date(2026, 12, 7)),
        (date(2026, 12, 25), date(2026, 12, 29)),  # a Friday; the Monday is given for Boxing Day
        (date(2027, 3, 26), date(2027, 3, 30)),  # Good Friday, to the Tuesday after Easter
    ],
)
def test_what_falls_on_no_working_day_is_due_on_the_next(day: date, then: date) -> None:
    assert working_day(day) == then


def test_the_month_counts_from_the_day_it_came() -> None:
    time = clock(Asked(received_on=MONDAY, identity_known_on=date(2026, 11, 20)), today=MONDAY)
    assert (time.begins, time.due, time.days_left) == (MONDAY, date(2026, 12, 2), 30)


def test_where_more_was_needed_to_know_who_asks_it_counts_from_when_that_came() -> None:
    asked = Asked(received_on=MONDAY, identity_asked_on=date(2026, 11, 3))
    assert clock(asked, today=MONDAY).due is None
    known = Asked(
        received_on=MONDAY, identity_asked_on=date(2026, 11, 3), identity_known_on=date(2026, 11, 12)
    )
    assert clock(known, today=MONDAY).due == date(2026, 12, 14)  # the 12th is a Saturday


def test_while_the_person_was_asked_what_they_mean_it_stands_still_and_those_days_are_added() -> None:
    open_ = Asked(received_on=MONDAY, pauses=[Pause(date(2026, 11, 5))])
    still = clock(open_, today=MONDAY)
    assert (still.due, still.stands_still_since) == (None, date(2026, 11, 5))
    answered = Asked(received_on=MONDAY, pauses=[Pause(date(2026, 11, 5), date(2026, 11, 12))])
    assert clock(answered, today=MONDAY).due == date(2026, 12, 9)


def test_days_in_two_pauses_count_once_and_those_before_it_began_not_at_all() -> None:
    twice = Asked(
        received_on=MONDAY,
        pauses=[
            Pause(date(2026, 11, 5), date(2026, 11, 12)),
            Pause(date(2026, 11, 10), date(2026, 11, 13)),
            Pause(date(2026, 10, 1), date(2026, 10, 20)),
        ],
    )
    assert clock(twice, today=MONDAY).due == date(2026, 12, 10)


def test_it_is_late_the_day_after() -> None:
    asked = Asked(received_on=MONDAY)
    assert not clock(asked, today=date(2026, 12, 2)).is_late
    late = clock(asked, today=date(2026, 12, 3))
    assert (late.is_late, late.days_left) == (True, -1)


def test_two_months_more_are_told_within_the_first_month_and_once() -> None:
    asked = Asked(received_on=MONDAY)
    assert may_extend(asked, on=date(2026, 12, 2))
    assert not may_extend(asked, on=date(2026, 12, 3))
    longer = Asked(received_on=MONDAY, extended_on=date(2026, 11, 20))
    assert not may_extend(longer, on=date(2026, 11, 21))
    assert clock(longer, today=MONDAY).due == date(2027, 2, 2)
    assert clock(longer, today=MONDAY).first_month_ends == date(2026, 12, 2)
    assert not may_extend(Asked(received_on=MONDAY, identity_asked_on=MONDAY), on=MONDAY)


def test_nothing_is_put_together_before_it_is_known_who_asks_nor_given_before_it_is_released() -> None:
    assert State.RECEIVED not in PUT_TOGETHER
    assert not may_move(State.RECEIVED, State.READY)
    assert not may_move(State.RECEIVED, State.RELEASED)
    assert [state for state in State if State.GIVEN in MOVES[state]] == [State.RELEASED]
    assert [state for state in State if State.RELEASED in MOVES[state]] == [State.READY]
    assert {State.GIVEN, State.CLOSED} == set(State) - UNDER_WAY


def test_another_releases_than_those_who_worked_on_it() -> None:
    iris, ada = UUID(int=1), UUID(int=2)
    assert may_be_released_by(ada, {iris})
    assert not may_be_released_by(iris, {iris, ada})
    assert not may_be_released_by(None, {iris})


def test_what_a_releaser_types_is_the_birthday_or_the_reference_and_nothing_else_fits() -> None:
    born = {date(1951, 3, 4)}
    assert fits(date(1951, 3, 4), born=born, reference="AR-7K2M-9QDX")
    assert not fits(date(1951, 4, 3), born=born, reference="AR-7K2M-9QDX")
    assert fits("ar 7k2m 9qdx", born=set(), reference="AR-7K2M-9QDX")
    assert not fits("AR-7K2M", born=set(), reference="AR-7K2M-9QDX")
    assert not fits("", born=set(), reference="")
    assert len({new_reference() for _ in range(200)}) == 200


def test_every_ground_has_words_and_all_but_the_plainest_a_hint() -> None:
    assert set(GROUNDS) == set(Ground)
    assert set(Ground) - set(HINTS) == {Ground.NOT_ASKED}


def test_a_ground_needs_a_reason_and_harm_to_health_an_opinion_that_is_not_too_old() -> None:
    today = MONDAY
    assert lacks(Reasoned(Ground.THIRD_PARTY, "Her sister, who did not agree."), today=today) == {}
    assert set(lacks(Reasoned(Ground.OTHER, " "), today=today)) == {"why"}
    assert set(lacks(Reasoned(Ground.HARM_HEALTH, "She would harm herself."), today=today)) == {
        "professional",
        "opinion_on",
    }
    opinion = {"ground": Ground.HARM_HEALTH, "why": "Harm.", "professional": "Dr Ferreira, GP"}
    assert lacks(Reasoned(**opinion, opinion_on=date(2026, 5, 2)), today=today) == {}
    assert set(lacks(Reasoned(**opinion, opinion_on=date(2026, 5, 1)), today=today)) == {"opinion_on"}
    assert set(lacks(Reasoned(**opinion, opinion_on=date(2026, 11, 3)), today=today)) == {"opinion_on"}
    assert lacks(Reasoned(Ground.HARM_CARE, "Harm."), today=today) == {}


def test_withheld_words_are_hidden_wherever_they_stand_and_never_inside_others() -> None:
    given = pieces("Ann rang. ann  Lee is at the annual fair with Ann.", {"Ann": "Withheld"})
    assert [each.words for each in given if each.withheld] == ["Withheld"] * 3
    said = "".join(each.words for each in given if not each.withheld)
    assert "annual" in said
    assert "Ann" not in said
    over_lines = pieces("the man\nupstairs", {"man upstairs": "Withheld"})
    assert [each.withheld for each in over_lines] == [False, True]


def test_where_two_stretches_overlap_all_of_both_is_hidden() -> None:
    given = pieces("the neighbour below said so", {"the neighbour below": "A", "below said": "B"})
    assert "".join(each.words for each in given if not each.withheld) == " so"


def test_a_bar_says_nothing_of_how_long_the_words_were() -> None:
    short, long = (
        pieces(f"by {name} today", {name: "Withheld"}) for name in ("Al", "Bartholomew Fitzgerald")
    )
    assert short == long


def test_marks_show_words_as_they_stand() -> None:
    made = marked("My SISTER came", ["sister"])
    assert [(each.words, each.withheld) for each in made] == [
        ("My ", False), ("SISTER", True), (" came", False),
    ]  # fmt: skip
    assert stands_in("sister", ["My Sister"])
    assert not stands_in("sister", ["sisterhood"])


def found(text: str, **who: set[str]) -> list[tuple[Kind, str]]:
    given = {"network": set(), "others": set(), "own": set()} | who
    return [(each.kind, each.words) for each in marks([text], Watched(**given))]  # type: ignore[arg-type]


def test_a_name_inside_free_text_that_is_somebody_elses_is_marked() -> None:
    curly = "Then Nuala rang, and Nuala\N{RIGHT SINGLE QUOTATION MARK}s friend."
    assert found(curly, network={"Nuala Ní Bhriain"}) == [
        (Kind.NETWORK, "Nuala"), (Kind.RELATION, "friend"),
    ]  # fmt: skip
    assert found("Kowalczyk was there.", others={"Kowalczyk"}) == [(Kind.NAME, "Kowalczyk")]
    assert found("Beatrice was there.", network={"Beatrice"}, own={"Beatrice Ó Murchú"}) == []


def test_numbers_addresses_and_people_spoken_of_are_marked() -> None:
    assert found("Ring 01632 960177 or write to kit@example.org.") == [
        (Kind.TELEPHONE, "01632 960177"), (Kind.EMAIL, "kit@example.org"),
    ]  # fmt: skip
    assert found("Do not speak to the man upstairs.") == [(Kind.RELATION, "man upstairs")]
    assert found("The neighbour below says so.") == [(Kind.RELATION, "neighbour")]
    assert found("She went to the sound of music in her own house.") == []


def test_ones_own_number_is_nobody_elses() -> None:
    watched = Watched(network=(), others=(), own=(), own_contacts={"01632 960155"})
    assert marks(["Her number is +44 1632 960155."], watched) == []


@pytest.mark.parametrize(
    ("table", "column", "said"),
    [
        ("capacity.CapacityRecord", "confidence", "How sure they were"),
        ("sharing.ShareDecision", "confidence", "Ground for passing on what was told in confidence"),
        ("sharing.InformationRequest", "refusal", "Why they said no"),
        ("sharing.RefusalOverride", "refusal", "What you refused"),
    ],
)
def test_a_column_that_means_another_thing_in_another_table_is_told_by_what_it_means(
    table: str, column: str, said: str
) -> None:
    assert str(TABLES[table].columns[column]) == said
