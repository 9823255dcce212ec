"""Addresses of outreach. None of them says anything about a person."""

from django.urls import path

from alongside.casework.outreach.views import (
    asking,
    conversations,
    endings,
    items,
    lists,
    person,
    referrals,
    worries,
)

app_name = "outreach"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("team/<uuid:team_id>/", lists.team, name="team"),
    path("team/<uuid:team_id>/plan/", lists.plan, name="plan"),
    path("manager/", lists.manager, name="manager"),
    path("manager/cover/", lists.cover, name="cover"),
    path("worry/", worries.raise_worry, name="worry"),
    path("new/<uuid:person_id>/", lists.put_on_list, name="put_on_list"),
    path("table/<uuid:person_id>/", person.table, name="table"),
    path("own-page/<uuid:person_id>/", person.own_page, name="own_page"),
    path("item/<uuid:item_id>/", items.item, name="item"),
    path("item/<uuid:item_id>/judge/", items.judge, name="judge"),
    path("item/<uuid:item_id>/attempt/", items.attempt, name="attempt"),
    path("item/<uuid:item_id>/note/", items.note, name="note"),
    path("item/<uuid:item_id>/put-back/", items.put_back, name="put_back"),
    path("item/<uuid:item_id>/finish/", items.finish, name="finish"),
    path("item/<uuid:item_id>/skills/", items.need, name="need"),
    path("item/<uuid:item_id>/how-soon/", items.prioritise, name="prioritise"),
    path("item/<uuid:item_id>/assign/", items.assign, name="assign"),
    path("item/<uuid:item_id>/take/", items.take, name="take"),
    path("item/<uuid:item_id>/hand-over/", items.offer, name="offer"),
    path("item/<uuid:item_id>/take-over/", items.answer_offer, name="answer_offer"),
    path("item/<uuid:item_id>/refer/", asking.refer, name="refer"),
    path("item/<uuid:item_id>/refer/<uuid:organisation_id>/", asking.refer_to, name="refer_to"),
    path("item/<uuid:item_id>/conversation/", conversations.begin, name="begin"),
    path("conversation/<uuid:conversation_id>/", conversations.talk, name="talk"),
    path("conversation/<uuid:conversation_id>/danger/", conversations.danger, name="danger"),
    path("conversation/<uuid:conversation_id>/call-now/", conversations.call_now, name="call_now"),
    path("conversation/<uuid:conversation_id>/theme/<slug:code>/", conversations.theme, name="theme"),
    path("conversation/<uuid:conversation_id>/answer/", conversations.answer, name="answer"),
    path("conversation/<uuid:conversation_id>/service/from/<slug:back>/", endings.find, name="find"),
    path(
        "conversation/<uuid:conversation_id>/service/from/<slug:back>/choose/", endings.choose, name="choose"
    ),
    path("conversation/<uuid:conversation_id>/end/", endings.end, name="end"),
    path("conversation/<uuid:conversation_id>/end/keep/", endings.keep, name="keep_ending"),
    path("conversation/<uuid:conversation_id>/end/check/", endings.end_check, name="end_check"),
    path("conversation/<uuid:conversation_id>/next-steps/", conversations.next_steps, name="next_steps"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<uuid:referral_id>/accept/", referrals.accept, name="accept"),
    path("referrals/<uuid:referral_id>/decline/", referrals.decline, name="decline"),
    path("referrals/<uuid:referral_id>/complete/", referrals.complete, name="complete"),
    path("referrals/<uuid:referral_id>/take-back/", referrals.take_back, name="take_back"),
]
