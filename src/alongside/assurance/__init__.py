"""Papers for those accountable for information, written from an area pack and from what the code does.

``papers(pack)`` gives them as text. What only the partnership can know is left as a marked blank; nothing
is guessed.
"""

from alongside.area import AreaPack
from alongside.assurance.dpia import impact_assessment
from alongside.assurance.flows import flows_of
from alongside.assurance.pages import TO_WRITE, printable
from alongside.assurance.processing import as_csv, as_page

__all__ = ["TO_WRITE", "papers", "printable"]


def papers(pack: AreaPack) -> dict[str, str]:
    """Return every paper of a pack by the name of its file; the same pack gives the same bytes.

    One impact assessment for each purpose, since each names its own; and the record of processing activities
    (UK GDPR Article 30) once as a page and once as CSV.
    """
    flows = flows_of(pack)
    return {
        **{f"dpia-{purpose.code}.md": impact_assessment(pack, purpose) for purpose in pack.area.purposes},
        "record-of-processing.md": as_page(pack, flows),
        "record-of-processing.csv": as_csv(flows),
    }
