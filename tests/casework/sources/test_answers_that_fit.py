"""Clerks who answer at the same time: nobody's answer moves to another pair, and all answers fit together."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from tests.casework.at_once import at_once
from tests.casework.people.conftest import somebody_at
from tests.casework.sources.asking import Ask, text_of

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.sources.commands import links
from alongside.casework.sources.commands.links import DoesNotFitError, settle_link, take_back_answer
from alongside.casework.sources.models import DoubtfulLink, Run
from alongside.casework.sources.rules import Held, Pair, RunRead, at_odds

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(opened: Run, at: datetime) -> dict[str, UUID]:
    """A newer run that asks about each two of four records: the pairs, by both numbers."""
    pairs = tuple(
        Pair("police", f"N{one}", "police", f"N{other}", 0.9, "Are these one person?")
        for one in range(1, 5)
        for other in range(one + 1, 5)
    )
    read = RunRead(
        folder="newer", manifest_hash="1" * 64, area=opened.area, as_at=opened.as_at + timedelta(days=7),
        counts={}, quality={}, policies={}, tiers={}, pairs=pairs,
    )  # fmt: skip
    run = Run.opened(read=read, changes={}, by="Dewi Pryce", at=at)
    DoubtfulLink.put(run=run, pairs=pairs)
    return {f"{each.record_a[1:]}-{each.record_b[1:]}": each.id for each in run.doubtful_links.all()}


def test_an_answer_to_a_settled_pair_is_told_above_the_next_and_not_ticked_there(
    ask: Ask, opened: Run, analyst: Actor, council: Organisation
) -> None:
    first, second = DoubtfulLink.objects.waiting()[:2]
    ask(analyst, "settle", first.id, posted={"answer": "same", "why": "One address."})
    colleague = somebody_at(council, "data_analyst", name="Ffion Rees")
    answer = ask(colleague, "settle", first.id, posted={"answer": "different", "why": "<i>Two</i> days."})
    page = text_of(answer)
    assert reverse("sources:settle", args=[second.id]) in page
    form = page.split(f'action="{reverse("sources:settle", args=[second.id])}"', 1)[1].split("</form>", 1)[0]
    assert " checked" not in form, "an answer about one pair is never offered for another"
    assert "days." not in form
    above = page.split(f'action="{reverse("sources:settle", args=[second.id])}"', 1)[0]
    for words in (
        "Dewi Pryce has already answered this. Your answer was not kept.", first.record_a, "No, two people",
        "&lt;i&gt;Two&lt;/i&gt; days.", "One address.", reverse("sources:take_back", args=[first.id]),
    ):  # fmt: skip
        assert words in above
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ({"1-2": "same", "2-3": "same"}, {"1-3": "different"}),
        ({"1-2": "same", "1-3": "different"}, {"2-3": "same"}),
        ({"1-2": "same", "3-4": "same", "1-4": "different"}, {"2-3": "same"}),
        ({"1-2": "same", "2-3": "same", "3-4": "same"}, {"1-4": "different"}),
    ],
)
def test_an_answer_that_does_not_fit_with_earlier_ones_is_refused_until_one_of_them_is_taken_back(
    ask: Ask,
    asked: dict[str, UUID],
    analyst: Actor,
    at: datetime,
    before: dict[str, str],
    then: dict[str, str],
) -> None:
    for pair, answer in before.items():
        settle_link(actor=analyst, at=at, link_id=asked[pair], answer=answer, why=f"Asked about {pair}.")
    ((pair, answer),) = then.items()
    given = {"actor": analyst, "at": at, "link_id": asked[pair], "answer": answer, "why": "Two birthdays."}
    with pytest.raises(DoesNotFitError) as refused:
        settle_link(**given)
    assert set(refused.value.earlier) == {asked[each] for each in before}
    assert DoubtfulLink.objects.get(id=asked[pair]).answer == ""

    shown = ask(analyst, "settle", asked[pair], posted={"answer": answer, "why": "Two birthdays."})
    page = text_of(shown)
    assert shown.status_code == 422
    assert str(refused.value).split(".", maxsplit=1)[0] in page
    assert f'action="{reverse("sources:settle", args=[asked[pair]])}"' in page, "the same pair, again"
    assert "Two birthdays." in page
    for each in before:
        assert f"Asked about {each}." in page
        assert reverse("sources:take_back", args=[asked[each]]) in page

    take_back_answer(actor=analyst, at=at, link_id=asked["1-2"], why="It was her mother.")
    assert settle_link(**given).answer == answer


def test_answers_about_others_and_those_that_only_say_it_again_stand_in_nobodys_way(
    asked: dict[str, UUID], analyst: Actor, at: datetime
) -> None:
    for pair in ("1-2", "2-3", "1-3"):
        settle_link(actor=analyst, at=at, link_id=asked[pair], answer="same", why="Telephoned.")
    for pair in ("1-4", "2-4", "3-4"):
        settle_link(actor=analyst, at=at, link_id=asked[pair], answer="different", why="Telephoned.")


@pytest.mark.django_db(transaction=True)
def test_two_answers_in_the_same_moment_that_do_not_fit_with_each_other_are_not_both_kept(
    asked: dict[str, UUID], analyst: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle_link(actor=analyst, at=at, link_id=asked["1-2"], answer="same", why="One address.")
    in_force = links.answers_in_force

    def slowly() -> list[Held]:
        read = in_force()
        threading.Event().wait(0.5)
        return read

    monkeypatch.setattr(links, "answers_in_force", slowly)

    def settles(pair: str, answer: str) -> Callable[[], object]:
        return lambda: settle_link(actor=analyst, at=at, link_id=asked[pair], answer=answer, why="Asked.")

    assert at_once(settles("2-3", "same"), settles("1-3", "different")) == ["DoesNotFitError", "kept"]


def test_the_shortest_way_from_one_answer_to_the_other_is_named() -> None:
    def held(one: int, other: int, *, same: bool = True) -> Held:
        return Held(uuid4(), ("police", str(one)), ("police", str(other)), same=same)

    long_way = [held(1, 2), held(2, 3), held(3, 4)]
    short, apart, elsewhere = held(1, 4), held(5, 6, same=False), held(7, 8)
    answers = [*long_way, short, apart, elsewhere]
    assert at_odds(("police", "4"), ("police", "1"), same=False, held=answers) == [short]
    assert at_odds(("police", "1"), ("police", "7"), same=True, held=answers) == []
    assert at_odds(("police", "6"), ("police", "4"), same=True, held=[*answers, held(5, 3)]) != []
    assert at_odds(("housing_rent", "1"), ("police", "4"), same=False, held=answers) == []
