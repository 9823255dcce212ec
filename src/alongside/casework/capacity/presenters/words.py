"""What each code is called on a page."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.capacity.rules.advance import Kind
from alongside.casework.capacity.rules.advocacy import Advocacy, Objection, Occasion, Right
from alongside.casework.capacity.rules.assessing import (
    Able,
    Confidence,
    Function,
    Help,
    Pressure,
    Recognises,
    State,
)
from alongside.casework.capacity.rules.best_interests import Imca, Regain, Serious

STATE = {
    State.ASSUMED: (_("Can decide this: it is assumed, and nothing puts it in doubt"), "green"),
    State.HAS: (_("Can decide this: assessed"), "green"),
    State.IN_DOUBT: (_("In doubt: not assessed yet, or not clear"), "yellow"),
    State.FLUCTUATES: (_("It comes and goes: sometimes can decide this, sometimes cannot"), "yellow"),
    State.EXECUTIVE_DOUBT: (_("Says the right thing, but it does not happen: in doubt"), "yellow"),
    State.LACKS: (_("Cannot decide this now: assessed"), "orange"),
}
IN_SHORT = {
    State.ASSUMED: _("Can decide (assumed)"),
    State.HAS: _("Can decide (assessed)"),
    State.IN_DOUBT: _("In doubt"),
    State.FLUCTUATES: _("Comes and goes"),
    State.EXECUTIVE_DOUBT: _("Saying and doing differ"),
    State.LACKS: _("Cannot decide now"),
}
FUNCTION = {
    Function.UNDERSTAND: _("Understand what they need to know to decide this"),
    Function.RETAIN: _("Keep it in mind long enough to decide"),
    Function.WEIGH: _("Use it, or weigh it up"),
    Function.COMMUNICATE: _("Tell us what they decided, by any means"),
}
ABLE = {
    Able.YES: _("Yes, they could"),
    Able.NO: _("No, they could not"),
    Able.NOT_ASSESSED: _("Not assessed"),
}
HELP = {
    Help.TIME: _("A time of day that is good for them, and enough time"),
    Help.PLACE: _("A place where they are at ease"),
    Help.SOBER: _("A time when they had drunk or used less"),
    Help.INTERPRETER: _("An interpreter, or somebody who speaks or signs their language"),
    Help.WAYS: _("Pictures, easy words, large print, hearing aid, glasses"),
    Help.STEPS: _("One thing at a time, over several talks"),
    Help.TRUSTED: _("Somebody they trust beside them"),
    Help.TREATED: _("Pain, infection or medication looked at first"),
}
RECOGNISES = {
    Recognises.YES: _("Yes"),
    Recognises.PARTLY: _("Partly"),
    Recognises.NO: _("No"),
    Recognises.NOT_ASKED: _("Not asked"),
}
PRESSURE = {
    Pressure.NONE_SEEN: _("No sign of it"),
    Pressure.BESIDE: _("There is some, but even without it they could not decide this"),
    Pressure.CAUSE: _("There is some, and without it they may well be able to decide this"),
    Pressure.NOT_LOOKED_AT: _("Not looked at"),
}
CONFIDENCE = {
    Confidence.SURE: _("Sure"),
    Confidence.LIKELY: _("More likely than not"),
    Confidence.UNSURE: _("Not sure: somebody else should look too"),
}
REGAIN = {
    Regain.LIKELY: _("Yes, that is likely"),
    Regain.UNLIKELY: _("No, that is unlikely"),
    Regain.NOT_KNOWN: _("Nobody can say"),
}
SERIOUS = {
    Serious.NEITHER: _("No"),
    Serious.TREATMENT: _("Yes, serious medical treatment"),
    Serious.MOVE: _("Yes, a stay in hospital over 28 days, or a move of over 8 weeks arranged by services"),
}
IMCA = {
    Imca.NOT_NEEDED: _("None is needed"),
    Imca.INSTRUCTED: _("Yes, one was instructed, and what they said was taken into account"),
    Imca.URGENT: _("It could not wait for one; one is being instructed now"),
}
KIND = {
    Kind.STATEMENT: _("What they wish, in their words"),
    Kind.REFUSAL: _("An advance decision to refuse treatment"),
    Kind.LPA_HEALTH: _("A lasting power of attorney for health and care"),
    Kind.LPA_MONEY: _("A lasting power of attorney for money and property"),
    Kind.DEPUTY: _("A deputy appointed by the Court of Protection"),
}
OCCASION = {
    Occasion.ASSESSMENT: _("An assessment, a care and support plan, or a review of one"),
    Occasion.ENQUIRY: _("A safeguarding enquiry, or a safeguarding adults review"),
    Occasion.SERIOUS: _("Serious medical treatment, or a long move, which they cannot decide on"),
}
DIFFICULTY = {
    Function.UNDERSTAND: _("Understanding what they need to know"),
    Function.RETAIN: _("Keeping it in mind"),
    Function.WEIGH: _("Using it or weighing it up"),
    Function.COMMUNICATE: _("Saying what they think, wish or feel, by any means"),
}
OBJECTION = {
    Objection.IMPLICATED: _("They may be part of what is being looked into"),
    Objection.PAID: _("They are paid to care for or treat the person"),
    Objection.REFUSED: _("The person does not want them"),
    Objection.UNABLE: _("They are not able to, or do not wish to"),
}
RIGHT = {
    Right.CARE_ACT_67: _("Care Act 2014, section 67"),
    Right.CARE_ACT_68: _("Care Act 2014, section 68"),
    Right.IMCA: _("Mental Capacity Act 2005, sections 37 to 39"),
}
ADVOCACY = {
    Advocacy.NOT_NEEDED: (_("No right to one: no substantial difficulty"), "grey"),
    Advocacy.FAMILY: (_("Somebody appropriate supports them"), "green"),
    Advocacy.NEEDED: (_("Needed, and not instructed yet"), "red"),
    Advocacy.INSTRUCTED: (_("Instructed"), "green"),
    Advocacy.REFUSED: (_("The person does not want one"), "yellow"),
}
