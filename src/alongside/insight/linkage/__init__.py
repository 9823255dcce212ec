"""Linkage: from records to people, with how sure it is, and with every doubt put to a person.

Read in this order: ``link`` (the stage as one page), ``nodes``, ``blocking``, ``candidates``,
``comparisons``, ``mixture``, ``scoring``, ``clustering``, ``identity``, ``previous``.
``_splink`` is the only module that knows Splink.
"""

from alongside.insight.linkage.decisions import KEPT as DECISIONS
from alongside.insight.linkage.decisions import NotFollowed, read_decisions, write_decisions
from alongside.insight.linkage.link import LinkageReport, link_records

__all__ = [
    "DECISIONS",
    "LinkageReport",
    "NotFollowed",
    "link_records",
    "read_decisions",
    "write_decisions",
]
