"""Settings and addresses of two empty pages, in the middleware that Django gives every new project.

One is for anybody. The other is what Django asks of every page for somebody who has signed in: their session
and their account are read from the same database, and a template says their name.
"""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from alongside.casework.settings.demonstration import *  # noqa: F403

ROOT_URLCONF = "benchmarks.empty_page"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # not Django's: our table of members needs it to start
]
MEMBERS = Engine().from_string("<!doctype html><title>Empty</title><p>{{ user.name }}</p>")


def empty(_: HttpRequest) -> HttpResponse:
    """Answer with nothing to speak of."""
    return HttpResponse("<!doctype html><title>Empty</title>")


def members(request: HttpRequest) -> HttpResponse:
    """Answer somebody who has signed in with nothing but who they are."""
    return HttpResponse(MEMBERS.render(Context({"user": request.user})))


urlpatterns = [path("", empty), path("sign-in/", empty), path("members/", members)]
