"""Papers as their pages make them, and that page, PDF and Word document of one say the same."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from tests.casework.design.test_papers import of_page, of_pdf, of_word, said_in, squeezed, tokens
from tests.casework.design.test_pdf import opened as pdf_opened
from tests.casework.design.test_pdf import tags
from tests.casework.marm.conftest import AnActor

from alongside.casework.design.papers import Paper as Content
from alongside.casework.design.pdf import pdf_of
from alongside.casework.design.word_files import word_of
from alongside.casework.marm.presenters.papers.confiding import confidentiality
from alongside.casework.marm.presenters.papers.expecting import what_to_expect
from alongside.casework.marm.presenters.papers.general import general_paper
from alongside.casework.marm.presenters.papers.planning import action_plan
from alongside.casework.marm.presenters.papers.recording import record_of
from alongside.casework.marm.presenters.papers.reporting import agency_report
from alongside.casework.marm.queries import papers as queries
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.papers import (
    Form,
    Paper,
)

NOON = datetime(2026, 11, 9, 12, tzinfo=timezone.get_default_timezone())


def made(who: AnActor, paper: Paper, *, case: UUID, meeting: UUID, by: str = "Joan Adeyemi") -> Content:
    """A paper as its page makes it."""
    actor, form, now = who(by), Form.PAGE, timezone.now()
    match paper:
        case Paper.ACTION_PLAN:
            return action_plan(queries.planning(actor=actor, case_id=case, form=form), now.date())
        case Paper.WHAT_TO_EXPECT:
            found = queries.expecting(actor=actor, case_id=case, form=form, at=now)
            return what_to_expect(marm_pack(), found)
        case Paper.AGENCY_REPORT:
            return agency_report(queries.reporting(actor=actor, meeting_id=meeting, form=form))
        case Paper.CONFIDENTIALITY:
            bound = queries.confiding(actor=actor, meeting_id=meeting, form=form)
            return confidentiality(marm_pack(), bound)
        case Paper.RECORD:
            return record_of(queries.recording(actor=actor, meeting_id=meeting, form=form), now.date())
    raise AssertionError(paper)


def general(paper: Paper) -> Content:
    """A paper of no case, or a blank copy."""
    return general_paper(paper, marm_pack(), whose="Riverside", day=NOON.date())


def the_same_in_three_forms(content: Content) -> str:
    """Return what a paper says, once page, PDF and Word document were found to say the same."""
    page, word = of_page(content), of_word(word_of(content))
    pdf = pdf_of("design/paper.jinja", {"paper": content})
    assert tokens(page) == tokens(word) == tokens(" ".join(said_in(content)))
    in_pdf = squeezed(of_pdf(pdf))
    for words in said_in(content):
        assert squeezed(words) in in_pdf
    root = pdf_opened(pdf).trailer["/Root"]
    assert (bool(root["/MarkInfo"]["/Marked"]), root["/Lang"]) == (True, "en-gb")
    assert pdf_opened(pdf).metadata.title == content.title
    assert tags(pdf) >= {"/Document", "/H1", "/H2", "/P"}
    return page
