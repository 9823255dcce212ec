"""How good an extract is, in the six elements of information quality of the multi-agency guidance (MARM-36).

Each element has a figure and the sentence behind it. Figures are shares from 0 to 1 unless ``unit`` says
days; None where the extract has nothing to show it, and the sentence says so. No value of a row
ever appears here.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

ElementName = Literal["accurate", "valid", "reliable", "timely", "relevant", "complete"]


@dataclass(frozen=True)
class Element:
    """One of the six: ``details`` has the figures the sentence rests on, by name."""

    element: ElementName
    figure: float | None
    unit: Literal["share", "days"]
    sentence: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Quality:
    """The report on one source: its rows kept, and the six elements in the order of the guidance."""

    source: str
    rows: int
    elements: tuple[Element, ...]

    def element(self, name: ElementName) -> Element:
        """Return one of the six."""
        return next(each for each in self.elements if each.element == name)

    def to_dict(self) -> dict[str, Any]:
        """Return it for ``quality.json``, which the next run reads as ``previous_quality``."""
        return {
            "source": self.source,
            "rows": self.rows,
            "elements": {
                each.element: {k: v for k, v in asdict(each).items() if k != "element"}
                for each in self.elements
            },
        }
