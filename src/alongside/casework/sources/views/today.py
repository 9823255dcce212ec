"""What runs, doubtful links and questions about data ask of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.kernel.area import area_pack_if_whole
from alongside.casework.sources import permissions, presenters, queries
from alongside.casework.sources.queries.answering import questions_waiting
from alongside.casework.sources.queries.links import doubts_waiting, how_many_not_followed

NEWEST = 3
"""How many runs the page of today shows; more than one newest there is only if one has a day to come."""


def runs_to_release(request: HttpRequest) -> Section | None:
    """Return the newest runs from which nothing was released, for anybody who may release."""
    actor = cast("MemberRequest", request).actor
    if not permissions.may_release(actor).allowed:
        return None
    listed = queries.list_runs(actor=actor, on=timezone.localdate())
    waiting = [each for each in listed if not each.releases and not each.overtaken][:NEWEST]
    shown = [presenters.run_line(each) for each in waiting]
    lines = [
        Line(_("Run as at %s") % each.as_at, address_of("sources:run", args=[each.id]), each.state)
        for each in shown
    ]
    return Section(
        _("Runs waiting for you"),
        30,
        lines,
        _("No runs are waiting."),
        Line(_("All runs"), address_of("sources:runs")),
    )


def links_to_settle(request: HttpRequest) -> Section | None:
    """Return how many doubtful links wait, and how many answers were not followed, for who settles them."""
    actor = cast("MemberRequest", request).actor
    if not permissions.may_review_links(actor).allowed:
        return None
    waiting = doubts_waiting(actor=actor)
    said = ngettext(
        "%d pair of records is waiting for an answer",
        "%d pairs of records are waiting for an answer",
        waiting,
    )
    lines = [Line(said % waiting, address_of("sources:doubts"))] if waiting else []
    if left := how_many_not_followed(actor=actor):
        told = ngettext(
            "%d answer was not followed by the newest run",
            "%d answers were not followed by the newest run",
            left,
        )
        lines.append(Line(told % left, address_of("sources:doubts")))
    return Section(_("Doubtful links"), 35, lines, _("No doubtful links are waiting."))


def questions_to_answer(request: HttpRequest) -> Section | None:
    """Return the questions about data that wait for the reader's organisation, for whoever answers for it.

    And what recently came of those, and of their own. Where it has no data analyst, they are on everybody's
    day who may answer, but only while there are any.
    """
    actor = cast("MemberRequest", request).actor
    if actor.organisation_id is None or not permissions.may_ask_about_data(actor).allowed:
        return None
    found = questions_waiting(actor=actor, on=timezone.localdate())
    if not found.to_answer and not found.over and not permissions.may_review_links(actor).allowed:
        return None
    # a mistake in the pack takes away the titles of the sources, and nobody's whole day
    pack = area_pack_if_whole()
    shown = [presenters.question_line(each, pack) for each in found.to_answer]
    lines = [
        Line(each.title, address_of("sources:question", args=[each.id]), f"{each.source}. {each.asked}")
        for each in shown
    ]
    for each in found.over:
        over = presenters.question_line(each, pack)
        said = _("Settled: %(title)s") if each.settled_at else _("Answered: %(title)s")
        lines.append(
            Line(
                said % {"title": over.title},
                address_of("sources:question", args=[over.id]),
                f"{over.source}. {over.owner}",
            )
        )
    answers = found.to_answer or permissions.may_review_links(actor).allowed
    title = _("Questions about your data") if answers else _("Your questions about data")
    return Section(title, 36, lines, _("No questions are waiting."))
