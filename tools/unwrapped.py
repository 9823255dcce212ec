"""Words for people that nobody could translate: what stands in a template or a module outside ``_()``.

A template is read as its tree, and its text as a browser reads it: every run of letters between tags, every
attribute that is read aloud, every word given to a component. A module is read as its tree too: a literal that
reads as words (a capital and small letters, or two words beside each other) must be inside ``_()`` or one of its
kin, unless it is a docstring or given to something that no person reads (``NOT_READ``, ``NOT_SHOWN``).
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

GETTEXT = {
    "_",
    "gettext",
    "ngettext",
    "pgettext",
    "npgettext",
    "gettext_lazy",
    "ngettext_lazy",
    "pgettext_lazy",
}
ALOUD = {"aria-label", "aria-description", "alt", "title", "placeholder"}
NAMES = re.compile(r"Alongside|UPRN")
"""What is called the same in every language."""
GAP = "\N{OBJECT REPLACEMENT CHARACTER}"
LETTERS = re.compile(r"[^\W\d_]{2,}|^[^\W\d_]$")
WORDS = re.compile(r"^\W*[A-Z][a-z’']+\b|[A-Za-z]{2,}[,.:;’]? [a-z]{2,}|[a-z]{2,} $|^[ ,.;:]*\s[a-z]{2,}")
COMPONENT_KEYS = {
    "text", "html", "caption", "titleText", "iconFallbackText", "visuallyHiddenText", "legend", "summaryText",
    "navigationLabel", "menuButtonText", "label", "hint", "title", "heading", "value",
}  # fmt: skip
NOT_WORDS = {"classes", "captionClasses", "attributes", "name", "href", "id", "idPrefix", "type", "rel"}


def in_template(source: str) -> Iterator[str]:
    """Yield the words of a template that are outside ``_()`` and ``{% trans %}``."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)
    page = _Page()
    for text in _texts(tree):
        page.feed(text)
    yield from page.found
    yield from _given(tree)


def _texts(node: nodes.Node) -> Iterator[str]:
    """Yield the text of a tree in order; a gap where something is put in."""
    if isinstance(node, nodes.Output):
        for each in node.nodes:
            yield each.data if isinstance(each, nodes.TemplateData) else GAP
    for child in node.iter_child_nodes():
        yield from _texts(child)


class _Page(HTMLParser):
    """Collects what a browser would show or read aloud."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes that are read aloud."""
        self._silent += tag in ("script", "style")
        for name, value in attrs:
            if name in ALOUD and value and _has_letters(value):
                self.found.append(f"{name}={value!r}")

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        """Look at text between tags."""
        if not self._silent and _has_letters(data):
            self.found.append(repr(" ".join(data.replace(GAP, "…").split())))


def _has_letters(text: str) -> bool:
    return bool(LETTERS.search(NAMES.sub("", text.replace(GAP, " ")).strip()))


def _given(node: nodes.Node, key: str = "") -> Iterator[str]:
    """Yield the literals in expressions that read as words, or stand where a component shows them."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        if node.node.name in GETTEXT:
            return
        if node.node.name in ("url", "static"):
            return
    if isinstance(node, nodes.Pair):
        yield from _given(node.value, str(getattr(node.key, "value", "")))
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and key not in NOT_WORDS:
        shown = LETTERS if key in COMPONENT_KEYS - {"value"} else WORDS
        if shown.search(NAMES.sub("", re.sub(r"<[^>]*>|%\w", " ", node.value)).strip()):
            yield f"line {node.lineno}: {node.value!r}"
    for child in node.iter_child_nodes():
        yield from _given(child, key)


NOT_SHOWN = {
    "reverse", "redirect", "render", "get_template", "getLogger", "compile", "sub", "fullmatch", "search", "match",
    "record", "refused_because", "RawSQL", "execute", "TypeVar", "date_format", "strftime", "strptime", "F", "Q",
    "debug", "info", "warning_logged", "bind", "add_argument", "EventType", "CheckConstraint", "UniqueConstraint",
}  # fmt: skip
"""Functions whose literals no person reads: addresses, patterns, SQL, what is recorded in a fixed language."""


def in_python(source: str) -> Iterator[str]:
    """Yield the literals of a module that read as words for people and are outside ``_()``."""
    tree = ast.parse(source)
    yield from (f"line {node.lineno}: {text}" for node, text in unwrapped(tree))


def unwrapped(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """Yield every such literal with its node: a constant, or a whole f-string."""
    if isinstance(node, ast.Call) and (_called(node) in GETTEXT or _called(node) in NOT_SHOWN):
        return
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)
        if _reads_as_words(text):
            yield node, text.replace(GAP, "{}")
            return
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from unwrapped(part.value)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _reads_as_words(node.value):
        yield node, node.value
        return
    children: list[ast.AST] = []
    for name, value in ast.iter_fields(node):
        each = value if isinstance(value, list) else [value]
        if name == "body" and isinstance(value, list):
            each = [child for child in value if not _is_prose(child)]
        if name in ("annotation", "returns"):
            continue
        children += [child for child in each if isinstance(child, ast.AST)]
    for child in children:
        yield from unwrapped(child)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_prose(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _reads_as_words(text: str) -> bool:
    plain = re.sub(r"<[^>]*>|%[-\w]", " ", text.replace(GAP, "0"))
    return bool(WORDS.search(NAMES.sub("", plain)))
