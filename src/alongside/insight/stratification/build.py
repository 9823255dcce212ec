"""The stage: each policy's list, with reasons, what is not known, responses and route."""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa

from alongside.area.words import in_words, response_titles
from alongside.insight.backends import Backend
from alongside.insight.factors import FactorInfo, Pack, catalogue
from alongside.insight.stratification.judging import LEARNING_SAMPLE, Judgement, judge
from alongside.insight.stratification.report import PolicyReport, StratificationReport, TierReport
from alongside.insight.stratification.routing import routes_sql

_WORKING = ("judged", "listed", "reasons_held", "not_known", "offered", "routed", "ranked")


def stratify(backend: Backend, pack: Pack, *, as_at: date, seed: int) -> StratificationReport:
    """Make ``cohort``: for each policy, the people a tier holds for, and its learning sample.

    ``person_id policy tier rank within_capacity reasons unknowns route route_words responses``, where

    - ``tier`` is the first that holds, or ``learning_sample``: drawn at random from those in scope for whom
      none does, apart from the list, with no reasons and no place in it;
    - ``rank`` orders a policy's list from 1: by tier, then most reasons, then the newest of their dates, then
      ``person_id``. Nothing else is weighed. ``within_capacity`` is true for as many of a tier as its
      ``capacity_per_week``, for all where it names none, and NULL in the sample;
    - ``reasons``: list of ``{factor, words, value, source, source_title, organisation, fact_date}``, the
      known facts that helped to make the tier's condition hold; risks first, newest first;
    - ``unknowns``: list of ``{factor, title}``, what the policy asks for and nobody holds (what no
      source in the pack holds is known of nobody: the report says so once);
    - ``route``: who gets the person, in the sample as on the list, and ``route_words`` why; ``responses``:
      list of ``{response, title}``.

    Args:
        backend: Holds ``factors``, ``facts``, ``case_index``.
        pack: The area pack.
        as_at: The date of the run.
        seed: Draws the same sample each time.

    Raises:
        ExpressionError: a policy's condition may not be used.
    """
    factors = catalogue(pack)
    judgements = [judge(policy, factors) for _, policy in sorted(pack.policies.items())]
    _register_words(backend, pack, factors)
    reports, lists = [], []
    for number, judgement in enumerate(judgements):
        backend.create("judged", judgement.sql(as_at))
        _list_people(backend, judgement, as_at)
        _draw_sample(backend, judgement, seed)
        lists.append(f"cohort_{number}")
        _describe(backend, pack, judgement, lists[-1])
        reports.append(_count(backend, judgement, lists[-1]))
    whole = " union all ".join(f"select * from {table}" for table in lists)
    backend.create("cohort", whole or _NOBODY)
    backend.drop(*_WORKING, *lists)
    paused = [service.code for service in pack.area.services if not service.running]
    return StratificationReport(tuple(reports), tuple(sorted(paused)))


def _register_words(backend: Backend, pack: Pack, factors: Mapping[str, FactorInfo]) -> None:
    """``factor_words``: what a reader is told about each factor and where it comes from."""
    organisations = {each.code: each.name for each in pack.area.organisations}
    rows = []
    for info in factors.values():
        sources = [pack.sources[code] for code in info.sources]
        names = sorted({organisations.get(each.organisation, each.organisation) for each in sources})
        rows.append(
            {
                "factor": info.code,
                "title": info.title,
                "is_risk": info.kind == "risk",
                "source_title": ", ".join(each.title for each in sources) or "All sources together",
                "organisation": ", ".join(names) or pack.area.title,
            }
        )
    backend.register("factor_words", pa.Table.from_pylist(rows))


