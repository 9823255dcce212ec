"""From the tables of a run to the figures of its report: every query counts, none lists people."""

from collections.abc import Mapping
from datetime import date, timedelta

from alongside.area import AreaPack
from alongside.area.models import Policy, Source
from alongside.area.words import in_words
from alongside.insight.backends import Backend
from alongside.insight.factors import Unread, catalogue, exclusion_in_words, unread_exclusions
from alongside.insight.intake import Element as Measured
from alongside.insight.intake import Intake, Quality, SourceIntake
from alongside.insight.report.figures import (
    Changes,
    Count,
    Element,
    Figures,
    Grade,
    LeftOut,
    LinkageFigures,
    PolicyFigures,
    SourceFigures,
    Tier,
)
from alongside.insight.run_folder import Run, versions
from alongside.insight.stratification import LEARNING_SAMPLE, PolicyReport, StratificationReport

_SIZES = ((1, "1 record"), (2, "2 or 3"), (4, "4 to 9"), (10, "10 to 19"), (20, "20 or more"))
"""The smallest number of records in each band, in words."""
_ENOUGH: dict[str, tuple[float, float]] = {
    "accurate": (0.98, 0.9),
    "valid": (0.98, 0.9),
    "reliable": (0.99, 0.95),
    "relevant": (0.9, 0.6),
    "complete": (0.9, 0.7),
}
"""The shares from which an element is good, and fair. Our own guide: the figure itself is shown too."""
_NOT_SAMPLE = f"tier <> '{LEARNING_SAMPLE}'"


def gather(
    backend: Backend,
    pack: AreaPack,
    *,
    as_at: date,
    intake: Intake,
    lists: StratificationReport,
    previous: Run | None,
) -> Figures:
    """Count what the report shows.

    Args:
        backend: holds ``links``, ``review``, ``identity_events`` and ``cohort``.
        pack: whose titles stand for codes.
        as_at: the date of the run.
        intake: what became of each extract.
        lists: what each policy did.
        previous: the previous run, to tell what has changed since.
    """
    titles = {code: info.title for code, info in catalogue(pack).items()}
    unread = unread_exclusions(pack, intake)
    return Figures(
        area=pack.area.title,
        as_at=as_at,
        people_on_a_list=_number(
            backend, f"select count(distinct person_id) from cohort where {_NOT_SAMPLE}"
        ),
        sources=[_source(pack, pack.source(code), found, as_at) for code, found in intake.sources.items()],
        linkage=_linkage(backend),
        policies=[_policy(pack, report, titles, unread) for report in lists.policies],
        unmatched=list(intake.unmatched),
        paused=[pack.service(code).title for code in lists.not_running],
        made_with={
            "area pack": pack.hash[:16],
            "engine": backend.name,
            "seed": str(pack.linkage.seed),
            **versions(),
        },
        changes=_changes(backend, previous) if previous else None,
    )


_OFTEN = {"live": "as things happen", "termly": "every term"}


def _source(pack: AreaPack, source: Source, found: SourceIntake, as_at: date) -> SourceFigures:
    quality = found.quality
    late = bool(quality and quality.element("timely").details.get("late"))
    newest = quality.element("timely").details.get("newest_days") if quality else None
    often = _OFTEN.get(source.refresh, source.refresh)
    return SourceFigures(
        title=source.title,
        organisation=next(each.name for each in pack.area.organisations if each.code == source.organisation),
        status=found.status,
        rows=found.rows_read,
        rejected=found.rows_rejected,
        newest=None if newest is None else as_at - timedelta(days=newest),
        late=late,
        remark=f"The newest row is {_days(newest)} old, but the extract should come {often}."
        if late and newest is not None
        else found.why,
        elements={each.element: _element(each) for each in quality.elements} if quality else {},
        unused_columns=_unused(quality),
        contact=f"{source.contact.post}, {source.contact.phone}" if source.contact else None,
        questions=[(each.question, each.answer) for each in source.questions],
    )


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def _unused(quality: Quality | None) -> list[str]:
    return list(quality.element("relevant").details["unused"]) if quality else []


def _element(measured: Measured) -> Element:
    return Element(_grade(measured), _short(measured), measured.sentence)


def _grade(measured: Measured) -> Grade:
    if measured.element == "timely":
        late = measured.details.get("late")
        return "not_known" if late is None else "poor" if late else "good"
    if measured.figure is None:
        return "not_known"
    good, fair = _ENOUGH[measured.element]
    return "good" if measured.figure >= good else "fair" if measured.figure >= fair else "poor"


