"""Agreeing to erase everything: who is told, whom somebody must tell, and what a colleague keeps."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests.casework.rights.conftest import everything
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.commands.concerning import send_onward
from alongside.casework.people.commands.involvement import ask_whether_known
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands import keeping, wishes
from alongside.casework.rights.commands.disputes import NoAnswerError
from alongside.casework.rights.models import Disposal
from alongside.casework.rights.rules.retention import Kind, Standing
from alongside.casework.rights.rules.wishes import Wish

WHY = "Her daughter's claim: solicitor's letter of 1 May."


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def lou(asha: Actor, at: datetime) -> UUID:
    known = {"known_as": "Lou"}
    return admit_person(actor=asha, at=at, why=ReachWhy.INVOLVED, known=known).id


def asked_to_erase(asha: Actor, person: UUID, at: datetime) -> UUID:
    return wishes.note_wish(
        actor=asha, at=at, person_id=person, wish=Wish.ERASE, words="All of it.", said_by="person",
        received_on=at.date(), how="talking",
    ).id  # fmt: skip


def agreed(iris: Actor, wish: UUID, at: datetime) -> int:
    return wishes.answer_wish(
        actor=iris, at=at, dispute_id=wish, outcome="erased", why="Agreed.", told_on=at.date(),
        told_how="By telephone", changed="Erase it too.",
    )  # fmt: skip


def test_those_who_get_no_message_are_named_for_whoever_answers_to_tell(
    riverside: Universe, asha: Actor, lou: UUID, at: datetime
) -> None:
    ask_whether_known(
        actor=asha, at=at, person_id=lou, asked_of=riverside.organisations["money_matters"], why="The stairs"
    )
    wish = asked_to_erase(asha, lou, at)
    browser = browser_of(riverside.members["Iris Okafor"].user)
    page = browser.get(f"/rights/disputes/{wish}/").text
    assert "every organisation that was told anything" not in page
    assert "Tell these yourself, if it is erased" in page
    assert "Money Matters" in page
    assert "Your name and date of birth, when Riverside Council asked whether they know you." in page
    told_on = {"told_on-day": at.day, "told_on-month": at.month, "told_on-year": at.year}
    given = {"outcome": "erased", "why": "Agreed.", "told_how": "By telephone", **told_on}
    after = browser.post(f"/rights/disputes/{wish}/", given, follow=True).text
    assert "Told now: 0. Tell these yourself: Money Matters" in after
    assert "Money Matters" in browser.get(f"/rights/disputes/{wish}/").text, "until it is gone"


def test_whoever_a_matter_was_sent_on_to_is_named_even_where_it_is_called_like_one_that_is_told(
    riverside: Universe, asha: Actor, lou: UUID, at: datetime
) -> None:
    for sent_to in ("Dyfed MARAC desk", "Riverside Council"):
        send_onward(
            actor=asha, at=at, person_id=lou, forum="marac", why="He may kill her.", sent_to=sent_to,
            sent_on=at.date() - timedelta(days=3),
        )  # fmt: skip
    wish = asked_to_erase(asha, lou, at)
    browser = browser_of(riverside.members["Iris Okafor"].user)
    page = browser.get(f"/rights/disputes/{wish}/").text
    assert "Tell these yourself, if it is erased" in page
    assert "Dyfed MARAC desk" in page
    assert (
        f"{day_in_words(at.date() - timedelta(days=3))}: “What Riverside Council sent on about you.”" in page
    )
    assert "He may kill her." not in page.split("Tell these yourself")[1]
    told_on = {"told_on-day": at.day, "told_on-month": at.month, "told_on-year": at.year}
    given = {"outcome": "erased", "why": "Agreed.", "told_how": "By telephone", **told_on}
    after = browser.post(f"/rights/disputes/{wish}/", given, follow=True).text
    assert "Told now: 0. Tell these yourself: Dyfed MARAC desk, Riverside Council." in after


def test_the_list_of_whom_to_tell_is_not_said_to_be_the_persons_own(
    riverside: Universe, asha: Actor, lou: UUID, at: datetime
) -> None:
    """It has what theirs has not, and nothing is left out of it because it is not safe to know."""
    ask_whether_known(
        actor=asha, at=at, person_id=lou, asked_of=riverside.organisations["money_matters"], why="The stairs"
    )
    wish = asked_to_erase(asha, lou, at)
    page = browser_of(riverside.members["Iris Okafor"].user).get(f"/rights/disputes/{wish}/").text
    assert "those of the list that the person can ask for" not in page
    assert "some of it may not be safe for them to know" in page


def test_what_a_colleague_keeps_until_a_day_is_shown_and_not_overwritten(
    riverside: Universe, asha: Actor, iris: Actor, lou: UUID, at: datetime
) -> None:
    everything()
    line = Disposal.put_on_list(
        kind=Kind.PERSON, record_id=lou, table="people.Person", row=str(lou), rule="contact",
        due_on=at.date(), at=at,
    )  # fmt: skip
    keeping.keep_longer(actor=iris, at=at, disposal_id=line.id, until=date(2070, 1, 1), why=WHY)
    wish = asked_to_erase(asha, lou, at)
    page = browser_of(riverside.members["Iris Okafor"].user).get(f"/rights/disputes/{wish}/").text
    assert "Kept until 1 January 2070: Her daughter&#39;s claim" in page
    assert f"/rights/letting-go/{line.id}/" in page
    with pytest.raises(NoAnswerError) as refused:
        agreed(iris, wish, at)
    assert "solicitor's letter of 1 May. First decide about that" in refused.value.fields["outcome"]
    everything()
    line.refresh_from_db()
    assert (line.standing, line.kept_until, line.why) == (Standing.KEPT, date(2070, 1, 1), WHY)


def test_once_its_day_has_passed_it_keeps_nothing(asha: Actor, iris: Actor, lou: UUID, at: datetime) -> None:
    everything()
    line = Disposal.put_on_list(
        kind=Kind.PERSON, record_id=lou, table="people.Person", row=str(lou), rule="contact",
        due_on=at.date(), at=at,
    )  # fmt: skip
    line.keep(until=date(2020, 1, 1), why=WHY, by="Iris", at=at)
    agreed(iris, asked_to_erase(asha, lou, at), at)
    everything()
    line.refresh_from_db()
    assert line.standing == Standing.MARKED
