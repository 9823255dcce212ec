"""An organisation here is the one of the area pack, however its code was made, and its code cannot change."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings
from tests.casework.signed_in import browser_of, with_password

from alongside.casework.access.actors import system_actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts import commands
from alongside.casework.accounts.models import Membership, Organisation, User
from alongside.casework.accounts.queries import actor_of, services_of_pack
from alongside.casework.accounts.queries.of_pack import not_here_yet, organisation_of_pack
from alongside.casework.accounts.rules import pack_code
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.sources.commands.questions import ask_data_question

OPTIONS = {
    "name": "Riverside", "organisation": "Riverside Council", "email": "lena@example.org",
    "person": "Lena Marsh",
}  # fmt: skip
SYSTEM = system_actor("Installation")
SetUp = Callable[..., tuple[Organisation, str]]


@pytest.fixture
def set_up(db: None, capsys: pytest.CaptureFixture[str]) -> SetUp:
    """Set up a partnership as where it is installed, and return its organisation and what was printed."""

    def by_hand(**options: str) -> tuple[Organisation, str]:
        call_command("create_partnership", **OPTIONS | options)
        return Organisation.objects.get(), capsys.readouterr().out

    return by_hand


@pytest.mark.parametrize("code", ["riverside_council", "riverside-council", "Riverside-Council"])
def test_hyphens_and_underscores_are_alike(code: str) -> None:
    assert pack_code(code) == "riverside_council"


def test_the_first_organisation_has_the_services_that_the_pack_says_are_its_own(set_up: SetUp) -> None:
    council, said = set_up()
    assert council.code == "riverside_council"
    assert ("adult_social_care", "Adult social care") in services_of_pack(council.id)
    assert "The area pack has no organisation" not in said


def test_one_that_was_set_up_with_hyphens_has_them_too_and_is_asked_about_its_data(set_up: SetUp) -> None:
    council, _ = set_up(code="riverside-council")
    lead = Membership.objects.get()
    assert ("adult_social_care", "Adult social care") in services_of_pack(council.id)
    commands.add_member(
        actor=SYSTEM, at=timezone.now(), organisation_id=council.id, email="lea@example.org", name="Lea Poe",
        roles=["data_analyst"],
    )  # fmt: skip
    lea = Membership.objects.exclude(id=lead.id).get()
    actor = actor_of(lea.user, lea.id, "early_help", timezone.localdate())
    assert Permission.DATA_QUESTION in actor.permissions
    pack = area_pack()
    source = next(code for code, each in pack.sources.items() if each.organisation == "riverside_council")
    question = ask_data_question(
        actor=actor, at=timezone.now(), pack=pack, source=source, title="Dates", words="Which are they?"
    )
    assert question.owner == council


def test_its_code_is_that_of_the_packs_organisation_of_its_name(
    set_up: SetUp, settings: Settings, tmp_path: Path
) -> None:
    settings.AREA_FOLDER = shutil.copytree(settings.AREA_FOLDER, tmp_path / "area")
    file = settings.AREA_FOLDER / "area.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("name: Valley Police,", "name: Valley Constabulary,"), encoding="utf-8")
    assert set_up(organisation=" valley constabulary")[0].code == "valley_police"


def test_one_that_the_pack_does_not_name_gets_underscores_and_is_said_not_to_be_in_it(set_up: SetUp) -> None:
    council, said = set_up(organisation="Mereford Borough Council")
    assert council.code == "mereford_borough_council"
    assert "The area pack has no organisation mereford_borough_council" in said


def test_a_pack_that_cannot_be_read_does_not_keep_a_partnership_from_beginning(
    set_up: SetUp, settings: Settings, tmp_path: Path
) -> None:
    settings.AREA_FOLDER = tmp_path / "nowhere"
    council, said = set_up()
    assert council.code == "riverside_council"
    assert "The area pack could not be read" in said
    assert not_here_yet() == []


def test_two_organisations_never_stand_for_the_same_one_of_the_pack(set_up: SetUp) -> None:
    council, _ = set_up()
    with pytest.raises(AlreadyDoneError, match="riverside_council"):
        commands.take_in_organisation(
            actor=SYSTEM, at=timezone.now(), code="riverside-council", name="Another", kind="council"
        )
    assert organisation_of_pack("riverside_council") == council
    assert organisation_of_pack("riverside_homes") is None


def test_the_page_says_what_the_pack_calls_those_who_are_not_here_yet(set_up: SetUp) -> None:
    set_up()
    page = browser_of(with_password(User.objects.get())).get("/organisations/new/").text
    assert "riverside_homes (Riverside Homes)" in page
    assert "riverside_council (Riverside Council)" not in page


def test_a_lead_who_could_never_sign_in_is_refused_and_it_can_be_done_again(set_up: SetUp) -> None:
    with pytest.raises(CommandError, match=r"“lena\.marsh” is not an e-mail address"):
        set_up(email="lena.marsh")
    assert not User.objects.exists()
    assert not Organisation.objects.exists()
    set_up()


@pytest.mark.parametrize(
    "organisation", ["Armagh City, Banbridge and Craigavon Borough Council and its partners", "市役所"]
)
def test_a_name_that_makes_no_code_is_refused_with_what_to_do(set_up: SetUp, organisation: str) -> None:
    with pytest.raises(CommandError, match="--code"):
        set_up(organisation=organisation)
    assert set_up(organisation=organisation, code="abc_council")[0].name == organisation


@pytest.mark.parametrize("what", ["name", "organisation", "person"])
def test_a_name_that_is_too_long_is_refused_by_what_it_is_the_name_of(set_up: SetUp, what: str) -> None:
    with pytest.raises(CommandError, match=r"at most 200 characters"):
        set_up(**{what: "n" * 201, "code": "council"})
