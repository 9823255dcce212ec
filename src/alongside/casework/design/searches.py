"""What somebody looked for, kept in their session: words about a person belong in no address and no log.

A page that answered what was sent to it could not be gone back to: the browser would ask to send it again.
It is kept on the server, and goes with the session when they sign out or act for another organisation.
"""

from django.http import HttpRequest, QueryDict

SEARCHES = "searches"
"""Where the session remembers them: for which page each was, and what was sent to it."""
KEPT = 10
"""So many searches one can go back to."""


def keep_search(request: HttpRequest) -> str:
    """Keep what was sent to a page, and return the address at which the same page shows what it finds."""
    kept: dict[str, list[str]] = request.session.get(SEARCHES, {})
    number = 1 + max(map(int, kept), default=0)
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    several = [*kept.items(), (str(number), [request.path, sent.urlencode()])]
    request.session[SEARCHES] = dict(several[-KEPT:])
    return f"{request.path}?search={number}"


def kept_search(request: HttpRequest) -> QueryDict | None:
    """Return what was looked for by the address of a request; None where nothing was, or it is not kept."""
    page, sent = request.session.get(SEARCHES, {}).get(request.GET.get("search", ""), ("", ""))
    return QueryDict(sent) if page == request.path else None
