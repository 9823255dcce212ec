"""The pages of the audit trail."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.audit.reading import Turned
from alongside.casework.design.paging import leaf_of, turning
from alongside.casework.oversight import presenters, queries
from alongside.casework.oversight.forms import TrailForm


@require_safe
def trail(request: MemberRequest) -> HttpResponse:
    """Show the audit trail, filtered by what is in the address."""
    members = queries.members(actor=request.actor)
    form = TrailForm(request.GET, members=members, kinds=presenters.kinds())
    if not form.is_valid():
        return render(request, "oversight/trail.jinja", {"form": form}, status=422)
    narrowed, turned = form.narrowed(), Turned(**leaf_of(request))
    found = queries.trail(actor=request.actor, narrowed=narrowed, turned=turned)
    page = {
        "form": form,
        "lines": presenters.lines(found),
        "turning": turning(request, **found.page.leads_to),
    }
    return render(request, "oversight/trail.jinja", page)


@require_safe
def person(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show who has looked at one person's record, and what else was done about them."""
    turned = Turned(**leaf_of(request))
    found = queries.person_trail(actor=request.actor, person_id=person_id, turned=turned)
    page = {
        "lines": presenters.lines(found),
        "turning": turning(request, **found.page.leads_to),
        "person": found.people.name_of(person_id),
        "may_open": person_id in found.people.names,
        "person_id": person_id,
    }
    return render(request, "oversight/person.jinja", page)
