"""The end of the chain, cut off with its head: the chain cannot tell, and an anchor kept elsewhere can."""

import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.casework.test_audit import as_the_attacker

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.audit.recorder import record_refusal
from alongside.casework.audit.verification import verify_chain

pytestmark = pytest.mark.django_db

CUT = (
    "delete from audit_auditevent where sequence > 3",
    "update audit_audithead set sequence = 3, hash = (select hash from audit_auditevent where sequence = 3)",
)


@pytest.fixture
def five(anybody: Actor) -> None:
    some_more(5)


def some_more(number: int) -> None:
    for _ in range(number):
        record_refusal(system_actor("tests"), "a test", "because")


@pytest.fixture
def anchor(five: None, tmp_path: Path) -> Path:
    """An anchor that knows of five events."""
    verify(tmp_path / "anchor", begin=True)
    return tmp_path / "anchor"


def verify(anchor: Path, *, begin: bool = False) -> tuple[int, str]:
    """Return how it ended and everything it said."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", anchor=anchor, begin=begin, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(str(ended.code)), err.getvalue()
    return 0, out.getvalue()


def test_an_end_cut_off_with_its_head_is_found_by_the_anchor_alone(anchor: Path) -> None:
    as_the_attacker(*CUT)
    assert verify_chain().problems == []  # nothing in the database tells any more
    assert verify(anchor) == (
        1,
        "the chain ends at event 3, but the anchor lists event 5: the end was cut off\n",
    )


def test_an_end_that_was_cut_off_and_grew_again_is_found(anchor: Path) -> None:
    as_the_attacker(*CUT)
    some_more(4)
    assert verify_chain().problems == []
    assert verify(anchor) == (1, "event 5 does not match the anchor\n")


def test_everything_rewritten_from_the_first_event_on_is_found(anchor: Path) -> None:
    as_the_attacker(
        "delete from audit_auditevent", "update audit_audithead set sequence = 0, hash = sha256('alongside')"
    )
    assert verify(anchor)[0] == 1
    some_more(9)
    assert verify_chain().problems == []
    assert verify(anchor)[0] == 1


def test_a_whole_chain_is_held_on_to_night_by_night_and_a_broken_one_is_not(anchor: Path) -> None:
    some_more(2)
    assert verify(anchor)[0] == 0
    lines = [json.loads(line) for line in anchor.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == [5, 7]
    assert stat.S_IMODE(anchor.stat().st_mode) == 0o600
    as_the_attacker("update audit_auditevent set actor_name = 'Nobody' where sequence = 2")
    assert verify(anchor)[0] == 1
    assert len(anchor.read_text(encoding="utf-8").splitlines()) == 2


def test_an_anchor_that_is_gone_is_not_begun_anew_in_silence(five: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="somebody removed it"):
        verify(tmp_path / "anchor")
    assert not (tmp_path / "anchor").exists()


def test_an_anchor_is_not_begun_over_one_that_is_there(anchor: Path) -> None:
    before = anchor.read_bytes()
    with pytest.raises(CommandError, match="exists already"):
        verify(anchor, begin=True)
    assert anchor.read_bytes() == before


@pytest.mark.parametrize(
    "text", ["{}", "[]", "nonsense", '{"event": 1, "hash": "xyz"}', '{"event": "x", "hash": ""}']
)
def test_a_file_that_is_no_anchor_is_told_by_its_line(five: None, tmp_path: Path, text: str) -> None:
    (tmp_path / "anchor").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="line 1, is not a line of an anchor"):
        verify(tmp_path / "anchor")


def test_a_place_where_no_file_can_be_is_a_sentence(five: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be made"):
        verify(tmp_path / "nowhere" / "anchor", begin=True)


def test_a_database_without_any_event_is_named_and_verifies_nothing() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match=r"nothing was verified.*Set ALONGSIDE_DATA_FOLDER"):
        call_command("verify_audit", stdout=out)
    read = connection.settings_dict
    assert out.getvalue().startswith(
        f"Read from the database {read['NAME']} at {read['HOST']}, port {read['PORT']}: 0 events"
    )
    assert read["PASSWORD"]
    assert read["PASSWORD"] not in out.getvalue()
