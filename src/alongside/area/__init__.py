"""The area pack: everything a partnership may set differently, as text in a folder (docs/reference/area-pack.md).

from alongside.area import load_area
pack = load_area(Path("area"))
"""
