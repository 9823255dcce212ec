"""Requests that no page of ours would make: answered clearly, no fault of ours, and changing nothing."""

import re
import time
from itertools import product

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client, RequestFactory
from pytest_django import Settings
from tests.casework.hostile.conftest import ADDRESSES, LEFT_OUT, Scene
from tests.casework.outreach.conftest import everything

from alongside.casework.accounts.views.arriving import where_to
from alongside.casework.audit.models import AuditEvent
from alongside.casework.people.models import ChronologyEntry

MEGABYTE = "Llanfair " * 116_509


def test_nothing_is_sent_without_the_forms_token(scene: Scene) -> None:
    client = scene.client("Gwen Hughes")
    client.handler.enforce_csrf_checks = True
    events = AuditEvent.objects.count()
    for address in ADDRESSES:
        for path in scene.filled(address):
            answer = client.post(path, {"words": "x", "csrfmiddlewaretoken": "y" * 64})
            assert answer.status_code == 403, path
            assert "This form could not be sent" in answer.content.decode()
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example",
        "/\t/evil.example", "/\n/evil.example", "\x00//evil.example", "/%09/evil\r\nA: b",
        "https:evil.example", "http:///evil.example", "////evil.example", "//evil.example\\@localhost/",
        "//localhost@evil.example/", "data:text/html,x", " //evil.example", "/\u2028/evil.example",
    ],
)  # fmt: skip
def test_nobody_is_led_elsewhere(wanted: str) -> None:
    request = RequestFactory().post("/sign-in/", {"next": wanted})
    led = where_to(request)
    assert led.startswith("/")
    assert not re.match(r"[/\\]{2}", re.sub(r"[\t\r\n ]", "", led))


def test_a_host_that_is_not_ours_is_answered_with_nothing_of_it(db: None, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    for given in ("evil.example", "localhost.evil.example", "localhost:80@evil.example", "a b", "\u00e9"):
        answer = Client(raise_request_exception=False).get("/sign-in/", headers={"host": given})
        assert answer.status_code == 400, given
        assert given not in answer.content.decode()
    answer = Client().get("/", headers={"host": "localhost", "x-forwarded-host": "evil.example"})
    assert answer["Location"].startswith("/sign-in/")


def test_an_address_with_nonsense_in_it_is_not_there(scene: Scene) -> None:
    client = scene.client("Gwen Hughes")
    nonsense = ["-1", "9" * 40, "a" * 3_000, "%00", "..%2f..%2fetc%ED%A0%80"]
    for address, odd in product([each for each in ADDRESSES if "<" in each], nonsense):
        path = "/" + re.sub(r"<\w+:\w+>", lambda _, odd=odd: odd, address)
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code in (403, 404, 405), (path, answer.status_code)


def test_a_query_with_nonsense_in_it_is_no_fault(scene: Scene) -> None:
    odd = "?page=99999999999999999999&from=-5&after=x&next=//evil.example&danger=%00&q=%ED%A0%80&from=1e9"
    for who, addresses in (("Gwen Hughes", ADDRESSES), ("Lena Novak", ["doubts/", "runs/"])):
        client = scene.client(who)
        for path in (path for address in addresses for path in scene.filled(address)):
            assert client.get(path + odd).status_code < 500, path


def test_other_methods_and_kinds_of_content_change_nothing(scene: Scene) -> None:
    client = scene.client("Gwen Hughes")
    kinds = [
        ("application/json", b'{"words": "x"}'),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"words=%ED%A0%80&words=%FF&=&&;%"),
    ]
    for address in [each for each in ADDRESSES if not each.startswith(LEFT_OUT)]:
        for path in scene.filled(address):
            for method in ("DELETE", "OPTIONS", "BREW"):
                assert client.generic(method, path).status_code in (403, 404, 405), (method, path)
            for kind, body in kinds:
                with transaction.atomic():
                    answer = client.generic("POST", path, body, content_type=kind)
                    transaction.set_rollback(True)
                assert answer.status_code < 500, (path, kind)


