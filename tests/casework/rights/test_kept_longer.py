"""What somebody decided to keep longer is kept, with whatever record of the same person it is joined."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from tests.casework.rights.conftest import everything
from tests.casework.rights.test_keeping import AFTER_CONTACT, listed
from tools.universe import Universe

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.involvement import add_to_chronology
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands import keeping
from alongside.casework.rights.models import Disposal
from alongside.casework.rights.queries.keeping import disposal_list, disposal_page
from alongside.casework.rights.rules.retention import Kind, Standing
from alongside.casework.sharing.commands.drafts import begin_draft

UNTIL = date(2070, 1, 1)
WHY = "The family asked: an abuse claim is likely."


@pytest.fixture
def past(at: datetime) -> datetime:
    """When both records are long past their time."""
    return at.replace(year=2060)


@pytest.fixture
def ron(asha: Actor, at: datetime) -> UUID:
    return _admitted(asha, at, "Ron")


@pytest.fixture
def ronald(asha: Actor, at: datetime) -> UUID:
    return _admitted(asha, at, "Ronald")


def _admitted(actor: Actor, at: datetime, name: str) -> UUID:
    known = {"known_as": name, "surname": "Zed"}
    made = admit_person(actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known=known).id
    add_to_chronology(
        actor=actor, at=at, person_id=made, happened_on=at.date(), kind="contact", words="Rang."
    )
    return made


def line_of(person_id: UUID) -> Disposal:
    everything()
    return Disposal.objects.get(kind=Kind.PERSON, record_id=person_id)


def kept(iris: Actor, past: datetime, person_id: UUID) -> UUID:
    """The id of their line, which is kept."""
    line = line_of(person_id).id
    keeping.keep_longer(actor=iris, at=past, disposal_id=line, until=UNTIL, why=WHY)
    return line


def test_what_one_record_is_kept_for_keeps_what_it_is_joined_with(
    iris: Actor, who: Callable[[str], Actor], ron: UUID, ronald: UUID, past: datetime
) -> None:
    keeping.list_what_is_due(actor=system_actor("keeping"), at=past)
    kept(iris, past, ron)
    merge_people(actor=who("Gwen Hughes"), at=past, kept_id=ronald, absorbed_id=ron, reason="Same")
    other = line_of(ronald).id
    page = disposal_page(actor=iris, disposal_id=other, at=past)
    assert page.in_the_way.waits == [f"Kept until 1 January 2070: {WHY}"]
    shown = {each.disposal.id: each.held for each in disposal_list(actor=iris, at=past).lines}
    assert shown[other]
    with pytest.raises(keeping.HeldError, match="an abuse claim is likely"):
        keeping.mark_to_go(actor=iris, at=past, disposal_id=other)
    everything()
    Disposal.objects.get(id=other).mark(why="", by="Iris", at=past)
    with pytest.raises(keeping.HeldError, match="an abuse claim is likely"):
        keeping.let_go(actor=iris, at=past, disposals=[other])
    everything()
    assert Person.objects.filter(id__in=[ron, ronald]).count() == 2
    assert line_of(ron).why == WHY


def test_nor_is_it_listed_while_another_record_is_kept(
    iris: Actor, who: Callable[[str], Actor], ron: UUID, ronald: UUID, past: datetime
) -> None:
    keeping.list_what_is_due(actor=system_actor("keeping"), at=past)
    kept(iris, past, ron)
    line_of(ronald).delete()
    merge_people(actor=who("Gwen Hughes"), at=past, kept_id=ronald, absorbed_id=ron, reason="Same")
    with pytest.raises(keeping.NothingDueError):
        keeping.list_what_is_due(actor=system_actor("keeping"), at=past)
    keeping.list_what_is_due(actor=system_actor("keeping"), at=past.replace(year=2071))
    assert line_of(ronald).standing == Standing.LISTED
    assert not Disposal.objects.filter(record_id=ron).exists(), "its time is counted with the other's"


def test_a_kept_draft_keeps_the_person_and_a_kept_person_their_drafts(
    riverside: Universe, iris: Actor, asha: Actor, at: datetime, past: datetime
) -> None:
    amina = riverside.people["Amina"]
    draft = begin_draft(actor=asha, at=at, person_id=riverside.people["Bee"]).id
    everything()
    whole = listed(amina, past, rule=AFTER_CONTACT)
    of_draft = Disposal.put_on_list(
        kind=Kind.SHARE_DRAFT, record_id=amina, table="sharing.ShareDraft", row=str(draft), rule="drafts",
        due_on=at.date(), at=past,
    ).id  # fmt: skip
    for one, other in ((whole, of_draft), (of_draft, whole)):
        everything()
        Disposal.objects.update(standing=Standing.LISTED, kept_until=None, why="")
        keeping.keep_longer(actor=iris, at=past, disposal_id=one, until=UNTIL, why=WHY)
        page = disposal_page(actor=iris, disposal_id=other, at=past)
        assert f"Kept until 1 January 2070: {WHY}" in page.in_the_way.waits


def test_whoever_kept_it_may_change_their_mind(iris: Actor, ron: UUID, past: datetime) -> None:
    keeping.list_what_is_due(actor=system_actor("keeping"), at=past)
    line = kept(iris, past, ron)
    assert disposal_page(actor=iris, disposal_id=line, at=past).in_the_way.waits == []
    keeping.mark_to_go(actor=iris, at=past, disposal_id=line)
    keeping.let_go(actor=iris, at=past, disposals=[line])
    everything()
    assert not Person.objects.filter(id=ron).exists()


def test_after_its_day_it_keeps_nothing(
    iris: Actor, who: Callable[[str], Actor], ron: UUID, ronald: UUID, past: datetime
) -> None:
    keeping.list_what_is_due(actor=system_actor("keeping"), at=past)
    kept(iris, past, ron)
    merge_people(actor=who("Gwen Hughes"), at=past, kept_id=ronald, absorbed_id=ron, reason="Same")
    after = past.replace(year=2070, month=1, day=2)
    assert disposal_page(actor=iris, disposal_id=line_of(ronald).id, at=after).in_the_way.waits == []
