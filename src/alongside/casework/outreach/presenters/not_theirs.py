"""What in a conversation is somebody else's, in words for whoever finishes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.casework.outreach.models.conversations import NOT_THEIRS
from alongside.casework.outreach.presenters import when
from alongside.casework.outreach.queries.pages import ConversationPage


@dataclass(frozen=True)
class NotTheirs:
    """What is not kept as the person's.

    Attributes:
        why: since when what is written is theirs.
        asked: questions whose answers are not.
        ending: what was written about how it ends, by what was asked.
    """

    why: str
    asked: list[str]
    ending: list[tuple[str, str]]


def not_theirs(page: ConversationPage, labels: Mapping[str, str]) -> NotTheirs | None:
    """Return what is not kept as theirs; None where nobody else was reached.

    Args:
        page: the conversation.
        labels: what is asked about how it ends in words, by field.
    """
    if page.not_theirs_until is None:
        return None
    why = _(
        "It was noted %(when)s that this was the wrong person. What was written in this conversation before "
        "then is about somebody else: none of it goes to the page of this person. What is written or changed "
        "since then does."
    ) % {"when": when(page.not_theirs_until)}
    asked = [prompt for section in page.talk.guide_words["sections"] for prompt in section["prompts"]]
    said = {code for code, kept in page.answers.items() if kept.words.strip() and page.is_not_theirs(kept)}
    before = page.talk.ending.get(NOT_THEIRS, {})
    return NotTheirs(
        why,
        [prompt["say"] for prompt in asked if prompt["code"] in said],
        [(label, before[name]) for name, label in labels.items() if before.get(name)],
    )
