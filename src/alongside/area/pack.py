"""An area pack as the rest of Alongside sees it: whole, checked, unchanging."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from alongside.area.casework_models import Conversation, Costs, Retention
from alongside.area.marm_models import Marm
from alongside.area.models import Area, Factor, Linkage, Policy, Purpose, Response, Service, Source
from alongside.area.problems import PackProblem, did_you_mean
from alongside.errors import AskedWronglyError

Item = TypeVar("Item")


@dataclass(frozen=True)
class AreaPack:
    """A pack that may be used. Every reference resolves and every expression may be run.

    Attributes:
        folder: Where it was read from.
        area: The partnership.
        sources: Code to source, in the order of file names.
        derived: The factors of ``factors.yaml``, each after those it is made of.
        policies: Name with version, such as ``early_help/3``, to policy, in the order of file names.
        linkage: How records become people.
        marm: ``marm.yaml``, if there is one.
        conversations: Name with version to guide.
        costs: ``costs.yaml``, if there is one.
        retention: ``retention.yaml``, if there is one.
        hash: SHA-256 of the files that were read, names and bytes: identical packs have the same hash.
        warnings: What does not stop a run but should be known.
        lines: File and line of the review date of each purpose and policy, for ``overdue``.
    """

    folder: Path
    area: Area
    sources: dict[str, Source]
    derived: list[Factor]
    policies: dict[str, Policy]
    linkage: Linkage
    hash: str
    marm: Marm | None = None
    conversations: dict[str, Conversation] = field(default_factory=dict)
    costs: Costs | None = None
    retention: Retention | None = None
    warnings: list[PackProblem] = field(default_factory=list)
    lines: dict[str, tuple[str, int]] = field(default_factory=dict, repr=False)

    @property
    def factors(self) -> dict[str, Factor]:
        """Code to factor: those of the sources, then the derived ones; not the built-in ones."""
        own = [factor for source in self.sources.values() for factor in source.factors]
        return {factor.code: factor for factor in [*own, *self.derived]}

    def factor(self, code: str) -> Factor:
        """The factor with that code.

        Raises:
            AskedWronglyError: the pack has none.
        """
        return _find(code, self.factors, "factor")

    def source(self, code: str) -> Source:
        """The source with that code.

        Raises:
            AskedWronglyError: the pack has none.
        """
        return _find(code, self.sources, "source")

    def service(self, code: str) -> Service:
        """The service with that code.

        Raises:
            AskedWronglyError: the pack has none.
        """
        return _find(code, {service.code: service for service in self.area.services}, "service")

    def purpose(self, code: str) -> Purpose:
        """The purpose with that code.

        Raises:
            AskedWronglyError: the pack has none.
        """
        return _find(code, {purpose.code: purpose for purpose in self.area.purposes}, "purpose")

    def response(self, code: str) -> Response:
        """The response with that code.

        Raises:
            AskedWronglyError: the pack has none.
        """
        return _find(code, {response.code: response for response in self.area.responses}, "response")


def overdue(pack: AreaPack, on: date) -> list[PackProblem]:
    """Purposes and policies whose review date has passed on a day: warnings, which do not stop a run.

    Args:
        pack: The pack.
        on: The day, such as the date of the run.
    """
    dated = [(f"purpose {purpose.code}", purpose.review_date) for purpose in pack.area.purposes]
    dated += [
        (f"policy {name}", policy.review_date) for name, policy in pack.policies.items() if policy.review_date
    ]
    return [
        PackProblem(
            *pack.lines[what],
            f"the review of {what.replace(' ', ' `')}` was due on {due}",
            "Review it and write the next review date",
        )
        for what, due in dated
        if due < on
    ]


def describe(pack: AreaPack) -> dict[str, Any]:
    """The pack in plain values, for JSON: what it holds and what should be known about it."""
    return {
        "area": pack.area.area,
        "title": pack.area.title,
        "folder": str(pack.folder),
        "hash": pack.hash,
        "purposes": [
            {"code": purpose.code, "title": purpose.title, "review_date": purpose.review_date.isoformat()}
            for purpose in pack.area.purposes
        ],
        "sources": [
            {
                "code": source.source,
                "title": source.title,
                "organisation": source.organisation,
                "purposes": source.purposes,
                "files": source.files,
                "columns": len(source.schema_.fields),
                "factors": [factor.code for factor in source.factors],
                "case_index": [index.service for index in source.case_index],
            }
            for source in pack.sources.values()
        ],
        "factors": [
            {
                "code": factor.code,
                "title": factor.title,
                "domain": factor.domain,
                "kind": factor.kind,
                "per": factor.per,
                "source": source,
                "retired": factor.retired.reason if factor.retired else None,
            }
            for source, factor in [
                *((source.source, factor) for source in pack.sources.values() for factor in source.factors),
                *((None, factor) for factor in pack.derived),
            ]
        ],
        "policies": [
            {
                "policy": policy.policy,
                "title": policy.title,
                "purpose": policy.purpose,
                "tiers": [tier.code for tier in policy.tiers],
            }
            for policy in pack.policies.values()
        ],
        "warnings": [
            {"file": problem.file, "line": problem.line, "wrong": problem.wrong, "right": problem.right}
            for problem in pack.warnings
        ],
    }


def _find(code: str, items: dict[str, Item], noun: str) -> Item:
    if code not in items:
        raise AskedWronglyError(
            f"The pack has no {noun} `{code}`. {did_you_mean(code, items, f'Its {noun}s are')}"
        )
    return items[code]
