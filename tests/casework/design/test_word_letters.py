"""Whatever people paste into a form, a Word document can be made of it."""

from io import BytesIO

import docx
import pytest

from alongside.casework.design.papers import (
    Bullets,
    Drawn,
    Fields,
    Numbered,
    Paper,
    Said,
    Section,
    Step,
    Table,
    Under,
    Words,
)
from alongside.casework.design.word_files import word_of


def paper_saying(words: str) -> Paper:
    """A paper that says the same everywhere that a paper can say anything."""
    blocks = (
        Words(words), Said(words), Under(words), Bullets((words,)), Numbered((words,)),
        Fields(((words, words), (words, ""))), Table(words, (words, words), ((words, words),)),
        Drawn(words, words, (Step(words, words, ((words, words),)),)),
    )  # fmt: skip
    return Paper(title=words, about=words, lead=(words,), sections=(Section(words, blocks),))


def said_in(made: bytes) -> set[str]:
    document = docx.Document(BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return {paragraph.text for paragraph in document.paragraphs} | set(cells)


@pytest.mark.parametrize("pasted", ["\x0b", "\x0c"])
def test_a_line_or_page_break_that_was_pasted_is_a_line_break(pasted: str) -> None:
    assert "Corrected:\nshe was there." in said_in(word_of(paper_saying(f"Corrected:{pasted}she was there.")))


@pytest.mark.parametrize("pasted", ["\x01", "\x08", "\x0e", "\x1f", "\ufffe", "\uffff"])
def test_what_no_word_document_can_hold_is_left_out(pasted: str) -> None:
    assert "Corrected: she was there." in said_in(word_of(paper_saying(f"Corrected: {pasted}she was there.")))


def test_other_letters_stay() -> None:
    words = "Zoë\tsaid “yes”\n\U0001f600 \x85\ufffd"
    assert words in said_in(word_of(paper_saying(words)))
