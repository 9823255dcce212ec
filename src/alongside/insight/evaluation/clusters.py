"""Found people against true people, counted from one table of how many records each pair of them shares."""

from alongside.insight.backends import Backend
from alongside.insight.evaluation.results import Agreement, BCubed, Clusters, LargeCluster, Records

SHOWN_LARGEST = 10


def prepare(backend: Backend, *, without_person: int) -> Records:
    """Make the tables all counting starts from: ``assigned`` and ``cells``.

    Takes the tables ``truth`` and ``links``. A record that the run left without a person, or does not
    hold, is a found person of its own. ``assigned``: one row per record (source, person, found). ``cells``:
    how many records they share (person, found, n).
    """
    backend.create(
        "assigned",
        """
        select t.source, t.person, l.record_id is null as missing, l.person_id is null as alone,
            case when l.person_id is null then concat('record ', t.source, ' ', t.record_id)
                 else concat('person ', l.person_id) end as found
        from truth t left join links l on l.source = t.source and l.record_id = t.record_id
        """,
    )
    backend.create("cells", "select person, found, count(*) as n from assigned group by person, found")
    backend.create("true_sizes", "select person, sum(n) as n, count(*) as pieces from cells group by person")
    backend.create("found_sizes", "select found, sum(n) as n, count(*) as people from cells group by found")
    counts = backend.arrow(
        """
        select count(*) as evaluated,
            count(*) filter (where alone and not missing) as unnamed, count(*) filter (where missing) as
            missing,
            (select count(*) from links l where not exists (
                select 1 from truth_rows t where t.source = l.source and t.record_id = l.record_id)) as
                ignored
        from assigned
        """
    ).to_pylist()[0]
    return Records(**counts, without_person=without_person)


def pairwise(backend: Backend) -> Agreement:
    """Count pairs of records: over sizes, n(n-1)/2 of the true, the found and the shared."""
    counts = backend.arrow(
        f"""
        select (select {PAIRS} from true_sizes) as true_pairs, (select {PAIRS} from found_sizes) as
        found_pairs,
            (select {PAIRS} from cells) as right_pairs
        """
    ).to_pylist()[0]
    return Agreement(**counts)


PAIRS = "coalesce(cast(sum(cast(n as bigint) * (cast(n as bigint) - 1) // 2) as bigint), 0)"
"""Pairs within groups of ``n``."""


def b_cubed(backend: Backend) -> BCubed:
    """Average over records the share of companions that belong, and of belongings that are companions."""
    shares = backend.arrow(
        """
        select sum(c.n * c.n / cast(f.n as double)) / sum(c.n) as precision,
            sum(c.n * c.n / cast(t.n as double)) / sum(c.n) as recall
        from cells c join found_sizes f on f.found = c.found join true_sizes t on t.person = c.person
        """
    ).to_pylist()[0]
    return BCubed(**shares)


def clusters(backend: Backend, *, has_households: bool) -> Clusters:
    """Describe found people: pure, whole, split; and what was merged, within households and across them.

    A found person of k true people is k - 1 false merges. Where those people are of h households, h - 1
    of the merges are across households and the rest within one; a person whose household the truth does not
    give counts as a household of their own.
    """
    found = backend.arrow(
        """
        select count(*) as found_people, avg(cast(people = 1 as integer)) as precision,
            count(*) filter (where n > 1) as joined_people,
            avg(cast(people = 1 as integer)) filter (where n > 1) as joined_precision,
            coalesce(sum(people - 1), 0) as false_merges
        from found_sizes
        """
    ).to_pylist()[0]
    true = backend.arrow(
        """
        select count(*) as true_people, count(*) filter (where t.pieces > 1) as split_people,
            coalesce(sum(t.pieces - 1), 0) as extra_pieces,
            (select count(*) from cells c join found_sizes f on f.found = c.found
             join true_sizes s on s.person = c.person where f.n = c.n and s.n = c.n) / cast(count(*) as
             double) as exact
        from true_sizes t
        """
    ).to_pylist()[0]
    across = None
    if has_households:
        across = backend.arrow(
            """
            select cast(coalesce(sum(households - 1), 0) as bigint) from (
                select c.found,
                    count(distinct coalesce('household ' || h.household_id, 'person ' || c.person)) as
                    households
                from cells c join found_sizes f on f.found = c.found
                left join true_households h on h.person = c.person
                where f.people > 1 group by c.found)
            """
        )[0][0].as_py()
    largest = backend.arrow(
        f"""
        select substr(found, length('person ') + 1) as person_id, cast(n as bigint) as records, people as
        true_people
        from found_sizes where found like 'person %' order by n desc, found limit {SHOWN_LARGEST}
        """
    ).to_pylist()
    false_merges = int(found["false_merges"])
    return Clusters(
        true_people=true["true_people"],
        found_people=found["found_people"],
        precision=found["precision"],
        joined_people=found["joined_people"],
        joined_precision=found["joined_precision"],
        exact=true["exact"],
        false_merges=false_merges,
        within_household=None if across is None else false_merges - across,
        across_households=across,
        split_people=true["split_people"],
        extra_pieces=int(true["extra_pieces"]),
        largest=[LargeCluster(**each) for each in largest],
    )
