"""Risks to people that the design deals with, as ``risks.yaml`` gives them, and those that it does not."""

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("risks.yaml")


@dataclass(frozen=True)
class Risk:
    """What could happen to a person, what the design does about it, and the tests that prove that it does."""

    title: str
    harm: str
    control: str
    proofs: tuple[str, ...]


@dataclass(frozen=True)
class Weighed:
    """Risks the design deals with, and sentences on what it leaves for people to weigh up."""

    met: tuple[Risk, ...]
    left: tuple[str, ...]


def risks() -> Weighed:
    """Return all of them, in the order of the file."""
    told = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return Weighed(
        tuple(Risk(**each | {"proofs": tuple(each["proofs"])}) for each in told["met"]), tuple(told["left"])
    )
