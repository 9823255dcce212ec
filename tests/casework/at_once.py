"""Several people at one thing in the same moment, each on a connection of their own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from alongside.casework.kernel.errors import AlreadyDoneError


def at_once(*tasks: Callable[[], Any]) -> list[str]:
    """Run tasks in threads that start together; return what became of each, sorted."""
    start, became = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], Any]) -> None:
        start.wait()
        try:
            task()
            became.append("kept")
        except AlreadyDoneError:
            became.append("told")
        except Exception as error:  # told by its name: the test says what it expected
            became.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(became)