def _list_people(backend: Backend, judgement: Judgement, as_at: date) -> None:
    """``listed``: the people on the list and the facts the policy asks for; ``reasons_held``: why each is."""
    facts = "".join(f', f."{code}"' for code in judgement.asked)
    backend.create(
        "listed",
        f"""select j.person_id, j.tier as "its tier"{facts}
        from judged j join factors f on f.person_id = j.person_id
        where j.tier is not null and not j.excluded""",
    )
    held = [
        f"select person_id, '{factor}' as factor from listed where \"its tier\" = '{tier}' and {sql}"
        for tier, condition in judgement.tiers.items()
        for factor, sql in condition.reasons(run_date=as_at).items()
    ]
    backend.create(
        "reasons_held",
        f"""
        select h.person_id, h.factor, f.source, f.fact_date,
            w.is_risk, w.title, w.source_title, w.organisation,
            case when f.value_boolean then 'yes' when not f.value_boolean then 'no'
                 when abs(f.value_number) < 1e15 then regexp_replace(
                    cast(cast(round(f.value_number, 2) as decimal(18, 2)) as varchar), '[.]?0+$', '')
                 else 'out of range' end as value
        from ({" union all ".join(held) or "select person_id, '' as factor from listed where false"}) h
        join facts f on f.person_id = h.person_id and f.factor = h.factor
        join factor_words w on w.factor = h.factor
        """,
    )
    unknown = [
        f"select person_id, '{factor}' as factor from listed where \"{factor}\" is null"
        for factor in judgement.asked
        if factor not in judgement.untold
    ]
    backend.create(
        "not_known", " union all ".join(unknown) or "select person_id, '' as factor from listed where false"
    )


def _draw_sample(backend: Backend, judgement: Judgement, seed: int) -> None:
    """``ranked``: the list in order, and after it the learning sample."""
    policy = judgement.policy
    place = " ".join(f"when '{tier.code}' then {number}" for number, tier in enumerate(policy.tiers))
    room = " ".join(
        f"when '{code}' then place <= {capacity}"
        for code, capacity in sorted(policy.capacity_per_week.items())
        if capacity is not None
    )
    within = f"case tier {room} else true end" if room else "true"
    drawn = f"md5(concat('{seed} {policy.policy} ', person_id))"
    backend.create(
        "ranked",
        f"""
        with weighed as (
            select l.person_id, l."its tier" as tier, case l."its tier" {place} end as tier_place,
                count(r.factor) as reasons, max(r.fact_date) as newest
            from listed l left join reasons_held r on r.person_id = l.person_id
            group by l.person_id, l."its tier"),
        placed as (
            select person_id, tier,
                row_number() over (
                    order by tier_place, reasons desc, newest desc nulls last, person_id) as rank,
                row_number() over (
                    partition by tier order by reasons desc, newest desc nulls last, person_id) as place
            from weighed),
        sample as (
            select person_id, row_number() over (order by {drawn}, person_id) as rank
            from judged where tier is null and not excluded)
        select person_id, tier, rank, {within} as within_capacity
        from placed
        union all
        select person_id, '{LEARNING_SAMPLE}', rank, cast(null as boolean) from sample
        where rank <= {policy.learning_sample}
        """,
    )


