"""Show one report at an address on this machine only: ``python -m tools.show demo/run/report.html``.

Only that one page is served. The run folder beside it holds people's data and is never served.
"""

import argparse
import os
import sys
import webbrowser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HOST = "127.0.0.1"


def server_for(page: bytes, port: int) -> ThreadingHTTPServer:
    """Return a server, not yet started, that answers ``/`` with ``page``; port 0 means any free port.

    Raises:
        OSError: the port is taken.
    """

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/"
            self.send_response(200 if found else 404)
            kind = "html" if found else "plain"
            self.send_header("Content-Type", f"text/{kind}; charset=utf-8")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(page if found else b"Only the report is shown here, at /\n")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
            """Say nothing: the terminal shows the address and is left alone."""

    return ThreadingHTTPServer((HOST, port), Page)


def main() -> None:
    """Serve the report until interrupted, saying where it is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("report", type=Path)
    parser.add_argument("--port", type=int, default=8000)
    asked = parser.parse_args()
    try:
        server = server_for(asked.report.read_bytes(), asked.port)
    except FileNotFoundError:
        sys.exit(f"There is no report at {asked.report}: `make demo` makes one.")
    except OSError:
        sys.exit(f"Port {asked.port} is taken by another program: try `make demo PORT={asked.port + 1}`.")
    address = f"http://{HOST}:{server.server_port}/"
    print(f"Read it at:      {address}   (Ctrl-C to stop)", flush=True)
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform == "darwin":
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
