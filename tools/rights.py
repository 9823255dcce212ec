"""What people of Riverside asked of the partnership: one request being answered, and one just received.

Bee's is being prepared: her identity has been checked, a line is withheld, others are still to be checked.
Stan's daughter-in-law asked for him, and it is not known yet whether she may.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID


def make_requests(
    *, worker: Any, other_worker: Any, answerer: Any, people: Mapping[str, UUID], at: datetime
) -> dict[str, UUID]:
    """Make them by commands; return their ids by the name of the person.

    Args:
        worker: the worker who works with Bee and received her request.
        other_worker: the same for Stan.
        answerer: who answers requests.
        people: ids by name.
        at: when.
    """
    from alongside.casework.rights.commands.requests import check_identity, take_request
    from alongside.casework.rights.commands.withholding import withhold
    from alongside.casework.rights.models import AccessRequest
    from alongside.casework.rights.rules.withholding import Ground, Reasoned

    day = at.date()
    bee = take_request(
        actor=worker,
        at=at,
        person_id=people["Bee"],
        asked_by=AccessRequest.AskedBy.PERSON,
        received_on=day - timedelta(days=9),
        how=AccessRequest.How.TALKING,
        wanted="All of it. I want to know who has been writing about my flat.",
    )
    check_identity(
        actor=answerer,
        at=at,
        request_id=bee.id,
        on=day,
        how="Asha Patel has visited her since September and spoke with her about it.",
    )
    withhold(
        actor=answerer,
        at=at,
        request_id=bee.id,
        line=_line_with("neighbour below", answerer, bee.id),
        words="the neighbour below says there is a smell",
        reasoned=Reasoned(
            Ground.THIRD_PARTY,
            "It would identify whoever lives below. They were asked by letter and do not agree.",
        ),
    )
    stan = take_request(
        actor=other_worker,
        at=at,
        person_id=people["Stan"],
        asked_by=AccessRequest.AskedBy.FOR_THEM,
        asked_by_name="Ewa Kowalczyk",
        authority="She says that she has a power of attorney. Nobody has seen it yet.",
        received_on=day - timedelta(days=2),
        how=AccessRequest.How.TELEPHONE,
        wanted="What was written about the rent since April.",
    )
    return {"Bee": bee.id, "Stan": stan.id}


def _line_with(words: str, answerer: Any, request_id: UUID) -> str:
    from alongside.casework.rights.queries.bundle import bundle_of

    bundle = bundle_of(actor=answerer, request_id=request_id)
    return next(
        each.line.key for each in bundle.lines if any(words in part.words for part in each.line.parts)
    )
