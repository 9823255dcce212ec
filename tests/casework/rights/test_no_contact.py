"""A record on which nothing more was ever written does not stay for ever."""

from datetime import datetime

from tests.casework.rights.conftest import everything

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands.keeping import list_what_is_due
from alongside.casework.rights.models import Disposal
from alongside.casework.rights.queries.facts import facts_of_everybody, facts_of_people
from alongside.casework.rights.rules.retention import Since


def test_with_nothing_written_on_it_its_time_is_counted_from_when_it_was_made(
    asha: Actor, at: datetime
) -> None:
    known = {"known_as": "Bare", "surname": "Zed"}
    bare = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known=known).id
    everything()
    assert facts_of_everybody()[bare].days == {Since.LAST_CONTACT: at.date()}
    assert facts_of_people([bare])[bare] == facts_of_everybody()[bare]
    list_what_is_due(actor=system_actor("keeping"), at=at.replace(year=at.year + 1))
    everything()
    assert not Disposal.objects.filter(record_id=bare).exists()
    list_what_is_due(actor=system_actor("keeping"), at=at.replace(year=2060))
    everything()
    assert Disposal.objects.filter(record_id=bare).exists()
