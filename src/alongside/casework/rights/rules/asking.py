"""Whether whoever asks for somebody may be one of those around them. Pure."""

from alongside.casework.people.rules import search_words

TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "sir", "dame", "rev"})
"""What is written before a name and tells nobody from anybody else."""


def may_be(asks: str, known: str) -> bool:
    """Whether two names may be one person's: all words of the shorter are in the longer, or begin one there.

    An initial begins a word. It is better to warn once too often than to give everything to the wrong person.
    """
    shorter, longer = sorted((_words(asks), _words(known)), key=len)
    return bool(shorter) and all(
        any(each == word or ((len(each) == 1 or len(word) == 1) and each[0] == word[0]) for word in longer)
        for each in shorter
    )


def _words(name: str) -> list[str]:
    return [word for word in search_words(name).split() if word not in TITLES]
