"""A draft begun on a record that was joined into another is found on the one they have now."""

from datetime import datetime

from tests.casework.sharing.sharing_told import DAY
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sharing.commands.drafts import begin_draft
from alongside.casework.sharing.queries.drafts import own_drafts


def test_what_was_begun_before_records_were_joined_is_found_under_either(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    twin = admit_person(
        actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Beatrice", "surname": "Murchu"}
    )
    draft = begin_draft(actor=asha, at=at, person_id=twin.id)
    gwen = actor_for(riverside, "Gwen Hughes", on=DAY)
    merge_people(actor=gwen, at=at, kept_id=bee, absorbed_id=twin.id, reason="One person.")
    for record in (bee, twin.id):
        assert [each.id for each in own_drafts(actor=asha, person_id=record)] == [draft.id]
