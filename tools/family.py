"""Who else in Amina's network her case is about, by commands: the risk from each, and to each."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID


def make_family(
    *, actors: Mapping[str, Any], person_id: UUID, case_id: UUID, at: datetime
) -> dict[str, UUID]:
    """Make them; return the id of the risk from one of them."""
    from alongside.casework.marm.commands.family import note_family_risk
    from alongside.casework.marm.rules.family import FamilyRiskSaid
    from alongside.casework.people.commands.records import note_contact

    joan, wes = actors["Joan Adeyemi"], actors["Wes Tanner"]
    idris = note_contact(
        actor=joan, at=at - timedelta(days=8), person_id=person_id, name="Idris",
        relationship="sibling", permission="only_if",
        permission_words="Only me and Joan, and not at home.",
    )  # fmt: skip
    keith = note_contact(
        actor=joan, at=at - timedelta(days=8), person_id=person_id, name="Keith Rowe",
        relationship="pays for her telephone", permission="no", poses_risk=True,
    )  # fmt: skip
    note_family_risk(
        actor=joan, at=at - timedelta(hours=2), case_id=case_id, contact_id=idris.id,
        said=FamilyRiskSaid(
            from_them="", to_them="Their uncle shouts at him when she rings. He is eleven.",
            says="Amina told Joan on Sunday; his school was told the same day.",
        ),
    )  # fmt: skip
    noted = note_family_risk(
        actor=wes, at=at - timedelta(hours=1), case_id=case_id, contact_id=keith.id,
        said=FamilyRiskSaid(
            from_them="He pays, and says what she owes him for it. He waits outside college.", to_them="",
            says="The college porter saw him three times; Amina says he is a friend.",
        ),
    )  # fmt: skip
    return {"family_risk": noted.id}
