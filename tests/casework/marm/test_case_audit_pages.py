"""The pages of a case audit say what is true now, errors name their question, and one is counted as one."""

import re
from datetime import datetime
from html import unescape

import pytest
from tests.casework.marm.conftest import AnActor
from tests.casework.marm.test_case_audits import answered_by, audit, begin, cases, learnt
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.commands.auditing_cases import CannotDrawError, close_case_audit
from alongside.casework.marm.models import CaseAudit
from alongside.casework.marm.presenters.words_of_case_audits import count_in_words
from alongside.casework.marm.queries.case_audits import audit_page
from alongside.casework.marm.rules.case_audits import Fact, Learnt, SoMany

__all__ = ["audit", "begin", "cases", "learnt"]

CLOSE = "Close it, and say what was learnt"


@pytest.mark.parametrize("fact", Fact)
def test_one_is_counted_as_one(fact: Fact) -> None:
    one, two = (count_in_words(fact, SoMany(0, of)) for of in (1, 2))
    assert one.replace("0 of 1", "0 of 2") != two


@pytest.mark.django_db
def test_each_error_names_its_question_and_a_box_says_when_it_is_needed(
    audit: CaseAudit, riverside_now: Universe
) -> None:
    dee, where = browser_of(riverside_now.members["Dee Marsh"].user), f"/cases/audits/{audit.id}/cases/1/"
    nothing = dee.post(where, {"alone": ""})
    links = re.findall(r'<a href="#(?!main)[^"]+"[^>]*>\s*(.+?)\s*</a>', nothing.text)
    assert "Choose what you see: Was nobody left holding the risk alone?" in map(unescape, links)
    assert len(set(links)) == len(links) > 1
    assert "Needed if your answer is Partly or Not met." in nothing.text
    codes = [each["code"] for each in audit.questions if not each["fact"]]
    short = dee.post(where, dict.fromkeys(codes, "not_met"))
    links = re.findall(r'<a href="#(?!main)[^"]+"[^>]*>\s*(.+?)\s*</a>', short.text)
    assert "Say what is missing: Was nobody left holding the risk alone?" in map(unescape, links)
    assert len(set(links)) == len(links) > 1


@pytest.mark.django_db
def test_it_is_not_offered_to_be_closed_before_anybody_has_looked(
    audit: CaseAudit, who: AnActor, riverside_now: Universe, now: datetime
) -> None:
    mair, where = browser_of(riverside_now.members["Mair Pugh"].user), f"/cases/audits/{audit.id}/"
    assert CLOSE not in mair.get(where).text
    assert "You can close it once somebody has looked into a case." in mair.get(where).text
    answered_by(who, audit, now, "Asha Patel")
    assert CLOSE in mair.get(where).text
    assert "You can close it once" not in mair.get(where).text
    assert audit_page(actor=who("Mair Pugh"), audit_id=audit.id).may_close


@pytest.mark.django_db
def test_nobody_is_asked_to_look_into_the_cases_of_a_closed_audit(
    audit: CaseAudit, who: AnActor, riverside_now: Universe, now: datetime, learnt: Learnt
) -> None:
    dee, where = browser_of(riverside_now.members["Dee Marsh"].user), f"/cases/audits/{audit.id}/"
    assert "Cases you are asked to look into" in dee.get(where).text
    answered_by(who, audit, now, "Asha Patel")
    close_case_audit(actor=who("Mair Pugh"), at=now, audit_id=audit.id, learnt=learnt)
    page = dee.get(where).text
    assert "Cases you are asked to look into" not in page
    assert "Cases you were asked to look into" in page
    assert "Who is looking" not in page
    assert "Who was asked to look" in page


@pytest.mark.django_db
def test_who_asks_for_more_cases_than_there_are_is_told_what_to_do(begin: object) -> None:
    with pytest.raises(CannotDrawError, match=r"Choose a longer period, or fewer cases\."):
        begin(size=400)  # type: ignore[operator]
