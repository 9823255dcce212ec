"""The pictures are taken in a real browser, at a desk's and at a phone's width."""

import struct
from pathlib import Path

from tools.pictures import WINDOWS, take


def test_one_picture_of_a_report_for_each_window(tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.write_text("<!doctype html><html lang=en><title>R</title><h1>Report</h1>", encoding="utf-8")
    for path in take(report, tmp_path / "pictures"):
        header = path.read_bytes()[:24]
        assert header.startswith(b"\x89PNG")
        assert struct.unpack(">II", header[16:24]) == WINDOWS[path.name]
    assert {path.name for path in (tmp_path / "pictures").iterdir()} == set(WINDOWS)
