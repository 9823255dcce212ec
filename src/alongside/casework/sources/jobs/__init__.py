"""Long work with run folders: the one place in this app that talks to finding.

A run lies in the folder of runs, and each of its files is checked whenever it is read. What is read about
people goes to the command that releases them, or to the clerk who looks at a pair; nothing is kept here.
"""

from alongside.casework.sources.jobs.drop import watch_drop_folder
from alongside.casework.sources.jobs.links import (
    DECISIONS_FILE,
    SHOWN,
    RecordShown,
    records_of,
    write_decisions,
    write_decisions_file,
)
from alongside.casework.sources.jobs.looking import look_into_drop_folder
from alongside.casework.sources.jobs.objections import reach_runs, write_objections
from alongside.casework.sources.jobs.people import (
    cohort_of,
    people_of,
    release_cohort,
    who_could_be_given,
)
from alongside.casework.sources.jobs.runs import (
    RunRefusedError,
    open_run,
    read_run,
    waiting_folders,
)
from alongside.insight.intake import OBJECTIONS_FILE

__all__ = [
    "DECISIONS_FILE",
    "OBJECTIONS_FILE",
    "SHOWN",
    "RecordShown",
    "RunRefusedError",
    "cohort_of",
    "look_into_drop_folder",
    "open_run",
    "people_of",
    "reach_runs",
    "read_run",
    "records_of",
    "release_cohort",
    "waiting_folders",
    "watch_drop_folder",
    "who_could_be_given",
    "write_decisions",
    "write_decisions_file",
    "write_objections",
]
