"""Nobody begins to get in touch with somebody who has died, though a page was open before it was known."""

from alongside.casework.kernel.errors import CaseworkError
from alongside.casework.people.models import Person
from alongside.casework.people.queries.whole import whole


class PersonDiedError(CaseworkError):
    """One of the person's records says that they have died."""


def has_died(person: Person) -> bool:
    """Say whether any record of a person says that they died; the caller has checked that it is theirs."""
    return whole(person).first("died_on") is not None


def must_be_living(person: Person, otherwise: str) -> None:
    """Refuse what only makes sense for somebody who lives.

    Args:
        person: by any of their records.
        otherwise: what was not done then, and what to do instead: a whole sentence or more.

    Raises:
        PersonDiedError: one of their records says that they died.
    """
    if has_died(person):
        raise PersonDiedError(otherwise)
