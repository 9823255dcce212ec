"""``alongside serve`` from an empty folder: who can begin, what runs beside it, a database that goes."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psycopg
import pytest
from tests.casework.processes import wait_until

from alongside.casework.background.schedule import SCHEDULE
from alongside.casework.kernel import cluster
from alongside.casework.kernel.database import APPLICATION, DATABASE, PORT, SOCKET, password_of

ALONGSIDE = [sys.executable, "-c", "from alongside.cli import main; main()"]


@dataclass
class Served:
    """A server of the tests' own, and one browser."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    def __post_init__(self) -> None:
        self.browser = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, **typed: str) -> tuple[int, str]:
        """Ask for a page, or send a form with the token of the page before; return status and text."""
        data = urlencode(typed).encode() if typed else None
        asked = Request(f"http://localhost:{self.port}{path}", data=data)
        try:
            with self.browser.open(asked, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def send(self, path: str, **typed: str) -> tuple[int, str]:
        """Send a form as its page gives it."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask(path)[1])
        assert token
        return self.ask(path, csrfmiddlewaretoken=token[1], **typed)

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [*ALONGSIDE, "manage", *command], env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def rows(self, statement: str) -> list[Any]:
        with psycopg.connect(
            host=str(self.folder / SOCKET), port=PORT, user=APPLICATION, dbname=DATABASE,
            password=password_of(APPLICATION, self.folder),
        ) as opened:  # fmt: skip
            return opened.execute(statement).fetchall()


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def alive(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(dir="/tmp", prefix="as-"))  # short: a socket lies in it
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # a cluster of its own, to stop and start, also where the other tests use a server of somebody's
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALONGSIDE_", "DATABASE_", "DJANGO_"))}
    environment = kept | {"ALONGSIDE_DATA_FOLDER": str(folder)}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [*ALONGSIDE, "serve", "--plain-http", "--port", str(port)],
            env=environment, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_until(lambda: answers(port) or process.poll() is not None, "it serves", seconds=180)
        assert process.poll() is None, (folder / "said").read_text()
        yield Served(folder, port, process, environment)
    finally:
        process.kill()
        process.wait()
        cluster.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


def children_of(process_id: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()]


def worker_of(served: Served) -> tuple[int, int]:
    """Return the process that keeps the background worker, and the worker."""
    for child in children_of(served.process.pid):
        if b"background.keeper" in Path(f"/proc/{child}/cmdline").read_bytes():
            (worker,) = children_of(child) or [0]
            return child, worker
    raise AssertionError("nothing keeps the background worker")


def heard(served: Served) -> Any:
    return served.rows("select max(last_heartbeat) from procrastinate_workers")[0][0]


def test_a_newcomer_begins_a_partnership_and_signs_in_without_https_and_no_made_up_people_are_offered(
    served: Served,
) -> None:
    status, page = served.ask("/sign-in/")
    assert (status, "Riverside" in page, "demonstration" in page.lower()) == (200, False, False)
    said = served.manage(
        "create-partnership", "--name", "Elsewhere", "--organisation", "Elsewhere Council",
        "--email", "lena@example.org", "--person", "Lena Marsh",
    )  # fmt: skip
    password = said.split()[-1]
    status, page = served.send("/sign-in/", username="lena@example.org", password=password)
    assert (status, "New password" in page) == (200, True)
    chosen = "copper lantern meadow seven"
    status, page = served.send("/choose-password/", password=chosen, again=chosen)
    assert (status, "Lena Marsh" in page) == (200, True)
    assert "Set up a second factor" in page, "without HTTPS too, a lead is asked for one"


def test_what_runs_by_itself_runs_beside_the_server_in_the_application_s_role(served: Served) -> None:
    wait_until(
        lambda: "The background worker is running." in served.manage("schedule"), "the worker is there"
    )
    lines = "select count(*) from background_lastrun where went = 'well'"
    wait_until(
        lambda: served.rows(lines) == [(len(SCHEDULE),)], "what had been missed overnight is made up for"
    )


def test_connections_that_say_nothing_keep_nobody_waiting(served: Served) -> None:
    served.ask("/sign-in/")  # it is there
    silent = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(72)]
    try:
        # a thread that had one of them would wait five seconds for its first word: twelve times over for all
        with build_opener().open(f"http://localhost:{served.port}/sign-in/", timeout=20) as answer:
            assert answer.status == 200
    finally:
        for each in silent:
            each.close()


def test_without_its_database_it_says_so_and_with_it_back_the_next_request_is_answered(
    served: Served,
) -> None:
    """Away for so long that a pool left to itself would try again only now and then."""
    assert served.ask("/")[0] == 200
    cluster.stop(served.folder)
    try:
        for _ in range(3):
            status, page = served.ask("/")
            assert (status, "It cannot reach its database" in page) == (503, True)
        status, page = served.ask("/choose-password/", again="a")
        assert (status, "What you just sent was not saved" in page) == (503, True)
        assert "Traceback" not in page
        assert served.process.poll() is None
    finally:
        cluster.start(served.folder)
    back = served.rows("select now()")[0][0]
    assert [served.ask("/")[0] for _ in range(4)] == [200] * 4
    wait_until(lambda: (last := heard(served)) and last > back, "the background worker goes on")


def test_a_request_under_way_when_the_database_goes_is_told_so(served: Served) -> None:
    with psycopg.connect(
        host=str(served.folder / SOCKET), port=PORT, user="postgres", dbname=DATABASE,
        password=password_of("postgres", served.folder), autocommit=True,
    ) as opened:  # fmt: skip
        opened.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", [APPLICATION]
        )
    assert [served.ask("/")[0] for _ in range(4)] == [200] * 4


def test_a_worker_that_is_killed_alone_is_started_again_while_pages_answer_and_the_log_says_so(
    served: Served,
) -> None:
    keeper, worker = worker_of(served)
    os.kill(worker, signal.SIGKILL)
    killed = served.rows("select now()")[0][0]
    wait_until(lambda: worker_of(served)[1] not in (0, worker), "another is there")
    assert served.ask("/")[0] == 200
    assert worker_of(served)[0] == keeper
    wait_until(lambda: (last := heard(served)) and last > killed, "it is at work")
    said = (served.folder / "said").read_text()
    assert "has ended on its own (with SIGKILL); it is started again in 1 seconds" in said


def test_a_server_that_is_killed_takes_the_worker_with_it(served: Served) -> None:
    children = children_of(served.process.pid)
    assert len(children) == 4, "three of the server's own and what keeps the background worker"
    keeper, worker = worker_of(served)
    assert keeper in children
    served.process.send_signal(signal.SIGKILL)
    served.process.wait()
    wait_until(lambda: not any(alive(each) for each in [*children, worker]), "all of them end", seconds=60)
