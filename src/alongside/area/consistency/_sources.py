"""``sources/*.yaml``: whose they are, what they are for, and whether their columns fit together."""

import codecs
import re
from collections.abc import Iterator

from alongside.area.consistency._references import repeated, unknown, written
from alongside.area.files import PackFile, PackFiles
from alongside.area.models import Identity, Source, TableField
from alongside.area.problems import PackProblem, did_you_mean
from alongside.area.yaml_text import Place

_DATED = ("date", "datetime")
_RESERVED = ("record_id", "row_as_at", "row_undated", "row_address_until")
_DIRECTIVES = set("aAbBdHIjmMpSfyYz%")


def refusals(files: PackFiles) -> Iterator[PackProblem]:
    """What makes a source unusable."""
    yield from repeated(
        (
            (file, file.document.data["source"], ("source",))
            for file in files.sources
            if file.is_readable and isinstance(file.document.data.get("source"), str)
        ),
        "source",
    )
    organisations = written(files.area, "organisations")
    purposes = written(files.area, "purposes")
    services = written(files.area, "services")
    for file in files.sources:
        source = file.model
        if source is None:
            continue
        home = "area.yaml"
        yield from unknown(
            file, ("organisation",), source.organisation, organisations, "an organisation in this pack", home
        )
        for position, purpose in enumerate(source.purposes):
            yield from unknown(
                file, ("purposes", position), purpose, purposes, "a purpose in this pack", home
            )
        for position, index in enumerate(source.case_index):
            place = ("case_index", position, "service")
            yield from unknown(file, place, index.service, services, "a service in this pack", home)
            if index.worker is not None:
                place = ("case_index", position, "worker")
                yield from unknown(
                    file, place, index.worker, columns(source), "a column in this source", "schema.fields"
                )
        yield from _columns(file, source)
        yield from _dated(file, source, ("as_at",), source.as_at)
        yield from _dated(file, source, ("identity", "address_until"), source.identity.address_until)
        yield from _reading(file, source)
        yield from _questions(file, source)


def columns(source: Source) -> dict[str, str]:
    """The columns of a source that expressions may use, with their Table Schema types."""
    return {field.name: field.type for field in source.schema_.fields}


def undeclared_identity(source: Source) -> set[str]:
    """Columns that say who the person is but are in no schema: only linkage reads them, as text."""
    return set(_identity_columns(source.identity)) - columns(source).keys()


def _identity_columns(identity: Identity) -> Iterator[str]:
    for key in Identity.model_fields:
        value = getattr(identity, key)
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, list | tuple):
            yield from value
        elif value is not None:
            yield from (value.column, value.at)


def _columns(file: PackFile[Source], source: Source) -> Iterator[PackProblem]:
    seen: dict[str, str] = {}
    for position, field in enumerate(source.schema_.fields):
        place: Place = ("schema", "fields", position, "name")
        if field.name.lower() in seen:
            wrong = f"`{field.name}` and `{seen[field.name.lower()]}` are the same column to the engine"
            yield file.problem(
                place, wrong, "Declare the column once; rename it in the extract if there are two"
            )
        seen.setdefault(field.name.lower(), field.name)
        if field.name.lower().startswith("raw__") or (
            field.name.lower() in _RESERVED and field.name != source.identity.record
        ):
            wrong = f"`{field.name}` is a name that Alongside keeps for itself"
            yield file.problem(place, wrong, "Rename the column in the extract")
        yield from _field(file, field, position)
    keys = source.schema_.primary_key or []
    for key in [keys] if isinstance(keys, str) else keys:
        place = ("schema", "primaryKey")
        yield from unknown(file, place, key, columns(source), "a column in this source", "schema.fields")


def _field(file: PackFile[Source], field: TableField, position: int) -> Iterator[PackProblem]:
    place = ("schema", "fields", position)
    if field.type in (*_DATED, "time") and not _is_date_format(field.format):
        wrong = f"`{field.name}` cannot be read as a {field.type} with the format `{field.format}`"
        yield file.problem(
            (*place, "format"),
            wrong,
            f'Write it with percent signs, such as "{_percent(field.format or "")}"',
        )
    pattern = field.constraints.pattern
    if pattern is not None:
        try:
            re.compile(pattern)
        except re.error as error:
            wrong = f"`{pattern}` is not a regular expression: {error.msg}"
            yield file.problem(
                (*place, "constraints", "pattern"),
                wrong,
                r'Write one such as "[A-Z]{2}\d+", in single quotes',
            )
    overlap = sorted(set(field.true_values) & set(field.false_values))
    if field.type == "boolean" and overlap:
        wrong = f"`{overlap[0]}` means both yes and no in `{field.name}`"
        yield file.problem(place, wrong, "Keep it in one of `trueValues` and `falseValues`")


