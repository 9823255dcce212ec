"""What placed a hold on its own is put into words when it is shown, in the language of whoever reads it."""

from datetime import datetime
from importlib import import_module
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation
from tests.casework.rights.conftest import everything
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.people.models import Person
from alongside.casework.rights.commands.keeping import hold_after_harm
from alongside.casework.rights.models import AccessRequest, LegalHold, Withheld
from alongside.casework.rights.presenters.disputes import hold_shown
from alongside.casework.rights.queries.lines import lines_of, row_key
from alongside.casework.rights.rules.retention import HoldReason, PlacedAfter
from alongside.casework.rights.rules.withholding import Ground, Reasoned

SENTENCE = "Death or serious harm was noted in a case about the person."
MIGRATION = import_module("alongside.casework.rights.migrations.0008_hold_in_words")


def hold_of(person_id: UUID) -> LegalHold:
    everything()
    return LegalHold.objects.get(person_id=person_id)


def told(person_id: UUID, at: datetime) -> dict[str, str]:
    """What a bundle says of the person's one hold."""
    everything()
    (line,) = lines_of(Person.objects.records_of(person_id), until=at, only=["rights.LegalHold"])[
        "rights.LegalHold"
    ]
    return {part.label: part.words for part in line.parts}


@pytest.mark.usefixtures("bracketed")
def test_a_hold_that_was_placed_after_harm_is_read_in_the_readers_language(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    hold_after_harm(asha, at, bee)
    hold = hold_of(bee)
    assert (hold.words, hold.placed_after) == ("", PlacedAfter.HARM)
    assert f": {SENTENCE} (Asha Patel" in hold_shown(hold).words
    assert told(bee, at)["What it is for"].endswith("while agencies came together around you.")
    with translation.override("cy"):
        assert f"⟦{SENTENCE}⟧" in hold_shown(hold).words
        assert told(bee, at)["⟦What it is for⟧"].startswith("⟦Death or serious harm")


def test_a_hold_says_what_it_is_for_in_one_way(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime
) -> None:
    everything()
    given = {"person_id": bee, "reason": HoldReason.REVIEW, "placed_by": "Iris", "placed_at": at}
    for wrong in ({}, {"words": "Ref 12.", "placed_after": PlacedAfter.HARM}):
        with pytest.raises(DatabaseError, match="hold_says_what_it_is_for"), transaction.atomic():
            LegalHold.objects.create(**given, **wrong)


def test_the_sentence_that_was_stored_becomes_the_code_and_no_word_of_anybodys_changes(
    riverside: Universe, bee: UUID, at: datetime
) -> None:
    everything()

    def placed(words: str) -> LegalHold:
        return LegalHold.place(person_id=bee, reason=HoldReason.REVIEW, words=words, by="Iris", at=at)

    old, lifted, other, withheld = (placed(each) for each in (SENTENCE, SENTENCE, "Ref 12.", SENTENCE))
    lifted.lift(why="There will be none.", by="Iris", at=at)
    Withheld.withhold(
        request=AccessRequest.objects.filter(person_id=bee)[0],
        line=row_key("rights.LegalHold", withheld.id), words="in a case",
        reasoned=Reasoned(ground=Ground.THIRD_PARTY, why="It names somebody."),
        by=riverside.members["Iris Okafor"].user_id, by_name="Iris", at=at,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # as when the rows were there before
        cursor.execute(MIGRATION.THE_OLD_SENTENCE_IS_A_CODE)
    everything()
    found = {each.id: (each.words, each.placed_after) for each in LegalHold.objects.filter(person_id=bee)}
    assert found == {
        old.id: ("", "harm"),
        lifted.id: ("", "harm"),
        other.id: ("Ref 12.", ""),
        withheld.id: (SENTENCE, ""),
    }
    assert SENTENCE in hold_shown(LegalHold.objects.get(id=old.id)).words
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        LegalHold.objects.filter(id=old.id).update(words="x", placed_after="")
