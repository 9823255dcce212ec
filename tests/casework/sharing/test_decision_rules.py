"""What a decision about sharing must say before it is one."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from alongside.casework.sharing.rules.basis import DataClass, Known, Layer
from alongside.casework.sharing.rules.choices import State, Topic, Wish
from alongside.casework.sharing.rules.decisions import (
    Basis,
    Looked,
    Outcome,
    Proposal,
    Told,
    needs_a_second,
    what_is_wrong,
    wish_of_all,
)
from alongside.casework.sharing.rules.items import (
    Element,
    FactKind,
    Item,
    Stated,
    higher_of,
    what_an_item_lacks,
)
from alongside.casework.sharing.rules.overrides import (
    ASKS,
    Ground,
    Override,
    may_be_told_of,
    what_an_override_lacks,
)

DAY = date(2026, 11, 2)
ALL_GOOD = dict.fromkeys(Element, Stated.YES)
ITEM = Item(
    topic=Topic.HOME,
    words="The stairs are hard for her.",
    kind=FactKind.OBSERVATION,
    as_at=DAY,
    source="Seen on a visit",
    quality=ALL_GOOD,
)
PROPOSAL = Proposal(
    outcome=Outcome.SHARE,
    purpose="early_help",
    recipients=frozenset({UUID(int=2)}),
    items=(ITEM,),
    who="Bee, born 4 March 1951",
    bases={
        Layer.ARTICLE_6: Basis("6_e", "Care Act 2014 section 2"),
        Layer.CONFIDENCE: Basis("consent", "She said: tell them."),
    },
    necessity="The landlord mends the stairs.",
    proportionality="Nothing of her health is told.",
    told=Told.TOLD,
    told_on=DAY,
    told_how="On the visit",
    onward="Not to be passed on",
    channel="In Alongside",
)
AGREES = Wish(State.AGREES, (), "She agreed.")
REFUSES = Wish(State.REFUSES, (), "She said no.")
LOOKED = Looked(day=DAY, organisation_kind="council", wish=AGREES, found=frozenset({Known.ADULT}))
OVERRIDE = Override(
    ground=Ground.RISK_TO_OTHERS,
    refusal="Don't you dare tell the landlord.",
    first="Her neighbours",
    second="The stairs may burn",
    alternatives="Asked her twice; offered to come along",
    harm="She may trust us less; the visit on Friday stands",
    review_on=DAY,
)
AGAINST = replace(
    PROPOSAL,
    override=OVERRIDE,
    known=frozenset({Known.RISK_TO_OTHERS}),
    bases=dict(PROPOSAL.bases) | {Layer.CONFIDENCE: Basis("public_interest", "The neighbours may be hurt")},
)
AGAINST_LOOKED = replace(LOOKED, wish=REFUSES)


def wrong(proposal: Proposal = PROPOSAL, looked: Looked = LOOKED, **other: Any) -> set[str]:
    return set(what_is_wrong(replace(proposal, **other), looked))


def test_what_says_all_is_a_decision() -> None:
    assert wrong() == set()
    assert wrong(AGAINST, AGAINST_LOOKED) == set()


@pytest.mark.proves("MARM-35")
@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"recipients": frozenset()}, "recipients"),
        ({"items": ()}, "items"),
        ({"items": (replace(ITEM, source=""),)}, "items"),
        ({"who": " "}, "who"),
        ({"necessity": ""}, "necessity"),
        ({"proportionality": ""}, "proportionality"),
        ({"onward": ""}, "onward"),
        ({"channel": ""}, "channel"),
        ({"bases": {}}, "article_6"),
        ({"keep_until": DAY - timedelta(days=1)}, "keep_until"),
        ({"told_on": None}, "told_on"),
        ({"told_on": DAY + timedelta(days=1)}, "told_on"),
        ({"told_how": ""}, "told_how"),
        ({"told": Told.WILL_BE, "told_how": ""}, "told_how"),
        ({"told": Told.NOT_SAFE}, "told_why_not"),
    ],
)
def test_each_thing_a_share_must_say_is_asked_for(other: dict[str, Any], field: str) -> None:
    assert field in wrong(**other)


@pytest.mark.proves("MARM-35")
def test_not_sharing_needs_a_reason_the_risk_of_it_and_a_day_to_look_again() -> None:
    no = replace(PROPOSAL, outcome=Outcome.DO_NOT_SHARE, items=(), bases={})
    assert wrong(no) == {"reason", "risk", "review_on"}
    assert wrong(no, reason="She said no", risk="None known", review_on=DAY) == set()
    assert wrong(no, reason="No", risk="None", review_on=DAY - timedelta(days=1)) == {"review_on"}


def test_a_basis_that_is_not_open_or_of_another_layer_or_without_words_is_refused() -> None:
    def with_basis(layer: Layer, basis: Basis) -> set[str]:
        return wrong(bases=dict(PROPOSAL.bases) | {layer: basis})

    assert "article_6" in with_basis(Layer.ARTICLE_6, Basis("6_f", "Our interest"))
    assert "article_6" in with_basis(Layer.ARTICLE_6, Basis("consent", "She agrees"))
    assert "article_6_words" in with_basis(Layer.ARTICLE_6, Basis("6_e", " "))
    assert "confidence" in wrong(looked=replace(LOOKED, wish=Wish(State.NOT_SAID)))


def test_health_needs_a_condition_of_its_own_whatever_class_somebody_ticked() -> None:
    health = replace(ITEM, topic=Topic.HEALTH, data=DataClass.ORDINARY)
    assert "condition" in wrong(items=(health,))
    assert higher_of(DataClass.ORDINARY, Topic.OFFENCES) is DataClass.CRIMINAL
    assert higher_of(DataClass.SPECIAL, Topic.FAMILY) is DataClass.SPECIAL


def test_what_is_looked_up_cannot_be_ticked() -> None:
    ticked = frozenset({Known.AGREES, Known.LACKS_CAPACITY})
    assert "confidence" in wrong(known=ticked, looked=replace(LOOKED, wish=Wish(State.NOT_SAID)))


@pytest.mark.proves("MARM-29", "MARM-30")
def test_a_refusal_stands_in_the_way_until_a_ground_is_given_and_a_ground_needs_a_refusal() -> None:
    assert "ground" in wrong(AGAINST, AGAINST_LOOKED, override=None)
    assert "ground" in wrong(PROPOSAL, LOOKED, override=OVERRIDE)


@pytest.mark.proves("MARM-30", "MARM-32", "MARM-33", "MARM-34")
@pytest.mark.parametrize("ground", list(Ground))
def test_each_ground_asks_its_own_two_things_and_all_ask_for_the_words_of_the_refusal(ground: Ground) -> None:
    empty = Override(
        ground=ground, refusal="", first="", second=" ", alternatives="", harm="", review_on=DAY
    )  # fmt: skip
    lacks = what_an_override_lacks(empty, DAY)
    assert {"refusal", "first", "second", "alternatives", "harm"} <= set(lacks)
    assert str(ASKS[ground][0]) in lacks["first"]


@pytest.mark.parametrize(
    "ground", [Ground.RISK_TO_OTHERS, Ground.CRIME, Ground.COERCION, Ground.LIFE, Ground.STATUTE]
)
def test_what_a_ground_says_of_harm_is_not_asked_twice_and_other_grounds_say_nothing_of_it(
    ground: Ground,
) -> None:
    unsaid = replace(AGAINST, known=frozenset(), override=replace(OVERRIDE, ground=ground))
    assert ("confidence" in wrong(unsaid, AGAINST_LOOKED)) is (ground is Ground.STATUTE)


@pytest.mark.proves("MARM-31")
def test_the_ground_of_capacity_needs_a_record_about_this_concern_and_a_best_interests_decision() -> None:
    lacks = replace(OVERRIDE, ground=Ground.LACKS_CAPACITY)
    assert "capacity_record" in what_an_override_lacks(lacks, DAY)
    assert "capacity_record" in what_an_override_lacks(replace(lacks, capacity_record=UUID(int=3)), DAY)
    both = replace(lacks, capacity_record=UUID(int=3), best_interests=UUID(int=4))
    assert what_an_override_lacks(both, DAY) == {}
    fallen = replace(AGAINST_LOOKED, capacity_stands=False)
    assert "capacity_record" in wrong(AGAINST, fallen, override=both)


def test_an_emergency_says_why_it_cannot_wait_and_alone_needs_no_second_person_first() -> None:
    urgent = replace(OVERRIDE, emergency=True)
    assert "emergency_why" in what_an_override_lacks(urgent, DAY)
    assert needs_a_second(OVERRIDE)
    assert not needs_a_second(urgent)
    assert not needs_a_second(None)
    assert "review_on" in what_an_override_lacks(replace(OVERRIDE, review_on=DAY - timedelta(days=1)), DAY)


@pytest.mark.proves("MARM-38")
def test_nothing_is_shared_without_an_agreement_that_covers_it_unless_the_law_demands_it() -> None:
    ended = replace(LOOKED, uncovered={"Riverside Homes": "The agreement has ended."})
    assert "The agreement has ended." in what_is_wrong(PROPOSAL, ended)["recipients"]
    by_law = dict(PROPOSAL.bases) | {Layer.ARTICLE_6: Basis("6_c", "Care Act 2014 section 45")}
    assert wrong(looked=ended, bases=by_law) == {"without_agreement"}
    assert wrong(looked=ended, bases=by_law, without_agreement="Section 45 obliges us") == set()
    overridden = replace(AGAINST_LOOKED, uncovered=ended.uncovered)
    assert wrong(AGAINST, overridden) == {"without_agreement"}


@pytest.mark.proves("MARM-36")
def test_each_item_states_all_six_elements_and_where_it_falls_short() -> None:
    assert what_an_item_lacks(ITEM, DAY) == {}
    unstated = replace(ITEM, quality={Element.ACCURATE: Stated.YES})
    assert set(what_an_item_lacks(unstated, DAY)) == {
        "valid",
        "reliable",
        "timely",
        "relevant",
        "complete",
    }
    short = replace(ITEM, quality=ALL_GOOD | {Element.COMPLETE: Stated.NOT_KNOWN})
    assert set(what_an_item_lacks(short, DAY)) == {"limits"}
    assert what_an_item_lacks(replace(short, limits="Seen once"), DAY) == {}
    assert set(what_an_item_lacks(replace(ITEM, kind=FactKind.ALLEGATION), DAY)) == {"limits"}
    assert set(what_an_item_lacks(replace(ITEM, as_at=DAY + timedelta(days=1), words=""), DAY)) == {
        "as_at",
        "words",
    }
    assert "topic" in what_an_item_lacks(replace(ITEM, topic=Topic.EVERYTHING), DAY)


@pytest.mark.proves("MARM-34")
def test_the_persons_page_does_not_betray_that_somebody_may_control_them() -> None:
    assert may_be_told_of(None, Told.TOLD)
    assert may_be_told_of(OVERRIDE, Told.WILL_BE)
    assert not may_be_told_of(replace(OVERRIDE, ground=Ground.COERCION), Told.TOLD)
    assert not may_be_told_of(None, Told.NOT_SAFE)


def test_one_no_among_several_recipients_is_a_no_and_one_silence_is_no_yes() -> None:
    silent = Wish(State.NOT_SAID)
    assert wish_of_all({UUID(int=1): AGREES, UUID(int=2): REFUSES}).state is State.REFUSES
    assert wish_of_all({UUID(int=1): AGREES, UUID(int=2): silent}).state is State.NOT_SAID
    assert wish_of_all({UUID(int=1): AGREES}).state is State.AGREES
    assert wish_of_all({}).state is State.NOT_SAID
