"""Every address of the web product, by app."""

from django.urls import URLPattern, URLResolver, include, path

from alongside.casework.accounts.views.today import today
from alongside.casework.design.language_switch import choose_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today, name="today"),
    path("language/", choose_language, name="choose_language"),
    path("", include("alongside.casework.accounts.urls")),
    path("", include("alongside.casework.background.urls")),
    path("", include("alongside.casework.notices.urls")),
    path("", include("alongside.casework.directory.urls")),
    path("people/", include("alongside.casework.people.urls")),
    path("people/", include("alongside.casework.capacity.urls")),
    path("", include("alongside.casework.offers.urls")),
    path("", include("alongside.casework.sharing.urls")),
    path("", include("alongside.casework.sources.urls")),
    path("", include("alongside.casework.marm.urls")),
    path("lists/", include("alongside.casework.outreach.urls")),
    path("", include("alongside.casework.oversight.urls")),
    path("", include("alongside.casework.rights.urls")),
]

handler400 = "alongside.casework.design.refusals.bad_request"
handler403 = "alongside.casework.design.refusals.not_allowed"
handler404 = "alongside.casework.design.refusals.not_found"
handler500 = "alongside.casework.design.refusals.broken"
