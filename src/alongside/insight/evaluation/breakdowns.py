"""The same agreement, source by source and group by group: an average can hide who it fails."""

from itertools import combinations_with_replacement

from alongside.insight.backends import Backend
from alongside.insight.evaluation.results import Agreement, GroupAgreement

FLAGGED_POINTS = 2.0
"""A group more than this many points below everybody else is flagged."""
PAIRS_ENOUGH_TO_SAY = 100
"""With fewer true pairs than this a difference of two points is chance, so it is shown but not flagged."""
_QUOTE = "'"


def by_source_pair(backend: Backend) -> dict[tuple[str, str], Agreement]:
    """Count pairs of records by the two sources they come from, in order of name.

    One column per source holds how many records a group has from it, so that no record meets another.
    """
    rows = backend.arrow("select distinct source from assigned order by source").to_pylist()
    sources = [row["source"] for row in rows]
    counts = ", ".join(
        f"count(*) filter (where source = '{source.replace(_QUOTE, _QUOTE * 2)}') as s{place}"
        for place, source in enumerate(sources)
    )
    sums = ", ".join(f"cast(sum(s{place}) as bigint) as s{place}" for place in range(len(sources)))
    backend.create("wide_cells", f"select person, found, {counts} from assigned group by person, found")
    backend.create("wide_true", f"select {sums} from wide_cells group by person")
    backend.create("wide_found", f"select {sums} from wide_cells group by found")
    true, found, right = (
        _pairs_between(backend, table, sources) for table in ("wide_true", "wide_found", "wide_cells")
    )
    backend.drop("wide_cells", "wide_true", "wide_found")
    return {
        pair: Agreement(true[pair], found[pair], right[pair]) for pair in true if true[pair] or found[pair]
    }


def _pairs_between(backend: Backend, table: str, sources: list[str]) -> dict[tuple[str, str], int]:
    pairs = list(combinations_with_replacement(range(len(sources)), 2))
    products = ", ".join(
        f"cast(sum(s{one} * (s{one} - 1) // 2) as bigint)"
        if one == other
        else f"cast(sum(s{one} * s{other}) as bigint)"
        for one, other in pairs
    )
    totals = backend.arrow(f"select {products} from {table}")
    return {
        (sources[one], sources[other]): totals[place][0].as_py() or 0
        for place, (one, other) in enumerate(pairs)
    }


def by_source(pairs: dict[tuple[str, str], Agreement]) -> dict[str, Agreement]:
    """Sum up the pairs that touch each source; a pair of two sources counts for both."""
    return {
        source: _sum([each for pair, each in pairs.items() if source in pair])
        for source in sorted({source for pair in pairs for source in pair})
    }


def _sum(parts: list[Agreement]) -> Agreement:
    return Agreement(
        sum(part.true_pairs for part in parts),
        sum(part.found_pairs for part in parts),
        sum(part.right_pairs for part in parts),
    )


def by_group(backend: Backend, attribute: str) -> dict[str, GroupAgreement]:
    """Compare every group of ``attribute`` (of ``true_people``) with everybody else whose group is known.

    Recall is over the true pairs of the group's people; precision over the found pairs with at least one
    record of theirs, so that a wrong join of two groups counts against both.
    """
    backend.create(
        "grouped",
        f"select c.person, c.found, c.n, p.{attribute} as grp from cells c"
        f" join true_people p on p.person = c.person where p.{attribute} is not null",
    )
    pairs = "cast(n as bigint) * (cast(n as bigint) - 1) // 2"
    rows = backend.arrow(
        f"""
        with known as (select found, sum(n) as n from grouped group by found),
        every as (select found, n from found_sizes),
        groups as (select distinct grp from grouped),
        per_person as (
            select grp, person, sum(n) as n, sum({pairs}) as right_pairs from grouped group by grp, person),
        of_group as (select grp, found, sum(n) as n from grouped group by grp, found),
        true_side as (
            select grp, count(*) as people, sum({pairs}) as true_pairs, sum(right_pairs) as right_pairs
            from per_person group by grp),
        touching as (
            select g.grp, sum(every.n * (every.n - 1) // 2 - (every.n - g.n) * (every.n - g.n - 1) // 2) as
            found_pairs,
                sum(every.n * (every.n - 1) // 2 - (every.n - known.n + g.n) * (every.n - known.n + g.n - 1)
                // 2)
                    as rest_touching_here
            from of_group g join every on every.found = g.found join known on known.found = g.found group by
            g.grp),
        touched_at_all as (
            select every.found, every.n * (every.n - 1) // 2 - (every.n - known.n) * (every.n - known.n - 1)
            // 2 as pairs
            from every join known on known.found = every.found),
        elsewhere as (
            select g.grp, (select sum(pairs) from touched_at_all) - sum(t.pairs) as pairs
            from of_group g join touched_at_all t on t.found = g.found group by g.grp)
        select true_side.grp, people, cast(true_pairs as bigint) as true_pairs,
            cast(right_pairs as bigint) as right_pairs, cast(found_pairs as bigint) as found_pairs,
            cast(rest_touching_here + elsewhere.pairs as bigint) as rest_found_pairs
        from true_side join touching on touching.grp = true_side.grp join elsewhere on elsewhere.grp =
        true_side.grp
        order by true_side.grp
        """
    ).to_pylist()
    backend.drop("grouped")
    all_true = sum(row["true_pairs"] for row in rows)
    all_right = sum(row["right_pairs"] for row in rows)
    return {
        row["grp"]: compare(
            people=row["people"],
            group=Agreement(row["true_pairs"], row["found_pairs"], row["right_pairs"]),
            rest=Agreement(
                all_true - row["true_pairs"], row["rest_found_pairs"], all_right - row["right_pairs"]
            ),
        )
        for row in rows
    }


def compare(*, people: int, group: Agreement, rest: Agreement) -> GroupAgreement:
    """Set a group beside the rest; flagged when clearly more than two points below."""
    recall = _points_below(group.recall, rest.recall)
    precision = _points_below(group.precision, rest.precision)
    return GroupAgreement(
        people=people,
        agreement=group,
        rest=rest,
        recall_points_below_rest=recall,
        precision_points_below_rest=precision,
        flagged=_worse(recall, group.true_pairs) or _worse(precision, group.found_pairs),
    )


def _worse(points: float | None, pairs: int) -> bool:
    return points is not None and points > FLAGGED_POINTS and pairs >= PAIRS_ENOUGH_TO_SAY


def _points_below(group: float | None, rest: float | None) -> float | None:
    return None if group is None or rest is None else 100 * (rest - group)
