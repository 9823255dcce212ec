"""The choice of language, on every page that is offered in more than one."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate, get_language
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

choose_language = login_not_required(require_POST(set_language))
"""Keeps the reader's choice in a cookie and shows their page again; ``next`` cannot lead to another site."""


def languages_of(request: HttpRequest) -> dict[str, object]:
    """Return the language of a page, the others it is offered in, and where choosing one leads back to."""
    language = get_language() or settings.LANGUAGE_CODE
    others = [{"code": code, "name": name} for code, name in settings.LANGUAGES if code != language]
    back = request.get_full_path() if request.method == "GET" else "/"
    return {"language": language, "other_languages": others, "here": back}


def shown_in_chosen(request: HttpRequest, show: Callable[[], HttpResponse]) -> HttpResponse | None:
    """Return a page in the language that a button of its own form chose, and keep the choice.

    For a form whose words must not be lost: the button above other pages sends none of theirs.

    Returns:
        None if no such button was pressed.
    """
    chosen = request.POST.get("language")
    if chosen not in dict(settings.LANGUAGES):
        return None
    activate(chosen)
    page = show()
    page.cookies.update(set_language(request).cookies)
    return page
