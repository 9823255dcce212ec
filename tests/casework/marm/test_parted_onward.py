"""What was sent on from a case goes where the case is, when two records are parted."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, asked, see_all
from tools.universe import Universe

from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.concerning import send_onward
from alongside.casework.marm.commands.invitations import accept_invitation, invite_agency
from alongside.casework.marm.models import Case, Onward
from alongside.casework.marm.queries.concerns import concerns_page
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person, PersonMerge, Reach
from alongside.casework.people.queries.parting import parting_page
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
STARVES = "Her son starves her."


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The evening, whatever the hour: the hours before it are of the same day."""
    evening = timezone.localtime().replace(hour=20)
    monkeypatch.setattr(timezone, "now", lambda: evening)
    return evening


@pytest.fixture
def ann(who: AnActor, now: datetime) -> Person:
    return admitted(who, "Asha Patel", "Ann", now)


@pytest.fixture
def anne(who: AnActor, now: datetime) -> Person:
    """Whom only Kit's agency saw."""
    return admitted(who, "Kit Lowe", "Anne", now)


def admitted(who: AnActor, worker: str, name: str, now: datetime) -> Person:
    return admit_person(
        actor=who(worker), at=now - 3 * HOUR, why=ReachWhy.RAISED_CONCERN, known={"known_as": name}
    )


def case_about(who: AnActor, person: Person, now: datetime) -> Case:
    case = ask_for_case(actor=who("Asha Patel"), at=now - 3 * HOUR, person_id=person.id, asked=asked())
    return open_case(actor=who("Mair Pugh"), at=now - 3 * HOUR, case_id=case.id, why="Many see a part.")


def joined(who: AnActor, ann: Person, anne: Person, now: datetime) -> PersonMerge:
    gwen = who("Gwen Hughes")
    see_all()
    if not Reach.objects.filter(person=anne, organisation_id=gwen.member_of, until=None).exists():
        Reach.give(
            person_id=anne.id, organisation_id=gwen.member_of, why=ReachWhy.REFERRED, at=now - 3 * HOUR
        )
    return merge_people(actor=gwen, at=now - 2 * HOUR, kept_id=ann.id, absorbed_id=anne.id, reason="One.")


def sent(who: AnActor, worker: str, person: Person, now: datetime, *, case: Case | None) -> Onward:
    return send_onward(
        actor=who(worker), at=now - HOUR, person_id=person.id, forum=next(iter(marm_pack().forums)).code,
        why=STARVES, sent_to="MASH", sent_on=timezone.localdate(now - HOUR),
        case_id=case.id if case else None,
    )  # fmt: skip


def part(who: AnActor, merge: PersonMerge, now: datetime) -> None:
    part_people(actor=who("Gwen Hughes"), at=now, merge_id=merge.id, why="Two sisters.")
    see_all()


@pytest.mark.usefixtures("riverside_now")
def test_it_stays_with_its_case_although_whoever_sent_it_saw_only_the_other(
    who: AnActor, ann: Person, anne: Person, now: datetime
) -> None:
    case = case_about(who, ann, now)
    merge, kit, asha = joined(who, ann, anne, now), who("Kit Lowe"), who("Asha Patel")
    invited = invite_agency(
        actor=asha, at=now - HOUR, case_id=case.id, why="They know her.", organisation_id=kit.member_of
    )
    accept_invitation(actor=kit, at=now - HOUR, invitation_id=invited.id)
    of_case = sent(who, "Kit Lowe", ann, now, case=case)
    own = sent(who, "Kit Lowe", ann, now, case=None)
    part(who, merge, now)
    assert Onward.objects.get(id=of_case.id).person_id == ann.id
    assert Onward.objects.get(id=own.id).person_id == anne.id, "nobody else could read it"
    on_ann = concerns_page(actor=asha, person_id=ann.id, at=now).onward
    assert [each.id for each in on_ann] == [of_case.id]


def test_it_goes_with_its_case_although_whoever_sent_it_saw_both(
    who: AnActor, riverside_now: Universe, ann: Person, now: datetime
) -> None:
    anne = admitted(who, "Asha Patel", "Anne", now)
    case = case_about(who, anne, now)
    merge = joined(who, ann, anne, now)
    of_case = sent(who, "Asha Patel", ann, now, case=case)
    page = parting_page(actor=who("Gwen Hughes"), person_id=ann.id, merge_id=merge.id)
    assert page.stays == {}
    part(who, merge, now)
    assert Onward.objects.get(id=of_case.id).person_id == anne.id
