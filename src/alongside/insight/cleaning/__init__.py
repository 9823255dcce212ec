"""Cleaning: typed extracts in, the table ``records`` out, in which a column means the same whoever wrote it.

One step is one named function and one SQL expression (``steps``); ``records`` lists which steps each
identity field goes through. Nothing here guesses: what cannot be read becomes NULL, *not known*.
"""

from alongside.insight.cleaning.records import clean_records

__all__ = ["clean_records"]
