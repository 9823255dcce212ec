"""Passkeys: added, asked for beside codes, removed; and every way in which an answer may not hold."""

import base64
import json
import re
from contextlib import suppress
from datetime import timedelta
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.software_key import PRESENT, VERIFIED, SoftwareKey, encoded
from tests.casework.accounts.test_second_factor import codes_recorded, give_code, give_password, shown

from alongside.casework.access.actors import system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.accounts.ceremony import (
    Answer,
    PasskeyRefusedError,
    Site,
    ask_to_make,
    ask_to_use,
    check_made,
    check_used,
)
from alongside.casework.accounts.commands.second_factor import NotConfirmedError
from alongside.casework.audit.models import AuditEvent

NEW = "/my-security/passkeys/new/"
ASK = "/sign-in/code/"


def asked(client: Client, address: str) -> dict:
    """What the page at an address asks the browser."""
    return json.loads(unescape(re.search(r"data-options='([^']+)'", client.get(address).text)[1]))


def add(client: Client, key: SoftwareKey, name: str = "Work laptop") -> HttpResponse:
    return client.post(NEW, {"name": name, "answer": key.make(asked(client, NEW))})


def use(client: Client, key: SoftwareKey, address: str = ASK) -> HttpResponse:
    return client.post(address, {"code": "", "answer": key.use(asked(client, address))})


@pytest.fixture
def key() -> SoftwareKey:
    return SoftwareKey()


@pytest.fixture
def codes(partnership: Partnership, key: SoftwareKey) -> list[str]:
    """Will has added the key, and these are his recovery codes."""
    client = Client()
    give_password(client)
    return [each.replace(" ", "") for each in re.findall(r"<li>(\d{4} \d{4})</li>", add(client, key).text)]


def test_a_member_adds_one_gets_recovery_codes_and_is_asked_for_it_at_the_next_sign_in(
    partnership: Partnership, key: SoftwareKey
) -> None:
    client = Client()
    give_password(client)
    options = asked(client, NEW)
    assert options["rp"] == {"id": "testserver", "name": "Alongside"}
    assert options["user"]["id"] == encoded(partnership.worker.user.id.bytes)
    done = client.post(NEW, {"name": "Work laptop", "answer": key.make(options)})
    assert len(re.findall(r"<li>\d{4} \d{4}</li>", done.text)) == 10
    page = client.get("/my-security/").text
    assert "Work laptop" in page
    assert "Unused recovery codes: 10" in page
    again = Client()
    assert give_password(again, "/members/").headers["Location"] == ASK
    assert again.get("/members/").status_code == 302
    assert [each["id"] for each in asked(again, ASK)["allowCredentials"]] == [encoded(key.id)]
    assert use(again, key).headers["Location"] == "/members/"
    assert again.get("/members/").status_code == 200
    assert "last used on" in again.get("/my-security/").text
    assert codes_recorded()[-2:] == ["accounts.passkey_added", "accounts.signed_in"]
    assert AuditEvent.objects.latest("sequence").details == {"how": "password and passkey"}
    assert "Work laptop" not in str(list(AuditEvent.objects.values_list("details", flat=True)))


def test_a_recovery_code_lets_in_whose_passkey_is_not_at_hand_also_without_script(
    partnership: Partnership, codes: list[str]
) -> None:
    client = Client()
    give_password(client)
    assert "Passkeys need JavaScript" in client.get(ASK).text
    assert give_code(client, codes[0]).status_code == 302
    assert client.get("/").status_code == 200


