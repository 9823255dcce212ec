"""Why: why a person is on a list (or is not), and why these records are one person.

Reads a finished run folder. Names nobody the folder does not name itself.
"""

from alongside.insight.explain.drawing import draw
from alongside.insight.explain.person import Explanation, explain

__all__ = ["Explanation", "draw", "explain"]
