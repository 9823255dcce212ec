"""Reading doubtful links: what waits for a clerk, what was said before, and all answers for the next run."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.design.paging import Leaf, leaf, rows_between
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.sources import events, permissions
from alongside.casework.sources.models import DoubtfulLink, LinkAnswer, Run
from alongside.casework.sources.rules import Answer, Held, Pair, reaching

SETTLED_AT_ONCE = 100
"""How many answers a page shows, the newest first."""


@dataclass(frozen=True)
class Doubt:
    """A doubtful pair, how many wait, and what was said about it before, the oldest first."""

    link: DoubtfulLink
    folder: str
    waiting: int
    said: tuple[LinkAnswer, ...] = ()

    @property
    def pair(self) -> Pair:
        """The pair as the run has it."""
        return _pair(self.link)


@query()
def doubts_waiting(*, actor: Actor) -> int:
    """Return how many pairs wait for an answer, as ``next_doubt`` has them, without showing any."""
    require(permissions.may_review_links(actor))
    return len(_waiting())


@query(records=True)
def next_doubt(*, actor: Actor, after: UUID | None = None) -> Doubt | None:
    """Return the likeliest pair that waits for an answer; None where there is none.

    Pairs wait if they are of the newest run, or of any run and their answer was taken back. That the actor
    looked is recorded, because two records are then shown to them.

    Args:
        actor: who.
        after: a pair to skip for now: the next one is returned, or the first again after the last.
    """
    require(permissions.may_review_links(actor))
    waiting = _waiting()
    ids = [link.id for link in waiting]
    link = waiting[(ids.index(after) + 1) % len(ids) if after in ids else 0] if waiting else None
    record(events.PAIR_LOOKED_AT, actor=actor, about=("doubtful_link", link.id if link else "none"))
    if link is None:
        return None
    (folder,) = _folder(run=link.run_id)
    return Doubt(link, folder, len(waiting), _said_of(link))


@query(records=True)
def this_doubt(*, actor: Actor, link_id: UUID) -> Doubt:
    """Return one pair nobody has answered, again; that the actor looked is recorded.

    Raises:
        NotFoundError: there is no such pair, or it was answered.
    """
    require(permissions.may_review_links(actor))
    link = DoubtfulLink.objects.waiting().select_related("run").filter(id=link_id).first()
    if link is None:
        raise NotFoundError(_("There is no such pair of records, or it was answered."))
    record(events.PAIR_LOOKED_AT, actor=actor, about=("doubtful_link", link.id))
    return Doubt(link, link.run.folder, len(_waiting()), _said_of(link))


@query(records=True)
def settled_doubt(*, actor: Actor, link_id: UUID) -> Doubt:
    """Return one pair that has an answer, for whoever may take it back; that they looked is recorded.

    Raises:
        NotFoundError: there is no such pair, or it has no answer.
    """
    require(permissions.may_review_links(actor))
    link = DoubtfulLink.objects.exclude(answer="").select_related("run").filter(id=link_id).first()
    if link is None:
        raise NotFoundError(_("There is no such pair of records, or its answer was taken back."))
    record(events.PAIR_LOOKED_AT, actor=actor, about=("doubtful_link", link.id))
    return Doubt(link, link.run.folder, len(_waiting()), _said_of(link))


@query(records=True)
def settled_links(*, actor: Actor, links_from: int = 0) -> Leaf[DoubtfulLink]:
    """Return the pairs that have an answer, with all that was said about each, the newest answer first.

    They are ``SETTLED_AT_ONCE`` at the most, after ``links_from``.
    """
    require(permissions.may_review_links(actor))
    found = leaf(lambda after, until: _settled(after=after, until=until), links_from, SETTLED_AT_ONCE)
    record(events.ANSWERS_LISTED, actor=actor, answers=len(found.rows))
    return found


@composed_once
def _settled(*, after: int, until: int) -> QuerySet[DoubtfulLink]:
    answered = DoubtfulLink.objects.exclude(answer="").order_by("-answered_at", "id")
    in_order = Prefetch("said", LinkAnswer.objects.order_by("at", "id"))
    return rows_between(answered.prefetch_related(in_order), after=after, until=until)


@query()
def how_many_not_followed(*, actor: Actor) -> int:
    """Return how many answers the newest run did not follow, without showing any."""
    require(permissions.may_review_links(actor))
    return DoubtfulLink.objects.exclude(not_followed="").count()


@query(records=True)
def answers_not_followed(*, actor: Actor) -> list[DoubtfulLink]:
    """Return the pairs whose answer the newest run did not follow, with all that was said about each."""
    require(permissions.may_review_links(actor))
    found = list(_not_followed())
    record(events.ANSWERS_LISTED, actor=actor, answers=len(found))
    return found


@composed_once
def _not_followed() -> QuerySet[DoubtfulLink]:
    in_order = Prefetch("said", LinkAnswer.objects.order_by("at", "id"))
    return (
        DoubtfulLink.objects.exclude(not_followed="")
        .order_by("-answered_at", "id")
        .prefetch_related(in_order)
    )


@query(records=True)
def answers_beside(*, actor: Actor, not_followed: Sequence[DoubtfulLink]) -> dict[UUID, list[DoubtfulLink]]:
    """Return the other answers that say whose the records of each of these are, by its id.

    Any of them may be the wrong one: which was followed only says which came first.
    """
    require(permissions.may_review_links(actor))
    left_out = {link.id for link in not_followed}
    held = [each for each in answers_in_force() if each.id not in left_out]
    beside = {
        link.id: reaching((link.source_a, link.record_a), (link.source_b, link.record_b), held)
        for link in not_followed
    }
    wanted = {each.id for found in beside.values() for each in found}
    links = {link.id: link for link in _named(links=sorted(wanted))}
    record(events.ANSWERS_LISTED, actor=actor, answers=len(links))
    return {
        about: sorted((links[each.id] for each in found if each.id in links), key=_when_answered)
        for about, found in beside.items()
    }


def _when_answered(link: DoubtfulLink) -> tuple[str, str]:
    return (link.answered_at.isoformat() if link.answered_at else "", str(link.id))


@query(records=True)
def answers_named(*, actor: Actor, link_ids: Sequence[UUID]) -> list[DoubtfulLink]:
    """Return some pairs that have an answer, in this order, with all that was said about each."""
    require(permissions.may_review_links(actor))
    found = {link.id: link for link in _named(links=list(link_ids))}
    record(events.ANSWERS_LISTED, actor=actor, answers=len(found))
    return [found[each] for each in link_ids if each in found]


@composed_once
def _named(*, links: list[UUID]) -> QuerySet[DoubtfulLink]:
    in_order = Prefetch("said", LinkAnswer.objects.order_by("at", "id"))
    return DoubtfulLink.objects.exclude(answer="").filter(among("id", links)).prefetch_related(in_order)


def answers_in_force() -> list[Held]:
    """Return the answers that hold, of any run."""
    return [
        Held(
            link.id,
            (link.source_a, link.record_a),
            (link.source_b, link.record_b),
            same=link.answer == DoubtfulLink.Answer.SAME,
        )
        for link in _answered()
    ]


def answered_already() -> set[frozenset[tuple[str, str]]]:
    """Return the pairs of records, of any run, that have an answer."""
    return {_pair(link).about for link in _answered()}


@composed_once
def _answered() -> QuerySet[DoubtfulLink]:
    return DoubtfulLink.objects.exclude(answer="")


def answers_so_far() -> list[Answer]:
    """Return all that was ever said, the oldest first: of two about the same records the newer holds."""
    return [
        Answer(
            each.link.source_a,
            each.link.record_a,
            each.link.source_b,
            each.link.record_b,
            each.said,
            each.by,
            each.at.isoformat(),
            each.why,
        )
        for each in LinkAnswer.objects.select_related("link").order_by("at", "id")
    ]


def _waiting() -> list[DoubtfulLink]:
    """What waits, the likeliest first, each pair of records once: as in the newest run that has them."""
    settled = answered_already()
    once: dict[frozenset[tuple[str, str]], DoubtfulLink] = {}
    for link in _unanswered():
        about = _pair(link).about
        if about not in settled:
            once.setdefault(about, link)
    return sorted(once.values(), key=lambda link: (-link.probability, str(link.id)))


@composed_once
def _unanswered() -> QuerySet[DoubtfulLink]:
    """What waits of the newest run, and of any run what was taken back, the newest first."""
    newest = Run.objects.order_by("-as_at", "-opened_at").values("id")[:1]
    taken_back = Exists(LinkAnswer.objects.filter(link=OuterRef("id")))
    perhaps = DoubtfulLink.objects.waiting().filter(Q(run__in=newest) | Q(taken_back))
    return perhaps.order_by("-run__as_at", "-run__opened_at")


@composed_once
def _folder(*, run: UUID) -> QuerySet[Run, str]:
    return Run.objects.filter(id=run).values_list("folder", flat=True)


def _said_of(link: DoubtfulLink) -> tuple[LinkAnswer, ...]:
    """What was said about two records, in whichever run they were asked about."""
    asked = DoubtfulLink.objects.about(link).values("id")
    return tuple(LinkAnswer.objects.filter(link__in=asked).order_by("at", "id"))


def _pair(link: DoubtfulLink) -> Pair:
    return Pair(link.source_a, link.record_a, link.source_b, link.record_b, link.probability, link.question)
