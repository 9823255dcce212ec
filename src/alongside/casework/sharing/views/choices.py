"""What a person chose about sharing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.navigation import beside
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.people.queries.forms import form_about
from alongside.casework.sharing import permissions
from alongside.casework.sharing.commands import choices as commands
from alongside.casework.sharing.forms import choices as forms
from alongside.casework.sharing.presenters.choices import choice_shown
from alongside.casework.sharing.queries import choices as reads
from alongside.casework.sharing.views.refusing import say_refused


@require_safe
def choices(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show what a person chose, the choices that still hold first."""
    page = reads.choices_page(actor=request.actor, person_id=person_id)
    day = timezone.localdate()
    shown = sorted((choice_shown(each, day) for each in page.choices), key=lambda each: not each.holds)
    given = {
        "person_id": page.person.id,
        "known_as": page.person.known_as,
        "choices": shown,
        "may_record": permissions.may_record_choices(request.actor).allowed,
        "links": beside(request, "sharing:choices", page.person.id),
    }
    return render(request, "sharing/choices.jinja", given)


@require_http_methods(["GET", "POST"])
def agrees(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Write down that a person agrees to something being shared."""
    return _asked(request, person_id, forms.AgreesForm, _("They agree to sharing"))


@require_http_methods(["GET", "POST"])
def refuses(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Write down that a person asks for something not to be shared."""
    return _asked(request, person_id, forms.RefusesForm, _("They ask us not to share"))


@require_http_methods(["GET", "POST"])
def take_back(request: MemberRequest, person_id: UUID, choice_id: UUID) -> HttpResponse:
    """Write down that a person takes a choice back."""
    found = reads.one_choice(actor=request.actor, person_id=person_id, choice_id=choice_id)
    form = forms.TakeBackForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.take_back_choice(
                actor=request.actor,
                at=timezone.now(),
                person_id=person_id,
                choice_id=choice_id,
                **form.cleaned_data,
            )
        except (commands.NoChoiceError, AlreadyDoneError) as error:
            say_refused(form, error)
        else:
            messages.success(
                request, _("They have taken it back. Nothing more will be shared because of it.")
            )
            return redirect("sharing:choices", person_id=person_id)
    shown = {"form": form, "person_id": person_id, "choice": choice_shown(found, timezone.localdate())}
    return render(request, "sharing/take_back_choice.jinja", shown, status=422 if form.errors else 200)


def _asked(
    request: MemberRequest, person_id: UUID, asked: type[forms.ChoiceForm], title: str
) -> HttpResponse:
    actor = request.actor
    known_as = form_about(actor=actor, permission=Permission.CHOICE_RECORD, person_id=person_id)
    organisations = [(str(each.id), each.name) for each in reads.organisations_to_tell(actor=actor)]
    form = asked(request.POST or None, organisations=organisations, initial={"said_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.record_choices(actor=actor, at=timezone.now(), person_id=person_id, said=form.said())
        except commands.NoChoiceError as error:
            say_refused(form, error)
        else:
            messages.success(request, _("What they chose has been written down."))
            return redirect("sharing:choices", person_id=person_id)
    shown = {"form": form, "person_id": person_id, "known_as": known_as, "title": title}
    return render(request, "sharing/choice_form.jinja", shown, status=422 if form.errors else 200)
