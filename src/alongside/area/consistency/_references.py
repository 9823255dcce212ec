"""Two questions asked of every file: is this code known, and is it used once?"""

from collections.abc import Collection, Iterable, Iterator

from alongside.area.files import PackFile, PackFiles
from alongside.area.models import Strict
from alongside.area.problems import PackProblem, did_you_mean, nearest
from alongside.area.words import in_words
from alongside.area.yaml_text import Place


def unknown(
    file: PackFile[Strict], place: Place, code: str, known: Collection[str] | None, noun: str, home: str
) -> Iterator[PackProblem]:
    """A problem if ``code`` is not among ``known``; nothing if the known codes could not be read (None)."""
    if known is not None and code not in known:
        add = f"Add it to {home}"
        right = did_you_mean(code, known, f"{add}, or use one of") if known else add
        yield file.problem(place, f"`{code}` is not {noun}", right)


def undeclared(
    file: PackFile[Strict], place: Place, code: str, declared: Collection[str], wrong: str, right: str
) -> Iterator[PackProblem]:
    """A problem if nothing declares ``code``, suggesting the nearest declared code, or else ``right``."""
    if code not in declared:
        near = nearest(code, sorted(declared))
        yield file.problem(place, f"`{code}` {wrong}", f"Did you mean `{near}`?" if near else right)


def undeclared_response(
    file: PackFile[Strict], place: Place, code: str, files: PackFiles
) -> Iterator[PackProblem]:
    """A problem if ``area.yaml`` does not declare a response: it is still offered, as its code in words."""
    wrong = f"is not a response in this pack, so people read “{in_words(code)}”"
    right = "Add it to `responses` in area.yaml, with words for the person"
    yield from undeclared(file, place, code, written(files.area, "responses") or (), wrong, right)


def repeated(codes: Iterable[tuple[PackFile[Strict], str, Place]], noun: str) -> Iterator[PackProblem]:
    """A problem for every code used before, saying where."""
    first: dict[str, tuple[PackFile[Strict], Place]] = {}
    for file, code, place in codes:
        if code in first:
            other, there = first[code]
            where = f"{other.name}, line {other.document.line(there)}"
            yield file.problem(
                place,
                f"`{code}` is the code of a second {noun}; the first is in {where}",
                "Give one of them another code",
            )
        else:
            first[code] = (file, place)


def written(file: PackFile[Strict], *keys: str) -> set[str] | None:
    """The codes written under ``keys`` of a file, or None if the file could not be read."""
    return {code for key in keys for code, _ in file.written(key)} if file.is_readable else None
