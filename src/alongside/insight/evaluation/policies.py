"""What a policy's list was worth: who on it came to harm later, who was in need, and who it misses.

The unit is a true person. A person on a list stands for the true person who has most of those records:
that is who a worker would meet. Counts that could identify somebody are withheld by
``alongside.insight.disclosure``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.area.expressions import ExpressionError, check_condition
from alongside.area.models import Policy
from alongside.insight.backends import Backend
from alongside.insight.disclosure import disclose, disclose_parts, disclose_share
from alongside.insight.evaluation.results import GroupSelection, Outcome, PolicyEvaluation

LEARNING_SAMPLE = "learning_sample"
"""The tier of people drawn at random from below the line."""
FOUR_FIFTHS = 0.8


@dataclass(frozen=True)
class Counts:
    """People, those with later harm and those truly in need, before anything is withheld."""

    people: int = 0
    harmed: int = 0
    in_need: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Add up people who are not the same."""
        return Counts(self.people + other.people, self.harmed + other.harmed, self.in_need + other.in_need)


def evaluate_policies(
    backend: Backend,
    *,
    as_at: date,
    policies: Mapping[str, Policy],
    groups: Sequence[str],
    needs: Sequence[str],
    has_harm: bool,
    warnings: list[str],
) -> dict[str, PolicyEvaluation]:
    """Evaluate every policy that put somebody on a list, in order of name.

    Takes the tables ``cohort``, ``factors``, ``cells``, ``true_people`` and ``harm``.

    Args:
        backend: Holds the tables.
        as_at: The date of the run; harm counts from the day after.
        policies: The policies as they were, to know who each is about; some may be missing.
        groups: Columns of ``true_people`` to compare by.
        needs: Columns of ``true_people`` saying who was in need: of what the policy is for
            (``need_<policy>``), or of anything (``in_need``).
        has_harm: Whether the truth gives ``harm`` at all.
        warnings: Sentences on what could not be measured are added here.
    """
    backend.create(
        "stands_for",
        """
        select person_id, person from (
            select substr(found, length('person ') + 1) as person_id, person,
                row_number() over (partition by found order by n desc, person) as place
            from cells where found like 'person %')
        where place = 1
        """,
    )
    backend.create(
        "later_harm",
        f"select distinct person from harm where happened_on > cast('{as_at.isoformat()}' as date)",
    )
    names = [
        row["policy"]
        for row in backend.arrow("select distinct policy from cohort order by policy").to_pylist()
    ]
    found = {}
    for name in names:
        policy = policies.get(name)
        if policy is None:
            warnings.append(
                f"The run does not say who {name} is about, so its rates are against everybody in the run."
            )
        need = next((each for each in (f"need_{name.split('/')[0]}", "in_need") if each in needs), None)
        _place_people(backend, name, policy, as_at, need)
        found[name] = _evaluate(backend, groups=groups, has_need=need is not None, has_harm=has_harm)
    return found


def _place_people(backend: Backend, name: str, policy: Policy | None, as_at: date, need: str | None) -> None:
    """``placed``: one row per true person the policy is about or has selected, with where it put them."""
    columns = backend.arrow("select * from factors limit 0").column_names
    about = _about(policy, columns, as_at) if policy is not None else "true"
    backend.create(
        "placed",
        f"""
        with about as (select distinct s.person from factors f join stands_for s on s.person_id = f.person_id
                       where {about}),
        best as (
            select person, tier, within_capacity from (
                select s.person, c.tier, c.within_capacity, row_number() over (
                    partition by s.person order by c.tier = '{LEARNING_SAMPLE}', c.rank nulls last,
                    c.person_id) as place
                from cohort c join stands_for s on s.person_id = c.person_id
                where c.policy = '{name.replace("'", "''")}')
            where place = 1)
        select p.person, b.tier, coalesce(b.within_capacity, false) as this_week, h.person is not null as
        harmed,
            coalesce({f"t.{need}" if need else "false"}, false) as in_need, t.sex, t.age_band, t.name_origin
        from (select person from about union select person from best) p
        left join best b on b.person = p.person
        left join later_harm h on h.person = p.person
        left join true_people t on t.person = p.person
        """,
    )


def _about(policy: Policy, factors: list[str], as_at: date) -> str:
    """Who a policy is about, less those it excludes; a condition on what is not a factor is ignored."""
    conditions = [policy.applies_when] if policy.applies_when else []
    conditions += [f"not {code}" for code in policy.excludes if code in factors]
    parts = []
    for text in conditions:
        try:
            parts.append(f"({check_condition(text, factors=factors).sql(run_date=as_at)})")
        except ExpressionError:
            continue
    return " and ".join(parts) or "true"


