"""The demo's server: one page, on this machine only."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from tools.show import HOST, server_for


@pytest.fixture
def address() -> Iterator[str]:
    server = server_for(b"<!doctype html><title>Report</title>", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{HOST}:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_report_is_shown_as_a_page_that_nobody_keeps(address: str) -> None:
    with urllib.request.urlopen(address + "/") as answer:  # noqa: S310 - our own server, on this machine
        assert answer.read() == b"<!doctype html><title>Report</title>"
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/cohort.csv", "/identity/people.parquet", "/../run/cohort.csv", "/?x"])
def test_nothing_else_in_the_run_folder_can_be_fetched(address: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address + path)  # noqa: S310 - our own server, on this machine
    assert refused.value.code == 404
    refused.value.close()


def test_it_listens_on_this_machine_alone() -> None:
    assert HOST == "127.0.0.1"
