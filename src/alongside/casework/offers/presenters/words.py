"""What each choice is called on pages. Nobody is *non-compliant*: help is declined, or not accessible."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.offers.rules.adding_up import Ground
from alongside.casework.offers.rules.assessment import Duty, Known
from alongside.casework.offers.rules.not_offered import NotOfferedWhy, Verdict
from alongside.casework.offers.rules.offering import Answer, Explained, Kind, PutOff, Understood

KIND: dict[Kind, Promise] = {
    Kind.NEEDS_ASSESSMENT: _("An assessment of their needs for care and support"),
    Kind.CARERS_ASSESSMENT: _("A carer's assessment"),
    Kind.CARE: _("Care and support, at home or elsewhere"),
    Kind.HEALTH: _("Health care: a doctor, a nurse, a hospital"),
    Kind.MENTAL_HEALTH: _("Mental health care"),
    Kind.SUBSTANCES: _("Help with alcohol or drugs"),
    Kind.HOUSING: _("A home, repairs, or help to keep a tenancy"),
    Kind.HOME_SAFETY: _("A safe home: fire safety, cleaning, clearing"),
    Kind.MONEY_FOOD: _("Money, food or heating"),
    Kind.SAFETY: _("Help to be safe from somebody"),
    Kind.ADVOCATE: _("Somebody to speak for them"),
    Kind.COMPANY: _("Company, or something to do"),
    Kind.OTHER: _("Something else"),
}
EXPLAINED: dict[Explained, Promise] = {
    Explained.IN_PERSON: _("In person"),
    Explained.TELEPHONE: _("By telephone"),
    Explained.IN_WRITING: _("In writing"),
    Explained.EASY_READ: _("In easy read"),
    Explained.OWN_LANGUAGE: _("By somebody who speaks their language"),
    Explained.INTERPRETER: _("Through an interpreter"),
    Explained.SIGNED: _("In sign language, or by signs"),
    Explained.WITH_SOMEBODY: _("With somebody they trust, or an advocate"),
}
UNDERSTOOD: dict[Understood, Promise] = {
    Understood.YES: _("Yes"),
    Understood.PARTLY: _("Partly"),
    Understood.NO: _("No"),
    Understood.NOT_KNOWN: _("Not known"),
}
ANSWER: dict[Answer, Promise] = {
    Answer.ACCEPTED: _("Accepted"),
    Answer.DECLINED: _("Declined"),
    Answer.NOT_YET: _("Not yet decided"),
    Answer.NOT_REACHED: _("Could not be reached"),
    Answer.NOT_ACCESSIBLE: _("Not accessible: the service withdrew it, or they could not get to it"),
}
ANSWER_SHORT: dict[Answer, tuple[Promise, str]] = {
    Answer.ACCEPTED: (_("Accepted"), "green"),
    Answer.DECLINED: (_("Declined"), "orange"),
    Answer.NOT_YET: (_("Not yet decided"), "yellow"),
    Answer.NOT_REACHED: (_("Not reached"), "grey"),
    Answer.NOT_ACCESSIBLE: (_("Not accessible"), "purple"),
}
PUT_OFF: dict[PutOff, Promise] = {
    PutOff.COST: _("What it costs"),
    PutOff.PLACE: _("Where it is"),
    PutOff.TIME: _("When it is"),
    PutOff.TRUST: _("They do not trust the people offering it"),
    PutOff.PAST: _("What happened before"),
    PutOff.FEAR: _("Fear of what would follow"),
    PutOff.PRIDE: _("Pride, or shame"),
    PutOff.NOT_ASKED_FOR: _("It is not what they asked for"),
    PutOff.CONTROLLED: _("Somebody else controls what they may say or do"),
    PutOff.OTHER: _("Something else"),
}
KNOWN: dict[Known, Promise] = {
    Known.YES: _("Yes"),
    Known.NO: _("No"),
    Known.NOT_KNOWN: _("Not known yet"),
}
DUTY: dict[Duty, Promise] = {
    Duty.STANDS: _(
        "The duty to assess still applies: the council must carry out the assessment even though it was "
        "declined (Care Act 2014, section 11(2))."
    ),
    Duty.NOT_SETTLED: _(
        "It is not settled whether the duty to assess still applies. Until it is, nobody may rely on the "
        "refusal (Care Act 2014, section 11(2))."
    ),
    Duty.RESTS: _(
        "The council does not have to assess for now. The duty applies again as soon as they ask, or their "
        "needs or circumstances change (Care Act 2014, section 11(3) and (4))."
    ),
}
NOT_OFFERED: dict[NotOfferedWhy, Promise] = {
    NotOfferedWhy.DOES_NOT_EXIST: _("It does not exist here"),
    NotOfferedWhy.WAITING_LIST: _("There is a waiting list"),
    NotOfferedWhy.NOT_ELIGIBLE: _("They are not eligible for it"),
    NotOfferedWhy.NO_FUNDING: _("There is no money for it"),
    NotOfferedWhy.UNSUITABLE: _("Somebody thought that it would not suit them"),
    NotOfferedWhy.WOULD_DECLINE: _("Somebody thought that they would say no"),
    NotOfferedWhy.RISK_TO_STAFF: _("A risk to staff, or a risk marker"),
    NotOfferedWhy.OTHER: _("Something else"),
}
VERDICT: dict[Verdict, Promise] = {
    Verdict.AGREE: _("I agree: not offering it was right"),
    Verdict.OFFER: _("Offer it after all, and let them say yes or no"),
    Verdict.DISCUSS: _("We must talk about it first: it stays on my list"),
}
VERDICT_SAID: dict[Verdict, Promise] = {
    Verdict.AGREE: _("Not offering it was right"),
    Verdict.OFFER: _("To be offered after all"),
    Verdict.DISCUSS: _("To be talked about first"),
}
GROUND: dict[Ground, Promise] = {
    Ground.SEVERAL: _("They declined essential help several times, from several agencies."),
    Ground.URGENT: _("They declined help that was needed urgently, or to stay alive."),
    Ground.CONTROLLED: _("Somebody else may be deciding for them: this may not be their own no."),
}
