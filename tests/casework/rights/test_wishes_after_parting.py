"""When records are separated, nobody is erased because somebody else wished it, and no objection is lost."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.casework.rights.conftest import everything
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.notices.models import Notice
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person
from alongside.casework.people.presenters.parting import parting_view
from alongside.casework.people.queries.parting import parting_page
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands.keeping import NothingDueError, let_go, list_what_is_due, place_hold
from alongside.casework.rights.commands.requests import take_request
from alongside.casework.rights.commands.wishes import answer_wish, note_wish, take_back_wish
from alongside.casework.rights.models import Disposal, Dispute
from alongside.casework.rights.presenters.disputes import dispute_shown
from alongside.casework.rights.presenters.keeping import disposal_shown
from alongside.casework.rights.queries.disputes import dispute_page, marks
from alongside.casework.rights.queries.keeping import disposal_page
from alongside.casework.rights.queries.separated import said_while_joined
from alongside.casework.rights.queries.wishes import objected, open_holds
from alongside.casework.rights.rules.retention import ERASURE, Standing
from alongside.casework.rights.rules.wishes import Wish

pytestmark = pytest.mark.django_db


@dataclass
class Two:
    """Two records that were joined by mistake, and by which merge."""

    ann: UUID
    beattie: UUID
    merge: UUID


@pytest.fixture
def gwen(who: Callable[[str], Actor]) -> Actor:
    return who("Gwen Hughes")


@pytest.fixture
def two(asha: Actor, gwen: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Two:
    monkeypatch.setattr(timezone, "now", lambda: at)
    ann, beattie = (
        admit_person(actor=asha, at=at, why=ReachWhy.INVOLVED, known={"known_as": name}).id
        for name in ("Ann", "Beattie")
    )
    merge = merge_people(
        actor=gwen, at=at + timedelta(minutes=1), kept_id=ann, absorbed_id=beattie, reason="One person."
    )
    return Two(ann, beattie, merge.id)


@pytest.fixture
def meanwhile(at: datetime) -> datetime:
    """While they were joined."""
    return at + timedelta(minutes=2)


@pytest.fixture
def later(at: datetime) -> datetime:
    return at + timedelta(minutes=5)


def asked(actor: Actor, at: datetime, person: UUID, wish: Wish) -> Dispute:
    return note_wish(
        actor=actor, at=at, person_id=person, wish=wish, words="I am Beattie.", said_by="person",
        received_on=at.date(), how="talking",
    )  # fmt: skip


def agreed(iris: Actor, at: datetime, wish: Dispute) -> None:
    answer_wish(
        actor=iris, at=at, dispute_id=wish.id, outcome="erased" if wish.wish is Wish.ERASE else "upheld",
        why="Agreed.", told_on=at.date(), told_how="By phone", changed="Everything.",
    )  # fmt: skip


def requested(asha: Actor, two: Two, at: datetime) -> None:
    take_request(
        actor=asha, at=at, person_id=two.ann, asked_by="person", received_on=at.date(), how="talking"
    )


def parted(gwen: Actor, two: Two, at: datetime) -> None:
    part_people(actor=gwen, at=at, merge_id=two.merge, why="Two.")
    everything()


def test_nobody_is_erased_because_somebody_else_wished_it(
    asha: Actor, iris: Actor, gwen: Actor, two: Two, meanwhile: datetime, later: datetime
) -> None:
    agreed(iris, meanwhile, asked(asha, meanwhile, two.ann, Wish.ERASE))
    parted(gwen, two, later)
    line = Disposal.objects.get(record_id=two.ann)
    assert (line.standing, line.rule) == (Standing.LISTED, ERASURE)
    shown = disposal_shown(disposal_page(actor=iris, disposal_id=line.id, at=later))
    assert "joined with another" in shown.maybe_of_another
    with pytest.raises(NothingDueError):
        let_go(actor=iris, at=later, disposals=[line.id])
    everything()
    assert Person.objects.filter(id__in=[two.ann, two.beattie]).count() == 2
    (on_ann,) = marks(two.ann).values()
    assert "about to be erased" not in on_ann
    (on_beattie,) = marks(two.beattie).values()
    assert "not been answered yet" in on_beattie, "it may be Beattie's wish: nobody may forget it"


def test_what_they_asked_before_they_were_joined_is_theirs(
    asha: Actor, iris: Actor, gwen: Actor, at: datetime, meanwhile: datetime, later: datetime
) -> None:
    ann, beattie = (
        admit_person(actor=asha, at=at, why=ReachWhy.INVOLVED, known={"known_as": name}).id
        for name in ("Ann", "Beattie")
    )
    agreed(iris, at, asked(asha, at, ann, Wish.ERASE))
    merge = merge_people(actor=gwen, at=meanwhile, kept_id=ann, absorbed_id=beattie, reason="One person.")
    parted(gwen, Two(ann, beattie, merge.id), later)
    assert Disposal.objects.get(record_id=ann).standing == Standing.MARKED
    assert not marks(beattie)


def test_an_objection_counts_for_both_until_one_withdraws_it(
    asha: Actor, iris: Actor, gwen: Actor, two: Two, meanwhile: datetime, later: datetime
) -> None:
    agreed(iris, meanwhile, asked(asha, meanwhile, two.ann, Wish.NOT_FOUND))
    asked(asha, meanwhile, two.ann, Wish.NOT_USED)
    parted(gwen, two, later)
    assert {two.ann, two.beattie} <= set(objected())
    theirs = Dispute.objects.filter(person=two.beattie)
    assert {(each.says, each.outcome) for each in theirs} == {("not_found", "upheld"), ("not_used", "")}
    for each in Dispute.objects.filter(person__in=[two.ann, two.beattie]):
        shown = dispute_shown(dispute_page(actor=iris, dispute_id=each.id, at=later), later.date())
        assert "joined with another" in shown.maybe_of_another
    everything()
    upheld = Dispute.objects.get(person=two.ann, says=Wish.NOT_FOUND)
    take_back_wish(
        actor=iris,
        at=later,
        dispute_id=upheld.id,
        words="I never said so.",
        said_on=later.date(),
        how="talking",
    )
    everything()
    assert two.beattie in objected()


def test_an_objection_that_was_refused_or_taken_back_is_not_copied(
    asha: Actor, iris: Actor, gwen: Actor, two: Two, meanwhile: datetime, later: datetime
) -> None:
    wish = asked(asha, meanwhile, two.ann, Wish.NOT_FOUND)
    agreed(iris, meanwhile, wish)
    take_back_wish(
        actor=iris,
        at=meanwhile,
        dispute_id=wish.id,
        words="I do not mind.",
        said_on=later.date(),
        how="talking",
    )
    parted(gwen, two, later)
    assert not Dispute.objects.filter(person=two.beattie).exists()


def test_a_hold_holds_both(iris: Actor, gwen: Actor, two: Two, meanwhile: datetime, later: datetime) -> None:
    place_hold(actor=iris, at=meanwhile, person_id=two.ann, reason="litigation", words="Claim 7.")
    parted(gwen, two, later)
    (anns,), (beatties,) = open_holds([two.ann]), open_holds([two.beattie])
    assert anns.words == "Claim 7."
    assert "Claim 7." in beatties.words
    assert "joined" in beatties.words
    assert beatties.placed_at == anns.placed_at


def test_whoever_separates_them_reads_what_was_asked_and_held_meanwhile(
    asha: Actor, iris: Actor, gwen: Actor, two: Two, meanwhile: datetime
) -> None:
    asked(asha, meanwhile, two.ann, Wish.ERASE)
    place_hold(actor=iris, at=meanwhile, person_id=two.ann, reason="litigation", words="Claim 7.")
    requested(asha, two, meanwhile)
    page = parting_view(parting_page(actor=gwen, person_id=two.ann, merge_id=two.merge))
    named = [what for what, _then in page.named]
    assert len(named) == 3
    assert any("erase" in each for each in named)
    assert any("hold" in each for each in named)
    assert any("what is held" in each for each in named)


def test_those_who_handle_rights_are_told_and_find_it_on_their_day(
    riverside: Universe,
    monkeypatch: pytest.MonkeyPatch,
    asha: Actor,
    iris: Actor,
    gwen: Actor,
    two: Two,
    meanwhile: datetime,
    later: datetime,
    settings: Settings,
) -> None:
    settings.MAIL = settings.MAIL or SimpleNamespace(address="https://alongside.example")
    asked(asha, meanwhile, two.ann, Wish.ERASE)
    place_hold(actor=iris, at=meanwhile, person_id=two.ann, reason="litigation", words="Claim 7.")
    requested(asha, two, meanwhile)
    Notice.objects.all().delete()
    parted(gwen, two, later)
    assert Notice.objects.filter(user_id=iris.user_id).exists()
    lines = said_while_joined(actor=iris, since=later - timedelta(days=1))
    assert len(lines) == 5  # the wish and the hold on both records, and the request
    assert not said_while_joined(actor=iris, since=later + timedelta(days=1))
    monkeypatch.setattr(timezone, "now", lambda: later)
    hers = browser_of(riverside.members["Iris Okafor"].user)
    page = hers.get("/").text
    assert page.count("Asked while two records were joined, which are separated now.") == 3
    assert page.count("Placed while two records were joined, which are separated now.") == 2
    assert "Beattie" not in page
    wish = next(each for each in lines if isinstance(each, Dispute))
    assert "asked while the record was joined with another" in hers.get(f"/rights/disputes/{wish.id}/").text


def test_nobody_is_told_where_nothing_was_asked_or_held(
    gwen: Actor, two: Two, iris: Actor, later: datetime, settings: Settings
) -> None:
    settings.MAIL = settings.MAIL or SimpleNamespace(address="https://alongside.example")
    everything()
    Notice.objects.all().delete()
    parted(gwen, two, later)
    assert not Notice.objects.filter(user_id=iris.user_id).exists()


def test_a_wish_that_is_looked_at_again_stays_on_the_list_by_night(
    riverside: Universe, asha: Actor, iris: Actor, gwen: Actor, two: Two, meanwhile: datetime, later: datetime
) -> None:
    agreed(iris, meanwhile, asked(asha, meanwhile, two.ann, Wish.ERASE))
    parted(gwen, two, later)
    line = Disposal.objects.get(record_id=two.ann)
    with suppress(NothingDueError):
        list_what_is_due(actor=iris, at=later)
    everything()
    assert Disposal.objects.get(id=line.id).standing == Standing.LISTED
