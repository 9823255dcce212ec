"""People in the person's network that a case is also about, ready to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.queries.family import InFamily, WhoOfTheNetwork
from alongside.casework.people.presenters.words import may_speak, offered


@dataclass(frozen=True)
class InFamilyShown:
    """Somebody in the network: the risk from them and to them, and what the person said about them."""

    id: UUID
    who: str
    risk_noted: bool
    from_them: str
    to_them: str
    says: str
    wish: str
    earlier: str
    ended: str


def family_shown(found: Iterable[InFamily]) -> list[InFamilyShown]:
    """Return who else a case is about. Those with a risk noted, here or in the network, are marked."""
    return [
        InFamilyShown(
            id=each.risk.id,
            who=_("%(name)s, %(relationship)s")
            % {"name": each.risk.name, "relationship": each.risk.relationship},
            risk_noted=bool(each.risk.from_them) or each.poses_risk,
            from_them=each.risk.from_them or _("Nothing was said."),
            to_them=each.risk.to_them or _("Nothing was said."),
            says=_("%(says)s (written down by %(name)s, %(organisation)s, %(day)s)")
            % {
                "says": each.risk.says,
                "name": each.risk.noted_by,
                "organisation": each.risk.organisation.name,
                "day": day_in_words(each.risk.noted_at),
            },
            wish=_wish(each),
            earlier=_("From another case: only agencies that take part in that one can read this.")
            if each.earlier
            else "",
            ended=_("Ended by %(name)s on %(day)s: %(why)s")
            % {
                "name": each.risk.ended_by,
                "day": day_in_words(each.risk.ended_at),
                "why": each.risk.ended_why,
            }
            if each.risk.ended_at
            else "",
        )
        for each in found
    ]


def network_choices(page: WhoOfTheNetwork) -> list[tuple[str, str]]:
    """Return who could be linked."""
    return [
        (
            str(each.id),
            offered(f"{each.name} ({each.relationship})", each.permission, each.permission_words),
        )
        for each in page.contacts
    ]


def _wish(each: InFamily) -> str:
    """What the person said about speaking with them."""
    if not each.permission:
        return _("Not known here")
    return may_speak(each.permission, each.permission_words)
