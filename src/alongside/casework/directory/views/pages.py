"""The directory's pages."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.accounts.queries import organisation
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.directory import commands, forms, presenters, queries
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, StaleError


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: MemberRequest) -> HttpResponse:
    """Look for services. It is posted, because an age and a postcode in an address would stay in logs."""
    actor, at = request.actor, timezone.now()
    form = forms.SearchForm(request.POST or None, needs=queries.needs(actor=actor))
    shown = None
    if form.is_valid():
        asked = form.asked() | {"page": forms.PageForm(request.POST).asked()}
        results = queries.search_services(actor=actor, at=at, **asked)
        timed = bool(asked["running_on"] or asked["running_at"])
        shown = presenters.results_shown(results, at, asked_for_a_time=timed)
    page = {"form": form, "results": shown}
    return render(request, "directory/search.jinja", page, status=422 if form.errors else 200)


@require_safe
def service(request: MemberRequest, service_id: UUID) -> HttpResponse:
    """One service."""
    at = timezone.now()
    page = queries.service_page(actor=request.actor, at=at, service_id=service_id)
    return render(request, "directory/service.jinja", {"service": presenters.service_shown(page, at)})


@require_safe
def of_organisation(request: MemberRequest, organisation_id: UUID) -> HttpResponse:
    """What one organisation of the partnership offers."""
    whose = organisation(actor=request.actor, organisation_id=organisation_id)
    entries = queries.services_of(actor=request.actor, organisation_id=organisation_id)
    return render(request, "directory/of_organisation.jinja", {"organisation": whose, "entries": entries})


@require_safe
def ours(request: MemberRequest) -> HttpResponse:
    """The organisation's own entries."""
    entries = queries.own_entries(actor=request.actor)
    at = timezone.now()
    return render(request, "directory/ours.jinja", {"entries": presenters.own_shown(entries, at)})


@require_safe
def feeds(request: MemberRequest) -> HttpResponse:
    """Feeds, and what came of the last check of each."""
    found = queries.feeds_page(actor=request.actor, at=timezone.now())
    return render(
        request, "directory/feeds.jinja", {"feeds": [presenters.feed_shown(each) for each in found]}
    )


@require_http_methods(["GET", "POST"])
def publish(request: MemberRequest) -> HttpResponse:
    """Add an entry."""
    actor = request.actor
    queries.own_entries(actor=actor)
    form = forms.EntryForm(request.POST or None, needs=queries.needs(actor=actor))
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.publish_service(actor=actor, at=timezone.now(), entry=form.entry())
            return redirect("directory:service", service_id=made.id)
        except CaseworkError as error:
            form.add_error(None, str(error))
    shown = {"form": form, "title": _("Add a service")}
    return render(request, "directory/entry.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, service_id: UUID) -> HttpResponse:
    """Change an own entry."""
    actor = request.actor
    page = queries.edit_page(actor=actor, service_id=service_id)
    stands, needs = forms.begun_with(page.entry, page.seen.isoformat()), queries.needs(actor=actor)
    form = forms.EntryForm(request.POST or None, initial=stands, needs=needs)
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
        except StaleError as stale:
            beside = form.beside(str(stale))
            again = beside.told_in(forms.EntryForm(initial=beside.initial, needs=needs))
            shown = {"form": again, "clash": beside, "title": _("Change your entry")}
            return render(request, "directory/entry.jinja", shown, status=409)
        except (
            AlreadyDoneError,
            commands.EntryClosedError,
            commands.EntryNotSoundError,
        ) as error:
            form.add_error(None, str(error))
    shown = {"form": form, "title": _("Change your entry")}
    return render(request, "directory/entry.jinja", shown, status=422 if form.errors else 200)


@require_POST
def confirm(request: MemberRequest, service_id: UUID) -> HttpResponse:
    """Say that an own entry is still right."""
    try:
        commands.confirm_entry(actor=request.actor, at=timezone.now(), service_id=service_id)
    except (AlreadyDoneError, commands.EntryClosedError) as error:
        return render(request, "directory/unchanged.jinja", {"why": str(error)}, status=409)
    return redirect("directory:ours")


@require_POST
def close(request: MemberRequest, service_id: UUID) -> HttpResponse:
    """Say that an own service is no longer offered."""
    try:
        commands.close_service(actor=request.actor, at=timezone.now(), service_id=service_id)
    except commands.EntryClosedError as error:
        return render(request, "directory/unchanged.jinja", {"why": str(error)}, status=409)
    return redirect("directory:ours")


def _seen(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise StaleError(_("This form is incomplete. Open the entry again, then change it.")) from None
