"""What a person said in a conversation, on its way to their own page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.casework.outreach.models import Answer, Conversation
from alongside.casework.outreach.queries.not_theirs import not_theirs_until
from alongside.casework.outreach.rules import SECTION_WORDS
from alongside.casework.outreach.rules.risks import RISK
from alongside.casework.people.models import AboutMe
from alongside.casework.people.queries.whole import whole
from alongside.casework.people.rules import Section

LONGEST_HOW = 200
"""Characters kept of how the person's words came about."""


@dataclass(frozen=True)
class Said:
    """What they said to one question, in their words.

    Attributes:
        section: the part of their page it belongs to.
        words: theirs.
        how: how they came to say it.
        place: among all that was asked, in the order of the guide.
        by_name: who wrote it down.
        at: when.
    """

    section: Section
    words: str
    how: str
    place: int
    by_name: str
    at: datetime


def prompts_of(talk: Conversation) -> dict[str, dict[str, Any]]:
    """Return code to prompt of the guide as it was kept, without those that take no answer."""
    return {
        prompt["code"]: prompt | {"about": section["about"], "choices": choices_of(prompt)}
        for section in talk.guide_words["sections"]
        for prompt in section["prompts"]
        if prompt["answer"] != "none"
    }


def choices_of(prompt: dict[str, Any]) -> list[str]:
    """Return the answers a prompt offers, or none where it is answered in words."""
    return ["Yes", "No", "Not known"] if prompt["answer"] == "yes_no_not_known" else prompt["choices"]


def said_in(talk: Conversation) -> Iterator[Said]:
    """Yield what goes to the person's page, in the order of the guide, but for what is there already.

    It is there already where the conversation was cut off before, and went on since. What was written before
    somebody noted that it was the wrong person is another's, and is left out: on the page it would stand as
    theirs, and nobody could change it.
    """
    until = not_theirs_until(talk)
    newest: dict[str, Answer] = {}
    for kept in Answer.objects.filter(conversation=talk).order_by("version"):
        newest[kept.prompt] = kept
    there = on_their_page(talk)
    for place, (code, prompt) in enumerate(prompts_of(talk).items()):
        section, kept_last = SECTION_WORDS.get(prompt["about"]), newest.get(code)
        if not section or kept_last is None or prompt["answer"] != "own_words":
            continue
        if until is not None and kept_last.at <= until:
            continue
        words = kept_last.words
        if words.strip() and (section, words, place) not in there:
            how = _asked_in(talk, code, prompt["say"])
            yield Said(Section(section), words, how, place, kept_last.by_name, kept_last.at)


def on_their_page(talk: Conversation) -> set[tuple[str, str, int]]:
    """Return section, words and place of what its organisation wrote on their page since it began."""
    records = [each.id for each in whole(talk.item.person).records]
    written = AboutMe.objects.filter(
        person__in=records, written_down_for=talk.item.organisation_id, recorded_at__gte=talk.begun_at
    )
    return set(written.values_list("section", "words", "place"))


def _asked_in(talk: Conversation, code: str, question: str) -> str:
    """Return how the person came to say it: an answer says little without its question.

    A worry of others is not repeated: it was put on this organisation's list or given to it for a purpose, it
    may say who told, and every organisation that sees the person reads this.
    """
    guide = talk.guide_words["title"]
    if code.startswith(RISK):
        return f"In a conversation ({guide}), asked how they see something that others are worried about"
    said = f"In a conversation ({guide}), asked: {question}"
    return said if len(said) <= LONGEST_HOW else f"{said[: LONGEST_HOW - 1]}…"
