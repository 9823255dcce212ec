"""What the area pack calls what a flag has a code for; the code in plain words where the pack has no name."""

from alongside.area.words import in_words
from alongside.casework.kernel.area import area_pack_if_whole


def tier_title(policy: str, tier: str) -> str:
    """Return a tier of a list in words."""
    pack = area_pack_if_whole()
    known = pack.policies.get(policy) if pack else None
    titles = {each.code: each.title for each in known.tiers} if known else {}
    return titles.get(tier) or in_words(tier)


def organisation_name(code: str) -> str:
    """Return what people call the organisation that gives a source; a run that says its name keeps it."""
    pack = area_pack_if_whole()
    names = {each.code: each.name for each in pack.area.organisations} if pack else {}
    return names.get(code) or (in_words(code) if code.islower() else code)
