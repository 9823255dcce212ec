"""Whether a person has a right to an independent advocate, and what comes of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.capacity import forms, permissions
from alongside.casework.capacity.commands.advocating import ask_for_advocacy, note_advocacy
from alongside.casework.capacity.presenters.others import advocacy_shown
from alongside.casework.capacity.queries.pages import advocacy_page, form_for_advocacy
from alongside.casework.capacity.rules.advocacy import Advocacy
from alongside.casework.kernel.errors import StaleError


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Ask whether there is a right to an advocate."""
    name, lacking = form_for_advocacy(actor=request.actor, person_id=person_id, day=timezone.localdate())
    form = forms.AdvocacyForm(request.POST or None, lacking=lacking)
    about = forms.OpenedForm(request.POST or request.GET)
    record_id = about.cleaned_data["opened"] if about.is_valid() else None
    if request.method == "POST" and form.is_valid():
        made = ask_for_advocacy(
            actor=request.actor,
            at=timezone.now(),
            person_id=person_id,
            asked=form.asked(form.cleaned_data),
            record_id=form.cleaned_data.get("decision") or record_id,
        )
        return redirect("capacity:advocacy", person_id=person_id, advocacy_id=made.id)
    shown = {
        "title": _("Who is on their side?"),
        "known_as": name,
        "form": form,
        "opened": forms.OpenedForm(initial={"opened": record_id}),
        "button": _("See whether they have a right to an advocate"),
        "guidance": "capacity/guidance_advocacy.jinja",
        "person_id": person_id,
    }
    return render(request, "capacity/form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def advocacy(request: MemberRequest, person_id: UUID, advocacy_id: UUID) -> HttpResponse:
    """Show what was asked and where it stands; note what happens next. A clash loses nothing typed."""
    page = advocacy_page(actor=request.actor, person_id=person_id, advocacy_id=advocacy_id)
    day = timezone.localdate()
    opened = {"opened_version": page.advocacy.version, "on": day}
    before = Advocacy(page.advocacy.state)
    form = forms.StepForm(request.POST or None, day=day, before=before, initial=opened)
    shown = {
        "advocacy": advocacy_shown(page),
        "form": form,
        "may_record": permissions.may_record_capacity(request.actor).allowed,
    }
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            note_advocacy(
                actor=request.actor,
                at=timezone.now(),
                person_id=person_id,
                advocacy_id=advocacy_id,
                opened_version=form.cleaned_data["opened_version"],
                step=form.step(form.cleaned_data),
            )
        except StaleError as stale:
            again = form.cleaned_data | opened | {"on": form.cleaned_data["on"]}
            shown["form"] = forms.StepForm(day=day, before=before, initial=again)
            shown["sentence"] = str(stale)
            status = 409
        else:
            messages.success(request, _("Your note is saved."))
            return redirect("capacity:advocacy", person_id=person_id, advocacy_id=advocacy_id)
    elif form.errors:
        status = 422
    return render(request, "capacity/advocacy.jinja", shown, status=status)
