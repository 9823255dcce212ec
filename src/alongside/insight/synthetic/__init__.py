"""A whole fictional borough with known truth.

People, homes, three years of their lives, and fourteen agencies' extracts.

Nobody in it exists. NHS numbers are from the 999 range kept for tests, postcodes from an area (ZX) that does
not exist, telephone numbers from an area code (01632) kept for fiction, e-mail addresses from
``example`` domains, UPRNs from a range that is never issued, and names are drawn from hand-written lists of
common names.

It is built in one direction: ``places`` and ``population`` (who lives where), ``lives`` (what
happens to them), ``agencies`` (what each agency records, through ``sight`` and its ``mistakes``),
``truth`` and ``borough`` (the folder).
"""

from alongside.insight.synthetic.borough import BoroughSummary, make_borough

__all__ = ["BoroughSummary", "make_borough"]
