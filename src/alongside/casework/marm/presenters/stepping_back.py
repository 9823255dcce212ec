"""What an agency that steps back holds, and what it said, ready to show."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import SteppedBack
from alongside.casework.marm.queries.stepping_back import SteppedBackPage, ToLeave
from alongside.casework.marm.rules.stepping_back import Accepts

Row = tuple[str, str]
ACCEPTS: dict[Accepts, Promise] = {
    Accepts.ACCEPTED: gettext_lazy("Yes: somebody else holds it"),
    Accepts.NOT_ACCEPTED: gettext_lazy("No: it needs to be settled between the agencies"),
}


@dataclass(frozen=True)
class LeavingShown:
    """What the reader's agency holds in a case it is stepping back from."""

    case_id: UUID
    known_as: str
    is_open: bool
    actions: list[str]
    decisions: list[str]
    brings: str


@dataclass(frozen=True)
class SteppedBackShown:
    """What an agency said when it stepped back."""

    id: UUID
    case_id: UUID
    known_as: str
    agency: str
    about: list[Row]
    dispute: str
    may_answer: bool


def leaving_shown(page: ToLeave) -> LeavingShown:
    """Return what they hold, to warn them of it."""
    return LeavingShown(
        case_id=page.case.id,
        known_as=page.case.person.goes_by,
        is_open=page.is_open,
        actions=[
            _("%(what)s (%(name)s, by %(day)s)")
            % {"what": each.words, "name": each.owner.user.name, "day": day_in_words(each.due)}
            for each in page.held.actions
        ],
        decisions=[each.decided for each in page.held.decisions],
        brings=page.held.brings,
    )


def stepped_back_shown(page: SteppedBackPage) -> SteppedBackShown:
    """Return what it said, and the lead's answer."""
    found = page.stepped_back
    answer = ""
    if found.answered_at:
        answer = _("%(words)s (%(name)s, %(day)s)") % {
            "words": found.answer, "name": found.answered_by, "day": day_in_words(found.answered_at),
        }  # fmt: skip
    return SteppedBackShown(
        id=found.id,
        case_id=found.case_id,
        known_as=found.case.person.goes_by,
        agency=found.agency.organisation.name,
        about=[
            (_("Why"), found.agency.until_why),
            (_("Who now holds what they held"), found.who_holds),
            (_("When the person was told, and what they said"), found.person_told),
            (_("When the other agencies were told"), found.agencies_told),
            (_("What they were warned of"), held_in_words(found)),
            (
                _("Written down by"),
                _("%(name)s, %(day)s") % {"name": found.said_by, "day": day_in_words(found.said_at)},
            ),
            (_("Is that right?"), str(ACCEPTS[Accepts(found.accepts)]) if found.accepts else ""),
            (_("The answer"), answer),
        ],
        dispute=address_of("marm:dispute", args=[found.dispute_id]) if found.dispute_id else "",
        may_answer=page.may_answer,
    )


def held_in_words(found: SteppedBack) -> str:
    """Say how much an agency was warned of when it left."""
    return _("Their actions still to do: %(actions)s. Decisions they took a position on: %(decisions)s.") % {
        "actions": found.actions_open,
        "decisions": found.decisions,
    }
