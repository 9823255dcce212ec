"""What somebody searched for, kept in their session: words about a person must not be in addresses or logs.

If a page answered a POST directly, nobody could go back to it: the browser would ask to send it again.
It is kept on the server, and deleted with the session when they sign out or act for another organisation.
"""

from django.http import HttpRequest, QueryDict

SEARCHES = "searches"
"""Where the session remembers them: the page each was for, and what was sent to it."""
KEPT = 10
"""How many searches a member can go back to."""


def keep_search(request: HttpRequest) -> str:
    """Keep what was sent to a page, and return the address at which that page shows the results."""
    kept: dict[str, list[str]] = request.session.get(SEARCHES, {})
    number = 1 + max(map(int, kept), default=0)
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    several = [*kept.items(), (str(number), [request.path, sent.urlencode()])]
    request.session[SEARCHES] = dict(several[-KEPT:])
    return f"{request.path}?search={number}"


def kept_search(request: HttpRequest) -> QueryDict | None:
    """Return the search that a request's address refers to; None if there is none, or it is not kept."""
    page, sent = request.session.get(SEARCHES, {}).get(request.GET.get("search", ""), ("", ""))
    return QueryDict(sent) if page == request.path else None