def _is_date_format(written_as: str | None) -> bool:
    if written_as in (None, "default", "any"):
        return True
    directives = re.findall(r"%(.?)", written_as or "")
    return bool(directives) and set(directives) <= _DIRECTIVES


def _percent(written_as: str) -> str:
    """The format with percent signs that somebody who wrote dd/mm/yyyy most likely meant."""
    guess = written_as.lower()
    for letters, directive in (("yyyy", "%Y"), ("yy", "%y"), ("mm", "%m"), ("dd", "%d")):
        guess = guess.replace(letters, directive)
    return guess if "%" in guess and _is_date_format(guess) else "%d/%m/%Y"


def _dated(file: PackFile[Source], source: Source, place: Place, column: str | None) -> Iterator[PackProblem]:
    """What is wrong with a column that is read as a date, whatever a factor makes of it."""
    if column is None:
        return
    key, known = place[-1], columns(source)
    if column not in known:
        dated = [name for name, kind in known.items() if kind in _DATED]
        yield file.problem(
            place,
            f"`{key}` names `{column}`, which schema.fields does not declare",
            did_you_mean(column, dated, "Declare it with `type: date`; the dates declared are"),
        )
    elif known[column] not in _DATED:
        yield file.problem(
            place,
            f"`{key}` names `{column}`, which is declared as {known[column]}",
            f"Declare `{column}` with `type: date` and the format it is written in",
        )


def _reading(file: PackFile[Source], source: Source) -> Iterator[PackProblem]:
    if source.encoding is not None:
        try:
            codecs.lookup(source.encoding)
        except (LookupError, ValueError):
            yield file.problem(
                ("encoding",),
                f"`{source.encoding}` is not a known encoding",
                "Write one such as utf-8, cp1252 or utf-16, or leave it out",
            )
    if "/" in source.files or "\\" in source.files:
        yield file.problem(
            ("files",),
            f"`{source.files}` names a folder",
            "Write a file name pattern only, such as rent*.csv: all extracts are in one folder",
        )


def warnings(files: PackFiles) -> Iterator[PackProblem]:
    """What the author should know about a source."""
    for file in files.sources:
        source = file.model
        if source is None:
            continue
        yield from _unanswered(file, source)
        identity = source.identity.model_dump(exclude={"record"}, exclude_defaults=True)
        if not identity:
            wrong = f"`{source.source}` maps nothing that says who the person is or where they live"
            yield file.problem(
                ("identity",),
                wrong,
                "Map a name, a date of birth, an identifier or an address, if it has one",
            )
        elif identity.keys() <= {"age", "sex", "other", "address_until"}:
            wrong = f"`{source.source}` maps only {', '.join(sorted(identity))}: that cannot identify anybody"
            yield file.problem(
                ("identity",),
                wrong,
                "Map a name, a date of birth, an identifier or an address, if it has one",
            )


def _unanswered(file: PackFile[Source], source: Source) -> Iterator[PackProblem]:
    whom = f"{source.contact.post}, {source.contact.phone}" if source.contact else "the sender"
    for position, each in enumerate(source.questions):
        if each.answer is None:
            yield file.problem(
                ("questions", position, "question"),
                f"a question put on {each.asked} to {whom}, is not answered: “{each.question}”",
                "Ask again, and write the answer below it as `answer` and `answered`",
            )


def _questions(file: PackFile[Source], source: Source) -> Iterator[PackProblem]:
    for position, each in enumerate(source.questions):
        if (each.answer is None) != (each.answered is None):
            yield file.problem(
                ("questions", position),
                "an answer and its date belong together, and one of them is missing",
                "Write both `answer` and `answered`, or neither",
            )
        elif each.answered is not None and each.answered < each.asked:
            yield file.problem(
                ("questions", position, "answered"),
                f"the answer came on {each.answered}, before the question was asked on {each.asked}",
                "Write the day it was answered",
            )
