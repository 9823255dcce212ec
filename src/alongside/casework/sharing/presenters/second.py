"""Who looks second at what is shared against a person's wishes, in words: nobody, where there is nobody."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.sharing.models import ShareDecision
from alongside.casework.sharing.rules.decisions import Outcome


def decided_in_words(decision: ShareDecision, able: Sequence[str]) -> str:
    """Return what happened when somebody decided.

    Args:
        decision: what they decided.
        able: the names of those who can look second at it.
    """
    if decision.outcome == Outcome.DO_NOT_SHARE:
        return _("It has not been shared, and the reasons are recorded.")
    override = getattr(decision, "override", None)
    if override is None:
        return _("It has been shared, and recorded.")
    if override.emergency:
        said = _("It has been shared. A manager must look at it by %(day)s.")
        said %= {"day": day_in_words(override.look_by)}
    else:
        said = _("Nobody has been told yet: a manager must agree first.")
    return f"{said} {who_in_words(able)}"


def who_in_words(able: Sequence[str]) -> str:
    """Return on whose Today page it is, or what to do where it is on nobody's."""
    if able:
        return _("It is on the Today page of: %(names)s.") % {"names": ", ".join(able)}
    return _(
        "But nobody else in your organisation can do that yet. Ask your organisation lead to make another "
        "member a team manager: it is then on that member's Today page."
    )
