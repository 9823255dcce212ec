"""Finished words for the pages of outreach."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.forms import PRIORITIES, RESULTS, VERDICTS
from alongside.casework.outreach.models import Conversation, WorkItem
from alongside.casework.outreach.presenters.died import died_in_words
from alongside.casework.outreach.presenters.flag_notes import flag_note
from alongside.casework.outreach.presenters.handing import waits_for
from alongside.casework.outreach.presenters.later import also_for
from alongside.casework.outreach.presenters.referrals import ReferralShown, referral_shown
from alongside.casework.outreach.presenters.titles import organisation_name, tier_title
from alongside.casework.outreach.queries.lists import TeamList
from alongside.casework.outreach.queries.pages import ItemPage
from alongside.casework.outreach.rules import OPEN, State, in_short, judgement_is_missing, origin, prompts_for
from alongside.casework.outreach.rules.risks import RISK, code_of_raised
from alongside.casework.people.models import Whole
from alongside.casework.people.presenters.whole import addresses_in_words, in_words
from alongside.casework.people.presenters.words import NOT_SAFE

STATES = {
    State.WAITING: (gettext_lazy("Waiting"), "grey"),
    State.ASSIGNED: (gettext_lazy("Flag to be judged"), "yellow"),
    State.JUDGED: (gettext_lazy("Judged"), "blue"),
    State.IN_HAND: (gettext_lazy("In hand"), "blue"),
    State.DONE: (gettext_lazy("Done"), "green"),
    State.HANDED_OVER: (gettext_lazy("Handed over"), "green"),
    State.PUT_BACK: (gettext_lazy("Put back"), "grey"),
    State.EXPIRED: (gettext_lazy("Expired"), "red"),
}


@dataclass(frozen=True)
class Card:
    """One item among others."""

    id: str
    name: str
    describes: str
    origin: str
    soon: str
    state: Tag
    whose: str
    died: str
    """That they have died, when, and what to do; then there is no hint to try again."""
    hint: str
    who: str
    """Full name and date of birth: what they are called could be another's on the same list."""
    given_for: str
    """The purpose it was released for, if the reader works for another: then it does not open."""
    also_for: str  # the other purpose for which a list names the person too
    beyond_capacity: bool = False
    covering: str = ""
    lacking: str = ""
    """What it needs that the reader cannot do, who has it only because they cover for a colleague."""


@dataclass(frozen=True)
class Reason:
    """One reason of a flag: what, who says so, and since when."""

    words: str
    source: str
    talked: str
    """That it has not been talked through with the person; when it was, and what they said; or may not be.

    Empty where it was not, and they have died.
    """
    is_talked: bool
    disputed: str = ""
    """That the person disputes it, or what they say of it."""


@dataclass(frozen=True)
class Done:
    """One thing that was done, in a line and perhaps more words."""

    line: str
    words: str = ""


@dataclass(frozen=True)
class TalkLine:
    """A conversation on an item, to be read; only of a finished one is there a page for the person."""

    id: str
    line: str
    finished: bool


@dataclass(frozen=True)
class ItemShown:
    """The page of an item, in words."""

    id: str
    person_id: str
    name: str
    who: str
    died: list[str]
    """That they have died, as each record says it; then there is no number to ring."""
    telephones: list[tuple[str, str]]
    addresses: list[str]
    state: Tag
    origin: str
    soon: str
    self_description: list[str]
    how_to_communicate: list[str]
    safe_contact: list[str]
    said: list[Done]
    raised: Reason | None
    not_to_speak_of: bool
    """Whether what it was raised for must not be spoken of: said again where a conversation is begun."""
    reasons: list[Reason]
    unknowns: list[str]
    responses: list[str]
    route: str
    questions: list[str]
    flag_note: str
    flag_disputed: str
    judgement: str
    judged_why: str
    done: list[Done]
    concerns: list[Reason]
    referrals: list[ReferralShown]
    referred_to_us: list[ReferralShown]
    refusals: str
    whose: str
    waits_for: str
    must_judge: bool
    too_late: bool
    """Whether the item ends with a flag that nobody judged in time, so that nothing can be recorded."""
    may_work: bool
    may_take: bool
    may_give: bool
    open: bool
    asked_of_me: bool
    talk_id: str
    needs: str
    talks: list[TalkLine]


def card(item: WorkItem, at: datetime, *, purpose: str, beyond_capacity: bool = False) -> Card:
    """Return an item as a card, for a reader who works for a purpose."""
    person, today = item.person_now, timezone.localdate(at)
    hint = _("Try again on %(day)s") % {"day": day_in_words(item.try_next_on)} if item.try_next_on else ""
    if item.try_next_on and item.try_next_on < today:
        hint = _("Next try was due on %(day)s") % {"day": day_in_words(item.try_next_on)}
    if item.refusals:
        hint = f"{hint}. {_refusals(item.refusals)}".lstrip(". ")
    day_died: date | None = item.day_died  # type: ignore[attr-defined]
    died = _("Died on %(day)s. Finish this item.") % {"day": day_in_words(day_died)} if day_died else ""
    return Card(
        id=str(item.id),
        name=person.known_as,
        describes=in_short(person.self_description),
        origin=_origin(item),
        soon=_soon(item),
        state=_state(item, in_force=item.flag is not None and item.flag.is_in_force(at)),
        whose=_whose(item),
        died=died,
        hint="" if died else hint,
        who=_who(person.known_as, person.full_name, person.date_of_birth),
        given_for=_given_for(item, purpose),
        also_for=also_for(item, at),
        beyond_capacity=beyond_capacity,
    )


