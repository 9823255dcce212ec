"""A whole fictional borough with known truth.

People, homes, three years of their lives, and fourteen agencies' extracts.

Nobody in it exists. NHS numbers are of the 999 range kept for tests, postcodes of an area (ZX) that does
not exist, telephone numbers of an area code (01632) kept for fiction, e-mail addresses of ``example``
domains, UPRNs of a range never given out, and names are drawn from hand-written lists of common names.

The way through it is one-directional: ``places`` and ``population`` (who lives where), ``lives`` (what
happens to
them), ``agencies`` (what each agency writes down, through ``sight`` and its ``mistakes``), ``truth`` and
``borough`` (the folder).
"""

from alongside.insight.synthetic.borough import BoroughSummary, make_borough

__all__ = ["BoroughSummary", "make_borough"]