def _evaluate(backend: Backend, *, groups: Sequence[str], has_need: bool, has_harm: bool) -> PolicyEvaluation:
    rows = backend.arrow(
        """
        select tier, this_week, count(*) as people, count(*) filter (where harmed) as harmed,
            count(*) filter (where in_need) as in_need
        from placed group by tier, this_week order by tier, this_week
        """
    ).to_pylist()
    counts = [(row.pop("tier"), row.pop("this_week"), Counts(**row)) for row in rows]
    everybody = _total(each for _, _, each in counts)
    listed = [(tier, week, each) for tier, week, each in counts if tier not in (None, LEARNING_SAMPLE)]
    on_list = _total(each for _, _, each in listed)
    tiers = {
        tier: _total(each for name, _, each in listed if name == tier)
        for tier in dict.fromkeys(t for t, _, _ in listed)
    }
    this_week = _total(each for _, week, each in listed if week)
    later = _total(each for _, week, each in listed if not week)
    sample = [each for tier, _, each in counts if tier == LEARNING_SAMPLE]
    told = (has_harm, has_need)
    return PolicyEvaluation(
        eligible=disclose(everybody.people).number,
        base_rate=_share(everybody.harmed, everybody.people) if has_harm else None,
        in_need=disclose_share(everybody.in_need, everybody.people).number if has_need else None,
        all_tiers=_outcomes({"list": on_list}, everybody, told)["list"],
        this_week=_outcomes({"week": this_week, "later": later}, everybody, told)["week"],
        tiers=_outcomes(tiers, everybody, told),
        learning_sample=_outcomes({"sample": _total(sample)}, everybody, told)["sample"] if sample else None,
        by_group={group: _by_group(backend, group, has_need=has_need) for group in groups},
    )


def _total(parts: Iterable[Counts]) -> Counts:
    return sum(parts, Counts())


def _share(part: int, whole: int) -> float | None:
    """Give a share that no small count can be worked out from."""
    if whole == 0 or disclose(whole).number is None or disclose_share(part, whole).number is None:
        return None
    return part / whole


def _outcomes(parts: Mapping[str, Counts], everybody: Counts, told: tuple[bool, bool]) -> dict[str, Outcome]:
    """Say what became of each part of a list; if one part is withheld, so are enough of the others."""
    has_harm, has_need = told
    counts = list(parts.values())
    people = _parts([each.people for each in counts])
    harmed = _parts([each.harmed for each in counts])
    unharmed = _parts([each.people - each.harmed for each in counts])
    in_need = _parts([each.in_need for each in counts])
    content = _parts([each.people - each.in_need for each in counts])
    found = {}
    for place, (name, each) in enumerate(parts.items()):
        harm_shown = people[place] and harmed[place] and unharmed[place]
        need_shown = people[place] and in_need[place] and content[place]
        precision = _share(each.harmed, each.people) if has_harm and harm_shown else None
        base = _share(everybody.harmed, everybody.people)
        found[name] = Outcome(
            people=each.people if people[place] else None,
            harmed=each.harmed if has_harm and harm_shown else None,
            precision=precision,
            recall=_share(each.harmed, everybody.harmed) if has_harm and harm_shown else None,
            lift=precision / base if precision is not None and base else None,
            need_precision=_share(each.in_need, each.people) if has_need and need_shown else None,
            need_recall=_share(each.in_need, everybody.in_need) if has_need and need_shown else None,
            suppressed=not (people[place] and (harm_shown or not has_harm) and (need_shown or not has_need)),
        )
    return found


def _parts(counts: list[int]) -> list[bool]:
    """Say which parts of a total may be shown, beside the total."""
    return [part.number is not None for part in disclose_parts(counts).parts]


def _by_group(backend: Backend, group: str, *, has_need: bool) -> dict[str, GroupSelection]:
    rows = backend.arrow(
        f"""
        select {group} as grp, count(*) as eligible,
            count(*) filter (where tier is not null and tier <> '{LEARNING_SAMPLE}') as selected,
            count(*) filter (where in_need) as in_need,
            count(*) filter (where in_need and tier is not null and tier <> '{LEARNING_SAMPLE}') as need_met
        from placed where {group} is not null group by {group} order by {group}
        """
    ).to_pylist()
    eligible = sum(row["eligible"] for row in rows)
    selected = sum(row["selected"] for row in rows)
    shown = [
        all(each)
        for each in zip(
            _parts([row["eligible"] for row in rows]),
            _parts([row["selected"] for row in rows]),
            _parts([row["eligible"] - row["selected"] for row in rows]),
            strict=True,
        )
    ]
    need_shown = _parts([row["need_met"] for row in rows])
    found = {}
    for row, may, need_may in zip(rows, shown, need_shown, strict=True):
        rate = _share(row["selected"], row["eligible"]) if may else None
        rest = _share(selected - row["selected"], eligible - row["eligible"]) if may else None
        ratio = rate / rest if rate is not None and rest else None
        found[row["grp"]] = GroupSelection(
            eligible=row["eligible"] if may else None,
            selected=row["selected"] if may else None,
            rate=rate,
            rest_rate=rest,
            ratio=ratio,
            need_recall=_share(row["need_met"], row["in_need"]) if has_need and need_may else None,
            flagged=ratio is not None and ratio < FOUR_FIFTHS,
            suppressed=not may,
        )
    return found
