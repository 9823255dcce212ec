"""A person's page, and everything that can be added to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.clashes import labels_of
from alongside.casework.design.paging import begins_at
from alongside.casework.design.today import now_about
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.people import forms, presenters
from alongside.casework.people.commands import involvement, records
from alongside.casework.people.commands.leaving import UnfinishedError
from alongside.casework.people.queries import organisations_to_ask, person_page
from alongside.casework.people.queries.chronology import ENTRIES_AT_ONCE
from alongside.casework.people.queries.circle import circle_of
from alongside.casework.people.queries.forms import (
    NO_SUCH_RECORD,
    form_about,
    form_about_contact,
    form_about_entry,
    form_about_involvement,
    record_to_change,
)
from alongside.casework.people.queries.readers import readers_of_correction, readers_of_involvement
from alongside.casework.people.queries.telling import ToldAgainstTheirWishError

LABELS = labels_of(forms.ChangeForm)


@require_GET
def person(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show a person: their own words first."""
    entries_from = begins_at(request)
    now = timezone.now()
    page = person_page(actor=request.actor, person_id=person_id, at=now, entries_from=entries_from)
    view = presenters.person_view(page, today=timezone.localdate(now))
    shown = {
        "person": view,
        "now": now_about(request, view.id),
        "older_from": entries_from + ENTRIES_AT_ONCE,
    }
    return render(request, "people/person.jinja", shown)