def test_a_box_that_comes_twice_is_one(scene: Scene) -> None:
    path = f"/people/{scene.ids['person_id'][0]}/chronology/"
    twice = {
        "kind": ["event", "nonsense"], "words": ["One", "Two"], "happened_on-day": ["1", "2"],
        "happened_on-month": "10", "happened_on-year": "2026",
    }  # fmt: skip
    answer = scene.client("Asha Patel").post(path, twice)
    assert answer.status_code == 422
    assert "Two" in answer.content.decode()


@pytest.mark.parametrize("value", ["", "x", "x" * 5_000, "'; --", '"\\000', "../../x", "\u00e9", "a.b.c"])
def test_a_cookie_somebody_tampered_with_is_no_session_and_no_fault(scene: Scene, value: str) -> None:
    client = Client(raise_request_exception=False)
    for name in ("sessionid", "csrftoken", "messages", "django_language"):
        client.cookies[name] = value
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/")
    assert client.get("/sign-in/").status_code == 200
    signed_in = scene.client("Gwen Hughes")
    row = Session.objects.get(session_key=signed_in.cookies["sessionid"].value)
    row.session_data = value
    row.save()
    assert signed_in.get("/")["Location"] == "/sign-in/?next=/"


def test_ten_thousand_search_words_are_answered_soon(scene: Scene) -> None:
    words = " ".join(f"word{number}" for number in range(10_000))
    for who, path in (("Asha Patel", "/people/"), ("Asha Patel", "/directory/")):
        began = time.monotonic()
        answer = scene.client(who).post(path, {"words": words}, follow=True)
        assert answer.status_code == 422
        assert time.monotonic() - began < 10
        assert "or fewer" in answer.content.decode()


def places(scene: Scene) -> list[tuple[str, str, dict[str, str], str]]:
    """Where much is written: who, the address, what else is sent, and the box."""
    person, item, talk = (scene.ids[name][0] for name in ("person_id", "item_id", "conversation_id"))
    day = {"happened_on-day": "1", "happened_on-month": "10", "happened_on-year": "2026", "kind": "event"}
    said = {"said_on-day": "1", "said_on-month": "10", "said_on-year": "2026", "section": "matters"}
    theme = f"/lists/conversation/{talk}/theme/{scene.ids['code'][0]}/"
    page = scene.client("Sam Boateng").get(theme).content.decode()
    box = re.search(r'<textarea[^>]*name="(answer-\w+)"', page)
    assert box
    return [
        ("Asha Patel", f"/people/{person}/chronology/", day, "words"),
        ("Asha Patel", f"/people/{person}/words/", said, "words"),
        ("Sam Boateng", f"/lists/item/{item}/note/", {}, "words"),
        ("Sam Boateng", theme, {}, box[1]),
        ("Asha Patel", "/data-questions/new/", {"source": "council_tax", "title": "x"}, "words"),
        ("Noor Aziz", f"/organisations/{scene.ids['organisation_id'][0]}/change/", {}, "remit"),
    ]


def test_a_megabyte_in_a_box_is_refused_in_words_with_all_of_it_still_there(scene: Scene) -> None:
    for who, path, more, box in places(scene):
        answer = scene.client(who).post(path, {**more, box: MEGABYTE})
        page = answer.content.decode()
        assert answer.status_code in (200, 422), path
        assert "There is a problem" in page or "<title>Error: " in page, path
        assert MEGABYTE.strip() in page, path


def test_more_than_two_megabytes_are_refused_in_words_that_say_what_to_do(scene: Scene) -> None:
    everything()
    before = ChronologyEntry.objects.count()
    for who, path, more, box in places(scene):
        answer = scene.client(who).post(path, {**more, box: MEGABYTE * 3})
        assert answer.status_code == 413, path
        assert "too long" in answer.content.decode(), path
    many = {f"field{number}": "x" for number in range(1_100)}
    assert scene.client("Asha Patel").post("/people/", many).status_code == 413
    everything()
    assert ChronologyEntry.objects.count() == before
