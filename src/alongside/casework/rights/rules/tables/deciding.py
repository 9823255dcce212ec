"""The tables of sharing, of capacity and of offers, as the person is told of them."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.labels import labelled
from alongside.casework.rights.rules.tables.table import Table

SHARING: dict[str, Table] = {
    "sharing.SharingChoice": Table(
        title=_("What you chose about telling others"),
        about=_("Whom you let us tell what, or not, and that you took it back"),
        columns=labelled(
            "answer topic recipient purpose exactly explained explained_how language capacity free method "
            "evidence words expires_on withdrawn_on withdrawn_how withdrawn_words effect_told"
        ),
        made="recorded_at",
        on="said_on",
        organisation="organisation",
        by=("recorded_by", "withdrawn_recorded_by"),
        left_out=("id", "person", "talk", "withdrawn_recorded_at"),
    ),
    "sharing.ShareDraft": Table(
        title=_("Decisions about telling others that are not finished"),
        about=_("What somebody has typed so far; it is gone once they decide"),
        columns=labelled("answers"),
        made="updated_at",
        organisation="organisation",
        by=("user_id",),
        left_out=("id", "person"),
    ),
    "sharing.Advice": Table(
        title=_("Advice on whether something about you may be told"),
        about=_("The question, and the answer"),
        columns=labelled("question answer lawyer_asked_on lawyer_said answered_at"),
        made="asked_at",
        organisation="organisation",
        by=("asked_by", "lawyer", "answered_by"),
        left_out=("id", "person", "draft_id", "asked_by_id", "answered_by_id"),
    ),
    "sharing.ShareDecision": Table(
        title=_("Decisions about telling others"),
        about=_("That something was told or not, on which basis in law, and why"),
        columns=labelled(
            "outcome purpose who known article_6 article_6_words condition condition_words confidence "
            "confidence_words necessity proportionality wish told told_on told_how told_why_not "
            "onward keep_until channel without_agreement reason risk review_on corrected_why"
        ),
        made="decided_at",
        organisation="organisation",
        by=("decided_by", "named"),
        left_out=("id", "person", "decided_by_id", "corrects", "request_id", "advice_id", "made_in"),
    ),
    "sharing.SharedItem": Table(
        title=_("What was told"),
        about=_("Each thing, and how good that information is"),
        columns=labelled("topic data words kind as_at source verified_by limits"),
        organisation="decision.organisation",
        left_out=("id", "decision", "position", "quality"),
    ),
    "sharing.Recipient": Table(
        title=_("Whom a decision tells"),
        about=_("The organisations"),
        columns=labelled("organisation"),
        organisation="decision.organisation",
        left_out=("id", "decision", "agreement"),
    ),
    "sharing.Disclosure": Table(
        title=_("That an organisation was told"),
        about=_("Which, when, and when it opened what it was told"),
        columns=labelled("organisation opened_at"),
        made="at",
        organisation="from_organisation",
        by=("opened_by",),
        left_out=("id", "decision"),
    ),
    "sharing.RefusalOverride": Table(
        title=_("Telling others although you said no"),
        about=_("The ground, and what else was thought of"),
        columns=labelled(
            "ground refusal first second alternatives harm advice review_on emergency emergency_why look_by"
        ),
        organisation="decision.organisation",
        left_out=("decision", "capacity_record", "best_interests"),
    ),
    "sharing.SecondLook": Table(
        title=_("What a second member of staff said of that"),
        about=_("Whether they agreed"),
        columns=labelled("answer words"),
        made="at",
        organisation="decision.organisation",
        by=("by",),
        left_out=("id", "decision", "by_id"),
    ),
    "sharing.LaterView": Table(
        title=_("What you said of it afterwards"),
        about=_("In your words"),
        columns=labelled("words"),
        made="recorded_at",
        on="said_on",
        organisation="decision.organisation",
        by=("recorded_by",),
        left_out=("id", "decision"),
    ),
    "sharing.InformationRequest": Table(
        title=_("What organisations asked each other about you"),
        about=_("The letter, and the answer"),
        columns=labelled(
            "who asked_of purpose what_for power power_words kinds person_knows why_not_told urgency due "
            "how_to_answer letter state ended_at ended_words refusal"
        ),
        made="asked_at",
        organisation="asked_by",
        by=("asked_by_name", "ended_by_name"),
        left_out=("id", "person", "decision_id"),
    ),
    "sharing.RequestItem": Table(
        title=_("Each thing they asked for"),
        about=_("And why it was needed"),
        columns=labelled("what why period"),
        organisation="request.asked_by",
        left_out=("id", "request", "number"),
    ),
    "sharing.RequestChaser": Table(
        title=_("That somebody was reminded of that"),
        about=_("When, and by whom"),
        columns=labelled("step"),
        made="at",
        organisation="request.asked_by",
        by=("by_name",),
        left_out=("id", "request"),
    ),
}
CAPACITY: dict[str, Table] = {
    "capacity.CapacityRecord": Table(
        title=_("Whether you could make a decision"),
        about=_("One decision on one day, with what help, and why somebody thought so"),
        columns=labelled(
            "decision why_now information chosen_by help help_words understand understand_seen retain "
            "retain_seen weigh weigh_seen communicate communicate_seen impairment because says does gap "
            "others_saw recognises pattern best_time best_place best_with when_not pressure pressure_words "
            "advice_from outcome reasons confidence next_check"
        ),
        made="recorded_at",
        on="assessed_on",
        organisation="organisation",
        by=("assessed_by", "role"),
        left_out=("id", "person", "follows"),
    ),
    "capacity.CapacityView": Table(
        title=_("Who agrees with that and who does not"),
        about=_("And why"),
        columns=labelled("stance agency why"),
        made="recorded_at",
        organisation="organisation",
        by=("written_down_by", "name"),
        left_out=("id", "person", "record"),
    ),
    "capacity.AdviceNote": Table(
        title=_("Legal advice about pressure on you"),
        about=_("Where somebody stands in the way of a free decision"),
        columns=labelled("what of_whom words"),
        made="recorded_at",
        on="on",
        organisation="organisation",
        by=("written_down_by",),
        left_out=("id", "person", "record"),
        of_others=True,
    ),
    "capacity.BestInterests": Table(
        title=_("What was decided for you"),
        about=_("What you wish, who was asked, and why"),
        columns=labelled(
            "past_wishes present_wishes beliefs consulted nobody_to_consult regain can_wait regain_words "
            "options less_restrictive serious imca imca_words decision why"
        ),
        made="recorded_at",
        on="decided_on",
        organisation="organisation",
        by=("written_down_by", "decided_by"),
        left_out=("id", "person", "record"),
    ),
    "capacity.AdvanceStatement": Table(
        title=_("What you said in advance"),
        about=_("In case you cannot decide, and who may act for you"),
        columns=labelled("kind words held_by"),
        made="recorded_at",
        on="made_on",
        organisation="organisation",
        by=("written_down_by", "seen_by"),
        left_out=("id", "person"),
    ),
    "capacity.AdvanceWithdrawal": Table(
        title=_("That you took that back"),
        about=_("And what you said"),
        columns=labelled("words"),
        made="recorded_at",
        on="said_on",
        organisation="organisation",
        by=("written_down_by",),
        left_out=("id", "person", "statement"),
    ),
    "capacity.Advocate": Table(
        title=_("Your right to an independent advocate"),
        about=_("Whether you have it, and why"),
        columns=labelled(
            "occasion difficulties difficulty_words helper objections person_agrees right state"
        ),
        made="asked_at",
        organisation="organisation",
        by=("asked_by",),
        left_out=("id", "person", "record", "version"),
    ),
    "capacity.AdvocateStep": Table(
        title=_("What became of that"),
        about=_("Each step"),
        columns=labelled("state advocate advocate_of words"),
        made="recorded_at",
        on="on",
        organisation="organisation",
        by=("written_down_by",),
        left_out=("id", "person", "advocacy"),
    ),
}
OFFERS: dict[str, Table] = {
    "offers.Offer": Table(
        title=_("Help you were offered"),
        about=_("By whom, and how it was explained"),
        columns=labelled("kind what urgent explained explained_words understood understood_how"),
        made="recorded_at",
        on="offered_on",
        organisation="organisation",
        by=("recorded_by",),
        left_out=("id", "person", "service_id", "instead_of"),
    ),
    "offers.Reply": Table(
        title=_("What you said to it"),
        about=_("In your words, and what was to happen next"),
        columns=labelled(
            "answer own_words no_words_why put_off put_off_words not_accessible_why instead next_step "
            "next_on lacks_capacity at_risk decided_on revisit_on"
        ),
        made="recorded_at",
        on="on",
        organisation="organisation",
        by=("recorded_by", "next_by", "decided_by"),
        left_out=("id", "offer", "place"),
    ),
    "offers.NotOffered": Table(
        title=_("Help you were not offered"),
        about=_("And why"),
        columns=labelled("kind what why words"),
        made="recorded_at",
        on="decided_on",
        organisation="organisation",
        by=("recorded_by", "thought_by"),
        left_out=("id", "person", "recorded_by_id"),
    ),
    "offers.SecondLook": Table(
        title=_("What a manager said of that"),
        about=_("Whether they agreed"),
        columns=labelled("verdict words"),
        made="at",
        organisation="not_offered.organisation",
        by=("by",),
        left_out=("id", "not_offered", "by_id"),
    ),
}
