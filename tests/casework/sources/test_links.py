"""Doubtful links: a clerk sees both records, says what they are and why, and the next run holds to it."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pyarrow.parquet as pq
import pytest
from django.db import DatabaseError
from tests.casework.people.conftest import somebody_at
from tests.casework.sources.conftest import RUN

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.sources import jobs
from alongside.casework.sources.commands.links import (
    NoSuchAnswerError,
    NothingSaidError,
    NoWhyError,
    SettledAlreadyError,
    settle_link,
    take_back_answer,
)
from alongside.casework.sources.models import DoubtfulLink, LinkAnswer, Run
from alongside.casework.sources.queries.links import (
    doubts_waiting,
    next_doubt,
    settled_doubt,
    settled_links,
)
from alongside.casework.sources.rules import Answer, Pair, RunRead
from alongside.insight.linkage.decisions import in_force, read_decisions
from alongside.insight.run import find

pytestmark = pytest.mark.django_db


def pair_of(link: DoubtfulLink) -> Pair:
    return Pair(link.source_a, link.record_a, link.source_b, link.record_b, link.probability, link.question)


@pytest.mark.proves("FIND-20")
def test_a_settled_pair_leaves_the_list_and_the_next_comes(opened: Run, analyst: Actor, at: datetime) -> None:
    first = next_doubt(actor=analyst)
    assert first is not None
    settle_link(actor=analyst, at=at, link_id=first.link.id, answer="different", why="Telephoned both.")
    second = next_doubt(actor=analyst)
    assert second is not None
    assert second.link != first.link
    assert second.waiting == first.waiting - 1
    assert second.link.probability <= first.link.probability
    with pytest.raises(SettledAlreadyError, match="Dewi Pryce"):
        settle_link(actor=analyst, at=at, link_id=first.link.id, answer="same", why="No.")


def test_a_skipped_pair_comes_again_after_the_last(opened: Run, analyst: Actor, at: datetime) -> None:
    seen = []
    doubt = next_doubt(actor=analyst)
    for _ in range(DoubtfulLink.objects.count()):
        assert doubt is not None
        seen.append(doubt.link.id)
        doubt = next_doubt(actor=analyst, after=doubt.link.id)
    assert len(set(seen)) == len(seen)
    assert doubt is not None
    assert doubt.link.id == seen[0]


@pytest.mark.parametrize(
    ("answer", "why", "error"),
    [("same", " ", NoWhyError), ("maybe", "Not sure.", NoSuchAnswerError), ("", "?", NoSuchAnswerError)],
)
def test_an_answer_is_one_of_two_and_has_a_reason(
    opened: Run, analyst: Actor, at: datetime, answer: str, why: str, error: type[Exception]
) -> None:
    link = DoubtfulLink.objects.waiting()[0]
    with pytest.raises(error):
        settle_link(actor=analyst, at=at, link_id=link.id, answer=answer, why=why)
    with pytest.raises(NotFoundError):
        settle_link(actor=analyst, at=at, link_id=uuid4(), answer="same", why="Why not.")


def test_who_approves_releases_sees_no_records(
    opened: Run, approver: Actor, council: Organisation, at: datetime
) -> None:
    for actor in (approver, somebody_at(council, "practitioner")):
        with pytest.raises(NotAllowedError):
            next_doubt(actor=actor)
        with pytest.raises(NotAllowedError):
            jobs.write_decisions(actor=actor, at=at)


def test_that_a_clerk_looked_is_recorded_without_what_they_saw(opened: Run, analyst: Actor) -> None:
    doubt = next_doubt(actor=analyst)
    assert doubt is not None
    event = AuditEvent.objects.get(code="sources.pair_looked_at")
    assert (event.about_id, event.details) == (str(doubt.link.id), {})


def test_what_the_records_say_is_read_from_the_run_while_the_clerk_looks(
    borough: Path, runs: Path, analyst: Actor, at: datetime
) -> None:
    find(
        borough / "b" / "area",
        borough / "b" / "extracts",
        as_at=date(2026, 11, 2),
        out=runs / "kept",
        keep_identity=True,
    )
    jobs.open_run(actor=analyst, at=at, folder="kept")
    link = DoubtfulLink.objects.waiting()[0]
    left, right = jobs.records_of("kept", pair_of(link))
    assert (left.record, right.record) == (link.record_a, link.record_b)
    for shown in (left, right):
        assert list(shown.says) == list(jobs.SHOWN)
        assert shown.says["surname"] or shown.says["forename"]


def test_of_people_on_no_list_the_run_kept_nothing_to_show(opened: Run) -> None:
    nothing = [
        shown
        for link in DoubtfulLink.objects.waiting()
        for shown in jobs.records_of(RUN, pair_of(link))
        if not shown.says
    ]
    assert nothing != []
    assert all(each.source and each.record for each in nothing)


@pytest.mark.proves("FIND-20")
def test_the_next_run_holds_to_what_the_clerk_said(
    borough: Path, runs: Path, opened: Run, analyst: Actor, at: datetime
) -> None:
    links = list(DoubtfulLink.objects.waiting()[:2])
    why = 'Same "Bee", said\nthe practice; =1+1'
    settle_link(actor=analyst, at=at, link_id=links[0].id, answer="different", why=why)
    later = at + timedelta(minutes=1)
    settle_link(actor=analyst, at=later, link_id=links[1].id, answer="same", why="One address.")
    assert jobs.write_decisions(actor=system_actor("before a run"), at=at) == 2
    file = runs / jobs.DECISIONS_FILE
    assert file.stat().st_mode & 0o777 == 0o600
    read = read_decisions(file)
    assert [(each.one, each.other, each.said) for each in read] == [
        ((link.source_a, link.record_a), (link.source_b, link.record_b), said)
        for link, said in zip(links, ("different", "same"), strict=True)
    ]
    assert read[0].by_at_why == ("Dewi Pryce", at.isoformat(), why)
    find(
        borough / "b" / "area",
        borough / "b" / "extracts",
        as_at=date(2026, 11, 8),
        out=runs / "2026-11-08",
        previous=runs / RUN,
        decisions=file,
    )
    again = {pair.about for pair in jobs.read_run("2026-11-08").pairs}
    assert not again & {pair_of(link).about for link in links}
    run = jobs.open_run(actor=analyst, at=at, folder="2026-11-08")
    assert run.changes["since"] == "2026-11-01"


def test_a_pair_answered_already_is_not_asked_again_by_a_run_that_was_under_way(
    borough: Path, runs: Path, opened: Run, analyst: Actor, at: datetime
) -> None:
    find(
        borough / "b" / "area", borough / "b" / "extracts", as_at=date(2026, 11, 8), out=runs / "under-way",
        previous=runs / RUN,
    )  # fmt: skip
    link = DoubtfulLink.objects.waiting()[0]
    settle_link(actor=analyst, at=at, link_id=link.id, answer="different", why="Telephoned both.")
    run = jobs.open_run(actor=analyst, at=at, folder="under-way")
    assert pair_of(link).about in {pair.about for pair in jobs.read_run("under-way").pairs}
    assert pair_of(link).about not in {pair_of(each).about for each in run.doubtful_links.all()}


@pytest.mark.proves("FIND-20")
def test_an_answer_is_taken_back_with_a_reason_and_the_pair_waits_again_with_its_history(
    opened: Run, analyst: Actor, council: Organisation, at: datetime
) -> None:
    first = next_doubt(actor=analyst)
    assert first is not None
    given = {"actor": analyst, "at": at, "link_id": first.link.id}
    with pytest.raises(NothingSaidError):
        take_back_answer(**given, why="Nobody had answered.")
    settle_link(**given, answer="same", why="One address.")
    assert [each.id for each in settled_links(actor=analyst).rows] == [first.link.id]
    with pytest.raises(NoWhyError):
        take_back_answer(**given, why=" ")
    colleague = somebody_at(council, "data_analyst", name="Ffion Rees")
    take_back_answer(
        actor=colleague, at=at + timedelta(minutes=1), link_id=first.link.id, why="It was her mother."
    )
    again = next_doubt(actor=analyst)
    assert again is not None
    assert (again.link.id, again.waiting) == (first.link.id, first.waiting)
    assert [(each.said, each.by, each.why) for each in again.said] == [
        ("same", "Dewi Pryce", "One address."), ("withdrawn", "Ffion Rees", "It was her mother."),
    ]  # fmt: skip
    assert settled_links(actor=analyst).rows == []
    event = AuditEvent.objects.get(code="sources.answer_taken_back")
    assert (event.about_id, event.details) == (str(first.link.id), {"answer": "same"})
    with pytest.raises(NotFoundError):
        settled_doubt(actor=analyst, link_id=first.link.id)
    with pytest.raises(DatabaseError, match="kept as it was"):
        LinkAnswer.objects.update(said="different")


def test_the_day_counts_what_waits_as_the_page_does_though_a_newer_run_asks_nothing(
    opened: Run, analyst: Actor, at: datetime
) -> None:
    link = DoubtfulLink.objects.waiting()[0]
    settle_link(actor=analyst, at=at, link_id=link.id, answer="same", why="One address.")
    newer = RunRead(
        folder="newer", manifest_hash="1" * 64, area=opened.area, as_at=opened.as_at + timedelta(days=7),
        counts={}, quality={}, policies={}, tiers={}, pairs=(),
    )  # fmt: skip
    Run.opened(read=newer, changes={}, by="Dewi Pryce", at=at)
    assert doubts_waiting(actor=analyst) == 0
    take_back_answer(actor=analyst, at=at, link_id=link.id, why="It was her mother.")
    again = next_doubt(actor=analyst)
    assert again is not None
    assert (again.link.id, again.waiting, doubts_waiting(actor=analyst)) == (link.id, 1, 1)


def test_who_may_not_settle_pairs_may_not_take_an_answer_back_either(
    opened: Run, analyst: Actor, approver: Actor, at: datetime
) -> None:
    link = DoubtfulLink.objects.waiting()[0]
    settle_link(actor=analyst, at=at, link_id=link.id, answer="same", why="One address.")
    for refused in (
        lambda: take_back_answer(actor=approver, at=at, link_id=link.id, why="No."),
        lambda: settled_links(actor=approver),
        lambda: settled_doubt(actor=approver, link_id=link.id),
    ):
        with pytest.raises(NotAllowedError):
            refused()


@pytest.mark.proves("FIND-20")
def test_a_run_went_by_an_answer_and_once_it_is_taken_back_the_next_run_no_longer_does(
    borough: Path, runs: Path, opened: Run, analyst: Actor, at: datetime
) -> None:
    given = {"pack": borough / "b" / "area", "extracts": borough / "b" / "extracts"}
    link = DoubtfulLink.objects.waiting()[0]
    about, file = pair_of(link).about, runs / jobs.DECISIONS_FILE
    settle_link(actor=analyst, at=at, link_id=link.id, answer="same", why="One address.")
    jobs.write_decisions(actor=system_actor("before a run"), at=at)
    find(
        given["pack"], given["extracts"], as_at=date(2026, 11, 8), out=runs / "2026-11-08",
        previous=runs / RUN, decisions=file,
    )  # fmt: skip
    assert about not in {pair.about for pair in jobs.read_run("2026-11-08").pairs}
    assert is_one(runs / "2026-11-08", about), "the run went by the answer"
    jobs.open_run(actor=analyst, at=at, folder="2026-11-08")

    later = at + timedelta(days=7)
    take_back_answer(actor=analyst, at=later, link_id=link.id, why="It was her mother.")
    waiting = next_doubt(actor=analyst)
    assert waiting is not None
    assert link.id in everything_that_waits(analyst), "though the newest run asks about it no more"
    assert jobs.write_decisions(actor=system_actor("before a run"), at=later) == 2
    assert [each.said for each in read_decisions(file)] == ["same", "withdrawn"]
    find(
        given["pack"], given["extracts"], as_at=date(2026, 11, 15), out=runs / "2026-11-15",
        previous=runs / "2026-11-08", decisions=file,
    )  # fmt: skip
    assert not is_one(runs / "2026-11-15", about), "the answer no longer counts"
    assert about in {pair.about for pair in jobs.read_run("2026-11-15").pairs}

    newest = jobs.open_run(actor=analyst, at=later, folder="2026-11-15")
    asked_anew = [each for each in newest.doubtful_links.all() if pair_of(each).about == about]
    assert [asked_anew[0].id] == [
        each for each in everything_that_waits(analyst) if each in (link.id, asked_anew[0].id)
    ], "asked once, as the newest run has it"
    then = later + timedelta(minutes=1)
    settle_link(actor=analyst, at=then, link_id=asked_anew[0].id, answer="different", why="Two birthdays.")
    with pytest.raises(SettledAlreadyError):
        settle_link(actor=analyst, at=then, link_id=link.id, answer="same", why="An old page.")
    jobs.write_decisions(actor=system_actor("before a run"), at=then)
    assert [each.said for each in in_force(file, None).decisions] == ["different"], "the newest answer holds"


def everything_that_waits(analyst: Actor) -> list[UUID]:
    found: list[UUID] = []
    doubt = next_doubt(actor=analyst)
    while doubt is not None and doubt.link.id not in found:
        found.append(doubt.link.id)
        doubt = next_doubt(actor=analyst, after=doubt.link.id)
    return found


def is_one(run: Path, about: frozenset[tuple[str, str]]) -> bool:
    links = pq.read_table(run / "links.parquet").to_pylist()
    people = {row["person_id"] for row in links if (row["source"], row["record_id"]) in about}
    return len(people) == 1


def test_what_a_deleted_run_said_of_a_pair_is_not_there_and_the_pair_still_is(
    opened: Run, runs: Path
) -> None:
    pair = pair_of(DoubtfulLink.objects.waiting()[0])
    shutil.rmtree(runs / RUN)
    left, right = jobs.records_of(RUN, pair)
    assert (left.says, right.says) == ({}, {})


def test_a_decisions_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    answer = Answer("a", "1", "b", "2", "same", "Dewi", "", "")
    jobs.write_decisions_file(file, [answer])
    before = file.read_bytes()
    with pytest.raises(AttributeError):
        jobs.write_decisions_file(file, [answer, None])  # type: ignore[list-item]
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]
