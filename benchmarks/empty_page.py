"""Settings and addresses of an empty page, in the middleware that Django puts around every new project's."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from alongside.casework.settings.demonstration import *  # noqa: F403

ROOT_URLCONF = "benchmarks.empty_page"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def empty(_: HttpRequest) -> HttpResponse:
    """Answer with nothing to speak of."""
    return HttpResponse("<!doctype html><title>Empty</title>")


urlpatterns = [path("", empty), path("sign-in/", empty)]
