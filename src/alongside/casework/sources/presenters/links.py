"""What the pages of doubtful links show, in finished words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area import AreaPack
from alongside.area.words import in_words
from alongside.casework.design.dates import moment_in_words
from alongside.casework.sources.models import DoubtfulLink, LinkAnswer
from alongside.casework.sources.queries.links import Doubt

SAID = {
    "forename": gettext_lazy("First name"),
    "middle_names": gettext_lazy("Middle names"),
    "surname": gettext_lazy("Surname"),
    "former_surnames": gettext_lazy("Earlier surnames"),
    "date_of_birth": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "address": gettext_lazy("Address"),
    "postcode": gettext_lazy("Postcode"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "id_nhs_number": gettext_lazy("NHS number"),
    "row_as_at": gettext_lazy("True on"),
}


_NEARLY_SURE = 0.995
"""From here up, rounding would give 100%, and no link is that sure."""


@dataclass(frozen=True)
class DoubtShown:
    """A doubtful pair, side by side."""

    id: UUID
    question: str
    likely: str
    waiting: int
    left: str
    right: str
    rows: list[tuple[str, str, str, bool]]
    """What, the left record's, the right record's, whether both say the same."""
    nothing_kept: bool
    said: list[str]
    """What was said about the two before, and what became of it, the oldest first."""


def doubt_shown(
    doubt: Doubt, left: Mapping[str, str], right: Mapping[str, str], pack: AreaPack
) -> DoubtShown:
    """Set two records side by side. ``left`` and ``right`` are what they say, by ``SAID``."""
    link = doubt.link
    return DoubtShown(
        id=link.id,
        question=link.question,
        likely=f"{link.probability:.0%}" if link.probability < _NEARLY_SURE else _("more than 99%"),
        waiting=doubt.waiting,
        left=_record(link.source_a, link.record_a, pack),
        right=_record(link.source_b, link.record_b, pack),
        rows=[
            (str(title), left.get(name, ""), right.get(name, ""), left.get(name, "") == right.get(name, ""))
            for name, title in SAID.items()
            if left.get(name) or right.get(name)
        ],
        nothing_kept=not (left and right),
        said=[_said(each) for each in doubt.said],
    )


@dataclass(frozen=True)
class SettledShown:
    """A pair that has an answer."""

    id: UUID
    pair: str
    said: list[str]
    not_followed: str
    """Why the newest run did not follow the answer; empty where it did, or could not know of it yet."""
    beside: list[tuple[UUID, str]]
    """If it was not followed: the other answers about these records, and which pair each is about."""


def settled_shown(link: DoubtfulLink, pack: AreaPack, beside: Iterable[DoubtfulLink] = ()) -> SettledShown:
    """Say a pair and everything that was said about it."""
    return SettledShown(
        id=link.id,
        pair=_pair(link, pack),
        said=[_said(each) for each in link.said.all()],
        not_followed=_not_followed(link.not_followed),
        beside=[(each.id, _pair(each, pack)) for each in beside],
    )


def _pair(link: DoubtfulLink, pack: AreaPack) -> str:
    return _("%(one)s, and %(other)s") % {
        "one": _record(link.source_a, link.record_a, pack),
        "other": _record(link.source_b, link.record_b, pack),
    }


def _not_followed(system: str) -> str:
    match system:
        case "":
            return ""
        case "nhs_number":
            return _("Not followed: it would join two NHS numbers.")
        case other:
            return _("Not followed: it would join two different numbers (%(which)s).") % {
                "which": in_words(other)
            }


@dataclass(frozen=True)
class UnkeptShown:
    """An answer that was not kept, because somebody else's about the same pair came first."""

    sentence: str
    answer: str
    why: str
    settled: list[SettledShown]


def unkept(sentence: str, answer: str, why: str, settled: list[SettledShown]) -> UnkeptShown:
    """Say what became of an answer that came second, in the words it was given in."""
    said = _("%(sentence)s Your answer was not kept.") % {"sentence": sentence}
    return UnkeptShown(said, answer, why, settled)


def _record(source: str, record: str, pack: AreaPack) -> str:
    known = pack.sources.get(source)
    return f"{known.title if known else source}, {record}"


def _said(answer: LinkAnswer) -> str:
    told = {
        "same": _("%(by)s, %(when)s: the same person. %(why)s"),
        "different": _("%(by)s, %(when)s: two people. %(why)s"),
        LinkAnswer.TAKEN_BACK: _("%(by)s, %(when)s: took that back. %(why)s"),
    }[answer.said]
    return told % {"by": answer.by, "when": moment_in_words(answer.at), "why": answer.why}
