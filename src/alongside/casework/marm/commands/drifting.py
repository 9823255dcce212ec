"""Finding, every night, what drifts: in a few questions to the database, however many people there are."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, Concern, DriftFound, Lead
from alongside.casework.marm.queries.pack import adding_up_limits, marm_pack
from alongside.casework.marm.rules.adding_up import Raised, adds_up
from alongside.casework.marm.rules.drift import Drift, Known, Limits, drifting
from alongside.casework.marm.rules.stages import STANDING, Stage, Urgency
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.people.models import Involvement, Person


class NothingDriftsError(AlreadyDoneError):
    """Nothing drifts that did not drift the night before, and nothing stopped."""


@command
def find_drift(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """Note what drifts now and did not before, and what does no longer; return how many of each.

    Raises:
        NotAllowedError: the actor is no part of the system that sees all.
        NothingDriftsError: there is nothing to note.
    """
    require(permissions.may_find_drift(actor))
    now = {
        (person, found.drift): found
        for person, known in _known(at).items()
        for found in drifting(known, at=at, limits=_limits())
    }
    noted = {
        (person, Drift(drift)): key
        for key, person, drift in DriftFound.objects.filter(gone_at=None).values_list("id", "person", "drift")
    }
    new = [(person, drift, found.agencies, found.since) for (person, drift), found in now.items()
           if (person, drift) not in noted]  # fmt: skip
    gone = [key for which, key in noted.items() if which not in now]
    if not new and not gone:
        raise NothingDriftsError(_("Nothing drifts that did not before."))
    DriftFound.note_many(new, at=at)
    DriftFound.objects.filter(id__in=gone).update(gone_at=at)
    record(events.DRIFT_FOUND, actor=actor, new=len(new), gone=len(gone))
    if new:
        tell_those_who_may(Permission.CASE_COORDINATE, actor=actor, at=at)
    return len(new), len(gone)


def _limits() -> Limits:
    pack = marm_pack()
    triage = pack.clocks.triage
    return Limits(pack.drift.agencies, pack.drift.without_lead, triage.high, triage.other)


def _known(at: datetime) -> dict[UUID, Known]:
    """Of each person of whom anything is known here, by the record that is read."""
    root = Person.objects.who_is_read()

    known: dict[UUID, Known] = {}
    agencies: dict[UUID, set[str]] = defaultdict(set)
    lines = Involvement.objects.filter(until=None, person__died_on=None)
    for person, name in lines.values_list("person", "organisation__name").distinct():
        agencies[root(person)].add(name)
    for person, names in agencies.items():
        known[person] = Known(agencies=names)
    concerns: dict[UUID, list[Raised]] = defaultdict(list)
    raised = Concern.objects.filter(person__died_on=None).order_by("raised_at")
    for key, person, name, when in raised.values_list("id", "person", "organisation__name", "raised_at"):
        concerns[root(person)].append(Raised(key, name, timezone.localdate(when)))
    limits, day = adding_up_limits(), timezone.localdate(at)
    for person, several in concerns.items():
        if adding := adds_up(several, day=day, limits=limits):
            known[person] = replace(known.get(person, Known()), concerns=adding.agencies)
    without = _without_lead()
    standing = Case.objects.filter(stage__in=STANDING)
    for key, person, stage, urgency, asked_at in standing.values_list(
        "id", "person", "stage", "urgency", "asked_at"
    ):
        known[root(person)] = replace(
            known.get(root(person), Known()),
            stage=Stage(stage),
            urgent=urgency == Urgency.HIGH,
            asked_at=asked_at,
            without_lead_since=without.get(key),
        )
    return known


def _without_lead() -> dict[UUID, datetime]:
    """By case since when nobody leads it: the last one's end, else when the first began to act."""
    led = Lead.objects.filter(acting=False, accepted_at__isnull=False, case__stage=Stage.OPEN)
    leads_now = set(led.filter(until=None).values_list("case", flat=True))
    begun = dict(
        Lead.objects.filter(acting=True, case__stage=Stage.OPEN)
        .values_list("case")
        .annotate(Min("asked_at"))
        .order_by()
    )
    begun |= dict(led.exclude(until=None).order_by("until").values_list("case", "until"))
    return {case: since for case, since in begun.items() if case not in leads_now}
