"""The engagement log of a case, ready to show."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import EngagementTry
from alongside.casework.marm.queries.engagement import EngagementPage
from alongside.casework.marm.rules.engagement import CameOfIt, Tried

TRIED: dict[Tried, Promise] = {
    Tried.VISIT: gettext_lazy("A visit"),
    Tried.TELEPHONE: gettext_lazy("By telephone"),
    Tried.MESSAGE: gettext_lazy("A message or e-mail"),
    Tried.LETTER: gettext_lazy("A letter"),
    Tried.WITH_SOMEBODY: gettext_lazy("With somebody they trust"),
    Tried.ELSEWHERE: gettext_lazy("Somewhere they go anyway"),
}
CAME_OF_IT: dict[CameOfIt, Promise] = {
    CameOfIt.SPOKE: gettext_lazy("We spoke"),
    CameOfIt.ANOTHER_TIME: gettext_lazy("They asked for another time"),
    CameOfIt.DECLINED: gettext_lazy("They declined"),
    CameOfIt.NO_ANSWER: gettext_lazy("Nobody answered"),
    CameOfIt.NOT_SAFE: gettext_lazy("It was not safe to go on"),
}
_COLOUR = {
    CameOfIt.SPOKE: "green",
    CameOfIt.ANOTHER_TIME: "turquoise",
    CameOfIt.DECLINED: "yellow",
    CameOfIt.NO_ANSWER: "grey",
    CameOfIt.NOT_SAFE: "red",
}


@dataclass(frozen=True)
class TryShown:
    """One try."""

    title: str
    came: Tag
    words: str
    worked: str
    source: str


@dataclass(frozen=True)
class EngagementShown:
    """What was tried, with what worked first."""

    case_id: UUID
    known_as: str
    counted: list[tuple[str, str]]
    worked: list[tuple[str, str]]
    tries: list[TryShown]
    may_add: bool


def engagement_shown(page: EngagementPage) -> EngagementShown:
    """Return a page of the log."""
    return EngagementShown(
        case_id=page.case.id,
        known_as=page.case.person.goes_by,
        counted=[
            (_("Tried"), _times(page.count)),
            (_("Agencies that tried"), str(page.agencies)),
            (_("Reached the person, whatever they said"), _times(page.in_touch)),
        ]
        if page.count
        else [],
        worked=[(each.worked, _source(each)) for each in page.worked],
        tries=[
            TryShown(
                title=_("%(how)s, %(day)s") % {"how": TRIED[Tried(each.tried)], "day": day_in_words(each.on)},
                came=Tag(str(CAME_OF_IT[CameOfIt(each.came)]), _COLOUR[CameOfIt(each.came)]),
                words=each.words,
                worked=each.worked,
                source=_source(each),
            )
            for each in page.tries
        ],
        may_add=page.may_add,
    )


def _times(number: int) -> str:
    return ngettext("%(number)s time", "%(number)s times", number) % {"number": number}


def _source(each: EngagementTry) -> str:
    return _("%(name)s, %(organisation)s, %(day)s") % {
        "name": each.noted_by,
        "organisation": each.organisation.name,
        "day": day_in_words(each.on),
    }
