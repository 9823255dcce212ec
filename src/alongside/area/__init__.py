"""The area pack: what a partnership may set differently, as text in a folder (docs/reference/area-pack.md).

``load_area(Path("area"))`` returns the pack, or raises ``PackRefusedError``, which lists everything wrong.
"""

from alongside.area.loading import load_area, load_partnership
from alongside.area.pack import AreaPack, describe, overdue
from alongside.area.problems import PackProblem, PackRefusedError
from alongside.area.unused import not_used_yet

__all__ = [
    "AreaPack",
    "PackProblem",
    "PackRefusedError",
    "describe",
    "load_area",
    "load_partnership",
    "not_used_yet",
    "overdue",
]
