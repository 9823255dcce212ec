"""One YAML file of a pack: its plain values, and the line each of them is on.

Strict on purpose: a key written twice, an anchor, an alias or a tag is refused. The first is a mistake that
would silently lose something; the others let a short file expand into an endless one.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

Place = tuple[str | int, ...]
"""Where a value is: keys and list positions from the top, such as ``("schema", "fields", 0, "name")``."""

_CONSTRUCTOR = YAML(typ="safe", pure=True).constructor
_PLAIN_TAGS = tuple(
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
)
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "there is a colon where there should not be one",
        "Put the text in quotes if the colon belongs to it, or start a new line for a new key",
    ),
    (
        "expected ',' or ']'",
        "a bracket is not closed",
        "Close the bracket `[` opened here with `]`, and put commas between its items",
    ),
    (
        "expected ',' or '}'",
        "a brace is not closed",
        "Close the brace `{` opened here with `}`, and put commas between its items",
    ),
    (
        "unexpected end of stream",
        "the file ends inside quotation marks",
        "Close the quotation mark opened here",
    ),
    (
        "expected <block end>",
        "the indentation does not match the lines above",
        "Start every key of one list item or mapping in the same column",
    ),
    ("could not find expected ':'", "a line has no colon", "Write `key: value`, with a colon and a space"),
    (
        "cannot start any token",
        "the text starts with a character that has a special meaning in YAML",
        "Put the text in quotes",
    ),
    (
        "unknown escape character",
        "there is a backslash in double quotes",
        "Use single quotes, where a backslash is just a backslash",
    ),
    ("another document", "a second document starts here", "Remove the line `---`: a file holds one document"),
    ("undefined alias", "the text starts with `*`", "Put the text in quotes"),
)
"""What the parser says, what is wrong in plain words, and what would be right."""


@dataclass(frozen=True)
class Fault:
    """Something wrong with the text itself."""

    line: int
    wrong: str
    right: str


@dataclass
class Document:
    """A file's plain values (dict, list, text, number, date, True or False, None) and their lines.

    Attributes:
        data: The values; None where there are none.
        lines: Line of each value, counted from 1; of a mapping's value, the line of its key.
        faults: What is wrong with the text; ``data`` then holds what could still be read.
    """

    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Place) -> int:
        """The line of the value at ``path``, or of the nearest value around it that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(content: bytes) -> Document:
    """Read one file; never raises: ``faults`` says what is wrong."""
    read = _read(content)
    return Document(deepcopy(read.data), dict(read.lines), list(read.faults))


@lru_cache(maxsize=128)  # when one file of a pack changes, all the others are read again too
def _read(content: bytes) -> Document:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Document(faults=[Fault(line, "the file is not UTF-8 text", "Save it as UTF-8")])
    try:
        top = YAML(typ="safe", pure=True).compose(text)
    except RecursionError:
        return Document(
            faults=[Fault(1, "the values are nested too deeply to be read", "Write at most a few levels")]
        )
    except YAMLError as error:
        return Document(faults=[_syntax_fault(error, text)])
    document = Document()
    if top is not None:
        document.lines[()] = top.start_mark.line + 1
        try:
            document.data = _plain(top, (), document)
        except RecursionError:
            document.faults.append(
                Fault(1, "the values are nested too deeply to be read", "Write at most a few levels")
            )
    if document.data is None and not document.faults:
        document.faults.append(Fault(1, "the file is empty", "Fill it in, or remove it"))
    return document


def _syntax_fault(error: YAMLError, text: str) -> Fault:
    if isinstance(error, ReaderError):
        line = text[: error.position].count("\n") + 1
        return Fault(
            line,
            "there is a character here that is not text",
            "Remove it; look for a control character or NUL byte",
        )
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Fault(1, "this is not YAML", "Compare it with the examples in docs/reference/area-pack.md")
    mark, problem = error.problem_mark, str(error.problem)
    rows = text.splitlines() or [""]
    written = rows[min(mark.line, len(rows) - 1)]
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Fault(mark.line + 1, "the line is indented with a tab", "Indent with spaces")
    wrong, right = next(
        ((wrong, right) for sign, wrong, right in _SYNTAX if sign in problem),
        (problem, "Compare it with docs/reference/area-pack.md"),
    )
    # An unclosed bracket or quotation mark is noticed later, but must be corrected where it opens.
    left_open = "end of stream" in problem or "expected ','" in problem
    place = error.context_mark if left_open and error.context_mark is not None else mark
    return Fault(place.line + 1, f"this is not YAML: {wrong}", right)


def _plain(node: Node, path: Place, document: Document) -> Any:
    line = node.start_mark.line + 1
    if node.anchor:
        document.faults.append(
            Fault(line, f"`&{node.anchor}` is a YAML anchor", "Write the values out where they are used")
        )
        return node.value if isinstance(node, ScalarNode) else None
    if str(node.tag) not in _PLAIN_TAGS:
        document.faults.append(
            Fault(
                line, f"`{node.tag}` is a YAML tag", "Write the plain value, in quotes if it starts with `!`"
            )
        )
        return node.value if isinstance(node, ScalarNode) else None
    if isinstance(node, MappingNode):
        return _mapping(node, path, document)
    if isinstance(node, SequenceNode):
        items = []
        for position, item in enumerate(node.value):
            document.lines[(*path, position)] = item.start_mark.line + 1
            items.append(_plain(item, (*path, position), document))
        return items
    return _scalar(node)


def _mapping(node: MappingNode, path: Place, document: Document) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            document.faults.append(Fault(line, "a key is a list or mapping", "Write a name before the colon"))
            continue
        key = str(key_node.value)
        place = (*path, key)
        if key in values:
            document.faults.append(
                Fault(
                    line,
                    f"`{key}` is written twice, first on line {document.lines[place]}",
                    "Keep one of the two",
                )
            )
            continue
        document.lines[place] = line
        values[key] = _plain(value_node, place, document)
    return values


def _scalar(node: Node) -> Any:
    try:
        return _CONSTRUCTOR.yaml_constructors[str(node.tag)](_CONSTRUCTOR, node)
    except (ValueError, OverflowError, YAMLError):
        return str(node.value)  # 2026-13-45 looks like a date but is none: the model says what it should be
