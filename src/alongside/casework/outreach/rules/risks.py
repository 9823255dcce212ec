"""The risks that others see, each put to the person in a conversation as a question."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

RISK = "risk_"
"""What the code of a question begins with if it puts to the person what others are worried about."""
_RAISED = "raised_by_a_professional"


def risks_behind(reasons: Sequence[Mapping[str, Any]], raised_why: str) -> dict[str, str]:
    """Return the risks behind an item, each once: a code for it, and what is said about it."""
    found = {f"{RISK}{each.get('factor', '')}"[:80]: str(each.get("words", "")) for each in reasons}
    if raised_why.strip():
        found[f"{RISK}{_RAISED}"] = raised_why.strip()
    return {code: words for code, words in found.items() if words}


def code_of_raised() -> str:
    """Return the code of the risk that a professional raised."""
    return f"{RISK}{_RAISED}"


def with_risks(guide: Mapping[str, Any], risks: Mapping[str, str]) -> dict[str, Any]:
    """Return a guide whose worries ask the person about each risk that others see, after its own questions.

    A guide without worries gets them as its last part but one, talked about only if the person wants to.
    """
    asked = [
        {
            "code": code,
            "say": _("Others are worried about this: %(risk)s How do you see it?")
            % {"risk": _sentence(words)},
            "why": _("Ask only if it is safe for them to hear it. What they say is kept word for word."),
            "answer": "own_words",
            "choices": [],
        }
        for code, words in risks.items()
    ]
    sections = [dict(section) for section in guide["sections"]]
    place = next((at for at, each in enumerate(sections) if each["about"] == "worries"), None)
    if place is not None:
        sections[place]["prompts"] = [*sections[place]["prompts"], *asked]
    elif asked:
        worries = {
            "code": "what_others_worry_about",
            "title": _("What others are worried about"),
            "about": "worries",
            "only_if_wanted": True,
            "prompts": asked,
            "checklist": [],
        }
        sections.insert(max(len(sections) - 1, 1), worries)
    return {**guide, "sections": sections}


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
