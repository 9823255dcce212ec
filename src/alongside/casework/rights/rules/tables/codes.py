"""What the codes in columns mean, in words for the person. A test checks them against the models."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.sharing.rules.basis import BASES
from alongside.casework.sharing.rules.requests import POWERS

Codes = Mapping[str, Promise | str]

YES_NO: Codes = {"yes": _("Yes"), "no": _("No"), "not_known": _("Not known")}
YES_PARTLY_NO: Codes = {**YES_NO, "partly": _("Partly"), "not_asked": _("You were not asked")}
ABLE: Codes = {
    "yes": _("Yes, you could"),
    "no": _("No, you could not"),
    "not_assessed": _("Nobody looked at that"),
}
TOPIC: Codes = {
    "everything": _("Everything about you"),
    "known": _("That a service knows you"),
    "contact": _("Where you live and how to reach you"),
    "home": _("Your home and tenancy"),
    "money": _("Your money, debts and benefits"),
    "family": _("Your family and relationships"),
    "safety": _("Risks, and how you can be safe"),
    "care": _("Care and support that you need"),
    "health": _("Your physical health"),
    "mental_health": _("Your mental health"),
    "substances": _("Alcohol and drugs"),
    "offences": _("Offences, including alleged ones"),
}
DATA: Codes = {
    "ordinary": _("Ordinary: who you are, where you are, which service"),
    "special": _("Sensitive: health, beliefs, origin, sex life"),
    "criminal": _("About offences, including alleged ones"),
}
BASIS: Codes = {code: basis.title for code, basis in BASES.items()}
ADVOCACY: Codes = {
    "not_needed": _("You have no right to one, because you can do this without much difficulty"),
    "needed_not_yet": _("You need one, and nobody has been asked yet"),
    "instructed": _("An advocate was asked to help you"),
    "refused_by_person": _("You did not want one"),
    "family_appropriate": _("Somebody close to you helps you"),
}
HELP_KIND: Codes = {
    "needs_assessment": _("An assessment of your needs for care and support"),
    "carers_assessment": _("A carer's assessment"),
    "care": _("Care and support, at home or elsewhere"),
    "health": _("Health care: a doctor, a nurse, a hospital"),
    "mental_health": _("Mental health care"),
    "substances": _("Help with alcohol or drugs"),
    "housing": _("A home, repairs, or help to keep a tenancy"),
    "home_safety": _("A safe home: fire safety, cleaning, clearing"),
    "money_food": _("Money, food or heating"),
    "safety": _("Help to be safe from somebody"),
    "advocate": _("Somebody to speak for you"),
    "company": _("Company, or something to do"),
    "other": _("Something else"),
}

CODES: Mapping[str, Mapping[str, Codes]] = {
    "sharing.SharingChoice": {
        "answer": {"agrees": _("You agreed"), "refuses": _("You asked us not to")},
        "topic": TOPIC,
        "explained": {
            "spoken": _("In conversation"),
            "easy_read": _("With an Easy Read page"),
            "pictures": _("With pictures or objects"),
            "large_print": _("In large print"),
            "interpreter": _("Through an interpreter"),
            "sign_language": _("In sign language"),
            "advocate": _("With an advocate or somebody you trust"),
            "more_than_once": _("On more than one day"),
        },
        "capacity": {
            "assumed": _("Nothing suggested otherwise, so it was assumed that you could"),
            "assessed": _("Somebody looked at this exact decision: you could"),
            "in_doubt": _("There was doubt"),
            "lacks": _("Somebody looked at this exact decision: you could not"),
        },
        "method": (
            said := {
                "spoken": _("You said it"),
                "written": _("You wrote it"),
                "signed": _("You signed a form"),
                "signs": _("By signs, gestures or pictures"),
                "interpreter": _("Through an interpreter"),
                "advocate": _("Through an advocate"),
            }
        ),
        "withdrawn_how": said,
    },
    "sharing.ShareDecision": {
        "outcome": {"share": _("To share it"), "do_not_share": _("Not to share it")},
        "known": {
            "direct_care": _("It was for your own care or support, among those who give it"),
            "care_and_support_needs": _("You needed care and support"),
            "at_risk": _("You suffered neglect or harm, or were at risk of it"),
            "unable_to_protect": _("Because of your needs you could not protect yourself"),
            "consent_cannot_be_had": _(
                "You could not be asked, or asking would have undermined what was meant to protect you"
            ),
            "life_in_danger": _("A life was in danger"),
            "cannot_consent": _("You could not say yes or no at that time"),
            "lacks_capacity": _("You could not decide this at that time"),
            "adult": _("You were 18 or older"),
            "agrees": _("You had agreed to this"),
            "refuses": _("You had asked us not to share this"),
            "risk_to_others": _("Somebody else was at risk"),
            "crime": _("It was to prevent or detect a crime"),
            "controlled": _("Somebody may have controlled or coerced you"),
            "requested_for_public_task": _(
                "A public authority asked, and said for which task and under which power"
            ),
            "emergency": _("It was an emergency"),
        },
        "article_6": BASIS,
        "condition": BASIS,
        "confidence": BASIS,
        "wish": {
            "agrees": _("You agreed to exactly this"),
            "refuses": _("You asked us not to share this"),
            "not_said": _("You had not said whether this may be shared"),
        },
        "told": {
            "told": _("Yes, you were told"),
            "will_be": _("Not yet: you were to be told"),
            "not_safe": _("No: it was thought unsafe for you to know"),
        },
    },
    "sharing.SharedItem": {
        "topic": TOPIC,
        "data": DATA,
        "kind": {
            "fact": _("A fact"),
            "observation": _("Something that staff saw or heard themselves"),
            "opinion": _("A professional's opinion"),
            "allegation": _("An allegation: nobody has shown that it is true"),
            "self_report": _("What you said about yourself"),
            "third_party_report": _("What somebody else said"),
        },
    },
    "sharing.RefusalOverride": {
        "ground": {
            "lacks_capacity_best_interests": _(
                "You could not decide about this, and sharing it was in your best interests"
            ),
            "risk_to_others": _("There was a risk to others"),
            "prevention_detection_crime": _("To prevent or detect a crime"),
            "public_interest": _("The public interest outweighed what you asked for"),
            "coercion_control": _("Somebody may have controlled or coerced you"),
            "vital_interests": _("A life was in danger"),
            "statutory_duty": _("A duty in law"),
            "court_order": _("A court ordered it"),
        },
    },
    "sharing.SecondLook": {
        "answer": {"agreed": _("They agreed"), "not_agreed": _("They did not agree")},
    },
    "sharing.InformationRequest": {
        "power": {code.value: power.title for code, power in POWERS.items()},
        "kinds": DATA,
        "urgency": {
            "urgent": _("Urgent: within 1 working day"),
            "ordinary": _("In the usual time: within 10 working days"),
        },
        "state": {
            "asked": _("Not answered yet"),
            "chased": _("Not answered yet, and they were reminded"),
            "answered": _("Answered"),
            "nothing_held": _("They hold nothing"),
            "refused": _("They said no, with reasons"),
            "withdrawn": _("It was no longer needed"),
        },
        "refusal": {
            "incompatible": _("It would conflict with their own duties"),
            "harmful": _("It would harm what they are there to do"),
            "not_held": _("It is not theirs to give: another organisation holds it"),
            "not_lawful": _("No law allows them to share it"),
            "other": _("Another reason"),
            "cannot_say": _("They said only that they cannot say more"),
        },
    },
    "sharing.LookChased": {
        "step": {
            "managers": _("The managers there"),
            "governance": _("Whoever reviews emergencies"),
        },
    },
    "sharing.RequestChaser": {
        "step": {
            "by_hand": _("A member of staff reminded them"),
            "due": _("Whoever asked was reminded on the day an answer was due"),
            "managers": _("The managers of the organisation that was asked were reminded"),
            "both": _("The managers of both organisations were reminded"),
        },
    },
    "capacity.CapacityRecord": {
        "help": {
            "time": _("A time of day that is good for you, and enough time"),
            "place": _("A place where you are at ease"),
            "sober": _("A time when you had drunk or used less"),
            "interpreter": _("An interpreter, or somebody who speaks or signs your language"),
            "ways": _("Pictures, easy words, large print, hearing aid, glasses"),
            "steps": _("One thing at a time, over several talks"),
            "trusted_person": _("Somebody you trust beside you"),
            "treated": _("Pain, infection or medication looked at first"),
        },
        **dict.fromkeys(("understand", "retain", "weigh", "communicate"), ABLE),
        "recognises": YES_PARTLY_NO,
        "pressure": {
            "none_seen": _("Nobody saw any sign of it"),
            "beside": _("There was some, but even without it you could not decide this"),
            "cause": _("There was some, and without it you might well be able to decide this"),
            "not_looked_at": _("Nobody looked at that"),
        },
        "outcome": {
            "assumed": _("You can decide this: it is assumed, and nothing puts it in doubt"),
            "in_doubt": _("There is doubt: nobody has looked yet, or it is not clear"),
            "assessed_has": _("You can decide this: somebody looked"),
            "assessed_lacks": _("You cannot decide this now: somebody looked"),
            "fluctuates": _("It comes and goes: sometimes you can decide this, sometimes not"),
            "executive_doubt": _("You say one thing, and another happens: there is doubt"),
        },
        "confidence": {
            "sure": _("Sure"),
            "likely": _("More likely than not"),
            "unsure": _("Not sure: somebody else should look too"),
        },
    },
    "capacity.BestInterests": {
        "regain": {
            "likely": _("Yes, that is likely"),
            "unlikely": _("No, that is unlikely"),
            "not_known": _("Nobody can say"),
        },
        "serious": {
            "neither": _("No"),
            "treatment": _("Yes, serious medical treatment"),
            "move": _("Yes, a long stay in hospital, or a long move that services arranged"),
        },
        "imca": {
            "not_needed": _("None was needed"),
            "instructed": _("Yes, and what they said was taken into account"),
            "urgent": _("It could not wait for one; one is being asked now"),
        },
    },
    "capacity.AdvanceStatement": {
        "kind": {
            "statement": _("What you want, in your words"),
            "refusal": _("An advance decision to refuse treatment"),
            "lpa_health": _("A lasting power of attorney for health and care"),
            "lpa_money": _("A lasting power of attorney for money and property"),
            "deputy": _("A deputy appointed by the Court of Protection"),
        },
    },
    "capacity.Advocate": {
        "occasion": {
            "assessment": _("An assessment, a care and support plan, or a review of one"),
            "enquiry": _("A safeguarding enquiry, or a safeguarding adults review"),
            "serious": _("Serious medical treatment, or a long move, which you cannot decide on"),
        },
        "difficulties": {
            "understand": _("Understanding what you need to know"),
            "retain": _("Keeping it in mind"),
            "weigh": _("Using it or weighing it up"),
            "communicate": _("Saying what you think, want or feel, by any means"),
        },
        "objections": {
            "implicated": _("They may be part of what is being looked into"),
            "paid": _("They are paid to care for you or to treat you"),
            "refused": _("You do not want them"),
            "unable": _("They are not able to, or do not wish to"),
        },
        "right": {
            "care_act_67": _("Care Act 2014, section 67"),
            "care_act_68": _("Care Act 2014, section 68"),
            "imca": _("Mental Capacity Act 2005, sections 37 to 39"),
        },
        "state": ADVOCACY,
    },
    "capacity.AdvocateStep": {"state": ADVOCACY},
    "offers.Offer": {
        "kind": HELP_KIND,
        "explained": {
            "in_person": _("In person"),
            "telephone": _("By phone"),
            "in_writing": _("In writing"),
            "easy_read": _("In Easy Read"),
            "own_language": _("By somebody who speaks your language"),
            "interpreter": _("Through an interpreter"),
            "signed": _("In sign language, or by signs"),
            "with_somebody": _("With somebody you trust, or an advocate"),
        },
        "understood": YES_PARTLY_NO,
    },
    "offers.Reply": {
        "answer": {
            "accepted": _("You said yes"),
            "declined": _("You said no"),
            "not_yet": _("You had not decided yet"),
            "not_reached": _("You could not be reached"),
            "not_accessible": _("You could not use it: it was taken back, or you could not get to it"),
        },
        "put_off": {
            "cost": _("What it costs"),
            "place": _("Where it is"),
            "time": _("When it is"),
            "trust": _("You do not trust who offers it"),
            "past": _("What happened before"),
            "fear": _("Fear of what would follow"),
            "pride": _("Pride, or shame"),
            "not_asked_for": _("It is not what you asked for"),
            "controlled": _("Somebody else controls what you may say or do"),
            "other": _("Something else"),
        },
        "lacks_capacity": {
            "yes": _("No, not this"),
            "no": _("Yes"),
            "not_known": _("Not known"),
        },
        "at_risk": YES_NO,
    },
    "offers.NotOffered": {
        "kind": HELP_KIND,
        "why": {
            "does_not_exist": _("It does not exist here"),
            "waiting_list": _("There is a waiting list"),
            "not_eligible": _("You were thought not to be entitled to it"),
            "no_funding": _("There is no money for it"),
            "unsuitable": _("Somebody thought that it would not suit you"),
            "would_decline": _("Somebody thought that you would say no"),
            "risk_to_staff": _("A risk to staff was seen"),
            "other": _("Something else"),
        },
    },
    "offers.SecondLook": {
        "verdict": {
            "agree": _("Not offering it was right"),
            "offer": _("It is to be offered after all"),
            "discuss": _("It is to be talked about first"),
        },
    },
}
"""Model label and column name to what the column's codes mean."""