def _short(measured: Measured) -> str:
    if measured.figure is None:
        return ""
    if measured.unit == "days":
        return f"half are {_days(round(measured.figure))} old or less"
    return "all" if measured.figure == 1 else f"{min(measured.figure * 100, 99.9):.1f}%"


def _linkage(backend: Backend) -> LinkageFigures:
    sizes = backend.arrow(
        "select records, count(*) as people from (select count(*) as records from links "
        "where person_id is not null group by person_id) each_person group by records order by records"
    ).to_pylist()
    bands = {least: 0 for least, _ in _SIZES}
    for row in sizes:
        bands[max(least for least in bands if least <= row["records"])] += row["people"]
    return LinkageFigures(
        records=sum(row["records"] * row["people"] for row in sizes),
        people=sum(row["people"] for row in sizes),
        nameless=_number(backend, "select count(*) from links where person_id is null"),
        doubtful=_number(backend, "select count(*) from review"),
        sizes=[Count(words, bands[least]) for least, words in _SIZES],
        largest=max((row["records"] for row in sizes), default=0),
    )


def _policy(pack: AreaPack, report: PolicyReport, titles: Mapping[str, str], unread: Unread) -> PolicyFigures:
    policy = pack.policies[report.policy]
    purpose = pack.purpose(report.purpose)
    return PolicyFigures(
        code=report.policy,
        title=report.title,
        purpose=purpose.title,
        power=purpose.power,
        in_scope=report.in_scope,
        tiers=[Tier(tier.title, tier.people, tier.capacity) for tier in report.tiers],
        routes=_routes(pack, policy, report),
        reasons=[Count(titles[code], people) for code, people in report.reasons.items()],
        unknowns=[Count(titles[code], people) for code, people in report.unknowns.items() if people],
        untold=[titles[code] for code in report.untold],
        excluded=[
            LeftOut(
                exclusion_in_words(pack, code),
                people,
                [pack.source(source).title for source in unread.get(code, ())],
            )
            for code, people in report.excluded.items()
        ],
        sampled=report.learning_sample,
    )


def _routes(pack: AreaPack, policy: Policy, report: PolicyReport) -> list[Count]:
    """Count the people per route, in the policy's order; a route that two lines lead to is counted once."""
    lines: dict[str, list[str]] = {}
    for route in policy.routes:
        code = route.then or route.otherwise
        if code:
            lines.setdefault(code, []).append(_open_to(pack, route.open_to))
    counts = [
        Count(f"{' or '.join(when)}: {in_words(code).lower()}", report.routes.get(code, 0))
        for code, when in lines.items()
    ]
    unrouted = sum(tier.people for tier in report.tiers) - sum(report.routes.values())
    return [*counts, Count("No route in the policy fits", unrouted)] if unrouted else counts


def _open_to(pack: AreaPack, code: str | None) -> str:
    if code is None:
        return "Open to none of these"
    service = next((each.title for each in pack.area.services if each.code == code), None)
    return f"Open to {service or in_words(code).lower()}"


def _changes(backend: Backend, previous: Run) -> Changes:
    backend.read_parquet("previous_cohort", previous.path("cohort.parquet"))
    then = f"(select distinct person_id from previous_cohort where {_NOT_SAMPLE}) o"
    now = f"(select distinct person_id from cohort where {_NOT_SAMPLE}) n"
    row = backend.arrow(
        "select count(*) filter (where o.person_id is null) as joined, "
        "count(*) filter (where n.person_id is null) as gone, "
        "count(*) filter (where n.person_id = o.person_id) as stayed "
        f"from {now} full join {then} on o.person_id = n.person_id"
    ).to_pylist()[0]
    told = backend.arrow(
        "select event, count(distinct person_id) as people from identity_events group by event order by event"
    ).to_pylist()
    events = {each["event"]: each["people"] for each in told}
    return Changes(
        since=previous.manifest.as_at,
        new_people=events.get("new", 0),
        merged=events.get("merged", 0),
        split=events.get("split", 0),
        joined_list=row["joined"],
        left_list=row["gone"],
        stayed_on_list=row["stayed"],
    )


def _number(backend: Backend, sql: str) -> int:
    return int(backend.arrow(sql).column(0)[0].as_py())
