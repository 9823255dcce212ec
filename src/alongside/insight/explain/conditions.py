"""Why a person is not on a list: which conditions did not hold, and which depend on what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import sqlglot
from sqlglot import exp

from alongside.area.expressions import ExpressionError, check_condition, check_derived
from alongside.area.models import Policy
from alongside.insight.backends import Backend
from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.explain.conditions_in_words import in_words
from alongside.insight.pack_copy import PackCopy

State = Literal["holds", "does not hold", "not known"]


@dataclass(frozen=True)
class Part:
    """One part of a condition, whether it holds, and the facts it depends on, in words."""

    text: str
    state: State
    facts: list[str]


@dataclass(frozen=True)
class Missed:
    """A policy whose list the person is not on.

    Attributes:
        policy: Its name and version.
        title: What it is for.
        left_out: Why it is not about the person at all, in a sentence, or ``None``.
        tiers: For each tier, in words, the parts of its condition.
    """

    policy: str
    title: str
    left_out: str | None
    tiers: dict[str, list[Part]]


def missed(policy: Policy, facts: Mapping[str, Any], *, copy: PackCopy, as_at: date) -> Missed:
    """Go through a policy's conditions for one person.

    Args:
        policy: As it was when the run was made.
        facts: The person's row of ``factors``; ``None`` is not known.
        copy: For the words of the factors.
        as_at: The date of the run.
    """
    backend = DuckDBBackend(work_dir=Path())
    try:
        backend.register("facts", pa.Table.from_pylist([dict(facts)]))
        left_out = _left_out(policy, facts, copy=copy, backend=backend, as_at=as_at)
        return Missed(
            policy=policy.policy,
            title=policy.title,
            left_out=left_out,
            tiers={}
            if left_out
            else {
                tier.title or tier.code.replace("_", " "): [
                    part
                    for text in _conjuncts(tier.when)
                    if (part := _part(backend, text, facts, copy=copy, as_at=as_at))
                ]
                for tier in policy.tiers
            },
        )
    finally:
        backend.close()


def _left_out(
    policy: Policy, facts: Mapping[str, Any], *, copy: PackCopy, backend: Backend, as_at: date
) -> str | None:
    for code in policy.excludes:
        if facts.get(code) is True:
            return f"People are left off this list if this is true: {copy.words('factors', code)}."
    if policy.applies_when:
        about = _part(backend, policy.applies_when, facts, copy=copy, as_at=as_at)
        if about and about.state != "holds":
            said = "that is not known" if about.state == "not known" else "it is not"
            return f"This list is for people of whom this is true: {about.text}. For this person {said}."
    return None


def _conjuncts(condition: str) -> list[str]:
    """Split a condition at its outermost *and*; each part is an expression of its own."""
    parsed = sqlglot.parse_one(condition, read="duckdb")
    while isinstance(parsed, exp.Paren):
        parsed = parsed.this
    parts = list(parsed.flatten()) if isinstance(parsed, exp.And) else [parsed]
    return [part.sql("duckdb") for part in parts]


def _part(
    backend: Backend, text: str, facts: Mapping[str, Any], *, copy: PackCopy, as_at: date
) -> Part | None:
    """Work one part out; ``None`` if it depends on facts this run no longer has."""
    try:
        condition = check_condition(text, factors=list(facts))
    except ExpressionError:
        return None
    # A condition that could hold, if only more were known, is not known. As a condition of a policy it is
    # false then; as a derived fact it is NULL.
    could = check_derived(text, factors=list(facts))
    holds, known = condition.sql(run_date=as_at), could.sql(run_date=as_at)
    [found] = backend.arrow(
        f"select {holds} as holds, ({known}) is not null as is_known from facts"
    ).to_pylist()
    state: State = "holds" if found["holds"] else "does not hold" if found["is_known"] else "not known"
    parsed = sqlglot.parse_one(text, read="duckdb")
    return Part(
        text=in_words(parsed, lambda code: copy.words("factors", code)),
        state=state,
        facts=[]
        if isinstance(parsed, exp.Column)
        else [f"{copy.words('factors', factor)}: {_value(facts[factor])}" for factor in condition.factors],
    )


def _value(value: Any) -> str:
    match value:
        case None:
            return "not known"
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
