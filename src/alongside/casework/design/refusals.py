"""Pages that say no, or sorry: 400, 403, 404, 409, 500, and a form that waited too long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

NOT_THERE = gettext_lazy(
    "If you typed the address, check it is right. If you followed a link, it may be old."
)
NOR_YOURS = gettext_lazy(
    "A record you may not see looks the same as one that is not there. If your work needs it, ask the agency "
    "that holds it, or your organisation lead."
)


def refusal(request: HttpRequest, status: int, title: str, *sentences: str | Promise) -> HttpResponse:
    """Return a page that says what was refused and what would be right."""
    return render(request, "design/refusal.jinja", {"title": title, "sentences": sentences}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Return the page for what is not there, or not the reader's: the two look alike."""
    return refusal(request, 404, _("Page not found"), NOT_THERE, NOR_YOURS)


def not_allowed(
    request: HttpRequest, exception: Exception | None = None, *, sentence: str = ""
) -> HttpResponse:
    """Return the page for what the reader may not do; the sentence says why not."""
    del exception  # its words may be Django's, not ours
    return refusal(request, 403, _("You cannot do this"), sentence or _("This page is not open to you."))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - for developers
    """Return the page for a form whose token is missing or old; nothing of it was saved."""
    return refusal(
        request,
        403,
        _("This form could not be sent"),
        _("It was open too long, or you signed in or out in another window meanwhile. Nothing was saved."),
        _("Go back, copy what you wrote, load the page again, and send it once more."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Return the page for a request that makes no sense."""
    return refusal(
        request, 400, _("This could not be understood"), _("Go back, load the page again, and try once more.")
    )


def broken(_: HttpRequest) -> HttpResponse:
    """Return the page for a fault of ours; it asks neither session nor database."""
    page = loader.get_template("design/broken.jinja").render({"language": get_language() or "en-gb"})
    return HttpResponse(page, status=500)
