"""What a person says is wrong in what a case holds, for pages and papers to show beside it."""

from alongside.casework.marm.models import Case
from alongside.casework.people.queries.disputed import Marks, disputed


def marks_in(case: Case) -> Marks:
    """Return what to show beside disputed rows about whoever a case is about.

    For a query that has checked who asks, and records the look.
    """
    return disputed(case.person_id)
