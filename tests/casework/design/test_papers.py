"""One content, three renderings: whatever a paper says, the page, the PDF and the Word document say too."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import docx
import pypdf
import pytest
from django.template import engines
from django.utils import translation
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

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
    filled,
)
from alongside.casework.design.pdf import pdf_of
from alongside.casework.design.word_files import word_of


class Letters(HTMLParser):
    """What of a page is words; a heading that a narrow screen alone shows beside its cell is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.skipped = 0

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipped or ("class", "app-table__heading") in attrs:
            self.skipped += 1

    def handle_endtag(self, _tag: str) -> None:
        self.skipped -= bool(self.skipped)

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.said.append(data)


def html_of(paper: Paper) -> str:
    made = engines.all()[0].from_string(
        "{% from 'design/papers.jinja' import paper_body with context %}{{ paper_body(paper) }}"
    )
    return str(made.render({"paper": paper}))


def of_page(paper: Paper) -> str:
    reader = Letters()
    reader.feed(html_of(paper))
    return " ".join(reader.said)


def of_pdf(made: bytes) -> str:
    return " ".join(each.extract_text() for each in pypdf.PdfReader(BytesIO(made)).pages)


def of_word(made: bytes) -> str:
    document = docx.Document(BytesIO(made))
    body = [each.text or "" if each.tag == qn("w:t") else "\n"
            for each in document.element.body.iter(qn("w:t"), qn("w:p"), qn("w:br"))]  # fmt: skip
    return "".join(body)


