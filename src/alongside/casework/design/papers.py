"""What a paper says, once: a page, a tagged PDF and a Word document are made from the same content.

A presenter makes it from finished words; ``papers.jinja`` writes it as HTML, for a page and for ``pdf_of``,
and ``word_files.word_of`` as a Word document. None of the three adds a word that the others lack.
"""

from dataclasses import dataclass

Row = tuple[str, str]


@dataclass(frozen=True)
class Words:
    """A paragraph. Line breaks are kept as they were written."""

    words: str
    kind: str = "words"


@dataclass(frozen=True)
class Said:
    """What somebody said, in their words."""

    words: str
    kind: str = "said"


@dataclass(frozen=True)
class Under:
    """A heading below that of the section."""

    words: str
    kind: str = "under"


@dataclass(frozen=True)
class Bullets:
    """Several things in no particular order."""

    items: tuple[str, ...]
    kind: str = "bullets"


@dataclass(frozen=True)
class Numbered:
    """Several things, one after the other."""

    items: tuple[str, ...]
    kind: str = "numbered"


@dataclass(frozen=True)
class Fields:
    """What was asked and what was answered; if nothing was, there is room to write.

    Attributes:
        rows: question and answer.
        room: how many lines are left if there is no answer.
    """

    rows: tuple[Row, ...]
    room: int = 3
    kind: str = "fields"


@dataclass(frozen=True)
class Table:
    """A table whose first column says what a row is about; an empty cell is room to write.

    Attributes:
        caption: what it shows.
        head: what each column holds.
        rows: each with as many cells as there are columns.
        to_fill_in: whether empty cells are filled in by hand, and so need to be tall enough.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    to_fill_in: bool = False
    kind: str = "table"

    @property
    def numbered(self) -> bool:
        """Whether the first column holds only numbers, and so can be narrow."""
        return all(row[0].isdigit() for row in self.rows)


@dataclass(frozen=True)
class Step:
    """One box in a drawing: its few words, where each answer leads, and the same as a sentence."""

    title: str
    words: str
    ways: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """Steps as boxes that follow each other, with the same steps as a numbered list beside them.

    Attributes:
        title: what is drawn.
        in_words: heading of the list.
        steps: from the first to the last.
    """

    title: str
    in_words: str
    steps: tuple[Step, ...]
    kind: str = "drawn"


Block = Words | Said | Under | Bullets | Numbered | Fields | Table | Drawn


@dataclass(frozen=True)
class Section:
    """A heading and what comes under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """A complete paper.

    Attributes:
        title: its name.
        about: what it belongs to, such as a case and its meeting; printed on every sheet with the title.
        lead: what is read first, under the title.
        sections: the rest.
        easy: in larger type, for people who find reading hard.
    """

    title: str
    about: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    easy: bool = False


def words_if(words: str) -> tuple[Words, ...]:
    """Return a paragraph; nothing where there is nothing to say."""
    return (Words(words),) if words else ()


def filled(rows: tuple[Row, ...], *, otherwise: str) -> tuple[Row, ...]:
    """Return questions with their answers; one without an answer says so instead of leaving room."""
    return tuple((asked, answer or otherwise) for asked, answer in rows)
