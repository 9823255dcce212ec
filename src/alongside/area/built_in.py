"""The facts every pack has without declaring them: Alongside works them out from all sources together.

``insight.factors`` works them out; policies and ``factors.yaml`` may use them like the pack's own codes.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class BuiltIn:
    """One built-in fact: its code in expressions, its words in reasons, and what its value is.

    ``declarable`` facts come from a source that declares a factor with that code; if none does, they are
    not known for anybody. No source may declare any of the others.
    """

    code: str
    title: str
    value: Literal["boolean", "number"]
    kind: Literal["risk", "protective", "context"] = "context"
    domain: str = "general"
    per: Literal["person", "household"] = "person"
    caution: str | None = None
    declarable: bool = False


BUILT_IN: dict[str, BuiltIn] = {
    fact.code: fact
    for fact in (
        BuiltIn("age", "Age in whole years on the day of the run", "number"),
        BuiltIn("household_size", "People in the household", "number", per="household"),
        BuiltIn("children_in_household", "People under 18 in the household", "number", per="household"),
        BuiltIn("sources_holding", "Extracts that hold something about the person", "number"),
        BuiltIn("agencies_in_touch_12m", "Agencies in touch in the last 12 months", "number"),
        BuiltIn(
            "agencies_lost_touch",
            "Agencies in touch within the year but not in the last three months",
            "number",
            "risk",
            caution="The work may have ended well: a reason to ask, not a sign of disengagement.",
        ),
        BuiltIn("open_to_any", "Open to a service", "boolean"),
        BuiltIn("open_to_critical", "Open to a critical service", "boolean"),
        BuiltIn("services_open", "Services the person is open to", "number"),
        BuiltIn(
            "workers_24m",
            "Different workers or teams in the last 24 months",
            "number",
            "risk",
            caution="Changes of staff come from the services, not from the person.",
        ),
        BuiltIn(
            "bedrooms", "Bedrooms in the home", "number", domain="housing", per="household", declarable=True
        ),
        BuiltIn(
            "bedrooms_needed",
            "Bedrooms the household needs by the bedroom standard",
            "number",
            domain="housing",
            per="household",
        ),
        BuiltIn(
            "overcrowded",
            "Fewer bedrooms than the bedroom standard requires",
            "boolean",
            "risk",
            domain="housing",
            per="household",
            caution="Large and minority ethnic families are over-represented: never a reason on its own.",
        ),
        BuiltIn(
            "worker_raised_today",
            "A worker has asked for a conversation today",
            "boolean",
            "risk",
            declarable=True,
        ),
    )
}
"""Code to fact."""

STANDARD_EXCLUSIONS = ("deceased", "objected", "protected_address")
"""Factor codes every policy may exclude, whether or not a source yields them yet."""
