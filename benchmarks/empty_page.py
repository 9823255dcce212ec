"""An empty page of Django's, without middleware: what our pages are held against."""

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from alongside.casework.settings.demonstration import *  # noqa: F403

ROOT_URLCONF = "benchmarks.empty_page"
MIDDLEWARE: list[str] = []


def empty(_: HttpRequest) -> HttpResponse:
    """Answer with nothing to speak of."""
    return HttpResponse("<!doctype html><title>Empty</title>")


urlpatterns = [path("", empty), path("sign-in/", empty)]


def application(environ: object, start_response: object) -> object:
    """Answer as a server asks; made when first asked, since these are also the settings."""
    global _MADE
    _MADE = _MADE or get_wsgi_application()
    return _MADE(environ, start_response)


_MADE = None
