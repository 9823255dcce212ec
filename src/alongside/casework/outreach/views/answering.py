"""A page with one form: a refusal is shown above it, with what was written still in it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import CaseworkError, NotFoundError

SINCE = frozenset({"not_assigned_to_you"})
"""Refusals of what was theirs to do when the form was opened, and was then given to somebody else."""


def form_page(
    request: MemberRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], HttpResponse],
    *,
    template: str = "outreach/form.jinja",
    **shown: Any,
) -> HttpResponse:
    """Show a form; when it is sent and makes sense, act on it.

    What the command refuses is said above the form, with all that was written still in it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return act(form.cleaned_data)
        except NotFoundError:
            raise
        except CaseworkError as refusal:
            if isinstance(refusal, NotAllowedError) and refusal.decision.code not in SINCE:
                raise
            form.add_error(None, str(refusal))
    return render(request, template, {"form": form, **shown}, status=422 if form.errors else 200)


def lines_of(words: str) -> str:
    """Return what a box holds as it is saved, however the browser ends its lines."""
    return words.replace("\r\n", "\n")


def opened_of(request: MemberRequest, name: str) -> list[str]:
    """Return what the page says it had in a box when it was opened (see ``rules.meanwhile.became``)."""
    return [lines_of(words) for words in request.POST.getlist(f"opened-{name}")]


def kept(act: Callable[[], str]) -> JsonResponse:
    """Keep what somebody is writing, and answer the page that sent it on its own; the answer is JSON.

    Where the conversation is no longer theirs to see, that is said too: an answer the page cannot read would
    be taken for a lost connection, and what was written held on a device until it is deleted there.

    Args:
        act: what keeps it, and returns why it was not kept.
    """
    try:
        refusal = act()
    except NotFoundError:
        gone = _("You can no longer see this record. Copy what you wrote.")
        return JsonResponse({"kept": False, "gone": True, "said": gone}, status=404)
    if refusal:
        return JsonResponse({"kept": False, "said": refusal}, status=400)
    return JsonResponse({"kept": True, "said": _("Saved")})


def refusal_of(act: Callable[[], object], *, already: type[CaseworkError]) -> str:
    """Keep what somebody is writing; return why it was not kept, or an empty string.

    Args:
        act: what keeps it.
        already: what it raises where the same is already kept, which is not a refusal.

    Raises:
        NotFoundError: there is nothing to keep it with.
    """
    try:
        act()
    except already:
        return ""
    except NotFoundError:
        raise
    except CaseworkError as refusal:
        return str(refusal)
    return ""
