"""What is drifting, ready to show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.casework.access.actors import Actor
from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import Case, DriftFound
from alongside.casework.marm.permissions import may_read_concerns
from alongside.casework.marm.presenters.register import known_late
from alongside.casework.marm.rules.drift import Drift
from alongside.casework.people.models import Involvement

DRIFT: dict[Drift, Promise] = {
    Drift.MANY_AGENCIES: gettext_lazy("Many agencies are in touch, but nobody has brought them together"),
    Drift.CONCERNS: gettext_lazy("Concerns are adding up, but nobody has brought agencies together"),
    Drift.NOT_ANSWERED: gettext_lazy("Agencies were asked to come together, but nobody answered in time"),
    Drift.NO_LEAD: gettext_lazy("A case is open, but nobody leads it"),
    Drift.LEAD_AWAY: gettext_lazy("The lead of a case is away or has left, and nobody is covering"),
    Drift.NO_MEETING: gettext_lazy("Many agencies take part in a case, but no meeting has been held or set"),
    Drift.NOT_REVIEWED: gettext_lazy("What was agreed was due to be looked at again, but nobody has done so"),
}


@dataclass(frozen=True)
class DriftShown:
    """One thing that is drifting: about whom, what, on what evidence, and where to deal with it."""

    known_as: str
    what: str
    evidence: str
    late: list[str]
    href: str


def drift_shown(
    found: list[tuple[DriftFound, Case | None]], reader: Actor, around: Mapping[UUID, list[Involvement]]
) -> list[DriftShown]:
    """Return what is drifting, longest first.

    Args:
        found: what is drifting, with the current case.
        reader: who reads.
        around: who is in touch, by person: an agency in touch long before anybody noted it is shown too.
    """
    return [
        DriftShown(
            known_as=each.person.goes_by,
            what=str(DRIFT[Drift(each.drift)]),
            evidence=_evidence(each),
            late=known_late(around.get(each.person_id, [])) if each.drift == Drift.MANY_AGENCIES else [],
            href=_leads_to(each, case, reader),
        )
        for each, case in found
    ]


def unseen_shown(found: Iterable[DriftFound]) -> list[tuple[str, str]]:
    """Return what is drifting about people who are not named, and on what evidence."""
    return [(str(DRIFT[Drift(each.drift)]), _evidence(each)) for each in found]


def _evidence(found: DriftFound) -> str:
    night = _("Found on %(day)s.") % {"day": day_in_words(found.found_at)}
    said = [f"{', '.join(found.agencies)}."] if found.agencies else []
    if found.count and found.since:
        said.append(
            ngettext(
                "%(count)s decision or action, due to be looked at by %(day)s.",
                "%(count)s decisions and actions, the first due to be looked at by %(day)s.",
                found.count,
            )
            % {"count": found.count, "day": day_in_words(found.since)}
        )
    elif found.since:
        said.append(_("Since %(day)s.") % {"day": day_in_words(found.since)})
    return " ".join([*said, night])


def _leads_to(found: DriftFound, case: Case | None, reader: Actor) -> str:
    if case is not None and reader.organisation_id in case.taking_part:
        return address_of("marm:case", args=[case.id])
    if may_read_concerns(reader).allowed:
        return address_of("marm:concerns", args=[found.person_id])
    return ""
