"""Pages of runs, releases, links and questions: finished words, everything escaped, nobody named."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.casework.people.conftest import somebody_at
from tests.casework.sources.asking import Ask, text_of
from tests.casework.sources.conftest import POLICY, RUN, WHY, joined

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Person
from alongside.casework.sources import jobs
from alongside.casework.sources.models import DataQuestion, DoubtfulLink, Flag, Release, Run
from alongside.casework.sources.queries import links

pytestmark = pytest.mark.django_db


def test_a_run_that_waits_is_opened_and_listed_as_waiting_for_an_approver(ask: Ask, analyst: Actor) -> None:
    assert "No run has been opened yet" in text_of(ask(analyst, "runs"))
    answer = ask(analyst, "runs", posted={"folder": RUN})
    run = Run.objects.get()
    assert answer.headers["Location"] == reverse("sources:run", args=[run.id])
    listed = text_of(ask(analyst, "runs"))
    assert "1 November 2026" in listed
    assert "Waiting for an approver" in listed
    assert "No more runs are waiting" in listed


def test_a_folder_that_was_changed_or_is_not_offered_is_told_on_the_page(
    ask: Ask, analyst: Actor, runs: Path
) -> None:
    (runs / RUN / "cohort.csv").write_text("changed", "utf-8")
    answer = ask(analyst, "runs", posted={"folder": RUN})
    assert answer.status_code == 422
    assert "was changed after it was written" in text_of(answer)
    assert str(runs) not in text_of(answer)
    assert ask(analyst, "runs", posted={"folder": "../runs"}).status_code == 422


@pytest.mark.proves("FIND-17", "FIND-18")
def test_the_page_of_a_run_says_counts_quality_freshness_basis_and_tiers(
    ask: Ask, opened: Run, approver: Actor
) -> None:
    page = text_of(ask(approver, "run", opened.id))
    assert "This is the first run opened here" in page
    for element in ("Accurate", "Valid", "Reliable", "Timely", "Relevant", "Complete"):
        assert f">{element}</dt>" in page
    assert "Children Act 2004 s.10" in page
    assert "DPIA-RIV-021" in page
    assert "Rent accounts, Riverside Homes: newest" in page
    tiers = opened.tiers[POLICY]
    for tier in ("this_week", "soon"):
        assert f'app-figure">{tiers[tier]["people"]}</span>' in page
    assert "<rect width=" in page
    assert "style=" not in page
    assert f"/runs/{opened.id}/lists/early_help/4/release/" in page


def test_who_may_not_release_is_offered_no_release(ask: Ask, opened: Run, analyst: Actor) -> None:
    assert "/release/" not in text_of(ask(analyst, "run", opened.id))
    with pytest.raises(NotAllowedError):
        ask(analyst, "release", opened.id, "early_help", 4)


@pytest.mark.proves("FIND-01")
def test_an_approver_checks_their_answers_and_only_then_releases(
    ask: Ask, opened: Run, approver: Actor, council: Organisation, together: Organisation
) -> None:
    asked = (approver, "release", opened.id, "early_help", 4)
    assert "Strain in three or more parts of life" in text_of(ask(*asked))
    given = {
        "tiers": ["this_week", "soon"],
        "organisations": [str(council.id), str(together.id)],
        "contact": "",
        "reason": WHY + " <b>Now</b>",
    }
    check = text_of(ask(*asked, posted=given))
    assert "Check your answers before you release anybody" in check
    assert "11 people" in check
    assert "Riverside Council: " in check
    assert "Riverside Together: " in check
    assert "DPIA-RIV-021" in check
    assert "<b>Now</b>" not in check
    assert Release.objects.count() == 0
    assert "Check your answers before" not in text_of(ask(*asked, posted={**given, "change": "yes"}))
    answer = ask(*asked, posted={**given, "confirmed": "yes"})
    made = Release.objects.get()
    assert answer.headers["Location"] == reverse("sources:released", args=[made.id])
    told = text_of(ask(approver, "released", made.id))
    assert "11 people released" in told
    tell_database(system_actor("the test"))
    assert not [each for each in Person.objects.all() if each.surname in told]
    again = ask(*asked, posted={**given, "confirmed": "yes"})
    assert again.status_code == 422
    assert "Olu Adeyemi released this list" in text_of(again)
    assert "Released by Olu Adeyemi" in text_of(ask(approver, "run", opened.id))


def test_an_approver_withdraws_a_flag_by_its_place_on_the_list_and_sees_nobody(
    ask: Ask, opened: Run, approver: Actor, analyst: Actor, together: Organisation
) -> None:
    given = {"tiers": ["soon"], "organisations": [str(together.id)], "reason": WHY, "confirmed": "yes"}
    ask(approver, "release", opened.id, "early_help", 4, posted=given)
    made = Release.objects.get()
    tell_database(system_actor("the test"))
    flag = Flag.objects.order_by("rank")[0]
    address = reverse("sources:withdraw", args=[made.id])
    assert address in text_of(ask(approver, "released", made.id))
    assert address not in text_of(ask(analyst, "released", made.id))
    wrong = ask(
        approver, "withdraw", made.id, posted={"tier": "soon", "rank": "999999", "why": "Another person"}
    )
    assert wrong.status_code == 422
    assert "Nobody has this number" in text_of(wrong)
    assert "Another person" in text_of(wrong)
    sent = {
        "tier": "soon", "rank": str(flag.rank), "why": "The tenancy is her sister's.", "confirmed": "yes",
    }  # fmt: skip
    assert ask(approver, "withdraw", made.id, posted=sent).status_code == 302
    assert "already been withdrawn" in text_of(ask(approver, "withdraw", made.id, posted=sent))
    assert "1 flag was withdrawn" in text_of(ask(approver, "released", made.id))
    with pytest.raises(NotAllowedError):
        ask(analyst, "withdraw", made.id)


@pytest.mark.parametrize(
    "wrong",
    [{"tiers": []}, {"tiers": ["always"]}, {"organisations": []}, {"reason": "ok"}, {"organisations": ["1"]}],
)
def test_a_form_that_is_not_whole_releases_nobody_even_if_confirmed(
    ask: Ask, opened: Run, approver: Actor, together: Organisation, wrong: dict[str, object]
) -> None:
    given = {"tiers": ["soon"], "organisations": [str(together.id)], "reason": WHY, "confirmed": "yes"}
    answer = ask(approver, "release", opened.id, "early_help", 4, posted={**given, **wrong})
    assert answer.status_code == 422
    assert Release.objects.count() == 0


def test_what_is_not_there_is_not_found(ask: Ask, opened: Run, approver: Actor, analyst: Actor) -> None:
    for asked in (
        (approver, "run", uuid4()),
        (approver, "released", uuid4()),
        (approver, "release", opened.id, "early_help", 9),
        (analyst, "question", uuid4()),
    ):
        with pytest.raises(NotFoundError):
            ask(*asked)


@pytest.mark.parametrize("name", ["runs", "doubts"])
def test_who_works_with_people_sees_neither_runs_nor_records_of_strangers(
    ask: Ask, council: Organisation, name: str
) -> None:
    with pytest.raises(NotAllowedError):
        ask(somebody_at(council, "practitioner"), name)


@pytest.mark.proves("FIND-20")
def test_a_pair_is_shown_side_by_side_answered_or_skipped(
    ask: Ask, opened: Run, analyst: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = dict.fromkeys(jobs.SHOWN, "") | {"surname": "<script>alert(1)</script>", "forename": "=1+1"}
    shown = jobs.RecordShown("housing_rent", "T1", said), jobs.RecordShown("police", "P1", said)
    monkeypatch.setattr(jobs, "records_of", lambda *_: shown)
    link = DoubtfulLink.objects.waiting()[0]
    page = text_of(ask(analyst, "doubts"))
    assert link.question in page.replace("&#39;", "'")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    skipped = ask(analyst, "settle", link.id, posted={"answer": "skip"})
    assert skipped.headers["Location"].endswith(f"/doubts/?after={link.id}")
    assert str(link.id) not in text_of(ask(analyst, "doubts", search=f"?after={link.id}"))
    assert ask(analyst, "doubts", search="?after=nonsense").status_code == 200
    assert ask(analyst, "settle", link.id, posted={"answer": "same", "why": " "}).status_code == 422
    assert ask(analyst, "settle", link.id, posted={"answer": "same", "why": "Asked."}).status_code == 302
    again = ask(analyst, "settle", link.id, posted={"answer": "same", "why": "Asked."})
    assert "Dewi Pryce has already answered this" in text_of(again)


def test_a_pair_of_which_the_run_kept_nothing_says_what_to_do(ask: Ask, opened: Run, analyst: Actor) -> None:
    assert "The run kept nothing from" in text_of(ask(analyst, "doubts"))
    DoubtfulLink.objects.update(answer="same", answered_at=datetime(2026, 11, 2).astimezone())
    assert "No doubtful links are waiting" in text_of(ask(analyst, "doubts"))


@pytest.mark.proves("FIND-22")
def test_a_question_is_asked_answered_and_settled_on_its_page(ask: Ask, analyst: Actor, runs: Path) -> None:
    homes = joined("riverside_homes", "Riverside Homes", "housing")
    assert "No questions have been asked yet" in text_of(ask(analyst, "questions"))
    given = {"source": "housing_rent", "title": "Weeks", "words": "Is <i>0</i> a zero?"}
    assert (
        ask(analyst, "ask", posted={**given, "words": "Call 01632 960103 about 9991234567"}).status_code
        == 422
    )
    answer = ask(analyst, "ask", posted=given)
    question = DataQuestion.objects.get()
    assert answer.headers["Location"] == reverse("sources:question", args=[question.id])
    page = text_of(ask(analyst, "question", question.id))
    assert "Income team manager, 01632 960103" in page
    assert "Is &lt;i&gt;0&lt;/i&gt; a zero?" in page
    owner = somebody_at(homes, "practitioner")
    ask(owner, "question", question.id, posted={"words": "A zero is a zero."})
    ask(owner, "question", question.id, posted={"words": "0 means none.", "settles": "on"})
    settled = text_of(ask(analyst, "question", question.id))
    assert "A zero is a zero." in settled
    assert "How it was settled" in settled
    assert ask(owner, "question", question.id, posted={"words": "More?"}).status_code == 422
    assert "Settled" in text_of(ask(analyst, "questions"))


def test_an_old_answer_is_found_a_page_further_to_be_taken_back(
    ask: Ask, opened: Run, analyst: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "SETTLED_AT_ONCE", 1)
    older, newer = DoubtfulLink.objects.waiting()[:2]
    for link in (older, newer):
        ask(analyst, "settle", link.id, posted={"answer": "same", "why": f"Asked about {link.id}."})
    first = text_of(ask(analyst, "settled"))
    assert f"Asked about {newer.id}." in first
    assert f"Asked about {older.id}." not in first
    assert 'href="?from=1"' in first
    second = text_of(ask(analyst, "settled", search="?from=1"))
    assert f"Asked about {older.id}." in second
    assert reverse("sources:take_back", args=[older.id]) in second
    assert f"Asked about {newer.id}." in text_of(ask(analyst, "settled", search="?from=9"))


def test_an_answer_is_taken_back_through_the_pages_with_both_records_and_the_history_in_view(
    ask: Ask, opened: Run, analyst: Actor, approver: Actor
) -> None:
    assert "No pair has an answer yet" in text_of(ask(analyst, "settled"))
    link = DoubtfulLink.objects.waiting()[0]
    said = {"answer": "same", "why": "<b>One</b> address."}
    ask(analyst, "settle", link.id, posted=said)
    listed = text_of(ask(analyst, "settled"))
    assert "the same person. &lt;b&gt;One&lt;/b&gt; address." in listed
    page = text_of(ask(analyst, "take_back", link.id))
    assert "What was said about these two before" in page
    assert link.record_a in page
    refused = ask(analyst, "take_back", link.id, posted={"why": " "})
    assert (refused.status_code, "Say why you are taking it back" in text_of(refused)) == (422, True)
    done = ask(analyst, "take_back", link.id, posted={"why": "It was her mother."})
    assert done.headers["Location"] == reverse("sources:doubts")
    again = text_of(ask(analyst, "doubts"))
    assert "took that back. It was her mother." in again
    with pytest.raises(NotAllowedError):
        ask(approver, "settled")
