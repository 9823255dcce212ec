"""Reading runs, releases, flags, doubtful links, questions about data, and how fresh each source is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _

from alongside.area import AreaPack
from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.queries import organisations_by_name
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.queries import is_visible
from alongside.casework.sources import permissions
from alongside.casework.sources.models import (
    DataQuestion,
    DataQuestionMessage,
    Flag,
    Release,
    Run,
)
from alongside.casework.sources.models.releases import FlagQuerySet
from alongside.casework.sources.rules import late

RUNS_AT_ONCE = 50


def flags_visible_to(actor: Actor) -> FlagQuerySet:
    """Return the flags of the actor's organisation; row-level security enforces the same again."""
    if actor.reach == EVERYBODY:
        return Flag.objects.all()
    return Flag.objects.filter(organisation_id=actor.member_of)


@dataclass(frozen=True)
class RunListed:
    """A run and how many releases were made from it; none means it waits, unless a newer one overtook it."""

    run: Run
    releases: int
    overtaken: bool = False


@query()
def list_runs(*, actor: Actor, on: date) -> list[RunListed]:
    """Return the runs opened here, the newest first, and which of them are overtaken on a day."""
    require(permissions.may_read_runs(actor))
    in_order = Run.objects.order_by("-as_at", "-opened_at")
    runs: QuerySet[Any] = in_order.annotate(released=Count("releases"))[:RUNS_AT_ONCE]
    newest = in_order.filter(as_at__lte=on).first()
    until = (newest.as_at, newest.opened_at) if newest else None
    return [
        RunListed(run, run.released, until is not None and (run.as_at, run.opened_at) < until) for run in runs
    ]


@query()
def run_newer_than(*, actor: Actor, run: Run, on: date) -> Run | None:
    """Return the newest of the runs that overtook this one, from which nothing may then be released."""
    require(permissions.may_read_runs(actor))
    return Run.objects.newer_than(run, on=on).first()


@query()
def get_run(*, actor: Actor, run_id: UUID) -> Run:
    """Return a run.

    Raises:
        NotFoundError: there is none.
    """
    require(permissions.may_read_runs(actor))
    run = Run.objects.filter(id=run_id).first()
    if run is None:
        raise NotFoundError(_("There is no such run."))
    return run


@query()
def opened_folders(*, actor: Actor) -> dict[str, str]:
    """Return the hash of the manifest of each run opened here, by its folder."""
    require(permissions.may_read_runs(actor))
    return dict(Run.objects.order_by("opened_at").values_list("folder", "manifest_hash"))


@query()
def releases_of(*, actor: Actor, run_id: UUID) -> list[Release]:
    """Return what was released from a run."""
    require(permissions.may_read_runs(actor))
    return list(Release.objects.filter(run_id=run_id).order_by("approved_at"))


@query()
def organisations_to_name(*, actor: Actor) -> list[Organisation]:
    """Return the organisations somebody may release to."""
    require(permissions.may_read_runs(actor))
    return organisations_by_name()


@dataclass(frozen=True)
class ReleasePage:
    """A release and how many people each organisation and tier got. It names nobody."""

    release: Release
    organisations: list[str]
    given: list[tuple[str, str, int]]
    """Organisation, tier, flags."""
    withdrawn: int


@query()
def release_page(*, actor: Actor, release_id: UUID) -> ReleasePage:
    """Return what was released: counts, never people.

    Raises:
        NotFoundError: there is no such release.
    """
    require(permissions.may_read_runs(actor))
    release = Release.objects.select_related("run").filter(id=release_id).first()
    if release is None:
        raise NotFoundError(_("There is no such release."))
    with beyond_reach(actor):
        flags = release.flags.all()
        given = list(
            flags.values_list("organisation__name", "tier")
            .annotate(number=Count("id"))
            .order_by("organisation__name", "tier")
        )
        withdrawn = flags.exclude(withdrawn_at=None).count()
    names = list(release.organisations.order_by("name").values_list("name", flat=True))
    return ReleasePage(release, names, [(name, tier, number) for name, tier, number in given], withdrawn)


@dataclass(frozen=True)
class Freshness:
    """How fresh one source is: the date of its newest row, and what its owner promised."""

    source: str
    title: str
    organisation: str
    newest: date | None
    refresh: str
    late: bool


@query()
def freshness_of_sources(*, actor: Actor, pack: AreaPack, on: date) -> list[Freshness]:
    """Return how fresh each source in the pack is, by the newest run that read it."""
    require(permissions.may_read_runs(actor))
    names = {each.code: each.name for each in pack.area.organisations}
    runs = list(Run.objects.filter(area=pack.area.area).order_by("-as_at", "-opened_at")[:RUNS_AT_ONCE])
    found = []
    for code, source in pack.sources.items():
        newest = next(
            (
                run.as_at - timedelta(days=days)
                for run in runs
                if (days := run.quality.get(code, {}).get("newest_days")) is not None
            ),
            None,
        )
        found.append(
            Freshness(
                code,
                source.title,
                names.get(source.organisation, source.organisation),
                newest,
                source.refresh,
                late(newest, source.refresh, on=on),
            )
        )
    return found


def may_release_here(actor: Actor) -> bool:
    """Whether the actor is shown a way to release; the command decides."""
    return permissions.may_release(actor).allowed


@query()
def list_questions(*, actor: Actor) -> list[DataQuestion]:
    """Return the questions the actor's organisation asked or was asked, those not settled first."""
    require(permissions.may_ask_about_data(actor))
    return list(
        DataQuestion.objects.between(actor.member_of)
        .select_related("owner", "asked_by_organisation")
        .order_by(F("settled_at").desc(nulls_first=True), "-asked_at", "id")
    )


@dataclass(frozen=True)
class Thread:
    """A question and what was said, in order."""

    question: DataQuestion
    messages: list[DataQuestionMessage]
    flag_is_seen: bool
    """Whether the actor's organisation has the flag it was asked about."""
    person_id: UUID | None
    """Whom the flag is about, if the actor may see them."""
    asked_by_others: bool
    """Whether the actor's organisation is the one that answers, and was not the one that asked."""


@query()
def question_thread(*, actor: Actor, question_id: UUID, at: datetime) -> Thread:
    """Return a thread of the actor's organisation.

    Raises:
        NotFoundError: there is no such thread, or it is between others.
    """
    require(permissions.may_ask_about_data(actor))
    question = (
        DataQuestion.objects.between(actor.member_of)
        .select_related("owner", "asked_by_organisation")
        .filter(id=question_id)
        .first()
    )
    if question is None:
        raise NotFoundError(_("There is no such question, or it is between other organisations."))
    seen = (
        question.flag_id is not None
        and flags_visible_to(actor).standing_at(at).filter(id=question.flag_id).exists()
    )
    messages = list(question.messages.select_related("organisation").order_by("at", "id"))
    by_others = actor.member_of != question.asked_by_organisation_id
    return Thread(question, messages, seen, _about(actor, question), by_others)


def _about(actor: Actor, question: DataQuestion) -> UUID | None:
    """Whom the flag of a question is about, if the actor may see them: its owner need not have the flag."""
    if question.flag_id is None:
        return None
    with beyond_reach(actor):
        found = Flag.objects.filter(id=question.flag_id).values_list("person_id", flat=True).first()
    return found if found and is_visible(actor=actor, person_id=found) else None
