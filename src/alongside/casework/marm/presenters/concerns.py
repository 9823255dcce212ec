"""Concerns, ready to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.area.marm_models import Forum
from alongside.casework.design.addresses import address_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import Concern, Onward, Screening
from alongside.casework.marm.permissions import may_raise_concerns, may_work_on_cases
from alongside.casework.marm.presenters.words import CAME
from alongside.casework.marm.queries.concerns import ConcernAsked, ConcernsPage
from alongside.casework.marm.queries.pack import forum_title
from alongside.casework.marm.rules.adding_up import AddingUp
from alongside.casework.marm.rules.onward import Came
from alongside.casework.marm.rules.screening import may_be_safeguarding
from alongside.casework.people.presenters.words import NOT_SAFE

CONCERN = Concern._meta.label


@dataclass(frozen=True)
class ConcernShown:
    """One concern: who raised it and when, the warning if it is unsafe to speak of, and if it is disputed."""

    words: str
    source: str
    danger: bool
    warning: str
    disputed: str


@dataclass(frozen=True)
class OnwardShown:
    """What was sent to another process, and what came of it."""

    title: str
    why: str
    source: str
    came: Tag
    came_words: str
    note_href: str


@dataclass(frozen=True)
class ConcernsShown:
    """The page of a person's concerns."""

    id: UUID
    known_as: str
    adding_up: str
    concerns: list[ConcernShown]
    of_others: list[str]
    screenings: list[str]
    onward: list[OnwardShown]
    case_href: str
    may_raise: bool
    may_ask: bool


@dataclass(frozen=True)
class MeantShown:
    """What else a concern may mean.

    Attributes:
        forums: title, when to think of it, its address, whether it was checked, and if it takes the lead.
    """

    id: UUID
    known_as: str
    words: str
    danger: bool
    forums: list[tuple[str, str, str, bool, bool]]


def concerns_shown(page: ConcernsPage) -> ConcernsShown:
    """Return the page."""
    return ConcernsShown(
        id=page.person.id,
        known_as=page.person.goes_by,
        adding_up=adding_up_words(page.adding_up) if page.adding_up else "",
        concerns=[concern_shown(each, page) for each in page.concerns],
        of_others=[
            _("%(organisation)s, %(day)s") % {"organisation": each.agency, "day": day_in_words(each.on)}
            for each in page.of_others
        ],
        screenings=[screening_line(each) for each in page.screenings],
        onward=[
            onward_shown(each, page.person.id, ours=each.organisation_id == page.reader.organisation_id)
            for each in page.onward
        ],
        case_href=address_of("marm:case", args=[page.case.id]) if page.case else "",
        may_raise=may_raise_concerns(page.reader).allowed,
        may_ask=may_work_on_cases(page.reader).allowed,
    )


def concern_shown(concern: Concern, page: ConcernsPage) -> ConcernShown:
    """Return one concern."""
    source = _("%(name)s, %(organisation)s, %(day)s.") % {
        "name": concern.raised_by,
        "organisation": concern.organisation.name,
        "day": day_in_words(concern.raised_at),
    }
    talked = _("Talked through with the person.") if concern.talked_through else ""
    return ConcernShown(
        concern.words,
        f"{source} {talked}".strip(),
        concern.immediate_danger,
        str(NOT_SAFE) if concern.why_not_safe else "",
        page.disputed.get((CONCERN, str(concern.id)), ""),
    )


def adding_up_words(found: AddingUp) -> str:
    """Say how many concerns there are, from whom, and since when."""
    count = ngettext("%(count)s concern", "%(count)s concerns", found.count) % {"count": found.count}
    return _("%(count)s since %(day)s, from %(agencies)s.") % {
        "count": count,
        "day": day_in_words(found.since),
        "agencies": ", ".join(found.agencies),
    }


