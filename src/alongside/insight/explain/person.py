"""All a run can say about why a person is on its lists or is not, and why their records are one person's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from alongside.errors import AskedWronglyError
from alongside.insight.explain.conditions import Missed, missed
from alongside.insight.explain.evidence import Evidence, weigh
from alongside.insight.explain.joining import Branch, Record, strongest, tree
from alongside.insight.explain.model import read_model
from alongside.insight.pack_copy import Kind, PackCopy, read_pack_copy
from alongside.insight.people import name_as_read
from alongside.insight.run_folder import Run, as_a_run_has_it, open_run

FACTS_SHOWN = 3
LEARNING_SAMPLE = "learning_sample"
"""The tier of people who are not on a list but were drawn at random."""
EDGES = "linkage/edges.parquet"


@dataclass(frozen=True)
class Listing:
    """A place on one policy's list, in words.

    Attributes:
        policy: The policy's name and version.
        title: What the policy is for.
        tier: The reason to look, in words.
        place: Where in the list, and whether within the week's capacity.
        reasons: The first facts, risks first and newest first, with source and date; at most three.
        more_reasons: How many further facts there are.
        unknowns: What is not known.
        route: Who is to get in touch.
        responses: What can be offered.
    """

    policy: str
    title: str
    tier: str
    place: str
    reasons: list[str]
    more_reasons: int
    unknowns: list[str]
    route: str
    responses: list[str]


@dataclass(frozen=True)
class Explanation:
    """Why, in words and figures.

    Attributes:
        person_id: Who it is about.
        as_at: The date of the run.
        name: Only where the run holds who the person is.
        born: The same.
        listings: The lists the person is on.
        missed: The policies whose lists the person is not on, and what did not hold.
        records: Every record of the person, each under the one it is joined to.
        links: The pairs that join them, least likely first, field by field.
        silent: What the run folder cannot say, in sentences.
    """

    person_id: str
    as_at: date
    name: str | None
    born: date | None
    listings: list[Listing]
    missed: list[Missed]
    records: list[Branch]
    links: list[Evidence]
    silent: list[str]


def explain(run: Path, person_id: str) -> Explanation:
    """Explain one person of a run.

    Raises:
        AskedWronglyError: There is no such folder, or nobody with that id in it.
        DataRefusedError: The folder is not a complete run folder.
    """
    opened = open_run(run)
    with as_a_run_has_it(opened):
        return _explain(opened, person_id)


def _explain(opened: Run, person_id: str) -> Explanation:
    rows = _rows(opened, "links.parquet", person_id)
    if not rows:
        raise AskedWronglyError(
            f"the run at {opened.folder} holds nobody with the id {person_id}; ids are in the column "
            "person_id of cohort.csv and links.parquet"
        )
    records = sorted((row["source"], row["record_id"]) for row in rows)
    silent: list[str] = []
    copy = read_pack_copy(opened)
    listings = [
        _listing(row, copy)
        for row in sorted(_rows(opened, "cohort.parquet", person_id), key=lambda row: row["policy"])
    ]
    if copy is None:
        silent.append(
            "The run holds no copy of its policies (policies.json), so codes are shown instead of words."
        )
    who = _rows(opened, "identity/people.parquet", person_id)
    links, branches = _links(opened, records, silent)
    return Explanation(
        person_id=person_id,
        as_at=opened.manifest.as_at,
        name=_name(who[0]) if who else None,
        born=who[0].get("date_of_birth") if who else None,
        listings=listings,
        missed=_missed(opened, person_id, copy, {listing.policy for listing in listings}),
        records=branches,
        links=links,
        silent=silent,
    )


def _rows(run: Run, name: str, person_id: str) -> list[dict[str, Any]]:
    """Read the rows of one person; none where the run has no such file."""
    if name not in run.manifest.outputs:
        return []
    rows: list[dict[str, Any]] = pq.read_table(
        run.path(name), filters=[("person_id", "=", person_id)]
    ).to_pylist()
    return rows


def _name(who: Mapping[str, Any]) -> str | None:
    return " ".join(filter(None, (name_as_read(who, "forename"), name_as_read(who, "surname")))) or None


# --- why on the list -----------------------------------------------------------------------------------


def _listing(row: Mapping[str, Any], copy: PackCopy | None) -> Listing:
    policy = copy.policies.get(row["policy"]) if copy else None
    tiers = {tier.code: tier.title for tier in policy.tiers if tier.title} if policy else {}
    reasons = _in_words(row.get("reasons"), copy, "factors")
    said = row.get("route_words")
    return Listing(
        policy=row["policy"],
        title=policy.title if policy else row["policy"],
        tier=tiers.get(row["tier"], str(row["tier"]).replace("_", " ")),
        place=_place(row),
        reasons=reasons[:FACTS_SHOWN],
        more_reasons=max(0, len(reasons) - FACTS_SHOWN),
        unknowns=_in_words(row.get("unknowns"), copy, "factors"),
        route=" ".join([*_in_words(row.get("route"), copy, "services"), *([f"({said})"] if said else [])]),
        responses=_in_words(row.get("responses"), copy, "responses"),
    )


def _place(row: Mapping[str, Any]) -> str:
    if row["tier"] == LEARNING_SAMPLE:
        return "drawn at random from below the line, to learn what the policy misses"
    reach = "within" if row["within_capacity"] else "beyond"
    return f"place {row['rank']} on the list, {reach} what can be done this week"


def _in_words(value: Any, copy: PackCopy | None, kind: Kind) -> list[str]:
    """Say what a cell of the list holds: a code, or a list of things that bring their own words."""
    match value:
        case None | "":
            return []
        case list() | tuple():
            return [words for each in value for words in _in_words(each, copy, kind)]
        case Mapping():
            return [str(value.get("words") or value.get("title"))]
        case _:
            text = str(value)
            return [copy.words(kind, text) if copy and text.isidentifier() else text.replace("_", " ")]


def _missed(run: Run, person_id: str, copy: PackCopy | None, listed: set[str]) -> list[Missed]:
    facts = _rows(run, "factors.parquet", person_id)
    if copy is None or not facts:
        return []
    return [
        missed(policy, facts[0], copy=copy, as_at=run.manifest.as_at)
        for policy in copy.policies.values()
        if policy.policy not in listed
    ]


# --- why one person ------------------------------------------------------------------------------------


def _links(run: Run, records: list[Record], silent: list[str]) -> tuple[list[Evidence], list[Branch]]:
    """Find the compared pairs that join the records, and take each apart."""
    if len(records) == 1:
        return [], tree(records, [])
    model = read_model(run)
    if EDGES not in run.manifest.outputs or model is None:
        silent.append(
            "The run kept no compared pairs and weights, so it cannot say why these records are one person."
        )
        return [], tree(records, [])
    own = set(records)
    ids = sorted({record for _, record in records})
    among = [("record_l", "in", ids), ("record_r", "in", ids)]
    edges = pq.read_table(run.path(EDGES), filters=among).to_pylist()
    pairs = [
        (left, right, edge["probability"], edge)
        for edge in edges
        if (left := (edge["source_l"], edge["record_l"])) in own
        and (right := (edge["source_r"], edge["record_r"])) in own
    ]
    kept = strongest(pairs)
    branches = tree(records, [(left, right, probability) for left, right, probability, _ in kept])
    alone = sum(branch.depth == 0 for branch in branches) - 1
    if alone:
        silent.append(
            f"Records that no compared pair joins to the rest: {alone}. They match another record "
            "in every field, or a clerk joined them."
        )
    links = [
        weigh(
            model,
            {
                column.removeprefix("gamma_"): level
                for column, level in edge.items()
                if column.startswith("gamma_")
            },
            left=left,
            right=right,
            probability=probability,
            probability_household=edge.get("probability_household"),
        )
        for left, right, probability, edge in reversed(kept)
    ]
    return links, branches
