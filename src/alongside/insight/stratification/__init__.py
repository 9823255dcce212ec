"""Who should be offered a conversation, why, and by whom: table ``cohort``. A tier is a reason to look.

There is no score here, and nothing learned: a policy is read as it is written.
"""

from alongside.insight.stratification.build import stratify
from alongside.insight.stratification.compare import Comparison, Move, compare
from alongside.insight.stratification.judging import LEARNING_SAMPLE
from alongside.insight.stratification.report import PolicyReport, StratificationReport, TierReport

__all__ = [
    "LEARNING_SAMPLE",
    "Comparison",
    "Move",
    "PolicyReport",
    "StratificationReport",
    "TierReport",
    "compare",
    "stratify",
]
