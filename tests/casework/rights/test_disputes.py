"""That something is said to be wrong: marked at once, answered with reasons, and told on."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.forms.models import model_to_dict
from django.utils import timezone
from tests.casework.rights.conftest import everything
from tests.casework.sharing.sharing_told import proposal
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.people.commands.involvement import add_to_chronology
from alongside.casework.people.models import ChronologyEntry, Person, Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands import disputes
from alongside.casework.rights.commands.keeping import let_go, place_hold
from alongside.casework.rights.commands.requests import close_request
from alongside.casework.rights.models import AccessRequest, Disposal, Dispute, Look, Withheld
from alongside.casework.rights.queries.disputes import disputes_page
from alongside.casework.rights.queries.ways import tables_about_people
from alongside.casework.rights.rules.disputes import DISPUTABLE, Outcome, lacks
from alongside.casework.rights.rules.withholding import Ground, Reasoned
from alongside.casework.sharing.commands.corrections import confirm_correction
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.models import Disclosure, RecipientTold, SharedItem
from alongside.casework.sharing.queries.waiting import Waits, waiting

ENTRY = "people.ChronologyEntry"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def asha(who: Callable[[str], Actor]) -> Actor:
    return who("Asha Patel")


@pytest.fixture
def entry(riverside: Universe) -> UUID:
    """Something that was written about Bee."""
    everything()
    found = ChronologyEntry.objects.filter(
        person=riverside.people["Bee"], corrects=None, readers=ChronologyEntry.Readers.EVERYBODY
    )
    return found.order_by("id")[0].id


def noted(actor: Actor, at: datetime, person: UUID, row: UUID, table: str = ENTRY, **other: Any) -> Dispute:
    given = {"says": "wrong", "words": "I never said that.", "said_by": "person", "how": "talking"} | other
    return disputes.note_dispute(
        actor=actor, at=at, person_id=person, table=table, row=str(row), received_on=at.date(), **given
    )


def answer(outcome: str, at: datetime, **other: Any) -> dict[str, Any]:
    return {
        "outcome": outcome, "why": "Two of us looked.", "told_on": at.date(), "told_how": "On the telephone."
    } | other  # fmt: skip


def shared(riverside: Universe, asha: Actor, at: datetime) -> tuple[SharedItem, Disclosure]:
    """Something that was told to the police, and that they were told."""
    decide(
        actor=asha, at=at, person_id=riverside.people["Bee"], proposal=proposal(riverside, to="valley_police")
    )
    everything()
    told = Disclosure.objects.select_related("decision").order_by("at", "id")[0]
    return told.decision.items.all()[0], told


def test_every_table_that_may_be_disputed_is_one_that_is_told() -> None:
    assert set(DISPUTABLE) <= set(tables_about_people())
    assert "people.AboutMe" not in DISPUTABLE


@pytest.mark.parametrize(
    ("outcome", "given", "lacking"),
    [
        (Outcome.REFUSED, {"why": " "}, {"why"}),
        (Outcome.KEPT, {"why": "x"}, {"statement"}),
        (Outcome.CORRECTED, {"why": "x"}, {"changed"}),
        (Outcome.ERASED, {"why": "x", "changed": "x", "table": "sources.Flag"}, {"outcome"}),
        (Outcome.ERASED, {"why": "x", "changed": "x"}, set()),
        (Outcome.REFUSED, {"why": "x", "told": ["somebody"]}, {"changed"}),
    ],
)
def test_an_answer_says_what_its_outcome_needs(
    outcome: Outcome, given: dict[str, Any], lacking: set[str]
) -> None:
    full = {"table": ENTRY, "why": "", "statement": "", "changed": "", "told": ()} | given
    assert set(lacks(outcome, **full)) == lacking


def test_while_it_is_disputed_whoever_reads_it_sees_that(
    riverside: Universe, asha: Actor, entry: UUID, at: datetime
) -> None:
    bee, browser = riverside.people["Bee"], browser_of(riverside.members["Asha Patel"].user)
    assert "Disputed since" not in browser.get(f"/people/{bee}/").text
    noted(asha, at, bee, entry)
    assert "Disputed since 2 November 2026: It is wrong." in browser.get(f"/people/{bee}/").text
    with pytest.raises(AlreadyDoneError):
        noted(asha, at, bee, entry)


def test_what_one_does_not_see_one_cannot_dispute(
    riverside: Universe, asha: Actor, who: Callable[[str], Actor], entry: UUID, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        noted(asha, at, riverside.people["Amina"], entry)
    with pytest.raises(NotAllowedError):
        noted(who("Iris Okafor"), at, riverside.people["Bee"], entry)
    with pytest.raises(NotFoundError):
        noted(asha, at, riverside.people["Bee"], entry, table="people.AboutMe")


def test_what_the_person_says_stands_beside_it_from_then_on(
    riverside: Universe, asha: Actor, iris: Actor, entry: UUID, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    made = noted(asha, at, bee, entry)
    with pytest.raises(disputes.NoAnswerError) as lacking:
        disputes.answer_dispute(actor=iris, at=at, dispute_id=made.id, **answer("kept", at))
    assert set(lacking.value.fields) == {"statement"}
    said = answer("kept", at, statement="It was my brother who shouted.")
    disputes.answer_dispute(actor=iris, at=at, dispute_id=made.id, **said)
    page = browser_of(riverside.members["Asha Patel"].user).get(f"/people/{bee}/").text
    assert "The person says of this: It was my brother who shouted." in page
    with pytest.raises(AlreadyDoneError):
        disputes.answer_dispute(actor=iris, at=at, dispute_id=made.id, **said)
    everything()
    with pytest.raises(DatabaseError, match="kept as they said it"), transaction.atomic():
        connection.cursor().execute("update rights_dispute set words = 'x'")


def test_whoever_was_told_a_thing_that_was_put_right_is_told_once_and_confirms_it(
    riverside: Universe, asha: Actor, iris: Actor, at: datetime
) -> None:
    item, told = shared(riverside, asha, at)
    made = Dispute.note(
        person=Person.objects.get(id=told.decision.person_id), table="sharing.SharedItem", row=str(item.id),
        says="wrong", words="It is not so.", said_by="person", said_by_name="", received_on=at.date(),
        how="letter", by="Asha Patel", organisation_id=told.from_organisation_id, at=at,
    )  # fmt: skip
    everything()
    everybody = Disclosure.objects.filter(decision=told.decision).count()
    said = answer("corrected", at, changed="The flat is on the second floor.", tell=[told.id])
    assert disputes.answer_dispute(actor=iris, at=at, dispute_id=made.id, **said) == everybody
    everything()
    notices = RecipientTold.objects.filter(because_of=made.id)
    assert notices.count() == everybody
    notice = notices.get(disclosure=told)
    reader = next(each for each in riverside.members.values() if each.organisation_id == told.organisation_id)
    browser = browser_of(reader.user)
    page = browser.get(f"/shared-with-us/{told.id}/").text
    assert "The flat is on the second floor." in page
    assert "shared with us has changed" in browser.get("/").text
    browser.post(f"/shared-with-us/{told.id}/changed/{notice.id}/")
    second = browser.post(f"/shared-with-us/{told.id}/changed/{notice.id}/", follow=True)
    assert second.redirect_chain == [(f"/shared-with-us/{told.id}/", 302)]
    assert f"{reader.user.name} has already confirmed this." in second.text
    assert "confirmed it" in browser.get(f"/shared-with-us/{told.id}/").text
    assert "shared with us has changed" not in browser.get("/").text


def test_another_organisation_confirms_nothing_that_it_was_not_told(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    _, told = shared(riverside, asha, at)
    with pytest.raises(NotFoundError):
        confirm_correction(actor=asha, at=at, disclosure_id=told.id, notice_id=told.id)
    assert Waits.CHANGED not in {each.why for each in waiting(actor=asha, day=at.date())}


def test_what_is_to_be_erased_is_gone_once_that_is_confirmed_and_the_rest_stays(
    riverside: Universe, asha: Actor, iris: Actor, entry: UUID, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    close_request(actor=iris, at=at, request_id=riverside.access_requests["Bee"], why="Taken back.")
    made = noted(asha, at, bee, entry, says="not_held")
    said = answer("erased", at, changed="It is no longer held.")
    disputes.answer_dispute(actor=iris, at=at, dispute_id=made.id, **said)
    everything()
    line = Disposal.objects.get(row=str(entry))
    before = ChronologyEntry.objects.count()
    assert ChronologyEntry.objects.filter(id=entry).exists()
    let_go(actor=iris, at=at, disposals=[line.id])
    everything()
    assert ChronologyEntry.objects.count() == before - 1
    assert Person.objects.filter(id=bee).exists()


CONFIDED = "Her cousin drinks"


def test_what_was_withheld_looked_at_and_disputed_of_a_row_that_goes_says_nothing_of_it_any_more(
    riverside: Universe, asha: Actor, iris: Actor, entry: UUID, at: datetime
) -> None:
    made = noted(asha, at, riverside.people["Bee"], entry, says="not_held", words=f"{CONFIDED}: not so.")
    everything()
    asked = AccessRequest.objects.get(id=riverside.access_requests["Bee"])
    line, by = f"people.ChronologyEntry:{entry}", {"by": iris.account, "by_name": iris.name, "at": at}
    of_others = Reasoned(ground=Ground.THIRD_PARTY, why=f"{CONFIDED}, and did not agree.")
    withheld = [
        Withheld.withhold(request=asked, line=line, words=words, reasoned=of_others, **by)
        for words in ("", CONFIDED, "cousin")
    ]
    look = Look.note_down(request=asked, line=line, line_print="x" * 64, note=CONFIDED, **by)
    elsewhere = Look.note_down(request=asked, line="people.AboutMe:1", line_print="x", note="Read.", **by)
    close_request(actor=iris, at=at, request_id=asked.id, why="Taken back.")
    said = answer("erased", at, why=f"{CONFIDED}: it is not ours to hold.", changed=CONFIDED)
    disputes.answer_dispute(actor=iris, at=at, dispute_id=made.id, **said)
    everything()
    for change in ("dispute set words = ''", "look set note = ''", "withheld set words = ''"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"update rights_{change}")  # not but by letting go of it
    let_go(actor=iris, at=at, disposals=[Disposal.objects.get(row=str(entry)).id])
    everything()
    left = [*Withheld.objects.filter(id__in=[each.id for each in withheld]), Look.objects.get(id=look.id)]
    left.append(Dispute.objects.get(id=made.id))
    assert len(left) == 5
    for each in left:
        values = str(model_to_dict(each))
        assert CONFIDED not in values
        assert "cousin" not in values
        assert each._meta.model_name == "dispute" or str(entry) not in values
    ended = Dispute.objects.get(id=made.id)
    assert (ended.outcome, ended.decided_by) == ("erased", iris.name)
    assert Look.objects.get(id=elsewhere.id).note == "Read."
    page = browser_of(riverside.members["Iris Okafor"].user).get(f"/rights/disputes/{made.id}/").text
    assert "Deleted, along with what it was about" in page


def test_what_is_held_is_not_agreed_to_be_erased_and_nobody_is_told_to_erase_it(
    riverside: Universe, asha: Actor, iris: Actor, entry: UUID, at: datetime
) -> None:
    made = noted(asha, at, riverside.people["Bee"], entry, says="not_held")
    place_hold(actor=iris, at=at, person_id=riverside.people["Bee"], reason="inquest", words="Ref 12.")
    with pytest.raises(disputes.NoAnswerError, match="Lift it first, or refuse"):
        disputes.answer_dispute(
            actor=iris, at=at, dispute_id=made.id, **answer("erased", at, changed="It is gone.")
        )
    everything()
    assert not Disposal.objects.filter(row=str(entry)).exists()
    assert not RecipientTold.objects.filter(because_of=made.id).exists()


def test_that_another_organisation_keeps_something_to_itself_is_not_told_by_its_dispute(
    riverside: Universe, who: Callable[[str], Actor], asha: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    everything()
    kept = add_to_chronology(
        actor=asha, at=at, person_id=bee, happened_on=at.date(), kind="event", words="A secret.",
        readers=ChronologyEntry.Readers.OWN,
    )  # fmt: skip
    made = noted(asha, at, bee, kept.id)
    everything()
    police = riverside.organisations["valley_police"]
    Reach.give(person_id=bee, organisation_id=police.id, why=ReachWhy.INVOLVED, at=at, purpose="multi_agency")

    def listed(reader: Actor) -> set[UUID]:
        page = disputes_page(actor=reader, person_id=bee, at=at)
        return {each.id for each in page.disputes}

    assert made.id in listed(asha)
    name = next(name for name, each in riverside.members.items() if each.organisation_id == police.id)
    assert made.id not in listed(who(name))


def day(name: str, on: date) -> dict[str, Any]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def test_from_the_chronology_to_the_answer_by_the_pages(
    riverside: Universe, entry: UUID, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    worker, lead = (browser_of(riverside.members[name].user) for name in ("Asha Patel", "Iris Okafor"))  # type: Client, Client
    address = f"/people/{bee}/rights/disputes/entry/{entry}/"
    assert f'href="{address}"' in worker.get(f"/people/{bee}/").text
    given = {"says": "wrong", "words": "I never said that.", "said_by": "advocate", "how": "talking"}
    wrong = worker.post(address, given | day("received_on", at.date()))
    assert wrong.status_code == 422
    assert "Enter the name of whoever speaks for them" in wrong.text
    assert "I never said that." in wrong.text
    named = given | {"said_by_name": "Jo Lee"} | day("received_on", at.date())
    assert "have an answer within a month" in worker.post(address, named, follow=True).text
    assert "Disputed" in worker.get(f"/people/{bee}/rights/disputes/").text
    everything()
    made = Dispute.objects.get()
    assert f"/rights/disputes/{made.id}/" in lead.get("/rights/disputes/").text
    where = f"/rights/disputes/{made.id}/"
    assert "I never said that." in lead.get(where).text
    lacking = lead.post(
        where, {"outcome": "kept", "why": "Both.", "told_how": "Letter"} | day("told_on", at.date())
    )
    assert lacking.status_code == 422
    assert "it is shown beside it from now on" in lacking.text
    done = lead.post(
        where,
        {"outcome": "refused", "why": "It is what she said.", "told_how": "Letter"}
        | day("told_on", at.date()),
        follow=True,
    )
    assert "It has been answered." in done.text
    assert worker.get("/rights/disputes/").status_code == 403
