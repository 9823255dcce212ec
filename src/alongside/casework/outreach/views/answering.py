"""What views of outreach share: who asks, what is missing is 404, and a page that is one form."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import CaseworkError, NotFoundError

View = Callable[..., HttpResponse]


def missing_is_404(view: View) -> View:
    """Answer that a page is not there where what it shows is not."""

    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            return view(request, **named)
        except NotFoundError as error:
            raise Http404(str(error)) from error

    return answered


def who(request: HttpRequest) -> Actor:
    """Return who asks, as the middleware found."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], HttpResponse],
    *,
    template: str = "outreach/form.jinja",
    **shown: Any,
) -> HttpResponse:
    """Show a form; when it is sent and makes sense, act on it.

    What the command refuses is told above the form, with all that was written still in it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return act(form.cleaned_data)
        except (NotFoundError, NotAllowedError):
            raise
        except CaseworkError as refusal:
            form.add_error(None, str(refusal))
    return render(request, template, {"form": form, **shown})
