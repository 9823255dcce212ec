"""What every page is given besides its own values."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from alongside.casework.design.dates import day_in_words
from alongside.casework.design.language_switch import languages_of
from alongside.casework.design.navigation import navigation_of


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return the nonce for scripts, the language, and for a member who they are and where they can go."""
    context: dict[str, Any] = {
        "cspNonce": str(getattr(request, "csp_nonce", "")),
        "home": "/",
        "phase": str(settings.PHASE),
        "phase_sentence": str(settings.PHASE_SENTENCE),
        "request_id": getattr(request, "request_id", ""),
        "banners": getattr(request, "banners", []),
        "partnership": getattr(request, "partnership", ""),
        "working_for": getattr(request, "working_for", None),
    }
    context |= languages_of(request)
    actor = getattr(request, "actor", None)
    if actor is not None:
        context |= {
            "printed_on": day_in_words(timezone.localdate()),
            "who": f"{actor.name}, {actor.organisation_name}" if actor.organisation_name else actor.name,
            "navigation": navigation_of(request) if actor.organisation_id else [],
            "sign_out_to": "/sign-out/",
        }
    return context