def team_cards(listed: TeamList, at: datetime, *, purpose: str) -> list[Card]:
    """Return a team's items as cards, saying which are more than it can take on in a week."""
    return [
        card(
            item,
            at,
            purpose=purpose,
            beyond_capacity=listed.room is not None and place >= listed.room,
        )
        for place, item in enumerate(listed.items, listed.passed_over)
    ]


def item_shown(page: ItemPage) -> ItemShown:
    """Return the page of an item in words."""
    item, person, flag = page.item, page.person.head, page.item.flag
    verdicts, results = dict(VERDICTS), dict(RESULTS)
    done = [
        (each.at, Done(f"{when(each.at)}, {each.by_name}: {results[each.result]}", _tried(each)))  # type: ignore[index]
        for each in page.attempts
    ] + [(each.at, Done(f"{when(each.at)}, {each.by_name}", each.words)) for each in page.notes]
    talk = next((each for each in page.conversations if each.finished_at is None), None)
    return ItemShown(
        id=str(item.id),
        person_id=str(person.id),
        name=person.known_as,
        who=_who(
            person.known_as,
            "; ".join(each.value for each in page.person.known("full_name")),
            page.person.date_of_birth,
        ),
        died=died_in_words(page.person),
        telephones=_telephones(page.person),
        addresses=addresses_in_words(page.person),
        state=_state(item, in_force=page.flag_holds),
        origin=_origin(item),
        soon=_soon(item),
        self_description=in_words(page.person, "self_description"),
        how_to_communicate=how_to_communicate(page.person),
        safe_contact=[] if page.person.has_died else in_words(page.person, "safe_contact"),
        said=[
            Done(
                ". ".join(
                    filter(
                        None,
                        [
                            _("%(day)s, written down by %(name)s")
                            % {"day": day_in_words(each.said_on), "name": each.written_down_by},
                            each.how,
                        ],
                    )
                ),
                each.words,
            )
            for each in page.said
        ],
        raised=(
            Reason(f"{item.raised_by}: {item.raised_why}", "", *_talked_of_raised(page))
            if item.raised_by
            else None
        ),
        not_to_speak_of=page.raised_unsafely,
        reasons=[_reason(each, page) for each in flag.reasons] if flag else [],
        unknowns=[str(each.get("title", each.get("factor", ""))) for each in flag.unknowns] if flag else [],
        responses=[str(each.get("title", "")) for each in flag.responses] if flag else [],
        route=flag.route_words if flag else "",
        questions=prompts_for(flag.route) if flag else [],
        flag_note=flag_note(page),
        flag_disputed=page.disputed.get((flag._meta.label, str(flag.id)), "") if flag else "",
        judgement=(
            f"{page.judgement.by_name}, {when(page.judgement.at)}: {verdicts[page.judgement.verdict]}"  # type: ignore[index]
            if page.judgement
            else ""
        ),
        judged_why=page.judgement.why if page.judgement else "",
        done=[each for _, each in sorted(done, key=lambda pair: pair[0], reverse=True)],
        concerns=[
            Reason(
                each.words,
                f"{when(each.raised_at)}, {each.raised_by}",
                *_talked_of(each, page),
                page.disputed.get((each._meta.label, str(each.id)), ""),
            )
            for each in page.concerns
        ],
        referrals=[referral_shown(each, ours=True, may_take_back=page.may_refer) for each in page.referrals],
        referred_to_us=[referral_shown(each, ours=False) for each in page.referred_to_us],
        refusals=_refusals(item.refusals) if item.refusals else "",
        whose=_whose(item),
        waits_for=waits_for(page.hand_over.to.user.name, page.asked_away) if page.hand_over else "",
        must_judge=judgement_is_missing(in_force=page.flag_holds, judged=page.judgement is not None),
        too_late=page.is_let_go and page.judgement is None,
        may_work=page.may_work and item.assigned_to is not None,
        may_take=page.may_take,
        may_give=page.may_give,
        open=item.state in OPEN,
        asked_of_me=page.asked_of_me,
        talk_id=str(talk.id) if talk else "",
        needs="" if page.person.has_died else ", ".join(item.skills),
        talks=[_talk(each) for each in page.conversations],
    )