def said_in(content: Any) -> Iterator[str]:
    """Every word of a paper's content."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, tuple):
        for each in content:
            yield from said_in(each)
    elif is_dataclass(content):
        for each in fields(content):
            if each.name != "kind":
                yield from said_in(getattr(content, each.name))


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def tokens(words: str) -> set[str]:
    """The words, but for numbers and arrows, which a page draws itself."""
    return {each for each in re.findall(r"\w+", words) if not each.isdigit()}


ALL = Paper(
    title="A record",
    about="Case 1a2b3c4d",
    lead=("Read this first.",),
    sections=(
        Section("The person", (Words("She said:"), Said("“A door,\nand a key.”"), Bullets(("One", "Two")))),
        Section("In order", (Numbered(("First", "Second")), Under("Again"), Numbered(("Third", "Fourth")))),
        Section("Asked", (Fields((("Answered?", "Yes"), ("Not answered?", ""))),)),
        Section("A table", (Table("What will be done", ("What", "Who"), (("A lock", "Tom"),)),)),
        Section("By hand", (Table("To fill in", ("Number", "What"), (("1", ""),), to_fill_in=True),)),
        Section(
            "Drawn",
            (Drawn("The way", "In words", (Step("Begin", "Ask.", (("Yes", "on"),)), Step("End", "Stop."))),),
        ),
    ),
)  # fmt: skip


def test_the_page_the_pdf_and_the_word_document_say_the_same() -> None:
    page, pdf, word = (
        of_page(ALL),
        of_pdf(pdf_of("design/paper.jinja", {"paper": ALL})),
        of_word(word_of(ALL)),
    )
    for words in said_in(ALL):
        for rendered in (page, pdf, word):
            assert squeezed(words) in squeezed(rendered)
    assert tokens(page) == tokens(word)
    assert tokens(pdf) == tokens(page)


SAID = st.text(st.characters(codec="utf-8", categories=("L",), max_codepoint=0x24F), min_size=1, max_size=12)
SEVERAL = st.lists(SAID, min_size=1, max_size=3).map(tuple)
ROWS = st.lists(st.tuples(SAID, SAID | st.just("")), min_size=1, max_size=3).map(tuple)
BLOCKS = st.one_of(
    SAID.map(Words), SAID.map(Said), SAID.map(Under), SEVERAL.map(Bullets), SEVERAL.map(Numbered),
    ROWS.map(Fields),
    st.builds(
        Table,
        SAID, st.tuples(SAID, SAID), ROWS,
    ),
    st.builds(
        Drawn, SAID, SAID,
        st.lists(st.builds(Step, SAID, SAID, st.lists(st.tuples(SAID, SAID), max_size=2).map(tuple)),
                 min_size=1, max_size=3).map(tuple),
    ),
)  # fmt: skip
PAPERS = st.builds(
    Paper, title=SAID, about=SAID | st.just(""), lead=SEVERAL,
    sections=st.lists(
        st.builds(Section, SAID, st.lists(BLOCKS, max_size=4).map(tuple)), max_size=3
    ).map(tuple),
    easy=st.booleans(),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PAPERS)
def test_no_rendering_lacks_or_adds_a_word_whatever_the_paper_is_made_of(paper: Paper) -> None:
    page, word = of_page(paper), of_word(word_of(paper))
    assert tokens(page) == tokens(word) == tokens(" ".join(said_in(paper)))


@settings(max_examples=8, deadline=None)
@given(PAPERS)
def test_the_pdf_holds_them_too(paper: Paper) -> None:
    pdf = squeezed(of_pdf(pdf_of("design/paper.jinja", {"paper": paper})))
    for words in said_in(paper):
        assert squeezed(words) in pdf


def test_a_word_document_has_headings_tables_with_a_head_a_language_and_a_title() -> None:
    document = docx.Document(BytesIO(word_of(ALL)))
    about = document.core_properties
    assert (about.title, about.subject, about.language, about.author, about.comments) == (
        "A record", "Case 1a2b3c4d", "en-GB", "", "",
    )  # fmt: skip
    headings = [(each.style.name, each.text) for each in document.paragraphs if "Heading" in each.style.name]
    assert headings[:2] == [("Heading 1", "A record"), ("Heading 2", "The person")]
    assert ("Heading 3", "Again") in headings
    table = next(each for each in document.tables if each.cell(0, 0).text == "What")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "What will be done"
    spoken = document.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert [each.get(qn("w:val")) for each in spoken] == ["en-GB"]
    assert document.sections[0].footer.paragraphs[0].text == "Case 1a2b3c4d: A record"


def test_a_word_document_is_in_the_readers_language() -> None:
    with translation.override("cy"):
        assert docx.Document(BytesIO(word_of(ALL))).core_properties.language == "cy-GB"


def test_each_numbered_list_of_a_word_document_begins_with_one() -> None:
    document = docx.Document(BytesIO(word_of(ALL)))
    lists = [each._p.pPr.numPr.numId.val for each in document.paragraphs if each.style.name == "List Number"]
    assert len(lists) == 6
    assert len(set(lists)) == 3  # two lists, and the steps of the drawing
    numbering = document.part.numbering_part.element
    for number in set(lists):
        starts = numbering.num_having_numId(number).find(qn("w:lvlOverride")).find(qn("w:startOverride"))
        assert starts.get(qn("w:val")) == "1"


def test_what_a_drawing_draws_is_read_once_on_a_page() -> None:
    drawing, words = html_of(ALL).split('class="app-paper__steps"')
    assert 'class="app-drawn" aria-hidden="true"' in drawing
    assert "Begin" in words


def test_a_word_that_looks_like_markup_stays_a_word() -> None:
    paper = Paper("T", "", ("<script>alert(1)</script>",), ())
    assert "&lt;script&gt;" in html_of(paper)
    assert "<script>alert(1)</script>" in of_word(word_of(paper))


def test_room_is_left_only_where_nothing_is_said() -> None:
    rows = (("Asked", "Said"), ("Asked too", ""))
    assert html_of(Paper("T", "", (), (Section("S", (Fields(rows),)),))).count("app-paper__room") == 2
    assert filled(rows, otherwise="Nothing.") == (("Asked", "Said"), ("Asked too", "Nothing."))


@pytest.mark.parametrize("easy", [False, True])
def test_an_easy_paper_is_set_larger(easy: bool) -> None:
    paper = Paper("T", "", ("Words",), (), easy=easy)
    assert ("app-paper--easy" in html_of(paper)) is easy
    size = docx.Document(BytesIO(word_of(paper))).styles["Normal"].font.size.pt
    assert size == (14 if easy else 11)
