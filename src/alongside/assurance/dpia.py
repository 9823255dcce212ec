"""The skeleton of a data protection impact assessment for one purpose in a pack (UK GDPR Article 35).

Its headings are the steps of the Information Commissioner's template; the words are ours, and come from the
pack and from what the code does. Whatever calls for judgement is left blank.
"""

from alongside.area import AreaPack
from alongside.area.models import Purpose
from alongside.assurance.flows import (
    facts_unused,
    kinds_of,
    offering,
    organisations,
    policies_for,
    recipients,
    sources_for,
)
from alongside.assurance.held import HELD
from alongside.assurance.pages import page
from alongside.assurance.risks import risks
from alongside.casework.access.permissions import Permission
from alongside.casework.access.roles import ROLES
from alongside.casework.audit.registry import TEN_YEARS
from alongside.casework.people.rules import EMERGENCY_LASTS
from alongside.casework.sources.rules import FLAG_LASTS


def impact_assessment(pack: AreaPack, purpose: Purpose) -> str:
    """Return the skeleton for one purpose, as Markdown."""
    return page(
        "dpia.md.j2",
        pack=pack,
        purpose=purpose,
        sources=sources_for(pack, purpose),
        policies=policies_for(pack, purpose),
        recipients=recipients(pack, purpose),
        offering=offering(pack, purpose),
        unused=facts_unused(pack, purpose),
        organisations=organisations(pack),
        kinds_of=kinds_of,
        held=HELD,
        risks=risks(),
        roles=ROLES.values(),
        flag_weeks=FLAG_LASTS.days // 7,
        emergency_hours=int(EMERGENCY_LASTS.total_seconds()) // 3600,
        audit_years=TEN_YEARS // 365,
        READS_PEOPLE=Permission.PERSON_READ,
        READS_AUDIT=Permission.AUDIT_READ,
    )
