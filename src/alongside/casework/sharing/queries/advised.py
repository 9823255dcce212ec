"""Advice that was asked for before a decision, and the decision that was made meanwhile."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.sharing import permissions
from alongside.casework.sharing.models import Advice, ShareDecision
from alongside.casework.sharing.queries.corrections import corrections_that_count


@query()
def advice_on(*, actor: Actor, decision: ShareDecision) -> list[Advice]:
    """Return what was asked before a decision of the actor's organisation, with the answers, oldest first.

    Whoever may read the decision may read what it rests on. Part of the page that shows the decision, which
    records that the actor looked.

    Raises:
        NotFoundError: another organisation made the decision, and its advice is its own.
    """
    require(permissions.may_read_decisions(actor))
    if decision.organisation_id != actor.member_of:
        raise NotFoundError(_("Your organisation made no such decision."))
    if decision.advice_id is None:
        return []
    return _asked_before(newest=decision.advice_id, organisation=decision.organisation_id)


@composed_once
def _asked_before(*, newest: UUID, organisation: UUID) -> QuerySet[Advice]:
    of_draft = Advice.objects.filter(id=newest).values("draft_id")
    asked = Advice.objects.filter(Q(id=newest) | Q(draft_id__in=of_draft), organisation_id=organisation)
    return asked.order_by("asked_at", "id")


def advised_since(decision: ShareDecision) -> bool:
    """Return whether advice came after a decision was made, and nobody has reviewed it since.

    Part of a query or command that checked who asks; as ``waiting`` has it for the day.
    """
    if decision.advice_id is None:
        return False
    asked = _asked_before(newest=decision.advice_id, organisation=decision.organisation_id)
    return came_after(decision, asked)


def came_after(decision: ShareDecision, asked: Iterable[Advice]) -> bool:
    """Return the same from the advice that was asked for before it, which the caller has read."""
    answered = next((each.answered_at for each in asked if each.id == decision.advice_id), None)
    if answered is None or answered <= decision.decided_at:
        return False
    return all(each.at < answered for each in decision.looked_again.all())


@query()
def decided_meanwhile(*, actor: Actor, advice: Advice) -> ShareDecision | None:
    """Return the decision that was made by whoever asked for advice; None while they have made none.

    Part of the page that shows the question, which records that the actor looked.
    """
    require(permissions.may_give_advice(actor))
    return decided_with(advice)


def decided_with(advice: Advice) -> ShareDecision | None:
    """Return the same, as part of a query or command that checked who asks."""
    if advice.draft_id is None:
        return None
    found = _decided(draft=advice.draft_id, organisation=advice.organisation_id)
    return found[0] if found else None


@composed_once
def _decided(*, draft: UUID, organisation: UUID) -> QuerySet[ShareDecision]:
    asked = Advice.objects.filter(draft_id=draft).values("id")
    made = ShareDecision.objects.filter(advice_id__in=asked, organisation_id=organisation)
    made = made.select_related("override", "second_look", "organisation")
    return made.prefetch_related(Prefetch("corrections", corrections_that_count())).order_by("-decided_at")
