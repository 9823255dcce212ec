"""Open a run, and release people from it to named agencies."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.area import AreaPack
from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.accounts.rules import CONTACT_TEAM
from alongside.casework.audit.recorder import record
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sharing.queries.telling import not_to_be_given
from alongside.casework.sources import events, permissions
from alongside.casework.sources.commands.heeding import heed, protect_addresses
from alongside.casework.sources.models import DoubtfulLink, Flag, Release, Run
from alongside.casework.sources.queries.links import answered_already
from alongside.casework.sources.queries.receiving import (
    Receiving,
    nobody_to_release,
    services_of,
    some_at_once,
    who_contacts,
)
from alongside.casework.sources.rules import (
    ASKED_NOT_TOLD,
    SHORTEST_REASON,
    Cohort,
    KnownOfAll,
    OpenTo,
    ReasonTooShortError,
    ReleasedPerson,
    RunRead,
    basis_of,
    changes_since,
    flag_expires,
    overtaken_in_words,
)

Read = Callable[[str, str, Sequence[str]], Cohort]
"""Reads people of a run: the folder's name, the policy, the tiers."""


class OpenedAlreadyError(AlreadyDoneError):
    """This same run has been opened here."""


class OtherAreaError(CaseworkError):
    """The run is for another area than this one's pack."""


class NoSuchTierError(CaseworkError):
    """The run has no such policy, or the policy no such tier; or none was chosen."""


class NobodyNamedError(CaseworkError):
    """No organisation was named to act."""


class OrganisationLeftError(CaseworkError):
    """Nobody works for an organisation that was named: nobody would look after the people it was given."""


class ReleasedAlreadyError(AlreadyDoneError):
    """This policy of this run has been released, perhaps a moment ago by somebody else."""


class OvertakenError(CaseworkError):
    """A newer run was opened, which may know that somebody on this one's lists died, objected or hides."""


class RunChangedError(CaseworkError):
    """The folder is no longer the run that was opened."""


@command
def open_run(
    *, actor: Actor, at: datetime, pack: AreaPack, read: RunRead, known: KnownOfAll | None = None
) -> Run:
    """Note a run that waits for an approver: its counts, quality and policies, and nobody in it.

    Its doubtful pairs wait for a clerk, except those somebody has already answered. What it says of people
    who are here already is heeded at once, for its lists leave them out and no release would tell of them:
    their address is protected, and what earlier runs said of those who died or objected is taken back.

    Args:
        actor: who.
        at: when.
        pack: this area's pack.
        read: the run, as ``jobs.read_run`` read and checked it.
        known: what the run knows of anybody, as ``jobs.known_of_all`` read it.

    Raises:
        OtherAreaError: it is for another area.
        OpenedAlreadyError: it has been opened.
    """
    require(permissions.may_read_runs(actor))
    if read.area != pack.area.area:
        raise OtherAreaError(
            _("This run is for the area %(area)s, and this is %(here)s. Choose a run for this area.")
            % {"area": read.area, "here": pack.area.area}
        )
    if (opened := Run.objects.filter(manifest_hash=read.manifest_hash).first()) is not None:
        raise OpenedAlreadyError(
            _("This run was opened by %(name)s on %(day)s. It is on the list.")
            % {"name": opened.opened_by, "day": day_in_words(opened.opened_at)}
        )
    # a release from it comes wholly before this, and what it gave is heeded, or wholly after, and is refused
    lockable = Run.objects.select_for_update(no_key=True)
    before = lockable.filter(as_at__lte=read.as_at).order_by("-as_at", "-opened_at").first()
    run = Run.opened(
        read=read, changes=changes_since(before.as_read() if before else None, read), by=actor.name, at=at
    )
    answered = answered_already()
    DoubtfulLink.put(run=run, pairs=[pair for pair in read.pairs if pair.about not in answered])
    if not Run.objects.newer_than(run, on=timezone.localdate(at)).exists():
        DoubtfulLink.note_not_followed(read.not_followed)
    if known is not None:
        heed(known, run=run, actor=actor, at=at)
    tell_those_who_may(Permission.RELEASE_APPROVE, actor=actor, at=at)
    record(
        events.RUN_OPENED, actor=actor, about=("run", run.id), folder=run.folder, as_at=run.as_at.isoformat()
    )
    return run


