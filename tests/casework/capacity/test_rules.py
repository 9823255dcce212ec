"""What a record must hold, decision by decision; no database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from alongside.casework.capacity.rules import best_interests
from alongside.casework.capacity.rules.advocacy import (
    Advocacy,
    Asked,
    Objection,
    Occasion,
    Right,
    Step,
    right_to_advocate,
    state_at_first,
    what_is_wrong_with_answers,
    what_is_wrong_with_step,
)
from alongside.casework.capacity.rules.assessing import (
    Able,
    Assessment,
    Confidence,
    Function,
    Help,
    Pressure,
    State,
    asks_for_advice,
    holds_on,
    prompts_advocacy,
    same_decision,
    what_is_wrong,
    why_no_decision,
)
from alongside.casework.capacity.rules.best_interests import Imca, Reasoning, Regain, Serious

DAY = date(2026, 11, 2)
ASSUMED = Assessment(
    decision="Whether to let the gas engineer in", why_now="The third visit failed.", chosen_by="Bee",
    assessed_on=DAY, outcome=State.ASSUMED, reasons="Nothing puts it in doubt.", confidence=Confidence.SURE,
    role="Social worker",
)  # fmt: skip
LACKS = replace(
    ASSUMED, outcome=State.LACKS, information="The boiler may leak.", help=(Help.TIME,), help_words="Noon.",
    understand=Able.NO, understand_seen="“Which boiler?”", retain=Able.YES, weigh=Able.YES,
    communicate=Able.YES, impairment="Delirium", because="It came with the fever.",
    pressure=Pressure.NONE_SEEN, next_check=date(2026, 11, 9),
)  # fmt: skip
HAS = replace(
    ASSUMED, outcome=State.HAS, information="The boiler may leak.", **dict.fromkeys(Function, Able.YES)
)  # fmt: skip


@pytest.mark.proves("MARM-06")
@pytest.mark.parametrize(
    "blanket",
    [
        "Bee has capacity", "LACKS CAPACITY to decide", "all decisions about care",
        "everything to do with money",
        "where she lives, generally", "any decisions at all", "her health and welfare", "finances", "   ",
        "property and financial affairs of hers", "No  capacity, full stop",
    ],
)  # fmt: skip
def test_a_blanket_finding_is_no_decision_and_is_told_so_in_a_sentence(blanket: str) -> None:
    assert "decided" in why_no_decision(blanket) or "decision" in why_no_decision(blanket)
    assert "decision" in what_is_wrong(replace(ASSUMED, decision=blanket), DAY)


@pytest.mark.parametrize(
    "one", ["Whether to go home after hospital", "where to live from March on", "Whether to open the door"]
)
def test_one_decision_is_one(one: str) -> None:
    assert why_no_decision(one) == ""


def test_what_holds_together_has_nothing_wrong_with_it() -> None:
    assert [what_is_wrong(each, DAY) for each in (ASSUMED, LACKS, HAS)] == [{}, {}, {}]


@pytest.mark.proves("MARM-06")
@pytest.mark.parametrize(
    ("left_out", "wrong"),
    [
        ({"help": ()}, "help"),
        ({"help_words": ""}, "help_words"),
        ({"impairment": ""}, "impairment"),
        ({"because": ""}, "because"),
        ({"understand": Able.NOT_ASSESSED}, "outcome"),
        ({"understand_seen": ""}, "understand_seen"),
        ({"pressure": Pressure.NOT_LOOKED_AT}, "pressure"),
        ({"information": ""}, "information"),
        ({"next_check": None}, "next_check"),
        ({"next_check": DAY}, "next_check"),
        ({"assessed_on": date(2026, 11, 3)}, "assessed_on"),
        ({"role": " "}, "role"),
        ({"reasons": ""}, "reasons"),
        ({"confidence": Confidence.UNSURE}, "confidence"),
    ],
)
def test_nobody_lacks_capacity_before_help_was_given_and_unless_because_of_an_impairment(
    left_out: dict[str, Any], wrong: str
) -> None:
    assert list(what_is_wrong(replace(LACKS, **left_out), DAY)) == [wrong]


@pytest.mark.proves("MARM-06")
def test_inability_that_another_person_causes_is_not_lack_of_capacity_and_asks_for_a_lawyer() -> None:
    pressed = replace(
        LACKS, pressure=Pressure.CAUSE, pressure_words="He stood there.", advice_from="Legal team"
    )
    assert "not lack of capacity" in what_is_wrong(pressed, DAY)["outcome"]
    assert what_is_wrong(replace(pressed, outcome=State.IN_DOUBT), DAY) == {}
    assert what_is_wrong(replace(pressed, pressure=Pressure.BESIDE), DAY) == {}
    unsaid = replace(pressed, outcome=State.IN_DOUBT, pressure_words="", advice_from="")
    assert set(what_is_wrong(unsaid, DAY)) == {"pressure_words", "advice_from"}
    assert [asks_for_advice(each) for each in Pressure] == [False, True, True, False]


def test_whoever_is_not_sure_writes_down_a_doubt() -> None:
    doubted = replace(LACKS, outcome=State.IN_DOUBT, confidence=Confidence.UNSURE)
    assert what_is_wrong(doubted, DAY) == {}


def test_an_assumption_ends_with_a_no_and_can_decide_needs_four_times_yes() -> None:
    doubted = replace(ASSUMED, weigh=Able.NO, weigh_seen="“I do not know.”")
    assert list(what_is_wrong(doubted, DAY)) == ["outcome"]
    assert list(what_is_wrong(replace(HAS, retain=Able.NOT_ASSESSED), DAY)) == ["outcome"]


@pytest.mark.proves("CARE-12")
def test_what_comes_and_goes_says_how_and_what_to_do_when_it_is_not_a_good_time() -> None:
    comes_and_goes = replace(LACKS, outcome=State.FLUCTUATES)
    assert set(what_is_wrong(comes_and_goes, DAY)) == {"pattern", "when_not"}
    assert what_is_wrong(replace(comes_and_goes, pattern="Clear at noon", when_not="Wait"), DAY) == {}


@pytest.mark.proves("CARE-12")
def test_saying_and_doing_that_differ_are_both_written_down() -> None:
    doubted = replace(HAS, outcome=State.EXECUTIVE_DOUBT, next_check=date(2026, 12, 1))
    assert set(what_is_wrong(doubted, DAY)) == {"says", "does", "gap"}


def test_a_record_is_gone_by_until_the_day_of_its_check_and_no_longer() -> None:
    assert holds_on(None, DAY)
    assert holds_on(DAY, DAY)
    assert not holds_on(date(2026, 11, 1), DAY)


def test_one_decision_is_the_same_whatever_its_capitals_and_stops() -> None:
    assert same_decision("Whether to go home.", "whether  to go HOME")
    assert not same_decision("Whether to go home", "Whether to go home now")


@pytest.mark.proves("MARM-44")
def test_only_where_it_is_assumed_or_found_that_they_can_is_nobody_prompted_to_think_of_an_advocate() -> None:
    assert {each for each in State if not prompts_advocacy(each)} == {State.ASSUMED, State.HAS}


REASONED = Reasoning(
    past_wishes="My own bed.", present_wishes="She pulls away.", beliefs="Her own door.",
    consulted="Dee: at home.", nobody_to_consult=False, regain=Regain.LIKELY, can_wait=False,
    regain_words="The wound cannot.",
    options="Home, hospital.", less_restrictive="Home.", serious=Serious.NEITHER, imca=Imca.NOT_NEEDED,
    imca_words="", decision="At home.", why="As she wished.", decided_by="A. Patel", decided_on=DAY,
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, []),
        ({"past_wishes": ""}, ["past_wishes"]),
        ({"less_restrictive": " "}, ["less_restrictive"]),
        ({"consulted": ""}, ["consulted"]),
        ({"nobody_to_consult": True}, ["nobody_to_consult"]),
        ({"can_wait": True}, ["can_wait"]),
        ({"serious": Serious.MOVE}, []),
        ({"serious": Serious.MOVE, "consulted": "", "nobody_to_consult": True}, ["imca"]),
        ({"serious": Serious.TREATMENT, "imca": Imca.URGENT}, ["imca_words"]),
        ({"decided_on": date(2026, 10, 30)}, ["decided_on"]),
        ({"decided_on": date(2026, 11, 3)}, ["decided_on"]),
    ],
)  # fmt: skip
def test_whoever_decides_for_somebody_has_thought_of_all_that_section_4_asks(
    said: dict[str, Any], wrong: list[str]
) -> None:
    told = best_interests.what_is_wrong(replace(REASONED, **said), assessed_on=date(2026, 11, 1), day=DAY)
    assert list(told) == wrong


def test_nobody_decides_by_a_record_that_is_not_the_last_or_not_in_force_or_does_not_say_so() -> None:
    why = best_interests.why_theirs_to_decide
    assert why(lacks=True, is_latest=True, in_force=True) == ""
    assert "theirs to decide" in why(lacks=False, is_latest=True, in_force=True)
    assert "newer record" in why(lacks=True, is_latest=False, in_force=True)
    assert "looked at again" in why(lacks=True, is_latest=True, in_force=False)


@pytest.mark.parametrize(
    ("check", "looked_again", "until"),
    [(None, None, None), (9, None, 9), (None, 5, 4), (9, 5, 4), (9, 10, 9), (9, 12, 9)],
)
def test_a_decision_rests_on_a_record_until_the_check_is_due_or_the_day_before_somebody_looked_again(
    check: int | None, looked_again: int | None, until: int | None
) -> None:
    def day(number: int | None) -> date | None:
        return DAY.replace(day=number) if number else None

    rested = best_interests.may_rest_until(next_check=day(check), looked_again_on=day(looked_again))
    assert rested == day(until)


DIFFICULT = Asked(Occasion.ASSESSMENT, (Function.RETAIN,), "She asked three times.")
AGREED = replace(DIFFICULT, helper="Nuala", person_agrees=True)


@pytest.mark.proves("MARM-44", "ENABLE-28")
@pytest.mark.parametrize(
    ("asked", "right", "state"),
    [
        (Asked(Occasion.ASSESSMENT), None, Advocacy.NOT_NEEDED),
        (DIFFICULT, Right.CARE_ACT_67, Advocacy.NEEDED),
        (replace(DIFFICULT, occasion=Occasion.ENQUIRY), Right.CARE_ACT_68, Advocacy.NEEDED),
        (AGREED, None, Advocacy.FAMILY),
        (replace(DIFFICULT, helper="Nuala"), Right.CARE_ACT_67, Advocacy.NEEDED),
        *(
            (replace(AGREED, objections=(each,)), Right.CARE_ACT_67, Advocacy.NEEDED)
            for each in Objection
        ),
    ],
)  # fmt: skip
def test_one_difficulty_and_nobody_suitable_give_a_right_to_an_advocate(
    asked: Asked, right: Right | None, state: Advocacy
) -> None:
    assert right_to_advocate(asked, lacks=False) == right
    assert state_at_first(asked, lacks=False) == state


def test_each_of_the_four_difficulties_alone_is_enough() -> None:
    for each in Function:
        assert right_to_advocate(Asked(Occasion.ASSESSMENT, (each,)), lacks=False)


def test_the_advocate_of_the_mental_capacity_act_is_for_who_cannot_decide_and_has_nobody_to_ask() -> None:
    serious = Asked(Occasion.SERIOUS)
    assert right_to_advocate(serious, lacks=True) is Right.IMCA
    assert right_to_advocate(replace(serious, helper="Nuala"), lacks=True) is None
    assert right_to_advocate(replace(serious, helper="N", objections=(Objection.PAID,)), lacks=True)
    assert list(what_is_wrong_with_answers(serious, lacks=False)) == ["occasion"]


def test_answers_about_an_advocate_say_what_was_seen_and_of_whom() -> None:
    wrong = what_is_wrong_with_answers(
        Asked(Occasion.ENQUIRY, (Function.WEIGH,), objections=(Objection.PAID,)), lacks=False
    )
    assert set(wrong) == {"difficulty_words", "helper"}


@pytest.mark.parametrize(
    ("before", "step", "wrong"),
    [
        (Advocacy.NEEDED, Step(Advocacy.INSTRUCTED, DAY, "Maja", "Voices"), set()),
        (Advocacy.NEEDED, Step(Advocacy.INSTRUCTED, DAY), {"advocate", "organisation"}),
        (Advocacy.NEEDED, Step(Advocacy.REFUSED, DAY), {"words"}),
        (Advocacy.INSTRUCTED, Step(Advocacy.NEEDED, DAY), {"words"}),
        (Advocacy.INSTRUCTED, Step(Advocacy.NEEDED, DAY, words="Maja left."), set()),
        (Advocacy.NOT_NEEDED, Step(Advocacy.INSTRUCTED, DAY, "Maja", "Voices"), {"state"}),
        (Advocacy.REFUSED, Step(Advocacy.NEEDED, date(2026, 11, 3), words="“Yes.”"), {"on"}),
    ],
)
def test_a_step_follows_on_where_it_stands_and_says_who_since_when_or_why(
    before: Advocacy, step: Step, wrong: set[str]
) -> None:
    assert set(what_is_wrong_with_step(step, before=before, day=DAY)) == wrong
