"""A conversation to read again: what came of it, and every question with its answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.outreach.models import Conversation, Outcome
from alongside.casework.outreach.presenters import when
from alongside.casework.outreach.presenters.referrals import referral_shown
from alongside.casework.outreach.presenters.talks import ANSWERS, Prompt, themes
from alongside.casework.outreach.queries.pages import ConversationPage
from alongside.casework.outreach.rules import OutcomeKind
from alongside.casework.people.presenters.whole import in_words

KINDS: Mapping[str, Promise] = {
    OutcomeKind.SIGNPOST: gettext_lazy("A service they were pointed to"),
    OutcomeKind.ADVICE: gettext_lazy("Advice"),
    OutcomeKind.REFERRAL: gettext_lazy("A referral"),
    OutcomeKind.CONCERN: gettext_lazy("Something that worries us"),
}


@dataclass(frozen=True)
class Answered:
    """A question as it was asked, and what was written down; empty if nobody answered it."""

    asked: str
    words: str
    line: str
    """When, and by whom."""


@dataclass(frozen=True)
class Part:
    """One theme of a conversation."""

    title: str
    answers: list[Answered]


@dataclass(frozen=True)
class CameShown:
    """One thing that came of a conversation; of a referral also what the person must not find out."""

    kind: str
    words: str
    line: str = ""
    """Who was asked, and what the person said about it."""
    warning: str = ""


@dataclass(frozen=True)
class Reading:
    """A conversation as it was."""

    name: str
    guide: str
    item_id: str
    lines: list[str]
    """Who began and ended it, when, and what was said about danger."""
    finished: bool
    safe_contact: list[str]
    """What to heed before the page for the person to keep is given to them."""
    parts: list[Part]
    """What was answered."""
    silent: list[Part]
    """What was not, or not written down."""
    next_steps: str
    came: list[CameShown]


def reading(page: ConversationPage) -> Reading:
    """Return a conversation to read, with what was answered apart from what was not."""
    talk = page.talk
    asked = [
        Part(each.title, [_answered(prompt) for prompt in each.prompts if prompt.takes_answer])
        for each in themes(page)
    ]
    return Reading(
        name=page.person.head.known_as,
        guide=str(talk.guide_words["title"]),
        item_id=str(talk.item_id),
        lines=[
            _("Begun %(when)s by %(name)s") % {"when": when(talk.begun_at), "name": talk.begun_by},
            _("Finished %(when)s by %(name)s") % {"when": when(talk.finished_at), "name": talk.finished_by}
            if talk.finished_at
            else _("Not finished yet"),
            _danger(talk),
        ],
        finished=talk.finished_at is not None,
        safe_contact=[] if page.person.has_died else in_words(page.person, "safe_contact"),
        parts=_those(asked, answered=True),
        silent=_those(asked, answered=False),
        next_steps=talk.next_steps,
        came=[_came(each) for each in page.came],
    )


def _those(asked: list[Part], *, answered: bool) -> list[Part]:
    """Those questions of each theme, without themes that have none."""
    parts = (Part(each.title, [one for one in each.answers if bool(one.words) is answered]) for each in asked)
    return [each for each in parts if each.answers]


def _danger(talk: Conversation) -> str:
    if talk.danger is None:
        return _("Nobody has asked yet whether somebody is in immediate danger")
    if talk.danger_said_at is None:
        return _("Nobody was said to be in immediate danger")
    said = _("Somebody was said to be in immediate danger, %(when)s") % {"when": when(talk.danger_said_at)}
    if talk.danger:
        return said
    passed = _("asked again %(when)s, nobody was said to be") % {"when": when(talk.danger_asked_at)}
    return f"{said}; {passed}"


def _answered(prompt: Prompt) -> Answered:
    words = "\n".join(str(ANSWERS.get(each, each)) for each in prompt.words.split("\n"))
    return Answered(prompt.say, words if prompt.words.strip() else "", prompt.saved)


def _came(came: Outcome) -> CameShown:
    kind, words = str(KINDS[came.kind]), _words(came)
    if came.referral is None:
        return CameShown(kind, words)
    shown = referral_shown(came.referral, ours=True)
    since = f" {shown.state.words}." if came.referral.taken_back_at else ""
    return CameShown(kind, words, f"{shown.organisation}. {shown.agrees}.{since}", shown.warning)


def _words(came: Outcome) -> str:
    return came.words or ", ".join(filter(None, [came.service_name, came.service_telephone]))
