"""What an evaluation says, as plain values. ``None``: not measured, or too few to show; never nought."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Agreement:
    """How far the pairs of records that were found match the true pairs.

    Attributes:
        true_pairs: Pairs of records that truly are one person's.
        found_pairs: Pairs of records the run put in one person.
        right_pairs: Pairs that are both.
    """

    true_pairs: int
    found_pairs: int
    right_pairs: int

    @property
    def precision(self) -> float | None:
        """Share of found pairs that are true; ``None`` where nothing was found."""
        return self.right_pairs / self.found_pairs if self.found_pairs else None

    @property
    def recall(self) -> float | None:
        """Share of true pairs that were found; ``None`` where there is nothing to find."""
        return self.right_pairs / self.true_pairs if self.true_pairs else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; ``None`` where there is neither a true nor a found pair."""
        both = self.true_pairs + self.found_pairs
        return 2 * self.right_pairs / both if both else None

    def as_json(self) -> dict[str, Any]:
        """Shares first, then the counts behind them."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1, **asdict(self)}


@dataclass(frozen=True)
class BCubed:
    """Agreement seen from each record, averaged: a large group of errors counts by records, not by pairs.

    Source: Bagga and Baldwin (1998). For a record of true person *i* in found person *j* precision is
    n_ij / |j| and recall n_ij / |i|.
    """

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two."""
        if self.precision is None or self.recall is None:
            return None
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def as_json(self) -> dict[str, Any]:
        """Precision, recall and F1."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


@dataclass(frozen=True)
class LargeCluster:
    """A found person with many records."""

    person_id: str
    records: int
    true_people: int


@dataclass(frozen=True)
class Clusters:
    """Found people against true people.

    Attributes:
        true_people: People in truth with a record.
        found_people: People the run made of those records; a record that was not linked is one.
        precision: Share of found people that hold only one true person.
        joined_people: Found people of two or more records.
        joined_precision: The same share among those alone, where a mistake is possible.
        exact: Share of true people found whole and alone.
        false_merges: Joins that must be undone so that no found person holds two true ones.
        within_household: Those between people of one household; ``None`` without ``households.csv``.
        across_households: All others; ``None`` without ``households.csv``.
        split_people: True people found as more than one.
        extra_pieces: Found people beyond one each.
        largest: The found people with most records.
    """

    true_people: int
    found_people: int
    precision: float | None
    joined_people: int
    joined_precision: float | None
    exact: float | None
    false_merges: int
    within_household: int | None
    across_households: int | None
    split_people: int
    extra_pieces: int
    largest: list[LargeCluster]


@dataclass(frozen=True)
class GroupAgreement:
    """How one group of people fares compared with all others whose group is known.

    Attributes:
        people: True people of the group with a record.
        agreement: Recall over true pairs of its people; precision over found pairs that touch its people.
        rest: The same for everybody else.
        recall_points_below_rest: Percentage points; negative where the group fares better.
        precision_points_below_rest: The same for precision.
        flagged: More than two points below the rest in either, on enough pairs to say so.
    """

    people: int
    agreement: Agreement
    rest: Agreement
    recall_points_below_rest: float | None
    precision_points_below_rest: float | None
    flagged: bool

    def as_json(self) -> dict[str, Any]:
        """The group's shares, the rest's, and the distance."""
        return {
            "people": self.people,
            **self.agreement.as_json(),
            "rest_precision": self.rest.precision,
            "rest_recall": self.rest.recall,
            "recall_points_below_rest": self.recall_points_below_rest,
            "precision_points_below_rest": self.precision_points_below_rest,
            "flagged": self.flagged,
        }


@dataclass(frozen=True)
class CalibrationBin:
    """Of the pairs called from ``lowest`` to under ``highest`` (the last: to 1), how many were right."""

    lowest: float
    highest: float
    pairs: int
    mean_probability: float | None
    share_right: float | None


@dataclass(frozen=True)
class Band:
    """One band of pairs: how many, and which share of those that truth knows are truly one person."""

    pairs: int
    known: int
    share_same: float | None


@dataclass(frozen=True)
class Records:
    """What was compared with what.

    Attributes:
        evaluated: Records truth gives a person to.
        unnamed: Of those, records the run left without a person (each counts as a person alone).
        missing: Of those, records the run does not hold, such as rejected rows (counted as alone too).
        ignored: Records of the run that truth does not know.
        without_person: Rows of truth that name no person; not used.
    """

    evaluated: int
    unnamed: int
    missing: int
    ignored: int
    without_person: int


@dataclass(frozen=True)
class Linkage:
    """Everything about who is who."""

    records: Records
    pairwise: Agreement
    bcubed: BCubed
    clusters: Clusters
    by_source: dict[str, Agreement]
    by_source_pair: dict[tuple[str, str], Agreement]
    by_group: dict[str, dict[str, GroupAgreement]]
    calibration: list[CalibrationBin]
    linked_band: Band | None
    review: Band | None

    def as_json(self) -> dict[str, Any]:
        """As ``alongside evaluate --json`` prints it under ``linkage``."""
        return {
            "records": asdict(self.records),
            "pairwise": self.pairwise.as_json(),
            "bcubed": self.bcubed.as_json(),
            "clusters": asdict(self.clusters),
            "by_source": {source: each.as_json() for source, each in self.by_source.items()},
            "by_source_pair": [
                {"sources": list(pair), **each.as_json()} for pair, each in self.by_source_pair.items()
            ],
            "by_group": {
                attribute: {group: each.as_json() for group, each in groups.items()}
                for attribute, groups in self.by_group.items()
            },
            "calibration": [asdict(each) for each in self.calibration],
            "linked_band": asdict(self.linked_band) if self.linked_band else None,
            "review": asdict(self.review) if self.review else None,
        }


@dataclass(frozen=True)
class Outcome:
    """What happened to a selection of people; a count or share that could identify somebody is ``None``.

    Attributes:
        people: People selected.
        harmed: Of them, with harm after the date of the run.
        precision: Share of the selected with later harm.
        recall: Share of everybody with later harm who was selected.
        lift: Precision over the rate in everybody the policy is about.
        need_precision: Share of the selected who truly were in need.
        need_recall: Share of everybody in need who was selected.
        suppressed: Whether something was withheld because the number was too small.
    """

    people: int | None
    harmed: int | None
    precision: float | None
    recall: float | None
    lift: float | None
    need_precision: float | None
    need_recall: float | None
    suppressed: bool


@dataclass(frozen=True)
class GroupSelection:
    """How often a group's people are selected, compared with everybody else; ``ratio`` is of the two.

    A ratio below 0.8 is flagged: the four-fifths rule, an alarm and not a verdict.
    """

    eligible: int | None
    selected: int | None
    rate: float | None
    rest_rate: float | None
    ratio: float | None
    need_recall: float | None
    flagged: bool
    suppressed: bool


@dataclass(frozen=True)
class PolicyEvaluation:
    """One policy against what happened later and who truly was in need.

    Attributes:
        eligible: True people the policy is about who have a record in the run.
        base_rate: Their share with later harm.
        in_need: How many of them truly were in need.
        all_tiers: Everybody on the list.
        this_week: Those within the week's capacity.
        tiers: Each tier alone.
        learning_sample: People drawn at random below the line; their harm rate is what the policy misses.
        by_group: Selection by sex, age band and name origin.
    """

    eligible: int | None
    base_rate: float | None
    in_need: int | None
    all_tiers: Outcome
    this_week: Outcome
    tiers: dict[str, Outcome]
    learning_sample: Outcome | None
    by_group: dict[str, dict[str, GroupSelection]]


@dataclass(frozen=True)
class Stability:
    """What changed between two runs, over the records that both hold.

    New and departed records are left out on both sides, so a run on more data is not called unstable for it.

    Attributes:
        records: Records in both runs with a person in both.
        previous_people: People those records made before.
        current_people: People they make now.
        unchanged: Share of previous people whose records are exactly those of one current person.
        kept_id: Of the unchanged, the share whose person id is the same.
        merged: Current people that hold records of two or more previous people.
        split: Previous people whose records are now two or more people's.
        adjusted_rand: Agreement of the two groupings beyond chance, 1 where they are the same (Hubert and
            Arabie 1985).
    """

    records: int
    previous_people: int
    current_people: int
    unchanged: float | None
    kept_id: float | None
    merged: int
    split: int
    adjusted_rand: float | None


@dataclass(frozen=True)
class Evaluation:
    """All that ``alongside evaluate`` found out."""

    linkage: Linkage
    policies: dict[str, PolicyEvaluation] = field(default_factory=dict)
    stability: Stability | None = None
    warnings: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """One object of plain values, the same every time for the same inputs."""
        return {
            "linkage": self.linkage.as_json(),
            "policies": {name: asdict(policy) for name, policy in self.policies.items()},
            **({"stability": asdict(self.stability)} if self.stability else {}),
            "warnings": self.warnings,
        }
