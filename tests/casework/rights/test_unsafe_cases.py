"""A case that grew from a worry of which it is not safe that the person knows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tests.casework.marm.conftest import asked as said_when_asking
from tests.casework.rights.conftest import everything
from tests.casework.rights.test_betrayed import SECRET, all_of, given, unsafe
from tests.casework.rights.test_statement import text_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.marm.commands.invitations import accept_invitation, decline_invitation, invite_agency
from alongside.casework.marm.commands.meetings import set_meeting
from alongside.casework.marm.commands.stepping_back import step_back
from alongside.casework.marm.models import Case, FamilyView, Minutes
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.rules.invitations import WhyNot
from alongside.casework.marm.rules.meetings import begins
from alongside.casework.marm.rules.stages import Told
from alongside.casework.marm.rules.stepping_back import SteppingBack
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands.requests import check_identity, take_request
from alongside.casework.rights.commands.withholding import withhold
from alongside.casework.rights.presenters.statement import before_giving
from alongside.casework.rights.queries.bundle import bundle_of
from alongside.casework.rights.queries.desk import table_of
from alongside.casework.rights.queries.looks import LOOKED
from alongside.casework.rights.queries.statement import statement_of

POLICE = "Valley Police"
SEES = f"{POLICE} can see your record."
WHY = "He reads her post."
GONE = SteppingBack("Our post ends.", "Nobody yet.", "She does not know of it.", "Asha, by telephone")
Meets = Callable[..., Case]


@pytest.fixture
def lou(asha: Actor, at: datetime) -> UUID:
    """Somebody known, about whom nobody has raised a concern yet."""
    return admit_person(actor=asha, at=at, why=ReachWhy.INVOLVED, known={"known_as": "Lou"}).id


@pytest.fixture
def request_of_lou(iris: Actor, ada: Actor, lou: UUID, at: datetime) -> UUID:
    made = take_request(
        actor=iris, at=at, person_id=lou, asked_by="person", received_on=at.date(), how="talking"
    )
    check_identity(actor=ada, at=at, request_id=made.id, on=at.date(), how="Passport")
    return made.id


@pytest.fixture
def meets(riverside: Universe, who: Callable[[str], Actor], asha: Actor, lou: UUID, at: datetime) -> Meets:
    """A worry about Lou of which it is not safe that she knows, and a case to which the police come."""

    def meet(*, worry: str = WHY, told: Told = Told.NOT_YET, comes: bool = True) -> Case:
        raise_concern(
            actor=asha, at=at, person_id=lou, words="He answers for her.", why_not_safe=worry,
        )  # fmt: skip
        said = said_when_asking(
            told=told, told_why="He reads everything she gets.", own_words="", no_words_why="He answers."
        )
        case = ask_for_case(actor=asha, at=at, person_id=lou, asked=said)
        open_case(actor=who("Mair Pugh"), at=at, case_id=case.id, why="Danger")
        invitation = invite_agency(
            actor=asha, at=at, case_id=case.id, why="He hits her",
            organisation_id=riverside.organisations["valley_police"].id,
        )  # fmt: skip
        everything()
        if comes:
            accept_invitation(actor=who("Kit Lowe"), at=at, invitation_id=invitation.id)
        else:
            decline_invitation(
                actor=who("Kit Lowe"), at=at, invitation_id=invitation.id, why_not=WhyNot.NOT_OURS, words="?"
            )
        return case

    return meet


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize(
    ("worry", "told", "held"),
    [(WHY, Told.NOT_YET, True), (WHY, Told.KNOWS, False), ("", Told.NOT_YET, False)],
)
def test_the_statement_does_not_say_who_sees_a_person_because_of_it(
    asha: Actor, lou: UUID, meets: Meets, worry: str, told: Told, held: bool
) -> None:
    meets(worry=worry, told=told)
    said = text_of(asha, lou)
    assert (SEES not in said) is held
    assert ("meets with others" not in said) is held
    if held:
        told_why = before_giving(statement_of(actor=asha, person_id=lou)).held
        assert any(each.what.startswith("Who can see") for each in told_why), "those who asked are told why"


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize("comes", [True, False])
def test_nor_what_an_agency_did_that_was_asked_to_it_came_or_not(
    who: Callable[[str], Actor], asha: Actor, lou: UUID, meets: Meets, at: datetime, comes: bool
) -> None:
    case = meets(comes=comes)
    if comes:
        step_back(actor=who("Kit Lowe"), at=at, case_id=case.id, said=GONE)
    everything()
    police = who("Kit Lowe").member_of
    Reach.give(person_id=lou, organisation_id=police, why=ReachWhy.INVOLVED, at=at + timedelta(days=1))
    assert POLICE not in text_of(asha, lou)


@pytest.mark.proves("MARM-26", "MARM-34")
def test_all_of_it_is_looked_at_before_it_is_given(
    riverside: Universe, asha: Actor, iris: Actor, request_of_lou: UUID, meets: Meets, at: datetime
) -> None:
    case = meets()
    council = riverside.organisations["riverside_council"].id
    plan = Plan(
        kind="MARM", begins_at=begins(at.date() + timedelta(days=3), datetime.min.time().replace(hour=14)),
        minutes=60, place="The library", online="", priority=True,
        chair_id=riverside.members["Gwen Hughes"].id, takes_part="Not this time", adjustments="",
    )  # fmt: skip
    meeting = set_meeting(actor=asha, at=at, case_id=case.id, plan=plan, invited=[str(council)])
    everything()
    minutes = Minutes.objects.create(meeting=meeting, saved_at=at)
    FamilyView.objects.create(minutes=minutes, name="Her sister", wish="agrees", words="?", by="Asha", at=at)
    bundle = all_of(iris, request_of_lou, at)
    of_case = {each for each in bundle.tables if each.startswith("marm.") and bundle.tables[each]}
    assert of_case >= {
        "marm.Case", "marm.CaseAgency", "marm.CriterionAnswer", "marm.Invitation", "marm.Meeting",
        "marm.Invited", "marm.Minutes", "marm.FamilyView",
    }  # fmt: skip
    marked = unsafe(bundle)
    keys = {each.line.key for each in marked}
    for table in of_case:
        assert keys >= {each.line.key for each in bundle.tables[table]}, table
        alone = table_of(actor=iris, request_id=request_of_lou, table=table)
        assert {each.line.key for each in alone.lines} <= {each.line.key for each in alone.waiting}, table
    assert {each.line.organisation for each in marked if each.line.table == LOOKED} >= {POLICE}
    assert any(each.line.table == "people.Reach" and each.line.organisation == POLICE for each in marked)


@pytest.mark.proves("MARM-26", "MARM-34")
def test_once_what_is_marked_is_withheld_nothing_names_who_came(
    asha: Actor, iris: Actor, lou: UUID, request_of_lou: UUID, meets: Meets, at: datetime
) -> None:
    meets()
    bundle = all_of(iris, request_of_lou, at)
    assert POLICE in given(bundle)
    for each in unsafe(bundle):
        withhold(actor=iris, at=at, request_id=request_of_lou, line=each.line.key, reasoned=SECRET)
    after = bundle_of(actor=iris, request_id=request_of_lou)
    assert POLICE not in given(after)
    assert "MARM" not in given(after)
    held = {one for each in statement_of(actor=asha, person_id=lou).lines.held for one in each.keys}
    assert held <= {each.line.key for each in unsafe(bundle)}


@pytest.mark.proves("MARM-26", "MARM-34")
def test_a_case_that_it_is_safe_to_know_is_not_marked(
    iris: Actor, request_of_lou: UUID, meets: Meets, at: datetime
) -> None:
    meets(worry="")
    marked = {each.line.table for each in unsafe(all_of(iris, request_of_lou, at))}
    assert not marked & {"marm.Case", "marm.CriterionAnswer", "marm.CaseAgency"}
