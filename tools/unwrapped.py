"""Words for people that nobody could translate: what is outside ``_()`` in a template or a module.

A template is read as a tree, and its text as a browser reads it: every run of letters between tags, every
attribute that is read aloud, every word given to a component. A module is read as a tree too: a literal
that looks like words (a capital and small letters, or two words next to each other) must be inside ``_()``
or one of its variants, unless it is a docstring or given to something that nobody reads (``NOT_SHOWN``).
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
ALOUD = re.compile(r"aria-(label|description|roledescription)|alt|title|placeholder|data-autosave-\w+")
NAMES = re.compile(r"Alongside|Cymraeg|English|UPRN")
"""Names that are the same in every language."""
GAP = "\N{OBJECT REPLACEMENT CHARACTER}"
LETTERS = re.compile(r"[^\W\d_]{2,}|^[^\W\d_]$")
WORDS = re.compile(
    r"^\W*[A-Z][a-z'-]*[a-z]\b"  # Begins
    r"|[A-Za-z]{2,}[,.:;]? [a-z]{2,}|^I [a-z]"  # two words
    r"|^\W*\s[a-z]{2,}|[a-z]{2,} $"  # a word that something is put before or behind
)
BESIDE_A_GAP = re.compile(r"(?:^|\s)[A-Za-z]{2,}[:.,;]?\s|\s[A-Za-z]{2,}[:.,;]?$")
SHOWN = {
    "text", "html", "caption", "titleText", "iconFallbackText", "visuallyHiddenText", "legend", "summaryText",
    "navigationLabel", "menuButtonText", "label", "hint", "title", "heading",
}  # fmt: skip
"""The parameters that a component shows."""
NOT_WORDS = {"classes", "captionClasses", "attributes", "name", "href", "id", "idPrefix", "type", "rel"}
NOT_SHOWN = {
    "AskedWronglyError", "CheckConstraint", "EventType", "ForeignKey", "ForgottenCheckError",
    "ManyToManyField", "OneToOneField", "TypeError", "TypeVar", "UniqueConstraint", "ZoneInfo",
    "cast", "compile", "execute", "fullmatch", "record", "search", "strptime", "sub",
    "system_actor",
}  # fmt: skip
"""Functions called with literals that nobody reads on a page: names of models and constraints, patterns,
SQL, what is recorded in English, and errors that only operators and developers of Alongside see."""


def in_template(source: str) -> Iterator[str]:
    """Yield the words of a template that are outside ``_()`` and ``{% trans %}``."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)
    page = _Page()
    for text in _texts(tree):
        page.feed(text)
    page.close()
    yield from page.found
    yield from _given(tree)


def _texts(node: nodes.Node) -> Iterator[str]:
    """Yield the text of a tree in order, with a gap for each inserted value."""
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
        self.found += [
            f"{name}={value!r}"
            for name, value in attrs
            if ALOUD.fullmatch(name) and value and _has_letters(value)
        ]

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        """Look at text between tags."""
        shown = re.sub(r"""[\w-]+=\\?['"]""", " ", data)  # attributes that a macro gives to a tag elsewhere
        if not self._silent and _has_letters(shown):
            self.found.append(repr(" ".join(data.replace(GAP, "…").split())))


def _has_letters(text: str) -> bool:
    return bool(LETTERS.search(NAMES.sub("", text.replace(GAP, " ")).strip()))


def _given(node: nodes.Node, key: str = "") -> Iterator[str]:
    """Yield the literals in expressions that look like words, or that a component shows."""
    called = getattr(node.node, "name", "") if isinstance(node, nodes.Call) else ""
    if called in GETTEXT | {"url", "static"}:
        return
    if isinstance(node, nodes.Pair):
        yield from _given(node.value, str(getattr(node.key, "value", "")))
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and key not in NOT_WORDS:
        plain = NAMES.sub("", re.sub(r"<[^>]*>|%\w", " ", node.value)).strip()
        if (LETTERS if key in SHOWN else WORDS).search(plain):
            yield f"line {node.lineno}: {node.value!r}"
    for child in node.iter_child_nodes():
        yield from _given(child, key)


def in_python(source: str) -> Iterator[str]:
    """Yield the literals in a module that look like words for people and are outside ``_()``."""
    yield from (text for _, text in unwrapped(ast.parse(source)))


def unwrapped(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """Yield every such literal with its node: a constant, or an f-string with ``{}`` for inserted values."""
    if isinstance(node, ast.Call) and _called(node) in GETTEXT | NOT_SHOWN:
        return
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
        return
    if isinstance(node, ast.FunctionDef) and node.name == "__str__":
        return
    if isinstance(node, ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values]
        if any(BESIDE_A_GAP.search(_plain(part)) for part in parts) or WORDS.search(_plain("".join(parts))):
            yield node, "".join(parts).replace(GAP, "{}")
            return
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from unwrapped(part.value)
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and WORDS.search(_plain(node.value)):
            yield node, node.value
        return
    for child in _code_of(node):
        yield from unwrapped(child)


def _code_of(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node's children, without docstrings, annotations and keys of subscripts."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "slice"):
            continue
        for child in value if isinstance(value, list) else [value]:
            is_prose = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if isinstance(child, ast.AST) and not is_prose:
                yield child


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _plain(text: str) -> str:
    return NAMES.sub("", re.sub(r"<[^>]*>|%[-\w]", " ", text.replace(GAP, "0")))
