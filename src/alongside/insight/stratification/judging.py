"""A policy read as SQL: who is in its scope, who is excluded, and which tier is the first that holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.area.expressions import Condition, check_condition
from alongside.area.models import Policy
from alongside.insight.factors import FactorInfo

LEARNING_SAMPLE = "learning_sample"
"""The tier of people drawn at random from below the line: not a flag, but a way to
learn what a policy misses."""


@dataclass(frozen=True)
class Judgement:
    """A policy whose expressions have all been checked against the factors that exist."""

    policy: Policy
    scope: Condition | None
    exclusions: dict[str, Condition]
    tiers: dict[str, Condition]
    untold: tuple[str, ...]
    """Of the factors the tiers ask for, those no source in the pack holds: known of nobody, so said once."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The factors the tiers ask for, sorted."""
        return tuple(sorted({code for condition in self.tiers.values() for code in condition.factors}))

    def sql(self, as_at: date) -> str:
        """Return a select of ``person_id tier excluded`` and each exclusion, of the people in scope."""
        tiers = " ".join(
            f"when {condition.sql(run_date=as_at)} then '{code}'" for code, condition in self.tiers.items()
        )
        excluded = {code: condition.sql(run_date=as_at) for code, condition in self.exclusions.items()}
        any_excluded = " or ".join(f"({sql})" for sql in excluded.values()) or "false"
        each = "".join(f', {sql} as "excluded {code}"' for code, sql in excluded.items())
        where = self.scope.sql(run_date=as_at) if self.scope else "true"
        return (
            f"select person_id, case {tiers} end as tier, ({any_excluded}) as excluded{each} "
            f"from factors where {where}"
        )


def judge(policy: Policy, factors: Mapping[str, FactorInfo]) -> Judgement:
    """Return ``policy`` checked.

    Raises:
        ExpressionError: a condition may not be used, or names a factor that does not exist.
    """
    results = {code: info.result for code, info in factors.items()}
    tiers = {tier.code: check_condition(tier.when, factors=results) for tier in policy.tiers}
    asked = {code for condition in tiers.values() for code in condition.factors}
    return Judgement(
        policy,
        check_condition(policy.applies_when, factors=results) if policy.applies_when else None,
        {code: check_condition(code, factors=results) for code in policy.excludes},
        tiers,
        tuple(sorted(code for code in asked if factors[code].origin == "awaited")),
    )
