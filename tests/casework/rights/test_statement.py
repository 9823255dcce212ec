"""What a person may read of what is held and shared, by the rules and by the decisions that were recorded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from tests.casework.rights.conftest import unsafe_about
from tests.casework.sharing.sharing_told import against, chosen, proposal
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.people.commands.involvement import add_to_chronology
from alongside.casework.rights.commands.withholding import take_withholding_back, withhold
from alongside.casework.rights.presenters.statement import before_giving, statement_shown
from alongside.casework.rights.queries.bundle import bundle_of
from alongside.casework.rights.queries.statement import statement_of
from alongside.casework.rights.rules.marking import Kind
from alongside.casework.rights.rules.statement import (
    Held,
    Line,
    Part,
    may_be_explained_to,
    part,
    sentence_by_sentence,
)
from alongside.casework.rights.rules.withholding import Ground as Withholding
from alongside.casework.rights.rules.withholding import Reasoned
from alongside.casework.sharing.commands.decisions import decide, look_second
from alongside.casework.sharing.rules.basis import Known
from alongside.casework.sharing.rules.choices import Answer
from alongside.casework.sharing.rules.decisions import Told
from alongside.casework.sharing.rules.overrides import Ground

POLICE, COUNCIL = uuid4(), uuid4()
DAY, BEFORE, AFTER = date(2026, 11, 2), date(2026, 11, 1), date(2026, 11, 3)


def line(**other: object) -> Line:
    return replace(Line(Part.SEES, None, DAY, names=frozenset({POLICE}), by=COUNCIL), **other)  # type: ignore[arg-type]


HIDDEN = line(
    part=Part.TOLD, ground=Held.NOT_SAFE, towards=frozenset({POLICE}), names=frozenset({POLICE, COUNCIL}),
    again=date(2026, 12, 1),
)  # fmt: skip


@pytest.mark.proves("MARM-27")
def test_a_recorded_ground_holds_a_line_back_and_without_one_nothing_is() -> None:
    parted = part([HIDDEN, line(names=frozenset())], {})
    assert parted.held == (HIDDEN,)
    assert len(parted.given) == 1


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize(
    ("other", "held"),
    [
        ({"on": DAY}, True),
        ({"on": AFTER}, True),
        ({"on": BEFORE}, False),
        ({"on": BEFORE, "part": Part.ASKED}, False),
        ({"on": AFTER, "known": True}, False),
        ({"on": AFTER, "names": frozenset({COUNCIL})}, False),
    ],
)
def test_a_line_that_would_betray_another_is_held_back_with_it(other: dict[str, object], held: bool) -> None:
    parted = part([HIDDEN, line(**other)], {})
    assert len(parted.held) == (2 if held else 1)
    if held:
        assert (parted.held[1].ground, parted.held[1].again) == (Held.FOLLOWS, HIDDEN.again)


def test_words_that_are_withheld_take_their_whole_line_with_them() -> None:
    said = line(keys=("a:1",), texts=("The neighbour below says there is a smell.",))
    assert part([said], {"a:1": ["the neighbour below"]}).given == ()
    assert part([said], {"a:1": [""]}).given == ()
    assert part([said], {"a:1": ["the neighbour above"]}).given == (said,)
    assert part([said], {"a:2": [""]}).given == (said,)


def test_only_whose_it_is_or_who_heard_it_is_told_that_it_is_held_back() -> None:
    assert may_be_explained_to(HIDDEN, organisation=COUNCIL)
    assert may_be_explained_to(HIDDEN, organisation=POLICE)
    assert not may_be_explained_to(HIDDEN, organisation=uuid4())
    assert not may_be_explained_to(HIDDEN, organisation=None)


@pytest.mark.parametrize(
    ("quote", "lines"),
    [
        ("", ()),
        ("The stairs are hard.", ("The stairs are hard.",)),
        (
            "“the lamp is out. And the lift” You said this.",
            ("“the lamp is out.", "And the lift” You said this."),
        ),
        ("Is it? “It is.” Yes!", ("Is it?", "“It is.”", "Yes!")),
        (
            "she cannot get up the stairs, because the banister is loose; and the lamp there is out",
            ("she cannot get up the stairs, because the banister is loose; and the lamp there is out",),
        ),
    ],
)
def test_what_somebody_said_is_parted_where_their_own_sentences_end(
    quote: str, lines: tuple[str, ...]
) -> None:
    assert sentence_by_sentence(quote) == lines


@drawn(
    st.lists(st.sampled_from(["and", "Because", "she", "stairs,", "lamp.", "is?", "”", "out;"]), max_size=40)
)
def test_not_a_letter_of_what_somebody_said_is_changed(words: list[str]) -> None:
    assert " ".join(sentence_by_sentence(" ".join(words))) == " ".join(words)


def text_of(actor: Actor, person_id: UUID) -> str:
    shown = statement_shown(statement_of(actor=actor, person_id=person_id))
    sections = (*shown.sections, *shown.rights)
    return "\n".join(
        words
        for section in sections
        for entry in section.entries
        for words in (entry.heading, *(each.words for each in entry.sentences), *entry.quotes)
    )


@pytest.fixture
def asha(who: Callable[[str], Actor]) -> Actor:
    return who("Asha Patel")


@pytest.mark.proves("MARM-27")
def test_sharing_against_their_wish_is_shown_with_the_reason_in_plain_words(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    chosen(asha, riverside, at)
    emergency = against(riverside, emergency=True, emergency_why="The stairs may burn tonight.")
    decide(actor=asha, at=at, person_id=bee, proposal=emergency)
    text = text_of(asha, bee)
    for words in (
        "You had asked us not to share this.",
        "It was shared anyway.",
        "The reason: other people could get hurt.",
        "You can say what you think of that. We will write it down.",
        "You said no. Riverside Homes must not be told about: your home.",
    ):
        assert words in text


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize("unsafe", ["coercion", "not safe"])
def test_where_it_would_not_be_safe_no_line_of_it_is_there(
    riverside: Universe, asha: Actor, at: datetime, unsafe: str
) -> None:
    bee = riverside.people["Bee"]
    chosen(asha, riverside, at)
    before = text_of(asha, bee)
    ground = Ground.COERCION if unsafe == "coercion" else Ground.RISK_TO_OTHERS
    meant = against(riverside, ground=ground, emergency=True, emergency_why="He comes home at six.")
    if unsafe == "coercion":
        meant = replace(meant, known=frozenset({Known.CONTROLLED}))
    else:
        meant = replace(
            meant, told=Told.NOT_SAFE, told_on=None, told_how="", told_why_not="He reads her post."
        )
    decide(actor=asha, at=at, person_id=bee, proposal=meant)
    after = text_of(asha, bee)
    assert set(after.splitlines()) <= set(before.splitlines())
    assert "Riverside Homes about you" not in after
    held = before_giving(statement_of(actor=asha, person_id=bee)).held
    assert any("2 November 2026" in each.again for each in held)


def test_what_was_withheld_from_the_answer_to_a_request_is_not_told_here_either(
    riverside: Universe, asha: Actor, iris: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    decided = decide(actor=asha, at=at, person_id=bee, proposal=proposal(riverside))
    assert "The stairs are hard for her." in text_of(asha, bee)
    request = riverside.access_requests["Bee"]
    keys = [each.line.key for each in bundle_of(actor=iris, request_id=request).lines]
    key = next(each for each in keys if each == f"sharing.ShareDecision:{decided.id}")
    narrow = Reasoned(Withholding.NOT_ASKED, "They asked for their letters.")
    made = withhold(actor=iris, at=at, request_id=request, line=key, words="", reasoned=narrow)
    assert "The stairs are hard for her." in text_of(asha, bee), "it was no part of what they asked for"
    take_withholding_back(actor=iris, at=at, request_id=request, withheld_id=made.id)
    reasoned = Reasoned(Withholding.OTHER, "Social Security Act, in this test.")
    withhold(actor=iris, at=at, request_id=request, line=key, words="", reasoned=reasoned)
    assert "The stairs are hard for her." not in text_of(asha, bee)


@pytest.mark.proves("MARM-26", "MARM-27")
def test_the_answer_to_a_request_for_access_does_not_go_out_before_somebody_looked_at_what_is_unsafe(
    riverside: Universe, asha: Actor, iris: Actor, at: datetime
) -> None:
    meant = replace(
        proposal(riverside), told=Told.NOT_SAFE, told_on=None, told_how="", told_why_not="He reads her post."
    )
    decided = decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=meant)
    bundle = bundle_of(actor=iris, request_id=riverside.access_requests["Bee"])
    marked = {each.line.key for each in bundle.waiting if each.marks[0].kind is Kind.UNSAFE}
    assert f"sharing.ShareDecision:{decided.id}" in marked
    assert any(each.startswith("sharing.SharedItem:") for each in marked)


def test_all_that_stands_around_what_is_unsafe_is_unsafe_too(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    bee, gwen = riverside.people["Bee"], actor_for(riverside, "Gwen Hughes", on=at.date())
    chosen(asha, riverside, at)
    unsafe = {"told": Told.NOT_SAFE, "told_on": None, "told_how": "", "told_why_not": "He reads her post."}
    made = decide(actor=asha, at=at, person_id=bee, proposal=replace(against(riverside), **unsafe))
    look_second(actor=gwen, at=at, decision_id=made.id, agreed=True, words="Yes.")
    kinds = {each.split(":")[0] for each in unsafe_about(bee)}
    assert {"sharing.SecondLook", "sharing.RefusalOverride", "sharing.Disclosure"} <= kinds


def test_it_says_who_holds_what_kind_of_thing_and_not_what_it_says(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    add_to_chronology(
        actor=asha, at=at, person_id=bee, happened_on=at.date(), kind="event", words="A secret of the cat."
    )
    text = text_of(asha, bee)
    assert "Notes of what happened, and when." in text
    assert "has:" not in text  # each line of the list says something of its own: no line only begins one
    assert "secret" not in text


@pytest.mark.parametrize(
    ("answer", "anybody", "said"),
    [
        (Answer.AGREES, False, "You said yes. Riverside Homes may be told about: your home."),
        (Answer.REFUSES, False, "You said no. Riverside Homes must not be told about: your home."),
        (Answer.AGREES, True, "You said yes. Anybody may be told about: your home."),
        (Answer.REFUSES, True, "You said no. Nobody may be told about: your home."),
    ],
)
def test_what_they_chose_is_a_whole_sentence_whomever_it_is_about(
    riverside: Universe, asha: Actor, at: datetime, answer: Answer, anybody: bool, said: str
) -> None:
    chosen(asha, riverside, at, answer)
    statement = statement_of(actor=asha, person_id=riverside.people["Bee"])
    for each in statement.of(Part.CHOSE) if anybody else ():
        each.row.recipient = None  # nobody is let agree to that any more
    (chose,) = [each for each in statement_shown(statement).sections if each.id == Part.CHOSE.value]
    assert said in {words.words for entry in chose.entries for words in entry.sentences}
