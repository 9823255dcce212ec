"""The engagement log of a case: what was tried to be in touch, what came of it, and what worked."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.casework.marm.conftest import AnActor
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.asking import decline_case
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.engagement import note_engagement
from alongside.casework.marm.models import Case, EngagementTry
from alongside.casework.marm.presenters.engagement import EngagementShown, engagement_shown
from alongside.casework.marm.queries import engagement as queries
from alongside.casework.marm.queries.engagement import engagement_page, engagement_to_note
from alongside.casework.marm.rules.engagement import CameOfIt, Engagement, Tried, wrong_with_engagement
from alongside.casework.operations.running import tell_database


def tried(now: datetime, days_ago: int = 0, **other: object) -> Engagement:
    """A letter that nobody answered, or what is said otherwise."""
    said: dict[str, object] = {
        "on": timezone.localdate(now) - timedelta(days=days_ago), "tried": Tried.LETTER,
        "words": "A letter about the path.", "came": CameOfIt.NO_ANSWER, "worked": "",
    }  # fmt: skip
    return Engagement(**said | other)  # type: ignore[arg-type]


def shown(who: AnActor, case: Case, name: str = "Asha Patel", begins: int = 0) -> EngagementShown:
    return engagement_shown(engagement_page(actor=who(name), case_id=case.id, begins=begins))


@pytest.mark.django_db
@pytest.mark.proves("MARM-01")
def test_every_agencys_tries_stand_in_one_log_and_what_worked_comes_first(
    who: AnActor, joined: Case, now: datetime
) -> None:
    assert shown(who, joined).counted == []
    asha, dee = who("Asha Patel"), who("Dee Marsh")
    note_engagement(actor=asha, at=now, case_id=joined.id, said=tried(now, 5))
    note_engagement(
        actor=asha, at=now, case_id=joined.id, said=tried(now, 3, tried=Tried.VISIT, came=CameOfIt.DECLINED)
    )
    note_engagement(
        actor=dee, at=now, case_id=joined.id,
        said=tried(
            now, 1, tried=Tried.WITH_SOMEBODY, came=CameOfIt.SPOKE, words="Fed the birds together. ",
            worked="Thursdays, by the hedge.",
        ),
    )  # fmt: skip
    for name in ("Asha Patel", "Dee Marsh", "Mair Pugh"):  # one log, for all who take part
        log = shown(who, joined, name)
        assert [said for _what, said in log.counted] == ["3 times", "2", "2 times"]
        assert [each.title.partition(",")[0] for each in log.tries] == [
            "With somebody they trust", "A visit", "A letter",
        ]  # fmt: skip
        assert log.tries[0].words == "Fed the birds together."
        assert [words for words, _source in log.worked] == ["Thursdays, by the hedge."]
        assert "Dee Marsh, Been There" in log.worked[0][1]


@pytest.mark.django_db
def test_the_log_is_read_in_pages_the_newest_first(
    who: AnActor, opened: Case, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "TRIES_AT_ONCE", 2)
    for days_ago in (3, 1, 2):
        note_engagement(
            actor=who("Asha Patel"), at=now, case_id=opened.id, said=tried(now, days_ago, words=f"{days_ago}")
        )
    assert [each.words for each in shown(who, opened).tries] == ["1", "2"]
    assert [each.words for each in shown(who, opened, begins=2).tries] == ["3"]
    assert [each.words for each in shown(who, opened, begins=99).tries] == ["1", "2"]
    assert [said for _what, said in shown(who, opened).counted] == ["3 times", "1", "0 times"]


@pytest.mark.django_db
def test_what_says_nothing_or_is_still_to_come_is_not_taken(
    who: AnActor, opened: Case, now: datetime
) -> None:
    today = timezone.localdate(now)
    assert wrong_with_engagement(tried(now), today) == {}
    assert set(wrong_with_engagement(tried(now, words=" "), today)) == {"words"}
    assert set(wrong_with_engagement(tried(now, -1), today)) == {"on"}
    for said in (tried(now, words=" "), tried(now, -1)):
        with pytest.raises(UnsaidError):
            note_engagement(actor=who("Asha Patel"), at=now, case_id=opened.id, said=said)
    assert shown(who, opened).tries == []


@pytest.mark.django_db
def test_who_takes_no_part_sees_and_writes_nothing_and_nobody_writes_once_it_is_over(
    who: AnActor, case: Case, now: datetime
) -> None:
    note_engagement(
        actor=who("Asha Patel"), at=now, case_id=case.id, said=tried(now)
    )  # while it is asked for
    dee = who("Dee Marsh")
    for not_there in (
        lambda: note_engagement(actor=dee, at=now, case_id=case.id, said=tried(now)),
        lambda: engagement_page(actor=dee, case_id=case.id),
        lambda: engagement_to_note(actor=dee, case_id=case.id),
    ):
        with pytest.raises(NotFoundError):
            not_there()
    tell_database(dee)
    assert not EngagementTry.objects.exists()  # also where a query forgot to ask
    for not_theirs in (
        lambda: engagement_page(actor=who("Lena Novak"), case_id=case.id),
        lambda: note_engagement(actor=who("Lena Novak"), at=now, case_id=case.id, said=tried(now)),
    ):
        with pytest.raises(NotAllowedError):
            not_theirs()
    decline_case(
        actor=who("Mair Pugh"), at=now, case_id=case.id, why="One team can.", advice="Ask them.",
        route="care_act_assessment",
    )  # fmt: skip
    for over in (
        lambda: note_engagement(actor=who("Asha Patel"), at=now, case_id=case.id, said=tried(now)),
        lambda: engagement_to_note(actor=who("Asha Patel"), case_id=case.id),
    ):
        with pytest.raises(AlreadyDoneError):
            over()
    assert not shown(who, case).may_add


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("update marm_engagementtry set came = 'spoke'", "kept"),
        ("delete from marm_engagementtry", "kept"),
        (
            """insert into marm_engagementtry (id, "on", tried, words, came, worked, noted_by, noted_at,
            case_id, organisation_id) select gen_random_uuid(), "on", tried, '', came, worked, noted_by,
            noted_at, case_id, organisation_id from marm_engagementtry limit 1""",
            "engagement_says_what",
        ),
    ],
)
def test_raw_sql_changes_nothing_that_was_tried(
    statement: str, refused: str, who: AnActor, opened: Case, now: datetime
) -> None:
    note_engagement(actor=who("Asha Patel"), at=now, case_id=opened.id, said=tried(now))
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError, match=refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_try_is_written_from_the_case_and_what_is_wrong_is_said_with_every_word_kept(
    riverside_now: Universe, opened: Case, now: datetime
) -> None:
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    log, form = f"/cases/{opened.id}/engagement/", f"/cases/{opened.id}/engagement/new/"
    assert f'href="{log}"' in browser.get(f"/cases/{opened.id}/").content.decode()
    assert f'href="{form}"' in browser.get(log).content.decode()
    day = timezone.localdate(now)
    sent = {
        "on-day": day.day, "on-month": day.month, "on-year": day.year + 1, "tried": "telephone",
        "came": "another_time", "words": "Rang at noon.", "worked": "After four.",
    }  # fmt: skip
    refused = browser.post(form, sent)
    assert refused.status_code == 422
    assert "The day must be today or in the past" in refused.content.decode()
    assert "Rang at noon." in refused.content.decode()
    kept = browser.post(form, sent | {"on-year": day.year}, follow=True).content.decode()
    assert "It is written down, for those who take part in the case" in kept
    assert "They asked for another time" in kept
    assert "After four." in kept
