"""Columns that are not plain text, such as reasons for a flag, and those whose title depends on the row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from alongside.area import PackRefusedError
from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.area import area_pack
from alongside.casework.outreach.models import Answer, Conversation
from alongside.casework.outreach.models.conversations import NOT_THEIRS
from alongside.casework.rights.queries.marm_formats import MARM_FORMATS
from alongside.casework.sharing.models import RefusalOverride, ShareDraft
from alongside.casework.sharing.rules.overrides import ASKS, Ground
from alongside.casework.sources.models import Flag


def how_it_was_made(flag: Flag) -> str:
    """Say for what purpose, when and under which law a list was made and used, and who approved it."""
    release = flag.release
    basis: Mapping[str, str] = release.basis
    said = [
        _("Worked out on %(day)s for: %(purpose)s.")
        % {"day": day_in_words(release.run.as_at), "purpose": title_of(release.purpose)},
        _("%(name)s approved its use on %(day)s: %(why)s")
        % {
            "name": release.approved_by_name,
            "day": day_in_words(release.approved_at),
            "why": release.reason,
        },
    ]
    if basis.get("power"):
        said.append(_("Legal power: %(power)s.") % {"power": basis["power"]})
    said.append(
        _(
            "A list is a reason to look. It decides nothing: a member of staff first agrees or disagrees "
            "with it."
        )
    )
    return "\n".join(said)


def rule(flag: Flag) -> str:
    """Say what a list is for, and what evidence it rests on."""
    told = _policy(flag)
    said = [str(told.get("title") or flag.policy), str(told.get("evidence") or "")]
    return "\n".join(each.strip() for each in said if each)


def tier(flag: Flag) -> str:
    """Say which part of a list it is, and under which condition, as the partnership wrote it."""
    titles = {each["code"]: each["title"] for each in _policy(flag).get("tiers", ())}
    said = [titles.get(flag.tier) or flag.tier.replace("_", " ")]
    if condition := _condition(flag):
        said.append(_("The condition, as written: %(condition)s") % {"condition": condition})
    return "\n".join(said)


def reasons(flag: Flag) -> str:
    """Say each reason, with its source, the organisation that source belongs to, and its date."""
    return "\n".join(
        ", ".join(
            filter(
                None,
                [
                    str(each.get("words", "")),
                    str(each.get("source_title") or each.get("source") or ""),
                    _organisation(str(each.get("organisation") or "")),
                    _day(each.get("fact_date")),
                ],
            )
        )
        for each in flag.reasons
    )


def unknowns(flag: Flag) -> str:
    """Say what no source knew."""
    return "\n".join(str(each.get("title", "")) for each in flag.unknowns)


def responses(flag: Flag) -> str:
    """Say what could be offered."""
    return "\n".join(str(each.get("title", "")) for each in flag.responses)


def question(answer: Answer) -> str:
    """Say what was asked, as the guide had it that day."""
    sections = answer.conversation.guide_words.get("sections", ())
    asked = {each["code"]: each for section in sections for each in section["prompts"]}
    found = asked.get(answer.prompt, {})
    return str(found.get("say") or answer.prompt.replace("_", " "))


def guide(conversation: Conversation) -> str:
    """Say which guide was used to speak with the person."""
    return str(conversation.guide_words.get("title") or conversation.guide)


def ending(conversation: Conversation) -> str:
    """Say what has been written so far; not what was set aside because somebody else had spoken."""
    theirs = {name: words for name, words in conversation.ending.items() if name != NOT_THEIRS}
    return "\n".join(_plain(theirs))


def typed_so_far(draft: ShareDraft) -> str:
    """Say what somebody has typed for a decision about sharing."""
    return "\n".join(_plain(draft.answers))


def asked_first(override: RefusalOverride) -> str:
    """Say what staff were asked first about the ground they gave."""
    return _asked(override, 0)


def asked_second(override: RefusalOverride) -> str:
    """Say what staff were asked next about that ground."""
    return _asked(override, 1)


FORMATS: dict[tuple[str, str], Callable[[Any], str]] = {
    ("sources.Flag", "release"): how_it_was_made,
    ("sources.Flag", "policy"): rule,
    ("sources.Flag", "tier"): tier,
    ("sources.Flag", "reasons"): reasons,
    ("sources.Flag", "unknowns"): unknowns,
    ("sources.Flag", "responses"): responses,
    ("outreach.Answer", "prompt"): question,
    ("outreach.Conversation", "guide"): guide,
    ("outreach.Conversation", "ending"): ending,
    ("sharing.ShareDraft", "answers"): typed_so_far,
    **MARM_FORMATS,
}
"""Model label and column to the function that puts it into words."""


@dataclass(frozen=True)
class Titled:
    """What a column is called in one row.

    Attributes:
        by: the column that it depends on; where that is withheld, the title would give it away.
        say: the function that says what it is called.
    """

    by: str
    say: Callable[[Any], str]


TITLES: dict[tuple[str, str], Titled] = {
    ("sharing.RefusalOverride", "first"): Titled("ground", asked_first),
    ("sharing.RefusalOverride", "second"): Titled("ground", asked_second),
}
"""Model label and column to what it is called, where that differs from row to row."""


def _asked(override: RefusalOverride, which: int) -> str:
    # quoted: it speaks to staff, so that "you" in it is not the person
    return _("Staff were asked: “%(question)s”") % {"question": ASKS[Ground(override.ground)][which]}


def _plain(value: Any) -> list[str]:
    """Every text in a JSON value, in order."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for each in value for text in _plain(each)]
    return [str(value)] if value not in (None, "", False, True) else []


def _policy(flag: Flag) -> Mapping[str, Any]:
    found: Mapping[str, Any] = flag.release.run.policies.get(flag.policy, {})
    return found


def _condition(flag: Flag) -> str:
    """The condition of a flag's tier, where the area pack still has that version of the rule."""
    try:
        policy = area_pack().policies.get(flag.policy)
    except PackRefusedError:
        return ""
    tiers = policy.tiers if policy else ()
    return next((" ".join(str(each.when).split()) for each in tiers if each.code == flag.tier), "")


def _organisation(code: str) -> str:
    return code.replace("_", " ").title() if code else ""


def _day(text: Any) -> str:
    try:
        return day_in_words(date.fromisoformat(str(text)))
    except ValueError:
        return ""
