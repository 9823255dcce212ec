"""What a run keeps of its area pack: its policies, the words for its codes, how its factors are made.

A finished run can then be explained and evaluated without the pack, which may have moved on since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from alongside.area.models import Policy
from alongside.area.words import in_words, response_titles, service_titles
from alongside.insight.factors import Pack, catalogue
from alongside.insight.run_folder import Run

POLICIES = "policies.json"
"""Name with version to policy, as the pack had it."""
WORDS = "words.json"
"""Kind of code (``factors``, ``sources``, ``services``, ``responses``) to code to title."""
DEFINITIONS = "definitions.json"
"""Code of each factor of the pack to its ``Definition``."""
Kind = Literal["factors", "sources", "services", "responses"]
Words = dict[Kind, dict[str, str]]
Definition = dict[str, str | None]
"""What decides a factor's value: its expression, whose it is, when it fades, its source, if retired."""


@dataclass(frozen=True)
class PackCopy:
    """The policies as they were when the run was made, by name with version, and the words for codes."""

    policies: dict[str, Policy]
    titles: Words

    def words(self, kind: Kind, code: str) -> str:
        """Give the title of a code, or the code in words where the run kept none."""
        return self.titles.get(kind, {}).get(code) or in_words(code)


def words_of(pack: Pack) -> Mapping[str, Mapping[str, str]]:
    """Take the words for its codes from an area pack: what a run writes as ``words.json``."""
    return {
        "factors": {code: factor.title for code, factor in catalogue(pack).items()},
        "sources": {code: source.title for code, source in pack.sources.items()},
        "services": service_titles(pack.area, pack.policies.values()),
        "responses": response_titles(pack.area, pack.policies.values()),
    }


def definitions_of(pack: Pack) -> dict[str, Definition]:
    """Take how each factor of an area pack is worked out; the spacing of its expression does not matter."""
    told = [(code, factor) for code, source in pack.sources.items() for factor in source.factors]
    return {
        factor.code: {
            "value": " ".join(factor.value.split()),
            "per": factor.per,
            "fades_after": factor.fades_after,
            "source": source,
            "retired": factor.retired.on.isoformat() if factor.retired else None,
        }
        for source, factor in [*told, *((None, factor) for factor in pack.derived)]
    }


def changed_since(run: Run, pack: Pack) -> list[str] | None:
    """Name the factors that ``pack`` works out differently from the run, or from others that are.

    ``None`` where the run kept nothing of how it worked them out.

    Raises:
        DataRefusedError: What it kept is not of this version.
    """
    if DEFINITIONS not in run.manifest.outputs:
        return None
    before = run.json_as(DEFINITIONS, TypeAdapter(dict[str, Definition]))
    now = definitions_of(pack)
    changed: set[str] = set()
    for code, factor in catalogue(pack).items():  # a derived factor comes after all it uses
        used = factor.checked.columns if factor.checked and factor.origin == "derived" else ()
        if before.get(code) != now.get(code) or changed.intersection(used):
            changed.add(code)
    return sorted(changed)


def read_pack_copy(run: Run) -> PackCopy | None:
    """Read what was kept; ``None`` where the run holds no policies.

    Raises:
        DataRefusedError: It is not of this version.
    """
    if POLICIES not in run.manifest.outputs:
        return None
    return PackCopy(
        run.json_as(POLICIES, TypeAdapter(dict[str, Policy])),
        run.json_as(WORDS, TypeAdapter(Words)) if WORDS in run.manifest.outputs else {},
    )
