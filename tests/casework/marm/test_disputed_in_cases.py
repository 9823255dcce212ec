"""What somebody says is wrong in a case is marked where agencies read it, on paper too."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.casework.hostile.test_queries import MOST, NOT_ASKED
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.paper_making import made as paper_made
from tests.casework.marm.paper_making import the_same_in_three_forms
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.design.papers import words_if
from alongside.casework.marm.models import AgencyReport, Case, CaseDecision, Minutes
from alongside.casework.marm.rules.papers import Paper
from alongside.casework.rights.commands.disputes import answer_dispute, note_dispute

pytestmark = pytest.mark.django_db
SAYS = "The person says of this: It was my son who fell."
READ = [
    (AgencyReport, "marm:reports", Paper.AGENCY_REPORT),
    (Minutes, "marm:minutes", Paper.RECORD),
    (CaseDecision, "marm:decision", Paper.RECORD),
    (CaseDecision, "marm:decisions", None),
]


@pytest.mark.parametrize(("model", "page", "paper"), READ)
def test_it_is_marked_and_then_says_what_the_person_says(
    who: AnActor, riverside_now: Universe, amina: dict[str, UUID], model: type[Any], page: str,
    paper: Paper | None,
) -> None:  # fmt: skip
    see_all()
    case = Case.objects.get(id=amina["case"])
    if model is CaseDecision:
        row, meeting = CaseDecision.objects.filter(case=case).earliest("written_at"), amina["meeting"]
    else:
        row = model.objects.filter(meeting__case=case).latest("id")
        meeting = row.meeting_id
    args = {"marm:decision": [row.id], "marm:decisions": [case.id]}.get(page, [meeting])
    joan = browser_of(riverside_now.members["Joan Adeyemi"].user)
    address = reverse(page, args=args)
    assert "Disputed since" not in joan.get(address).text
    given: dict[str, Any] = {"table": model._meta.label, "row": str(row.pk), "person_id": case.person_id}
    noted = note_dispute(
        actor=who("Joan Adeyemi"), at=timezone.now(), says="wrong", words="Not so.", said_by="person",
        received_on=timezone.localdate(), how="talking", **given,
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        shown = joan.get(address).text
    assert "Disputed since" in shown
    assert shown.count("It is wrong") == 1
    assert sum(not each["sql"].startswith(NOT_ASKED) for each in asked) <= MOST
    if paper:
        assert "Disputed since" in the_same_in_three_forms(
            paper_made(who, paper, case=case.id, meeting=meeting)
        )
    answer_dispute(
        actor=who("Iris Okafor"), at=timezone.now(), dispute_id=noted.id, outcome="kept",
        why="Both views stay.", statement="It was my son who fell.", told_on=timezone.localdate(),
        told_how="By telephone",
    )  # fmt: skip
    shown = joan.get(address).text
    assert shown.count(SAYS) == 1
    assert "Disputed since" not in shown


def test_a_paper_has_no_paragraph_where_there_is_nothing_to_say() -> None:
    assert words_if("") == ()