@command
def release_cohort(
    *,
    actor: Actor,
    at: datetime,
    pack: AreaPack,
    run_id: UUID,
    policy: str,
    tiers: list[str],
    organisation_ids: list[UUID],
    reason: str,
    read: Read,
    contact_organisation_id: UUID | None = None,
) -> Release:
    """Let named agencies act on tiers of one policy of a run. Only these people come into the database.

    Each person's route decides which of the agencies gets a flag: one that runs a service they are open to,
    or the one that contacts people nobody works with. Anybody whom none of the agencies can be given does not
    come in, and is counted; nor does anybody who has objected to being found since the run was made (UK GDPR
    Article 21), or has died. Nobody is given to an organisation they asked us not to tell. The record of
    somebody who is here already stays as it is, but where the run says that their address must be protected
    it is from now on, whether they are on the list or not: some came here after the run was opened.

    Args:
        actor: the approver.
        at: when.
        pack: this area's pack; the basis in law is copied from it.
        run_id: the run.
        policy: name with version, such as ``early_help/4``.
        tiers: codes of tiers, at least one.
        organisation_ids: who may be given people, at least one.
        reason: why these may act on this now, in a sentence.
        read: reads the people once all is in order (``jobs.cohort_of``).
        contact_organisation_id: who contacts people nobody works with, if named.

    Raises:
        NotFoundError: there is no such run or organisation.
        NoSuchTierError, NobodyNamedError, ReasonTooShortError: what was asked for is not enough.
        PurposeNotFitError: the purpose lacks a power, impact assessment or agreement, or its review is past.
        OrganisationLeftError: nobody works for one of the organisations.
        WhoContactsError: several of them could contact people, or the one named to do it is not among them.
        ReleasedAlreadyError: it has been released; the first of two approvers wins.
        OvertakenError: a newer run was opened.
        RunChangedError: the folder is not the run that was opened.
        NobodyToReleaseError: nobody would be released.
    """
    require(permissions.may_release(actor))
    run = Run.objects.select_for_update(no_key=True).filter(id=run_id).first()
    if run is None:
        raise NotFoundError(_("There is no such run."))
    told = run.policies.get(policy)
    if told is None or not tiers or set(tiers) - set(run.tiers.get(policy, {})):
        raise NoSuchTierError(_("Choose a list from this run, and at least one of its tiers."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShortError(
            _(
                "Say in a sentence, of at least %(characters)s characters, why these agencies should act on "
                "this now: others will read it."
            )
            % {"characters": SHORTEST_REASON}
        )
    basis = basis_of(pack.purpose(told["purpose"]), on=timezone.localdate(at))
    if (done := Release.objects.filter(run=run, policy=policy).first()) is not None:
        raise ReleasedAlreadyError(
            _("%(name)s released this list on %(moment)s. To release more, use the next run.")
            % {
                "name": done.approved_by_name,
                "moment": moment_in_words(done.approved_at),
            }
        )
    if newer := Run.objects.newer_than(run, on=timezone.localdate(at)).first():
        raise OvertakenError(overtaken_in_words(newer.as_at))
    organisations = _named(organisation_ids, on=timezone.localdate(at))
    contact = who_contacts(organisation_ids, contact_organisation_id)
    release = Release.approve(
        run=run,
        policy=policy,
        tiers=tiers,
        purpose=told["purpose"],
        basis=basis,
        organisations=organisations,
        reason=reason.strip(),
        by=actor.account,
        by_name=actor.name,
        at=at,
    )
    cohort = read(run.folder, policy, tiers)
    if cohort.manifest_hash != run.manifest_hash:
        raise RunChangedError(
            _("The folder of this run now holds a different run. Open that one and release it.")
        )
    with beyond_reach(actor):
        giving = _Giving(release, Receiving(pack, told["routes"], services_of(organisation_ids), contact))
        giving.give(cohort.people)
    protect_addresses(
        cohort.protected, actor=actor.working_for(release.purpose), about=("release", release.id)
    )
    if not giving.people:
        raise nobody_to_release(giving.not_given)
    release.count(len(giving.people), not_given=dict(giving.not_given))
    record(
        events.COHORT_RELEASED,
        actor=actor.working_for(release.purpose),
        about=("release", release.id),
        policy=policy,
        tiers=", ".join(tiers),
        organisations=", ".join(each.name for each in organisations),
        purpose=told["purpose"],
        people=release.people,
        run=str(run.id),
        not_given=dict(giving.not_given),
    )
    return release


class _Giving:
    """Gives people of a cohort to the organisations their routes lead to, some thousands at a time."""

    def __init__(self, release: Release, receiving: Receiving) -> None:
        self.release, self.receiving = release, receiving
        self.not_given = receiving.not_given
        self.people: set[UUID] = set()

    def give(self, people: Iterable[ReleasedPerson]) -> None:
        for several in some_at_once(people):
            self._give(several)

    def _give(self, people: list[ReleasedPerson]) -> None:
        given = self.receiving.of(people)
        # two of the run's people may be one here after a merge; the one higher on the list is used
        once = {
            id_: each
            for id_, each in reversed(list(zip(self._records(given), given, strict=True)))
            if id_ not in self.people
        }
        at, purpose = self.release.approved_at, self.release.purpose
        pairs = [(id_, organisation) for id_, (_, got) in once.items() for organisation in got]
        if against := not_to_be_given(pairs, purpose=purpose, at=at):
            self.not_given[ASKED_NOT_TOLD] += len({id_ for id_, _ in against})
            once = {
                id_: (person, left)
                for id_, (person, got) in once.items()
                if (left := {to: held for to, held in got.items() if (id_, to) not in against})
            }
        Reach.give_many(
            [(id_, organisation) for id_, (_, got) in once.items() for organisation in got],
            why=ReachWhy.RELEASED,
            at=at,
            about=self.release.id,
            purpose=purpose,
        )
        Flag.give(
            [
                self._flag(id_, person, organisation, held)
                for id_, (person, got) in once.items()
                for organisation, held in got.items()
            ]
        )
        self.people |= set(once)

    def _records(self, given: list[tuple[ReleasedPerson, dict[UUID, OpenTo]]]) -> list[UUID]:
        """The record of each person here: the one they have, the one it was merged into, or a new one."""
        here = {
            insight_id: merged_into or id_
            for insight_id, id_, merged_into in Person.objects.filter(
                insight_id__in=[person.insight_id for person, _ in given]
            ).values_list("insight_id", "id", "merged_into_id")
        }
        new = Person.admit_many(
            [
                {**person.known, "insight_id": person.insight_id}
                for person, _ in given
                if person.insight_id not in here
            ],
            at=self.release.approved_at,
            why=ReachWhy.RELEASED,
        )
        here |= {person.insight_id: person.id for person in new}
        return [here[person.insight_id] for person, _ in given]

    def _flag(self, id_: UUID, person: ReleasedPerson, organisation_id: UUID, held: OpenTo) -> Flag:
        return Flag(
            release=self.release,
            person_id=id_,
            organisation_id=organisation_id,
            policy=self.release.policy,
            tier=person.tier,
            rank=person.rank,
            reasons=person.reasons,
            unknowns=person.unknowns,
            responses=person.responses,
            route=person.route or CONTACT_TEAM,
            route_words=person.route_words,
            service=held.service if held in person.open_to else "",
            worker=held.worker,
            released_at=self.release.approved_at,
            expires_at=flag_expires(self.release.approved_at),
        )


def _named(ids: list[UUID], *, on: date) -> list[Organisation]:
    """The organisations to act, each with somebody who works for it."""
    if not ids:
        raise NobodyNamedError(_("Choose at least one organisation to act on this."))
    organisations = list(Organisation.objects.filter(id__in=ids).order_by("name"))
    if len(organisations) != len(set(ids)):
        raise NotFoundError(_("One of these organisations is not in the partnership."))
    working = set(
        Membership.objects.on(on).filter(organisation__in=ids).values_list("organisation_id", flat=True)
    )
    if left := [each.name for each in organisations if each.id not in working]:
        raise OrganisationLeftError(
            _(
                "Nobody works for %(names)s here now, so nobody would look after the people it "
                "was given. Leave it out, or ask it to add a member first."
            )
            % {"names": ", ".join(left)}
        )
    return organisations
