"""The partnership begins once; organisations join as equals, and look after themselves alone."""

import pytest
from tests.casework.accounts.conftest import Partnership

from alongside.casework.access.actors import system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.accounts.commands.partnership import UnknownKindError
from alongside.casework.accounts.models import Membership, Organisation, Team
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError

PROFILE = {
    "remit": "Adults who look after somebody.", "thresholds": "None.", "how_we_work": "By telephone.",
    "what_we_can_offer": "A break.", "telephone": "01632 960001",
}  # fmt: skip


def codes() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("code", flat=True))


def test_a_partnership_is_begun_once_and_by_the_installation_alone(partnership: Partnership) -> None:
    assert codes()[:2] == ["accounts.partnership_begun", "accounts.organisation_joined"]
    again = {"name": "Other", "organisation_code": "other", "organisation_name": "Other", "kind": "nhs"}
    with pytest.raises(AlreadyDoneError, match="already"):
        commands.begin_partnership(actor=system_actor("Installation"), at=partnership.at, **again)
    with pytest.raises(NotAllowedError, match="where Alongside is installed"):
        commands.begin_partnership(actor=partnership.actor(partnership.lead), at=partnership.at, **again)
    assert Organisation.objects.count() == 2


@pytest.mark.proves("ENABLE-11")
def test_a_lead_takes_in_a_peer_support_group_with_its_own_lead_who_manages_it(
    partnership: Partnership,
) -> None:
    group = commands.take_in_organisation(
        actor=partnership.actor(partnership.carer), at=partnership.at, code="peers", name="Peers",
        kind="peer_support", lead_name="Pia Stone", lead_email="pia@example.org", password="x" * 20,
    )  # fmt: skip
    pia = Membership.objects.get(organisation=group)
    assert pia.user.password_is_one_time
    team = commands.form_team(
        actor=partnership.actor(pia), at=partnership.at, organisation_id=group.id, name="Listeners"
    )
    assert team.organisation == group


def test_only_a_lead_takes_in_an_organisation_of_a_known_kind_and_a_new_code(
    partnership: Partnership,
) -> None:
    with pytest.raises(NotAllowedError):
        commands.take_in_organisation(
            actor=partnership.actor(partnership.worker), at=partnership.at, code="x", name="X", kind="nhs"
        )
    lead = partnership.actor(partnership.lead)
    with pytest.raises(UnknownKindError, match="peer_support"):
        commands.take_in_organisation(actor=lead, at=partnership.at, code="x", name="X", kind="club")
    with pytest.raises(AlreadyDoneError, match="carers"):
        commands.take_in_organisation(actor=lead, at=partnership.at, code="carers", name="X", kind="nhs")
    assert Organisation.objects.count() == 2


def test_when_the_lead_cannot_be_added_the_organisation_is_not_taken_in(partnership: Partnership) -> None:
    with pytest.raises(Exception, match="too long"):
        commands.take_in_organisation(
            actor=partnership.actor(partnership.lead), at=partnership.at, code="x", name="X", kind="nhs",
            lead_name="n" * 300, lead_email="n@example.org",
        )  # fmt: skip
    assert not Organisation.objects.filter(code="x").exists()


def test_an_organisation_is_described_by_its_own_lead_alone(partnership: Partnership) -> None:
    described = commands.describe_organisation(
        actor=partnership.actor(partnership.carer), at=partnership.at,
        organisation_id=partnership.charity.id, **PROFILE,
    )  # fmt: skip
    assert described.remit == PROFILE["remit"]
    assert codes()[-1] == "accounts.organisation_described"
    for who in (partnership.lead, partnership.worker):
        with pytest.raises(NotAllowedError):
            commands.describe_organisation(
                actor=partnership.actor(who), at=partnership.at, organisation_id=partnership.charity.id,
                **PROFILE | {"remit": "Nothing."},
            )  # fmt: skip
    assert Organisation.objects.get(code="carers").remit == PROFILE["remit"]
    with pytest.raises(AlreadyDoneError, match="already says this"):
        commands.describe_organisation(
            actor=partnership.actor(partnership.carer), at=partnership.at,
            organisation_id=partnership.charity.id, **PROFILE,
        )  # fmt: skip


def test_a_team_is_formed_at_home_once(partnership: Partnership) -> None:
    lead, council = partnership.actor(partnership.lead), partnership.council.id
    commands.form_team(actor=lead, at=partnership.at, organisation_id=council, name="Contact team")
    with pytest.raises(AlreadyDoneError, match="Choose another name"):
        commands.form_team(actor=lead, at=partnership.at, organisation_id=council, name="contact TEAM")
    for who, where in [(partnership.worker, council), (partnership.lead, partnership.charity.id)]:
        with pytest.raises(NotAllowedError):
            commands.form_team(
                actor=partnership.actor(who), at=partnership.at, organisation_id=where, name="Mine"
            )
    assert Team.objects.count() == 1
