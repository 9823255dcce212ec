"""What agencies disagree about, ready to show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.addresses import address_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import CaseDispute, DisputeRung
from alongside.casework.marm.queries.disputes import DisputePage, DisputesPage
from alongside.casework.marm.rules.clocks import last_day
from alongside.casework.marm.rules.disputes import ENDS, About, CameOf

Row = tuple[str, str]
ABOUT: dict[About, Promise] = {
    About.DECISION: gettext_lazy("A decision"),
    About.ACTION: gettext_lazy("An action"),
    About.NOT_TAKING_PART: gettext_lazy("An agency is not taking part, or is stepping back"),
    About.THRESHOLD: gettext_lazy("Whether it is serious enough"),
    About.LEAD: gettext_lazy("Who leads"),
    About.OTHER: gettext_lazy("Something else"),
}
ENDS_AS: dict[CameOf, Promise] = {
    CameOf.SETTLED: gettext_lazy("Both agreed"),
    CameOf.DECIDED: gettext_lazy("They did not agree, and the last step decided"),
}
CAME: dict[CameOf, Promise] = {
    CameOf.SETTLED: gettext_lazy("Settled"),
    CameOf.TAKEN_UP: gettext_lazy("Taken to the next step"),
    CameOf.DECIDED: gettext_lazy("The last step decided"),
}


@dataclass(frozen=True)
class RungShown:
    """One step: what it is called, who speaks, by when, and what came of it."""

    title: str
    who: str
    by_when: str
    late: bool
    came: str
    words: str
    source: str


@dataclass(frozen=True)
class DisputeLine:
    """One dispute in a list."""

    title: str
    href: str
    state: Tag
    late: str
    meanwhile: str
    source: str


@dataclass(frozen=True)
class DisputesShown:
    """What agencies in a case disagree about."""

    case_id: UUID
    known_as: str
    standing: list[DisputeLine]
    over: list[DisputeLine]
    ladder: list[str]
    may_raise: bool


@dataclass(frozen=True)
class DisputeShown:
    """One dispute with its steps."""

    id: UUID
    case_id: UUID
    known_as: str
    title: str
    state: Tag
    late: str
    about: list[Row]
    action: str
    rungs: list[RungShown]
    next_title: str
    is_last: bool
    may_answer: bool


def disputes_shown(page: DisputesPage, now: datetime) -> DisputesShown:
    """Return the list: unsettled ones first."""
    lines = [(_rungs_of(each)[-1], dispute_line(each, now)) for each in page.disputes]
    return DisputesShown(
        case_id=page.case.id,
        known_as=page.case.person.goes_by,
        standing=[line for rung, line in lines if not rung.came],
        over=[line for rung, line in lines if rung.came],
        ladder=[
            _("%(step)s, within %(time)s") % {"step": each.title, "time": each.within} for each in page.ladder
        ],
        may_raise=page.may_raise,
    )


def dispute_line(dispute: CaseDispute, now: datetime) -> DisputeLine:
    """Return a dispute as one line; its steps were read with it."""
    rung = _rungs_of(dispute)[-1]
    return DisputeLine(
        title=dispute_title(dispute),
        href=address_of("marm:dispute", args=[dispute.id]),
        state=_state(rung),
        late=late_in_words(rung, now),
        meanwhile=dispute.meanwhile,
        source=_raised(dispute),
    )


def dispute_shown(page: DisputePage, now: datetime) -> DisputeShown:
    """Return one dispute: first, what happens for the person meanwhile."""
    dispute = page.dispute
    return DisputeShown(
        id=dispute.id,
        case_id=dispute.case_id,
        known_as=dispute.case.person.goes_by,
        title=dispute_title(dispute),
        state=_state(page.rungs[-1]),
        late=late_in_words(page.rungs[-1], now),
        about=[
            (_("What happens meanwhile"), dispute.meanwhile),
            (_("What is disagreed about, and asked for"), dispute.words),
            (_("Between"), f"{dispute.organisation.name}, {dispute.against.name}"),
            (_("Written down by"), _raised(dispute)),
        ],
        action=dispute.action.words if dispute.action else "",
        rungs=[_rung(each, now) for each in page.rungs],
        next_title=page.next_title,
        is_last=page.now is not None and not page.next_title,
        may_answer=page.may_answer,
    )


def _rungs_of(dispute: CaseDispute) -> list[DisputeRung]:
    return sorted(dispute.rungs.all(), key=lambda each: each.number)


def dispute_title(dispute: CaseDispute) -> str:
    """Say who it is between, and what it is about."""
    return _("%(what)s (%(agency)s and %(other)s)") % {
        "agency": dispute.organisation.name,
        "other": dispute.against.name,
        "what": ABOUT[About(dispute.about)],
    }


def _state(rung: DisputeRung) -> Tag:
    if rung.came and CameOf(rung.came) in ENDS:
        return Tag(str(CAME[CameOf(rung.came)]), "green")
    return Tag(rung.title, "yellow")


def late_in_words(rung: DisputeRung, now: datetime) -> str:
    """Say that a step is late, and when it was due to end; empty if it is not late."""
    if rung.came or rung.due_at > now:
        return ""
    return _("This step was due to end by %(day)s.") % {"day": day_in_words(last_day(rung.due_at))}


def _raised(dispute: CaseDispute) -> str:
    return _("%(name)s, %(organisation)s, %(day)s") % {
        "name": dispute.raised_by,
        "organisation": dispute.organisation.name,
        "day": day_in_words(dispute.raised_at),
    }


def _rung(rung: DisputeRung, now: datetime) -> RungShown:
    source = ""
    if rung.came_at:
        source = _("%(name)s, %(organisation)s, %(day)s") % {
            "name": rung.came_by,
            "organisation": rung.came_from.name if rung.came_from else "",
            "day": day_in_words(rung.came_at),
        }
    return RungShown(
        title=rung.title,
        who=rung.who,
        by_when=_("Due to end by %(day)s.") % {"day": day_in_words(last_day(rung.due_at))},
        late=bool(late_in_words(rung, now)),
        came=str(CAME[CameOf(rung.came)]) if rung.came else "",
        words=rung.came_words,
        source=source,
    )
