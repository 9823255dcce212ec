"""Two colleagues answer one question: the second is told who answered what, and keeps what they typed."""

import pytest
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.people.models import KnownTo

pytestmark = pytest.mark.django_db


def test_whoever_answers_second_is_told_who_answered_what_beside_what_they_typed(
    riverside_now: Universe,
) -> None:
    tom, asha, gwen = (
        browser_of(riverside_now.members[name].user) for name in ("Tom Reilly", "Asha Patel", "Gwen Hughes")
    )
    bee, council = riverside_now.people["Bee"], riverside_now.organisations["riverside_council"].id
    why = "She has not been home."
    tom.post(f"/people/{bee}/ask/", {"asked_of": str(council), "why": why, "safe": "yes"})
    address = f"/people/questions/{KnownTo.objects.get(why=why).id}/"
    assert asha.post(address, {"answer": "before", "note": "Until May."})["Location"] == "/people/questions/"
    second = gwen.post(address, {"answer": "no", "note": "I looked in <both> places."})
    assert second.status_code == 409
    assert "Asha Patel has already answered this question: “Yes, known before, not open now”." in second.text
    assert "I looked in &lt;both&gt; places." in second.text, "what was typed is still in the form"
    assert why in second.text
    assert KnownTo.objects.get(why=why).answer_note == "Until May."
    assert gwen.get(address).status_code == 404
    assert tom.post(address, {"answer": "no"}).status_code == 404, "another agency was asked"
