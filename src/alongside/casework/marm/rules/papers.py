"""The papers a board hands out: which there are, what each is made from, and what its file is called.

Gloucestershire's board publishes such a set, and most boards have some of it: guidance, a flowchart, what to
expect, the chair's guide, the agency report, the confidentiality statement, the record of a meeting and the
action plan.
"""

from enum import StrEnum
from uuid import UUID


class Paper(StrEnum):
    """One of the eight; the strings are used in addresses and in the audit trail."""

    GUIDANCE = "guidance"
    FLOWCHART = "flowchart"
    WHAT_TO_EXPECT = "what-to-expect"
    CHAIRS_GUIDE = "chairs-guide"
    AGENCY_REPORT = "agency-report"
    CONFIDENTIALITY = "confidentiality"
    RECORD = "record-of-the-meeting"
    ACTION_PLAN = "action-plan"


GENERAL = (Paper.GUIDANCE, Paper.FLOWCHART, Paper.WHAT_TO_EXPECT, Paper.CHAIRS_GUIDE)
"""Made from the area pack alone: anybody who has signed in can read them."""
BLANK = (Paper.AGENCY_REPORT, Paper.CONFIDENTIALITY, Paper.RECORD, Paper.ACTION_PLAN)
"""Filled from a case; or blank, for a meeting on paper."""
OF_CASE = (Paper.WHAT_TO_EXPECT, Paper.ACTION_PLAN)
"""Filled from a case."""
OF_MEETING = (Paper.AGENCY_REPORT, Paper.CONFIDENTIALITY, Paper.RECORD)
"""Filled from a meeting of a case."""


class Form(StrEnum):
    """The file type a paper is taken as."""

    PAGE = "page"
    PDF = "pdf"
    DOCX = "docx"


FILES = (Form.PDF, Form.DOCX)


def reference_of(case_id: UUID) -> str:
    """Return what a case is called where nothing may identify the person: on files and in a calendar."""
    return str(case_id)[:8]


def file_name(paper: Paper, form: Form, *, case_id: UUID | None = None, number: int | None = None) -> str:
    """Return the name of a paper's file: never anybody's name.

    Args:
        paper: which.
        form: what it is taken as.
        case_id: of which case; None for a general or blank paper.
        number: of which meeting of the case.
    """
    parts = [
        f"case-{reference_of(case_id)}" if case_id else "",
        f"meeting-{number}" if number else "",
        paper.value,
    ]
    return f"{'-'.join(filter(None, parts))}.{form}"
