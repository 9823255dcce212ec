"""The command line: one module per command.

Exits 0 when the job was done, 1 when data was refused, 2 when used incorrectly.

A command's module registers itself: it imports ``app`` and decorates one function with ``@app.command()``;
the import below makes it known. Commands import the engine inside their function, so that ``--help`` is
instant.
"""

from alongside.cli import assurance, check, evaluate, explain, find, manage, serve, synth
from alongside.cli.application import app, main

__all__ = ["app", "assurance", "check", "evaluate", "explain", "find", "main", "manage", "serve", "synth"]
