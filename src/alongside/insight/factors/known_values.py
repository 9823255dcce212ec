"""All values of a person side by side, the derived ones worked out from the others; and as a long list."""

from collections.abc import Sequence
from datetime import date

from alongside.insight.backends import Backend
from alongside.insight.factors.catalogue import FactorInfo
from alongside.insight.factors.source_facts import DATED, PERSON, Values, faded


def join_values(
    backend: Backend, factors: Sequence[FactorInfo], tables: Sequence[Values], *, as_at: date
) -> None:
    """Make ``known_values``: ``person_id``, every factor, and the date each is known from.

    Args:
        backend: Holds ``numbered_people`` and ``tables``.
        factors: All of them; a derived one after those it uses.
        tables: The values of the sources and the built-in ones.
        as_at: The date of the run.
    """
    number_of = {code: number for number, values in enumerate(tables) for code in values.codes}
    columns, joins = [], []
    for number, values in enumerate(tables):
        key = "p.person" if values.key == PERSON else "p.household"
        joins.append(f'left join "{values.table}" t{number} on t{number}.{values.key} = {key}')
        columns.append(f't{number}.{DATED} as "on {number}"')
    for factor in factors:
        if factor.code in number_of:
            columns.append(f't{number_of[factor.code]}."{factor.code}"')
        elif not _is_worked_out(factor):
            columns.append(f'cast(null as {factor.type}) as "{factor.code}"')
    dates = _dates(factors, tables)
    sql = f"select p.person_id, {', '.join(columns)} from numbered_people p {' '.join(joins)}"
    for layer in _layers(factors):
        more = []
        for factor in layer:
            value = faded(factor.sql(as_at), _newest(factor, dates), factor, as_at)
            more += [f'{value} as "{factor.code}"', f'{_newest(factor, dates)} as "on {factor.code}"']
        sql = f"select *, {', '.join(more)} from ({sql})"
    backend.create("known_values", sql)


def list_facts(backend: Backend, factors: Sequence[FactorInfo], tables: Sequence[Values]) -> None:
    """Make ``facts`` from ``known_values``: one row per person and factor that is known."""
    dates = _dates(factors, tables)
    selects = []
    for factor in factors:
        if factor.code not in dates:
            continue
        source = factor.sources[0] if factor.origin == "source" else factor.origin
        value, nothing = f'"{factor.code}"', "cast(null as {})"
        boolean = factor.result == "boolean"
        selects.append(
            f"""select person_id, '{factor.code}' as factor,
                {value if boolean else nothing.format("boolean")} as value_boolean,
                {nothing.format("double") if boolean else value} as value_number,
                '{source}' as source, {dates[factor.code]} as fact_date
            from known_values where {value} is not null"""
        )
    backend.create("facts", " union all ".join(selects))


def _dates(factors: Sequence[FactorInfo], tables: Sequence[Values]) -> dict[str, str]:
    """Return the column of ``known_values`` that dates each factor; none for one that is known for nobody."""
    dates = {code: f'"on {number}"' for number, values in enumerate(tables) for code in values.codes}
    return dates | {each.code: f'"on {each.code}"' for each in factors if _is_worked_out(each)}


def _is_worked_out(factor: FactorInfo) -> bool:
    return factor.origin == "derived" and not factor.retired


def _newest(factor: FactorInfo, dates: dict[str, str]) -> str:
    """Return the newest date of the known facts that ``factor`` uses."""
    used = [code for code in (factor.checked.columns if factor.checked else ()) if code in dates]
    known = [f'case when "{code}" is not null then {dates[code]} end' for code in used]
    if len(known) < 2:
        return known[0] if known else "cast(null as date)"
    return f"greatest({', '.join(known)})"


def _layers(factors: Sequence[FactorInfo]) -> list[list[FactorInfo]]:
    """Split the derived factors into layers, each using only what comes before it."""
    depth: dict[str, int] = {}
    layers: list[list[FactorInfo]] = []
    for factor in factors:
        if not _is_worked_out(factor) or factor.checked is None:
            continue
        depth[factor.code] = 1 + max((depth.get(used, 0) for used in factor.checked.columns), default=0)
        while len(layers) < depth[factor.code]:
            layers.append([])
        layers[depth[factor.code] - 1].append(factor)
    return layers
