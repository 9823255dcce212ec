"""Nobody reads a case about themself, however the records that make them one person were joined."""

from datetime import datetime

import pytest
from tests.casework.marm.conftest import AnActor, asked
from tools.universe import Universe

from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.commands.asking import ask_for_case
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy


@pytest.mark.django_db
@pytest.mark.parametrize(
    "joined",
    [
        [("second", "first")],
        [("head", "first"), ("head", "second")],
        [("second", "head"), ("first", "second"), ("top", "first")],
        [("head", "second"), ("top", "head"), ("first", "top")],
        [("head", "first"), ("top", "head"), ("last", "second"), ("top", "last")],
    ],
    ids=["parent", "siblings", "chain", "long chain", "cousins"],
)
def test_a_case_about_a_worker_is_hidden_from_them_whichever_record_has_their_address(
    who: AnActor, riverside_now: Universe, now: datetime, joined: list[tuple[str, str]]
) -> None:
    address = riverside_now.members["Wes Tanner"].user.email.upper()
    there = {
        name: admit_person(
            actor=who("Asha Patel"), at=now, why=ReachWhy.RAISED_CONCERN,
            known={"known_as": name, **({"email": address} if name == "second" else {})},
        )
        for name in ("first", "second", "head", "top", "last")
    }  # fmt: skip
    case = ask_for_case(actor=who("Asha Patel"), at=now, person_id=there["first"].id, asked=asked())
    assert case_page(actor=who("Wes Tanner"), case_id=case.id).case.own_words
    for kept, absorbed in joined:
        merge_people(
            actor=who("Gwen Hughes"), at=now, kept_id=there[kept].id, absorbed_id=there[absorbed].id,
            reason="The same birthday.",
        )  # fmt: skip
    with pytest.raises(NotFoundError):
        case_page(actor=who("Wes Tanner"), case_id=case.id)
