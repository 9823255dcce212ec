"""The facts every pack has without declaring them: worked out by the product from all sources together.

``insight.factors`` works them out; policies and ``factors.yaml`` may use them beside the pack's own codes.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class BuiltIn:
    """One built-in fact: its code in expressions, its words in reasons, and what its value is."""

    code: str
    title: str
    value: Literal["boolean", "number"]
    kind: Literal["risk", "protective", "context"] = "context"


BUILT_IN: dict[str, BuiltIn] = {
    fact.code: fact
    for fact in (
        BuiltIn("age", "Age in whole years on the day of the run", "number"),
        BuiltIn("household_size", "People in the household", "number"),
        BuiltIn("children_in_household", "People under 18 in the household", "number"),
        BuiltIn("agencies_in_touch_12m", "Agencies in touch in the last 12 months", "number"),
        BuiltIn("sources_holding", "Extracts that hold something about the person", "number"),
        BuiltIn("bedrooms_needed", "Bedrooms the household needs by the bedroom standard", "number"),
        BuiltIn("overcrowded", "Fewer bedrooms than the bedroom standard asks for", "boolean", "risk"),
        BuiltIn("open_to_any", "Open to a service", "boolean"),
        BuiltIn("open_to_critical", "Open to a critical service", "boolean"),
        BuiltIn("worker_raised_today", "A worker has asked for a conversation today", "boolean", "risk"),
    )
}
"""Code to fact."""

STANDARD_EXCLUSIONS = ("deceased", "objected", "protected_address")
"""Factor codes every policy may exclude, whether or not a source yields them yet."""
