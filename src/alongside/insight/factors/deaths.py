"""Who is known to have died: needed before households are counted, which is before all else is worked out."""

from collections.abc import Mapping, Sequence
from datetime import date

from alongside.insight.backends import Backend
from alongside.insight.factors.catalogue import FactorInfo
from alongside.insight.factors.known_values import join_values
from alongside.insight.factors.source_facts import Values

DECEASED = "deceased"


def find_the_dead(
    backend: Backend,
    factors: Mapping[str, FactorInfo],
    tables: Sequence[Values],
    *,
    as_at: date,
    carried: bool = False,
) -> None:
    """Make ``known_dead``: ``person_id`` of everybody who has died as far as the sources say.

    Where what the run before knew is carried over, so is who had died, unless a source says that they live.

    What is not worked out yet, such as an age, is not known here: a pack that says who has died by it has
    nobody known to have died, and everybody is counted in their household.

    Args:
        backend: Holds ``numbered_people`` and ``tables``.
        factors: All of them, in working order.
        tables: The values of the sources.
        as_at: The date of the run.
        carried: Whether ``known_before`` says who had died as the run before knew.
    """
    before = f'select person_id from known_before where "{DECEASED}"'
    used = _used_by(DECEASED, factors)
    says = [each for each in tables if used & set(each.codes)]
    if not says:
        nobody = "select cast(null as varchar) as person_id where false"
        backend.create("known_dead", before if carried else nobody)
        return
    join_values(backend, [each for code, each in factors.items() if code in used], says, as_at=as_at)
    known = f'select person_id from known_values where "{DECEASED}"'
    living = f'select person_id from known_values where not "{DECEASED}"'
    also = f" union {before} and person_id not in ({living})" if carried else ""
    backend.create("known_dead", known + also)
    backend.drop("known_values")


def _used_by(code: str, factors: Mapping[str, FactorInfo]) -> set[str]:
    """Return the factor and all that it is made of."""
    factor = factors.get(code)
    if factor is None:
        return set()
    made_of = factor.checked.columns if factor.checked and factor.origin == "derived" else ()
    return {code}.union(*(_used_by(each, factors) for each in made_of))
