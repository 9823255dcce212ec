"""Finished words for the pages of outreach."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.casework.design.dates import day_in_words
from alongside.casework.outreach.commands.talking import choices_of
from alongside.casework.outreach.forms import AGREES, PRIORITIES, RESULTS, VERDICTS
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.queries.lists import TeamList
from alongside.casework.outreach.queries.pages import ConversationPage, ItemPage, NextStepsPage
from alongside.casework.outreach.rules import (
    FEWEST_SHOWN,
    OPEN,
    Rate,
    State,
    judgement_is_missing,
    origin,
    prompts_for,
)

STATES = {
    State.WAITING: (gettext_lazy("Waiting"), "grey"),
    State.ASSIGNED: (gettext_lazy("To be judged"), "yellow"),
    State.JUDGED: (gettext_lazy("Judged"), "blue"),
    State.IN_HAND: (gettext_lazy("In hand"), "blue"),
    State.DONE: (gettext_lazy("Done"), "green"),
    State.HANDED_OVER: (gettext_lazy("Handed over"), "green"),
    State.PUT_BACK: (gettext_lazy("Put back"), "grey"),
    State.EXPIRED: (gettext_lazy("Expired"), "red"),
}
ANSWERS = {"Yes": gettext_lazy("Yes"), "No": gettext_lazy("No"), "Not known": gettext_lazy("Not known")}
"""Answers are kept in English, in whatever language the page is; a guide's own choices stay its own."""
REFERRAL_STATES = {
    "asked": (gettext_lazy("Not answered yet"), "yellow"),
    "accepted": (gettext_lazy("Accepted"), "blue"),
    "declined": (gettext_lazy("Declined"), "red"),
    "done": (gettext_lazy("Done"), "green"),
}


@dataclass(frozen=True)
class Tag:
    """A word in a coloured box; ``colour`` is GOV.UK's name of it."""

    words: str
    colour: str


@dataclass(frozen=True)
class Card:
    """One item among others."""

    id: str
    name: str
    origin: str
    soon: str
    state: Tag
    whose: str
    hint: str
    beyond_capacity: bool = False


@dataclass(frozen=True)
class Reason:
    """One reason of a flag: what, who says so, and since when."""

    words: str
    source: str


@dataclass(frozen=True)
class Done:
    """One thing that was done, in a line and perhaps more words."""

    line: str
    words: str = ""


@dataclass(frozen=True)
class ItemShown:
    """The page of an item, in words."""

    id: str
    name: str
    state: Tag
    origin: str
    soon: str
    self_description: str
    how_to_communicate: list[str]
    safe_contact: str
    said: list[Done]
    raised: str
    reasons: list[Reason]
    unknowns: list[str]
    responses: list[str]
    route: str
    questions: list[str]
    flag_note: str
    judgement: str
    judged_why: str
    done: list[Done]
    concerns: list[Done]
    referrals: list["ReferralShown"]
    refusals: str
    whose: str
    waits_for: str
    must_judge: bool
    may_work: bool
    open: bool
    asked_of_me: bool
    talk_id: str
    finished_talks: list[Done]


@dataclass(frozen=True)
class ReferralShown:
    """A referral, in words."""

    id: str
    who: str
    organisation: str
    from_organisation: str
    why: str
    agrees: str
    state: Tag
    line: str
    words: str
    may_answer: bool
    may_finish: bool


@dataclass(frozen=True)
class Prompt:
    """One question of a guide with the answer so far."""

    code: str
    say: str
    why: str
    takes_answer: bool
    choices: list[tuple[str, str]]
    """What is kept, and what is read."""
    words: str
    saved: str


@dataclass(frozen=True)
class Theme:
    """One screen of a conversation."""

    code: str
    title: str
    only_if_wanted: bool
    prompts: list[Prompt]
    checklist: list[str]
    number: str
    before: str
    after: str


@dataclass(frozen=True)
class RateShown:
    """A line of the table of agreement."""

    name: str
    cells: list[str]
    warning: str


@dataclass(frozen=True)
class StepsShown:
    """The page the person keeps."""

    name: str
    steps: list[str]
    services: list[Done] = field(default_factory=list)
    whom_to_call: str = ""
    day: str = ""


def card(item: WorkItem, today: date, *, beyond_capacity: bool = False) -> Card:
    """Return an item as a card."""
    person = item.person.merged_into or item.person
    hint = _("Try next on %(day)s") % {"day": day_in_words(item.try_next_on)} if item.try_next_on else ""
    if item.try_next_on and item.try_next_on < today:
        hint = _("Was to be tried on %(day)s") % {"day": day_in_words(item.try_next_on)}
    if item.refusals:
        hint = f"{hint}. {_refusals(item.refusals)}".lstrip(". ")
    return Card(
        id=str(item.id),
        name=person.known_as,
        origin=_origin(item),
        soon=_soon(item),
        state=_tag(STATES[State(item.state)]),
        whose=item.assigned_to.user.name if item.assigned_to else _("Nobody yet"),
        hint=hint,
        beyond_capacity=beyond_capacity,
    )


