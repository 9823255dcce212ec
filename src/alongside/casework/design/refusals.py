"""Pages that say no, or sorry: 400 to 413, 500, 503, a form left open too long, and signed-out members.

They show what the member wrote, to copy: a refused form may be empty when they go back to it.
"""

import sys
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

ASK_AGAIN_IN = 30
"""Seconds after which a program may try again while the database is down."""
NOT_THERE = gettext_lazy(
    "If you typed the web address, check it is correct. If you followed a link, it may be out of date."
)
NOR_YOURS = gettext_lazy(
    "A record you are not allowed to see looks the same as one that does not exist. If you need it for your "
    "work, ask the agency that holds it, or your organisation lead."
)


@dataclass(frozen=True)
class Onward:
    """Where a refusal leads if the reader can do something about it: a link's words, and its address."""

    text: str
    href: str


OURS = frozenset({"csrfmiddlewaretoken", "opened_as", "kept_back_as", "seen"})
"""Boxes that we fill ourselves, which nobody sees."""


def refusal(
    request: HttpRequest, status: int, title: str, *sentences: str | Promise, onward: Onward | None = None
) -> HttpResponse:
    """Return a page that says what was refused and what would be right, with what the member wrote.

    A page that saves on its own is told the same in JSON, as ``said``: it has what was written, and adds
    where that is held. That nobody looked at what was written it knows by there being no ``kept``.
    """
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"said": " ".join(map(str, sentences))}, status=status)
    shown = {"title": title, "sentences": sentences, "wrote": words_sent(request), "onward": onward}
    return render(request, "design/refusal.jinja", shown, status=status)


def words_sent(request: HttpRequest) -> list[str]:
    """Return what somebody wrote in a form that they sent from a page of ours; no passwords, no choices.

    Nothing from another site's form: whoever made it would choose words that appear on a page of ours.
    """
    if request.method != "POST" or not _is_ours(request):
        return []
    with suppress(BadRequest, SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return [
            words
            for name, several in request.POST.lists()
            for words in several
            if name not in OURS and "password" not in name and _were_written(words.strip())
        ]
    return []


def _were_written(words: str) -> bool:
    """Whether somebody typed this: several words, or one with a capital letter, such as a surname.

    What stands behind a choice has neither.
    """
    return " " in words or words != words.lower()


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it; an old browser names only the page."""
    sender = str(request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER", ""))
    return f"{sender}/".startswith(f"{request.scheme}://{request.get_host()}/")


def signed_out(request: HttpRequest, sign_in: str) -> HttpResponse:
    """Return the page for a member who wrote something but was signed out meanwhile; nothing was saved."""
    answer = refusal(
        request, 403, _("You are signed out"),
        _("You were away too long, or signed out in another window. Nothing was saved."),
        onward=Onward(_("Sign in again"), sign_in),
    )  # fmt: skip
    add_never_cache_headers(answer)
    return answer


def nothing_to_read(request: HttpRequest, allowed: str) -> HttpResponse:
    """Return the page for an address that only receives forms, such as after signing in again."""
    page = refusal(
        request, 405, _("There is nothing to read at this address"),
        _("It only receives what a form sends. Go back to the page with the form."),
    )  # fmt: skip
    page["Allow"] = allowed
    return page


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Return the page for what does not exist, or is not the reader's to see: both look the same."""
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
    said = sentence or _("You do not have access to this page.")
    return refusal(request, 403, _("You cannot do this"), said, onward=onward)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - for developers
    """Return the page for a form whose token is missing or old; nothing of it was saved."""
    return refusal(
        request,
        403,
        _("This form could not be sent"),
        _(
            "It was open too long, or in another window you signed in or out, or began to act for another of "
            "your organisations. Nothing was saved."
        ),
        _("Copy what you wrote, check which organisation you act for, open the page again, and send it."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a request that makes no sense, or is larger than we accept."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return refusal(
            request,
            413,
            _("This is too long to send"),
            _("You can send at most 2 megabytes at once, about 300,000 words. Nothing was saved."),
            _("Go back: what you wrote is still there. Shorten it, or send it in parts."),
        )
    return refusal(
        request, 400, _("We could not understand this request"), _("Go back, reload the page, and try again.")
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Return the page for a fault of ours, or for a database that is down; it needs no session and no row.

    Django calls this while the error is being handled, and there is no other way to find out what it was: an
    error in one middleware is not passed to the others.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return away(request)
    page = loader.get_template("design/broken.jinja").render({"language": get_language() or "en-gb"})
    return HttpResponse(page, status=500)


def away(request: HttpRequest) -> HttpResponse:
    """Return the page for when the database cannot be reached."""
    page = {"language": get_language() or "en-gb", "sent": request.method == "POST"}
    words = loader.get_template("design/away.jinja").render(page)
    return HttpResponse(words, status=503, headers={"Retry-After": str(ASK_AGAIN_IN)})
