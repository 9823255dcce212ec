"""A case page shows all that somebody said in one conversation, each with the question it answers."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor

from alongside.casework.marm.models import Case
from alongside.casework.marm.presenters.cases import case_shown
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.people.commands.records import write_down_words
from alongside.casework.people.rules import Section

pytestmark = pytest.mark.django_db


def test_none_of_what_was_said_at_once_is_taken_as_outdated_by_the_rest(
    who: AnActor, bee: UUID, opened: Case, now: datetime
) -> None:
    asha = who("Asha Patel")
    said = [("Ring me", "In person", 1, 0), ("British Sign Language", "Which language?", 0, 0)]
    said += [("<Never> with my son", "Whom not?", 0, 2), ("Write it down", "What helps?", 0, 1)]
    for words, how, days_ago, place in said:
        day = now - timedelta(days=days_ago)
        write_down_words(
            actor=asha, at=day, person_id=bee, section=Section.COMMUNICATE, words=words,
            said_on=timezone.localdate(day), how=how, place=place,
        )  # fmt: skip
    rows = case_shown(case_page(actor=asha, case_id=opened.id), now).said
    shown = [words for title, words in rows if title.startswith("How I communicate")]
    assert [each.partition("<br>")[0] for each in shown] == [
        "British Sign Language", "Write it down", "&lt;Never&gt; with my son",
    ]  # fmt: skip
    assert "Whom not?" in shown[2]
