"""``report.html``: one page for a partnership meeting.

It is self-contained, loads nothing from a network, and names nobody.

Every count of people goes through ``insight.disclosure`` here, before the template sees it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from alongside.insight.disclosure import (
    NOT_SHOWN,
    Shown,
    disclose,
    disclose_parts,
    disclose_share,
    disclose_together,
)
from alongside.insight.report.charts import Bar, bars
from alongside.insight.report.figures import (
    ELEMENTS,
    Changes,
    Count,
    Element,
    Figures,
    LeftOut,
    LinkageFigures,
    PolicyFigures,
)

_LONGEST_LIST = 12
"""Rows of a chart; more would hide the few that matter."""


@dataclass(frozen=True)
class Chart:
    """A drawing and the table it was drawn from; ``rest`` counts the rows left out."""

    name: str
    title: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    drawing: Markup
    rest: int = 0


@dataclass(frozen=True)
class PolicyView:
    """A policy as the page shows it."""

    figures: PolicyFigures
    total: Shown
    sampled: Shown
    in_scope: Shown
    tiers: Chart
    routes: Chart
    reasons: Chart
    unknowns: Chart
    excluded: list[tuple[str, Shown]]
    reach: str


@dataclass(frozen=True)
class ChangesView:
    """What changed, as the page shows it."""

    since: date
    new_people: Shown
    merged: Shown
    split: Shown
    stayed: Shown
    joined: Shown
    left: Shown


def render(figures: Figures) -> str:
    """Write the page as one string of HTML."""
    policies = [_policy(policy, f"policy-{place}") for place, policy in enumerate(figures.policies, 1)]
    hidden = any(policy.total.number is None for policy in policies)
    page = _environment().get_template("report.html.jinja")
    return page.render(
        figures=figures,
        on_a_list=NOT_SHOWN if hidden and figures.people_on_a_list else disclose(figures.people_on_a_list),
        elements=ELEMENTS,
        not_known=Element("not_known", ""),
        places=_places(figures.policies),
        read=[source for source in figures.sources if source.status == "read"],
        troubled=[source for source in figures.sources if source.status != "read" or source.late],
        policies=policies,
        sizes=_sizes(figures.linkage),
        changes=_changes(figures.changes) if figures.changes else None,
        style=Markup(files(__package__).joinpath("templates/report.css").read_text(encoding="utf-8")),  # noqa: S704
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["number"] = lambda number: f"{number:,}"
    environment.filters["day"] = lambda day: f"{day.day} {day:%B %Y}"
    environment.filters["share"] = _share
    return environment


def _share(part: int, whole: int) -> str:
    if not whole or not part:
        return "none"
    share = 100 * part / whole
    return "less than 0.1%" if share < 0.1 else f"{share:.1f}%"


def _policy(policy: PolicyFigures, name: str) -> PolicyView:
    tiers = disclose_parts([tier.people for tier in policy.tiers])
    routes = disclose_parts([route.people for route in policy.routes])
    total = next((shown for shown in (tiers.total, routes.total) if shown.number is None), tiers.total)
    return PolicyView(
        figures=policy,
        total=total,
        sampled=disclose(policy.sampled),
        in_scope=disclose(policy.in_scope),
        tiers=Chart(
            f"{name}-tiers",
            "People on the list, and places each week",
            ("Tier", "People", "Places a week"),
            [
                (tier.label, shown.text, "no limit" if tier.places is None else f"{tier.places:,}")
                for tier, shown in zip(policy.tiers, tiers.parts, strict=True)
            ],
            bars(
                f"{name}-tiers",
                "People on the list, and places each week",
                [
                    Bar(tier.label, shown, tier.places)
                    for tier, shown in zip(policy.tiers, tiers.parts, strict=True)
                ],
            ),
        ),
        routes=_chart(
            f"{name}-routes", "Who will offer the conversation", "Route", policy.routes, routes.parts
        ),
        reasons=_overlapping(
            f"{name}-reasons", "Reasons most often given", "Reason", policy.reasons, policy.people
        ),
        unknowns=_overlapping(
            f"{name}-unknowns", "What is most often not known", "Not known", policy.unknowns, policy.in_scope
        ),
        excluded=[_left_out(each) for each in policy.excluded],
        reach=_reach(policy) if all(shown.number is not None for shown in tiers.parts) else "",
    )


def _left_out(each: LeftOut) -> tuple[str, Shown]:
    """Say how many were left off; not that nobody was, where nothing was read that would say who."""
    if not each.unread:
        return each.label, disclose(each.people)
    label = f"{each.label} (not used: {', '.join(each.unread)})"
    return label, disclose(each.people) if each.people else Shown(None, "not known")


def _reach(policy: PolicyFigures) -> str:
    """Say whether there is a place this week for everybody on the list."""
    waiting = sum(max(tier.people - tier.places, 0) for tier in policy.tiers if tier.places is not None)
    if not policy.people:
        return ""
    if not waiting:
        return "There is a place this week for everybody on it."
    placed = policy.people - waiting
    return f"There is a place this week for {placed:,} of them; {waiting:,} wait, in the order of the list."


def _overlapping(name: str, title: str, heading: str, counts: Sequence[Count], of: int) -> Chart:
    """Chart counts that may each include the same person, the largest first."""
    ranked = sorted(counts, key=lambda count: (-count.people, count.label))
    shown = [disclose_share(count.people, of) for count in ranked]
    return _chart(name, title, heading, ranked, shown)


def _chart(name: str, title: str, heading: str, counts: Sequence[Count], shown: Sequence[Shown]) -> Chart:
    pairs = list(zip(counts, shown, strict=True))
    return Chart(
        name,
        title,
        (heading, "People"),
        [(count.label, number.text) for count, number in pairs],
        bars(name, title, [Bar(count.label, number) for count, number in pairs[:_LONGEST_LIST]]),
        max(len(pairs) - _LONGEST_LIST, 0),
    )


def _sizes(linkage: LinkageFigures) -> Chart:
    counts = disclose_parts([count.people for count in linkage.sizes])
    return _chart("sizes", "Records each person has", "Records", linkage.sizes, counts.parts)


def _changes(changes: Changes) -> ChangesView:
    stayed, joined, left = disclose_together([changes.stayed_on_list, changes.joined_list, changes.left_list])
    return ChangesView(
        changes.since,
        disclose(changes.new_people),
        disclose(changes.merged),
        disclose(changes.split),
        stayed,
        joined,
        left,
    )


def _places(policies: Sequence[PolicyFigures]) -> int:
    return sum(tier.places or 0 for policy in policies for tier in policy.tiers)
