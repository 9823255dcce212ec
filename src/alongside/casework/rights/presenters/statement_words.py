"""The words of a person's statement, in plain English: topics, reasons, legal bases, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from alongside.casework.rights.rules.statement import Held, Part
from alongside.casework.sharing.rules.choices import Topic
from alongside.casework.sharing.rules.items import FactKind
from alongside.casework.sharing.rules.overrides import Ground


@dataclass(frozen=True)
class Sentence:
    """One idea, with the name of the picture beside it."""

    words: str
    picture: str


@dataclass(frozen=True)
class Entry:
    """One thing that is said: a heading, sentences about it, and quotations."""

    heading: str
    sentences: tuple[Sentence, ...]
    quotes: tuple[str, ...] = ()


TOPICS = {
    Topic.EVERYTHING: gettext_lazy("everything about you"),
    Topic.KNOWN: gettext_lazy("that a service knows you"),
    Topic.CONTACT: gettext_lazy("where you live and how to reach you"),
    Topic.HOME: gettext_lazy("your home"),
    Topic.MONEY: gettext_lazy("your money"),
    Topic.FAMILY: gettext_lazy("your family"),
    Topic.SAFETY: gettext_lazy("how to keep you safe"),
    Topic.CARE: gettext_lazy("the care you need"),
    Topic.HEALTH: gettext_lazy("your health"),
    Topic.MENTAL_HEALTH: gettext_lazy("your mental health"),
    Topic.SUBSTANCES: gettext_lazy("alcohol and drugs"),
    Topic.OFFENCES: gettext_lazy("crimes, or what people say are crimes"),
}
WHY_SEES = {
    "released": gettext_lazy("Your name was on a list that it was given."),
    "raised_concern": gettext_lazy("It made your record, because it was worried about you."),
    "involved": gettext_lazy("It works with you."),
    "asked_and_known": gettext_lazy("It was asked if it knows you. It said yes."),
    "referred": gettext_lazy("It was asked to help you. It said yes."),
    "case": gettext_lazy("It meets with others about how to help you."),
    "merged": gettext_lazy("You had two records. It could see one of them."),
}
READS = gettext_lazy(
    "It can read what others noted about you. Some notes can be read by only one organisation."
)
"""What it means that an organisation can see the record (ADR 0021)."""
KINDS = {
    "words": gettext_lazy("what you told them, in your own words"),
    "notes": gettext_lazy("notes of what happened, and when"),
    "decisions": gettext_lazy("notes on how you make a decision"),
    "offers": gettext_lazy("what you were offered, and what you said"),
    "worries": gettext_lazy("a worry that somebody had about you"),
}
BASES = {
    "6_e": gettext_lazy("It is part of their job by law."),
    "6_c": gettext_lazy("A law says that they must."),
    "6_ea_request": gettext_lazy("A public service asked for it, for its job."),
    "6_ea_safeguarding": gettext_lazy("It was to keep somebody safe."),
    "6_ea_crime": gettext_lazy("It was to stop a crime, or to find out about one."),
    "6_ea_emergency": gettext_lazy("It was an emergency."),
    "6_f": gettext_lazy("They had a good reason. They thought about what it means for you."),
    "6_d": gettext_lazy("A life was in danger."),
    "6_a": gettext_lazy("You said yes."),
}
ALL_THE_SAME = {
    Ground.LACKS_CAPACITY: gettext_lazy(
        "You could not decide this at that time. It was done in your best interests."
    ),
    Ground.RISK_TO_OTHERS: gettext_lazy("The reason: other people could get hurt."),
    Ground.CRIME: gettext_lazy("The reason: to stop a crime, or to find out about one."),
    Ground.PUBLIC_INTEREST: gettext_lazy("The reason: people could come to harm if nobody was told."),
    Ground.LIFE: gettext_lazy("The reason: a life was in danger."),
    Ground.STATUTE: gettext_lazy("The reason: a law says that they must tell."),
    Ground.COURT: gettext_lazy("The reason: a court said that they must tell."),
}
"""Why something was shared against a person's wish, in words for them. Never coercion, which is not shown."""
HOW_SURE = {
    FactKind.FACT: gettext_lazy("It was told as a fact."),
    FactKind.OBSERVATION: gettext_lazy("Somebody saw or heard this themselves."),
    FactKind.OPINION: gettext_lazy("This is what a worker thinks. It is not a fact."),
    FactKind.ALLEGATION: gettext_lazy("Somebody says this. Nobody has shown that it is true."),
    FactKind.SELF_REPORT: gettext_lazy("You said this yourself."),
    FactKind.THIRD_PARTY_REPORT: gettext_lazy("Somebody else said this. It may be wrong."),
}
TITLES: Mapping[Part, tuple[Any, str, Any]] = {
    Part.SEES: (gettext_lazy("Who can see your record"), "eye", gettext_lazy("Nobody.")),
    Part.IN_TOUCH: (
        gettext_lazy("Who is in touch with you"),
        "people",
        gettext_lazy("Nobody, as far as we know."),
    ),
    Part.HOLDS: (gettext_lazy("What they have about you"), "paper", gettext_lazy("Nothing.")),
    Part.TOLD: (
        gettext_lazy("What was shared about you"),
        "talk",
        gettext_lazy("There is nothing to show here."),
    ),
    Part.NOT_TOLD: (
        gettext_lazy("What was not shared"),
        "lock",
        gettext_lazy("There is nothing to show here."),
    ),
    Part.ASKED: (
        gettext_lazy("What was asked about you"),
        "question",
        gettext_lazy("There is nothing to show here."),
    ),
    Part.CHOSE: (gettext_lazy("What you said yes or no to"), "tick", gettext_lazy("You have not said yet.")),
    Part.LISTS: (gettext_lazy("Lists with your name"), "list", gettext_lazy("No list has your name.")),
}
"""Each part's title, its picture, and what is said where it is empty."""
HELD = {
    Held.NOT_SAFE: gettext_lazy("Whoever shared it, or asked, wrote that it is not safe for them to know."),
    Held.COERCION: gettext_lazy(
        "Somebody may be controlling or coercing them: it must not give away that help was called."
    ),
    Held.WITHHELD: gettext_lazy(
        "It is withheld from the answer to the person's request, on a recorded ground."
    ),
    Held.FOLLOWS: gettext_lazy(
        "It names an organisation that was told something held back, and would give that away."
    ),
}
