"""What a person chose about sharing, in finished words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words
from alongside.casework.sharing.models import SharingChoice
from alongside.casework.sharing.rules.choices import Answer, Holds, Topic

TOPICS = {
    Topic.EVERYTHING: gettext_lazy("Everything about them"),
    Topic.KNOWN: gettext_lazy("That they are known to a service"),
    Topic.CONTACT: gettext_lazy("Where they live and how to reach them"),
    Topic.HOME: gettext_lazy("Their home and tenancy"),
    Topic.MONEY: gettext_lazy("Money, debts and benefits"),
    Topic.FAMILY: gettext_lazy("Family and relationships"),
    Topic.SAFETY: gettext_lazy("Risks and how to be safe"),
    Topic.CARE: gettext_lazy("Care and support they need"),
    Topic.HEALTH: gettext_lazy("Physical health"),
    Topic.MENTAL_HEALTH: gettext_lazy("Mental health"),
    Topic.SUBSTANCES: gettext_lazy("Alcohol and drugs"),
    Topic.OFFENCES: gettext_lazy("Offences, including alleged ones"),
}
EXPLAINED = {
    "spoken": gettext_lazy("In conversation"),
    "easy_read": gettext_lazy("With an Easy Read page"),
    "pictures": gettext_lazy("With pictures or objects"),
    "large_print": gettext_lazy("In large print"),
    "interpreter": gettext_lazy("Through an interpreter"),
    "sign_language": gettext_lazy("In sign language"),
    "advocate": gettext_lazy("With an advocate or somebody they trust"),
    "more_than_once": gettext_lazy("On more than one day"),
}
ANSWERS = {
    Answer.AGREES: (gettext_lazy("Agreed"), "green"),
    Answer.REFUSES: (gettext_lazy("Asked us not to"), "red"),
}


@dataclass(frozen=True)
class ChoiceShown:
    """One choice, in words."""

    id: str
    topic: str
    recipient: str
    stands: Tag
    holds: bool
    words: str
    exactly: str
    purpose: str
    until: str
    said: str
    explained: str
    taken_back: str
    may_take_back: bool


def choice_shown(choice: SharingChoice, day: date) -> ChoiceShown:
    """Return a choice in words, as it stands on a day."""
    holds = choice.choice.holds_on(day)
    words, colour = ANSWERS[Answer(choice.answer)]
    if holds is Holds.EXPIRED:
        words, colour = gettext_lazy("Agreed, but expired: ask again"), "grey"
    elif holds is Holds.WITHDRAWN:
        words, colour = gettext_lazy("Taken back"), "grey"
    explained = [str(EXPLAINED[each]) for each in choice.explained if each in EXPLAINED]
    return ChoiceShown(
        id=str(choice.id),
        topic=str(TOPICS[Topic(choice.topic)]),
        recipient=choice.recipient.name if choice.recipient else _("Any organisation"),
        stands=Tag(str(words), colour),
        holds=holds is Holds.YES,
        words=choice.words,
        exactly=choice.exactly,
        purpose=title_of(choice.purpose) if choice.purpose else "",
        until=day_in_words(choice.expires_on) if choice.expires_on else "",
        said=_("%(how)s on %(day)s; written down by %(who)s, %(organisation)s")
        % {
            "how": SharingChoice.Method(choice.method).label,
            "day": day_in_words(choice.said_on),
            "who": choice.recorded_by,
            "organisation": choice.organisation.name,
        },
        explained="; ".join(part for part in [*explained, choice.explained_how] if part),
        taken_back=_taken_back(choice),
        may_take_back=choice.withdrawn_on is None,
    )


def _taken_back(choice: SharingChoice) -> str:
    if choice.withdrawn_on is None:
        return ""
    said = _("Taken back on %(day)s") % {"day": day_in_words(choice.withdrawn_on)}
    return f"{said}: “{choice.withdrawn_words}”" if choice.withdrawn_words else said
