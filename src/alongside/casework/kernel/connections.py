"""This thread's connection to the database, where work goes on for longer than one lasts."""

from django.db import connection


def let_go() -> None:
    """Give this thread's connection back: whatever asks the database next gets one that has not been cut.

    Nothing happens within a transaction, which would be lost with it.
    """
    if not connection.in_atomic_block:
        connection.close()
