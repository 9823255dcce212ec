"""Factors: each code used once, each expression one that may be used, and what relies on what."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from alongside.area.built_in import BUILT_IN, STANDARD_EXCLUSIONS
from alongside.area.consistency._references import repeated
from alongside.area.consistency._sources import columns, undeclared_identity
from alongside.area.expressions import ExpressionError, check_derived, check_row, check_value
from alongside.area.files import PackFile, PackFiles
from alongside.area.models import Factor, Retired, Source, Strict
from alongside.area.problems import PackProblem
from alongside.area.yaml_text import Place


@dataclass(frozen=True)
class KnownFactor:
    """What a policy needs to know about a factor.

    Attributes:
        value: ``boolean`` or ``number``; None if that cannot be worked out.
        kind: ``risk``, ``protective`` or ``context``.
        retired: Set when it may no longer be used.
        sources: Codes of the sources it relies on.
        is_awaited: True if policies may use it but no source yields it yet: it is not known for anybody.
    """

    value: str | None
    kind: str
    retired: Retired | None = None
    sources: frozenset[str] = frozenset()
    is_awaited: bool = False


def known_factors(files: PackFiles) -> dict[str, KnownFactor] | None:
    """Code to factor, built-in ones too; None if a file that may declare some could not be read at all."""
    if not all(file.is_readable for file in files.factor_files()):
        return None
    known = {code: KnownFactor("boolean", "context", is_awaited=True) for code in STANDARD_EXCLUSIONS}
    known |= {code: KnownFactor(fact.value, fact.kind) for code, fact in BUILT_IN.items()}
    for file in files.factor_files():
        known |= {code: KnownFactor(None, "context") for code, _ in file.written("factors")}
    for source in (file.model for file in files.sources if file.model is not None):
        for factor in source.factors:
            try:
                value = check_value(factor.value, columns=columns(source)).result
            except ExpressionError:
                value = None
            known[factor.code] = KnownFactor(value, factor.kind, factor.retired, frozenset({source.source}))
    for factor in _in_order(_derived(files), known):
        rests_on: frozenset[str] = frozenset()
        value = None
        try:
            checked = check_derived(factor.value, factors=value_kinds(known))
            value = checked.result
            rests_on = rests_on.union(*(known[code].sources for code in checked.columns))
        except ExpressionError:
            pass  # reported by ``refusals``; here it only means we do not know what it relies on
        known[factor.code] = KnownFactor(value, factor.kind, factor.retired, rests_on)
    return known


def value_kinds(known: Mapping[str, KnownFactor]) -> dict[str, str | None]:
    """Code to the kind of value, in the form the guard of expressions needs."""
    return {code: factor.value for code, factor in known.items()}


def derivable(files: PackFiles) -> list[Factor]:
    """The derived factors, each after those it is made from; in file order if they go round in a circle."""
    return _in_order(_derived(files), known_factors(files) or {})


def _in_order(derived: list[Factor], codes: Collection[str]) -> list[Factor]:
    by_code = {factor.code: factor for factor in derived}
    try:
        order = list(TopologicalSorter(_made_of(by_code, codes)).static_order())
    except CycleError:
        return derived
    return [by_code[code] for code in order]


def refusals(files: PackFiles, known: Mapping[str, KnownFactor] | None) -> Iterator[PackProblem]:
    """What makes a factor unusable."""
    declared = [
        (file, code, place) for file in files.factor_files() for code, place in file.written("factors")
    ]
    yield from repeated(declared, "factor")
    for file, code, place in declared:
        if code in BUILT_IN and not (BUILT_IN[code].declarable and file is not files.derived):
            wrong = f"`{code}` is built in: {BUILT_IN[code].title.lower()}"
            yield file.problem(place, wrong, "Give this factor another code, or leave it out")
    for source_file in files.sources:
        if source_file.model is not None:
            yield from _expressions(source_file, source_file.model)
    if files.derived is not None and files.derived.model is not None and known is not None:
        yield from _derivations(files.derived, files.derived.model.factors, known)


def _expressions(file: PackFile[Source], source: Source) -> Iterator[PackProblem]:
    for position, factor in enumerate(source.factors):
        if factor.retired is not None:
            continue  # it is no longer worked out, so its columns may be gone
        place: Place = ("factors", position, "value")
        try:
            result = check_value(factor.value, columns=columns(source)).result
        except ExpressionError as error:
            yield _refused(file, place, f"the value of `{factor.code}`", error, _hint(source, factor.value))
            continue
        if factor.code in BUILT_IN and result not in (None, BUILT_IN[factor.code].value):
            wanted = "a number" if BUILT_IN[factor.code].value == "number" else "yes or no"
            wrong = f"`{factor.code}` is known to every policy as {wanted}, but this value is not"
            yield file.problem(place, wrong, f"Write a value that gives {wanted}, or use another code")
    for position, index in enumerate(source.case_index):
        try:
            check_row(index.open_when, columns=columns(source))
        except ExpressionError as error:
            place = ("case_index", position, "open_when")
            yield _refused(file, place, "`open_when`", error, _hint(source, index.open_when))


def _derivations(
    file: PackFile[Strict], derived: list[Factor], known: Mapping[str, KnownFactor]
) -> Iterator[PackProblem]:
    circle = _circle({factor.code: factor for factor in derived}, known)
    for position, factor in enumerate(derived):
        place = ("factors", position, "value")
        if factor.retired is not None:
            continue
        if factor.code in circle:
            wrong = f"`{factor.code}` depends on itself: {' → '.join(circle)}"
            yield file.problem(place, wrong, "Break the circle at one of these")
            continue
        try:
            checked = check_derived(factor.value, factors=value_kinds(known))
        except ExpressionError as error:
            yield _refused(file, place, f"the value of `{factor.code}`", error)
        else:
            for code in checked.columns:
                yield from retired(file, place, code, known)


def retired(
    file: PackFile[Strict], place: Place, code: str, known: Mapping[str, KnownFactor]
) -> Iterator[PackProblem]:
    """A problem if the factor is retired, with the reason (FIND-24)."""
    why = known[code].retired if code in known else None
    if why is not None:
        wrong = f"`{code}` was retired on {why.on}: {why.reason.rstrip('.')}"
        yield file.problem(place, wrong, "Remove it here, or use the factor that replaced it")


def _refused(
    file: PackFile[Strict], place: Place, what: str, error: ExpressionError, hint: str = ""
) -> PackProblem:
    return file.problem(place, f"{what}: {in_passing(error.wrong)}", hint or error.right.rstrip("."))


def in_passing(sentence: str) -> str:
    """A sentence as the second half of another one."""
    return f"{sentence[:1].lower()}{sentence[1:]}".rstrip(".")


def _hint(source: Source, expression: str) -> str:
    """Advice for a column that exists but says who the person is, and so has no type."""
    words = set(expression.replace('"', " ").replace("(", " ").replace(")", " ").replace(",", " ").split())
    missing = sorted(words & undeclared_identity(source))
    if not missing:
        return ""
    return f"Declare `{missing[0]}` in schema.fields with its type: under `identity` only, it is read as text"


def _derived(files: PackFiles) -> list[Factor]:
    return (
        list(files.derived.model.factors)
        if files.derived is not None and files.derived.model is not None
        else []
    )


def _made_of(by_code: Mapping[str, Factor], codes: Collection[str]) -> dict[str, list[str]]:
    """Derived factor to the derived factors in its expression; none if the expression is refused."""
    graph: dict[str, list[str]] = {}
    for code, factor in by_code.items():
        try:
            used = check_derived(factor.value, factors=set(codes)).columns
        except ExpressionError:
            used = ()
        graph[code] = [other for other in used if other in by_code]
    return graph


def _circle(by_code: Mapping[str, Factor], codes: Collection[str]) -> list[str]:
    try:
        TopologicalSorter(_made_of(by_code, codes)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
