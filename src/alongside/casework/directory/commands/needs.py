"""The partnership's own list of needs, by which services are found."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.directory import events, permissions
from alongside.casework.directory.models import Taxonomy, TaxonomyTerm
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.operations import command


@command
def add_need(*, actor: Actor, at: datetime, name: str, description: str) -> TaxonomyTerm:
    """Add a need, such as *food bank*, to the partnership's list.

    Raises:
        NotAllowedError: the actor does not look after the directory's data.
        AlreadyDoneError: the list already has it.
    """
    require(permissions.may_import(actor))
    if Taxonomy.own().terms.filter(name__iexact=name).exists():
        raise AlreadyDoneError(_("The list of needs already has %(name)s.") % {"name": name})
    term = TaxonomyTerm.add(name=name, description=description)
    record(events.NEED_ADDED, actor=actor, need=name, about=("taxonomy_term", term.id))
    return term
