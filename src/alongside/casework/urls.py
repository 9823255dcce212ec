"""Every address of the web product, by app."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("alongside.casework.sources.urls")),
]
