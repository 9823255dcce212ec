"""Refer somebody: choose who to ask, see what they do and need, write, and check before it is sent."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import presenters as accounts_presenters
from alongside.casework.accounts import queries as accounts
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.directory import presenters as directory_presenters
from alongside.casework.directory import queries as directory
from alongside.casework.kernel.errors import CaseworkError, NotFoundError
from alongside.casework.outreach import forms, permissions
from alongside.casework.outreach.commands import referring
from alongside.casework.outreach.queries import lists
from alongside.casework.outreach.queries.pages import form_about_item
from alongside.casework.outreach.rules import AGREES
from alongside.casework.outreach.views.answering import SINCE
from alongside.casework.people.queries.telling import ToldAgainstTheirWishError
from alongside.casework.sharing.permissions import may_decide


@dataclass(frozen=True)
class Asked:
    """An organisation as the referrer sees it: what it says about itself, and its services."""

    profile: accounts_presenters.Profile
    services: tuple[directory_presenters.OfferedShown, ...]


@dataclass(frozen=True)
class Against:
    """What was to be told against the person's wish, for the decision about sharing that it needs."""

    person_id: str
    organisation_id: str
    words: str
    may_decide: bool


@require_safe
def refer(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Choose who to ask, by what they do."""
    name = form_about_item(actor=request.actor, item_id=item_id, may=permissions.may_refer)
    found = [accounts_presenters.profile(each) for each in lists.other_organisations(actor=request.actor)]
    given = {"organisations": found, "item_id": item_id, "name": name}
    return render(request, "outreach/refer.jinja", given)


@require_http_methods(["GET", "POST"])
def refer_to(request: MemberRequest, item_id: UUID, organisation_id: UUID) -> HttpResponse:
    """Write what to ask, with what the organisation does and needs in view; check it; only then send."""
    actor = request.actor
    may = permissions.may_refer if request.method == "GET" else None
    name = form_about_item(actor=actor, item_id=item_id, may=may)
    form = forms.ReferForm(request.POST or None)
    against: dict[str, Any] = {}
    if form.is_valid() and "confirmed" in request.POST:
        try:
            referring.make_referral(
                actor=actor,
                at=timezone.now(),
                item_id=item_id,
                to_organisation_id=organisation_id,
                **form.cleaned_data,
            )
            return redirect("outreach:item", item_id=item_id)
        except NotFoundError:
            raise
        except CaseworkError as refusal:
            if isinstance(refusal, NotAllowedError) and refusal.decision.code not in SINCE:
                raise
            against = against_their_wish(request, refusal, words=form.cleaned_data["why"])
            form.add_error(None, str(refusal))
    checking = form.is_valid() and "change" not in request.POST
    given = {"asked": asked_of(request, organisation_id), "form": form, "item_id": item_id}
    shown = given | {"name": name, "agrees": AGREES, "soon": dict(forms.PRIORITIES)} | against
    template = "outreach/refer_check.jinja" if checking else "outreach/refer_to.jinja"
    return render(request, template, shown, status=422 if form.errors else 200)


def against_their_wish(request: MemberRequest, refusal: CaseworkError, *, words: str) -> dict[str, Any]:
    """Return the way on if the person's choice stands in the way; empty if something else does."""
    if not isinstance(refusal, ToldAgainstTheirWishError):
        return {}
    return {
        "against": Against(
            person_id=str(refusal.person_id),
            organisation_id=str(refusal.organisation_id),
            words=words,
            may_decide=may_decide(request.actor).allowed,
        )
    }


def asked_of(request: MemberRequest, organisation_id: UUID) -> Asked:
    """Return an organisation as anybody who refers to it should first see it.

    Raises:
        NotFoundError: there is no such organisation in the partnership.
    """
    found = accounts.organisation(actor=request.actor, organisation_id=organisation_id)
    at = timezone.now()
    services = directory.services_of(actor=request.actor, organisation_id=organisation_id)
    return Asked(
        accounts_presenters.profile(found),
        tuple(directory_presenters.offered_shown(each, at) for each in services),
    )
