"""The record of processing activities (UK GDPR Article 30): a line for each source under each purpose."""

import csv
import io
from collections.abc import Sequence

from alongside.area import AreaPack
from alongside.assurance.flows import Flow
from alongside.assurance.pages import TO_WRITE, page
from alongside.cells import safe_cell

COLUMNS = (
    "Purpose", "In words", "Power", "UK GDPR Article 6", "UK GDPR Article 9", "Impact assessment",
    "Agreement", "Who is accountable for it", "Review by", "Controller that gives the data", "Data",
    "How often", "Who to ask about it", "Whose data", "Kinds of personal data", "Who may receive it",
    "Transfers out of the United Kingdom", "Kept for", "Security",
)  # fmt: skip
_WORDS = {
    "WHOSE": "People named in the extracts; where a fact is about a household, also those who live there",
    "TRANSFERS": f"{TO_WRITE}: Alongside makes none",
    "KEPT": f"{TO_WRITE}: the retention schedule. The identities of people on no list are deleted "
    "when a run ends",
    "SECURITY": "Alongside's SECURITY.md, and the partnership's own measures",
}


def lines(flows: Sequence[Flow]) -> list[list[str]]:
    """Return the cells of the record, one line for each flow, in the order of ``COLUMNS``."""
    return [
        [
            each.purpose.code,
            each.purpose.title,
            each.purpose.power,
            each.purpose.article_6,
            each.purpose.article_9 or f"{TO_WRITE}: none named; say why none is needed",
            each.purpose.dpia,
            each.purpose.agreement,
            each.purpose.owner,
            each.purpose.review_date.isoformat(),
            each.giver,
            each.source.title,
            each.source.refresh,
            f"{each.source.contact.post}, {each.source.contact.phone}" if each.source.contact else TO_WRITE,
            _WORDS["WHOSE"],
            "; ".join(each.kinds),
            "; ".join(each.recipients) or f"{TO_WRITE}: no policy for this purpose leads to anybody",
            _WORDS["TRANSFERS"],
            _WORDS["KEPT"],
            _WORDS["SECURITY"],
        ]
        for each in flows
    ]


def as_csv(flows: Sequence[Flow]) -> str:
    """Return the record for a spreadsheet; no cell may be run as a formula (OWASP)."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(each) for each in line] for line in lines(flows))
    return stream.getvalue()


def _cell(text: str) -> str:
    return safe_cell(" ".join(text.split()))


def as_page(pack: AreaPack, flows: Sequence[Flow]) -> str:
    """Return the record as a page: a section for each purpose, its basis above, its sources below."""
    return page("processing.md.j2", pack=pack, flows=flows, **_WORDS)
