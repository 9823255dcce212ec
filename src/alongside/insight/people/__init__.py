"""Who each person is, where they live now, with whom: ``people``, ``households``, ``placed_records``."""

from alongside.insight.people.build import LARGEST_HOUSEHOLD, build_people

__all__ = ["LARGEST_HOUSEHOLD", "build_people"]
