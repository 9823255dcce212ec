"""What a run keeps of its area pack: ``policies.json``, and ``words.json`` for the codes in its tables.

A finished run can then be explained and evaluated without the pack, which may have moved on since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from alongside.area.models import Policy
from alongside.errors import DataRefusedError
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
        """Give the title of a code, or the code in plain letters where the run kept none."""
        return self.titles.get(kind, {}).get(code, code.replace("_", " "))


def words_of(pack: Pack) -> Mapping[str, Mapping[str, str]]:
    """Take the words for its codes from an area pack: what a run writes as ``words.json``."""
    return {
        "factors": {code: factor.title for code, factor in catalogue(pack).items()},
        "sources": {code: source.title for code, source in pack.sources.items()},
        "services": {service.code: service.title for service in pack.area.services},
        "responses": {response.code: response.title for response in pack.area.responses},
    }


def read_pack_copy(run: Run) -> PackCopy | None:
    """Read what was kept; ``None`` where the run holds no policies.

    Raises:
        DataRefusedError: It is not of this version.
    """
    if POLICIES not in run.manifest.outputs:
        return None
    try:
        return PackCopy(
            TypeAdapter(dict[str, Policy]).validate_python(run.json(POLICIES)),
            TypeAdapter(Words).validate_python(run.json(WORDS) if WORDS in run.manifest.outputs else {}),
        )
    except ValidationError as error:
        where = ", ".join(".".join(map(str, each["loc"])) for each in error.errors()[:3])
        raise DataRefusedError(
            f"the policies kept in {run.folder} cannot be read by this version ({where}); make the run again"
        ) from None
