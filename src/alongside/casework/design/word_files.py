"""A paper as a Word document: real headings, tables with header rows, a language and a title.

None of it is a picture of words, so a screen reader can read it and people can fill it in by typing.
"""

import re
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from typing import Any

import docx
from django.utils.translation import get_language
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from alongside.casework.design.papers import (
    Block,
    Bullets,
    Drawn,
    Fields,
    Numbered,
    Paper,
    Said,
    Table,
    Under,
    Words,
)

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""What browsers call it."""
FONT, INK = "Arial", RGBColor(0x0B, 0x0C, 0x0C)
SIZES = {"Heading 1": 22, "Heading 2": 15, "Heading 3": 12}


def word_of(paper: Paper) -> bytes:
    """Return a paper as a Word document, in the reader's language."""
    paper = _storable(paper)
    document = docx.Document()
    _say_what_it_is(document, paper)
    _set_the_look(document, easy=paper.easy)
    document.add_heading(paper.title, 1)
    if paper.about:
        document.add_paragraph(paper.about)
    for words in paper.lead:
        document.add_paragraph(words)
    for section in paper.sections:
        document.add_heading(section.title, 2)
        for block in section.blocks:
            _add(document, block)
    foot = document.sections[0].footer.paragraphs[0]
    foot.text = ": ".join(filter(None, [paper.about, paper.title]))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


_AS_LINE_BREAKS = str.maketrans("\x0b\x0c", "\n\n")
_NOT_IN_XML = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Letters that XML 1.0 has no way to write, so that one of them would leave no document at all."""


def _storable(told: Any) -> Any:
    """Return a paper, or a part of it, with only what XML can hold: people paste all sorts of things."""
    if isinstance(told, str):
        return _NOT_IN_XML.sub("", told.translate(_AS_LINE_BREAKS))
    if isinstance(told, tuple):
        return tuple(_storable(each) for each in told)
    if is_dataclass(told) and not isinstance(told, type):
        return replace(told, **{each.name: _storable(getattr(told, each.name)) for each in fields(told)})
    return told


def _add(document: Document, block: Block) -> None:
    match block:
        case Words():
            document.add_paragraph(block.words)
        case Said():
            document.add_paragraph(block.words, style="Quote")
        case Under():
            document.add_heading(block.words, 3)
        case Bullets():
            for each in block.items:
                document.add_paragraph(each, style="List Bullet")
        case Numbered():
            _numbered(document, block.items)
        case Fields():
            _fields(document, block)
        case Table():
            _table(document, block)
        case Drawn():
            _drawn(document, block)


def _numbered(document: Document, items: tuple[str, ...]) -> None:
    """A list that starts at one: Word would go on counting from the previous list."""
    start = _new_numbering(document)
    for each in items:
        _count_by(document.add_paragraph(each, style="List Number"), start)


def _fields(document: Document, fields: Fields) -> None:
    for asked, answer in fields.rows:
        label = document.add_paragraph()
        label.add_run(asked).bold = True
        label.paragraph_format.keep_with_next = True
        if answer:
            document.add_paragraph(answer)
        else:
            room = _grid(document, 1, 1, asked)
            room.cell(0, 0).text = "\n" * (fields.room - 1)
            document.add_paragraph()


def _table(document: Document, table: Table) -> None:
    caption = document.add_paragraph(table.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    made = _grid(document, 1 + len(table.rows), len(table.head), table.caption)
    if table.numbered and table.to_fill_in:
        _narrow_the_first_column(made)
    for number, words in enumerate(table.head):
        _bold(made.cell(0, number), words)
    _repeat_on_each_page(made)
    for at, row in enumerate(table.rows, 1):
        for number, words in enumerate(row):
            if number == 0:
                _bold(made.cell(at, number), words)
            else:
                made.cell(at, number).text = words or ("\n" if table.to_fill_in else "")
    document.add_paragraph()


def _drawn(document: Document, drawn: Drawn) -> None:
    label = document.add_paragraph()
    label.add_run(drawn.title).bold = True
    label.paragraph_format.keep_with_next = True
    for number, step in enumerate(drawn.steps, 1):
        box = _grid(document, 1, 1, drawn.title).cell(0, 0)
        _bold(box, f"{number} {step.title}")
        for answer, leads in step.ways:
            way = box.add_paragraph()
            way.add_run(answer).bold = True
            way.add_run(f" → {leads}")
        arrow = document.add_paragraph("↓" if number < len(drawn.steps) else "")
        arrow.paragraph_format.space_after = Pt(0)
    document.add_heading(drawn.in_words, 3)
    start = _new_numbering(document)
    for step in drawn.steps:
        line = document.add_paragraph(style="List Number")
        line.add_run(step.title).bold = True
        line.add_run(f"\n{step.words}")
        _count_by(line, start)
        for answer, leads in step.ways:
            way = document.add_paragraph(style="List Bullet 2")
            way.add_run(answer).bold = True
            way.add_run(f" → {leads}")


def _grid(document: Document, rows: int, columns: int, about: str) -> WordTable:
    """A table with lines around its cells, which tells screen reader users what it holds."""
    made: WordTable = document.add_table(rows, columns, style="Table Grid")
    for tag in ("w:tblCaption", "w:tblDescription"):
        told = OxmlElement(tag)
        told.set(qn("w:val"), about)
        made._tbl.tblPr.append(told)
    return made


def _bold(cell: _Cell, words: str) -> None:
    cell.paragraphs[0].add_run(words).bold = True


def _repeat_on_each_page(table: WordTable) -> None:
    """Make the first row the table's header, both for sighted readers and for screen readers."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _narrow_the_first_column(table: WordTable) -> None:
    """Give the room that a column of numbers does not need to the columns to write in."""
    narrow, others = Cm(2), (Cm(17) - Cm(2)) // (len(table.columns) - 1)
    for number, column in enumerate(table.columns):
        for cell in column.cells:
            cell.width = others if number else narrow


def _new_numbering(document: Document) -> int:
    """Return the number of a new list that counts from one, like other numbered lists."""
    style: Any = document.styles["List Number"].element
    numbering: Any = document.part.numbering_part.element
    own = style.pPr.numPr.numId.val
    counts_as = next(each for each in numbering.num_lst if each.numId == own).abstractNumId.val
    made = numbering.add_num(counts_as)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def _count_by(paragraph: Paragraph, number: int) -> None:
    numbered: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbered.get_or_add_numId().val = number
    numbered.get_or_add_ilvl().val = 0


def _say_what_it_is(document: Document, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author, about.comments = paper.title, "", ""
    about.subject, about.language = paper.about, _language()


def _set_the_look(document: Document, *, easy: bool) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    styles: Any = document.styles
    for name in ("Normal", *SIZES, "Quote", "Caption"):
        if name in styles:
            style = styles[name]
            style.font.name, style.font.color.rgb = FONT, INK
            _own_font(style)
            if name in SIZES:
                style.font.size = Pt(SIZES[name] + (2 if easy else 0))
    styles["Normal"].font.size = Pt(14 if easy else 11)
    styles["Caption"].font.size = Pt(14 if easy else 11)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), _language())
    defaults: Any = styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for each in properties.findall(qn("w:lang")):
        properties.remove(each)
    properties.append(spoken)


def _own_font(style: Any) -> None:
    """Give headings the font too: the theme's would otherwise take precedence."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:cs"), FONT)


def _language() -> str:
    """Return the reader's language as Word writes it, such as en-GB."""
    spoken, _sep, country = (get_language() or "en-gb").partition("-")
    return f"{spoken}-{(country or 'gb').upper()}"