def team_cards(listed: TeamList, today: date) -> list[Card]:
    """Return a team's items as cards, saying from where on they are more than it manages in a week."""
    return [
        card(item, today, beyond_capacity=listed.room is not None and place >= listed.room)
        for place, item in enumerate(listed.items)
    ]


def item_shown(page: ItemPage) -> ItemShown:
    """Return the page of an item in words."""
    item, person, flag = page.item, page.person, page.item.flag
    verdicts, results = dict(VERDICTS), dict(RESULTS)
    done = [
        (each.at, Done(f"{_when(each.at)}, {each.by_name}: {results[each.result].lower()}", _tried(each)))  # type: ignore[index]
        for each in page.attempts
    ] + [(each.at, Done(f"{_when(each.at)}, {each.by_name}", each.words)) for each in page.notes]
    talk = next((each for each in page.conversations if each.finished_at is None), None)
    return ItemShown(
        id=str(item.id),
        name=person.known_as,
        state=_tag(STATES[State(item.state)]),
        origin=_origin(item),
        soon=_soon(item),
        self_description=person.self_description,
        how_to_communicate=[
            each
            for each in (
                _("Language: %(language)s") % {"language": person.language} if person.language else "",
                _("Interpreter: %(interpreter)s") % {"interpreter": person.interpreter}
                if person.interpreter
                else "",
                person.how_to_communicate,
                person.adjustments,
            )
            if each
        ],
        safe_contact=person.safe_contact,
        said=[
            Done(
                _("%(day)s, written down by %(name)s")
                % {"day": day_in_words(each.said_on), "name": each.written_down_by},
                each.words,
            )
            for each in page.said
        ],
        raised=f"{item.raised_by}: {item.raised_why}" if item.raised_by else "",
        reasons=[_reason(each) for each in flag.reasons] if flag else [],
        unknowns=[str(each.get("title", each.get("factor", ""))) for each in flag.unknowns] if flag else [],
        responses=[str(each.get("title", "")) for each in flag.responses] if flag else [],
        route=flag.route_words if flag else "",
        questions=prompts_for(flag.route) if flag else [],
        flag_note=_flag_note(page),
        judgement=(
            f"{page.judgement.by_name}, {_when(page.judgement.at)}: {verdicts[page.judgement.verdict]}"  # type: ignore[index]
            if page.judgement
            else ""
        ),
        judged_why=page.judgement.why if page.judgement else "",
        done=[each for _, each in sorted(done, key=lambda pair: pair[0], reverse=True)],
        concerns=[Done(f"{_when(each.raised_at)}, {each.raised_by}", each.words) for each in page.concerns],
        referrals=[referral_shown(each, ours=True) for each in page.referrals],
        refusals=_refusals(item.refusals) if item.refusals else "",
        whose=item.assigned_to.user.name if item.assigned_to else _("Nobody yet"),
        waits_for=(
            _("%(name)s was asked to take this over and has not answered")
            % {"name": page.hand_over.to.user.name}
            if page.hand_over
            else ""
        ),
        must_judge=judgement_is_missing(flagged=flag is not None, judged=page.judgement is not None),
        may_work=page.may_work and item.assigned_to is not None,
        open=item.state in OPEN,
        asked_of_me=page.asked_of_me,
        talk_id=str(talk.id) if talk else "",
        finished_talks=[
            Done(f"{_when(each.finished_at)}, {each.finished_by}", str(each.id))
            for each in page.conversations
            if each.finished_at
        ],
    )


def referral_shown(referral: Referral, *, ours: bool) -> ReferralShown:
    """Return a referral in words; ``ours`` where the reader's organisation made it."""
    line = f"{referral.made_by}, {_when(referral.made_at)}"
    if referral.answered_at:
        answered = {"made": line, "name": referral.answered_by, "when": _when(referral.answered_at)}
        line = _("%(made)s. Answered by %(name)s, %(when)s") % answered
    words = referral.done_words
    if referral.state == "declined":
        words = _("%(why)s Instead: %(route)s") % {"why": referral.decline_why, "route": referral.other_route}
    return ReferralShown(
        id=str(referral.id),
        who=referral.who,
        organisation=referral.to_organisation.name,
        from_organisation="" if ours else referral.from_organisation.name,
        why=referral.why,
        agrees=str(dict(AGREES)[referral.person_agrees]),
        state=_tag(REFERRAL_STATES[referral.state]),
        line=line,
        words=words,
        may_answer=not ours and referral.state == "asked",
        may_finish=not ours and referral.state == "accepted",
    )


