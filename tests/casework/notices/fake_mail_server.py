"""A mail server at the edge of the tests: it speaks what smtplib asks for, and keeps what it takes."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class FakeMailServer(socketserver.ThreadingTCPServer):
    """Takes every message, but those for an address it was told to refuse or that is full."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: list[tuple[str, Message]] = []
        self.refuses: set[str] = set()
        self.full: dict[str, str] = {}
        """Addresses that are taken, and what is said when the letter for them comes."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: FakeMailServer

    def handle(self) -> None:
        self._say("220 fake")
        to = ""
        while line := self.rfile.readline():
            said = line.decode().strip()
            verb = said[:4].upper()
            if verb == "RCPT":
                to = said.partition("<")[2].partition(">")[0]
                self._say("550 nobody here" if to in self.server.refuses else "250 yes")
            elif verb == "DATA":
                self._say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                if to in self.server.full:
                    self._say(self.server.full[to])
                    continue
                self.server.taken.append((to, message_from_bytes(text)))
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[FakeMailServer]:
    with FakeMailServer() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
