"""What cases ask of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.marm.permissions import may_have_a_day
from alongside.casework.marm.presenters import actions as of_actions
from alongside.casework.marm.presenters import today as words
from alongside.casework.marm.presenters.invitations import remains_line, today_line
from alongside.casework.marm.presenters.today_besides import audit_line, drift_lines, reply_line
from alongside.casework.marm.presenters.today_meetings import meeting_line
from alongside.casework.marm.queries.today import waiting_in_cases
from alongside.casework.marm.queries.today_meetings import still_to_do


def cases_of_the_day(request: HttpRequest) -> Section | None:
    """Return what waits: invitations, cases, actions, decisions, meetings, answers, audits, what drifts."""
    actor = cast("MemberRequest", request).actor
    if not may_have_a_day(actor).allowed:
        return None
    waiting, now = waiting_in_cases(actor=actor, day=timezone.localdate()), timezone.now()
    lines = [today_line(each) for each in waiting.invitations]
    lines += [words.case_line(each, now) for each in waiting.cases]
    lines += [
        Line(
            of_actions.asked_line(each),
            address_of("marm:action", args=[each.action_id]),
            of_actions.asked_why(each),
            each.by,
        )
        for each in waiting.actions
    ]
    lines += [
        Line(
            words.look_again(known_as),
            address_of("marm:decision", args=[key]),
            words.was_to_be_looked_at(day),
            day,
        )
        for key, known_as, day in waiting.decisions
    ]
    lines += [meeting_line(each, now) for each in waiting.meetings if still_to_do(each, now)]
    lines += [
        Line(
            words.settle(each),
            address_of("marm:dispute", args=[each.dispute_id]),
            words.to_be_settled(each),
            None if each.over_at else each.by,
        )
        for each in waiting.disputes
    ]
    lines += [remains_line(each) for each in waiting.remains]
    lines += [reply_line(each) for each in waiting.replies]
    named = sum(bool(each.href) for each in lines)
    lines += [audit_line(each) for each in waiting.audits]
    lines += drift_lines(waiting)
    if not lines:
        return None
    more = Line(_("All my actions"), address_of("marm:my_actions")) if waiting.actions else None
    return Section(words.title(), 11, lines, people=named, more=more)
