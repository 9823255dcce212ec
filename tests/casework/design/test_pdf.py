"""A document opened as a reader opens it: its tags, language and title, and that nothing was fetched."""

import builtins
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.template import engines

from alongside.casework.design import pdf

PAGE = (
    "{% extends 'layouts/paper.jinja' %}{% block title %}What was said{% endblock %}"
    "{% block foot %}Reference AR-7K2M{% endblock %}"
    "{% block content %}<h1>What was said</h1><p>{{ words }}</p>"
    "<ul><li>One</li></ul><table><tr><th scope='col'>Day</th></tr><tr><td>2 November</td></tr></table>"
    "{% endblock %}"
)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> str:
    """A template that is only here."""
    made = engines.all()[0].from_string(PAGE)
    monkeypatch.setattr(pdf, "render_to_string", lambda _name, shown: made.render(shown))
    return "only/here.jinja"


def opened(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(document))


def tags(document: bytes) -> set[str]:
    """What the document says its parts are."""
    found: set[str] = set()
    waiting = [opened(document).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        each = waiting.pop().get_object()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            found |= {str(each["/S"])} if "/S" in each else set()
            waiting += [each["/K"]] if "/K" in each else []
    return found


def test_a_document_is_tagged_and_says_its_language_its_title_and_its_standard(page: str) -> None:
    document = pdf.pdf_of(page, {"words": "Nobody throws my patterns out."})
    root = opened(document).trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "en-gb"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert opened(document).metadata.title == "What was said"
    about = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about or 'pdfuaid:part="1"' in about
    assert tags(document) >= {"/Document", "/H1", "/P", "/L", "/LI", "/Table", "/TH", "/TD"}
    assert "Nobody throws my patterns out." in opened(document).pages[0].extract_text()


def test_every_sheet_says_what_it_belongs_to(page: str) -> None:
    document = pdf.pdf_of(page, {"words": "A long story. " * 900})
    sheets = [each.extract_text() for each in opened(document).pages]
    assert len(sheets) > 2
    assert all("Reference AR-7K2M" in each for each in sheets)


def test_the_fonts_are_in_the_document(page: str) -> None:
    resources = opened(pdf.pdf_of(page, {"words": "Ó Murchú, Łukasz"})).pages[0]["/Resources"]
    fonts = [each.get_object() for each in resources["/Font"].values()]
    assert fonts
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(described)


def test_the_same_page_is_the_same_bytes(page: str) -> None:
    assert pdf.pdf_of(page, {"words": "Once"}) == pdf.pdf_of(page, {"words": "Once"})


@pytest.mark.parametrize(
    "asks", ["<img src='https://example.org/a.png' alt=''>", "<img src='file:///etc/hostname' alt=''>"]
)
def test_a_page_that_asks_for_anything_is_refused(monkeypatch: pytest.MonkeyPatch, asks: str) -> None:
    made = engines.all()[0].from_string(PAGE.replace("<h1>", f"{asks}<h1>"))
    monkeypatch.setattr(pdf, "render_to_string", lambda _name, shown: made.render(shown))
    with pytest.raises(pdf.AsksForSomethingError, match="a document fetches nothing"):
        pdf.pdf_of("only/here.jinja", {"words": ""})


def test_words_that_look_like_markup_stay_words(page: str) -> None:
    document = pdf.pdf_of(page, {"words": "<img src='https://example.org/a.png'>"})
    assert "<img src" in opened(document).pages[0].extract_text()


def test_a_machine_without_pango_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *more)

    assert pdf.may_be_made()
    monkeypatch.setattr(builtins, "__import__", without)
    assert not pdf.may_be_made()
    with pytest.raises(pdf.NoPdfHereError, match="Pango is not installed") as told:
        pdf.pdf_of(page, {"words": ""})
    assert "print the page" in str(told.value)


def test_the_look_asks_for_nothing_either() -> None:
    assert "url(" not in Path(pdf.LOOK).read_text("utf-8")