@require_GET
def agencies(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show each agency's part: how it is in touch, and what it says about itself."""
    circle = circle_of(actor=request.actor, person_id=person_id)
    shown = {"person_id": circle.person.id, "parts": presenters.parts(circle)}
    return render(request, "people/agencies.jinja", shown)


@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Change what is known. If two members do so at once, both versions are shown and neither is lost.

    If a person has several records, the form says which one it changes; any but the main one is named by id.
    """
    which = _record_named(request)
    change_of = record_to_change(actor=request.actor, person_id=person_id, record_id=which)
    record = change_of.record
    about = presenters.which_is_changed(record) if which else ""
    held_back = forms.WHERE_THEY_LIVE if change_of.address_kept_back else ()
    kept_back = {name: getattr(record, name) for name in held_back}
    theirs = {name: "" if name in kept_back else getattr(record, name) for name in LABELS}
    form = forms.ChangeForm(
        request.POST or None,
        initial=theirs | {"opened_version": record.version, "opened_record": record.id},
        kept_back=kept_back,
    )
    if not form.is_valid():
        page = _page(_("Change what is known"), form, person_id) | {"asked": about}
        return render(request, "people/form.jinja", page, status=422 if form.errors else 200)
    try:
        records.change_person(
            actor=request.actor,
            at=timezone.now(),
            person_id=person_id,
            opened_version=form.cleaned_data["opened_version"],
            changed=form.changed(),
            record_id=which,
            opened_record=form.cleaned_data["opened_record"],
        )
    except StaleError as stale:
        beside = form.beside(str(stale))
        again = beside.told_in(forms.ChangeForm(initial=beside.initial, kept_back=kept_back))
        page = _page(_("Somebody else changed this too"), again, person_id) | {"asked": about}
        return render(request, "people/form.jinja", page | {"clash": beside}, status=409)
    messages.success(request, _("Your changes have been saved"))
    return redirect("people:person", person_id=person_id)


@require_http_methods(["GET", "POST"])
def words(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Write down the person's own words."""
    form = forms.WordsForm(request.POST or None, initial={"said_on": timezone.localdate()})
    return _add(request, person_id, form, _("In the person's own words"), records.write_down_words)


@require_http_methods(["GET", "POST"])
def contact(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Note somebody in the person's life."""
    form = forms.ContactForm(request.POST or None)
    return _add(request, person_id, form, _("Somebody in their life"), records.note_contact)


@require_http_methods(["GET", "POST"])
def involved(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Note the member's own agency's involvement."""
    form = forms.InvolvementForm(request.POST or None)
    found = readers_of_involvement(actor=request.actor, person_id=person_id, at=timezone.now())
    readers = presenters.told_by_noting(found)
    return _add(request, person_id, form, _("Our involvement"), involvement.note_involvement, readers=readers)


@require_http_methods(["GET", "POST"])
def off_network(request: MemberRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    """Remove somebody from the person's network, once the member has confirmed it."""
    name = form_about_contact(actor=request.actor, person_id=person_id, contact_id=contact_id)
    if request.method == "POST":
        records.take_off_network(
            actor=request.actor, at=timezone.now(), person_id=person_id, contact_id=contact_id
        )
        messages.success(request, _("%(name)s is no longer on the network") % {"name": name})
        return redirect("people:person", person_id=person_id)
    page = _page(_("Somebody in their life"), Form(), person_id)
    asked = {
        "asked": _("Remove %(name)s from the network? That they were on it is kept.") % {"name": name},
        "button": _("Remove them"),
    }
    return render(request, "people/form.jinja", page | asked)


@require_http_methods(["GET", "POST"])
def end(request: MemberRequest, person_id: UUID, involvement_id: UUID) -> HttpResponse:
    """Record that the member's own agency is no longer in touch; it may then lose sight of the record."""
    form_about_involvement(actor=request.actor, person_id=person_id, involvement_id=involvement_id)
    form = forms.EndInvolvementForm(request.POST or None, initial={"on": timezone.localdate()})
    page = _page(_("We are no longer in touch"), form, person_id)
    if not form.is_valid():
        return render(request, "people/form.jinja", page, status=422 if form.errors else 200)
    try:
        involvement.end_involvement(
            actor=request.actor, at=timezone.now(), involvement_id=involvement_id, on=form.cleaned_data["on"]
        )
    except (involvement.NotYetError, involvement.EndsBeforeItBeganError) as error:
        form.add_error("on", str(error))
        return render(request, "people/form.jinja", page, status=422 if form.errors else 200)
    except UnfinishedError as half_written:
        form.add_error(None, str(half_written))
        return render(request, "people/form.jinja", page, status=422)
    messages.success(
        request, _("Your involvement has ended. Unless there is another reason, you cannot see the record.")
    )
    return redirect("today")


@require_http_methods(["GET", "POST"])
def chronology(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Add to the chronology."""
    form = forms.ChronologyForm(request.POST or None, initial={"happened_on": timezone.localdate()})
    return _add(request, person_id, form, _("What happened"), involvement.add_to_chronology)


@require_http_methods(["GET", "POST"])
def correct(request: MemberRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """Correct an entry; the original stays as it is, beside the correction."""
    entry = form_about_entry(actor=request.actor, person_id=person_id, entry_id=entry_id)
    form = forms.CorrectionForm(request.POST or None, initial={"happened_on": entry.happened_on})
    readers = readers_of_correction(
        actor=request.actor, person_id=person_id, entry_id=entry_id, at=timezone.now()
    )
    page = _page(_("Correct an entry"), form, person_id) | {
        "quoted": presenters.written(entry),
        "readers": presenters.told_by_correcting(readers),
    }
    if not form.is_valid():
        return render(request, "people/form.jinja", page, status=422 if form.errors else 200)
    try:
        involvement.correct_entry(
            actor=request.actor,
            at=timezone.now(),
            person_id=person_id,
            entry_id=entry_id,
            **form.cleaned_data,
        )
    except involvement.NotYetError as error:
        form.add_error("happened_on", str(error))
        return render(request, "people/form.jinja", page, status=422 if form.errors else 200)
    messages.success(request, _("The correction is shown beside the original entry"))
    return redirect("people:person", person_id=person_id)


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Ask another agency whether the person is known to it."""
    form_about(actor=request.actor, permission=Permission.KNOWN_TO_ASK, person_id=person_id)
    organisations = organisations_to_ask(actor=request.actor)
    choices = [(str(each.id), each.name) for each in organisations]
    form = forms.AskForm(request.POST or None, organisations=choices)
    if not form.is_valid():
        return render(
            request,
            "people/form.jinja",
            _page(_("Ask another agency"), form, person_id) | {"button": _("Ask them")},
            status=422 if form.errors else 200,
        )
    asked_of = next(each for each in organisations if str(each.id) == form.cleaned_data["asked_of"])
    try:
        involvement.ask_whether_known(
            actor=request.actor,
            at=timezone.now(),
            person_id=person_id,
            asked_of=asked_of,
            why=form.cleaned_data["why"],
            why_not_safe=form.cleaned_data["why_not_safe"],
        )
    except (AlreadyDoneError, ToldAgainstTheirWishError) as error:
        form.add_error(None, str(error))
        return render(
            request,
            "people/form.jinja",
            _page(_("Ask another agency"), form, person_id) | {"button": _("Ask them")},
            status=422 if form.errors else 200,
        )
    messages.success(request, _("%(organisation)s has been asked") % {"organisation": asked_of.name})
    return redirect("people:person", person_id=person_id)


_SAID_BESIDE_THE_FORM = (
    involvement.NotYetError,
    involvement.ReadAgainstTheirWishError,
    records.NotSaidYetError,
)


def _add(
    request: MemberRequest, person_id: UUID, form: Form, title: str, command: Any, **shown: Any
) -> HttpResponse:
    """Show a form, or pass its fields to a command that adds them to a person."""
    form_about(actor=request.actor, permission=Permission.CHRONOLOGY_ADD, person_id=person_id)
    page = _page(title, form, person_id) | shown
    if not form.is_valid():
        return render(request, "people/form.jinja", page, status=422 if form.errors else 200)
    try:
        command(actor=request.actor, at=timezone.now(), person_id=person_id, **form.cleaned_data)
    except _SAID_BESIDE_THE_FORM as error:
        form.add_error(None, str(error))  # beside what was typed, which must not be lost
        return render(request, "people/form.jinja", page, status=422)
    messages.success(request, _("%(title)s: saved") % {"title": title})
    return redirect("people:person", person_id=person_id)


def _page(title: str, form: Form, person_id: UUID) -> dict[str, Any]:
    return {"title": title, "form": form, "person_id": person_id}


def _record_named(request: MemberRequest) -> UUID | None:
    """Return which of a person's records the URL names; anything that is not an id is not found."""
    named = request.GET.get("record")
    try:
        return UUID(named) if named else None
    except ValueError as error:
        raise NotFoundError(str(NO_SUCH_RECORD)) from error
