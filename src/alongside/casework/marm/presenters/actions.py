"""Actions in finished words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.addresses import address_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import Action, ActionUpdate
from alongside.casework.marm.presenters.words_of_actions import ASKS, KIND, STATUS, THEY_AGREE, TOLD
from alongside.casework.marm.queries.actions import ActionPage, ActionsPage
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.queries.today import AskedToday, Asks
from alongside.casework.marm.rules.actions import OPEN, Agrees, Kind, Status
from alongside.casework.marm.rules.nudging import DISPUTE_ROUTE

Row = tuple[str, str]


@dataclass(frozen=True)
class ActionLine:
    """One action in a list: what, who and by when; and who it is about if the list covers several cases."""

    words: str
    href: str
    status: Tag
    late: str
    who: str
    by_when: str
    known_as: str


@dataclass(frozen=True)
class ActionsShown:
    """The actions of a case."""

    case_id: UUID
    known_as: str
    late: list[ActionLine]
    to_do: list[ActionLine]
    over: list[ActionLine]
    may_add: bool


@dataclass(frozen=True)
class ActionShown:
    """One action."""

    id: UUID
    case_id: UUID
    known_as: str
    words: str
    status: Tag
    late: str
    left: str
    about: list[Row]
    alike: list[ActionLine]
    updates: list[str]
    told: list[str]
    ladder: list[str]
    may_accept: bool
    may_update: bool


def actions_shown(page: ActionsPage, day: date) -> ActionsShown:
    """Return the list: late actions first, then by due date."""
    to_do = [(each, action_line(each, day)) for each in page.to_do]
    return ActionsShown(
        case_id=page.case.id,
        known_as=page.case.person.goes_by,
        late=[line for each, line in to_do if each.due < day],
        to_do=[line for each, line in to_do if each.due >= day],
        over=[action_line(each, day) for each in page.over],
        may_add=page.may_add,
    )


def own_actions_shown(actions: list[Action], day: date) -> list[ActionLine]:
    """Return the reader's own actions, each with who it is for."""
    return [action_line(each, day, known_as=each.case.person.goes_by) for each in actions]


def action_shown(page: ActionPage, day: date) -> ActionShown:
    """Return one action with its history."""
    action = page.action
    return ActionShown(
        id=action.id,
        case_id=action.case_id,
        known_as=action.case.person.goes_by,
        words=action.words,
        status=_status(action),
        late=_late(action, day),
        left=_left(action, day),
        about=action_rows(action),
        alike=[action_line(each, day) for each in page.alike],
        updates=updates_shown(page.updates),
        told=[f"{TOLD[each.to]} ({day_in_words(each.at)})." for each in page.nudges],
        ladder=[
            _("%(step)s, within %(time)s") % {"step": each.title, "time": each.within}
            for each in marm_pack().dispute_ladder
        ]
        if action.status in OPEN and any(each.to == DISPUTE_ROUTE for each in page.nudges)
        else [],
        may_accept=page.may_accept,
        may_update=page.may_update,
    )


def updates_shown(updates: Iterable[ActionUpdate]) -> list[str]:
    """Return what was added to an action, each in words."""
    return [_update(each) for each in updates]


def action_rows(action: Action) -> list[Row]:
    """Return what was agreed of an action, the person's part first."""
    return [
        (_("What the person wants from it"), action.wanted),
        (_("Does the person agree?"), str(THEY_AGREE[Agrees(action.agrees)])),
        (_("Who makes the change"), str(KIND[Kind(action.kind)])),
        (_("The risk it reduces"), action.risk),
        (_("Who does it"), _owner(action)),
        (_("To be done by"), day_in_words(action.due)),
        (_("To be looked at on"), day_in_words(action.review)),
        (_("Added by"), f"{action.written_by}, {day_in_words(action.written_at)}"),
    ]


def action_line(action: Action, day: date, *, known_as: str = "") -> ActionLine:
    """Return an action as one line."""
    return ActionLine(
        words=action.words,
        href=address_of("marm:action", args=[action.id]),
        status=_status(action),
        late=_late(action, day),
        who=_("%(who)s (has left)") % {"who": _owner(action)} if _left(action, day) else _owner(action),
        by_when=_("by %(day)s") % {"day": day_in_words(action.due)},
        known_as=known_as,
    )


def asked_line(asked: AskedToday) -> str:
    """Say who it is about, and what there is to do."""
    return str(ASKS[asked.asks]) % {"name": asked.known_as}


def asked_why(asked: AskedToday) -> str:
    """Say whose it is, and when it was due; once the case has ended, where to read more."""
    if asked.asks is Asks.WITH_CASE:
        return _("See what was written about it.")
    return _("%(who)s, by %(day)s.") % {"who": asked.owner, "day": day_in_words(asked.due)}


def _owner(action: Action) -> str:
    return f"{action.owner.user.name}, {action.owner.organisation.name}"


def _status(action: Action) -> Tag:
    words, colour = STATUS[Status(action.status)]
    return Tag(str(words), colour)


def _late(action: Action, day: date) -> str:
    days = (day - action.due).days
    if action.status not in OPEN or days <= 0:
        return ""
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def _left(action: Action, day: date) -> str:
    until = action.owner.active_to
    if action.status not in OPEN or until is None or until > day:
        return ""
    return _("%(name)s has left. Hand this to somebody who can do it.") % {"name": action.owner.user.name}


def _update(update: ActionUpdate) -> str:
    """Describe one update: a sentence, then the words as they were written."""
    words, _colour = STATUS[Status(update.status)]
    said = _("%(day)s, %(by)s: %(status)s.") % {
        "day": day_in_words(update.at), "by": update.by, "status": words,
    }  # fmt: skip
    if update.status == Status.PROPOSED:
        said += " " + _("Handed to %(name)s.") % {"name": update.owner.user.name}
    if update.words:
        said += f" {update.words}"
    if update.instead:
        said += " " + _("Offered instead: %(what)s") % {"what": update.instead}
    return said
