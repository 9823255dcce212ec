"""What is put together about one person: who could be round the table, and their own page."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.outreach import forms
from alongside.casework.outreach.presenters import person as presenters
from alongside.casework.outreach.queries import person as queries


@require_http_methods(["GET", "POST"])
def table(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show who to invite. Needs are sent by POST: they do not belong in a web address with a person's id."""
    actor, at = request.actor, timezone.now()
    page = queries.table_page(actor=actor, person_id=person_id, at=at)
    choices = [(str(need), name) for need, name in page.needs.items()]
    form = forms.NeedsForm(
        request.POST or None, needs=choices, initial={"needs": [str(each) for each in page.meant]}
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["needs"]
        page = queries.table_page(actor=actor, person_id=person_id, at=at, chosen=chosen)
    shown = {"form": form, "table": presenters.table_shown(page)}
    return render(request, "outreach/table.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def own_page(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Ask what the person wants on their own page; then show it, to be read together or printed."""
    wanted = request.POST.getlist("parts")
    page = queries.own_page(actor=request.actor, person_id=person_id, parts=len(wanted))
    shown = presenters.own_shown(page)
    form = forms.OwnPageForm(
        request.POST or None,
        parts=[(each.code, each.label) for each in shown.parts],
        initial={"parts": [each.code for each in shown.parts if each.ticked]},
    )
    if request.method != "POST" or not form.is_valid():
        asked = {"form": form, "page": shown}
        return render(request, "outreach/own_page_parts.jinja", asked, status=422 if form.errors else 200)
    chosen = [each for each in shown.parts if each.code in form.cleaned_data["parts"]]
    given = {"page": shown, "groups": presenters.own_groups(chosen), "exit_to": settings.EXIT_TO}
    return render(request, "outreach/own_page.jinja", given)