def screening_line(screening: Screening) -> str:
    """Say what was checked and what came of it."""
    if screening.leads_on:
        said = _("The answers point there.")
    elif may_be_safeguarding(screening.answers):
        said = _("It is not known whether there is abuse or neglect: ask the safeguarding team.")
    else:
        said = _("The answers do not point there.")
    return _("%(forum)s: checked by %(name)s on %(day)s. %(said)s %(words)s") % {
        "forum": forum_title(screening.forum),
        "name": screening.by,
        "day": day_in_words(screening.at),
        "said": said,
        "words": screening.words,
    }


def screened_words(screening: Screening) -> str:
    """Say what a screening leads to, once it is saved."""
    if may_be_safeguarding(screening.answers):
        return _(
            "Your answers are saved. If you are not sure whether there is abuse or neglect, ask the "
            "safeguarding team: suspicion is enough to send it to them."
        )
    if not screening.leads_on:
        return _("Your answers are saved. They do not point there, but you can still send it.")
    return _("Your answers are saved. They point to: %(forum)s. Send it there now.") % {
        "forum": forum_title(screening.forum)
    }


def raised_words(concern: Concern) -> str:
    """Say that a concern is saved."""
    if concern.immediate_danger:
        return _("Your concern is written down. Stay on the line with 999 until they have what they need.")
    return _("Your concern is written down")


def onward_shown(onward: Onward, person_id: UUID, *, ours: bool) -> OnwardShown:
    """Return what was sent on; whoever sent it can note what came of it until it is over there."""
    open_still = onward.came in ("", Came.TAKEN_ON)
    colour = {"": "yellow", Came.TAKEN_ON: "blue", Came.NOT_TAKEN_ON: "orange", Came.ENDED: "grey"}
    reference = _("Reference %(reference)s.") % {"reference": onward.reference} if onward.reference else ""
    source = _("Sent to %(to)s by %(name)s, %(organisation)s, on %(day)s.") % {
        "to": onward.sent_to,
        "name": onward.sent_by,
        "organisation": onward.organisation.name,
        "day": day_in_words(onward.sent_on),
    }
    alone = _("Only your organisation sees this.") if ours and onward.case_id is None else ""
    came_words = ""
    if onward.came and onward.came_on:
        came_words = _("%(day)s: %(words)s") % {
            "day": day_in_words(onward.came_on),
            "words": onward.came_words,
        }
    return OnwardShown(
        title=forum_title(onward.forum),
        why=onward.why,
        source=" ".join(filter(None, (source, reference, alone))),
        came=Tag(
            str(CAME[Came(onward.came)]) if onward.came else _("Nothing heard yet"), colour[onward.came]
        ),
        came_words=came_words,
        note_href=address_of("marm:came_back", args=[person_id, onward.id]) if ours and open_still else "",
    )


def onward_in_short(onward: Onward) -> str:
    """Say what was sent where, in a line."""
    return _("%(forum)s, sent to %(to)s on %(day)s") % {
        "forum": forum_title(onward.forum),
        "to": onward.sent_to,
        "day": day_in_words(onward.sent_on),
    }


def meant_shown(page: ConcernAsked) -> MeantShown:
    """Return what else a concern may mean."""

    def address(code: str) -> str:
        return f"{address_of('marm:screen', args=[page.person.id, code])}?concern={page.concern.id}"

    return MeantShown(
        id=page.person.id,
        known_as=page.person.goes_by,
        words=page.concern.words,
        danger=page.concern.immediate_danger,
        forums=[
            (each.title, each.when, address(each.code), each.code in page.screened, each.instead)
            for each in page.forums
        ],
    )


def forums_shown(
    forums: Iterable[Forum], person_id: UUID, because_of: str
) -> list[tuple[str, str, str, bool]]:
    """Return every other process: title, when to think of it, where it is checked or sent to, if it leads."""
    return [
        (
            each.title,
            each.when,
            address_of("marm:screen" if each.asks else "marm:send_onward", args=[person_id, each.code])
            + because_of,
            each.instead,
        )
        for each in forums
    ]
