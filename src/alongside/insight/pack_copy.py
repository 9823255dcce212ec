"""What a run keeps of its area pack: ``policies.json``, and ``words.json`` for the codes in its tables.

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
Kind = Literal["factors", "sources", "services", "responses"]
Words = dict[Kind, dict[str, str]]


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
