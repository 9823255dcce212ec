"""How one table is told to the person its rows are about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Table:
    """A table in words.

    Attributes:
        title: what its rows are, to the person.
        about: a sentence on what is kept there.
        columns: name of a column to what it is called, in the order in which they are told.
        made: column that says when a row came to be; rows from after a bundle's moment are not in it. What
            has none came to be with the row that it hangs on.
        on: column of the day a row is about, where that is another.
        organisation: column, or way by points to one, that says which organisation's a row is.
        by: columns that say who at work wrote it.
        left_out: columns that say nothing of the person: keys, and numbers of the machine's own.
        values: column to what its codes mean.
        of_others: whether a whole row may be about somebody else.
        unread: why no row of it is told, in a sentence; empty where rows are.
    """

    title: Promise | str
    about: Promise | str
    columns: Mapping[str, Promise | str] = field(default_factory=dict)
    made: str = ""
    on: str = ""
    organisation: str = ""
    by: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, Promise | str]] = field(default_factory=dict)
    of_others: bool = False
    unread: Promise | None = None