def _describe(backend: Backend, pack: Pack, judgement: Judgement, table: str) -> None:
    """Put together one policy's part of ``cohort``."""
    titles = response_titles(pack.area, [judgement.policy])
    offers = [
        {"factor": factor, "response": code, "title": titles[code], "place": place}
        for place, (factor, code) in enumerate(
            (factor, code) for factor, codes in judgement.policy.responses.items() for code in codes
        )
    ]
    backend.register("response_words", pa.Table.from_pylist(offers, schema=_OFFERS))
    backend.create(
        "offered",
        """
        select r.person_id, w.response, w.title, min(w.place) as place
        from reasons_held r join response_words w on w.factor = r.factor
        group by r.person_id, w.response, w.title
        """,
    )
    backend.create("routed", routes_sql(judgement.policy.routes, pack.area.services))
    words = """concat(
        title,
        case value when 'yes' then '' else concat(': ', value) end,
        ' (', source_title, coalesce(concat(', ', strftime(fact_date, '%-d %B %Y')), ''), ')')"""
    backend.create(
        table,
        f"""
        with why as (
            select person_id, list(struct_pack(
                factor := factor, words := {words}, value := value, source := source,
                source_title := source_title, organisation := organisation, fact_date := fact_date
                ) order by place) as reasons
            from (
                select *, row_number() over (
                    partition by person_id order by is_risk desc, fact_date desc nulls last, factor) as place
                from reasons_held) placed
            group by person_id),
        gaps as (
            select person_id, list(struct_pack(factor := factor, title := title) order by factor) as unknowns
            from not_known join factor_words using (factor) group by person_id),
        offers as (
            select person_id,
                list(struct_pack(response := response, title := title) order by place) as responses
            from offered group by person_id)
        select r.person_id, '{judgement.policy.policy}' as policy, r.tier, cast(r.rank as integer) as rank,
            r.within_capacity, coalesce(why.reasons, []) as reasons, coalesce(gaps.unknowns, []) as unknowns,
            routed.route, routed.route_words, coalesce(offers.responses, []) as responses
        from ranked r
        left join why on why.person_id = r.person_id
        left join gaps on gaps.person_id = r.person_id
        left join offers on offers.person_id = r.person_id
        left join routed on routed.person_id = r.person_id
        """,
    )


def _count(backend: Backend, judgement: Judgement, table: str) -> PolicyReport:
    policy = judgement.policy
    each = "".join(
        f', count(*) filter (where "excluded {code}") as "{code}"' for code in judgement.exclusions
    )
    scope = backend.arrow(
        f"select count(*) as people, count(*) filter (where excluded) as excluded{each} from judged"
    ).to_pylist()[0]
    unknown = (
        ", ".join(f'count(*) - count(f."{code}") as "{code}"' for code in judgement.asked) or "0 as nothing"
    )
    asked = backend.arrow(f"select {unknown} from judged j join factors f using (person_id)").to_pylist()[0]
    tiers = {
        row["tier"]: row
        for row in backend.arrow(
            f"select tier, count(*) as people, count(*) filter (where within_capacity) as inside "
            f"from {table} group by tier"
        ).to_pylist()
    }
    nobody = {"people": 0, "inside": 0}
    return PolicyReport(
        policy=policy.policy,
        title=policy.title,
        purpose=policy.purpose,
        in_scope=scope["people"],
        excluded={code: scope[code] for code in judgement.exclusions},
        excluded_people=scope["excluded"],
        tiers=tuple(
            TierReport(
                tier.code,
                tier.title or in_words(tier.code),
                tiers.get(tier.code, nobody)["people"],
                tiers.get(tier.code, nobody)["inside"],
                policy.capacity_per_week.get(tier.code),
            )
            for tier in policy.tiers
        ),
        reasons=_tally(backend, "select factor as name from reasons_held"),
        unknowns={code: asked[code] for code in judgement.asked if code not in judgement.untold},
        untold=judgement.untold,
        routes=_tally(
            backend,
            "select route as name from routed join listed using (person_id) where route is not null",
        ),
        learning_sample=tiers.get(LEARNING_SAMPLE, nobody)["people"],
    )


def _tally(backend: Backend, names: str) -> dict[str, int]:
    counted = backend.arrow(
        f"select name, count(*) as people from ({names}) group by name order by people desc, name"
    )
    return {row["name"]: row["people"] for row in counted.to_pylist()}


_OFFERS = pa.schema(
    [("factor", pa.string()), ("response", pa.string()), ("title", pa.string()), ("place", pa.int64())]
)
_NOBODY = """
    select cast(null as varchar) as person_id, cast(null as varchar) as policy, cast(null as varchar) as tier,
        cast(null as integer) as rank, cast(null as boolean) as within_capacity,
        cast([] as struct(factor varchar, words varchar, value varchar, source varchar, source_title varchar,
            organisation varchar, fact_date date)[]) as reasons,
        cast([] as struct(factor varchar, title varchar)[]) as unknowns,
        cast(null as varchar) as route, cast(null as varchar) as route_words,
        cast([] as struct(response varchar, title varchar)[]) as responses
    where false
"""
