"""What changed between two runs, as distinct from what is merely new."""

from pathlib import Path
from tempfile import TemporaryDirectory

from alongside.insight.backends import Backend
from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.evaluation.clusters import PAIRS
from alongside.insight.evaluation.results import Stability
from alongside.insight.run_folder import open_run


def stability(previous: Path, current: Path) -> Stability:
    """Compare the people of two run folders over the records that both hold and both gave a person.

    Raises:
        AskedWronglyError: A folder is not there.
        DataRefusedError: A folder is not a whole run folder.
    """
    with TemporaryDirectory(prefix="alongside-") as work:
        backend = DuckDBBackend(work_dir=Path(work))
        try:
            backend.read_parquet("previous_links", open_run(previous).path("links.parquet"))
            backend.read_parquet("current_links", open_run(current).path("links.parquet"))
            return compare_links(backend)
        finally:
            backend.close()


def compare_links(backend: Backend) -> Stability:
    """Compare the tables ``previous_links`` and ``current_links`` (source, record_id, person_id)."""
    backend.create(
        "moves",
        """
        select p.person_id as was, c.person_id as is_now, count(*) as n
        from previous_links p join current_links c on c.source = p.source and c.record_id = p.record_id
        where p.person_id is not null and c.person_id is not null group by p.person_id, c.person_id
        """,
    )
    backend.create("were", "select was, sum(n) as n, count(*) as pieces from moves group by was")
    backend.create("are", "select is_now, sum(n) as n, count(*) as pieces from moves group by is_now")
    row = backend.arrow(
        f"""
        select (select coalesce(sum(n), 0) from moves) as records, (select count(*) from were) as
        previous_people,
            (select count(*) from are) as current_people, (select count(*) from are where pieces > 1) as
            merged,
            (select count(*) from were where pieces > 1) as split, (select {PAIRS} from moves) as both,
            (select {PAIRS} from were) as before, (select {PAIRS} from are) as after,
            count(*) as whole, count(*) filter (where m.was = m.is_now) as same_id
        from moves m join were w on w.was = m.was join are a on a.is_now = m.is_now
        where w.pieces = 1 and a.pieces = 1
        """
    ).to_pylist()[0]
    records = int(row["records"])
    return Stability(
        records=records,
        previous_people=row["previous_people"],
        current_people=row["current_people"],
        unchanged=row["whole"] / row["previous_people"] if row["previous_people"] else None,
        kept_id=row["same_id"] / row["whole"] if row["whole"] else None,
        merged=row["merged"],
        split=row["split"],
        adjusted_rand=_adjusted_rand(records, row["both"], row["before"], row["after"]),
    )


def _adjusted_rand(records: int, both: int, before: int, after: int) -> float | None:
    pairs = records * (records - 1) // 2
    if pairs == 0:
        return None
    by_chance = before * after / pairs
    at_best = (before + after) / 2
    return 1.0 if at_best == by_chance else (both - by_chance) / (at_best - by_chance)