def how_to_communicate(person: Whole) -> list[str]:
    """Return what a person's records say about how to communicate with them."""
    told = partial(in_words, person)
    return [
        *(_("Language: %(language)s") % {"language": each} for each in told("language")),
        *(_("Interpreter: %(interpreter)s") % {"interpreter": each} for each in told("interpreter")),
        *told("how_to_communicate"),
        *told("adjustments"),
    ]


def _telephones(person: Whole) -> list[tuple[str, str]]:
    """Each number to call, and how it is shown."""
    numbers = [each.value.replace(" ", "") for each in person.known("telephone")]
    return list(zip(numbers, in_words(person, "telephone"), strict=True))


def _who(known_as: str, full_name: str, born: date | None) -> str:
    told = _("born %(day)s") % {"day": day_in_words(born)} if born else ""
    return ", ".join(filter(None, [full_name if full_name != known_as else "", told]))


def _talk(talk: Conversation) -> TalkLine:
    if talk.finished_at:
        return TalkLine(str(talk.id), f"{when(talk.finished_at)}, {talk.finished_by}", finished=True)
    begun = _("begun %(when)s by %(name)s, not finished yet")
    said = begun % {"when": when(talk.begun_at), "name": talk.begun_by}
    return TalkLine(str(talk.id), said, finished=False)


def _given_for(item: WorkItem, purpose: str) -> str:
    given = item.flag.release.purpose if item.flag else ""
    return "" if given in ("", purpose) else title_of(given)


def _whose(item: WorkItem) -> str:
    if item.assigned_to is None:
        return _("Nobody has it yet")
    return _("With %(whose)s") % {"whose": item.assigned_to.user.name}


def _state(item: WorkItem, *, in_force: bool) -> Tag:
    if item.state == State.ASSIGNED and not in_force:
        return Tag(
            _("Not started"), "yellow"
        )  # without a flag, or one that has ended, there is none to judge
    return _tag(STATES[State(item.state)])


def _tag(told: tuple[Promise, str]) -> Tag:
    return Tag(str(told[0]), told[1])


def _origin(item: WorkItem) -> str:
    return origin(flagged=item.flag_id is not None, professional=item.priority is not None)


def _soon(item: WorkItem) -> str:
    said = str(dict(PRIORITIES).get(item.priority, "")) if item.priority else ""  # type: ignore[call-overload]
    listed = ""
    if item.flag:
        tier = tier_title(item.flag.policy, item.flag.tier)
        listed = _("%(tier)s, place %(place)s on the list") % {"tier": tier, "place": item.rank}
    return ". ".join(filter(None, [said, listed]))


def _talked(page: ItemPage, code: str) -> tuple[str, bool]:
    """Whether the person was asked how they see a risk; talking with colleagues alone is not that."""
    answer = page.talked_through.get(code)
    if answer is None:
        return _not_talked(page)
    return _("Talked through with them on %(day)s: “%(words)s”") % {
        "day": day_in_words(timezone.localdate(answer.at)),
        "words": answer.words.strip(),
    }, True


def _talked_of_raised(page: ItemPage) -> tuple[str, bool]:
    said, talked = _talked(page, code_of_raised())
    if not page.raised_unsafely:
        return said, talked
    return f"{NOT_SAFE} {said if talked else ''}".strip(), True


def _not_talked(page: ItemPage) -> tuple[str, bool]:
    """Nothing is left to be talked through with somebody who has died."""
    return ("", True) if page.person.has_died else (_("Not yet talked through with the person"), False)


def _talked_of(concern: Concern, page: ItemPage) -> tuple[str, bool]:
    if concern.why_not_safe:  # nothing to talk through: whoever reads it must not be led to
        return str(NOT_SAFE), True
    if concern.talked_through:
        return _("Talked through with the person"), True
    return _not_talked(page)


def _reason(told: dict[str, Any], page: ItemPage) -> Reason:
    since = told.get("fact_date")
    true_on = (
        _("true on %(day)s") % {"day": day_in_words(date.fromisoformat(str(since)[:10]))}
        if since
        else _("date not known")
    )
    whose = organisation_name(str(told.get("organisation", "")))
    # the list's words end with their source, which is shown below them with its organisation
    words, source = str(told.get("words", "")), str(told.get("source_title", ""))
    begins = words.rfind(f" ({source}")
    said, talked = _talked(page, f"{RISK}{told.get('factor', '')}"[:80])
    return Reason(
        words=words[:begins] if source and words.endswith(")") and begins > 0 else words,
        source=", ".join(each for each in (source, whose, true_on) if each),
        talked=said,
        is_talked=talked,
    )


def _refusals(count: int) -> str:
    return ngettext(
        "Said no once: offer something else, or let somebody else offer it",
        "Said no %(count)s times: offer something else, or let somebody else offer it",
        count,
    ) % {"count": count}


def _tried(attempt: Any) -> str:
    offer = _("Next offer: %(offer)s") % {"offer": attempt.next_offer} if attempt.next_offer else ""
    return ". ".join(each for each in (attempt.note, offer) if each)


def when(at: datetime | None) -> str:
    """Return a moment in words; empty if there is none."""
    return moment_in_words(at) if at else ""
