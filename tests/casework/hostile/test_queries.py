"""What a page asks of the database: fifteen things at the most, and nothing while it is written out."""

import re
from typing import Any

import pytest
from django.db import connection
from django.template.backends.jinja2 import Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.hostile.conftest import ADDRESSES, LEFT_OUT, WHO, Scene
from tests.casework.signed_in import browser_of, with_password
from tests.casework.test_matrix import ASKERS, expected, filled
from tools.universe import Universe, actor_for

from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy

MOST = 15
DEEPEST = 5
"""How many questions may stand inside one another: PostgreSQL plans each with its walls."""
NOT_ASKED = ("SAVEPOINT", "RELEASE SAVEPOINT", "select set_config")
"""What the two walls and a transaction need is said, not asked."""


class AskedWhileWrittenError(Exception):
    """A template asked the database."""


@pytest.fixture
def nothing_is_asked_while_written(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Template.render

    def refuse(execute: Any, sql: str, *given: Any) -> None:
        raise AskedWhileWrittenError(sql)

    def render(self: Template, *given: Any, **more: Any) -> Any:
        with connection.execute_wrapper(refuse):
            return plain(self, *given, **more)

    monkeypatch.setattr(Template, "render", render)


@pytest.mark.usefixtures("nothing_is_asked_while_written")
def test_no_page_asks_more_than_fifteen_things_and_its_template_none(scene: Scene) -> None:
    waiting = {path for each in ADDRESSES if not each.startswith(LEFT_OUT) for path in scene.filled(each)}
    looked_at, too_many = 0, {}
    for name in WHO:
        client = scene.client(name)
        client.raise_request_exception = True
        for path in sorted({*waiting, "/"}):
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            if answer.status_code == 200:
                waiting.discard(path)
                looked_at += 1
                count = sum(not each["sql"].startswith(NOT_ASKED) for each in asked)
                if count > MOST:
                    too_many[f"{name}: {path}"] = count
    assert looked_at > 80
    assert sorted(too_many.items()) == []


@pytest.mark.usefixtures("nothing_is_asked_while_written")
@pytest.mark.parametrize("joined", [False, True], ids=["", "whoever has two records"])
def test_nor_does_any_page_that_some_role_is_given(riverside_now: Universe, joined: bool) -> None:
    if joined:
        join_into_new_records(riverside_now)
    looked_at, too_many, too_deep = 0, {}, {}
    for (address, method), answers in expected().items():
        given = [asker for asker, status in answers.items() if status == "200" and ASKERS[asker]]
        if method != "GET" or not given:
            continue
        client = browser_of(with_password(riverside_now.members[ASKERS[given[0]]].user))
        client.get(filled(address, riverside_now))  # what a process asks once only
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(filled(address, riverside_now))
        if joined and answer.status_code != 200:  # as some pages lead to the main record
            continue
        assert answer.status_code == 200, address
        looked_at += 1
        count = sum(not each["sql"].startswith(NOT_ASKED) for each in asked)
        if count > MOST:
            too_many[f"{given[0]}: /{address}"] = count
        too_deep |= {f"/{address}": deep for each in asked if (deep := depth(each["sql"])) > DEEPEST}
    assert looked_at > 150
    assert sorted(too_deep.items()) == []
    assert sorted(too_many.items()) == []


def depth(sql: str) -> int:
    """How deep questions stand inside one another in a statement."""
    inside, deepest = [], 0
    for found in re.finditer(r"\(\s*select\b|[()]", sql, re.IGNORECASE):
        if found[0] == ")":
            inside and inside.pop()
        else:
            inside.append(len(found[0]) > 1)
            deepest = max(deepest, sum(inside))
    return deepest


def join_into_new_records(universe: Universe) -> None:
    """Join each record into one made later, so that what is about people is not on their main record."""
    at, day = timezone.now(), timezone.localdate()
    asha, gwen = (actor_for(universe, name, on=day) for name in ("Asha Patel", "Gwen Hughes"))
    for name, record in universe.people.items():
        made = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": name})
        merge_people(actor=gwen, at=at, kept_id=made.id, absorbed_id=record, reason="One person.")