def test_a_second_one_and_an_app_are_added_once_it_is_clear_who_asks_and_removed_one_by_one(
    partnership: Partnership, key: SoftwareKey, codes: list[str]
) -> None:
    client, second = Client(), SoftwareKey(count=1)
    give_password(client)
    use(client, key)
    for address in (NEW, "/my-security/set-up/"):
        assert client.get(address).headers["Location"].startswith("/my-security/confirm/")
    confirm = client.get(NEW).headers["Location"]
    assert use(client, key, confirm).headers["Location"] == NEW
    assert encoded(key.id) in client.get(NEW).text, "a device makes none twice"
    assert add(client, second, "work LAPTOP").status_code == 422
    assert add(client, second, "Blue key").headers["Location"] == "/my-security/"
    assert "Your recovery codes stay the same" in client.get("/my-security/").text
    page = client.get("/my-security/set-up/").text
    secret = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page)[1].replace(" ", "")
    assert client.post("/my-security/set-up/", {"code": shown(secret)}).headers["Location"] == "/my-security/"

    ids = {each.wrap().name: each.pk for each in Authenticator.objects.filter(type="webauthn")}
    remove = f"/my-security/passkeys/{ids['Work laptop']}/remove/"
    assert "Work laptop" in client.get(remove).text
    assert client.post(remove).headers["Location"] == "/my-security/"
    for each, status in [(key, 422), (second, 302)]:
        other = Client()
        give_password(other)
        assert use(other, each).status_code == status
    client.post("/my-security/take-off/")
    assert Authenticator.objects.filter(type="recovery_codes").exists(), "one is left"
    client.post(f"/my-security/passkeys/{ids['Blue key']}/remove/")
    assert not Authenticator.objects.exists()
    assert give_password(Client()).headers["Location"] == "/"
    assert codes_recorded().count("accounts.passkey_removed") == 2


def test_nobody_removes_anothers_and_none_without_showing_that_it_is_they(
    partnership: Partnership, codes: list[str], key: SoftwareKey
) -> None:
    passkey = Authenticator.objects.get(type="webauthn").pk
    remove = f"/my-security/passkeys/{passkey}/remove/"
    lena, will = Client(), Client()
    lena.post("/sign-in/", {"username": "lena@example.org", "password": "three-herons-on-a-wall"})
    assert lena.post(remove).status_code == 404
    give_password(will)
    use(will, key)
    assert will.post(remove).headers["Location"].startswith("/my-security/confirm/")
    actor, at = partnership.actor(partnership.worker), timezone.now()
    with pytest.raises(NotConfirmedError):
        commands.remove_passkey(actor=actor, at=at, passkey_id=passkey, confirmed_at=None)
    with pytest.raises(NotConfirmedError):
        commands.add_passkey(actor=actor, at=at, name="Mine", answer=Answer(Site("http://x"), None, {}))
    with pytest.raises(NotAllowedError):
        commands.add_passkey(
            actor=system_actor("Nightly"), at=at, name="Mine", answer=Answer(Site("http://x"), None, {})
        )
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_nobody_has_more_than_ten_nor_one_twice(partnership: Partnership, key: SoftwareKey) -> None:
    client = Client()
    give_password(client)
    add(client, key)
    session = client.session
    session["confirmed_at"] = timezone.now().timestamp()
    session.save()
    assert "already added this passkey" in add(client, key, "The same").text
    for number in range(9):
        assert add(client, SoftwareKey(), f"Key {number}").status_code == 302
    assert "as many passkeys as an account can have" in add(client, SoftwareKey(), "One more").text
    assert Authenticator.objects.filter(type="webauthn").count() == 10


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param({"origin": "http://evil.example"}, id="another site's page"),
        pytest.param({"origin": "https://testserver"}, id="https where it is http"),
        pytest.param({"origin": "http://sub.testserver"}, id="a page beneath ours"),
        pytest.param({"origin": "http://testserver:8443"}, id="another port"),
        pytest.param({"site": "evil.example"}, id="for another site"),
        pytest.param({"flags": VERIFIED}, id="nobody was there"),
        pytest.param({"kind": "webauthn.other"}, id="another ceremony"),
        pytest.param({"id": b"another"}, id="no passkey of theirs"),
        pytest.param({"private": SoftwareKey().private}, id="signed by another key"),
    ],
)
def test_an_answer_that_does_not_hold_lets_nobody_in(
    partnership: Partnership, codes: list[str], key: SoftwareKey, bad: dict
) -> None:
    client = Client()
    give_password(client)
    for name, value in bad.items():
        setattr(key, name, value)
    answer = use(client, key)
    assert answer.status_code == 422
    assert "The passkey was not accepted" in answer.text
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "bad",
    [
        {"origin": "http://evil.example"}, {"origin": "http://testserver:81"}, {"site": "evil.example"},
        {"flags": 0}, {"kind": "webauthn.get"},
    ],
)  # fmt: skip
def test_an_answer_that_does_not_hold_is_not_added(
    partnership: Partnership, key: SoftwareKey, bad: dict
) -> None:
    client = Client()
    give_password(client)
    for name, value in bad.items():
        setattr(key, name, value)
    answer = add(client, key)
    assert answer.status_code == 422
    assert "The passkey was not added" in answer.text
    assert not Authenticator.objects.exists()


