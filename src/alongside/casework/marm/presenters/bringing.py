"""Who does what in a case, in finished words."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.marm.presenters.leading import lead_in_words
from alongside.casework.marm.queries.bringing import BringingPage


@dataclass(frozen=True)
class AgencyShown:
    """An agency, and what it says it brings."""

    name: str
    brings: str


@dataclass(frozen=True)
class RoleShown:
    """A role: who has it, where that is known here, and its duties."""

    title: str
    who: str
    duties: list[str]


@dataclass(frozen=True)
class BringingShown:
    """The page."""

    case_id: UUID
    known_as: str
    agencies: list[AgencyShown]
    roles: list[RoleShown]
    may_say: bool


def bringing_shown(page: BringingPage) -> BringingShown:
    """Return who does what."""
    leader = page.leading.now
    holders = {
        "lead": lead_in_words(leader) if leader else _("Nobody"),
        "co_ordinator": page.case.coordinating.name,
    }
    return BringingShown(
        case_id=page.case.id,
        known_as=page.case.person.goes_by,
        agencies=[
            AgencyShown(each.organisation.name, each.brings or _("It has not said what it brings."))
            for each in page.agencies
        ],
        roles=[RoleShown(each.title, holders.get(each.code, ""), list(each.duties)) for each in page.roles],
        may_say=page.may_say,
    )
