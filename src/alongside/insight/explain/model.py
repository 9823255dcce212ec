"""``linkage/model.json`` of a run folder: the weights by which two records were judged.

Shape: ``{"prior": {"same", "household", "unrelated"}, "comparisons": [{"name", "title", "levels": [{"label",
"same", "household", "unrelated"}]}], "together": [{"one", "other", "logs"}]}``. A level's place in its list
is its number in the column ``gamma_<name>`` of ``linkage/edges.parquet``; -1 there means that one side does
not know, which is evidence of nothing. ``logs`` says, for each level of ``one`` (rows) and of ``other``
(columns), how much more often strangers are at both than they would if the two had nothing to do with each
other (natural logarithm, 0 or more).
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from alongside.insight.run_folder import Run

FILE = "linkage/model.json"

_INITIALS = {"nhs": "NHS", "ni": "National Insurance", "upn": "Unique pupil number", "uprn": "UPRN"}
"""What the names of identifiers begin with that are not words."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Kinds(_Part):
    """A probability for each kind of pair: one person's, two people of one household, strangers."""

    same: float = Field(ge=0, le=1)
    household: float = Field(ge=0, le=1)
    unrelated: float = Field(ge=0, le=1)


class Level(Kinds):
    """One way two values may agree, and how often pairs of each kind do."""

    label: str


class Comparison(_Part):
    """One thing that is compared, its levels best first."""

    name: str
    title: str | None = None
    levels: list[Level] = Field(min_length=1)

    @property
    def words(self) -> str:
        """What to call it."""
        first, *rest = (self.title or self.name.replace("_", " ")).split(" ")
        return " ".join([_INITIALS.get(first, first[:1].upper() + first[1:]), *rest])


class Together(_Part):
    """Two things that strangers of one community or one age often both share."""

    one: str
    other: str
    logs: list[list[Annotated[float, Field(ge=0)]]]

    def log(self, one: int | None, other: int | None) -> float:
        """How much more often than by chance strangers are at these two levels; 0 if one is not known."""
        if one is None or other is None or not 0 <= one < len(self.logs):
            return 0.0
        return self.logs[one][other] if 0 <= other < len(self.logs[one]) else 0.0


class LinkageModel(_Part):
    """The weights as they were fitted in this run."""

    prior: Kinds
    comparisons: list[Comparison]
    together: list[Together] = []

    def words(self, name: str) -> str:
        """What to call a comparison."""
        return next((each.words for each in self.comparisons if each.name == name), name.replace("_", " "))


def read_model(run: Run) -> LinkageModel | None:
    """Read the weights; ``None`` where the run holds none.

    Raises:
        DataRefusedError: The file has another shape.
    """
    if FILE not in run.manifest.outputs:
        return None
    return run.json_as(FILE, TypeAdapter(LinkageModel))
