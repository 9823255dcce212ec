"""The way in to a case: which cases an actor sees, and one of them."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import permissions
from alongside.casework.marm.models import Case
from alongside.casework.marm.queries.own import about_themself
from alongside.casework.marm.queries.there_is import there_is
from alongside.casework.marm.rules.stages import STANDING

OfCase = TypeVar("OfCase", bound=Model)
TO_NAME = "person__merged_into__merged_into"
"""What to load with a case for ``goes_by``: the record, the one it was joined into, and that one's."""


def who_asks(actor: Actor) -> dict[str, UUID | None]:
    """Return the parameters about the actor for a query composed once that sees the cases they see."""
    return {"organisation": actor.organisation_id, "account": actor.user_id}


def cases_within(everything: bool, organisation: Any, account: Any) -> QuerySet[Case]:
    """Return the cases an actor sees, for a query composed once for anyone who may read cases.

    Args:
        everything: whether they see all cases, as parts of the system do.
        organisation: theirs, or the parameter that stands for it.
        account: theirs, or the parameter that stands for it.
    """
    if everything:
        return Case.objects.all()
    return Case.objects.filter(~about_themself(account, "person"), taking_part__contains=[organisation])


def get_case(*, actor: Actor, case_id: UUID, say_what_there_is: bool = False) -> Case:
    """Return a case.

    Args:
        actor: who asks.
        case_id: which.
        say_what_there_is: whether its row also says what there is, under the names in ``there_is``.

    Raises:
        NotFoundError: there is none, or the actor's organisation takes no part: the two are answered alike.
    """
    may = permissions.may_read_cases(actor).allowed
    everything = actor.reach == EVERYBODY
    found = _case(everything, say_what_there_is, case=case_id, **who_asks(actor)) if may else []
    if not found:
        raise NotFoundError(_("There is no such case that your organisation takes part in."))
    return found[0]


@composed_once
def _case(
    everything: bool, what_there_is: bool, /, *, case: UUID, organisation: UUID | None, account: UUID | None
) -> QuerySet[Case]:
    seen = cases_within(everything, organisation, account).filter(id=case)
    if what_there_is:
        seen = seen.annotate(**there_is())
    return seen.select_related(TO_NAME, "organisation", "coordinating", "ending")


def row_of_case(row: type[OfCase], key: UUID, *joined: str, actor: Actor, named: str = "id") -> OfCase | None:
    """Return a row that points to a case the actor sees; None if there is none.

    Args:
        row: of which table.
        key: which.
        joined: paths to related rows to read with it, such as ``case__person``.
        actor: who asks.
        named: the column that says which.
    """
    if not permissions.may_read_cases(actor).allowed:
        return None
    joined = tuple(f"case__{TO_NAME}" if each == "case__person" else each for each in joined)
    found: list[OfCase] = _row(row, named, joined, actor.reach == EVERYBODY, key=key, **who_asks(actor))
    return found[0] if found else None


@composed_once
def _row(
    row: type[Model],
    named: str,
    joined: tuple[str, ...],
    everything: bool,
    /,
    *,
    key: UUID,
    organisation: UUID | None,
    account: UUID | None,
) -> QuerySet[Any]:
    cases = cases_within(everything, organisation, account)
    seen: QuerySet[Any] = row._default_manager.filter(**{named: key}, case__in=cases)
    return seen.select_related(*joined) if joined else seen


def lock_case(*, actor: Actor, case_id: UUID) -> Case:
    """Return a case as ``get_case`` does, locked until the transaction ends."""
    get_case(actor=actor, case_id=case_id)
    Case.objects.select_for_update(of=("self",), no_key=True).get(id=case_id)
    return get_case(actor=actor, case_id=case_id)  # read again: whoever held the lock may have changed it


def must_stand(case: Case) -> None:
    """Raise AlreadyDoneError if a case is over."""
    if case.stage not in STANDING:
        raise AlreadyDoneError(_("This case is over."))
