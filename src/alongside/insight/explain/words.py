"""An explanation in plain words, for a person at a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.insight.explain.conditions import Missed
from alongside.insight.explain.drawing import signed
from alongside.insight.explain.evidence import Evidence
from alongside.insight.explain.person import Explanation, Listing

LINKS_SHOWN = 3
"""Links taken apart on a terminal: the least likely, where any doubt begins."""


@dataclass(frozen=True)
class LinkTable:
    """The weights of one link: a title, headings, a row per field both records know, and what is not."""

    title: str
    headings: Sequence[str]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


def sentences(explanation: Explanation) -> list[str]:
    """Say who, why on a list or why not, and how the records are joined; one line each."""
    said = [_who(explanation), ""]
    for listing in explanation.listings:
        said += [*_listing(listing), ""]
    if not explanation.listings:
        said += ["On no list.", ""]
    for each in explanation.missed:
        said += [*_missed(each), ""]
    said += ["Why these records are one person", *_records(explanation), "", *explanation.silent]
    if len(explanation.links) > LINKS_SHOWN:
        said.append(f"Field by field, the {LINKS_SHOWN} least likely of {len(explanation.links)} links:")
    return said


def link_tables(explanation: Explanation) -> list[LinkTable]:
    """Give the weights of the links that join the records, the least likely first."""
    return [_link(link) for link in explanation.links[:LINKS_SHOWN]]


def _who(explanation: Explanation) -> str:
    named = explanation.name or "not named here, because a run keeps identities only of people on a list"
    born = f", born {explanation.born:%-d %B %Y}" if explanation.born else ""
    return f"Person {explanation.person_id}: {named}{born}. As at {explanation.as_at:%-d %B %Y}."


def _listing(listing: Listing) -> list[str]:
    said = [
        f"On the list of {listing.policy}: {listing.title}",
        f"  Why look: {listing.tier} ({listing.place})",
        "  Main reasons:",
        *(f"    {number}. {reason}" for number, reason in enumerate(listing.reasons, start=1)),
    ]
    if listing.more_reasons:
        said.append(f"    and {listing.more_reasons} more")
    said.append(f"  Not known: {'; '.join(listing.unknowns) or 'nothing the policy asks about'}")
    said.append(f"  Route: {listing.route or 'none'}")
    said.append(f"  Could be offered: {'; '.join(listing.responses) or 'nothing is listed'}")
    said.append("  This is a reason to look, never a decision. Ask the person first.")
    return said


def _missed(missed: Missed) -> list[str]:
    said = [f"Not on the list of {missed.policy}: {missed.title}"]
    if missed.left_out:
        return [*said, f"  {missed.left_out}"]
    for tier, parts in missed.tiers.items():
        said.append(f"  {tier}:")
        for part in parts:
            said.append(f"    {part.state}: {part.text}")
            said += [f"      {fact}" for fact in part.facts]
    return said


def _records(explanation: Explanation) -> list[str]:
    said = []
    for branch in explanation.records:
        joined = "" if branch.probability is None else f"  ({branch.probability:.4f} with the one above)"
        said.append(f"  {'    ' * branch.depth}{branch.record[0]} {branch.record[1]}{joined}")
    return said


def _link(link: Evidence) -> LinkTable:
    rows = [("before comparing", "two records picked at random", signed(link.start), "")]
    rows += [
        (
            step.field,
            step.found,
            signed(step.against_stranger),
            signed(step.against_household),
        )
        for step in link.steps
        if step.known
    ]
    household = "" if link.probability_household is None else f"probability {link.probability_household:.4f}"
    rows.append(("somebody in the same household?", household, signed(link.household), ""))
    if link.further:
        rows.append(("could it be a relative?", "perhaps, so less sure", signed(link.further), ""))
    rows.append(("together", f"probability {link.probability:.4f}", signed(link.total), ""))
    title = f"{' '.join(link.left)} and {' '.join(link.right)} (in bits: each doubles the odds)"
    silent = [step.field for step in link.steps if not step.known]
    return LinkTable(
        title,
        ("field", "found", "against a stranger", "against the same household"),
        rows,
        f"Not known for one or both: {', '.join(silent)}." if silent else "",
    )
