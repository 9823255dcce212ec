"""A decision says whether something is allowed and, if not, why not, in a sentence for whoever asked."""

from dataclasses import dataclass

from alongside.casework.kernel import ledger
from alongside.casework.kernel.errors import CaseworkError


@dataclass(frozen=True)
class Decision:
    """Whether something may be done; ``code`` for the record, ``sentence`` for the person refused."""

    allowed: bool
    code: str = "allowed"
    sentence: str = ""

    def __and__(self, other: "Decision") -> "Decision":
        """Both must allow it; the first refusal is the one reported."""
        return other if self.allowed else self


ALLOWED = Decision(allowed=True)


def refused(code: str, sentence: str) -> Decision:
    """Return a refusal."""
    return Decision(allowed=False, code=code, sentence=sentence)


class NotAllowedError(CaseworkError):
    """The actor may not do this; the message says why. ``recorded``: it is in the audit trail already."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.sentence)
        self.decision = decision
        self.recorded = False


def require(decision: Decision) -> None:
    """Go on only if allowed, and note in the ledger that it was checked.

    Raises:
        NotAllowedError: the decision is a refusal.
    """
    ledger.checked(decision.code)
    if not decision.allowed:
        raise NotAllowedError(decision)
