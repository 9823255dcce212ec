"""``pack.json`` of a run folder: what the area pack said when the run was made.

A finished run can then be explained and evaluated without the pack, which may have moved on since.
"""

from collections.abc import Iterable
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from alongside.area.models import Area, Factor, Policy, Source
from alongside.errors import DataRefusedError
from alongside.insight.run_folder import Run

FILE = "pack.json"


class PackCopy(BaseModel):
    """The policies as they were, and the words for the codes in the run's tables.

    Attributes:
        policies: As the pack had them.
        factors: Code to title, those of sources and the derived ones alike.
        sources: Code to title.
        services: Code to title.
        responses: Code to title.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    policies: list[Policy]
    factors: dict[str, str]
    sources: dict[str, str]
    services: dict[str, str]
    responses: dict[str, str]

    @classmethod
    def of(
        cls, *, area: Area, sources: Iterable[Source], derived: Iterable[Factor], policies: Iterable[Policy]
    ) -> Self:
        """Take from an area pack what is kept."""
        kept = list(sources)
        factors = [*(factor for source in kept for factor in source.factors), *derived]
        return cls(
            policies=list(policies),
            factors={factor.code: factor.title for factor in factors},
            sources={source.source: source.title for source in kept},
            services={service.code: service.title for service in area.services},
            responses={response.code: response.title for response in area.responses},
        )

    def words(self, kind: str, code: str) -> str:
        """Give the title of a code, or the code in plain letters where the pack had none.

        ``kind`` is ``factors``, ``sources``, ``services`` or ``responses``.
        """
        titles: dict[str, str] = getattr(self, kind)
        return titles.get(code, code.replace("_", " "))


def read_pack_copy(run: Run) -> PackCopy | None:
    """Read the copy; ``None`` where the run holds none.

    Raises:
        DataRefusedError: It is not a pack of this version.
    """
    if FILE not in run.manifest.outputs:
        return None
    try:
        return PackCopy.model_validate(run.json(FILE))
    except ValidationError as error:
        where = ", ".join(".".join(map(str, each["loc"])) for each in error.errors())
        raise DataRefusedError(
            f"{run.folder / FILE} cannot be read by this version ({where}); make the run again"
        ) from None
