"""The purposes that the area pack declares, kept in memory because every request asks for them.

``area.yaml`` is read again when it changes: no restart is needed when a purpose is reviewed or withdrawn.
"""

import logging
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy

from alongside.area import load_partnership
from alongside.area.models import Purpose
from alongside.casework.kernel.area import Seen, seen
from alongside.errors import AlongsideError

WATCHING_OVER = "oversight"
"""The purpose of somebody who oversees how information is used: not one of the pack's (ADR 0016)."""
ANSWERING = "rights"
"""The purpose of somebody who answers a person's request for what is held about them (UK GDPR Article 15)."""
_OURS = {
    ANSWERING: gettext_lazy("Answering a person who asks what is held about them"),
    WATCHING_OVER: gettext_lazy("Overseeing how information is used"),
    "system": gettext_lazy("Work that Alongside does automatically"),
}
_LOG = logging.getLogger(__name__)
_READ: dict[Path, tuple[Seen | None, tuple[Purpose, ...]]] = {}
"""By folder of the pack: what its file looked like when it was read, and what it declared."""


def declared() -> tuple[Purpose, ...]:
    """Return the purposes of the area pack, in its order.

    If the file cannot be read, they are the last ones read, or none if it never could be; the log says why.
    """
    folder = Path(settings.AREA_FOLDER)
    now = seen(folder / "area.yaml")
    read, purposes = _READ.get(folder, (None, ()))
    if read != now:
        try:
            purposes = tuple(load_partnership(folder).purposes)
        except AlongsideError as error:
            _LOG.error("the purposes of the area pack could not be read: %s", error)
        _READ[folder] = (now, purposes)
    return purposes


def title_of(code: str) -> str:
    """Return what a purpose is for, in words; its code where the pack no longer has it."""
    return next((each.title for each in declared() if each.code == code), str(_OURS.get(code, code)))
