"""The report of a run: counted (``gather``), then shown (``page``). It describes people in numbers only."""

from alongside.insight.report.gather import gather
from alongside.insight.report.page import render

__all__ = ["gather", "render"]
