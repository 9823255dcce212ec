"""One way to write, one way to read: decorators that refuse a command or query that forgot something."""

from alongside.casework.operations.command import command
from alongside.casework.operations.query import query

__all__ = ["command", "query"]
