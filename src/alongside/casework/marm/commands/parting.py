"""Concerns go to the record that they are about when two are parted."""

from datetime import datetime

from alongside.casework.marm.queries.parting import rows_going
from alongside.casework.people.models.parting import Going


def concerns_go_along(going: Going, at: datetime) -> list[str]:
    """Let concerns, and what came of them, go with whom an organisation saw that saw only that record.

    Only it may read them, and it would no longer see the other: nobody could read them. Part of a command
    that has checked who asks, sees all rows and parts records.

    Args:
        going: the records they are on, and whose they may be.
        at: when.

    Returns:
        which went, as the audit trail names rows.
    """
    went = []
    for rows in rows_going(going):
        ids = list(rows.values_list("id", flat=True))
        rows.filter(id__in=ids).update(person=going.to)
        went += [f"{rows.model._meta.label} {each}" for each in ids]
    return went
