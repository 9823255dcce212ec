"""Lists of papers, each as a page and as files."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import moment_in_words
from alongside.casework.marm.presenters.meetings import meeting_title
from alongside.casework.marm.presenters.papers.titles import FOR, TITLES
from alongside.casework.marm.presenters.words import TOLD
from alongside.casework.marm.queries.papers import PapersPage
from alongside.casework.marm.rules.papers import BLANK, GENERAL, OF_CASE, OF_MEETING, Form, Paper
from alongside.casework.marm.rules.stages import Told


@dataclass(frozen=True)
class PaperLine:
    """One paper: what it is for, its page, and the address of each file."""

    title: str
    about: str
    href: str
    pdf: str
    word: str


@dataclass(frozen=True)
class OfMeeting:
    """The papers of one meeting."""

    title: str
    when: str
    papers: list[PaperLine]


@dataclass(frozen=True)
class PapersShown:
    """The general papers, and blank copies of the others."""

    general: list[PaperLine]
    blank: list[PaperLine]


@dataclass(frozen=True)
class CasePapersShown:
    """The papers of a case.

    Attributes:
        case_id: of which.
        known_as: who it is about.
        not_told: what to know before giving the person a paper; empty if they know about the case.
        papers: those of the case.
        meetings: those of each meeting.
    """

    case_id: UUID
    known_as: str
    not_told: str
    papers: list[PaperLine]
    meetings: list[OfMeeting]


def papers_shown(*, pdf: bool) -> PapersShown:
    """Return the list of papers that need no case; without PDFs if this machine cannot make them."""
    return PapersShown(
        general=_lines(GENERAL, "marm:paper", "marm:paper_file", pdf=pdf),
        blank=_lines(BLANK, "marm:paper", "marm:paper_file", pdf=pdf),
    )


def case_papers_shown(page: PapersPage, *, pdf: bool) -> CasePapersShown:
    """Return the papers of a case."""
    case = page.case
    return CasePapersShown(
        case_id=case.id,
        known_as=case.person.goes_by,
        not_told=str(TOLD[Told.NOT_YET]) if case.told == Told.NOT_YET else "",
        papers=_lines(OF_CASE, "marm:case_paper", "marm:case_paper_file", case.id, pdf=pdf),
        meetings=[
            OfMeeting(
                title=meeting_title(each),
                when=moment_in_words(each.begins_at),
                papers=_lines(
                    OF_MEETING,
                    "marm:meeting_paper",
                    "marm:meeting_paper_file",
                    each.id,
                    pdf=pdf,
                    of=meeting_title(each),
                ),
            )
            for each in page.meetings
        ],
    )


def _lines(
    papers: Iterable[Paper], to: str, file: str, *ids: UUID, pdf: bool, of: str = ""
) -> list[PaperLine]:
    def line(paper: Paper) -> PaperLine:
        title = str(TITLES[paper])
        return PaperLine(
            title=_("%(paper)s, %(meeting)s") % {"paper": title, "meeting": of} if of else title,
            about=str(FOR[paper]),
            href=address_of(to, args=[*ids, paper]),
            pdf=address_of(file, args=[*ids, paper, Form.PDF]) if pdf else "",
            word=address_of(file, args=[*ids, paper, Form.DOCX]),
        )

    return [line(each) for each in papers]
