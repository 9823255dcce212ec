"""What a policy did, in counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TierReport:
    """One tier: how many people fit it and no tier before it, and how many of them fit in the week."""

    code: str
    title: str
    people: int
    within_capacity: int
    capacity: int | None


@dataclass(frozen=True)
class PolicyReport:
    """One policy.

    ``in_scope`` are the people it is about; ``excluded`` how many of them each exclusion took out (a person
    may be in several), ``excluded_people`` how many people that is. ``unknowns`` says for
    how many of those in scope each fact the policy asks for is not known. ``reasons`` and ``routes`` count
    the people on the list. ``untold`` are the facts it asks for that no source in the pack holds.
    """

    policy: str
    title: str
    purpose: str
    in_scope: int
    excluded: dict[str, int]
    excluded_people: int
    tiers: tuple[TierReport, ...]
    reasons: dict[str, int]
    unknowns: dict[str, int]
    untold: tuple[str, ...]
    routes: dict[str, int]
    learning_sample: int


@dataclass(frozen=True)
class StratificationReport:
    """Every policy, by name; and the services routes pass over because they are not running now."""

    policies: tuple[PolicyReport, ...]
    not_running: tuple[str, ...]
