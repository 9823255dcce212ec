"""From the tables of a run to the figures of its report: every query counts, none lists people."""

from collections.abc import Mapping
from datetime import date

from alongside.area import AreaPack
from alongside.insight.backends import Backend
from alongside.insight.intake import Intake
from alongside.insight.report.figures import (
    Figures,
)
from alongside.insight.stratification import Stratified

_SIZES = (
    (1, 1, "1 record"),
    (2, 3, "2 or 3"),
    (4, 9, "4 to 9"),
    (10, 19, "10 to 19"),
    (20, None, "20 or more"),
)


def gather(
    backend: Backend,
    pack: AreaPack,
    *,
    as_at: date,
    intake: Intake,
    stratified: Stratified,
    previous_as_at: date | None,
    made_with: Mapping[str, str],
) -> Figures:
    """Count what the report tells.

    Args:
        backend: holds ``links``, ``review``, ``identity_events`` and ``cohort``; with a previous run
            also its list, as ``previous_cohort``.
        pack: whose titles are used for codes.
        as_at: the date of the run.
        intake: what became of each extract.
        stratified: whom each policy left out and why.
        previous_as_at: the date of the run before, or None where there was none.
        made_with: versions and seed, told at the end of the page.
    """
    return Figures(
        area=pack.area.title,
        as_at=as_at,
        people_on_a_list=_one(backend, f"select count(distinct person_id) from cohort where {_ON_THE_LIST}"),
        sources=[_source(pack, pack.sources[code], found) for code, found in intake.sources.items()],
        linkage=_linkage(backend),
        policies=[_policy(backend, pack, policy, stratified) for policy in pack.policies.values()],
        made_with=dict(made_with),
        changes=_changes(backend, previous_as_at) if previous_as_at else None,
    )
