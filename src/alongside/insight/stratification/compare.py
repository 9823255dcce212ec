"""What a changed policy would do, before it does it: counts before and after, and who moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from alongside.area.models import Policy
from alongside.insight.backends import Backend
from alongside.insight.factors import Pack, catalogue
from alongside.insight.stratification.judging import judge

NOT_LISTED = "not_listed"
EXCLUDED = "excluded"


@dataclass(frozen=True)
class Move:
    """How many people move from one tier to another; ``not_listed`` and ``excluded`` are places too."""

    before: str
    after: str
    people: int


@dataclass(frozen=True)
class Comparison:
    """One policy by the name before its version: people per tier before and after, the moves, and who moves.

    ``who`` has ``person_id before after``, one row per person who moves.
    """

    policy: str
    before: dict[str, int]
    after: dict[str, int]
    moves: tuple[Move, ...]
    who: pa.Table


def compare(
    backend: Backend, pack: Pack, *, before: Mapping[str, Policy], after: Mapping[str, Policy], as_at: date
) -> tuple[Comparison, ...]:
    """Judge everybody by both sets of policies; of several versions of a policy the highest counts.

    Args:
        backend: Holds ``factors``.
        pack: The area pack the factors are from.
        before: The policies as they were.
        after: The policies as they would be. One that is in only one set is compared with an empty list.
        as_at: The date of the run.

    Raises:
        ExpressionError: a policy's condition may not be used, or names a factor that does not exist.
    """
    factors = catalogue(pack)
    old, new = _newest(before), _newest(after)
    found = []
    for name in sorted({*old, *new}):
        for table, policy in (("judged_before", old.get(name)), ("judged_after", new.get(name))):
            judged = judge(policy, factors).sql(as_at) if policy else _NOBODY
            backend.create(
                table,
                f"""select f.person_id,
                    case when j.excluded then '{EXCLUDED}' else coalesce(j.tier, '{NOT_LISTED}') end as place
                from factors f left join ({judged}) j on j.person_id = f.person_id""",
            )
        who = backend.arrow(
            """select b.person_id, b.place as before, a.place as after
            from judged_before b join judged_after a on a.person_id = b.person_id
            where a.place <> b.place order by b.person_id"""
        )
        moves = pa.TableGroupBy(who, ["before", "after"]).aggregate([("person_id", "count")]).to_pylist()
        found.append(
            Comparison(
                name,
                _counts(backend, "judged_before", old.get(name)),
                _counts(backend, "judged_after", new.get(name)),
                tuple(
                    Move(row["before"], row["after"], row["person_id_count"])
                    for row in sorted(moves, key=lambda row: (row["before"], row["after"]))
                ),
                who,
            )
        )
        backend.drop("judged_before", "judged_after")
    return tuple(found)


def _newest(policies: Mapping[str, Policy]) -> dict[str, Policy]:
    """Return the highest version of each policy by its name without the version."""
    ordered = sorted(policies.values(), key=lambda policy: int(policy.policy.split("/")[1]))
    return {policy.policy.split("/")[0]: policy for policy in ordered}


def _counts(backend: Backend, table: str, policy: Policy | None) -> dict[str, int]:
    rows = backend.arrow(f"select place, count(*) as people from {table} group by place").to_pylist()
    counted = {row["place"]: row["people"] for row in rows}
    tiers = [tier.code for tier in policy.tiers] if policy else []
    return {place: counted.get(place, 0) for place in [*tiers, EXCLUDED, NOT_LISTED]}


_NOBODY = "select person_id, cast(null as varchar) as tier, false as excluded from factors where false"
