"""A request as views see it."""

from django.http import HttpRequest

from alongside.casework.access.actors import Actor


class Asked(HttpRequest):
    """A request of a member who has signed in; the middleware of accounts says who asks, and for whom."""

    actor: Actor
