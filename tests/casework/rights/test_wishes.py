"""What a person asks of all that is held: left alone while it is looked into, answered, and then left out."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import Settings
from tests.casework.rights.conftest import everything
from tests.casework.rights.test_disputes import shared
from tests.casework.signed_in import browser_of
from tools.universe import Universe, release

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.models import Person, Reach
from alongside.casework.rights.commands import keeping, wishes
from alongside.casework.rights.commands.disputes import NoAnswerError, WrongDisputeError
from alongside.casework.rights.commands.requests import close_request
from alongside.casework.rights.models import Disposal, Dispute
from alongside.casework.rights.rules.disputes import Outcome
from alongside.casework.rights.rules.retention import ERASURE, HoldReason, Standing
from alongside.casework.rights.rules.wishes import (
    MAY_BE_REFUSED_FOR,
    Ground,
    Wish,
    closed,
    is_left_out,
    lacks,
)
from alongside.casework.sharing.models import RecipientTold
from alongside.casework.sources import jobs
from alongside.casework.sources.commands.objections import hand_over_objections
from alongside.casework.sources.models import Flag
from alongside.casework.sources.queries.objecting import objectors, who_objects
from alongside.insight.run_folder import open_run as open_folder


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def asha(who: Callable[[str], Actor]) -> Actor:
    return who("Asha Patel")


def noted(actor: Actor, at: datetime, person: UUID, wish: Wish = Wish.NOT_FOUND, **other: Any) -> UUID:
    given = {"words": "Leave me off your lists.", "said_by": "person", "how": "letter"} | other
    return wishes.note_wish(
        actor=actor, at=at, person_id=person, wish=wish, received_on=at.date(), **given
    ).id


def answered(actor: Actor, at: datetime, wish: UUID, outcome: str, **other: Any) -> int:
    given = {"why": "It is theirs to decide.", "told_on": at.date(), "told_how": "By letter."} | other
    return wishes.answer_wish(actor=actor, at=at, dispute_id=wish, outcome=outcome, **given)


# the rules


@pytest.mark.parametrize(
    ("wish", "outcome", "left_out"),
    [
        (Wish.NOT_FOUND, "", True),
        (Wish.NOT_FOUND, Outcome.UPHELD, True),
        (Wish.NOT_FOUND, Outcome.REFUSED, False),
        (Wish.NOT_USED, "", True),
        (Wish.ERASE, "", False),
    ],
)
def test_lists_leave_out_whoever_objects_until_it_is_refused(
    wish: Wish, outcome: str, left_out: bool
) -> None:
    assert is_left_out(wish, outcome) is left_out


def test_each_wish_may_be_refused_on_its_own_grounds_alone() -> None:
    assert set().union(*MAY_BE_REFUSED_FOR.values()) == set(Ground)
    assert Ground.COMPELLING not in MAY_BE_REFUSED_FOR[Wish.ERASE]
    assert Ground.NEEDED not in MAY_BE_REFUSED_FOR[Wish.NOT_FOUND]


def test_a_claim_is_a_ground_where_something_is_held_for_one() -> None:
    assert closed(Ground.CLAIMS, in_touch=(), holds=())
    assert closed(Ground.CLAIMS, in_touch=(), holds=[HoldReason.REVIEW])
    assert not closed(Ground.CLAIMS, in_touch=(), holds=[HoldReason.LITIGATION])
    assert closed(Ground.NEEDED, in_touch=(), holds=())
    assert not closed(Ground.NEEDED, in_touch=["Riverside Council"], holds=())


@pytest.mark.parametrize(
    ("outcome", "given", "lacking"),
    [
        (Outcome.UPHELD, {}, set()),
        (Outcome.UPHELD, {"why": " "}, {"why"}),
        (Outcome.UPHELD, {"ground": "compelling"}, {"ground"}),
        (Outcome.REFUSED, {}, {"ground"}),
        (Outcome.REFUSED, {"ground": "needed"}, {"ground"}),
        (Outcome.REFUSED, {"ground": "claims"}, {"ground"}),
        (Outcome.REFUSED, {"ground": "compelling"}, set()),
        (Outcome.ERASED, {}, {"outcome"}),
        (Outcome.KEPT, {}, {"outcome"}),
    ],
)
def test_an_answer_to_an_objection_says_what_it_needs(
    outcome: Outcome, given: dict[str, Any], lacking: set[str]
) -> None:
    full = {"ground": "", "why": "x", "in_touch": (), "holds": ()} | given
    assert set(lacks(Wish.NOT_FOUND, outcome, **full)) == lacking


# noting it


@pytest.mark.proves("MARM-29")
def test_while_it_is_open_whoever_reads_the_record_sees_that(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    bee, browser = riverside.people["Bee"], browser_of(riverside.members["Asha Patel"].user)
    noted(asha, at, bee)
    noted(asha, at, bee, Wish.ERASE)
    page = browser.get(f"/people/{bee}/").text
    assert "they do not want to be found by lists" in page
    assert "be erased. This has not been answered yet" in page
    with pytest.raises(AlreadyDoneError):
        noted(asha, at, bee)


def test_a_letter_is_noted_by_whoever_answers_and_by_nobody_who_does_not_see_the_person(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        noted(who("Tom Reilly"), at, riverside.people["Amina"])
    with pytest.raises(NotAllowedError):
        noted(who("Lena Novak"), at, riverside.people["Amina"])
    with pytest.raises(WrongDisputeError):
        noted(iris, at, riverside.people["Amina"], words=" ")
    noted(iris, at, riverside.people["Amina"])
    said = AuditEvent.objects.filter(code="rights.wish_noted").get()
    assert (said.person_id, said.details) == (riverside.people["Amina"], {"wish": "not_found"})


def test_what_was_said_and_answered_is_never_changed(riverside: Universe, iris: Actor, at: datetime) -> None:
    made = noted(iris, at, riverside.people["Amina"])
    answered(iris, at, made, "upheld")
    everything()
    for change in ("set words = 'x'", "set ground = 'claims'", "set outcome = ''"):
        with pytest.raises(DatabaseError, match="kept as they said it"), transaction.atomic():
            connection.cursor().execute(f"update rights_dispute {change}")
    with pytest.raises(AlreadyDoneError):
        answered(iris, at, made, "upheld")


def test_it_is_refused_on_a_ground_or_not_at_all(
    riverside: Universe, asha: Actor, iris: Actor, at: datetime
) -> None:
    amina = riverside.people["Amina"]
    made = noted(iris, at, amina)
    with pytest.raises(NotAllowedError):
        answered(asha, at, made, "upheld")
    with pytest.raises(NoAnswerError) as lacking:
        answered(iris, at, made, "refused", told_how=" ")
    assert set(lacking.value.fields) == {"ground", "told_how"}
    answered(iris, at, made, "refused", ground="compelling", why="Her life is in danger this week.")
    everything()
    assert amina not in who_objects()


# what follows


def next_run(drop: Path, at: datetime) -> str:
    """Let an agency deliver again, and make the run of it; return its folder."""
    rent = next(drop.glob("housing_rent*"))
    rent.write_bytes(b"".join(rent.read_bytes().splitlines(keepends=True)[:-1]))
    for file in drop.iterdir():
        os.utime(file, (0, 0))  # nobody is still writing it
    run = jobs.watch_drop_folder(at=at)
    assert run is not None
    return run.folder


def listed(folder: str, policy: str) -> set[str]:
    """Who is on a list of a run, by their pseudonym."""
    return {each.insight_id for each in jobs.people_of(folder, policy, ["today", "this_week", "soon"])}


def known_to_object(folder: Path) -> set[str]:
    """Of whom a run knows that they object."""
    factors = open_folder(folder).table("factors.parquet", columns=["person_id", "objected"]).to_pylist()
    return {each["person_id"] for each in factors if each["objected"]}


@pytest.mark.proves("FIND-18")
def test_whoever_objects_is_left_out_of_the_next_run_and_their_flags_are_taken_back(
    riverside: Universe, iris: Actor, drop: Path, at: datetime
) -> None:
    release(riverside, "2026-11-01", at=at)
    everything()
    flags = list(Flag.objects.standing_at(at).select_related("person").order_by("policy", "rank", "id"))
    theirs, other = flags[0], next(each for each in flags if each.person_id != flags[0].person_id)
    refused = noted(iris, at, other.person_id)
    made = noted(iris, at, theirs.person_id)
    assert answered(iris, at, made, "upheld") >= 1
    answered(iris, at, refused, "refused", ground="compelling", why="There is a child in the flat.")
    everything()
    assert not Flag.objects.standing_at(at).filter(person=theirs.person_id).exists()
    assert Flag.objects.get(id=theirs.id).withdrawn_why == "The person objected, and that was upheld."
    assert not Reach.objects.filter(person=theirs.person_id, why="released", until=None).exists()
    assert Flag.objects.get(id=other.id).withdrawn_at is None
    him, her = theirs.person.insight_id, other.person.insight_id
    assert him in listed("2026-11-01", theirs.policy)
    assert not {him, her} & known_to_object(drop.parent / "runs" / "2026-11-01")

    made_of_it = next_run(drop, at)

    assert {him, her} & known_to_object(drop.parent / "runs" / made_of_it) == {him}
    assert him not in listed(made_of_it, theirs.policy)
    assert her in listed(made_of_it, other.policy), "what was refused changes nothing"
    assert oct((drop / jobs.OBJECTIONS_FILE).stat().st_mode)[-3:] == "600"


def test_the_objections_are_written_the_same_for_the_same_people_and_go_with_the_last(
    riverside: Universe, iris: Actor, at: datetime, tmp_path: Path, settings: Settings
) -> None:
    settings.DROP_FOLDER = tmp_path / "drop"
    file, night = tmp_path / "drop" / jobs.OBJECTIONS_FILE, system_actor("night")
    made = noted(iris, at, riverside.people["Stan"])
    assert jobs.write_objections(actor=night, at=at) == 1
    said = file.read_text("utf-8")
    assert "Kowalczyk" in said
    assert "Leave me off" not in said
    jobs.write_objections(actor=night, at=at + timedelta(days=1))
    assert file.read_text("utf-8") == said
    answered(iris, at, made, "refused", ground="compelling", why="A danger to life.")
    assert jobs.write_objections(actor=night, at=at) == 0
    assert not file.exists()
    with pytest.raises(NotAllowedError):
        hand_over_objections(actor=iris, at=at, write=lambda _: None)


def test_of_a_protected_address_nothing_is_written_that_leads_there(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    noted(iris, at, riverside.people["Bee"])
    everything()
    bees = Person.objects.filter(id=riverside.people["Bee"])
    bees.update(telephone="01632 960001", email="bee@example.org")
    (bee,) = objectors()
    assert (bee.telephone, bee.email) == ("01632 960001", "bee@example.org")
    bees.update(address_protected=True)
    (bee,) = objectors()
    assert (bee.surname, bee.address, bee.postcode, bee.uprn) == ("Ó Murchú", "", "", "")
    assert (bee.telephone, bee.email) == ("", "")


def test_records_that_were_joined_are_left_out_together(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, at: datetime
) -> None:
    bee, amina = riverside.people["Bee"], riverside.people["Amina"]
    noted(iris, at, amina)
    everything()
    assert who_objects().keys() == {amina}
    merge_people(
        actor=who("Gwen Hughes"), at=at, kept_id=bee, absorbed_id=amina, reason="The same person, as told."
    )
    everything()
    assert who_objects().keys() == {bee, amina}


# erasure


@pytest.mark.proves("MARM-27")
def test_an_erasure_that_is_agreed_tells_recipients_first_and_waits_to_be_confirmed(
    riverside: Universe, asha: Actor, iris: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    shared(riverside, asha, at)
    close_request(actor=iris, at=at, request_id=riverside.access_requests["Bee"], why="Taken back.")
    made = noted(asha, at, bee, Wish.ERASE, words="All of it, please.")
    with pytest.raises(NoAnswerError) as lacking:
        answered(iris, at, made, "erased")
    assert set(lacking.value.fields) == {"changed"}
    told = answered(iris, at, made, "erased", changed="All of it is erased. Erase what you hold from us.")
    everything()
    notices = list(RecipientTold.objects.filter(because_of=made).select_related("disclosure"))
    assert told == len(notices) > 0
    line = Disposal.objects.get(row=str(bee))
    assert (line.rule, line.standing) == (ERASURE, Standing.MARKED)
    with pytest.raises(keeping.HeldError, match="has not confirmed it"):
        keeping.let_go(actor=iris, at=at, disposals=[line.id])
    for notice in notices:
        reader = next(
            each for each in riverside.members.values() if each.organisation_id == notice.organisation_id
        )
        browser_of(reader.user).post(f"/shared-with-us/{notice.disclosure_id}/changed/{notice.id}/")
    assert keeping.let_go(actor=iris, at=at, disposals=[line.id]) > 0
    everything()
    assert not Person.objects.filter(id=bee).exists()
    assert Disposal.objects.get(id=line.id).standing == Standing.GONE


def test_who_does_not_confirm_is_waited_for_so_long_and_no_longer(
    riverside: Universe, asha: Actor, iris: Actor, at: datetime
) -> None:
    shared(riverside, asha, at)
    close_request(actor=iris, at=at, request_id=riverside.access_requests["Bee"], why="Taken back.")
    made = noted(asha, at, riverside.people["Bee"], Wish.ERASE)
    answered(iris, at, made, "erased", changed="All of it is erased.")
    everything()
    line = Disposal.objects.get(row=str(riverside.people["Bee"]))
    with pytest.raises(keeping.HeldError):
        keeping.let_go(actor=iris, at=at + timedelta(days=13), disposals=[line.id])
    assert keeping.let_go(actor=iris, at=at + timedelta(days=14), disposals=[line.id]) > 0


def test_a_hold_blocks_an_erasure_and_opens_the_ground_to_refuse_it(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina = riverside.people["Amina"]
    made = noted(iris, at, amina, Wish.ERASE)
    with pytest.raises(NoAnswerError, match="place one first"):
        answered(iris, at, made, "refused", ground="claims")
    keeping.place_hold(actor=iris, at=at, person_id=amina, reason="litigation", words="Claim RIV 12.")
    with pytest.raises(NoAnswerError, match="Lift it first, or refuse"):
        answered(iris, at, made, "erased", changed="Erased.")
    everything()
    assert not Disposal.objects.filter(row=str(amina)).exists()
    answered(iris, at, made, "refused", ground="claims", why="The claim RIV 12 is not decided.")
    everything()
    assert Dispute.objects.get(id=made).ground == "claims"


def test_a_ground_that_was_chosen_first_does_not_stop_who_agrees_after_all(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    made = noted(iris, at, riverside.people["Amina"])
    lead: Any = browser_of(riverside.members["Iris Okafor"].user)
    said = {
        "outcome": "upheld", "ground": "compelling", "why": "It is theirs.", "told_how": "By letter.",
        "told_on-day": at.day, "told_on-month": at.month, "told_on-year": at.year,
    }  # fmt: skip
    assert lead.post(f"/rights/disputes/{made}/", said).status_code == 302
    everything()
    assert Dispute.objects.get(id=made).ground == ""


def test_a_hold_is_lifted_from_the_page_of_what_was_asked_also_once_that_is_answered(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina = riverside.people["Amina"]
    made = noted(iris, at, amina, Wish.ERASE)
    hold = keeping.place_hold(actor=iris, at=at, person_id=amina, reason="litigation", words="Claim RIV 12.")
    lead: Any = browser_of(riverside.members["Iris Okafor"].user)
    lift = f"/rights/holds/{hold.id}/lift/"
    page = lead.get(f"/rights/disputes/{made}/").text
    assert "Claim RIV 12." in page
    assert lift in page
    answered(iris, at, made, "refused", ground="claims")
    assert lift in lead.get(f"/rights/disputes/{made}/").text
    keeping.lift_hold(actor=iris, at=at, hold_id=hold.id, why="It is over.")
    assert lift not in lead.get(f"/rights/disputes/{made}/").text


def test_why_an_objection_was_right_stands_on_no_page_for_every_agency(
    riverside: Universe, asha: Actor, iris: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    made = noted(asha, at, bee, Wish.NOT_USED)
    answered(iris, at, made, "upheld", why="Her brother works at the council.")
    page = browser_of(riverside.members["Asha Patel"].user).get(f"/people/{bee}/").text
    assert "they objected to how what is held about them is used. This was upheld" in page
    assert "Her brother" not in page
