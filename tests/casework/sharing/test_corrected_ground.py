"""A decision on a ground that turned out wrong no longer sets aside what the person asked."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from tests.casework.sharing.sharing_told import DAY, against, chosen, item
from tests.casework.sharing.test_corrected import WHY, no
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.people.commands.involvement import ask_whether_known
from alongside.casework.sharing.commands.decisions import decide, look_second
from alongside.casework.sharing.queries.telling import why_not_told
from alongside.casework.sharing.rules.choices import Topic

SOON = timedelta(minutes=5)


@pytest.mark.proves("MARM-51")
@pytest.mark.parametrize("agreed", [True, False])
def test_once_it_is_corrected_the_persons_no_stands_again_for_questions_and_in_the_database(
    riverside: Universe, asha: Actor, at: datetime, agreed: bool
) -> None:
    bee, peers = riverside.people["Bee"], riverside.organisations["been_there"]
    chosen(asha, riverside, at, topics=(Topic.KNOWN,), recipients=frozenset({peers.id}))
    known = (item(topic=Topic.KNOWN, words="We know her."),)
    ground = replace(
        against(riverside, emergency=True, emergency_why="There is smoke"), recipients=frozenset({peers.id}),
        items=known,
    )  # fmt: skip
    one = decide(actor=asha, at=at, person_id=bee, proposal=ground)
    if agreed:
        gwen = actor_for(riverside, "Gwen Hughes", on=DAY)
        look_second(actor=gwen, at=at, decision_id=one.id, agreed=True, words="Yes")

    def stands(moment: datetime) -> tuple[bool, bool]:
        with connection.cursor() as cursor:
            cursor.execute(
                "select sharing_stands_in_the_way(%s, %s, %s, %s, %s)",
                [bee, asha.member_of, peers.id, asha.purpose, moment],
            )
            in_database = cursor.fetchone()[0]
        return bool(why_not_told(asha, bee, [peers.id], moment)), in_database

    assert stands(at + SOON) == (False, False)
    wrong_house = replace(no(riverside), recipients=frozenset({peers.id}), items=known)
    decide(actor=asha, at=at + SOON, person_id=bee, proposal=wrong_house, corrects=one.id, corrected_why=WHY)
    assert stands(at + SOON) == (True, True)
    with pytest.raises(Exception, match="Respect that"):
        ask_whether_known(actor=asha, at=at + SOON, person_id=bee, asked_of=peers, why="The stairs")
