"""What is decided about runs, releases, flags and data questions without looking anything up."""

import re
import unicodedata
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.area.models import Purpose, Service
from alongside.casework.accounts.rules import CONTACT_TEAM
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.errors import CaseworkError

FLAG_LASTS = timedelta(weeks=6)
"""After that, a flag nobody acted on says little about a person; the next run says what holds then."""
OBJECTED = "objected"
"""What those of a list are counted as who objected to being found."""
DIED = "died"
"""What those are counted as whose records say that they died."""
ASKED_NOT_TOLD = "asked_not_told"
"""What those are counted as who asked that an organisation their route leads to is not told."""
LEFT_OUT = frozenset({OBJECTED, DIED, ASKED_NOT_TOLD})
"""What is counted of people whom no other choice of organisations would let in."""
SHORTEST_REASON = 20
"""Characters of a reason for a release, at least: "ok" is not one."""
LATE_AFTER = {
    "live": 1,
    "daily": 1,
    "weekly": 7,
    "monthly": 31,
    "quarterly": 92,
    "termly": 120,
    "yearly": 366,
}
"""Days after which an extract with that refresh is late; one that comes ``once`` never is."""


class ReasonTooShortError(CaseworkError):
    """A release, or its withdrawal, needs a reason that somebody else can follow."""


class PurposeNotFitError(CaseworkError):
    """Nothing may be released for this purpose now; the message says what is missing or overdue."""


def flag_expires(released_at: datetime) -> datetime:
    """Return when a flag released then expires."""
    return released_at + FLAG_LASTS


@dataclass(frozen=True)
class Pair:
    """A doubtful pair of records, without what they say."""

    source_a: str
    record_a: str
    source_b: str
    record_b: str
    probability: float
    question: str

    @property
    def about(self) -> frozenset[tuple[str, str]]:
        """The two records, whichever was named first."""
        return frozenset(((self.source_a, self.record_a), (self.source_b, self.record_b)))


@dataclass(frozen=True)
class RunRead:
    """What may be told of a run folder: counts and words, and nobody in it.

    Attributes:
        folder: its name inside the folder of runs.
        manifest_hash: SHA-256 of its manifest, which holds the hash of every other file.
        area: code of its area pack.
        as_at: the day it looks from.
        counts: records, people, doubtful pairs, people on a list.
        quality: source to its status and its six elements.
        policies: name with version to title, purpose, tiers, routes and whom it excludes, as they stood;
            ``not_read`` (exclusion to the sources that would say more of it) and ``as_known_on``, the day
            of the run that says it instead, if any.
        tiers: policy to tier to ``people``, ``within_capacity`` and ``routes`` (route to how many people).
        pairs: what a clerk is asked.
        not_followed: the two records of each answer it did not follow, to the system of which both people
            have a number, and the numbers differ.
    """

    folder: str
    manifest_hash: str
    area: str
    as_at: date
    counts: dict[str, int]
    quality: dict[str, Any]
    policies: dict[str, Any]
    tiers: dict[str, Any]
    pairs: tuple[Pair, ...]
    not_followed: Mapping[frozenset[tuple[str, str]], str] = field(default_factory=dict)


def list_of(policy: str) -> str:
    """Return the name of the list that a policy makes: every version of the policy makes the same one."""
    return policy.partition("/")[0]


@dataclass(frozen=True)
class OpenTo:
    """A service somebody is open to, and the post that holds the case there."""

    service: str
    worker: str


@dataclass(frozen=True)
class ReleasedPerson:
    """One person of a run on a released tier: ``known`` is by the column names of a person's record."""

    insight_id: str
    known: dict[str, Any]
    tier: str
    rank: int
    reasons: list[dict[str, Any]]
    unknowns: list[dict[str, Any]]
    responses: list[dict[str, Any]]
    route: str
    route_words: str
    open_to: tuple[OpenTo, ...] = ()


