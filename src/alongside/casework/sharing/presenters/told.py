"""What other organisations shared with the reader's own, in finished words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.people.presenters.words import NOT_SAFE
from alongside.casework.sharing.models import Disclosure, RecipientTold
from alongside.casework.sharing.presenters.decisions import ItemShown, item_shown, purpose_in_words
from alongside.casework.sharing.queries.decisions import ToldUs
from alongside.casework.sharing.rules.overrides import may_be_told_of


@dataclass(frozen=True)
class ToldLine:
    """One line of the list: by whom and when, not what."""

    id: str
    sender: str
    when: str
    arrived: str


@dataclass(frozen=True)
class NoticeShown:
    """That part of it has changed: what, who says so and when, and who confirmed it."""

    id: str
    words: str
    source: str
    arrived: str


@dataclass(frozen=True)
class ToldShown:
    """One thing that was shared with us."""

    line: ToldLine
    who: str
    warning: str
    items: list[ItemShown]
    rows: list[tuple[str, str]]
    person_id: str
    corrected: bool
    disputed: list[str]
    notices: list[NoticeShown]


def told_line(disclosure: Disclosure) -> ToldLine:
    """Return a line of the list."""
    arrived = ""
    if disclosure.opened_at:
        arrived = _("%(who)s confirmed it, %(when)s") % {
            "who": disclosure.opened_by,
            "when": moment_in_words(disclosure.opened_at),
        }
    return ToldLine(
        id=str(disclosure.id),
        sender=disclosure.from_organisation.name,
        when=moment_in_words(disclosure.at),
        arrived=arrived,
    )


def told_shown(page: ToldUs) -> ToldShown:
    """Return one thing that was shared with us, with what its sender says we may do with it."""
    decision = page.decision
    safe = may_be_told_of(getattr(decision, "override", None), decision.told)
    rows = [
        (_("Who it is for"), decision.named),
        (_("What for"), purpose_in_words(decision.purpose)),
        (_("Decided by"), f"{decision.decided_by}, {decision.organisation.name}"),
        (_("What you may do with it"), decision.onward),
        (_("Keep it until"), day_in_words(decision.keep_until) if decision.keep_until else ""),
        (_("Does the person know?"), _knows(decision.told)),
    ]
    return ToldShown(
        line=told_line(page.disclosure),
        who=decision.who,
        warning="" if safe else str(NOT_SAFE),
        items=[item_shown(each) for each in decision.items.all()],
        rows=[(key, value) for key, value in rows if value],
        person_id=str(page.person.id) if page.person else "",
        corrected=bool(decision.corrections.all()),
        disputed=[
            mark
            for each in decision.items.all()
            if (mark := page.disputed.get((each._meta.label, str(each.id))))
        ],
        notices=[_notice(each) for each in page.notices],
    )


def _notice(notice: RecipientTold) -> NoticeShown:
    arrived = ""
    if notice.confirmed_at:
        arrived = _("%(who)s confirmed it, %(when)s") % {
            "who": notice.confirmed_by,
            "when": moment_in_words(notice.confirmed_at),
        }
    source = _("%(who)s, %(when)s") % {"who": notice.by_name, "when": moment_in_words(notice.at)}
    return NoticeShown(id=str(notice.id), words=notice.words, source=source, arrived=arrived)


def _knows(told: str) -> str:
    if told == "not_safe":
        return _("No: it is not safe for them to know")
    return _("Yes") if told == "told" else _("Not yet. Leave it to whoever shared it to tell them.")
