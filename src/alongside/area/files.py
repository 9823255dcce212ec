"""The files of a pack as they were read: text, values and, where the shape is right, the model."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from alongside.area.casework_models import Conversation, Costs, Retention
from alongside.area.marm_models import Marm
from alongside.area.models import Area, DerivedFactors, Linkage, Policy, Source, Strict
from alongside.area.problems import PackProblem
from alongside.area.yaml_text import Document, Place

Model = TypeVar("Model", bound=Strict, covariant=True)


@dataclass(frozen=True)
class PackFile(Generic[Model]):
    """One file: its path in the pack, what was read, and the model, or None if its shape is wrong."""

    name: str
    document: Document
    model: Model | None

    @property
    def is_readable(self) -> bool:
        """Whether anything could be read from it at all."""
        return isinstance(self.document.data, dict)

    def problem(self, place: Place, wrong: str, right: str) -> PackProblem:
        """A problem at one place in this file."""
        return PackProblem(self.name, self.document.line(place), wrong, right)

    def written(self, key: str) -> Iterator[tuple[str, Place]]:
        """The codes in the list under ``key``, even if something else in the file is wrong.

        That way a mistake in one place does not make every reference to the file look wrong too.
        """
        items = self.document.data.get(key) if isinstance(self.document.data, dict) else None
        for position, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, dict) and isinstance(item.get("code"), str):
                yield item["code"], (key, position, "code")


@dataclass(frozen=True)
class PackFiles:
    """All files of a pack; an optional file that is missing is None."""

    area: PackFile[Area]
    sources: list[PackFile[Source]]
    policies: list[PackFile[Policy]]
    conversations: list[PackFile[Conversation]]
    derived: PackFile[DerivedFactors] | None
    linkage: PackFile[Linkage] | None
    marm: PackFile[Marm] | None
    costs: PackFile[Costs] | None
    retention: PackFile[Retention] | None

    def all(self) -> list[PackFile[Strict]]:
        """Every file that exists."""
        single = (self.area, self.derived, self.linkage, self.marm, self.costs, self.retention)
        return [
            *(file for file in single if file is not None),
            *self.sources,
            *self.policies,
            *self.conversations,
        ]

    def factor_files(self) -> list[PackFile[Strict]]:
        """The files that declare factors."""
        return [*self.sources, *([self.derived] if self.derived else [])]
