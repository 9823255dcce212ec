"""How agencies tried to get in touch with Amina, by commands: two tries that failed, and what worked."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID


def make_engagement(case_id: UUID, *, actors: Mapping[str, Any], at: datetime) -> None:
    """Write them into her case."""
    from alongside.casework.marm.commands.engagement import note_engagement
    from alongside.casework.marm.rules.engagement import CameOfIt, Engagement, Tried

    def note(name: str, days_ago: int, tried: Tried, came: CameOfIt, words: str, worked: str = "") -> None:
        said = Engagement((at - timedelta(days=days_ago)).date(), tried, words, came, worked)
        note_engagement(actor=actors[name], at=at, case_id=case_id, said=said)

    note(
        "Wes Tanner", 9, Tried.LETTER, CameOfIt.NO_ANSWER,
        "A letter about the housing register, with a six-page form.",
    )  # fmt: skip
    note("Joan Adeyemi", 6, Tried.TELEPHONE, CameOfIt.NO_ANSWER, "Rang in the morning, three times.")
    note(
        "Joan Adeyemi", 2, Tried.ELSEWHERE, CameOfIt.SPOKE,
        "Waited for her at college, after the last lesson. She spoke for half an hour.",
        "After college, not before noon. She answers a message the day before.",
    )  # fmt: skip
