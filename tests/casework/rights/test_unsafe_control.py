"""What says that somebody controls the person is looked at first: they may ask in the person's name."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from tests.casework.capacity.conftest import LACKS
from tests.casework.offers.conftest import made, told
from tests.casework.rights.test_betrayed import all_of, unsafe
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.capacity.commands.advocating import ask_for_advocacy
from alongside.casework.capacity.commands.assessing import give_view, note_advice, record_capacity
from alongside.casework.capacity.rules.advocacy import Asked, Objection, Occasion
from alongside.casework.capacity.rules.assessing import Function, Pressure, State
from alongside.casework.offers.commands.offering import record_offer, record_reply
from alongside.casework.offers.rules.offering import PutOff
from alongside.casework.rights.commands.withholding import NotLookedAtError, make_ready
from alongside.casework.rights.queries.desk import table_of

pytestmark = pytest.mark.proves("MARM-26", "MARM-34")
SAID = "He answered for her and stood in the door; alone she said she is afraid of him."


def marked(iris: Actor, asked: UUID, at: datetime) -> set[str]:
    """What is marked in the whole answer; each table alone says the same of its lines."""
    bundle = all_of(iris, asked, at)
    found = {each.line.key for each in unsafe(bundle) if each.waits}
    for table in ("CapacityRecord", "CapacityView", "AdviceNote", "Advocate"):
        alone = table_of(actor=iris, request_id=asked, table=f"capacity.{table}")
        assert {each.line.key for each in unsafe(alone)} == {  # type: ignore[arg-type]
            each for each in found if each.startswith(f"capacity.{table}:")
        }
    return found


@pytest.mark.parametrize(
    ("pressure", "said"),
    [
        (Pressure.CAUSE, {"outcome": State.IN_DOUBT}),
        (Pressure.BESIDE, {}),
        (Pressure.NONE_SEEN, {}),
    ],
)
def test_a_record_that_says_that_somebody_stands_in_the_way_and_what_was_written_about_it(
    asha: Actor, iris: Actor, asked: UUID, bee: UUID, at: datetime, pressure: Pressure, said: dict[str, Any]
) -> None:
    pressed = pressure is not Pressure.NONE_SEEN
    words: dict[str, Any] = {"pressure": pressure}
    if pressed:
        words |= {"pressure_words": SAID, "advice_from": "A solicitor"}
    who: dict[str, Any] = {"actor": asha, "at": at, "person_id": bee}
    record = record_capacity(**who, given=replace(LACKS, **words | said), follows_id=None)
    view = give_view(**who, record_id=record.id, stance="agrees", name="Dee", agency="Been There", why=SAID)
    keys = {f"capacity.CapacityRecord:{record.id}", f"capacity.CapacityView:{view.id}"}
    if pressed:
        advice = note_advice(
            **who, record_id=record.id, what="asked", of_whom="Solicitor", on=at.date(), words="An order?"
        )
        keys.add(f"capacity.AdviceNote:{advice.id}")
    found = marked(iris, asked, at)
    assert keys & found == (keys if pressed else set())
    if pressed:
        with pytest.raises(NotLookedAtError):
            make_ready(actor=iris, at=at, request_id=asked)


@pytest.mark.parametrize("objection", [Objection.IMPLICATED, Objection.PAID])
def test_that_whoever_might_support_the_person_is_part_of_it(
    asha: Actor, iris: Actor, asked: UUID, bee: UUID, at: datetime, objection: Objection
) -> None:
    said = Asked(Occasion.ASSESSMENT, (Function.WEIGH,), "She looks at him first.", "Her son", (objection,))
    advocacy = ask_for_advocacy(actor=asha, at=at, person_id=bee, asked=said, record_id=None)
    key = f"capacity.Advocate:{advocacy.id}"
    assert (key in marked(iris, asked, at)) is (objection is Objection.IMPLICATED)


@pytest.mark.parametrize("put_off", [PutOff.CONTROLLED, PutOff.COST])
def test_an_answer_to_an_offer_that_was_not_their_own(
    riverside: Universe, asha: Actor, iris: Actor, asked: UUID, bee: UUID, at: datetime, put_off: PutOff
) -> None:
    offer = record_offer(actor=asha, at=at, person_id=bee, made=made())
    said = told(put_off=frozenset({put_off}), put_off_words=SAID)
    reply = record_reply(actor=asha, at=at, person_id=bee, offer_id=offer.id, opened_after=None, told=said)
    found = marked(iris, asked, at)
    assert (f"offers.Reply:{reply.id}" in found) is (put_off is PutOff.CONTROLLED)
    assert f"offers.Offer:{offer.id}" not in found, "what was offered says nothing of him"
