"""Which organisation here is which of the area pack: the one rule for it is ``rules.pack_code``."""

from alongside.casework.accounts import rules
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.area import area_pack_if_whole


def organisation_of_pack(code: str) -> Organisation | None:
    """Return the organisation that the area pack calls by a code; None if it is not here."""
    wanted = rules.pack_code(code)
    found = [each for each in Organisation.objects.order_by("code") if rules.pack_code(each.code) == wanted]
    # of two that were taken in with either spelling, the pack means the one that is spelt as it spells
    return next((each for each in found if each.code == code), found[0] if found else None)


def not_here_yet() -> list[tuple[str, str]]:
    """Return code and name of the area pack's organisations that are not here yet, in its order."""
    pack = area_pack_if_whole()
    here = {rules.pack_code(each) for each in Organisation.objects.values_list("code", flat=True)}
    return (
        [(each.code, each.name) for each in pack.area.organisations if each.code not in here] if pack else []
    )
