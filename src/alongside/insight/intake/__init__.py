"""Files of many agencies in, typed Parquet out: nothing lost silently, a sentence on all that was not read.

from alongside.insight.intake import read_extracts
intake = read_extracts(pack, Path("extracts"), as_at=date(2026, 11, 1), work_dir=Path("work"))
"""

from alongside.insight.intake.files import OBJECTIONS_FILE, all_files, asks_for_objections, shown
from alongside.insight.intake.quality import Element, Quality
from alongside.insight.intake.read import read_extracts
from alongside.insight.intake.results import FileRead, Intake, SourceIntake

__all__ = [
    "OBJECTIONS_FILE",
    "Element",
    "FileRead",
    "Intake",
    "Quality",
    "SourceIntake",
    "all_files",
    "asks_for_objections",
    "read_extracts",
    "shown",
]