@dataclass(frozen=True)
class KnownOfAll:
    """What a run knows of anybody, on a list or not, that holds here at once; each by their pseudonym."""

    protected: frozenset[str] = frozenset()
    """Whose address must be protected."""
    died: frozenset[str] = frozenset()
    objected: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cohort:
    """People read from a run for a release, and the manifest of the run they were read from.

    ``protected`` are those whose address must be protected, whoever is released: most are on no list.
    """

    manifest_hash: str
    people: Iterable[ReleasedPerson]
    protected: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """What a clerk said of two records, as the decisions file has it."""

    source_a: str
    record_a: str
    source_b: str
    record_b: str
    answer: str
    by: str
    at: str
    why: str


Record = tuple[str, str]
"""A record, by its source and its number there."""


@dataclass(frozen=True)
class Held:
    """An answer in force: whether two records are one person's."""

    id: UUID
    one: Record
    other: Record
    same: bool


def at_odds(one: Record, other: Record, *, same: bool, held: Sequence[Held]) -> list[Held]:
    """Return the answers in force that, taken together, leave no room for another; none where it fits.

    Records that are the same as a third are one person's, however many answers lie between them. If two of
    one person's records were told apart as well, the next run would have to refuse all answers.

    Args:
        one: a record.
        other: another.
        same: whether they are now said to be one person's.
        held: the answers in force; none about these same two.
    """
    joined = [each for each in held if each.same]
    from_one = _chains(one, joined)
    if not same:
        return from_one.get(other, [])
    if other in from_one:
        return []
    from_other = _chains(other, joined)
    for apart in held:
        for here, there in ((apart.one, apart.other), (apart.other, apart.one)):
            if not apart.same and here in from_one and there in from_other:
                return [*from_one[here], apart, *from_other[there]]
    return []


def reaching(one: Record, other: Record, held: Sequence[Held]) -> list[Held]:
    """Return the answers by which either of two records is one person's with others, in their order."""
    joined = [each for each in held if each.same]
    reached = _chains(one, joined).keys() | _chains(other, joined).keys()
    return [each for each in joined if each.one in reached]


def _chains(start: Record, joined: Sequence[Held]) -> dict[Record, list[Held]]:
    """Each record that is one person's with this one, and the fewest answers that say so."""
    touching: dict[Record, list[tuple[Record, Held]]] = {}
    for each in joined:
        touching.setdefault(each.one, []).append((each.other, each))
        touching.setdefault(each.other, []).append((each.one, each))
    found: dict[Record, list[Held]] = {start: []}
    nearest = deque([start])
    while nearest:
        here = nearest.popleft()
        for there, by in touching.get(here, []):
            if there not in found:
                found[there] = [*found[here], by]
                nearest.append(there)
    return found


def changes_since(before: RunRead | None, now: RunRead) -> dict[str, Any]:
    """Return what differs from the run before: figures as ``[before, now]``, what came or went."""
    if before is None:
        return {}

    def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, list[Any]]:
        names = sorted({*one, *other})
        return {
            name: [one.get(name, 0), other.get(name, 0)]
            for name in names
            if one.get(name, 0) != other.get(name, 0)
        }

    return {
        "since": before.as_at.isoformat(),
        "counts": differing(before.counts, now.counts),
        "tiers": differing(_people_of(before.tiers), _people_of(now.tiers)),
        "policies_new": sorted(set(now.policies) - set(before.policies)),
        "policies_gone": sorted(set(before.policies) - set(now.policies)),
        "sources": {
            code: [_status(before.quality, code), _status(now.quality, code)]
            for code in sorted({*before.quality, *now.quality})
            if _status(before.quality, code) != _status(now.quality, code)
        },
    }


def overtaken_in_words(day: date) -> str:
    """Say why nothing is released any more from a run that another, of this day, overtook."""
    return _(
        "Nothing more is released from this run, because the run as at %(day)s is newer: it may know that "
        "somebody on these lists has died, objects, or has an address that must be protected. Release from "
        "the newer run."
    ) % {"day": day_in_words(day)}


