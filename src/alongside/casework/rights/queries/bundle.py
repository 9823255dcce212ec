"""The bundle of a request: everything held, as it would be given, and who was told it. It is not stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.errors import CaseworkError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.queries.recipients import Recipient, recipients_of
from alongside.casework.rights import events
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.queries.desk import (
    Desk,
    NotPutTogetherError,
    OfLine,
    handled_request,
    laid_out,
)
from alongside.casework.rights.queries.not_safe import NotSafe
from alongside.casework.rights.queries.noting import note_of_request
from alongside.casework.rights.queries.recipients import RecipientOfRow
from alongside.casework.rights.queries.ways import tables_about_people
from alongside.casework.rights.rules.states import State
from alongside.casework.rights.rules.withholding import stands_in


class OtherThanReleasedError(CaseworkError):
    """What is held is no longer what was released: it has to be looked at again."""


@dataclass(frozen=True)
class Bundle(Desk):
    """Everything that is held about a person.

    Attributes:
        recipients: who was told anything, without those that are withheld.
    """

    recipients: list[Recipient]

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """Label of each table that was searched, with or without rows."""
        return (*tables_about_people(), *(each for each in self.tables if each not in tables_about_people()))

    @cached_property
    def print(self) -> str:
        """Fingerprint of what would be given: it changes as soon as anything in it does."""
        said = [
            [
                each.line.print,
                sorted([one.words, one.ground if one.named else ""] for one in each.withheld),
            ]
            for each in self.lines
        ]
        told = [[each.organisation, each.since.isoformat(), str(each.until)] for each in self.recipients]
        return sha256(json.dumps([self.request.reference, said, told]).encode()).hexdigest()


def put_together(request: AccessRequest) -> Bundle:
    """Return the bundle of a request. For queries and commands that have checked the actor; sees all rows.

    Raises:
        NotPutTogetherError: it is not known who is asking, or the request is over.
    """
    desk = laid_out(request)
    by_key = {each.line.key: each for each in desk.lines}
    recipients = [
        each
        for each in recipients_of(desk.records, until=desk.until)
        if _may_be_named(each, by_key, desk.not_safe)
    ]
    return Bundle(**{each.name: getattr(desk, each.name) for each in fields(desk)}, recipients=recipients)


def worked_on(request: AccessRequest) -> set[UUID]:
    """Return the accounts of those who decided what a bundle holds; sees all rows."""
    decided = {each for pair in request.withheld.values_list("by", "undone_by") for each in pair}
    looked = request.looks.values_list("by", flat=True)
    return {each for each in (*decided, *looked, request.ready_by) if each}


@query(records=True, shows_people=False)
def bundle_of(*, actor: Actor, request_id: UUID) -> Bundle:
    """Return everything held about whoever asked, and record that the actor looked, for this purpose only.

    Raises:
        NotFoundError: there is no such request.
        NotPutTogetherError: it is not known who is asking, or the request is over.
    """
    with beyond_reach(actor):
        bundle = put_together(handled_request(actor, request_id))
    note_of_request(events.BUNDLE_SEEN, actor, bundle.request)
    return bundle


@query(records=True, shows_people=False)
def released_bundle(*, actor: Actor, request_id: UUID, form: str) -> Bundle:
    """Return the released bundle, to be given, and record in what format.

    Raises:
        NotFoundError: there is no such request.
        NotPutTogetherError: it was not released.
        OtherThanReleasedError: what is held has changed since; it has to be looked at again.
    """
    with beyond_reach(actor):
        request = handled_request(actor, request_id)
        if request.state != State.RELEASED:
            raise NotPutTogetherError(_("Nothing can be given until somebody has released it."))
        bundle = as_released(request)
    note_of_request(events.DOCUMENT_MADE, actor, request, format=form)
    return bundle


def as_released(request: AccessRequest) -> Bundle:
    """Return the bundle of a released request, if it is still the same; sees all rows.

    Raises:
        OtherThanReleasedError: it is not the same.
    """
    bundle = put_together(request)
    if bundle.print != request.released_print:
        raise OtherThanReleasedError(
            _(
                "What is held has changed since this was released, so it is no longer what somebody checked. "
                "Send it back, look at what has changed, and release it again."
            )
        )
    return bundle


def _may_be_named(recipient: Recipient, lines: Mapping[str, OfLine], not_safe: NotSafe) -> bool:
    """Whether the person may read of a recipient here: not where the line about it is withheld.

    Where it may not be safe for them to know, somebody must have looked at that line and given it.
    """
    keys = recipient.keys if isinstance(recipient, RecipientOfRow) else frozenset()
    for key in keys:
        line = lines.get(key)
        if line is None:
            given = key not in not_safe.keys
        elif line.wholly or _has_bars(recipient, line.stretches):
            given = False
        else:
            given = line.look is not None or not not_safe.marks(line.line)
        if not given:
            return False
    return True


def _has_bars(recipient: Recipient, stretches: tuple[str, ...]) -> bool:
    """Whether words that are withheld from its line would stand here: in its name, or in what it was told."""
    return stands_in(recipient.organisation, stretches) or any(
        stands_in(each, [recipient.what]) for each in stretches
    )
