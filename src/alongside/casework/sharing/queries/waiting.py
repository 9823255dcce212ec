"""What is waiting for a member to do with sharing: why, since when, and who is waiting for an answer."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import KnownTo
from alongside.casework.sharing import permissions
from alongside.casework.sharing.models import (
    Advice,
    Disclosure,
    InformationRequest,
    LookedAgain,
    RecipientTold,
    ShareDecision,
)
from alongside.casework.sharing.queries.corrections import is_corrected
from alongside.casework.sharing.rules.overrides import LateStep, late_steps
from alongside.casework.sharing.rules.requests import OPEN, State


class Waits(StrEnum):
    """Why something to do with sharing is waiting for a member."""

    TOLD = "told"
    CHANGED = "changed"
    SECOND = "second"
    EMERGENCY = "emergency"
    """What was shared in an emergency, and no second person has looked at."""
    ADVICE = "advice"
    ADVISED = "advised"
    """Advice that the member had asked for, given after they had decided."""
    AGAIN = "again"
    ASKED = "asked"
    """A request for information to the member's organisation."""
    KNOWN = "known"
    """A question about whether somebody is known to the member's organisation."""
    SILENT = "silent"
    """A request that it made, and that is late."""
    LAST_DAY = "last_day"
    """The same, due today."""
    REPLIED = "replied"
    """A request that the member made, and that was recently refused, or of which nothing is held."""
    KNOWN_OR_NOT = "known_or_not"
    """A question about somebody that the member asked, and that was recently answered."""


LATELY = timedelta(days=14)
"""How long an answer is told to whoever asked, and advice that came after they had decided."""
WITH_A_DAY = frozenset({Waits.EMERGENCY, Waits.AGAIN, Waits.ASKED, Waits.SILENT, Waits.LAST_DAY})
"""What is to be done by a day: a second look, a look at one's own decision, an answer to a request."""


@dataclass(frozen=True)
class Waiting:
    """One thing to do with sharing that is waiting for a member.

    Attributes:
        why: why it is waiting.
        id: of what is waiting.
        day: by when it is due; if it has no such day, since when it has waited.
        name: the other organisation, if one is involved.
    """

    why: Waits
    id: UUID
    day: date
    name: str

    @property
    def due(self) -> date | None:
        """The day by which something is to be done; None where it only waits."""
        return self.day if self.why in WITH_A_DAY else None


@query()
def waiting(*, actor: Actor, day: date) -> list[Waiting]:
    """Return what is waiting for the actor to do with sharing, in one query; the oldest first.

    What their organisation was told, or that it has changed, until somebody confirms it; requests for
    information to it, and its own that are late; their own decisions that are due for review or on which
    advice came afterwards, and those of colleagues in their team who have left; for a manager, those of
    everybody who has left, what is to be shared against a refusal or was in an emergency, and questions for
    advice, except their own. It names no person.
    """
    require(permissions.may_read_decisions(actor))
    found = _waits(
        permissions.may_look_second(actor).allowed,
        permissions.may_read_requests(actor).allowed,
        actor.may(Permission.KNOWN_TO_ANSWER).allowed,
        us=actor.member_of, account=actor.account, name=actor.name, teams=list(actor.team_ids), day=day,
        lately=timezone.make_aware(datetime.combine(day - LATELY, time())),
    )  # fmt: skip
    waits = [Waiting(Waits(why), *more) for why, *more in found]
    # whoever asked is told on the last day, which is not late
    return sorted(
        (
            replace(each, why=Waits.LAST_DAY) if each.why is Waits.SILENT and each.day == day else each
            for each in waits
        ),
        key=lambda each: each.day,
    )


