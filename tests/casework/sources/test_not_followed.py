"""Two answers that together would join two NHS numbers stop no run: a clerk is told, and answers anew."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pyarrow.parquet as pq
import pytest
from django.test import RequestFactory
from django.urls import reverse
from tests.casework.sources.asking import Ask, text_of
from tests.casework.sources.conftest import RUN
from tests.casework.sources.test_links import everything_that_waits

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.area import area_pack
from alongside.casework.sources import jobs
from alongside.casework.sources.commands import releases
from alongside.casework.sources.commands.links import settle_link, take_back_answer
from alongside.casework.sources.models import DoubtfulLink, Run
from alongside.casework.sources.queries.links import answers_not_followed, how_many_not_followed
from alongside.casework.sources.rules import Pair
from alongside.casework.sources.views.today import links_to_settle
from alongside.insight.run import find

pytestmark = pytest.mark.django_db
SAID = "Not followed: it would join two NHS numbers."


def three_records(run: Path) -> list[tuple[str, str]]:
    """Records of three people: one without an NHS number between two with one each."""
    rows = pq.read_table(run / "identity" / "records.parquet").to_pylist()
    people = {row["person_id"]: row for row in rows if row["forename"] and row["id_nhs_number"]}
    first, second, *_others = people.values()
    theirs = {first["person_id"], second["person_id"]}
    without = next(
        row
        for row in rows
        if row["forename"] and not row["id_nhs_number"] and row["person_id"] not in {None, *theirs}
    )
    return [(row["source"], row["record_id"]) for row in (first, without, second)]


def answered(
    run: Run, analyst: Actor, at: datetime, *pairs: tuple[tuple[str, str], tuple[str, str]]
) -> list[DoubtfulLink]:
    """What a clerk said is one person's, about pairs that a run asked about, in this order."""
    links = []
    for number, (one, other) in enumerate(pairs):
        DoubtfulLink.put(run=run, pairs=[Pair(*one, *other, 0.7, "Are these one person?")])
        link = DoubtfulLink.objects.get(source_a=one[0], record_a=one[1], record_b=other[1])
        said = {"at": at + timedelta(minutes=number), "answer": "same", "why": "One face."}
        links.append(settle_link(actor=analyst, link_id=link.id, **said))  # type: ignore[arg-type]
    return links


def opened_with(opened: Run, analyst: Actor, at: datetime, *links: DoubtfulLink, days: int = 7) -> Run:
    """A run, made up, that did not follow what was said of these."""
    why = {
        frozenset(((each.source_a, each.record_a), (each.source_b, each.record_b))): "nhs_number"
        for each in links
    }
    read = replace(
        opened.as_read(), manifest_hash=uuid4().hex * 2, as_at=opened.as_at + timedelta(days=days),
        not_followed=why,
    )  # fmt: skip
    return releases.open_run(actor=analyst, at=at, pack=area_pack(), read=read)


@pytest.mark.proves("FIND-20")
def test_the_run_goes_on_and_the_answer_it_did_not_follow_is_shown_with_why_and_given_anew(
    ask: Ask, borough: Path, runs: Path, opened: Run, analyst: Actor, at: datetime
) -> None:
    first, between, second = three_records(runs / RUN)
    kept, left_out = answered(opened, analyst, at, (first, between), (between, second))
    jobs.write_decisions(actor=system_actor("before a run"), at=at)
    found = find(
        borough / "b" / "area", borough / "b" / "extracts", as_at=date(2026, 11, 8), out=runs / "2026-11-08",
        previous=runs / RUN, decisions=runs / jobs.DECISIONS_FILE,
    )  # fmt: skip
    assert any("Answers of clerks that were not followed: 1." in each for each in found.doubts)
    person = {
        (row["source"], row["record_id"]): row["person_id"]
        for row in pq.read_table(runs / "2026-11-08" / "links.parquet").to_pylist()
    }
    assert person[first] == person[between] != person[second]
    told = json.loads((runs / "2026-11-08" / "quality.json").read_text("utf-8"))["not_followed"]
    assert told == [{"system": "nhs_number", "people": sorted((person[between], person[second]))}]

    later = at + timedelta(days=7)
    jobs.open_run(actor=analyst, at=later, folder="2026-11-08")
    assert [each.id for each in answers_not_followed(actor=analyst)] == [left_out.id]
    page = text_of(ask(analyst, "doubts"))
    assert page.count(SAID) == 1
    settled = text_of(ask(analyst, "settled"))
    assert settled.index(str(left_out.id)) < settled.index(SAID) < settled.index(str(kept.id))
    take_back_answer(actor=analyst, at=later, link_id=left_out.id, why="The number is hers.")
    assert SAID not in text_of(ask(analyst, "doubts"))
    assert left_out.id in everything_that_waits(analyst)
    settle_link(actor=analyst, at=later, link_id=left_out.id, answer="different", why="Two numbers.")


