"""What may happen, in three directions, ready to show."""

from django.utils.translation import gettext as _

from alongside.casework.marm.models import Case


def risks_shown(case: Case) -> list[tuple[str, str]]:
    """Return each direction with what was said; empty if nothing was."""
    return [
        (_("To them, from how they live or what they do"), case.risk_to_self),
        (_("To them, from others"), case.risk_from_others),
        (_("To others"), case.risk_to_others),
    ]
