"""Facts every area has without declaring them: worked out from who is linked to whom, where and when.

``alongside.insight.factors`` works them out. A source or ``factors.yaml`` cannot declare one of ``BUILT_IN``;
one of ``AWAITED`` it may, and policies may name it whether or not any source does.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class BuiltInFactor:
    """A fact the product provides: what ``models.Factor`` says of one in a pack, without an expression."""

    code: str
    title: str
    result: Literal["boolean", "number"]
    domain: str = "general"
    kind: Literal["risk", "protective", "context"] = "context"
    per: Literal["person", "household"] = "person"
    caution: str | None = None


def _by_code(*factors: BuiltInFactor) -> dict[str, BuiltInFactor]:
    return {factor.code: factor for factor in factors}


BUILT_IN = _by_code(
    BuiltInFactor("age", "Age in years", "number"),
    BuiltInFactor("household_size", "People known at the address", "number", per="household"),
    BuiltInFactor(
        "children_in_household", "Children under 18 known at the address", "number", per="household"
    ),
    BuiltInFactor("sources_holding", "Sources that hold a record", "number"),
    BuiltInFactor("agencies_in_touch_12m", "Organisations with a dated record in 12 months", "number"),
    BuiltInFactor(
        "agencies_lost_touch",
        "Organisations that were in touch within the year and not in the last three months",
        "number",
        kind="risk",
        caution="The work may have ended well: a reason to ask, not a sign of disengagement.",
    ),
    BuiltInFactor("open_to_any", "Open to a service", "boolean", kind="protective"),
    BuiltInFactor("open_to_critical", "Open to a critical service", "boolean", kind="protective"),
    BuiltInFactor("services_open", "Services the person is open to", "number"),
    BuiltInFactor(
        "workers_24m",
        "Different workers or teams in 24 months",
        "number",
        kind="risk",
        caution="Changes of staff are the services' doing, not the person's.",
    ),
    BuiltInFactor(
        "bedrooms_needed",
        "Bedrooms needed by the bedroom standard",
        "number",
        domain="housing",
        per="household",
    ),
    BuiltInFactor(
        "overcrowded",
        "Fewer bedrooms than the bedroom standard",
        "boolean",
        domain="housing",
        kind="risk",
        per="household",
        caution="Large and minority ethnic families are over-represented: context, never a reason by itself.",
    ),
)

AWAITED = _by_code(
    BuiltInFactor("worker_raised_today", "A worker asked for this today", "boolean", kind="risk"),
    BuiltInFactor("bedrooms", "Bedrooms in the home", "number", domain="housing", per="household"),
    BuiltInFactor("deceased", "Has died", "boolean"),
    BuiltInFactor("objected", "Objected to this use of their data", "boolean"),
    BuiltInFactor("protected_address", "Address is protected", "boolean"),
)
