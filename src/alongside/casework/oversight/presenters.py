"""The audit trail in finished words."""

from collections import defaultdict
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.casework.audit.registry import EVENT_TYPES
from alongside.casework.audit.telling import UNSAID, kind_in_words
from alongside.casework.oversight.queries import Trail
from alongside.casework.oversight.rules import FAMILIES, family_of
from alongside.casework.people.presenters import EventLine, event_line


def lines(found: Trail) -> list[EventLine]:
    """Return the events of a page, each as a line."""
    return [event_line(event, found.people) for event in found.page.events]


def kinds() -> list[tuple[str, str]]:
    """Return what the trail can be filtered by: each family, then what was done in it, by their words."""
    return list(_kinds_in(get_language()))


@cache  # a hundred sentences that are the same for everybody who reads the language
def _kinds_in(_language: str | None) -> tuple[tuple[str, str], ...]:
    titles = _families()
    families: dict[str, list[str]] = defaultdict(list)
    for code in EVENT_TYPES:
        families[family_of(code)].append(code)
    found: list[tuple[str, str]] = []
    for family in FAMILIES:
        named = sorted((_done(code), code) for code in families[family] if code != family)
        if families[family]:
            found.append((family, titles[family]))
        found += [(code, f"{titles[family]}: {words}") for words, code in named]
    return tuple(found)


def _done(code: str) -> str:
    """What was done, without who: most languages begin with who, and if one does not, the gap is shown."""
    return kind_in_words(code).removeprefix(f"{UNSAID} ")


def _families() -> dict[str, str]:
    return {
        "access.refused": _("Refusals"),
        "person.emergency_": _("Emergencies"),
        "person.": _("People's records"),
        "capacity.": _("Capacity, best interests and advocacy"),
        "offers.": _("Help offered, declined and not offered"),
        "marm.": _("Concerns, and agencies coming together"),
        "outreach.": _("Lists, conversations and referrals"),
        "sharing.": _("Sharing"),
        "sources.": _("Runs, releases and questions about data"),
        "directory.": _("Directory of services"),
        "accounts.": _("Members and signing in"),
        "notices.": _("Notices by e-mail"),
        "rights.": _("Requests for what is held"),
        "oversight.": _("Reading the audit trail"),
    }