def test_an_answer_holds_once_in_the_session_that_asked_and_not_for_long(
    partnership: Partnership, codes: list[str], key: SoftwareKey
) -> None:
    client, other = Client(), Client()
    give_password(client)
    give_password(other)
    answer = key.use(asked(client, ASK))
    assert other.post(ASK, {"answer": answer}).status_code == 422, "nothing was asked there"
    asked(other, ASK)
    assert other.post(ASK, {"answer": answer}).status_code == 422, "something else was asked there"
    late = key.use(asked(other, ASK))
    session = other.session
    session["passkey_asked"]["since"] -= 601
    session.save()
    assert other.post(ASK, {"answer": late}).status_code == 422
    assert client.post(ASK, {"answer": answer}).status_code == 302
    client.post("/sign-out/")
    give_password(client)
    asked(client, ASK)
    assert client.post(ASK, {"answer": answer}).status_code == 422, "it was used"


def test_what_let_somebody_in_does_not_also_show_that_it_is_they(
    partnership: Partnership, codes: list[str], key: SoftwareKey
) -> None:
    client = Client()
    give_password(client)
    answer = key.use(asked(client, ASK))
    assert client.post(ASK, {"answer": answer}).status_code == 302
    assert client.post("/my-security/confirm/", {"answer": answer}).status_code == 422


def test_a_wrong_answer_spends_what_was_asked(
    partnership: Partnership, codes: list[str], key: SoftwareKey
) -> None:
    client = Client()
    give_password(client)
    options = asked(client, ASK)
    client.post(ASK, {"code": "000000"})
    assert client.post(ASK, {"answer": key.use(options)}).status_code == 422


def test_what_registers_does_not_sign_in_and_the_other_way_round(
    partnership: Partnership, codes: list[str], key: SoftwareKey
) -> None:
    client = Client()
    give_password(client)
    assert client.post(ASK, {"answer": key.make(asked(client, ASK))}).status_code == 422
    assert client.get("/").status_code == 302


def test_a_passkey_that_counts_backwards_may_be_a_copy_and_is_refused(
    partnership: Partnership, key: SoftwareKey
) -> None:
    key.count = 5
    client = Client()
    give_password(client)
    add(client, key)
    for count, status in [(7, 302), (7, 422), (6, 422), (0, 422), (8, 302)]:
        client = Client()
        give_password(client)
        key.count = count - 1 if count else 0
        assert use(client, key).status_code == status, count
    key.count = 1
    client = Client()
    give_password(client)
    assert "may have a copy of this passkey" in use(client, key).text


def test_wrong_passkeys_lock_the_account_with_wrong_codes_and_passwords(
    partnership: Partnership, codes: list[str], key: SoftwareKey
) -> None:
    stranger = SoftwareKey(id=key.id)
    client = Client()
    client.post("/sign-in/", {"username": "will@example.org", "password": "wrong"})
    give_password(client)
    assert give_code(client, "00000000").status_code == 422
    for _ in range(2):
        assert use(client, stranger).status_code == 422
    options = asked(client, ASK)
    assert client.post(ASK, {"answer": stranger.use(options)}).status_code == 429
    assert client.get(ASK).status_code == 429
    fresh = Client()
    assert give_password(fresh).status_code == 429
    assert client.post(ASK, {"code": codes[0]}).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    give_password(fresh)
    assert use(fresh, key).status_code == 302


