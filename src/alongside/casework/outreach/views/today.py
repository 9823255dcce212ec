"""What lists ask of a member's day."""

from datetime import date, datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.outreach import presenters
from alongside.casework.outreach.permissions import (
    may_hear_that_nobody_gives,
    may_read_list,
    may_tell_worries,
)
from alongside.casework.outreach.presenters import today as said
from alongside.casework.outreach.presenters.covering import own_card
from alongside.casework.outreach.queries.able import how_many_nobody_gives
from alongside.casework.outreach.queries.day import Day, ReferralOfDay, day_of_outreach
from alongside.casework.outreach.rules import Priority


def worried(request: HttpRequest) -> Section | None:
    """Return the way in for anybody worried about somebody; its page says who reads it."""
    actor = cast("MemberRequest", request).actor
    if not may_tell_worries(actor).allowed:
        return None
    said = _("A few words are enough.")
    return Section(_("Worried about somebody?"), 15, [Line(_("Tell us"), address_of("outreach:worry"), said)])


def waiting_for_nobody(request: HttpRequest) -> Section | None:
    """Return how many people nobody has or could give to anybody, for whoever can name a manager."""
    actor = cast("MemberRequest", request).actor
    if not may_hear_that_nobody_gives(actor).allowed:
        return None
    count = how_many_nobody_gives(actor=actor, on=timezone.localdate())
    if not count:
        return None
    hint = _(
        "Make somebody a team manager whose training in handling information is recorded and valid: they "
        "find on their Today page who it is, and can give them to somebody."
    )
    line = Line(said.nobody_gives(count), address_of("accounts:members"), hint)
    return Section(_("Waiting for nobody"), 8, [line])


def lists_and_referrals(request: HttpRequest) -> list[Section] | None:
    """Return the first items on a member's list, if they may have one; and referrals, if there are any.

    What nobody has answered comes before everything else if it is for today.
    """
    actor = cast("MemberRequest", request).actor
    if not may_read_list(actor).allowed:
        return None
    now = timezone.now()
    day = day_of_outreach(actor=actor, at=now)
    made = [_my_list(day, now, actor)]
    if also := [presenters.card(item, now, purpose=actor.purpose) for item in day.also]:
        lines = [Line(card.name, said.leads_to(card), said.also_for(card)) for card in also]
        made.append(Section(_("On your organisation's list, and on another"), 16, lines, people=len(lines)))
    if asked := [_line(each, said.asked(each), _wanted_by(each)) for each in day.asked]:
        order = 9 if day.asked[0].priority == Priority.TODAY else 13
        all_of_it = Line(said.all_asked(day.count_asked), address_of("outreach:referrals"))
        title = _("Referred to us and not answered")
        made.append(Section(title, order, asked, more=all_of_it, people=len(asked)))
    if answered := [_line(each, said.answered(each)) for each in day.answered]:
        made.append(Section(_("Answers to your referrals"), 14, answered, people=len(answered)))
    if back := [_line(each, said.answered(each)) for each in day.taken_back]:
        made.append(Section(_("No longer asked of us"), 14, back, people=len(back)))
    if taken := [Line(said.taken(each), "", said.taken_when(each)) for each in day.taken]:
        made.append(Section(_("What you asked others to take over"), 14, taken, people=len(taken)))
    return made


def _my_list(day: Day, now: datetime, reader: Actor) -> Section:
    to_take = []
    for item, by, whose in day.to_take:
        card = presenters.card(item, now, purpose=reader.purpose)
        to_take.append(Line(said.take_over(card), said.leads_to(card), said.asked_to_take(by, whose)))
    for item, whose in day.unanswered:
        card = presenters.card(item, now, purpose=reader.purpose)
        to_take.append(Line(said.ask_another(card), said.leads_to(card), said.asked_is_away(whose)))
    cards = [own_card(item, now, reader) for item in day.items]
    lines = [
        Line(
            card.name,
            said.leads_to(card),
            said.what_of_it(card),
            None if card.died else item.try_next_on,
        )
        for item, card in zip(day.items, cards, strict=True)
    ]
    to_finish = []
    for item, talk in day.to_finish:
        card = presenters.card(item, now, purpose=reader.purpose)
        to_finish.append(Line(said.finish(card), said.leads_to(card, talk), said.why_finish()))
    lines = [*to_finish, *to_take, *lines]
    named = len(lines)
    if day.no_team:
        lines.append(Line(said.on_no_team(day.no_team), address_of("outreach:manager")))
    more = Line(said.all_on_list(day.count), address_of("outreach:mine")) if day.items else None
    return Section(_("For you to do"), 10, lines, _("Nothing is on your list."), more, people=named)


def _wanted_by(referral: ReferralOfDay) -> date | None:
    wanted = referral.priority == Priority.TODAY and not referral.died
    return timezone.localdate(referral.since) if wanted else None


def _line(referral: ReferralOfDay, hint: str, due: date | None = None) -> Line:
    return Line(referral.who, f"{address_of('outreach:referrals')}#{referral.id}", hint, due)
