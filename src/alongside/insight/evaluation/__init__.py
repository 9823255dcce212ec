"""How good a finished run is: accuracy of linkage against truth, use of each policy, fairness, stability.

Reads a run folder and a truth folder; changes neither. Everything is counted set by set in SQL: pairs of
records are never listed, so two million records take seconds.
"""

from alongside.insight.evaluation.results import Evaluation, Stability
from alongside.insight.evaluation.run import evaluate
from alongside.insight.evaluation.stability import stability

__all__ = ["Evaluation", "Stability", "evaluate", "stability"]
