"""The pages: what they show and ask, what they refuse beside the field, and that nothing typed is lost."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import system_actor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.capacity.commands import assessing
from alongside.casework.capacity.models import (
    AdvanceStatement,
    AdvanceWithdrawal,
    AdviceNote,
    Advocate,
    CapacityRecord,
)
from alongside.casework.capacity.presenters.decisions import waiting_shown
from alongside.casework.capacity.queries.due import Due, Waiting
from alongside.casework.capacity.rules.assessing import State
from alongside.casework.design.dates import day_in_words
from alongside.casework.operations.running import tell_database

MOST_QUERIES = 15
REASONED_AS_SENT = {
    "past_wishes": "Home.", "present_wishes": "She pulls away.", "beliefs": "Her door.", "consulted": "Dee.",
    "regain": "likely", "regain_words": "No.", "options": "Two.", "less_restrictive": "Home.",
    "serious": "neither", "imca": "not_needed", "decision": "The nurse comes twice a day.", "why": "Healing.",
    "decided_by": "Asha Patel",
}  # fmt: skip
"""A decision in her best interests, as a browser sends it, but for its day."""


@pytest.fixture
def riverside(riverside_now: Universe) -> Universe:
    return riverside_now


@pytest.fixture
def asha(riverside: Universe) -> Client:
    return browser_of(riverside.members["Asha Patel"].user)


@pytest.fixture
def bee(riverside: Universe) -> str:
    return f"/people/{riverside.people['Bee']}/capacity/"


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Needed since today"), (1, "Needed for 1 day"), (2, "Needed for 2 days")]
)
def test_how_long_an_advocate_has_been_needed_is_counted_in_days(days: int, words: str) -> None:
    since = date(2026, 11, 2)
    waits = Waiting(Due.ADVOCATE, uuid4(), uuid4(), "Bee", "", since)
    assert waiting_shown(waits, since + timedelta(days=days)) == ("An advocate for Bee", words)


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def typed(**other: Any) -> dict[str, Any]:
    """A whole assessment, as a browser sends it: she cannot decide this now."""
    today = timezone.localdate()
    given: dict[str, Any] = {
        "decision": "Whether to sleep in hospital tonight", "why_now": "The ambulance waits.",
        "information": "The fever.", "chosen_by": "Asha", "help": ["time"], "help_words": "Slowly.",
        "understand": "no", "understand_seen": "“Where am I?”", "retain": "yes", "weigh": "yes",
        "communicate": "yes", "impairment": "Delirium", "because": "With the fever.",
        "recognises": "not_asked",
        "pressure": "none_seen", "outcome": "assessed_lacks", "reasons": "She does not follow.",
        "confidence": "sure", "role": "Social worker",
    }  # fmt: skip
    return given | boxes("assessed_on", today) | boxes("next_check", today + timedelta(days=3)) | other


@pytest.mark.proves("MARM-06", "MARM-44")
def test_a_decision_is_looked_at_help_first_and_the_record_asks_who_is_on_their_side(
    asha: Client, bee: str
) -> None:
    form = asha.get(bee + "new/").text
    assert (
        form.index("Help to decide")
        < form.index("What they could do, with that help")
        < form.index("What causes it")
    )
    assert "unwise decision is not a sign" in form
    kept = asha.post(bee + "new/", typed())
    assert kept.status_code == 302
    page = asha.get(kept["Location"]).text
    assert "Cannot decide this now" in page
    assert "“Where am I?”" in page
    assert "See whether they have a right to an advocate" in page
    again = asha.post(bee + "new/", typed())
    assert (again.status_code, "This decision already has a record" in again.text) == (422, True)


@pytest.mark.proves("MARM-06")
@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"decision": "Bee lacks capacity"}, "is not one decision"),
        ({"help": []}, "until all practicable help has been given"),
        ({"impairment": ""}, "Enter which impairment or disturbance"),
        ({"pressure": "cause", "pressure_words": "He", "advice_from": "Us"}, "is not lack of capacity"),
        ({"understand_seen": ""}, "needs evidence"),
        ({"next_check-year": ""}, "The date must include a year"),
        ({"outcome": ""}, "Choose what you conclude"),
    ],
)
def test_what_cannot_stand_is_told_beside_the_field_and_nothing_typed_is_lost(
    asha: Client, bee: str, other: dict[str, Any], told: str
) -> None:
    page = asha.post(bee + "new/", typed(**other))
    assert (page.status_code, told in page.text) == (422, True)
    assert "She does not follow." in page.text
    assert not CapacityRecord.objects.filter(reasons="She does not follow.").exists()


def test_of_two_who_look_again_at_once_the_second_is_told_and_keeps_what_they_typed(
    asha: Client, bee: str, riverside: Universe
) -> None:
    lacks = riverside.capacity["lacks"]
    address = f"{bee}{lacks}/again/"
    assert "Whether to have the wound on her leg dressed" in asha.get(address).text
    first = asha.post(address, typed(opened=lacks, reasons="Clearer today."))
    assert first.status_code == 302
    second = asha.post(address, typed(opened=lacks, reasons="No, not clearer."))
    assert second.status_code == 409
    assert "Somebody recorded this decision again" in second.text
    assert "No, not clearer." in second.text
    newer = CapacityRecord.objects.get(follows=lacks)
    assert f'value="{newer.id}"' in second.text
    old = asha.get(f"{bee}{lacks}/").text
    assert "There is a newer record of this decision" in old
    assert "This decision over time" in old


def test_a_decision_is_made_for_her_beside_what_she_wished_in_advance(
    asha: Client, bee: str, riverside: Universe
) -> None:
    address = f"{bee}{riverside.capacity['lacks']}/best-interests/"
    form = asha.get(address).text
    assert "ask Dee what I would say" in form
    assert "Ring my cousin" not in form
    given = REASONED_AS_SENT | boxes("decided_on", timezone.localdate())
    stale = asha.post(address, given)
    assert (stale.status_code, "The nurse comes twice a day." in stale.text) == (409, True)
    made = CapacityRecord.objects.get(id=riverside.capacity["lacks"]).best_interests.get()
    wrong = asha.post(address, given | {"opened": made.id, "can_wait": "on"})
    assert (wrong.status_code, "it is theirs to decide: wait" in wrong.text) == (422, True)
    assert asha.post(address, given | {"opened": made.id}).status_code == 302
    assert "The nurse comes twice a day." in asha.get(f"{bee}{riverside.capacity['lacks']}/sheet/").text
    doubted = f"{bee}{riverside.capacity['again']}/best-interests/"
    assert "it is theirs to decide" in asha.get(doubted).text
    theirs = asha.post(doubted, given)
    assert (theirs.status_code, "it is theirs to decide" in theirs.text) == (409, True)


def test_of_two_who_look_again_while_a_page_is_read_the_second_sees_the_newer_record(
    asha: Client, bee: str, riverside: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacks, plain = riverside.capacity["lacks"], assessing.record_capacity

    def after_a_colleague(**given: Any) -> CapacityRecord:
        plain(**given | {"given": replace(given["given"], outcome=State.IN_DOUBT)})
        return plain(**given)

    monkeypatch.setattr(assessing, "record_capacity", after_a_colleague)
    second = asha.post(f"{bee}{lacks}/again/", typed(opened=lacks, reasons="No, not clearer."))
    assert (second.status_code, "No, not clearer." in second.text) == (409, True)
    newer = CapacityRecord.objects.get(follows=lacks)
    assert f'value="{newer.id}"' in second.text
    assert "What they wrote: In doubt." in second.text


def test_a_first_decision_for_her_that_is_not_the_one_seen_loses_nothing_typed(
    asha: Client, bee: str
) -> None:
    record = asha.post(bee + "new/", typed())["Location"]
    given = REASONED_AS_SENT | boxes("decided_on", timezone.localdate())
    clash = asha.post(f"{record}best-interests/", given | {"opened": str(uuid4())})
    assert (clash.status_code, "The nurse comes twice a day." in clash.text) == (409, True)
    assert "What they wrote" not in clash.text
    assert asha.post(f"{record}best-interests/", given).status_code == 302


def test_another_agency_says_beside_a_record_that_it_disagrees(bee: str, riverside: Universe) -> None:
    dee = browser_of(riverside.members["Dee Marsh"].user)
    record = f"{bee}{riverside.capacity['again']}/"
    assert 'value="Been There (peer support)"' in dee.get(record + "views/").text
    said = {"stance": "disagrees", "name": "Dee Marsh", "agency": "Been There", "why": "With me she begins."}
    assert dee.post(record + "views/", said | {"why": ""}).status_code == 422
    assert dee.post(record + "views/", said).status_code == 302
    assert "Dee Marsh, Been There: Disagrees" in dee.get(record).text


@pytest.mark.proves("MARM-06")
def test_legal_advice_is_noted_where_another_person_stands_in_the_way(riverside: Universe) -> None:
    tom = browser_of(riverside.members["Tom Reilly"].user)
    tell_database(system_actor("a test"))
    record = CapacityRecord.objects.get(pressure="cause")
    address = f"/people/{riverside.people['Stan']}/capacity/{record.id}/"
    assert "Legal advice has been asked for, and has not come yet." in tom.get(address).text
    said = {"what": "answered", "of_whom": "Legal team", "words": "See him alone."}
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert tom.post(address + "advice/", said | boxes("on", tomorrow)).status_code == 422
    assert tom.post(address + "advice/", said | boxes("on", timezone.localdate())).status_code == 302
    assert AdviceNote.objects.filter(record=record).count() == 2
    assert "has not come yet" not in tom.get(address).text


@pytest.mark.proves("ENABLE-28")
def test_what_she_makes_in_advance_is_kept_and_taken_back(
    asha: Client, bee: str, riverside: Universe
) -> None:
    given = {"kind": "lpa_health", "words": "Nuala decides about treatment.", "held_by": "Nuala"}
    later = asha.post(bee + "in-advance/", given | boxes("made_on", timezone.localdate() + timedelta(days=1)))
    assert (later.status_code, "Nuala decides about treatment." in later.text) == (422, True)
    assert asha.post(bee + "in-advance/", given).status_code == 302
    assert "A lasting power of attorney for health and care" in asha.get(bee).text
    back = f"{bee}in-advance/{riverside.capacity['advance']}/withdraw/"
    form = asha.get(back).text
    assert "ask Dee what I would say" in form
    assert "Bee: What they wish, in their words" in form  # whose it is
    said = {"words": "“Not any more.”"} | boxes("said_on", timezone.localdate())
    assert asha.post(back, said | {"words": ""}).status_code == 422
    assert asha.post(back, said).status_code == 302
    page = asha.get(bee).text
    assert page.index("What they have taken back") < page.index("ask Dee what I would say")
    again = asha.post(back, said)
    assert (again.status_code, "They have already taken this back." in again.text) == (422, True)


@pytest.mark.proves("ENABLE-28")
def test_a_power_of_attorney_is_taken_back_by_who_can_decide_that_and_whoever_decides_still_sees_it(
    asha: Client, bee: str, riverside: Universe
) -> None:
    given = {"kind": "lpa_health", "words": "Nuala decides about treatment.", "held_by": "Nuala"}
    asha.post(bee + "in-advance/", given)
    power = AdvanceStatement.objects.get(kind="lpa_health", person=riverside.people["Bee"])
    back = f"{bee}in-advance/{power.id}/withdraw/"
    said = {"words": "“Not Nuala.”"} | boxes("said_on", timezone.localdate())
    for could, told in (("", "Choose whether they could decide"), ("no", "It still stands.")):
        refused = asha.post(back, said | {"could_decide": could})
        assert (refused.status_code, told in refused.text) == (422, True)
        assert "“Not Nuala.”" in refused.text
    assert asha.post(back, said | {"could_decide": "yes"}).status_code == 302
    decides = asha.get(f"{bee}{riverside.capacity['lacks']}/best-interests/").text
    assert "Nuala decides about treatment." in decides
    assert f"Taken back on {day_in_words(timezone.localdate())}" in decides
    assert "the decision is not yours to make" not in decides


@pytest.mark.proves("ENABLE-28")
def test_a_deputyship_is_not_the_persons_to_take_back(asha: Client, bee: str, riverside: Universe) -> None:
    asha.post(bee + "in-advance/", {"kind": "deputy", "words": "Mr Hale, for money.", "held_by": "The court"})
    deputy = AdvanceStatement.objects.get(kind="deputy", person=riverside.people["Bee"])
    back = f"{bee}in-advance/{deputy.id}/withdraw/"
    page = asha.get(bee).text
    assert back not in page
    assert "Only the Court of Protection ends a deputyship." in page
    assert "Only the Court of Protection ends a deputyship." in asha.get(back).text
    said = {"words": "“Away with him.”", "could_decide": "yes"} | boxes("said_on", timezone.localdate())
    assert asha.post(back, said).status_code == 409
    assert not AdvanceWithdrawal.objects.filter(statement=deputy).exists()


@pytest.mark.proves("MARM-44", "ENABLE-28")
def test_a_right_to_an_advocate_is_found_and_followed_and_stands_on_the_day_until_there_is_one(
    asha: Client, bee: str, riverside: Universe
) -> None:
    waits = f"{bee}advocacy/{riverside.capacity['advocacy']}/"
    assert waits in asha.get("/").text
    found = asha.post(bee + "advocacy/", {"occasion": "enquiry", "difficulties": ["retain"]})
    assert (found.status_code, "Enter what you saw of the difficulty" in found.text) == (422, True)
    given = {"occasion": "enquiry", "difficulties": ["retain"], "difficulty_words": "She asked three times."}
    made = asha.post(bee + "advocacy/", given | {"opened": riverside.capacity["lacks"]})
    page = asha.get(made["Location"]).text
    assert "Care Act 2014, section 68" in page
    assert Advocate.objects.get(occasion="enquiry", person=riverside.people["Bee"]).record_id
    step = {"opened_version": 1, "state": "instructed", "advocate": "Maja", "organisation": "Voices"}
    step |= boxes("on", timezone.localdate())
    for address in (made["Location"], f"{bee}advocacy/{riverside.capacity['advocacy']}/"):
        assert asha.post(address, step | {"advocate": ""}).status_code == 422
        assert asha.post(address, step).status_code == 302
        clash = asha.post(address, step | {"advocate": "Another"})
        assert (clash.status_code, 'value="Another"' in clash.text) == (409, True)
    assert waits not in asha.get("/").text


def test_an_advocate_before_a_long_move_rests_on_the_decision_that_is_named(
    asha: Client, bee: str, riverside: Universe
) -> None:
    lacks = riverside.capacity["lacks"]
    form = asha.get(f"{bee}advocacy/?opened={lacks}").text
    assert "a record about another one, such as about money, does not count" in form
    unnamed = asha.post(bee + "advocacy/", {"occasion": "serious", "opened": lacks})
    assert (unnamed.status_code, "choose the record that says so" in unnamed.text) == (422, True)
    made = asha.post(bee + "advocacy/", {"occasion": "serious", "decision": lacks})
    page = asha.get(made["Location"]).text
    assert "It rests on the decision named below, and is for no other." in page
    assert "Whether to have the wound on her leg dressed" in page


def test_the_day_says_what_is_to_be_looked_at_again_to_the_organisation_that_looked(
    asha: Client, riverside: Universe
) -> None:
    # waiting is one look at the database; that it was shown is recorded with the rest of the day
    with CaptureQueriesContext(connection) as asked:
        asha.get("/")
    ours = [each for each in asked.captured_queries if re.search("capacity_", each["sql"])]
    assert len(ours) == 1
    assert AuditEvent.objects.order_by("sequence").last().code == "accounts.day_seen"  # type: ignore[union-attr]
    leg = "Bee: Whether to have the wound on her leg dressed while the infection lasts"
    assert leg in asha.get("/").text
    for other in ("Tom Reilly", "Sam Boateng", "Iris Okafor"):
        assert leg not in browser_of(riverside.members[other].user).get("/").text
    CapacityRecord.objects.get(id=riverside.capacity["lacks"]).person.tell(died_on=timezone.localdate())
    assert leg not in asha.get("/").text


@pytest.mark.parametrize(
    "page",
    [
        "",
        "new/",
        "{lacks}/",
        "{lacks}/sheet/",
        "{again}/again/",
        "{lacks}/best-interests/",
        "advocacy/{advocacy}/",
    ],
)
def test_no_page_asks_the_database_more_than_a_few_times(
    asha: Client, bee: str, riverside: Universe, page: str, django_assert_max_num_queries: Any
) -> None:
    address = bee + page.format(**riverside.capacity)
    asha.get(address)
    with django_assert_max_num_queries(
        MOST_QUERIES + 6
    ):  # and six of the session, the member and the banners
        assert asha.get(address).status_code == 200


def test_a_contact_worker_reads_and_is_offered_nothing_to_record(bee: str, riverside: Universe) -> None:
    sam = browser_of(riverside.members["Sam Boateng"].user)
    for address in (
        bee,
        f"{bee}{riverside.capacity['lacks']}/",
        f"{bee}advocacy/{riverside.capacity['advocacy']}/",
    ):
        page = sam.get(address).text
        assert "/new/" not in page
        assert "again/" not in page
        assert "Note what happened next" not in page
