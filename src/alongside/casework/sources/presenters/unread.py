"""Whom a list could not leave out, because an extract that would say so was not read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area import AreaPack
from alongside.area.words import in_words
from alongside.casework.design.dates import day_in_words

_WHY = {
    "deceased": gettext_lazy("they have died"),
    "objected": gettext_lazy("they object to this use of their data"),
    "protected_address": gettext_lazy("they live at a protected address"),
}


def not_left_out(policy: Mapping[str, Any], pack: AreaPack) -> list[str]:
    """Say of each extract that was not read for whom that matters, and from when they are known instead.

    Args:
        policy: a list, as the run has it; one that was opened long ago does not say.
        pack: this area's pack.
    """
    not_read: Mapping[str, list[str]] = policy.get("not_read", {})
    if not not_read:
        return []
    said = [
        _("%(source)s was not read, so it could leave nobody out for these reasons: %(why)s.")
        % {
            "source": pack.sources[source].title if source in pack.sources else in_words(source),
            "why": "; ".join(_why(code, pack) for code, sources in not_read.items() if source in sources),
        }
        for source in sorted({each for sources in not_read.values() for each in sources})
    ]
    if known := policy.get("as_known_on"):
        since = day_in_words(date.fromisoformat(known))
        return [*said, _("Whoever the run of %(day)s knew that of is left out still.") % {"day": since}]
    return [*said, _("No earlier run was there to say who they are: some of them may be on this list.")]


def _why(code: str, pack: AreaPack) -> str:
    factor = pack.factors.get(code)
    return str(_WHY.get(code) or (factor.title if factor else in_words(code)))