def themes(page: ConversationPage) -> list[Theme]:
    """Return a conversation's screens in order."""
    sections: list[dict[str, Any]] = page.talk.guide_words["sections"]
    codes = [section["code"] for section in sections]
    return [
        Theme(
            code=section["code"],
            title=section["title"],
            only_if_wanted=section["only_if_wanted"],
            prompts=[_prompt(each, page) for each in section["prompts"]],
            checklist=section["checklist"],
            number=_("%(number)s of %(all)s") % {"number": place + 1, "all": len(codes)},
            before=codes[place - 1] if place else "",
            after=codes[place + 1] if place + 1 < len(codes) else "",
        )
        for place, section in enumerate(sections)
    ]


def steps_shown(page: NextStepsPage) -> StepsShown:
    """Return the page the person keeps: no reason, no flag, no organisation they did not ask for."""
    team = page.talk.item.team
    call = page.talk.finished_by or page.talk.begun_by
    if team and team.telephone:
        call = f"{call}, {team.telephone}"
    return StepsShown(
        name=page.person.known_as,
        steps=page.talk.next_steps.splitlines(),
        services=[Done(each.service_name or "", each.service_telephone) for each in page.outcomes],
        whom_to_call=call,
        day=day_in_words(page.talk.finished_at or page.talk.begun_at),
    )


def rate_shown(name: str, rate: Rate) -> RateShown:
    """Return a line of the table of agreement."""
    if rate.judged is None:
        return RateShown(
            name,
            [_("Fewer than %(fewest)s, or held back with one that is") % {"fewest": FEWEST_SHOWN}],
            "",
        )
    cells = [str(each) for each in (rate.judged, rate.agreed, rate.disagreed, rate.unsure)]
    return RateShown(name, cells, rate.warning)


def _tag(told: tuple[Promise, str]) -> Tag:
    return Tag(str(told[0]), told[1])


def _origin(item: WorkItem) -> str:
    return origin(flagged=item.flag_id is not None, professional=item.priority is not None)


def _soon(item: WorkItem) -> str:
    said = str(dict(PRIORITIES).get(item.priority, "")) if item.priority else ""  # type: ignore[call-overload]
    flag = item.flag
    listed = (
        _("On the list: tier %(tier)s, place %(place)s")
        % {"tier": flag.tier.replace("_", " "), "place": flag.rank}
        if flag
        else ""
    )
    return ". ".join(filter(None, [said, listed]))


def _reason(told: dict[str, Any]) -> Reason:
    since = told.get("fact_date")
    when = (
        _("true on %(day)s") % {"day": day_in_words(date.fromisoformat(str(since)[:10]))}
        if since
        else _("date not known")
    )
    whose = str(told.get("organisation", "")).replace("_", " ")
    return Reason(
        words=str(told.get("words", "")),
        source=", ".join(each for each in (str(told.get("source_title", "")), whose, when) if each),
    )


def _flag_note(page: ItemPage) -> str:
    if page.item.flag is None:
        return ""
    if not page.flag_holds:
        return _("This flag is no longer in force. Put the person on the list yourself if you are worried.")
    return _("This flag says nothing after %(day)s.") % {"day": day_in_words(page.item.flag.expires_at)}


def _refusals(count: int) -> str:
    return ngettext(
        "Said no once: offer something else, or let another offer it",
        "Said no %(count)s times: offer something else, or let another offer it",
        count,
    ) % {"count": count}


def _tried(attempt: Any) -> str:
    offer = _("Next offer: %(offer)s") % {"offer": attempt.next_offer} if attempt.next_offer else ""
    return ". ".join(each for each in (attempt.note, offer) if each)


def _prompt(told: dict[str, Any], page: ConversationPage) -> Prompt:
    kept = page.answers.get(told["code"])
    return Prompt(
        code=told["code"],
        say=told["say"],
        why=told["why"] or "",
        takes_answer=told["answer"] != "none",
        choices=[(each, str(ANSWERS.get(each, each))) for each in choices_of(told)],
        words=kept.words if kept else "",
        saved=_("Kept %(when)s by %(name)s") % {"when": _when(kept.at), "name": kept.by_name} if kept else "",
    )


def _when(at: datetime | None) -> str:
    return f"{day_in_words(at)}, {timezone.localtime(at):%H:%M}" if at else ""
