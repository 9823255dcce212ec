"""Settle doubtful links, and pass the answers to the next run."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.operations import command
from alongside.casework.sources import events, permissions
from alongside.casework.sources.models import DoubtfulLink, Run
from alongside.casework.sources.queries.links import answers_in_force, answers_so_far
from alongside.casework.sources.rules import Answer, at_odds


class SettledAlreadyError(AlreadyDoneError):
    """Somebody has already answered this; ``settled`` is the id of the pair with their answer."""

    def __init__(self, words: str, settled: UUID) -> None:
        super().__init__(words)
        self.settled = settled


class DoesNotFitError(CaseworkError):
    """It does not fit with others; ``earlier`` has the ids of their pairs, as one leads to the next."""

    def __init__(self, words: str, earlier: list[UUID]) -> None:
        super().__init__(words)
        self.earlier = earlier


class NothingSaidError(AlreadyDoneError):
    """There is no answer to take back."""


class NoWhyError(CaseworkError):
    """An answer needs the reason for it."""


class NoSuchAnswerError(CaseworkError):
    """The answer says neither one person nor two."""


@command
def settle_link(*, actor: Actor, at: datetime, link_id: UUID, answer: str, why: str) -> DoubtfulLink:
    """Say whether two records are one person's. The answer holds from the next run on.

    Raises:
        NotFoundError: there is no such pair.
        NoSuchAnswerError: the answer is neither ``same`` nor ``different``.
        NoWhyError: no reason is given.
        SettledAlreadyError: somebody has already answered.
        DoesNotFitError: together with earlier answers it would make two records one person's and not.
    """
    require(permissions.may_review_links(actor))
    _one_answer_at_a_time()
    link = DoubtfulLink.objects.select_for_update(no_key=True).filter(id=link_id).first()
    if link is None:
        raise NotFoundError(_("There is no such pair of records."))
    # if two runs asked the same, one answer holds: two that differ would stop the next run
    if settled := DoubtfulLink.objects.about(link).exclude(answer="").first():
        raise SettledAlreadyError(
            _("%(answered_by)s has already answered this.") % {"answered_by": settled.answered_by}, settled.id
        )
    if answer not in DoubtfulLink.Answer.values:
        raise NoSuchAnswerError(_("Say whether they are the same person or two people, or skip the pair."))
    if not why.strip():
        raise NoWhyError(_("Say what settled it, so that whoever looks at it later can follow."))
    if earlier := at_odds(
        (link.source_a, link.record_a),
        (link.source_b, link.record_b),
        same=answer == DoubtfulLink.Answer.SAME,
        held=answers_in_force(),
    ):
        raise DoesNotFitError(_does_not_fit(answer), [each.id for each in earlier])
    link.settle(answer=answer, why=why.strip(), by=actor.name, at=at)
    record(events.LINK_SETTLED, actor=actor, about=("doubtful_link", link.id), answer=answer)
    return link


def _one_answer_at_a_time() -> None:
    """Wait for whoever is answering: two answers about different pairs may not fit with each other."""
    Run.objects.select_for_update(no_key=True).order_by("opened_at", "id").first()


def _does_not_fit(answer: str) -> str:
    if answer == DoubtfulLink.Answer.SAME:
        return _(
            "Earlier answers say that these are two people. If one of those answers is wrong, take it back "
            "first. Otherwise, say here that these are two people, or skip the pair."
        )
    return _(
        "Earlier answers, taken together, say that these are the same person. If one of those answers is "
        "wrong, take it back first. Otherwise, say here that these are the same person, or skip the pair."
    )


@command
def take_back_answer(*, actor: Actor, at: datetime, link_id: UUID, why: str) -> DoubtfulLink:
    """Take back what the actor or a colleague said about two records; the pair then waits again.

    Both stay in its history, and the next decisions file withdraws what a run may already have used.

    Raises:
        NotFoundError: there is no such pair.
        NothingSaidError: it has no answer, or somebody has taken it back.
        NoWhyError: no reason is given.
    """
    require(permissions.may_review_links(actor))
    link = DoubtfulLink.objects.select_for_update(no_key=True).filter(id=link_id).first()
    if link is None:
        raise NotFoundError(_("There is no such pair of records."))
    if not link.answer:
        raise NothingSaidError(
            _("There is no answer to take back: it was already taken back, or never given.")
        )
    if not why.strip():
        raise NoWhyError(_("Say why you are taking it back, so that whoever answers next can follow."))
    before = link.answer
    link.take_back(why=why.strip(), by=actor.name, at=at)
    record(events.ANSWER_TAKEN_BACK, actor=actor, about=("doubtful_link", link.id), answer=before)
    return link


@command
def write_decisions(*, actor: Actor, at: datetime, write: Callable[[list[Answer]], None]) -> int:
    """Pass all answers so far to the next run; return how many.

    Args:
        actor: who, usually the job before a run.
        at: when.
        write: writes the file (``jobs.write_decisions_file``), whole or not at all.
    """
    require(permissions.may_review_links(actor))
    answers = answers_so_far()
    write(answers)
    record(events.DECISIONS_WRITTEN, actor=actor, answers=len(answers))
    return len(answers)