@composed_once
def _waits(
    looks_second: bool,
    reads_requests: bool,
    answers_known: bool,
    /,
    *,
    us: UUID,
    account: UUID,
    name: str,
    teams: list[UUID],
    day: date,
    lately: datetime,
) -> QuerySet[Any, Any]:
    ours = ShareDecision.objects.filter(organisation_id=us)
    told = Disclosure.objects.filter(organisation_id=us, opened_at=None)
    again = _to_look_at_again(ours, None if looks_second else teams, us, account, day)
    sender = F("disclosure__from_organisation__name")
    changed = RecipientTold.objects.filter(organisation_id=us, confirmed_at=None).annotate(
        leads_to=F("disclosure_id")
    )
    told_whether = KnownTo.objects.filter(asked_by_id=us, asked_by_name=name, answered_at__gte=lately)
    asked = [
        _as_waiting(
            told_whether, Waits.KNOWN_OR_NOT, TruncDate("answered_at"), F("asked_of__name"), "person_id"
        ),
        _as_waiting(changed, Waits.CHANGED, TruncDate("at"), sender, "leads_to"),
        _as_waiting(told, Waits.TOLD, TruncDate("at"), F("from_organisation__name")),
        _as_waiting(again, Waits.AGAIN, F("next_on"), Value("")),
        _as_waiting(_advised_late(ours, account, lately), Waits.ADVISED, F("advised_on"), Value("")),
    ]
    if looks_second:
        second = ours.filter(override__isnull=False, second_look=None).exclude(decided_by_id=account)
        advice = Advice.objects.filter(organisation_id=us, answered_at=None)
        unsure = advice.exclude(asked_by_id=account)
        asked += [
            _as_waiting(
                second.filter(~Q(is_corrected()), override__emergency=False),
                Waits.SECOND,
                TruncDate("decided_at"),
                Value(""),
            ),
            _as_waiting(
                second.filter(override__emergency=True), Waits.EMERGENCY, F("override__look_by"), Value("")
            ),
            _as_waiting(unsure, Waits.ADVICE, TruncDate("asked_at"), Value("")),
        ]
    if reads_requests:
        requests = InformationRequest.objects.filter(state__in=OPEN)
        to_us, late = requests.filter(asked_of_id=us), requests.filter(asked_by_id=us, due__lte=day)
        replied = InformationRequest.objects.filter(
            asked_by_id=us, asked_by_name=name, state__in=[State.REFUSED, State.NOTHING_HELD],
            ended_at__gte=lately,
        )  # fmt: skip
        asked += [
            _as_waiting(to_us, Waits.ASKED, F("due"), F("asked_by__name")),
            _as_waiting(late, Waits.SILENT, F("due"), F("asked_of__name")),
            _as_waiting(replied, Waits.REPLIED, TruncDate("ended_at"), F("asked_of__name")),
        ]
    if answers_known:
        known = KnownTo.objects.filter(asked_of_id=us, answered_at=None)
        asked.append(_as_waiting(known, Waits.KNOWN, TruncDate("asked_at"), F("asked_by__name")))
    return asked[0].union(*asked[1:], all=True)


def not_looked_at(*, day: date) -> QuerySet[ShareDecision, ShareDecision]:
    """Return what was shared in an emergency and nobody looked at in time, the oldest first.

    Part of a command or query that checked who asks.
    """
    return (
        ShareDecision.objects.filter(override__emergency=True, override__look_by__lt=day, second_look=None)
        .select_related("override", "organisation")
        .order_by("override__look_by", "id")
    )


@dataclass(frozen=True)
class Late:
    """That an organisation has not looked at an emergency, and since when; not who it is about."""

    organisation_id: UUID
    organisation: str
    look_by: date


@query()
def late_looks(*, actor: Actor, day: date) -> list[Late]:
    """Return the emergencies that nobody has looked at although a further working day has passed.

    For the whole partnership, beyond reach, for those who review emergencies; it names no person.
    """
    require(permissions.may_see_late_looks(actor))
    with beyond_reach(actor):
        found = list(not_looked_at(day=day))
    return [
        Late(each.organisation_id, each.organisation.name, by)
        for each in found
        if (by := each.override.look_by) and LateStep.GOVERNANCE in late_steps(by, day, taken=())
    ]


def _to_look_at_again(
    ours: QuerySet[ShareDecision], teams: Any, us: Any, account: Any, day: Any
) -> QuerySet[ShareDecision, ShareDecision]:
    """Decisions due for review: the actor's own, and those of people who left; see ``look_again_on``.

    ``teams``: the teams to which those who left belonged; None for any team.
    """
    looks = LookedAgain.objects.filter(decision=OuterRef("pk")).order_by("-at")
    said = Coalesce("override__review_on", "review_on")
    next_on = Case(When(Exists(looks), then=Subquery(looks.values("again_on")[:1])), default=said)
    here = Membership.objects.filter(organisation_id=us, user_id=OuterRef("decided_by_id"))
    theirs = ~Q(Exists(here.on(day)))
    if teams is not None:
        theirs &= Q(Exists(here.filter(among("team_id", teams))))
    return ours.annotate(next_on=next_on).filter(
        Q(decided_by_id=account) | theirs,
        # asked last, and not of every decision of the organisation
        Case(
            When(next_on__lte=day, then=~Q(is_corrected())),
            default=Value(value=False),
            output_field=BooleanField(),
        ),
    )


def _advised_late(ours: QuerySet[ShareDecision], account: Any, since: Any) -> QuerySet[Any, Any]:
    """The actor's own decisions on which advice came afterwards, until they review or correct them."""
    late = Advice.objects.filter(id=OuterRef("advice_id"), answered_at__gt=OuterRef("decided_at"))
    mine = ours.filter(decided_by_id=account, advice_id__isnull=False).annotate(
        advised_at=Subquery(late.values("answered_at")[:1])
    )
    looked = LookedAgain.objects.filter(decision=OuterRef("pk"), at__gte=OuterRef("advised_at"))
    return mine.annotate(advised_on=TruncDate("advised_at")).filter(
        ~Q(is_corrected()), ~Q(Exists(looked)), advised_at__gte=since
    )


def _as_waiting(found: QuerySet[Any], why: Waits, day: Any, name: Any, key: str = "id") -> QuerySet[Any, Any]:
    """Rows of one table in the shape shared by all: why, id, day, the other organisation's name."""
    named: QuerySet[Any] = found.order_by().annotate(
        waits=Value(why.value), on=day, name=Cast(name, CharField())
    )
    return named.values_list("waits", key, "on", "name")
