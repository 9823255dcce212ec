"""What people of Riverside said is wrong, what must not be deleted, and what has been kept too long.

Bee says that a line about her landing is wrong, and nobody has answered yet. Stan's words are beside a line
that was kept, and he objects to being found by lists. Riverside Homes was told about Bee's banister and is
now told that it is mended. Two people nobody has met for years are on the list, with a draft nobody finished;
one of them is on hold because of an inquest.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tools.statement import make_statement

LONG_AGO = timedelta(days=9 * 366)
"""Longer than any period in the area pack."""


def fill_rights(universe: Any, *, at: datetime) -> dict[str, UUID]:
    """Make a statement for Bee to read, and what people said is wrong; return ids by what they are."""
    from tools.universe import actor_for

    actors = {name: actor_for(universe, name, on=at.date()) for name in universe.members}
    make_statement(
        worker=actors["Asha Patel"],
        organisations=universe.organisations,
        person_id=universe.people["Bee"],
        at=at,
    )
    return make_keeping(actors=actors, people=universe.people, at=at)


def make_keeping(*, actors: Mapping[str, Any], people: Mapping[str, UUID], at: datetime) -> dict[str, UUID]:
    """Make it by commands, once Bee has a statement; return ids by what they are.

    Args:
        actors: members as actors, by name.
        people: ids of people by what they are called.
        at: when.
    """
    from alongside.casework.access.actors import system_actor
    from alongside.casework.people.models import ChronologyEntry
    from alongside.casework.rights.commands.disputes import answer_dispute
    from alongside.casework.rights.commands.keeping import list_what_is_due, place_hold
    from alongside.casework.rights.commands.wishes import answer_wish, note_wish
    from alongside.casework.rights.models import Dispute
    from alongside.casework.rights.rules.wishes import Wish
    from alongside.casework.sharing.commands.drafts import begin_draft
    from alongside.casework.sharing.models import SharedItem

    asha, tom, joan, iris = (
        actors[name] for name in ("Asha Patel", "Tom Reilly", "Joan Adeyemi", "Iris Okafor")
    )
    today = at.date()
    told: dict[str, Any] = {
        "told_on": today - timedelta(days=1),
        "told_how": "By phone and by letter.",
    }

    waits = _said_wrong(
        asha, people["Bee"], ChronologyEntry, "Rubbish bags on the landing", at,
        words="Those bags were my neighbour's. I took them down for her.",
        said_by=Dispute.SaidBy.PERSON, received_on=today - timedelta(days=6),
    )  # fmt: skip
    beside = _said_wrong(
        tom, people["Stan"], ChronologyEntry, "His wife died in April", at,
        words="The rent was never mine to pay late. The bank closed her account.",
        said_by=Dispute.SaidBy.ADVOCATE, said_by_name="Ewa Kowalczyk",
        received_on=today - timedelta(days=12),
    )  # fmt: skip
    answer_dispute(
        actor=iris, at=at, dispute_id=beside, outcome="kept",
        why="It is what the tenancy shows. It does not say why it was late, and that belongs beside it.",
        statement="The bank closed Maria's account in April. I pay from mine since June.", **told,
    )  # fmt: skip
    mended = _said_wrong(
        asha, people["Bee"], SharedItem, "banister", at, says=Dispute.Says.OUT_OF_DATE,
        words="They mended it. Tell them I know they did.", said_by=Dispute.SaidBy.PERSON,
        received_on=today - timedelta(days=3),
    )  # fmt: skip
    answer_dispute(
        actor=iris, at=at, dispute_id=mended, outcome="corrected",
        why="Asha Patel saw that it is mended.", changed="The banister was mended, and is safe to hold.",
        **told,
    )  # fmt: skip
    asked: dict[str, Any] = {"said_by": Dispute.SaidBy.PERSON, "how": "letter"}
    objects = note_wish(
        actor=tom, at=at, person_id=people["Stan"], wish=Wish.NOT_FOUND,
        words="I do not want a computer to find me. If you want to know how I am, ring the bell.",
        received_on=today - timedelta(days=4), **asked,
    )  # fmt: skip
    erase = note_wish(
        actor=iris, at=at, person_id=people["Stan"], wish=Wish.ERASE, words="And delete the rest.",
        received_on=today - timedelta(days=20), **asked,
    )  # fmt: skip
    answer_wish(
        actor=iris, at=at, dispute_id=erase.id, outcome="refused", ground="public_task",
        why="Riverside Homes must be able to show how it dealt with the tenancy (Housing Act 1996).", **told,
    )  # fmt: skip
    begin_draft(actor=joan, at=at - timedelta(days=120), person_id=people["Amina"])
    held = _forgotten(tom, "Wilf", "Wilfred", "Barnes", date(1931, 2, 14), at - LONG_AGO)
    _forgotten(asha, "Mrs Ames", "Dorothy", "Ames", date(1938, 8, 2), at - LONG_AGO)
    list_what_is_due(actor=system_actor("the demonstration"), at=at)
    place_hold(
        actor=iris, at=at, person_id=held, reason="inquest",
        words="The coroner asked on 3 March for everything we hold. Reference RIV-C-118.",
    )  # fmt: skip
    return {
        "objects": objects.id, "waits": waits, "beside": beside, "mended": mended, "held": held,
    }  # fmt: skip


def _said_wrong(
    actor: Any, person_id: UUID, model: Any, holding: str, at: datetime, *, says: str = "wrong", **said: Any
) -> UUID:
    """Note that a person's one row with these words is said to be wrong."""
    from django.db import transaction

    from alongside.casework.operations.running import tell_database
    from alongside.casework.rights.commands.disputes import note_dispute

    with transaction.atomic():
        tell_database(actor)
        whose = "decision__person" if model.__name__ == "SharedItem" else "person"
        row = model.objects.get(words__contains=holding, **{whose: person_id})
    return note_dispute(
        actor=actor, at=at, person_id=person_id, table=model._meta.label, row=str(row.pk), says=says,
        how="talking", **said,
    ).id  # fmt: skip


def _forgotten(
    actor: Any, known_as: str, forename: str, surname: str, born: date, long_ago: datetime
) -> UUID:
    """Make somebody nobody has met since."""
    from alongside.casework.people.commands.involvement import add_to_chronology
    from alongside.casework.people.commands.records import admit_person
    from alongside.casework.people.rules import ReachWhy

    known = {"known_as": known_as, "forename": forename, "surname": surname, "date_of_birth": born}
    person = admit_person(actor=actor, at=long_ago, why=ReachWhy.RAISED_CONCERN, known=known)
    add_to_chronology(
        actor=actor, at=long_ago, person_id=person.id, happened_on=long_ago.date(), kind="event",
        words="Moved to a home outside Riverside. They did not leave us the address.",
    )  # fmt: skip
    return person.id
