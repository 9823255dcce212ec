"""Rows written in any dialect and encoding come back the same, or stand among the rejects; none is lost."""

import csv
import io
import shutil
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.insight.intake.dialect import Dialect
from alongside.insight.intake.rows import Rejected, scan

LETTERS = "abcXYZ 0149éß£ñ'\"-=@"
CELL = st.text(alphabet=LETTERS + ",;|\t\n", max_size=8).map(lambda text: text.strip().replace("\r", ""))
ROWS = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ROWS,
    st.sampled_from(",;|\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@pytest.mark.proves("FIND-20")
def test_what_was_written_comes_back(
    reading: Any, rows: list[tuple[str, str]], delimiter: str, encoding: str, line_end: str, quoting: Any
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerow(["ref", "surname", "note"])
    # Words beyond ASCII make it plain which encoding it is, as a file of any size does.
    writer.writerows([["R-first", "Nuñez", "naïve café"], *[[f"R{n}", *row] for n, row in enumerate(rows)]])
    shutil.rmtree(reading.folder / "extracts", ignore_errors=True)
    reading.put("rent.csv", out.getvalue(), encoding)
    source = reading.source(
        fields=[{"name": "ref"}, {"name": "note"}],
        as_at=None,
        factors=[],
        identity={"record": "ref", "surname": "surname"},
    )
    result = reading.one(source)
    assert (result.status, result.rows_read, result.rows_kept) == ("read", len(rows) + 1, len(rows) + 1)
    expected = [("R-first", "Nuñez", "naïve café")]
    expected += [(f"R{n}", a.replace("\t", "\t") or None, b or None) for n, (a, b) in enumerate(rows)]
    assert reading.typed("record_id, raw__surname, note") == expected
    shutil.rmtree(reading.work)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=120).map(lambda raw: raw.replace(b"\r", b"")), st.integers(1, 40), st.data())
def test_every_byte_below_the_header_is_in_a_sound_row_or_in_a_rejected_one(
    raw: bytes, size: int, data: Any
) -> None:
    noise = data.draw(
        st.lists(st.sampled_from([b'"', b",", b"\n", b"a", b'""', b"b,c", b'"x",y']), max_size=30)
    )
    text = b"h1,h2\n" + raw + b"".join(noise)
    blocks = [text[at : at + size] for at in range(0, len(text), size)]
    sound, rejected = io.BytesIO(), list[Rejected]()
    result = scan(blocks, Dialect(",", 0, ("h1", "h2")), sound, rejected.extend)
    kept = list(csv.reader(io.StringIO(sound.getvalue().decode(), newline=""), strict=True))
    assert [len(row) for row in kept] == [2] * result.kept
    assert len(rejected) == result.rejected
    whole, *_ = scan_at_once(text)
    assert (whole.kept, whole.rejected, whole.blank) == (result.kept, result.rejected, result.blank)
    numbers = {row.row_number for row in rejected}
    assert len(numbers) == len(rejected)


def scan_at_once(text: bytes) -> tuple[Any, ...]:
    """Return the scan of a text given as one block."""
    return (scan([text], Dialect(",", 0, ("h1", "h2")), io.BytesIO(), lambda _: None),)
