"""Agencies of a case, and invitations, in finished words."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.design.addresses import address_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words
from alongside.casework.design.today import Line
from alongside.casework.marm.models import CaseAgency, Invitation
from alongside.casework.marm.presenters.words import ANSWERED
from alongside.casework.marm.queries.invitations import AgenciesPage
from alongside.casework.marm.queries.today import Invited
from alongside.casework.marm.rules.invitations import WHY_NOT, Answered, WhyNot


@dataclass(frozen=True)
class InvitationLine:
    """One invitation: to whom, where it stands, why they were invited, and why they declined."""

    agency: str
    state: Tag
    why: str
    source: str
    answer: str


@dataclass(frozen=True)
class AgenciesShown:
    """The agencies of a case."""

    case_id: UUID
    known_as: str
    agencies: list[str]
    left: list[str]
    stepped_back: list[tuple[str, str]]
    """Agencies that left while it was open, and where to read what they said."""
    invitations: list[InvitationLine]
    in_touch: list[tuple[str, str]]
    """Agencies in the register that take no part, and where the reader can invite them, if they may."""
    may_invite: bool
    may_leave: bool


@dataclass(frozen=True)
class InvitationShown:
    """An invitation, as whoever is invited sees it before they accept."""

    id: UUID
    who: str
    why: str
    source: str


def agencies_shown(page: AgenciesPage) -> AgenciesShown:
    """Return the page."""
    invite = address_of("marm:invite_agency", args=[page.case.id])
    return AgenciesShown(
        case_id=page.case.id,
        known_as=page.case.person.goes_by,
        agencies=[each.organisation.name for each in page.agencies if each.until is None],
        left=[left_line(each) for each in page.agencies if each.until is not None],
        stepped_back=[
            (
                _("What %(agency)s said when it stepped back") % {"agency": each.agency.organisation.name},
                address_of("marm:stepped_back", args=[each.id]),
            )
            for each in page.stepped_back
        ],
        invitations=[_line(each) for each in page.invitations],
        in_touch=[
            (
                f"{each.name}: {page.in_touch[each.id]}" if page.in_touch[each.id] else each.name,
                f"{invite}?organisation={each.id}" if page.may_invite else "",
            )
            for each in page.others
            if each.id in page.in_touch
        ],
        may_invite=page.may_invite,
        may_leave=page.may_leave,
    )


def left_line(agency: CaseAgency) -> str:
    """Say that an agency left, when and why."""
    return _("%(organisation)s left on %(day)s: %(why)s") % {
        "organisation": agency.organisation.name,
        "day": day_in_words(agency.until or agency.since),
        "why": agency.until_why,
    }


def invitation_shown(invitation: Invitation) -> InvitationShown:
    """Return an invitation for whoever is invited."""
    return InvitationShown(
        id=invitation.id,
        who=invitation.who,
        why=invitation.why,
        source=_("%(name)s, %(organisation)s, %(day)s")
        % {
            "name": invitation.invited_by,
            "organisation": invitation.from_organisation.name,
            "day": day_in_words(invitation.invited_at),
        },
    )


def today_line(invited: Invited) -> Line:
    """Return the line of a member's day."""
    return Line(
        _("%(who)s: your organisation has been asked to take part") % {"who": invited.who},
        address_of("marm:invitation", args=[invited.id]),
        _("Asked by %(organisation)s on %(day)s.")
        % {"organisation": invited.from_organisation, "day": day_in_words(invited.invited_at)},
    )


def remains_line(remains: Invited) -> Line:
    """Return the line of a member's day that asks whether their organisation agrees about what remains."""
    return Line(
        _("%(who)s: say whether your organisation agrees about the risk that remains") % {"who": remains.who},
        address_of("marm:remains", args=[remains.id]),
        _("Asked by %(organisation)s on %(day)s.")
        % {"organisation": remains.from_organisation, "day": day_in_words(remains.invited_at)},
    )


def _line(invitation: Invitation) -> InvitationLine:
    words, colour = ANSWERED[Answered(invitation.state)]
    answer = ""
    if invitation.state == Answered.DECLINED and invitation.answered_at:
        answer = _("%(name)s on %(day)s: %(reason)s. %(words)s") % {
            "name": invitation.answered_by,
            "day": day_in_words(invitation.answered_at),
            "reason": WHY_NOT[WhyNot(invitation.why_not)],
            "words": invitation.why_not_words,
        }
    return InvitationLine(
        agency=invitation.organisation.name,
        state=Tag(str(words), colour),
        why=invitation.why,
        source=_("Invited by %(name)s on %(day)s")
        % {"name": invitation.invited_by, "day": day_in_words(invitation.invited_at)},
        answer=answer,
    )
