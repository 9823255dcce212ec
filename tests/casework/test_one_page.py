"""A process makes one page at a time, and another only while that one waits for somebody else's computer."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests.casework.processes import wait_until

from alongside.casework.kernel import elsewhere, server
from alongside.casework.kernel.elsewhere import waiting_elsewhere


def get(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server of one process, with the settings that pages are served with."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "tests.casework.one_page:application",
        "--config", "python:alongside.casework.kernel.server", "--workers", "1",
        "--bind", f"127.0.0.1:{port}", "--no-control-socket",
    ]  # fmt: skip
    process = subprocess.Popen(command)

    def answers() -> bool:
        try:
            return get(port, "/") != ""
        except OSError:
            return False

    try:
        wait_until(answers, "the server answers")
        yield port
    finally:
        process.terminate()
        process.wait()


def asked(pool: ThreadPoolExecutor, port: int, path: str, *, times: int) -> list[Future[str]]:
    return [pool.submit(get, port, path) for _ in range(times)]


def begun(signal: Path) -> int:
    return len(list(signal.parent.glob(f"{signal.stem}.begun*")))


def test_two_pages_are_made_one_after_the_other(port: int, tmp_path: Path) -> None:
    signal = tmp_path / "go"
    with ThreadPoolExecutor() as pool:
        first = asked(pool, port, f"/here?{signal}", times=1)
        wait_until(lambda: begun(signal) == 1, "the first page is being made")
        others = asked(pool, port, "/", times=3)
        signal.touch()
        assert {each.result() for each in (*first, *others)} == {"1"}


def test_while_pages_wait_elsewhere_another_is_made_and_still_only_one(port: int, tmp_path: Path) -> None:
    signal, stops = tmp_path / "go", tmp_path / "on"
    most = server.threads - 1
    with ThreadPoolExecutor(max_workers=20) as pool:
        away = asked(pool, port, f"/elsewhere?{signal}", times=most)
        wait_until(lambda: begun(signal) == most, "all of them wait elsewhere")
        assert get(port, "/") == "1"  # answered while they wait
        here = asked(pool, port, f"/here?{stops}", times=1)
        wait_until(lambda: begun(stops) == 1, "another page is being made")
        after = asked(pool, port, "/", times=2)
        stops.touch()
        assert {each.result() for each in (*here, *after)} == {"1"}
        signal.touch()
        assert len([each.result() for each in away]) == most
        assert {each.result() for each in asked(pool, port, "/", times=4)} == {"1"}


def test_where_all_threads_wait_elsewhere_the_next_page_waits_and_is_made(port: int, tmp_path: Path) -> None:
    signal = tmp_path / "go"
    with ThreadPoolExecutor(max_workers=20) as pool:
        away = asked(pool, port, f"/elsewhere?{signal}", times=server.threads + 3)
        wait_until(lambda: begun(signal) == server.threads, "every thread waits elsewhere")
        signal.touch()
        assert len([each.result() for each in away]) == server.threads + 3
    assert get(port, "/") == "1"


def test_a_command_waits_elsewhere_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "_SERVING", [])
    with waiting_elsewhere():
        pass
