"""Every address of the web product, by app."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("outreach/", include("alongside.casework.outreach.urls")),
]
