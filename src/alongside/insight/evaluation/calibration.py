"""Whether a probability means what it says: of the pairs given 0.95, are 95 in 100 right?"""

import itertools

from alongside.insight.backends import Backend
from alongside.insight.evaluation.results import Band, CalibrationBin

EDGES_OF_BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)


def judge_pairs(backend: Backend, pairs: str) -> None:
    """Make ``judged_<pairs>`` (probability, same) of the table ``pairs`` of scored pairs of records.

    ``same`` is NULL where truth does not know both records. Takes columns source_l, record_l, source_r,
    record_r and probability.
    """
    backend.create(
        f"judged_{pairs}",
        f"""
        select e.probability, l.person = r.person as same
        from "{pairs}" e
        left join truth l on l.source = e.source_l and l.record_id = e.record_l
        left join truth r on r.source = e.source_r and r.record_id = e.record_r
        """,
    )


def calibration(backend: Backend, pairs: str) -> list[CalibrationBin]:
    """Sort judged pairs into bins of probability; one entry per bin, empty ones included."""
    at_least = " ".join(
        f"when probability >= {lowest} then {place}"
        for place, lowest in reversed(list(enumerate(EDGES_OF_BINS[:-1])))
    )
    rows = backend.arrow(
        f"""
        select case {at_least} end as bin, count(*) as pairs, avg(probability) as mean_probability,
            avg(cast(same as integer)) as share_right
        from "judged_{pairs}" where same is not null and probability is not null group by bin
        """
    ).to_pylist()
    found = {row.pop("bin"): row for row in rows}
    nothing = {"pairs": 0, "mean_probability": None, "share_right": None}
    bounds = itertools.pairwise(EDGES_OF_BINS)
    return [
        CalibrationBin(lowest, highest, **found.get(place, nothing))
        for place, (lowest, highest) in enumerate(bounds)
    ]


def band(backend: Backend, pairs: str, *, at_least: float = 0.0) -> Band:
    """Count the judged pairs of at least this probability, and the share truly of one person."""
    counts = backend.arrow(
        f"""
        select count(*) as pairs, count(same) as known, avg(cast(same as integer)) as share_same
        from "judged_{pairs}" where coalesce(probability, 0) >= {at_least}
        """
    ).to_pylist()[0]
    return Band(**counts)
