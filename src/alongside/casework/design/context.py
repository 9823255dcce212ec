"""What every page is given besides its own."""

from typing import Any

from django.http import HttpRequest


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return the nonce for scripts and who is signed in."""
    return {"cspNonce": str(getattr(request, "csp_nonce", ""))}
