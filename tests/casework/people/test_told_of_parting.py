"""Agencies are told that records were separated: what they no longer see, and where their rows are now."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from tests.casework.hostile.test_queries import NOT_ASKED
from tests.casework.people.test_parting import admitted, joined, later, meanwhile, ours, theirs, write
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.notices.models import Notice
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.models import ChronologyEntry, Person, PersonMerge, Reach
from alongside.casework.people.presenters import separated_view
from alongside.casework.people.queries.separated import separated
from alongside.casework.people.rules import ReachWhy

__all__ = ["joined", "later", "meanwhile", "ours", "theirs"]


def test_who_sees_less_is_told_and_where_their_rows_are(
    ours: Person, theirs: Person, joined: PersonMerge, practitioner: Actor, manager: Actor, peer: Actor,
    meanwhile: datetime, later: datetime,
) -> None:  # fmt: skip
    write(peer, ours, meanwhile)
    assert separated(actor=peer, at=later) == []
    part_people(actor=manager, at=later, merge_id=joined.id, why="Two birthdays.")
    (told,) = separated(actor=peer, at=later)
    assert (told.lost, told.sees, told.moved_to) == (True, [theirs.id], theirs.id)
    assert told.moved == {
        "the person's own words": 1, "involvements": 1, "entries in the chronology": 1,
        "people in their life": 1,
    }  # fmt: skip
    assert told.by.startswith(manager.name)
    assert separated(actor=manager, at=later) == [], "it sees both, and nothing of its own moved"
    assert separated(actor=peer, at=later + timedelta(days=14)) == []


def test_who_sees_both_is_told_where_somebody_moved_its_row(
    ours: Person, theirs: Person, joined: PersonMerge, practitioner: Actor, manager: Actor,
    meanwhile: datetime, later: datetime,
) -> None:  # fmt: skip
    write(practitioner, ours, meanwhile)
    tell_database(system_actor("tests"))
    entry = ChronologyEntry.objects.get(person=ours)
    part_people(actor=manager, at=later, merge_id=joined.id, why="Two.", belongs={entry.id: theirs.id})
    (told,) = separated(actor=practitioner, at=later)
    assert (told.lost, told.moved, told.moved_to) == (False, {"entries in the chronology": 1}, theirs.id)
    assert separated_view(told).where[-1] == ("Where it is now", f"/people/{theirs.id}/")


def test_who_was_let_in_again_is_not_told_that_it_sees_less(
    ours: Person, theirs: Person, joined: PersonMerge, manager: Actor, peer: Actor, later: datetime
) -> None:
    part_people(actor=manager, at=later, merge_id=joined.id, why="Two birthdays.")
    told = separated_view(*separated(actor=peer, at=later))
    assert told.changed == ["Your organisation sees one of the two records, and no longer the other."]
    assert told.where == [("The record you see", f"/people/{theirs.id}/")]
    assert "need to see the other record" in told.ask
    again = later + timedelta(hours=1)
    tell_database(system_actor("tests"))
    Reach.give(person_id=ours.id, organisation_id=peer.member_of, why=ReachWhy.REFERRED, at=again)
    told = separated_view(*separated(actor=peer, at=again))
    assert told.changed == [
        "Your organisation could not see one of the two records for a time. It sees both now."
    ]
    assert told.where == [
        ("The record that was kept", f"/people/{ours.id}/"),
        ("The record that was separated from it", f"/people/{theirs.id}/"),
    ]
    assert "other record" not in told.ask


def test_once_they_are_joined_again_nobody_is_told(
    ours: Person, theirs: Person, joined: PersonMerge, manager: Actor, peer: Actor, later: datetime
) -> None:
    part_people(actor=manager, at=later, merge_id=joined.id, why="Two birthdays.")
    assert len(separated(actor=peer, at=later)) == 1
    again = later + timedelta(hours=1)
    merge_people(actor=manager, at=again, kept_id=ours.id, absorbed_id=theirs.id, reason="One after all.")
    assert separated(actor=peer, at=again) == []


def test_the_page_today_and_a_notice_tell_of_it_and_name_nobody(
    riverside_now: Universe, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL = settings.MAIL or object()
    now = timezone.localtime().replace(hour=20)  # the hours before it are of the same day
    monkeypatch.setattr(timezone, "now", lambda: now)
    asha, gwen, dee = (
        actor_for(riverside_now, name, on=timezone.localdate())
        for name in ("Asha Patel", "Gwen Hughes", "Dee Marsh")
    )
    before = now - timedelta(minutes=5)
    ann, anne = (admitted(actor, before, name) for actor, name in ((asha, "Ann"), (dee, "Anne")))
    tell_database(system_actor("tests"))
    Reach.give(person_id=anne.id, organisation_id=gwen.member_of, why=ReachWhy.REFERRED, at=before)
    merge = merge_people(
        actor=gwen, at=now - timedelta(minutes=4), kept_id=ann.id, absorbed_id=anne.id, reason="One."
    )
    write(dee, ann, now - timedelta(minutes=3))
    at = now - timedelta(minutes=2)
    part_people(actor=gwen, at=at, merge_id=merge.id, why="Two birthdays.")
    told = Notice.objects.filter(waiting_since=at).values_list("user_id", flat=True)
    assert list(told) == [dee.user_id]
    browser = browser_of(riverside_now.members["Dee Marsh"].user)
    for address in ("/", "/people/separated/"):
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        assert sum(not each["sql"].startswith(NOT_ASKED) for each in asked) <= 15
    assert "See what changed for your organisation" in browser.get("/").text
    page = browser.get("/people/separated/").text.split("<main")[1]
    assert "Your organisation sees one of the two records, and no longer the other." in page
    assert "entries in the chronology: 1" in page
    assert f"/people/{anne.id}/" in page
    assert str(ann.id) not in page
    assert "Anne" not in page
    assert "ask Gwen Hughes, Riverside Council" in page
    nothing = browser_of(riverside_now.members["Kit Lowe"].user)
    assert "no records were separated in a way that changes" in nothing.get("/people/separated/").text
    assert "See what changed for your organisation" not in nothing.get("/").text
