"""The directory's addresses. The feed uses the standard's own, without a slash at the end."""

from django.urls import path

from alongside.casework.directory.views import open_referral, pages

app_name = "directory"
FEED = "open-referral"
urlpatterns = [
    path("directory/", pages.search, name="search"),
    path("directory/ours/", pages.ours, name="ours"),
    path("directory/feeds/", pages.feeds, name="feeds"),
    path("directory/new/", pages.publish, name="publish"),
    path("directory/of/<uuid:organisation_id>/", pages.of_organisation, name="of_organisation"),
    path("directory/<uuid:service_id>/", pages.service, name="service"),
    path("directory/<uuid:service_id>/change/", pages.change, name="change"),
    path("directory/<uuid:service_id>/confirm/", pages.confirm, name="confirm"),
    path("directory/<uuid:service_id>/close/", pages.close, name="close"),
    path(f"{FEED}/", open_referral.root, name="feed_root"),
    path(f"{FEED}/openapi.json", open_referral.described, name="feed_described"),
    path(f"{FEED}/services", open_referral.services, name="feed_services"),
    path(f"{FEED}/services/<str:row_id>", open_referral.service, name="feed_service"),
    path(f"{FEED}/taxonomies", open_referral.taxonomies, name="feed_taxonomies"),
    path(f"{FEED}/taxonomies/<str:row_id>", open_referral.taxonomy, name="feed_taxonomy"),
    path(f"{FEED}/taxonomy_terms", open_referral.terms, name="feed_terms"),
    path(f"{FEED}/taxonomy_terms/<str:row_id>", open_referral.term, name="feed_term"),
    path(f"{FEED}/service_at_locations", open_referral.at_locations, name="feed_at_locations"),
    path(f"{FEED}/service_at_locations/<str:row_id>", open_referral.at_location, name="feed_at_location"),
]
