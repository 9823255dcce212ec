"""Pages that say no, or sorry: 400 to 413, 500, 503, a form that waited too long, and who is signed out.

What somebody wrote stands on them, to be copied: a form that is refused is lost on the way back to it.
"""

import sys
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

ASK_AGAIN_IN = 30
"""Seconds after which a program that asks may try again while the database is away."""
NOT_THERE = gettext_lazy(
    "If you typed the address, check it is right. If you followed a link, it may be old."
)
NOR_YOURS = gettext_lazy(
    "A record you may not see looks the same as one that is not there. If your work needs it, ask the agency "
    "that holds it, or your organisation lead."
)


@dataclass(frozen=True)
class Onward:
    """What a refusal leads to where the reader can do something about it: a link's words, and its address."""

    text: str
    href: str


def refusal(
    request: HttpRequest, status: int, title: str, *sentences: str | Promise, onward: Onward | None = None
) -> HttpResponse:
    """Return a page that says what was refused and what would be right, with what was written."""
    shown = {"title": title, "sentences": sentences, "wrote": words_sent(request), "onward": onward}
    return render(request, "design/refusal.jinja", shown, status=status)


def words_sent(request: HttpRequest) -> list[str]:
    """Return what somebody wrote in the form that they sent from a page of ours; no password, no choice.

    Of another site's form nothing: whoever makes one would choose the words that stand on a page of ours.
    """
    if request.method != "POST" or not _is_ours(request):
        return []
    with suppress(BadRequest, SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return [
            words
            for name, several in request.POST.lists()
            for words in several
            if " " in words.strip() and "password" not in name
        ]
    return []


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it; an old one names the page alone."""
    sender = str(request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER", ""))
    return f"{sender}/".startswith(f"{request.scheme}://{request.get_host()}/")


def signed_out(request: HttpRequest, sign_in: str) -> HttpResponse:
    """Return the page for who wrote something and was signed out meanwhile; nothing of it was saved."""
    answer = refusal(
        request, 403, _("You are signed out"),
        _("You were away too long, or signed out in another window. Nothing was saved."),
        onward=Onward(_("Sign in again"), sign_in),
    )  # fmt: skip
    add_never_cache_headers(answer)
    return answer


def nothing_to_read(request: HttpRequest, allowed: str) -> HttpResponse:
    """Return the page for an address that only takes what a form sends, such as after signing in again."""
    page = refusal(
        request, 405, _("There is nothing to read at this address"),
        _("It only takes what a form sends. Go back to the page with the form."),
    )  # fmt: skip
    page["Allow"] = allowed
    return page


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Return the page for what is not there, or not the reader's: the two look alike."""
    return refusal(request, 404, _("Page not found"), NOT_THERE, NOR_YOURS)


def not_allowed(
    request: HttpRequest,
    exception: Exception | None = None,
    *,
    sentence: str = "",
    onward: Onward | None = None,
) -> HttpResponse:
    """Return the page for what the reader may not do; the sentence says why not."""
    del exception  # its words may be Django's, not ours
    said = sentence or _("This page is not open to you.")
    return refusal(request, 403, _("You cannot do this"), said, onward=onward)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - for developers
    """Return the page for a form whose token is missing or old; nothing of it was saved."""
    return refusal(
        request,
        403,
        _("This form could not be sent"),
        _("It was open too long, or you signed in or out in another window meanwhile. Nothing was saved."),
        _("Copy what you wrote, go back, load the page again, and send it once more."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a request that makes no sense, or is larger than is taken in."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return refusal(
            request,
            413,
            _("This is too long to be sent"),
            _("A page takes at most two megabytes, some three hundred thousand words. Nothing was saved."),
            _("Go back: what you wrote is still there. Shorten it, or send it in parts."),
        )
    return refusal(
        request, 400, _("This could not be understood"), _("Go back, load the page again, and try once more.")
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Return the page for a fault of ours, or for a database that is away; it asks neither session nor row.

    Django calls this while the error is being handled, and there is no other way to learn what it was: an
    error of one middleware is not passed to the others.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return away(request)
    page = loader.get_template("design/broken.jinja").render({"language": get_language() or "en-gb"})
    return HttpResponse(page, status=500)


def away(request: HttpRequest) -> HttpResponse:
    """Return the page for a time in which the database cannot be reached."""
    page = {"language": get_language() or "en-gb", "sent": request.method == "POST"}
    words = loader.get_template("design/away.jinja").render(page)
    return HttpResponse(words, status=503, headers={"Retry-After": str(ASK_AGAIN_IN)})
