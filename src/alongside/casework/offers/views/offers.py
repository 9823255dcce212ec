"""A person's offers: what was offered, what they said, and what was not offered."""

from typing import Any
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
from alongside.casework.kernel.errors import AlreadyDoneError, StaleError
from alongside.casework.offers import forms
from alongside.casework.offers.commands import not_offering, offering
from alongside.casework.offers.presenters.offers import (
    not_offered_in_short,
    not_offered_source,
    offer_in_short,
    offers_shown,
    reply_shown,
)
from alongside.casework.offers.queries import pages
from alongside.casework.offers.rules.offering import Kind
from alongside.casework.people.queries.forms import form_about


@require_safe
def offers(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show what a person was offered and what they said, their own words first."""
    page = pages.offers_page(actor=request.actor, person_id=person_id, day=timezone.localdate())
    shown = {
        "page": offers_shown(page),
        "links": beside(request, "offers:offers", page.person.id),
    }
    return render(request, "offers/offers.jinja", shown)


@require_http_methods(["GET", "POST"])
def offer(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Write down an offer; the next page asks what came of it."""
    asked, today = pages.offer_to_make(actor=request.actor, person_id=person_id), timezone.localdate()
    form = forms.OfferForm(
        request.POST or None,
        initial={"offered_on": today},
        today=today,
        services=[(str(key), f"{name} ({provider})") for key, name, provider in asked.services],
        earlier=[(str(each.id), offer_in_short(each)) for each in asked.earlier],
    )
    if request.method == "POST" and form.is_valid():
        made = offering.record_offer(
            actor=request.actor, at=timezone.now(), person_id=person_id, made=form.made(form.cleaned_data)
        )
        messages.success(request, _("The offer is saved. What came of it?"))
        return redirect("offers:answer", person_id=person_id, offer_id=made.id)
    shown = {"form": form, "person_id": person_id, "name": asked.person.known_as}
    return render(request, "offers/offer_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def answer(request: MemberRequest, person_id: UUID, offer_id: UUID) -> HttpResponse:
    """Write down what came of an offer. Where two do so at once, the second keeps what they typed."""
    found, newest = pages.offer_to_answer(actor=request.actor, person_id=person_id, offer_id=offer_id)
    today, last = timezone.localdate(), newest.id if newest else None
    kind = Kind(found.kind)
    form = forms.ReplyForm(
        request.POST or None, initial={"on": today}, kind=kind, offered_on=found.offered_on, today=today
    )
    opened = forms.OpenedForm(request.POST or None, initial={"opened_after": last})
    shown: dict[str, Any] = {
        "form": form, "opened": opened, "person_id": person_id, "offer": offer_in_short(found),
        "newest": reply_shown(newest) if newest else None, "section_11": kind is Kind.NEEDS_ASSESSMENT,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid() and opened.is_valid():
        try:
            offering.record_reply(
                actor=request.actor,
                at=timezone.now(),
                person_id=person_id,
                offer_id=offer_id,
                opened_after=opened.cleaned_data["opened_after"],
                told=form.told(form.cleaned_data),
            )
        except StaleError as stale:
            shown |= {"sentence": str(stale), "opened": forms.OpenedForm(initial={"opened_after": last})}
            return render(request, "offers/answer_form.jinja", shown, status=409)
        messages.success(request, _("What came of it is saved. Nothing ends because of it."))
        return redirect("offers:offers", person_id=person_id)
    return render(request, "offers/answer_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def not_offered(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Write down help that was not offered, and why not."""
    name = form_about(actor=request.actor, permission=Permission.OFFER_RECORD, person_id=person_id)
    today = timezone.localdate()
    form = forms.NotOfferedForm(request.POST or None, initial={"decided_on": today}, today=today)
    if request.method == "POST" and form.is_valid():
        not_offering.record_not_offered(
            actor=request.actor, at=timezone.now(), person_id=person_id, **form.cleaned_data
        )
        messages.success(request, _("You have written down that this was not offered"))
        return redirect("offers:offers", person_id=person_id)
    shown = {"form": form, "person_id": person_id, "name": name}
    return render(request, "offers/not_offered_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def look(request: MemberRequest, person_id: UUID, not_offered_id: UUID) -> HttpResponse:
    """Say, as a manager, what you think about help that was not offered."""
    noted = pages.to_look_at_again(actor=request.actor, person_id=person_id, not_offered_id=not_offered_id)
    form = forms.LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            not_offering.look_again(
                actor=request.actor,
                at=timezone.now(),
                person_id=person_id,
                not_offered_id=not_offered_id,
                **form.cleaned_data,
            )
        except AlreadyDoneError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your second look is saved"))
            return redirect("offers:offers", person_id=person_id)
    what, why = not_offered_in_short(noted)
    shown = {
        "form": form, "person_id": person_id, "what": what, "why": why, "source": not_offered_source(noted)
    }  # fmt: skip
    return render(request, "offers/look_form.jinja", shown, status=422 if form.errors else 200)