def test_the_day_says_how_many_answers_were_not_followed(
    opened: Run, runs: Path, analyst: Actor, approver: Actor, at: datetime
) -> None:
    first, between, second = three_records(runs / RUN)
    _kept, left_out = answered(opened, analyst, at, (first, between), (between, second))
    opened_with(opened, analyst, at + timedelta(days=7), left_out)
    request = RequestFactory().get("/")
    request.actor = analyst  # type: ignore[attr-defined]
    section = links_to_settle(request)
    assert section is not None
    assert [line.text for line in section.lines][-1] == "1 answer was not followed by the newest run"
    for refused in (how_many_not_followed, answers_not_followed):
        with pytest.raises(NotAllowedError):
            refused(actor=approver)


def test_only_the_newest_run_says_which_and_one_that_follows_them_says_so(
    opened: Run, runs: Path, analyst: Actor, at: datetime
) -> None:
    first, between, second = three_records(runs / RUN)
    _kept, left_out = answered(opened, analyst, at, (first, between), (between, second))
    day = timedelta(days=1)
    opened_with(opened, analyst, at + 7 * day, left_out)
    opened_with(opened, analyst, at + 8 * day, days=-7)
    assert how_many_not_followed(actor=analyst) == 1
    opened_with(opened, analyst, at + 14 * day, days=14)
    assert how_many_not_followed(actor=analyst) == 0


def test_another_kind_of_number_is_called_by_its_name(
    ask: Ask, opened: Run, runs: Path, analyst: Actor, at: datetime
) -> None:
    first, between, _second = three_records(runs / RUN)
    (left_out,) = answered(opened, analyst, at, (first, between))
    DoubtfulLink.objects.filter(id=left_out.id).update(not_followed="pupil_number")
    assert "it would join two different numbers (Pupil number)." in text_of(ask(analyst, "doubts"))


def test_the_earlier_answers_that_reach_the_same_records_are_beside_it_and_can_be_taken_back_instead(
    ask: Ask, opened: Run, runs: Path, analyst: Actor, at: datetime
) -> None:
    """Which of two was wrong does not follow from which came first."""
    first, between, second = three_records(runs / RUN)
    far, elsewhere = ("housing_rent", "far"), ("housing_rent", "elsewhere")
    kept, further, another, left_out = answered(
        opened, analyst, at,
        (first, between), (far, first), (elsewhere, ("housing_rent", "else")), (between, second),
    )  # fmt: skip
    opened_with(opened, analyst, at + timedelta(days=7), left_out)
    page = text_of(ask(analyst, "doubts"))
    assert "or an earlier answer about one of them was wrong" in page
    shown = page.split(SAID)[1]
    for each in (kept, further, left_out):
        assert f'href="{reverse("sources:take_back", args=[each.id])}"' in shown
    assert str(another.id) not in page, "it is about others"
    take_back_answer(actor=analyst, at=at + timedelta(days=8), link_id=kept.id, why="Not her.")
    assert f'href="{reverse("sources:take_back", args=[further.id])}"' not in text_of(ask(analyst, "doubts"))
