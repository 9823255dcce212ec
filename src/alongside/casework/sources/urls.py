"""Addresses of sources."""

from django.urls import path

from alongside.casework.sources.views import links, questions, release, runs

app_name = "sources"
urlpatterns = [
    path("runs/", runs.runs, name="runs"),
    path("runs/<uuid:run_id>/", runs.run, name="run"),
    path("runs/<uuid:run_id>/lists/<slug:policy>/<int:version>/release/", release.release, name="release"),
    path("releases/<uuid:release_id>/", release.released, name="released"),
    path("releases/<uuid:release_id>/withdraw/", release.withdraw, name="withdraw"),
    path("doubts/", links.doubts, name="doubts"),
    path("doubts/answered/", links.settled, name="settled"),
    path("doubts/<uuid:link_id>/take-back/", links.take_back, name="take_back"),
    path("doubts/<uuid:link_id>/", links.settle, name="settle"),
    path("data-questions/", questions.questions, name="questions"),
    path("data-questions/new/", questions.ask, name="ask"),
    path("data-questions/<uuid:question_id>/", questions.question, name="question"),
]
