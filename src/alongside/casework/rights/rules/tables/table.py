"""How one table is described to the person its rows are about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Table:
    """A table in words.

    Attributes:
        title: what its rows are, to the person.
        about: a phrase on what is kept there; it is shown with a full stop after it.
        columns: name of each column to what it is called, in the order in which they are shown.
        made: column that says when a row was created; a bundle omits rows created after its moment. A row
            without one was created with the row that it hangs on.
        on: column of the day a row is about, if that is a different one.
        organisation: column, or dotted path to one, that says which organisation a row belongs to.
        by: columns that say which member of staff wrote it.
        left_out: columns that say nothing about the person: keys, and the system's own numbers.
        values: column to what its codes mean.
        of_others: whether a whole row may be about somebody else.
        unread: why none of its rows is told, in a sentence; empty where they are.
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
