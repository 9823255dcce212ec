"""Tell a worry in as few words as possible."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.access.decisions import require
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.outreach import forms, permissions
from alongside.casework.outreach.commands.worrying import Worry
from alongside.casework.outreach.commands.worrying import raise_worry as tell
from alongside.casework.outreach.queries.lists import who_contacts
from alongside.casework.outreach.views.answering import form_page


@require_http_methods(["GET", "POST"])
def raise_worry(request: MemberRequest) -> HttpResponse:
    """Tell a worry; its answer comes back to the list of whoever told it."""
    actor = request.actor
    require(permissions.may_tell_worries(actor))
    contacts = who_contacts(actor=actor)
    form = forms.WorryForm(request.POST or None, contacts=[(str(each.id), each.name) for each in contacts])

    def act(told: dict[str, Any]) -> HttpResponse:
        item = tell(actor=actor, at=timezone.now(), worry=Worry(**told))
        said = _("Thank you. Your worry is saved and on your list.")
        messages.success(request, said, fail_silently=True)
        return redirect("outreach:item", item_id=item.id)

    return form_page(
        request, form, act, template="outreach/worry.jinja", hears=[each.name for each in contacts]
    )
