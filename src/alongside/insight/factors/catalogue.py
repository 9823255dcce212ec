"""Every factor of a pack in one list, in working order: the sources', the built-in, the derived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Literal, Protocol

from alongside.area.built_in import BUILT_IN, STANDARD_EXCLUSIONS
from alongside.area.expressions import Checked, check_derived, check_value
from alongside.area.models import Area, Factor, Policy, Source
from alongside.area.words import in_words
from alongside.errors import DataRefusedError
from alongside.insight.intake.columns import unread_sign

_OVERCROWDED = "bedrooms < bedrooms_needed"


class Pack(Protocol):
    """What factors and stratification read of an ``AreaPack``."""

    @property
    def area(self) -> Area:
        """The partnership."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """The extracts by code."""

    @property
    def derived(self) -> Sequence[Factor]:
        """The factors of ``factors.yaml``."""

    @property
    def policies(self) -> Mapping[str, Policy]:
        """The policies by name."""


@dataclass(frozen=True)
class FactorInfo:
    """One factor: what it is called, what it gives, and where it comes from.

    ``origin`` is ``source``, ``built_in``, ``derived`` or ``awaited`` (a code that policies may use though
    nothing yields it). ``sources`` are the codes of the sources it rests on; ``checked`` is its expression,
    where it has one. A retired factor keeps its column, in which nothing is known; its expression is not
    looked at, because what it was made of may be gone.
    """

    code: str
    title: str
    result: Literal["boolean", "number"]
    kind: str
    domain: str
    per: str
    origin: Literal["source", "built_in", "derived", "awaited"]
    sources: tuple[str, ...] = ()
    checked: Checked | None = None
    fades_after: str | None = None
    caution: str | None = None
    retired: str | None = None

    @property
    def is_aggregate(self) -> bool:
        """Whether it turns many rows into one value."""
        return self.checked is not None and self.checked.is_aggregate

    @property
    def type(self) -> str:
        """The SQL type of its column."""
        return "boolean" if self.result == "boolean" else "double"

    def sql(self, as_at: date) -> str:
        """Return its expression as SQL of its type; nothing is known where it has none."""
        if self.checked is None:
            return f"cast(null as {self.type})"
        signs = {column: unread_sign(column) for column in self.asked_if_empty}
        return f"cast({self.checked.sql(run_date=as_at, unread=signs)} as {self.type})"

    @property
    def asked_if_empty(self) -> tuple[str, ...]:
        """The columns of its source of which it asks whether they are empty."""
        return self.checked.asked_if_empty if self.checked and self.origin == "source" else ()


def catalogue(pack: Pack) -> dict[str, FactorInfo]:
    """Return every factor by code; a derived one comes after all it uses.

    Raises:
        ExpressionError: an expression cannot be used.
        DataRefusedError: derived factors depend on each other in a circle.
    """
    found: dict[str, FactorInfo] = {}
    for code, source in pack.sources.items():
        columns = {field.name: field.type for field in source.schema_.fields}
        for factor in source.factors:
            checked = None if factor.retired else check_value(factor.value, columns=columns)
            found[factor.code] = _info(factor, checked, origin="source", sources=(code,))
    for fact in BUILT_IN.values():
        if fact.code not in found:
            worked_out = (
                check_derived(_OVERCROWDED, factors=("bedrooms", "bedrooms_needed"))
                if fact.code == "overcrowded"
                else None
            )
            found[fact.code] = FactorInfo(
                fact.code,
                fact.title,
                fact.value,
                fact.kind,
                fact.domain,
                fact.per,
                "derived" if worked_out else "awaited" if fact.declarable else "built_in",
                found["bedrooms"].sources if worked_out and "bedrooms" in found else (),
                worked_out,
                caution=fact.caution,
            )
    for code in STANDARD_EXCLUSIONS:
        if code not in found and code not in {factor.code for factor in pack.derived}:
            title = in_words(code)
            found[code] = FactorInfo(code, title, "boolean", "context", "general", "person", "awaited")
    _add_derived(pack, found)
    return found


def _add_derived(pack: Pack, found: dict[str, FactorInfo]) -> None:
    declared = {factor.code: factor for factor in pack.derived}
    names = {*found, *declared}
    uses = {
        code: () if each.retired else check_derived(each.value, factors=names).columns
        for code, each in declared.items()
    }
    try:
        order = list(
            TopologicalSorter(
                {code: [c for c in uses[code] if c in declared] for code in declared}
            ).static_order()
        )
    except CycleError as circle:
        codes = ", ".join(dict.fromkeys(circle.args[1]))
        raise DataRefusedError(
            f"These derived factors depend on each other in a circle: {codes}. "
            "Write at least one of them using the sources' factors alone."
        ) from circle
    for code in order:
        factor = declared[code]
        results = {c: info.result for c, info in found.items()}
        checked = None if factor.retired else check_derived(factor.value, factors=results)
        sources = tuple(sorted({source for used in uses[code] for source in found[used].sources}))
        found[code] = _info(factor, checked, origin="derived", sources=sources)


def _info(
    factor: Factor, checked: Checked | None, *, origin: Literal["source", "derived"], sources: tuple[str, ...]
) -> FactorInfo:
    return FactorInfo(
        factor.code,
        factor.title,
        "number" if checked and checked.result != "boolean" else "boolean",
        factor.kind,
        factor.domain,
        factor.per,
        origin,
        sources,
        checked,
        factor.fades_after,
        factor.caution,
        f"since {factor.retired.on:%-d %B %Y}: {factor.retired.reason}" if factor.retired else None,
    )
