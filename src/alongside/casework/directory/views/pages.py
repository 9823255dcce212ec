"""The directory's pages."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.access.actors import Actor
from alongside.casework.directory import commands, forms, presenters, queries
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError

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


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Look for services. It is posted, for an age and a postcode in an address would stay in logs."""
    actor, at = _who(request), timezone.now()
    form = forms.SearchForm(request.POST or None, needs=queries.needs(actor=actor))
    shown = None
    if form.is_valid():
        asked = form.asked() | {"page": forms.PageForm(request.POST).asked()}
        results = queries.search_services(actor=actor, at=at, **asked)
        timed = bool(asked["running_on"] or asked["running_at"])
        shown = presenters.results_shown(results, at, asked_for_a_time=timed)
    return render(request, "directory/search.jinja", {"form": form, "results": shown})


@require_safe
@missing_is_404
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One service."""
    at = timezone.now()
    page = queries.service_page(actor=_who(request), at=at, service_id=service_id)
    return render(request, "directory/service.jinja", {"service": presenters.service_shown(page, at)})


@require_safe
def ours(request: HttpRequest) -> HttpResponse:
    """One's own entries."""
    entries = queries.own_entries(actor=_who(request))
    at = timezone.now()
    return render(request, "directory/ours.jinja", {"entries": presenters.own_shown(entries, at)})


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Feeds, and what came of the last look at each."""
    found = queries.feeds_page(actor=_who(request), at=timezone.now())
    return render(
        request, "directory/feeds.jinja", {"feeds": [presenters.feed_shown(each) for each in found]}
    )


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Add an entry."""
    actor = _who(request)
    queries.own_entries(actor=actor)
    form = forms.EntryForm(request.POST or None, needs=queries.needs(actor=actor))
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.publish_service(actor=actor, at=timezone.now(), entry=form.entry())
            return redirect("directory:service", service_id=made.id)
        except CaseworkError as error:
            form.add_error(None, str(error))
    return render(request, "directory/entry.jinja", {"form": form, "title": "Add a service"})


@require_http_methods(["GET", "POST"])
@missing_is_404
def change(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Change an own entry."""
    actor = _who(request)
    page = queries.edit_page(actor=actor, service_id=service_id)
    form = forms.EntryForm(
        request.POST or None,
        initial=forms.begun_with(page.entry, page.seen.isoformat()),
        needs=queries.needs(actor=actor),
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_service(
                actor=actor,
                at=timezone.now(),
                service_id=service_id,
                entry=form.entry(before=page.entry),
                seen=_seen(form.cleaned_data["seen"]),
            )
            return redirect("directory:service", service_id=service_id)
        except (
            AlreadyDoneError,
            StaleError,
            commands.EntryClosedError,
            commands.EntryNotSoundError,
        ) as error:
            form.add_error(None, str(error))
    return render(request, "directory/entry.jinja", {"form": form, "title": "Change your entry"})


@require_POST
@missing_is_404
def confirm(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Say that an own entry is still right."""
    try:
        commands.confirm_entry(actor=_who(request), at=timezone.now(), service_id=service_id)
    except (AlreadyDoneError, commands.EntryClosedError) as error:
        return render(request, "directory/unchanged.jinja", {"why": str(error)}, status=409)
    return redirect("directory:ours")


@require_POST
@missing_is_404
def close(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Say that an own service is offered no more."""
    try:
        commands.close_service(actor=_who(request), at=timezone.now(), service_id=service_id)
    except commands.EntryClosedError as error:
        return render(request, "directory/unchanged.jinja", {"why": str(error)}, status=409)
    return redirect("directory:ours")


def _who(request: HttpRequest) -> Actor:
    return cast("Actor", request.actor)  # type: ignore[attr-defined]


def _seen(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise StaleError("This form is not whole. Open the entry again, then change it.") from None
