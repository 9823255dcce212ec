"""Linkage: from records to people, with how sure, and with every doubt put to a person.

Read in this order: ``link`` (the stage as one page), ``nodes``, ``blocking``, ``comparisons``, ``mixture``,
``scoring``, ``clustering``, ``identity``. ``_splink`` is the only module that knows Splink.
"""

from alongside.insight.linkage.link import LinkageReport, link_records

__all__ = ["LinkageReport", "link_records"]
