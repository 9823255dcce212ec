"""How a case ended, ready to show: the person's view first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import Action, Ending, SharedRisk
from alongside.casework.marm.presenters.holding import HoldingLine, holding_lines
from alongside.casework.marm.presenters.words import MET, REMAINS, RISK
from alongside.casework.marm.queries.ending import ToEnd
from alongside.casework.marm.rules.ending import Agreed, Met, Risk
from alongside.casework.people.models import Whole

Row = tuple[str, str]
BECOMES: dict[str, Promise] = {
    "goes_on": gettext_lazy("It goes on"),
    "stops": gettext_lazy("It stops"),
}


@dataclass(frozen=True)
class ToEndShown:
    """A case that somebody is ending: what is not finished in it."""

    case_id: UUID
    known_as: str
    actions: list[str]
    invitations: list[str]
    holding: list[HoldingLine]


@dataclass(frozen=True)
class RemainsShown:
    """What remains of a risk, as put to an agency."""

    id: UUID
    who: str
    about: list[Row]
    answer: str


def still_to_ask(ending: Ending, person: Whole) -> bool:
    """Whether somebody should still ask how things are going: not once the person has died."""
    return ending.check_back_on is not None and ending.checked_on is None and not person.has_died


def ending_shown(ending: Ending, person: Whole, shared: Collection[SharedRisk] = ()) -> list[Row]:
    """Return how a case ended, heading by heading.

    Args:
        ending: how.
        person: around whom, by all their records.
        shared: what remains, as put to each agency.
    """
    asked_on = ending.check_back_on if ending.checked_on or still_to_ask(ending, person) else None
    rows = [
        (_("What they say about it"), ending.own_view),
        (_("Why there is nothing in their own words"), ending.no_view_why),
        (_("Did what they wanted happen, in their view?"), str(MET[Met(ending.met)])),
        (_("Why it ended"), ending.reason_title),
        (_("Agencies that agree with what remains"), _signed(shared)),
        *ending.needs.items(),
        (_("What became of the risk"), str(RISK[Risk(ending.risk)])),
        (_("Who knows about what remains"), ending.who_knows),
        (_("What would reopen it"), ending.reopens),
        (_("Who would notice"), ending.who_notices),
        (
            _("Ended"),
            _("%(name)s, %(day)s") % {"name": ending.ended_by, "day": day_in_words(ending.ended_at)},
        ),
        (_("Somebody will ask how things are going"), day_in_words(asked_on) if asked_on else ""),
    ]
    if ending.checked_on:
        heard = _("%(words)s (%(name)s, %(day)s)") % {
            "words": ending.checked_words,
            "name": ending.checked_by,
            "day": day_in_words(ending.checked_on),
        }
        rows.append((_("How it went"), heard))
    return [(title, words) for title, words in rows if words]


def _signed(shared: Collection[SharedRisk]) -> str:
    """Say how many agencies agree, beside a reason that may sound as if all did."""
    if not shared:
        return ""
    agree = sum(each.agrees == Agreed.AGREED for each in shared)
    against = sum(each.agrees == Agreed.NOT_AGREED for each in shared)
    said = _("%(count)s of %(all)s") % {"count": agree, "all": len(shared)}
    if not against:
        return said
    return f"{said}. " + ngettext("%(count)s does not agree", "%(count)s do not agree", against) % {
        "count": against
    }


def to_end_shown(page: ToEnd, now: datetime) -> ToEndShown:
    """Return what is not finished in a case that somebody is ending."""
    return ToEndShown(
        case_id=page.case.id,
        known_as=page.case.person.goes_by,
        actions=[action_in_words(each) for each in page.actions],
        invitations=[
            _("%(agency)s, invited on %(day)s")
            % {"agency": each.organisation.name, "day": day_in_words(each.invited_at)}
            for each in page.invitations
        ],
        holding=holding_lines(page.holding, now),
    )


def action_in_words(action: Action) -> str:
    """Return an action that is still to do as one line."""
    return _("%(what)s (%(name)s, %(organisation)s, by %(day)s)") % {
        "what": action.words,
        "name": action.owner.user.name,
        "organisation": action.owner.organisation.name,
        "day": day_in_words(action.due),
    }


def remains_shown(shared: SharedRisk) -> RemainsShown:
    """Return what remains, for the agency it was put to."""
    return RemainsShown(
        id=shared.id,
        who=shared.who,
        about=[
            (_("What became of the risk"), str(RISK[Risk(shared.risk)])),
            (_("Who knows about what remains"), shared.who_knows),
            (_("What would reopen it"), shared.reopens),
            (_("Who would notice"), shared.who_notices),
            (
                _("Put to you by"),
                _("%(name)s, %(organisation)s, %(day)s")
                % {
                    "name": shared.put_by,
                    "organisation": shared.put_from.name,
                    "day": day_in_words(shared.put_at),
                },
            ),
        ],
        answer=shared_line(shared) if shared.answered_at else "",
    )


def shared_line(shared: SharedRisk) -> str:
    """Say what an agency answered about what remains, by whom and when; or that it has not."""
    if shared.answered_at is None:
        return _("%(agency)s has not answered") % {"agency": shared.organisation.name}
    said = _("%(agency)s: %(answer)s (%(name)s, %(day)s)") % {
        "agency": shared.organisation.name,
        "answer": REMAINS[Agreed(shared.agrees)],
        "name": shared.answered_by,
        "day": day_in_words(shared.answered_at),
    }
    return f"{said}. {shared.words}" if shared.words else said
