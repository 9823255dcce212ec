"""What is still open between the agencies in a case, ready to show."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.design.addresses import address_of
from alongside.casework.marm.models import DisputeRung, HarmNoted, SteppedBack
from alongside.casework.marm.presenters.disputes import dispute_title, late_in_words
from alongside.casework.marm.presenters.harm import HARM
from alongside.casework.marm.queries.holding import Holding
from alongside.casework.marm.rules.harm import Harm


@dataclass(frozen=True)
class HoldingLine:
    """One thing that is open between agencies: what, where to deal with it, and what is said about it."""

    title: str
    href: str
    late: str
    words: str


def holding_lines(holding: Holding, now: datetime) -> list[HoldingLine]:
    """Return what is still open between the agencies."""
    return [
        *(_stepped_back(each) for each in holding.stepped_back),
        *(_dispute(each, now) for each in holding.rungs),
    ]


def harm_line(noted: HarmNoted) -> HoldingLine:
    """Say that the person died or was seriously harmed, and whether a review is still to be considered."""
    return HoldingLine(
        title=str(HARM[Harm(noted.harm)]),
        href=address_of("marm:harm", args=[noted.id]),
        late=_("Nobody has said yet whether they are asking for a review.")
        if noted.answered_at is None
        else "",
        words=noted.words,
    )


def _stepped_back(found: SteppedBack) -> HoldingLine:
    return HoldingLine(
        title=_("%(agency)s stepped back, and the lead has not answered")
        % {"agency": found.agency.organisation.name},
        href=address_of("marm:stepped_back", args=[found.id]),
        late=_("Their actions still to do: %(actions)s.") % {"actions": found.actions_open}
        if found.actions_open
        else "",
        words=_("Who now holds what they held: %(who)s") % {"who": found.who_holds},
    )


def _dispute(rung: DisputeRung, now: datetime) -> HoldingLine:
    return HoldingLine(
        title=_("Agencies disagree. %(title)s") % {"title": dispute_title(rung.dispute)},
        href=address_of("marm:dispute", args=[rung.dispute_id]),
        late=late_in_words(rung, now),
        words=_("Meanwhile: %(what)s") % {"what": rung.dispute.meanwhile},
    )
