"""The first page of a member's day."""

from datetime import date
from functools import partial
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts import presenters, queries
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.accounts.rules import Covering
from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.design.today import Line, Section, sections_for


@require_safe
def today(request: MemberRequest) -> HttpResponse:
    """Show what there is to do today, section by section; people named are recorded as one look."""
    sections = queries.day_of(actor=request.actor, sections=partial(sections_for, request))
    return render(
        request,
        "accounts/today.jinja",
        {
            "actor": request.actor,
            "day": day_in_words(timezone.localdate()),
            "sections": sections,
            "has_password": request.user.has_usable_password(),
        },
    )


def own_training(request: HttpRequest) -> Section | None:
    """Return when the training that opens records runs out, if that is soon."""
    ends = presenters.runs_out(cast("MemberRequest", request).trained_to, on=timezone.localdate())
    if ends is None:
        return None
    told = _("Your training in handling information expires on {day}").format(day=day_in_words(ends))
    hint = _("From that day you cannot open anybody's record. Do it again in time, and have it recorded.")
    return Section(_("Training"), 5, [Line(told, address_of("accounts:members"), hint)])


def covering(request: HttpRequest) -> Section | None:
    """Return for which absent colleagues the member covers, now or later, and what they may do.

    So whoever lately covered reads that they no longer do.
    """
    member, today = cast("MemberRequest", request), timezone.localdate()
    if not member.covering and not member.covered_lately:
        return None
    works = member.actor.may(Permission.WORKLIST_WORK).allowed
    href = address_of("outreach:mine") if works else ""
    hint = presenters.may_do_meanwhile(member.actor)
    lines = [
        Line(presenters.covers(each, on=today), href, hint if each.since <= today else "")
        for each in member.covering
    ]
    lines += [Line(_no_longer(each, today), "") for each in member.covered_lately]
    return Section(_("Covering for colleagues"), 6, lines)


def _no_longer(covered: Covering, today: date) -> str:
    """Say for whom the member no longer covers, or does not after all."""
    told = {"name": covered.name, "first": day_in_words(covered.since)}
    if covered.since >= today:
        return _("You do not cover for %(name)s from %(first)s after all") % told
    return _("You no longer cover for %(name)s") % told


def own_profile(request: HttpRequest) -> Section | None:
    """Return what is missing from an organisation's profile, for those who can add it."""
    actor = cast("MemberRequest", request).actor
    if not actor.may(Permission.ORGANISATION_MANAGE).allowed:
        return None
    profile = presenters.profile(queries.organisation(actor=actor, organisation_id=actor.member_of))
    if not profile.missing:
        return None
    to = address_of("accounts:describe_organisation", args=[profile.id])
    hint = _("Still missing: {missing}").format(missing=profile.missing)
    line = Line(_("Say what your organisation does, who for, and how to contact it"), to, hint)
    return Section(_("Your profile"), 60, [line])