@pytest.mark.parametrize(
    "answer",
    [
        "x", "[]", "{", "null", '"a"', "{}", '{"id": 3}', '{"id": "\\u0000"}', '{"id": "é"}', "[" * 15_000,
        '{"id": "AAAA", "clientDataJSON": "AAAA", "attestationObject": "AAAA"}',
        json.dumps({"id": "AAAA", "clientDataJSON": encoded(b"[]"), "attestationObject": "oA"}),
        json.dumps({"id": "A" * 19_000}), "x" * 30_000,
    ],
)  # fmt: skip
def test_an_answer_that_is_none_gets_a_sentence_and_breaks_nothing(
    partnership: Partnership, codes: list[str], answer: str
) -> None:
    client, other = Client(), Client()
    give_password(client)
    asked(client, ASK)
    assert client.post(ASK, {"answer": answer}).status_code == 422
    other.post("/sign-in/", {"username": "lena@example.org", "password": "three-herons-on-a-wall"})
    asked(other, NEW)
    page = other.post(NEW, {"name": "Mine", "answer": answer})
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert answer not in unescape(page.text) or len(answer) < 5, "it is not sent back"


def test_without_an_answer_the_page_says_what_a_passkey_needs(partnership: Partnership) -> None:
    client = Client()
    give_password(client)
    page = client.post(NEW, {"name": "Mine"})
    assert page.status_code == 422
    assert "No passkey was made. You need JavaScript" in page.text
    assert "Set up an authenticator app" in page.text


def test_whose_role_needs_a_second_factor_may_add_a_passkey_as_the_first(
    partnership: Partnership, key: SoftwareKey, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_FOR = frozenset({"practitioner"})
    client = Client()
    give_password(client)
    assert client.get("/").headers["Location"] == "/my-security/set-up/"
    add(client, key)
    assert client.get("/").status_code == 200


def test_pages_with_a_passkey_hold_to_the_policy_for_scripts(
    partnership: Partnership, codes: list[str]
) -> None:
    client = Client()
    give_password(client)
    page = client.get(ASK)
    scripts = re.findall(r"<script[^>]*>", page.text)
    assert any("accounts/passkeys.js" in each for each in scripts)
    assert all("nonce=" in each for each in scripts)
    assert not re.search(r"\son[a-z]+=|javascript:|<style|\sstyle=", page.text)
    assert "no-store" in page.headers["Cache-Control"]
    assert "will@example.org" not in page.text


MADE, HERE, AT = SoftwareKey(), Site("http://testserver"), timezone.now()


def made_now() -> tuple[dict, dict]:
    return ask_to_make(HERE, account=b"1", email="a@example.org", name="A", known=[], at=AT)


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(
    which=strategies.sampled_from(
        ["clientDataJSON", "attestationObject", "id", "authenticatorData", "signature"]
    ),
    at=strategies.integers(0, 400),
    to=strategies.binary(max_size=6),
    cut=strategies.booleans(),
)
def test_whatever_is_changed_in_an_answer_it_is_refused_in_a_sentence_or_holds(
    which: str, at: int, to: bytes, cut: bool
) -> None:
    def changed(said: str) -> dict[str, str]:
        parts = json.loads(said)
        if which in parts:
            data = base64.urlsafe_b64decode(parts[which] + "==")
            parts[which] = encoded(data[:at] + to + (b"" if cut else data[at + len(to) :]))
        return parts

    options, remembered = made_now()
    with suppress(PasskeyRefusedError):
        check_made(Answer(HERE, remembered, changed(MADE.make(options["publicKey"]))), at=AT)
    options, remembered = made_now()
    known = [check_made(Answer(HERE, remembered, json.loads(MADE.make(options["publicKey"]))), at=AT)]
    options, remembered = ask_to_use(HERE, known=known, at=AT)
    said = MADE.use(options["publicKey"])
    if changed(said) == json.loads(said):
        assert (
            check_used(Answer(HERE, remembered, changed(said)), known=known, at=AT).credential_id == MADE.id
        )
        return
    with pytest.raises(PasskeyRefusedError):
        check_used(Answer(HERE, remembered, changed(said)), known=known, at=AT)


def test_who_was_there_but_not_verified_is_enough_beside_a_password() -> None:
    key = SoftwareKey(flags=PRESENT)
    options, remembered = made_now()
    known = [check_made(Answer(HERE, remembered, json.loads(key.make(options["publicKey"]))), at=AT)]
    options, remembered = ask_to_use(HERE, known=known, at=AT)
    assert check_used(Answer(HERE, remembered, json.loads(key.use(options["publicKey"]))), known=known, at=AT)