def _people_of(tiers: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    return {
        f"{policy} {tier}": figures["people"]
        for policy, each in tiers.items()
        for tier, figures in each.items()
    }


def _status(quality: Mapping[str, Any], code: str) -> str:
    return str(quality[code]["status"]) if code in quality else "not in the pack"


def basis_of(purpose: Purpose, *, on: date) -> dict[str, Any]:
    """Return the basis in law of a purpose, to keep with a release.

    Raises:
        PurposeNotFitError: it names no power, no impact assessment or no agreement, or its review is overdue.
    """
    needed = {
        _("power or duty in law"): purpose.power,
        _("basis in UK GDPR Article 6"): purpose.article_6,
        _("data protection impact assessment"): purpose.dpia,
        _("sharing agreement"): purpose.agreement,
    }
    if missing := [what for what, said in needed.items() if not said.strip()]:
        raise PurposeNotFitError(
            _(
                "The purpose “%(title)s” has no %(what)s. Add it to the area pack first: "
                "nothing may be released without it."
            )
            % {"title": purpose.title, "what": missing[0]}
        )
    if purpose.review_date < on:
        raise PurposeNotFitError(
            _(
                "The purpose “%(title)s” was due for review by %(review_date)s. Ask %(owner)s to "
                "review it and put the next date in the area pack."
            )
            % {
                "title": purpose.title,
                "review_date": day_in_words(purpose.review_date),
                "owner": purpose.owner,
            }
        )
    return purpose.model_dump(mode="json")


def services_that_take(
    person: ReleasedPerson, routes: Sequence[Mapping[str, Any]], services: Mapping[str, Service]
) -> list[OpenTo]:
    """Return where a person's route leads: running services they are open to, or else the team it names.

    Args:
        person: with the route of their list.
        routes: of the policy, as it stood in the run.
        services: code to service, as the pack has them now.
    """
    lines = [line for line in routes if line.get("open_to") and line.get("then") == person.route]
    if not lines:
        return [OpenTo(person.route or CONTACT_TEAM, "")]
    return [
        held
        for held in person.open_to
        if (service := services.get(held.service)) is not None
        and service.running
        and any(_is_about(line["open_to"], service) for line in lines)
    ]


def _is_about(open_to: str, service: Service) -> bool:
    match open_to:
        case "any_service":
            return True
        case "any_critical_service":
            return service.critical
        case wanted:
            return wanted in (service.code, service.group)


def receivers(
    taken: Iterable[OpenTo],
    runs: Mapping[UUID, Collection[str]],
    *,
    contact: UUID | None,
) -> dict[UUID, OpenTo]:
    """Return which organisations get a flag, and for which service: each once, for the first it runs.

    Args:
        taken: where the person's route leads.
        runs: organisation the cohort is released to, to the services its teams run.
        contact: the organisation named to contact people nobody works with; else whoever runs that team.
    """
    found: dict[UUID, OpenTo] = {}
    for held in taken:
        if held.service == CONTACT_TEAM and contact is not None:
            found.setdefault(contact, held)
            continue
        for organisation, services in runs.items():
            if held.service in services:
                found.setdefault(organisation, held)
    return found


def late(newest: date | None, refresh: str, *, on: date) -> bool:
    """Whether an extract whose newest row has that date is late on a day, by the refresh promised."""
    limit = LATE_AFTER.get(refresh)
    return limit is not None and (newest is None or (on - newest).days > limit)


_NUMBER = re.compile(
    r"\b(?:\d{10}|\d{3}[ -]\d{3}[ -]\d{4}|[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D])\b", re.IGNORECASE
)
"""An NHS number or a National Insurance number; a telephone number is neither."""


def names_somebody(words: str, names: Iterable[str] = ()) -> bool:
    """Whether words contain one of these names as a whole word, or an NHS or National Insurance number."""
    if _NUMBER.search(words):
        return True
    said = set(_plain(words))
    return any(len(part) > 1 and part in said for name in names for part in _plain(name))


def _plain(words: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", words)
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign)).lower()
    return re.findall(r"[^\W_]+", kept)
