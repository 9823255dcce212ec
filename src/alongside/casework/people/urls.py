"""URLs of pages about people. They hold ids, never names."""

from django.urls import path

from alongside.casework.people.views import emergencies, finding, own_words, person, questions

app_name = "people"
urlpatterns = [
    path("", finding.search, name="search"),
    path("new/", finding.admit, name="admit"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<uuid:question_id>/", questions.answer, name="answer"),
    path("separated/", questions.separated, name="separated"),
    path("emergency/", emergencies.emergency, name="emergency"),
    path("emergency/<uuid:access_id>/close/", emergencies.close, name="close_emergency"),
    path("emergency/opened/", emergencies.opened, name="opened"),
    path("emergency/reviews/", emergencies.emergencies, name="emergencies"),
    path("emergency/reviews/<uuid:access_id>/", emergencies.review, name="review"),
    path("own-words/", own_words.own_words, name="own_words"),
    path("own-words/back/", own_words.take_back, name="take_back"),
    path("<uuid:person_id>/", person.person, name="person"),
    path("<uuid:person_id>/hand-over/", own_words.hand_over, name="hand_over"),
    path("<uuid:person_id>/agencies/", person.agencies, name="agencies"),
    path("<uuid:person_id>/change/", person.change, name="change"),
    path("<uuid:person_id>/words/", person.words, name="words"),
    path("<uuid:person_id>/network/", person.contact, name="contact"),
    path("<uuid:person_id>/network/<uuid:contact_id>/off/", person.off_network, name="off_network"),
    path("<uuid:person_id>/involvement/", person.involved, name="involvement"),
    path("<uuid:person_id>/involvement/<uuid:involvement_id>/end/", person.end, name="end_involvement"),
    path("<uuid:person_id>/chronology/", person.chronology, name="chronology"),
    path("<uuid:person_id>/chronology/<uuid:entry_id>/correct/", person.correct, name="correct"),
    path("<uuid:person_id>/ask/", person.ask, name="ask"),
    path("<uuid:person_id>/merge/", questions.merge, name="merge"),
    path("<uuid:person_id>/merge/<uuid:merge_id>/part/", questions.part, name="part"),
]
