"""Who each person is, where they live now, with whom: ``people``, ``households``, ``placed_records``."""

from alongside.insight.people.build import LARGEST_HOUSEHOLD, build_people
from alongside.insight.people.names import name_as_read

__all__ = ["LARGEST_HOUSEHOLD", "build_people", "name_as_read"]
