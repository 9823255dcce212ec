"""Entering and renewing information sharing agreements."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.purposes import declared
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.operations import command
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.models import Agreement
from alongside.casework.sharing.rules.agreements import Terms, dates_are_wrong


class WrongTermsError(CaseworkError):
    """An agreement that could not be one: it says why."""


@command
def sign_agreement(
    *,
    actor: Actor,
    at: datetime,
    reference: str,
    title: str,
    owner: str,
    terms: Terms,
) -> Agreement:
    """Enter an agreement that organisations of the partnership signed.

    Raises:
        NotAllowedError: the actor does not keep agreements.
        AlreadyDoneError: there is an agreement with this reference.
        NotFoundError: an organisation or a purpose is not the partnership's.
        WrongTermsError: the dates do not fit, or fewer than two organisations signed.
    """
    require(permissions.may_keep_agreements(actor))
    if Agreement.objects.filter(reference__iexact=reference).exists():
        raise AlreadyDoneError(_("There is an agreement %(reference)s already.") % {"reference": reference})
    parties = _parties(terms)
    made = Agreement.sign(reference=reference, title=title, owner=owner, terms=terms, parties=parties)
    record(events.AGREEMENT_SIGNED, actor=actor, reference=reference, about=("agreement", made.id))
    return made


@command
def change_agreement(
    *,
    actor: Actor,
    at: datetime,
    agreement_id: UUID,
    opened_version: int,
    title: str,
    owner: str,
    terms: Terms,
) -> Agreement:
    """Change what an agreement says, or renew it by its dates. What was shared under it stays as it was.

    Raises:
        NotAllowedError: the actor does not keep agreements.
        NotFoundError: there is no such agreement, organisation or purpose.
        StaleError: somebody changed it since the actor opened it.
        WrongTermsError: the dates do not fit, or fewer than two organisations signed.
    """
    require(permissions.may_keep_agreements(actor))
    agreement = Agreement.objects.select_for_update().filter(id=agreement_id).first()
    if agreement is None:
        raise NotFoundError(_("There is no such agreement."))
    if agreement.version != opened_version:
        raise StaleError(_("Somebody changed this agreement while you had it open."))
    parties = _parties(terms)
    changed = agreement.change(title=title, owner=owner, terms=terms, parties=parties)
    record(
        events.AGREEMENT_CHANGED,
        actor=actor,
        reference=agreement.reference,
        changed=", ".join(changed) or "nothing",
        about=("agreement", agreement.id),
    )
    return agreement


def _parties(terms: Terms) -> list[Organisation]:
    """Return the organisations that signed, once all that was signed makes sense."""
    if wrong := dates_are_wrong(terms):
        raise WrongTermsError(f"{next(iter(wrong.values()))}.")
    organisations = list(Organisation.objects.filter(id__in=terms.parties).order_by("name"))
    known = {each.code for each in declared()}
    if len(organisations) < len(terms.parties) or not terms.purposes <= known:
        raise NotFoundError(_("An organisation or a purpose is not one of the partnership."))
    if len(organisations) < 2 or not terms.purposes or not terms.kinds:
        raise WrongTermsError(_("An agreement has at least two parties, one purpose and one kind of data."))
    return organisations
