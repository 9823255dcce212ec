"""Finding text that may be about somebody else. A mark asks somebody to look; it withholds nothing. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.people.rules import search_words


class Kind(StrEnum):
    """The reason for a mark."""

    WHOLE = "whole"
    UNSAFE = "unsafe"
    NETWORK = "network"
    NAME = "name"
    RELATION = "relation"
    TELEPHONE = "telephone"
    EMAIL = "email"


KINDS: dict[Kind, Promise] = {
    Kind.WHOLE: _("The whole line is about somebody else"),
    Kind.UNSAFE: _(
        "Whoever shared or asked something wrote that it is not safe for the person to know, or it is "
        "withheld, and this line says it or would give it away. Withhold it, without naming the ground, "
        "unless that has changed"
    ),
    Kind.NETWORK: _("Somebody in their life"),
    Kind.NAME: _("A name that another person on record has"),
    Kind.RELATION: _("Somebody who is mentioned"),
    Kind.TELEPHONE: _("A telephone number"),
    Kind.EMAIL: _("An e-mail address"),
}
TELEPHONE = re.compile(r"(?<![\w+])(?:\+44|0)(?:[ -]?\d){9,10}(?!\w)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CAPITALS = "A-ZÀ-ÖØ-ÞĀ-Ž"
# what may not come before it is said behind its first letter, so that only capital letters are looked at
CAPITAL = re.compile(
    rf"[{_CAPITALS}](?<!\w[{_CAPITALS}])[\w'\N{{RIGHT SINGLE QUOTATION MARK}}-]*[^\W\d_](?!\w)"
)
WORD = re.compile(r"\w+")
RELATIONS = frozenset({
    "mother", "mum", "father", "dad", "parent", "parents", "grandmother", "grandfather", "grandma",
    "grandad", "granddad", "grandparent", "grandparents", "nan", "sister", "sisters", "brother",
    "brothers", "son", "sons", "daughter", "daughters", "child", "children", "aunt", "auntie", "aunty",
    "uncle", "cousin", "cousins", "niece", "nieces", "nephew", "nephews", "wife", "husband", "partner",
    "boyfriend", "girlfriend", "friend", "friends", "ex", "neighbour", "neighbours", "landlord",
    "landlady", "lodger", "lodgers", "flatmate", "flatmates",
})  # fmt: skip
NEIGHBOURS = frozenset({"man", "woman", "lady", "boy", "girl", "people"})
_MENTIONED = RELATIONS | NEIGHBOURS
NEARBY = re.compile(r"\w+ (?:upstairs|downstairs|next door|opposite)(?!\w)", re.IGNORECASE)
SHORTEST_NAME = 3
"""In letters. Shorter parts of a name turn up in too many other words."""


@dataclass(frozen=True)
class Mark:
    """Part of a line for somebody to look at."""

    kind: Kind
    words: str = ""


class Watched:
    """The names and numbers to look for in the free text of all lines of a bundle."""

    def __init__(
        self,
        *,
        network: Collection[str],
        others: Collection[str],
        own: Collection[str],
        own_contacts: Collection[str] = (),
    ) -> None:
        """Say what to look for.

        Args:
            network: names of people in the person's life.
            others: capitalised words in the texts that are surnames of other people on record.
            own: the person's own names, which are never marked as somebody else's.
            own_contacts: their own telephone numbers and e-mail addresses.
        """
        mine = _name_words(own)
        close = _name_words(network) - mine
        strangers = {search_words(each) for each in others} - mine - close
        self._kinds = dict.fromkeys(strangers, Kind.NAME) | dict.fromkeys(close, Kind.NETWORK)
        self._of_word: dict[str, Kind | None] = {}
        self._theirs = {_plain_contact(each) for each in own_contacts}

    def kind_of(self, word: str) -> Kind | None:
        """Return why a capitalised word is marked, if it is. Cached, as the same words are in many lines."""
        if word not in self._of_word:
            self._of_word[word] = self._kinds.get(search_words(word))
        return self._of_word[word]

    def is_own(self, mark: Mark) -> bool:
        """Whether a number or an address is the person's own."""
        return mark.kind in (Kind.TELEPHONE, Kind.EMAIL) and _plain_contact(mark.words) in self._theirs


def marks(texts: Iterable[str], watched: Watched) -> list[Mark]:
    """Return what to look at in a line's free text, in the order it appears, each once.

    Args:
        texts: the free text of the line.
        watched: names and numbers to look for.
    """
    found: dict[tuple[Kind, str], Mark] = {}
    for text in texts:
        # searched only where there can be any: most texts have neither a zero nor an @ sign
        looked_for = [(Kind.TELEPHONE, TELEPHONE)] if "0" in text or "+44" in text else []
        looked_for += [(Kind.EMAIL, EMAIL)] if "@" in text else []
        placed = [
            (each.start(), Mark(kind, each[0]))
            for kind, pattern in looked_for
            for each in pattern.finditer(text)
        ]
        placed += [(place, Mark(Kind.RELATION, words)) for place, words in _relations(text)]
        for each in CAPITAL.finditer(text):
            word = _bare(each[0])
            if kind := watched.kind_of(word):
                placed.append((each.start(), Mark(kind, word)))
        for _place, mark in sorted(placed, key=lambda one: one[0]):
            if not watched.is_own(mark):
                found.setdefault((mark.kind, mark.words.lower()), mark)
    return list(found.values())


def capitalised(texts: Iterable[str]) -> set[str]:
    """Return the words that may be names: those that begin with a capital letter."""
    return {
        _bare(each[0]) for text in texts for each in CAPITAL.finditer(text) if len(each[0]) >= SHORTEST_NAME
    }


def _relations(text: str) -> Iterator[tuple[int, str]]:
    """Where somebody is mentioned by what they are to the person, and in which words."""
    # words are looked up, and most texts have none: a pattern of all of them would be tried at every letter
    if _MENTIONED.isdisjoint(map(str.lower, WORD.findall(text))):
        return
    for word in WORD.finditer(text):
        if word[0].lower() in RELATIONS:
            yield word.start(), word[0]
        elif word[0].lower() in NEIGHBOURS and (nearby := NEARBY.match(text, word.start())):
            yield nearby.start(), nearby[0]


def _bare(word: str) -> str:
    """A name without a possessive ending, with either kind of apostrophe."""
    return word[:-2] if word.endswith(("'s", "\N{RIGHT SINGLE QUOTATION MARK}s")) else word


def _plain_contact(written: str) -> str:
    """A number or an address without its spacing, and with a leading 0 for the country code."""
    plain = re.sub(r"[\s()-]", "", written).lower()
    return f"0{plain[3:]}" if plain.startswith("+44") else plain


def _name_words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in search_words(name).split() if len(word) >= SHORTEST_NAME}
