"""Who leads, ready to show."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import Lead
from alongside.casework.marm.presenters.words import BECAUSE
from alongside.casework.marm.queries.cases import WhoCouldLead


@dataclass(frozen=True)
class CouldLead:
    """An agency in the register, why it is proposed, and where its worker can be asked."""

    who: str
    because: str
    href: str


@dataclass(frozen=True)
class CouldLeadShown:
    """The page on which somebody is asked to lead."""

    known_as: str
    asked: str
    could: list[CouldLead]


def could_lead_shown(found: WhoCouldLead) -> CouldLeadShown:
    """Return who could lead, best first."""
    form = address_of("marm:ask_to_lead", args=[found.case.id])
    members = {key for key, _name, _organisation in found.members}
    return CouldLeadShown(
        known_as=found.case.person.known_as,
        asked=lead_in_words(found.asked) if found.asked else "",
        could=[
            CouldLead(
                who=", ".join(filter(None, [each.involved.worker, each.involved.organisation])),
                because="; ".join(str(BECAUSE[one]) for one in each.because),
                href=f"{form}?member={each.involved.membership_id}"
                if each.involved.membership_id in members
                else "",
            )
            for each in found.proposed
        ],
    )


def lead_in_words(lead: Lead) -> str:
    """Say who somebody is: their name and agency."""
    return f"{lead.member.user.name}, {lead.member.organisation.name}"


def telephone_of(lead: Lead) -> str:
    """Return the phone number for somebody: their team's, or else their agency's."""
    team = lead.member.team
    return (team.telephone if team else "") or lead.member.organisation.telephone


def lead_line(lead: Lead) -> str:
    """Say what came of asking somebody to lead, or that they acted."""
    who = lead_in_words(lead)
    if lead.declined_at:
        return _("%(who)s could not lead (%(day)s): %(why)s") % {
            "who": who, "day": day_in_words(lead.declined_at), "why": lead.declined_why,
        }  # fmt: skip
    why = _("They asked for the case.") if lead.acting else lead.why
    since, until = lead.accepted_at or lead.asked_at, lead.until
    if lead.acting:
        said = _("%(who)s acted from %(day)s") if until else _("%(who)s has acted since %(day)s")
    elif lead.accepted_at:
        said = _("%(who)s led from %(day)s") if until else _("%(who)s has led since %(day)s")
    else:
        said = _("%(who)s was asked from %(day)s") if until else _("%(who)s was asked on %(day)s")
    ended = _(" to %(day)s") % {"day": day_in_words(until)} if until else ""
    return said % {"who": who, "day": day_in_words(since)} + f"{ended}. {why}"


def days_without(since: datetime, now: datetime) -> str:
    """Say for how many days nobody has led."""
    days = (timezone.localdate(now) - timezone.localdate(since)).days
    if days == 0:
        return _("Nobody leads yet.")
    return ngettext("Nobody has led for %(days)s day.", "Nobody has led for %(days)s days.", days) % {
        "days": days
    }
