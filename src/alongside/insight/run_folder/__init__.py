"""The run folder: what a run leaves behind. It appears whole or not at all, and is checked when it is opened.

``docs/reference/run-folder.md`` describes every file and column.
"""

from alongside.insight.run_folder.atomic import whole_or_nothing
from alongside.insight.run_folder.contents import write_json, write_tables
from alongside.insight.run_folder.keys import Key, key_for, key_there
from alongside.insight.run_folder.manifest import FILE as MANIFEST
from alongside.insight.run_folder.manifest import FileMark, Manifest, mark, marks, versions
from alongside.insight.run_folder.reading import Run, as_a_run_has_it, open_previous, open_run

__all__ = [
    "MANIFEST",
    "FileMark",
    "Key",
    "Manifest",
    "Run",
    "as_a_run_has_it",
    "key_for",
    "key_there",
    "mark",
    "marks",
    "open_previous",
    "open_run",
    "versions",
    "whole_or_nothing",
    "write_json",
    "write_tables",
]
