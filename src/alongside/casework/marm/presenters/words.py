"""What each code is called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.marm.rules.criteria import Answer, Fits
from alongside.casework.marm.rules.ending import Agreed, Met, Risk
from alongside.casework.marm.rules.invitations import Answered
from alongside.casework.marm.rules.leading import Because
from alongside.casework.marm.rules.meetings import Coming, Doubt
from alongside.casework.marm.rules.minutes import Attended, TookPart
from alongside.casework.marm.rules.onward import Came
from alongside.casework.marm.rules.reports import Topic
from alongside.casework.marm.rules.screening import Limb, Said
from alongside.casework.marm.rules.stages import Stage, Told, Urgency

SAID: dict[Said, Promise] = {
    Said.YES: _("Yes"),
    Said.NO: _("No"),
    Said.NOT_KNOWN: _("Not known"),
}
LIMB: dict[Limb, Promise] = {
    Limb.NEEDS: _(
        "Do they have, or might they have, needs for care and support, whether or not anybody is "
        "meeting them?"
    ),
    Limb.ABUSE: _("Are they being abused or neglected, or at risk of it? Self-neglect counts."),
    Limb.CANNOT_PROTECT: _("Because of those needs, are they unable to protect themselves?"),
}
CAME: dict[Came, Promise] = {
    Came.TAKEN_ON: _("It was taken on"),
    Came.NOT_TAKEN_ON: _("It was not taken on"),
    Came.ENDED: _("It has ended"),
}
STAGE: dict[Stage, tuple[Promise, str]] = {
    Stage.ASKED: (_("Asked for"), "yellow"),
    Stage.DECLINED: (_("Declined"), "grey"),
    Stage.OPEN: (_("Open"), "blue"),
    Stage.ENDED: (_("Ended"), "grey"),
}
URGENCY: dict[Urgency, Promise] = {
    Urgency.HIGH: _("Serious harm may come within days"),
    Urgency.OTHER: _("Not within days"),
}
TOLD: dict[Told, Promise] = {
    Told.AGREES: _("They know, and agree"),
    Told.KNOWS: _("They know, and do not agree"),
    Told.NOT_YET: _("They do not know yet"),
}
ANSWER: dict[Answer, Promise] = {
    Answer.MET: _("Yes"),
    Answer.NOT_MET: _("No"),
    Answer.NOT_KNOWN: _("Not known"),
    Answer.CAPACITY_UNCLEAR: _("Capacity is in doubt, or comes and goes"),
}
FITS: dict[Fits, Promise] = {
    Fits.YES: _("The criteria say that this approach fits."),
    Fits.NOT_KNOWN: _(
        "The criteria say that this approach may fit. Not everything is known, and that holds nothing up."
    ),
    Fits.NO: _(
        "On these answers the criteria say that this approach does not fit. A co-ordinator still decides."
    ),
}
MET: dict[Met, Promise] = {
    Met.FULLY: _("Yes, all of it"),
    Met.PARTLY: _("Some of it"),
    Met.NOT: _("No"),
    Met.NOT_SAID: _("They were not asked, or did not say"),
}
RISK: dict[Risk, Promise] = {
    Risk.REMOVED: _("It is gone"),
    Risk.REDUCED: _("It is less"),
    Risk.REMAINS: _("It remains"),
}
REMAINS: dict[Agreed, Promise] = {
    Agreed.AGREED: _("We agree"),
    Agreed.NOT_AGREED: _("We do not agree"),
}
BECAUSE: dict[Because, Promise] = {
    Because.NAMED_BY_PERSON: _("the person says that they help"),
    Because.MOST_INVOLVED: _("does more than any other agency"),
    Because.LONGEST: _("has been in touch the longest"),
    Because.HAS_WORKER: _("has a named worker who is available"),
}
ANSWERED: dict[Answered, tuple[Promise, str]] = {
    Answered.ASKED: (_("Invited"), "yellow"),
    Answered.ACCEPTED: (_("Takes part"), "green"),
    Answered.DECLINED: (_("Declined"), "red"),
    Answered.ENDED: (_("The case ended first"), "grey"),
}
COMING: dict[Coming, tuple[Promise, str]] = {
    Coming.NOT_YET: (_("Has not answered"), "yellow"),
    Coming.COMES: (_("Is coming"), "green"),
    Coming.APOLOGY: (_("Cannot come"), "red"),
}
DOUBT: dict[Doubt, Promise] = {
    Doubt.WEEKEND: _("That is a weekend. Tick the box above the button if you mean it."),
    Doubt.BANK_HOLIDAY: _("That is a bank holiday. Tick the box above the button if you mean it."),
}
TOOK_PART: dict[TookPart, Promise] = {
    TookPart.NOT_YET: _("Not written yet"),
    TookPart.IN_PERSON: _("They were there"),
    TookPart.REMOTE: _("They joined online or by telephone"),
    TookPart.ADVOCATE: _("An advocate spoke for them"),
    TookPart.WRITTEN: _("They wrote it down"),
    TookPart.TRUSTED_WORKER: _("Through a worker they trust"),
    TookPart.DECLINED: _("They did not want to"),
}
ATTENDED: dict[Attended, Promise] = {
    Attended.NOT_YET: _("Not written yet"),
    Attended.PRESENT: _("Was there"),
    Attended.REMOTE: _("Joined online or by telephone"),
    Attended.APOLOGY: _("Sent apologies"),
    Attended.ABSENT: _("Did not come"),
}
TOPIC: dict[Topic, Promise] = {
    Topic.MATTERS: _("What matters to them"),
    Topic.HOME: _("Home"),
    Topic.HEALTH: _("Health"),
    Topic.MONEY: _("Money"),
    Topic.PEOPLE: _("Family, friends and neighbours"),
    Topic.DRINK_AND_DRUGS: _("Drink and drugs"),
    Topic.HARM: _("Harm by others"),
    Topic.DECISIONS: _("How they decide"),
    Topic.TRIED: _("What was tried"),
}
REPORT: dict[str, Promise] = {
    "facts": _("What we saw, or hold on file"),
    "opinions": _("What we make of it"),
    "person_said": _("What they said to us"),
    "strengths": _("What is strong"),
    "risks": _("What we worry about"),
    "offer": _("What we can do"),
    "limits": _("What we cannot do"),
}
MINUTES: dict[str, Promise] = {
    "views": _("What they think and want"),
    "declined_why": _("Why they did not want to take part"),
    "story": _("Their story, what is strong and what matters"),
    "person_risk": _("What they think of the risks"),
    "missing": _("Who is not here and should be"),
    "known": _("What each agency knows"),
    "gaps": _("What nobody knows, and what agencies see differently"),
    "agencies_risk": _("What the agencies think of the risks"),
    "next_time": _("When agencies meet again, and what would bring it forward"),
}
"""The sections of minutes, in the order in which a meeting goes."""
ITEM: dict[str, Promise] = {
    "personal_care": _("Looking after themselves"),
    "home": _("Their home"),
    "daily_activities": _("Getting through the day: shopping, cooking"),
    "health": _("Their health"),
    "money": _("Money"),
    "safety": _("Being safe"),
    "abuse_or_neglect": _("Being protected from abuse and neglect"),
}
"""The items of the criteria we ship; those of another pack are shown by their code."""


def item_in_words(code: str) -> str:
    """Return what an item of a criterion's list is called."""
    return str(ITEM[code]) if code in ITEM else code.replace("_", " ").capitalize()
