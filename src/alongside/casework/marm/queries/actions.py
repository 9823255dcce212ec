"""Actions: of a case, a single one, and the actor's own; and the late ones, for the nightly job."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.design.paging import leaf, rows_between
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Action, ActionNudge, ActionUpdate, Case
from alongside.casework.marm.queries.doors import TO_NAME, cases_within, get_case, row_of_case, who_asks
from alongside.casework.marm.queries.leading import leading_now, names_of_who_may_work
from alongside.casework.marm.rules.actions import OPEN, Status, alike
from alongside.casework.marm.rules.stages import HAPPENS, Stage
from alongside.casework.operations import query

ACTIONS_AT_ONCE = 20
"""How many actions of a case a page shows."""


@dataclass(frozen=True)
class ActionsPage:
    """Some of the ``count`` actions of a case, after ``passed_over``.

    Attributes:
        case: whose.
        to_do: what is still to do, by due date; it comes before what is closed.
        over: what is closed, the newest first.
        may_add: whether the reader may add one.
    """

    case: Case
    to_do: list[Action]
    over: list[Action]
    may_add: bool
    count: int
    passed_over: int


@dataclass(frozen=True)
class ActionPage:
    """One action.

    Attributes:
        action: which.
        updates: its updates, the newest first.
        nudges: who was told that it is due or late.
        alike: other open actions in this case that may be the same.
        may_accept: whether it is for the reader to accept.
        may_update: whether the reader may update it.
    """

    action: Action
    updates: list[ActionUpdate]
    nudges: list[ActionNudge]
    alike: list[Action]
    may_accept: bool
    may_update: bool


@dataclass(frozen=True)
class ToPlan:
    """A case in which an action may be added, and everybody who could take one on."""

    case: Case
    members: list[tuple[UUID, str, str]]


def get_action(*, actor: Actor, action_id: UUID) -> Action:
    """Return an action with its case and owner.

    Raises:
        NotFoundError: there is none, or the actor's organisation takes no part: both get the same answer.
    """
    found = row_of_case(Action, action_id, "case__person", "owner__user", "owner__organisation", actor=actor)
    if found is None:
        raise NotFoundError(_("There is no such action in a case that your organisation takes part in."))
    return found


def lock_action(*, actor: Actor, action_id: UUID) -> Action:
    """Return an action as ``get_action`` does, locked until the transaction ends."""
    get_action(actor=actor, action_id=action_id)
    Action.objects.select_for_update(of=("self",), no_key=True).get(id=action_id)
    return get_action(
        actor=actor, action_id=action_id
    )  # read again: whoever held the lock may have changed it


def late_actions(*, day: date) -> list[Action]:
    """Return all due actions of open cases, locked, with who was told. For the nightly job."""
    return list(
        Action.objects.to_do()
        .filter(due__lte=day, case__stage=Stage.OPEN)
        .select_related("case", "owner")
        .prefetch_related("nudges")
        .select_for_update(of=("self",), no_key=True)
        .order_by("id")
    )


@query(records=True)
def actions_page(*, actor: Actor, case_id: UUID, begins: int = 0) -> ActionsPage:
    """Return a page of the actions of a case, after an offset, and record that the actor looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    shown = leaf(partial(_actions, case.id), begins, ACTIONS_AT_ONCE)
    page = ActionsPage(
        case=case,
        to_do=[each for each in shown.rows if each.status in OPEN],
        over=[each for each in shown.rows if each.status not in OPEN],
        may_add=case.stage == Stage.OPEN and permissions.may_work_on_cases(actor).allowed,
        count=shown.count,
        passed_over=shown.passed_over,
    )
    record(events.ACTIONS_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return page


def _actions(case: UUID, after: int, until: int) -> list[Action]:
    return _some_actions(case=case, after=after, until=until)


@composed_once
def _some_actions(*, case: UUID, after: int, until: int) -> QuerySet[Action]:
    listed = Action.objects.filter(case=case).select_related("owner__user", "owner__organisation").in_order()
    return rows_between(listed, after=after, until=until)


@query(records=True)
def action_page(*, actor: Actor, action_id: UUID) -> ActionPage:
    """Return an action with its history and what may be the same, and record that the actor looked.

    Raises:
        NotFoundError: there is no such action of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    action = get_action(actor=actor, action_id=action_id)
    others = _to_do_beside(case=action.case_id, action=action.id) if action.status in OPEN else []
    same = set(alike(action.words, [(str(each.id), each.words) for each in others]))
    leading = leading_now(action.case)
    stands = action.status in OPEN and action.case.stage == Stage.OPEN
    page = ActionPage(
        action=action,
        updates=_updates(action=action.id),
        nudges=_nudges(action=action.id),
        alike=[each for each in others if str(each.id) in same],
        may_accept=stands
        and action.status == Status.PROPOSED
        and permissions.may_accept_action(actor, action).allowed,
        may_update=action.status in OPEN
        and action.case.stage in HAPPENS
        and permissions.may_update_action(actor, action, leading.now).allowed,
    )
    record(events.ACTIONS_SEEN, actor=actor, person_id=action.case.person_id, about=("action", action.id))
    return page


@composed_once
def _to_do_beside(*, case: UUID, action: UUID) -> QuerySet[Action]:
    others = Action.objects.filter(case=case).to_do().exclude(id=action)
    return others.select_related("owner__user", "owner__organisation").order_by("due", "id")


@composed_once
def _updates(*, action: UUID) -> QuerySet[ActionUpdate]:
    told = ActionUpdate.objects.filter(action=action)
    return told.select_related("owner__user", "owner__organisation").order_by("-at", "-id")


@composed_once
def _nudges(*, action: UUID) -> QuerySet[ActionNudge]:
    return ActionNudge.objects.filter(action=action).order_by("at", "id")


@query(records=True)
def action_to_update(*, actor: Actor, action_id: UUID) -> Action:
    """Return an action for the form that updates it, and record that the actor looked.

    Raises:
        NotAllowedError: it belongs neither to the actor nor to their agency, and they do not lead.
        NotFoundError: there is no such action of a case that the actor's organisation takes part in.
    """
    require(permissions.may_work_on_cases(actor))
    action = get_action(actor=actor, action_id=action_id)
    leading = leading_now(action.case)
    require(permissions.may_update_action(actor, action, leading.now))
    record(events.ACTIONS_SEEN, actor=actor, person_id=action.case.person_id, about=("action", action.id))
    return action


@query()
def updates_since(*, actor: Actor, action_id: UUID, version: int) -> list[ActionUpdate]:
    """Return what was added to an action after one of its versions, the newest first.

    To be shown with ``action_to_update``, which records the look.

    Raises:
        NotFoundError: there is no such action of a case that the actor's organisation takes part in.
    """
    require(permissions.may_work_on_cases(actor))
    action = get_action(actor=actor, action_id=action_id)
    return _updates(action=action.id)[: max(action.version - version, 0)]  # each version adds one


@query(records=True)
def to_plan(*, actor: Actor, case_id: UUID, day: date) -> ToPlan:
    """Return a case and everybody in its agencies who could act, and record that the actor looked.

    Raises:
        NotAllowedError: the actor may not add actions.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_work_on_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    record(events.ACTIONS_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return ToPlan(case, names_of_who_may_work(case, day))


@query(records=True)
def my_actions(*, actor: Actor) -> list[Action]:
    """Return what the actor has to do in all cases, by due date, and record that they looked."""
    require(permissions.may_work_on_cases(actor))
    found = _mine(actor.reach == EVERYBODY, **who_asks(actor))
    record(events.OWN_ACTIONS_SEEN, actor=actor, actions=len(found))
    return found


@composed_once
def _mine(everything: bool, /, *, organisation: UUID | None, account: UUID | None) -> QuerySet[Action]:
    mine = Action.objects.to_do().filter(
        owner__user=account, owner__organisation=organisation,
        case__in=cases_within(everything, organisation, account).filter(stage__in=HAPPENS),
    )  # fmt: skip
    joined = mine.select_related(f"case__{TO_NAME}", "owner__user", "owner__organisation")
    return joined.order_by("due", "id")
