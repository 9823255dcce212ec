"""Settings that a pack may already contain, and that nothing in Alongside acts on yet."""

from alongside.area.casework_models import Conversation, Cost, Costs
from alongside.area.marm_models import Clocks, MarkerReview
from alongside.area.models import Strict
from alongside.area.pack import AreaPack

NOT_USED_YET: dict[type[Strict], tuple[str, ...]] = {
    Clocks: ("override_emergency_review", "marker_review"),
    MarkerReview: tuple(MarkerReview.model_fields),
    Conversation: ("tries_before_not_reached",),
    Costs: tuple(Costs.model_fields),
    Cost: tuple(Cost.model_fields),
}
"""Fields that are read, checked and shown in the reference, but that nothing acts on."""


def not_used_yet(pack: AreaPack) -> list[str]:
    """Return where the pack sets something that is kept but not used yet: the file and the setting."""
    said = ["costs.yaml"] if pack.costs else []
    if pack.marm:
        said += [f"marm.yaml: clocks.{name}" for name in _set_in(pack.marm.clocks)]
    for guide in pack.conversations.values():
        said += [f"conversation {guide.conversation}: {name}" for name in _set_in(guide)]
    return said


def _set_in(part: Strict) -> list[str]:
    return [name for name in NOT_USED_YET[type(part)] if name in part.model_fields_set]
