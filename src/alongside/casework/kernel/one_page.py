"""How a process serves pages: one at a time, and another while that one waits for somebody else's computer.

Two pages at once on one core take turns, so each takes as long as both, and one in twenty took twice as long
as most. But where a provider of sign-on is slow, as many people signing in as there are processes must not
keep everybody else waiting.
"""

from gunicorn.workers.gthread import ThreadWorker  # serves the pages (kernel.server)

from alongside.casework.kernel.elsewhere import serves


class OnePageAtATime(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, where a page that waits elsewhere leaves its place to another.

    ``worker_connections`` is how many pages it makes at a time, and ``threads`` how many there are with those
    that wait elsewhere. As with gunicorn's own, only the main thread counts.
    """

    def init_process(self) -> None:
        """Begin to serve, as the one server of this process."""
        self.elsewhere = 0
        serves(self)
        super().init_process()

    def leave(self) -> None:
        """See ``Server``."""
        self.method_queue.defer(self._moved, 1)

    def come_back(self) -> None:
        """See ``Server``."""
        self.method_queue.defer(self._moved, -1)

    def _moved(self, away: int) -> None:
        places = self.cfg.threads - self.worker_connections
        given = min(self.elsewhere, places)
        self.elsewhere += away
        self.nr_conns -= min(self.elsewhere, places) - given
