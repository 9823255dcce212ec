"""Sessions end when what they began with ends: password, second factor, account, membership."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.accounts.conftest import PASSWORD, Partnership
from tests.casework.accounts.software_key import SoftwareKey
from tests.casework.accounts.test_lock_out import change_password
from tests.casework.accounts.test_passkeys import NEW, add, asked, use
from tests.casework.accounts.test_second_factor import confirm, give_code, give_password, shown

from alongside.casework.accounts import commands
from alongside.casework.accounts.models import Membership, SecondFactor
from alongside.casework.kernel.secrets import authenticator_secret


@pytest.fixture
def secret(partnership: Partnership) -> str:
    secret, at = authenticator_secret(), timezone.now() - timedelta(minutes=5)
    actor = partnership.actor(partnership.worker)
    commands.set_up_second_factor(actor=actor, at=at, secret=secret, code=shown(secret, steps=-10))
    return secret


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_another_password_ends_all_other_sessions_and_sign_ins_half_done(partnership: Partnership) -> None:
    mine, other = Client(), Client()
    give_password(mine)
    give_password(other)
    before = mine.cookies["sessionid"].value
    assert change_password(mine, PASSWORD).status_code == 302
    assert is_in(mine)
    assert not is_in(other)
    assert mine.cookies["sessionid"].value != before


def test_taking_the_app_off_ends_all_other_sessions_and_sign_ins_half_done(
    partnership: Partnership, secret: str
) -> None:
    mine, other, half_way = Client(), Client(), Client()
    give_password(other)
    give_code(other, shown(secret, steps=-1))
    give_password(mine)
    give_code(mine, shown(secret))
    give_password(half_way)
    confirm(mine, shown(secret, steps=1))
    assert is_in(other)
    mine.post("/my-security/take-off/")
    assert is_in(mine)
    assert not is_in(other)
    assert half_way.get("/sign-in/code/").headers["Location"] == "/sign-in/"


def set_up_an_app(client: Client) -> None:
    client.get("/my-security/set-up/")
    secret = client.session["authenticator_secret"]
    client.post("/my-security/set-up/", {"code": shown(secret)})


def add_a_passkey(client: Client) -> None:
    add(client, SoftwareKey())


@pytest.mark.parametrize("how", [set_up_an_app, add_a_passkey])
def test_a_first_second_factor_ends_sessions_that_began_with_a_password_alone(
    partnership: Partnership, how: Callable[[Client], None]
) -> None:
    mine, other = Client(), Client()
    give_password(mine)
    give_password(other)
    how(mine)
    assert is_in(mine)
    assert not is_in(other)


def test_removing_a_passkey_ends_all_other_sessions(partnership: Partnership) -> None:
    mine, other, key = Client(), Client(), SoftwareKey()
    give_password(mine)
    add(mine, key)
    give_password(other)
    use(other, key)
    assert is_in(other)
    use(mine, key, "/my-security/confirm/")
    assert asked(mine, NEW)
    mine.post(f"/my-security/passkeys/{SecondFactor.objects.passkeys().get().pk}/remove/")
    assert is_in(mine)
    assert not is_in(other)


def test_whose_account_is_closed_is_out_at_once_and_a_code_lets_them_in_no_more(
    partnership: Partnership, secret: str
) -> None:
    client, half_way = Client(), Client()
    give_password(client)
    give_code(client, shown(secret))
    give_password(half_way)
    assert is_in(client)
    partnership.worker.user.close()
    assert not is_in(client)
    assert give_code(half_way, shown(secret, steps=1)).headers["Location"] == "/sign-in/"
    assert give_password(Client()).status_code == 422


def test_who_belongs_to_one_of_two_organisations_no_more_acts_for_that_one_no_more_at_once(
    partnership: Partnership,
) -> None:
    at_charity = commands.add_member(
        actor=partnership.actor(partnership.carer), at=partnership.at, name="Will Ford",
        organisation_id=partnership.charity.id, email="will@example.org", roles=["practitioner"],
    )  # fmt: skip
    client, today = Client(), timezone.localdate()
    give_password(client)
    client.post("/choose-organisation/", {"membership": str(at_charity.id)})
    assert "Riverside Carers" in client.get("/").text
    Membership.objects.filter(id=at_charity.id).update(active_from=today - timedelta(days=9), active_to=today)
    page = client.get("/").text
    assert "Riverside Council" in page
    assert "Riverside Carers" not in page
    Membership.objects.filter(id=partnership.worker.id).update(
        active_from=today - timedelta(days=9), active_to=today
    )
    assert client.get("/").status_code == 403
    assert client.get("/").status_code == 302
    Membership.objects.filter(id=partnership.worker.id).update(active_to=None)
    assert not is_in(client), "the session was ended, not put aside"


def test_who_waits_for_a_code_and_belongs_nowhere_meanwhile_is_not_let_in(
    partnership: Partnership, secret: str
) -> None:
    client, today = Client(), timezone.localdate()
    give_password(client)
    Membership.objects.filter(id=partnership.worker.id).update(
        active_from=today - timedelta(days=9), active_to=today
    )
    give_code(client, shown(secret))
    assert client.get("/").status_code == 403
    assert not is_in(client)
